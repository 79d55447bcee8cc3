//! Compiles generated crates and documents them as JSON by calling the compiler directly: their dependencies
//! are built once, and each crate takes a second.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

use openapi_generator::api::Api;
use openapi_generator::{Package, print};
use serde_json::Value;

use crate::edits::Generated;
use speccrate::{Failure, crate_folder};

/// The name of every generated crate.
pub const CRATE: &str = "client";

/// The dependencies of a generated crate that does no I/O.
const DEPENDENCIES: &[&str] = &["bytes", "http", "openapi_rust_runtime", "serde", "serde_json"];

/// The place where crates are compiled.
pub struct Workshop {
    folder: PathBuf,
    /// Where the compiler finds the dependencies.
    externs: Vec<OsString>,
    /// One of these locks is held while a crate's files are built.
    locks: [Mutex<()>; 16],
}

/// A generated crate on disk.
#[derive(Clone, Debug)]
pub struct Crate {
    /// A hash of its sources.
    pub key: String,
    folder: PathBuf,
    features: Vec<String>,
}

impl Workshop {
    /// Builds the dependencies in `folder`.
    ///
    /// # Errors
    /// Cargo fails.
    pub fn new(folder: PathBuf) -> Result<Self, Failure> {
        let bare = folder.join("dependencies");
        std::fs::create_dir_all(&bare)?;
        crate_folder::apply(
            &bare,
            &crate_folder::compare(
                &bare,
                print::print(&openapi_generator::rust::Crate::new(
                    &Api::default(),
                    Package::in_folder(CRATE, &bare),
                ))?,
            )?,
        )?;
        let workspace =
            "[workspace]\nresolver = \"3\"\nmembers = [\"dependencies\"]\n\n[profile.dev]\ndebug = false\n";
        std::fs::write(folder.join("Cargo.toml"), workspace)?;
        let output = crate::commands::cargo()
            .args([
                "check",
                "--quiet",
                "--no-default-features",
                "--features",
                "openapi-rust-runtime/http,openapi-rust-runtime/xml",
                "--message-format=json",
            ])
            .current_dir(&folder)
            .env("CARGO_TARGET_DIR", folder.join("target"))
            .stderr(std::process::Stdio::inherit())
            .output()?;
        if !output.status.success() {
            return Err(Failure::Usage("what generated crates depend on can't be built".to_owned()));
        }
        let mut externs = vec!["-L".into(), prefixed("dependency=", &folder.join("target/debug/deps"))];
        for line in String::from_utf8_lossy(&output.stdout).lines() {
            let Ok(message) = serde_json::from_str::<Value>(line) else { continue };
            let name = message["target"]["name"].as_str().unwrap_or_default().replace('-', "_");
            let file = message["filenames"][0].as_str();
            if let Some(file) = file.filter(|_| DEPENDENCIES.contains(&name.as_str())) {
                externs.extend(["--extern".into(), format!("{name}={file}").into()]);
            }
        }
        Ok(Self { folder, externs, locks: Default::default() })
    }

    /// Writes a crate's sources, unless they exist.
    ///
    /// # Errors
    /// The files can't be written.
    pub fn write(&self, generated: &Generated) -> Result<Crate, Failure> {
        let mut hasher = DefaultHasher::new();
        generated.files.hash(&mut hasher);
        let key = format!("{:016x}", hasher.finish());
        let folder = self.folder.join("crates").join(&key);
        if !folder.exists() {
            // Written under a temporary name first, so that an existing folder is always complete.
            let thread = format!("{:?}", std::thread::current().id()).replace(['(', ')'], "");
            let half = folder.with_extension(thread);
            write_all(&half, &generated.files)?;
            if std::fs::rename(&half, &folder).is_err() {
                // Another thread was faster.
                std::fs::remove_dir_all(&half)?;
            }
        }
        let features = generated.api.features.iter().map(|feature| feature.name.clone()).collect();
        Ok(Crate { key, folder, features })
    }

