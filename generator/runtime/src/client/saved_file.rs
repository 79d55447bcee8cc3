//! A file that is there only once it is complete.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Seek as _, Write as _};
use std::path::{Path, PathBuf};

use bytes::{Bytes, BytesMut};

use crate::http::file::blocking;
use crate::http::random::random;

/// How many bytes are gathered before they are written.
const PIECE: usize = 256 << 10;

/// A temporary file beside its destination. It is removed when it is dropped before [`persist`](Self::persist).
pub(crate) struct SavedFile {
    destination: PathBuf,
    temporary: PathBuf,
    /// `None` while a thread writes to it, and after an error.
    file: Option<File>,
    pending: BytesMut,
    is_done: bool,
}

impl SavedFile {
    pub(crate) async fn create(destination: &Path) -> io::Result<Self> {
        let name = destination.file_name();
        let name =
            name.ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "the path names no file"))?;
        let mut hidden = std::ffi::OsString::from(".");
        hidden.push(name);
        hidden.push(format!(".{:016x}.part", random()));
        let temporary = destination.with_file_name(hidden);
        let path = temporary.clone();
        let file = blocking(move || OpenOptions::new().write(true).create_new(true).open(path)).await?;
        let destination = destination.to_owned();
        Ok(Self { destination, temporary, file: Some(file), pending: BytesMut::new(), is_done: false })
    }

    pub(crate) async fn write(&mut self, chunk: Bytes) -> io::Result<()> {
        self.pending.extend_from_slice(&chunk);
        if self.pending.len() < PIECE {
            return Ok(());
        }
        self.flush().await
    }

    async fn flush(&mut self) -> io::Result<()> {
        let pending = self.pending.split();
        self.with_file(move |mut file| file.write_all(&pending).map(|()| file)).await
    }

    /// Removes what was written.
    pub(crate) async fn clear(&mut self) -> io::Result<()> {
        self.pending.clear();
        self.with_file(|mut file| {
            file.set_len(0)?;
            file.rewind()?;
            Ok(file)
        })
        .await
    }

    /// Puts the file where it belongs, in place of one that may be there.
    pub(crate) async fn persist(mut self) -> io::Result<()> {
        self.flush().await?;
        let (from, to) = (self.temporary.clone(), self.destination.clone());
        self.with_file(move |file| {
            file.sync_all()?;
            fs::rename(from, to)?;
            Ok(file)
        })
        .await?;
        self.is_done = true;
        Ok(())
    }

    async fn with_file(
        &mut self,
        work: impl FnOnce(File) -> io::Result<File> + Send + 'static,
    ) -> io::Result<()> {
        let file = self.file.take().ok_or_else(|| io::Error::other("an earlier write failed"))?;
        self.file = Some(blocking(move || work(file)).await?);
        Ok(())
    }
}

impl Drop for SavedFile {
    fn drop(&mut self) {
        if !self.is_done {
            // Some systems don't remove a file that is open.
            self.file = None;
            let _ = fs::remove_file(&self.temporary);
        }
    }
}
