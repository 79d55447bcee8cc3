//! One command a file.

pub mod bench;
pub mod check;
pub mod corpus;
pub mod diff;
pub mod drift;
pub mod explain;
pub mod fuzz;
pub mod generate;
pub mod instructions;
pub mod load;
pub mod oracle;
pub mod prism;
pub mod quiet;
pub mod semver_oracle;
pub mod test;

use std::path::{Path, PathBuf};
use std::process::Command;

/// The workspace's folder.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map_or_else(|| PathBuf::from("."), Path::to_owned)
}

/// The path as given; a default is seen from the workspace.
pub fn resolve(path: &Path, default: &str) -> PathBuf {
    if path == Path::new(default) { root().join(path) } else { path.to_owned() }
}

/// The cargo that runs this, else the one on the path.
pub fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}
