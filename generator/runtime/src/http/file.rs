//! Reads a file as a stream of chunks.

use std::io;
use std::path::PathBuf;

use bytes::{Bytes, BytesMut};
use tokio::fs::File;
use tokio::io::AsyncReadExt as _;

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
    /// The file doesn't exist, or its metadata can't be read.
    pub fn file(path: impl Into<PathBuf>) -> io::Result<Self> {
        let path = path.into();
        let length = std::fs::metadata(&path)?.len();
        Ok(Self::stream(Some(length), move || read(path.clone())))
    }
}

/// The bytes of the file at `path`, which is opened on the first poll.
fn read(path: PathBuf) -> ByteStream {
    Box::pin(futures_util::stream::try_unfold(State::Closed(path), next))
}

async fn next(state: State) -> io::Result<Option<(Bytes, State)>> {
    let mut file = match state {
        State::Closed(path) => File::open(path).await?,
        State::Open(file) => file,
    };
    let mut piece = BytesMut::with_capacity(PIECE);
    let count = file.read_buf(&mut piece).await?;
    Ok((count > 0).then(|| (piece.freeze(), State::Open(file))))
}
