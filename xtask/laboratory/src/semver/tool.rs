//! Runs cargo-semver-checks to find the version bump that a pair of crates requires. Installs it into
//! `target/tools` when it is first needed.

use std::path::{Path, PathBuf};
use std::process::Command;

use openapi_generator::diff::RustLevel;

use speccrate::Failure;

/// The version to install. It reads the rustdoc JSON of the Rust versions of its time.
pub const VERSION: &str = "0.51.0";

/// The tool's verdict on a pair of crates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The required version bump; a patch if it finds nothing.
    pub level: RustLevel,
    /// The lints that reported something.
    pub lints: Vec<String>,
}

/// The path of the program; installs it if it is missing.
///
/// # Errors
/// The tool can't be installed.
pub fn program() -> Result<PathBuf, Failure> {
    let root = crate::commands::root().join("target/tools");
    let program = root.join("bin/cargo-semver-checks");
    let known = Command::new(&program).args(["semver-checks", "--version"]).output();
    if known.is_ok_and(|output| String::from_utf8_lossy(&output.stdout).contains(VERSION)) {
        return Ok(program);
    }
    anstream::eprintln!("installing cargo-semver-checks {VERSION} into {}, once", root.display());
    let status = crate::commands::cargo()
        .args(["install", "--locked", "--version", VERSION, "cargo-semver-checks", "--root"])
        .arg(&root)
        .env("CARGO_TARGET_DIR", root.join("build"))
        .status()?;
    if status.success() {
        Ok(program)
    } else {
        Err(Failure::Usage("cargo-semver-checks can't be installed".to_owned()))
    }
}

/// Asks `program` about two crates, given their rustdoc JSON.
///
/// # Errors
/// The tool can't read them.
pub fn ask(program: &Path, old: &Path, new: &Path) -> Result<Said, Failure> {
    let output = Command::new(program)
        .args(["semver-checks", "--color", "never", "--release-type", "patch", "--baseline-rustdoc"])
        .arg(old)
        .arg("--current-rustdoc")
        .arg(new)
        .output()?;
    let text = [output.stdout, output.stderr].concat();
    said(&String::from_utf8_lossy(&text)).ok_or_else(|| {
        Failure::Usage(format!("cargo-semver-checks gives no answer: {}", String::from_utf8_lossy(&text)))
    })
}

fn said(text: &str) -> Option<Said> {
    let level = if text.contains("semver requires new major version") {
        RustLevel::Major
    } else if text.contains("semver requires new minor version") {
        RustLevel::Minor
    } else if text.contains("no semver update required") {
        RustLevel::Patch
    } else {
        return None;
    };
    let failures = text.lines().filter_map(|line| line.strip_prefix("--- failure "));
    let lints = failures.filter_map(|rest| rest.split_once(':')).map(|(lint, _)| lint.to_owned()).collect();
    Some(Said { level, lints })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_read() {
        let text = "\n--- failure function_missing: pub fn removed or renamed ---\n\n\
                    Summary semver requires new major version: 1 major and 0 minor checks failed\n";
        let said = said(text).unwrap();
        assert_eq!((said.level, said.lints), (RustLevel::Major, vec!["function_missing".to_owned()]));
        assert_eq!(super::said("error: unsupported rustdoc format"), None);
    }
}
