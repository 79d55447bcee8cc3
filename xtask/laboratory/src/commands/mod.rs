//! One command per file.

pub mod bench;
pub mod collisions;
pub mod conformance;
pub mod corpus;
pub mod dist;
pub mod fuzz;
pub mod instructions;
pub mod load;
pub mod mutants;
pub mod oracle;
pub mod prism;
pub mod quiet;
pub mod schedules;
pub mod semver_oracle;
pub mod soak;
pub mod test;
pub mod wire_conformance;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use speccrate::Failure;

/// The workspace's folder.
pub fn root() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2);
    root.map_or_else(|| PathBuf::from("."), Path::to_owned)
}

/// The folder of the generated crate.
pub fn generated() -> PathBuf {
    root().join("generated")
}

/// The cargo that runs this program, or else the one on the path.
pub fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// What the compiler that this program's cargo uses, or else the one on the path, prints for `arguments`.
pub fn rustc(arguments: &[&str]) -> Result<String, Failure> {
    let program = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(program).args(arguments).stderr(Stdio::inherit()).output()?;
    if !output.status.success() {
        return Err(Failure::Usage(format!("`rustc {}` failed", arguments.join(" "))));
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// This machine's target triple.
pub fn host() -> Result<String, Failure> {
    let version = rustc(&["-vV"])?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).ok_or_else(|| Failure::Usage("rustc doesn't tell its host".to_owned()))
}
