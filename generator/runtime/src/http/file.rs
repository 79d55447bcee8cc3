//! Reads a file as a stream of chunks.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::PathBuf;

use bytes::Bytes;

use crate::http::body::{Body, ByteStream};

/// The size of a chunk, in bytes.
const PIECE: usize = 64 << 10;

enum State {
    Closed(PathBuf),
    Open(File),
}

impl Body {
    /// The file at `path`, read as it is sent.
    ///
    /// # Errors
    /// The file doesn't exist, or its metadata can't be read. In a browser, there are no files.
    pub fn file(path: impl Into<PathBuf>) -> io::Result<Self> {
        let path = path.into();
        let length = std::fs::metadata(&path)?.len();
        Ok(Self::stream(Some(length), move || read(path.clone())))
    }
}

/// The bytes of the file at `path`, which is opened on the first poll.
fn read(path: PathBuf) -> ByteStream {
    Box::pin(futures_util::stream::try_unfold(State::Closed(path), |state| blocking(move || next(state))))
}

/// Runs `work` where it may block.
///
/// # Errors
/// `work` fails, or the runtime shuts down.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    #[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
    return tokio::task::spawn_blocking(work).await.unwrap_or_else(|error| Err(io::Error::other(error)));
    // There are no files, which is what `work` returns.
    #[cfg(all(target_family = "wasm", target_os = "unknown"))]
    work()
}

fn next(state: State) -> io::Result<Option<(Bytes, State)>> {
    let mut file = match state {
        State::Closed(path) => File::open(path)?,
        State::Open(file) => file,
    };
    let mut piece = vec![0; PIECE];
    let count = file.read(&mut piece)?;
    piece.truncate(count);
    Ok((count > 0).then(|| (piece.into(), State::Open(file))))
}
