//! The command as it is downloaded: optimised with a profile of its own runs, which takes a sixth off the time of
//! generation.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::bench::{growth, value};
use crate::commands::{cargo, host, root, rustc};
use speccrate::Failure;

/// How often the workspace's own document is copied into one for a large run.
const COPIES: usize = 8;

/// Builds the command for the target triple `target`, and returns its path. Where this machine can't run the target's
/// programs there is no profile.
///
/// # Errors
/// It doesn't compile, `llvm-profdata` isn't installed, or a run fails.
pub fn build(target: &str) -> Result<PathBuf, Failure> {
    let folder = root().join("target/training");
    let [raw, profile] = ["raw", "speccrate.profdata"].map(|name| folder.join(name));
    let merger = merger()?;
    let trained = compile(target, &folder, flag("-Cprofile-generate=", &raw))?;
    if !runs(&trained) {
        anstream::eprintln!(
            "this machine can't run programs for {target}, so they are built without a profile"
        );
        return compile(target, &root().join("target"), OsString::new());
    }
    if raw.exists() {
        std::fs::remove_dir_all(&raw)?;
    }
    train(&trained, &folder)?;
    succeed(Command::new(merger).args(["merge", "--output"]).arg(&profile).arg(&raw))?;
    compile(target, &root().join("target"), flag("-Cprofile-use=", &profile))
}

/// The compiler's own `llvm-profdata`: those of other versions can't read its profiles.
fn merger() -> Result<PathBuf, Failure> {
    let sysroot = rustc(&["--print", "sysroot"])?;
    let folder = Path::new(&sysroot).join("lib/rustlib").join(host()?).join("bin");
    let path = folder.join(format!("llvm-profdata{}", std::env::consts::EXE_SUFFIX));
    if path.exists() {
        return Ok(path);
    }
    let message = format!("{} is missing: run `rustup component add llvm-tools`", path.display());
    Err(Failure::Usage(message))
}

fn flag(name: &str, path: &Path) -> OsString {
    let mut flag = OsString::from(name);
    flag.push(path);
    flag
}

/// Builds the command below `folder`, with the compiler's argument `flag`.
fn compile(target: &str, folder: &Path, flag: OsString) -> Result<PathBuf, Failure> {
    let mut build = cargo();
    build
        .args(["build", "--profile", "dist", "--locked", "--package", "speccrate", "--target", target])
        .current_dir(root())
        // Unlike RUSTFLAGS, this one may hold a path with spaces.
        .env("CARGO_ENCODED_RUSTFLAGS", flag)
        .env("CARGO_TARGET_DIR", folder);
    succeed(&mut build)?;
    let suffix = if target.contains("windows") { ".exe" } else { "" };
    Ok(folder.join(target).join("dist").join(format!("speccrate{suffix}")))
}

/// Whether this machine can run `program`.
fn runs(program: &Path) -> bool {
    let status = Command::new(program).arg("--version").stdout(Stdio::null()).status();
    status.is_ok_and(|status| status.success())
}

/// Has `program` do what its users have it do: generate crates from small documents and large ones, and check them.
fn train(program: &Path, folder: &Path) -> Result<(), Failure> {
    let folder = tempfile::tempdir_in(folder)?;
    for (count, document) in documents(folder.path())?.iter().enumerate() {
        for command in ["generate", "check"] {
            let mut run = Command::new(program);
            run.args([command, "--quiet", "--name", "trained", "--spec"]).arg(document);
            run.arg("--out").arg(folder.path().join(count.to_string()));
            let status = run.stdout(Stdio::null()).stderr(Stdio::null()).status()?;
            // A case that needs a second document has errors, which is a run like any other.
            if !matches!(status.code(), Some(0 | 1)) {
                return Err(failed(&run));
            }
        }
    }
    Ok(())
}

/// The documents to train with: the golden cases', the workspace's own, and a large one, which is written to `folder`. The
/// last two are YAML and JSON.
fn documents(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let own = root().join("spec/connections.yaml");
    let [own_json, large_json, large_yaml] =
        ["own.json", "large.json", "large.yaml"].map(|name| folder.join(name));
    growth::copy(&own, COPIES, &large_json)?;
    let large = serde_yaml::to_string(&value(&large_json)?);
    std::fs::write(&large_yaml, large.map_err(|error| Failure::Usage(error.to_string()))?)?;
    std::fs::write(&own_json, serde_json::to_string_pretty(&value(&own)?)?)?;
    let mut documents = vec![own, own_json, large_yaml, large_json];
    for case in std::fs::read_dir(root().join("generator/tests/cases"))? {
        documents.push(case?.path().join("spec.yaml"));
    }
    documents.retain(|document| document.exists());
    documents.sort();
    Ok(documents)
}

fn succeed(command: &mut Command) -> Result<(), Failure> {
    if command.status()?.success() { Ok(()) } else { Err(failed(command)) }
}

fn failed(command: &Command) -> Failure {
    let words = std::iter::once(command.get_program()).chain(command.get_args()).map(OsStr::to_string_lossy);
    Failure::Usage(format!("`{}` failed", words.collect::<Vec<_>>().join(" ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_documents_are_there_in_both_formats() {
        let folder = tempfile::tempdir().unwrap();
        let documents = documents(folder.path()).unwrap();
        assert!(documents.len() > 50, "{documents:?}");
        for name in ["connections.yaml", "own.json", "large.yaml", "large.json"] {
            let document = documents.iter().find(|document| document.ends_with(name)).unwrap();
            assert!(value(document).unwrap()["paths"].is_object());
        }
    }

    #[test]
    fn what_cannot_run_is_told_from_what_can() {
        assert!(runs(Path::new("rustc")));
        assert!(!runs(Path::new("no-such-program")));
    }
}
