//! Reading a text from a file that somebody named.

use std::io;
use std::path::Path;

/// The text of the file at `path`.
///
/// # Errors
/// It isn't a regular file, since reading a pipe waits for someone to write to it; it can't be read; or it isn't UTF-8.
pub(crate) fn read(path: &Path) -> io::Result<String> {
    is_file(path)?;
    std::fs::read_to_string(path)
}

/// Checks that there is a regular file at `path`.
///
/// # Errors
/// There is none.
pub(crate) fn is_file(path: &Path) -> io::Result<()> {
    if std::fs::metadata(path)?.is_file() { Ok(()) } else { Err(io::Error::other("not a regular file")) }
}
