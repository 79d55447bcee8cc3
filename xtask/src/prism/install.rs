//! Prism itself: which version, and where it is.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::Failure;

/// The newest version that runs on Node 20; later ones want Node 24.
const VERSION: &str = "5.14.2";

const PACKAGE: &str = "@stoplight/prism-cli";

/// What is missing to run Prism, if anything is.
pub fn missing() -> Option<&'static str> {
    let runs = |program: &str| {
        let mut command = Command::new(program);
        let command = command.arg("--version").stdout(Stdio::null()).stderr(Stdio::null());
        command.status().is_ok_and(|status| status.success())
    };
    if !runs("node") {
        return Some("Node isn't installed");
    }
    (!runs("npm")).then_some("npm isn't installed")
}

/// Prism's script, which Node runs: installed below `folder` with npm unless it is there already.
///
/// # Errors
/// npm can't install it.
pub fn install(folder: &Path) -> Result<PathBuf, Failure> {
    let package = folder.join("node_modules").join(PACKAGE);
    if version(&package).as_deref() != Some(VERSION) {
        std::fs::create_dir_all(folder)?;
        let manifest = format!("{{ \"private\": true, \"dependencies\": {{ \"{PACKAGE}\": \"{VERSION}\" }} }}\n");
        std::fs::write(folder.join("package.json"), manifest)?;
        anstream::eprintln!("installing {PACKAGE} {VERSION} into {}", folder.display());
        // Nothing of it needs to be run to install it.
        let status = Command::new("npm")
            .args(["install", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"])
            .current_dir(folder)
            .stdout(Stdio::null())
            .status()?;
        if !status.success() || version(&package).as_deref() != Some(VERSION) {
            let message = format!(
                "npm can't install {PACKAGE} {VERSION} into {}; it needs a package registry once, then none",
                folder.display()
            );
            return Err(Failure::Usage(message));
        }
    }
    Ok(package.join("dist/index.js"))
}

/// The version of the package in `folder`.
fn version(folder: &Path) -> Option<String> {
    let manifest = std::fs::read(folder.join("package.json")).ok()?;
    let manifest: Value = serde_json::from_slice(&manifest).ok()?;
    Some(manifest.get("version")?.as_str()?.to_owned())
}