    /// The crate's metadata, for compiling its dependents.
    ///
    /// # Errors
    /// It doesn't compile.
    pub fn compile(&self, krate: &Crate) -> Result<PathBuf, Failure> {
        let made = krate.folder.join(format!("lib{CRATE}.rmeta"));
        let _one_at_a_time = self.lock(&krate.key);
        if !made.exists() {
            let mut rustc = self.tool("rustc", krate);
            rustc.args(["--crate-type", "lib", "--emit", "metadata", "--out-dir"]).arg(&krate.folder);
            run(&mut rustc).map_err(|why| Failure::Usage(format!("{}: {why}", krate.folder.display())))?;
        }
        Ok(made)
    }

    /// The crate's public items, as rustdoc's JSON.
    ///
    /// # Errors
    /// It doesn't compile.
    pub fn document(&self, krate: &Crate) -> Result<PathBuf, Failure> {
        let made = krate.folder.join(format!("{CRATE}.json"));
        let _one_at_a_time = self.lock(&krate.key);
        if !made.exists() {
            let mut rustdoc = self.tool("rustdoc", krate);
            rustdoc
                .args(["--crate-version", "1.0.0", "-Z", "unstable-options", "--output-format", "json"])
                .args(["--document-private-items", "--document-hidden-items", "-o"])
                .arg(&krate.folder)
                // The JSON format is unstable; cargo-semver-checks gets it from stable Rust in the same way.
                .env("RUSTC_BOOTSTRAP", "1");
            run(&mut rustdoc).map_err(|why| Failure::Usage(format!("{}: {why}", krate.folder.display())))?;
        }
        Ok(made)
    }

    /// The errors of `source`, which uses everything in the crate `by`, when compiled against `krate`; none
    /// if it compiles.
    ///
    /// # Errors
    /// The crate itself doesn't compile, or the files can't be written.
    pub fn consume(&self, source: &str, by: &Crate, krate: &Crate) -> Result<Option<String>, Failure> {
        let library = self.compile(krate)?;
        let path = krate.folder.join(format!("consumer-{}.rs", by.key));
        std::fs::write(&path, source)?;
        let mut rustc = Command::new("rustc");
        rustc
            .args([
                "--edition",
                "2024",
                "--crate-name",
                "consumer",
                "--crate-type",
                "lib",
                "--emit",
                "metadata",
            ])
            .args(["--cap-lints", "allow", "--error-format", "short", "--out-dir"])
            .arg(krate.folder.join(format!("consumer-{}", by.key)))
            .args(&self.externs)
            .arg("--extern")
            .arg(prefixed(&format!("{CRATE}="), &library))
            .arg(&path);
        Ok(run(&mut rustc).err())
    }

    /// Keeps other threads from building the same file.
    fn lock(&self, key: &str) -> Option<std::sync::MutexGuard<'_, ()>> {
        let mut hasher = DefaultHasher::new();
        key.hash(&mut hasher);
        let index = usize::try_from(hasher.finish() % self.locks.len() as u64).unwrap_or(0);
        self.locks[index].lock().ok()
    }

    fn tool(&self, name: &str, krate: &Crate) -> Command {
        let mut tool = Command::new(name);
        tool.args(["--edition", "2024", "--crate-name", CRATE, "--cap-lints", "allow"]).args(&self.externs);
        for feature in &krate.features {
            tool.arg("--cfg").arg(format!("feature={feature:?}"));
        }
        tool.arg(krate.folder.join("src/lib.rs"));
        // The variables that cargo sets for `env!` while it compiles a crate.
        tool.env("CARGO_PKG_NAME", CRATE).env("CARGO_PKG_VERSION", "1.0.0");
        tool
    }
}

fn write_all(folder: &Path, files: &BTreeMap<String, String>) -> Result<(), Failure> {
    for (path, text) in files {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().unwrap_or(folder))?;
        std::fs::write(path, text)?;
    }
    Ok(())
}

fn prefixed(prefix: &str, path: &Path) -> OsString {
    let mut text = OsString::from(prefix);
    text.push(path);
    text
}

/// Runs a command; returns its error output if it fails.
fn run(command: &mut Command) -> Result<(), String> {
    let output = command.output().map_err(|error| error.to_string())?;
    if output.status.success() {
        return Ok(());
    }
    Err(String::from_utf8_lossy(&output.stderr).into_owned())
}
