//! One command a file.

pub mod check;
pub mod corpus;
pub mod explain;
pub mod fuzz;
pub mod generate;
pub mod oracle;
pub mod test;

use std::path::{Path, PathBuf};

/// The workspace's folder.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map_or_else(|| PathBuf::from("."), Path::to_owned)
}
