//! Installs Prism: its version and location.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::{Value, json};

/// The newest version that runs on Node 20; later ones need Node 24.
const VERSION: &str = "5.14.2";

const PACKAGE: &str = "@stoplight/prism-cli";

/// The path of Prism's script for Node, which is installed below `folder` with npm unless it exists. If it
/// can't be installed, the error says what is missing.
pub fn install(folder: &Path) -> Result<PathBuf, String> {
    if !runs("node") {
        return Err("Node isn't installed".to_owned());
    }
    let package = folder.join("node_modules").join(PACKAGE);
    let script = package.join("dist/index.js");
    if version(&package).as_deref() == Some(VERSION) {
        return Ok(script);
    }
    if !runs("npm") {
        return Err("npm isn't installed".to_owned());
    }
    anstream::eprintln!("installing {PACKAGE} {VERSION} into {}", folder.display());
    let installed = npm_install(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    if installed && version(&package).as_deref() == Some(VERSION) {
        return Ok(script);
    }
    Err(format!("npm can't install {PACKAGE} {VERSION}, which needs a package registry once"))
}

fn runs(program: &str) -> bool {
    let mut command = Command::new(program);
    let command = command.arg("--version").stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

fn npm_install(folder: &Path) -> std::io::Result<bool> {
    std::fs::create_dir_all(folder)?;
    let manifest = json!({ "private": true, "dependencies": { PACKAGE: VERSION } });
    std::fs::write(folder.join("package.json"), format!("{manifest:#}\n"))?;
    // No package needs an install script.
    let status = Command::new("npm")
        .args(["install", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"])
        .current_dir(folder)
        .stdout(Stdio::null())
        .status()?;
    Ok(status.success())
}

/// The version of the package in `folder`.
fn version(folder: &Path) -> Option<String> {
    let manifest = std::fs::read(folder.join("package.json")).ok()?;
    let manifest: Value = serde_json::from_slice(&manifest).ok()?;
    Some(manifest.get("version")?.as_str()?.to_owned())
}
