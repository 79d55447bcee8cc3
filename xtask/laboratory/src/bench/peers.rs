//! Other generators, if installed.

use std::path::{Path, PathBuf};
use std::process::Command;

/// Another generator.
#[derive(Clone, Debug)]
pub struct Peer {
    /// The name of the generator.
    pub name: &'static str,
    program: PathBuf,
}

impl Peer {
    /// ploidy (`cargo install ploidy`).
    pub fn ploidy() -> Option<Self> {
        find("ploidy").map(|program| Self { name: "ploidy", program })
    }

    /// progenitor (`cargo install cargo-progenitor`).
    pub fn progenitor() -> Option<Self> {
        find("cargo-progenitor").map(|program| Self { name: "progenitor", program })
    }

    /// openapi-generator (`pip install openapi-generator-cli`; needs Java).
    pub fn openapi_generator() -> Option<Self> {
        find("openapi-generator-cli").map(|program| Self { name: "openapi-generator", program })
    }

    /// The installed peers.
    pub fn installed() -> Vec<Self> {
        [Self::ploidy(), Self::progenitor(), Self::openapi_generator()].into_iter().flatten().collect()
    }

    /// Like [`generate`](Self::generate), but first removes a crate that an earlier run may have left.
    pub fn generate_anew(&self, document: &Path, out: &Path, name: &str) -> std::io::Result<Command> {
        if out.exists() {
            std::fs::remove_dir_all(out)?;
        }
        Ok(self.generate(document, out, name))
    }

    /// The command that generates the crate `name` from `document` into `out`.
    pub fn generate(&self, document: &Path, out: &Path, name: &str) -> Command {
        let mut command = Command::new(&self.program);
        match self.name {
            "ploidy" => command.args(["generate", "rust", "--name", name, "--output"]).arg(out).arg(document),
            "progenitor" => {
                command.args(["progenitor", "--name", name, "--version", "0.1.0", "--input"]);
                command.arg(document).arg("--output").arg(out)
            }
            _ => command
                .args(["generate", "--generator-name", "rust", "--skip-validate-spec"])
                .args(["--package-name", name, "--input-spec"])
                .arg(document)
                .arg("--output")
                .arg(out),
        };
        command
    }
}

/// A program on the path, in `target/tools/bin` or in the virtual environment `target/tools/venv`.
fn find(name: &str) -> Option<PathBuf> {
    let tools = crate::commands::root().join("target/tools");
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = [tools.join("bin"), tools.join("venv/bin")].into_iter().chain(std::env::split_paths(&path));
    folders.map(|folder| folder.join(name)).find(|program| program.is_file())
}

/// The names of the peers that aren't installed.
pub fn missing() -> Vec<&'static str> {
    let wanted = ["ploidy", "cargo-progenitor", "openapi-generator-cli"];
    wanted.into_iter().filter(|name| find(name).is_none()).collect()
}
