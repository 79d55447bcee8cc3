//! Lints and documents generated crates in one workspace, and reports which of them fail.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::Stdio;

use indicatif::ProgressBar;
use serde_json::Value;

use crate::workspace;
use speccrate::{Failure, terminal};

/// The number of problems of each crate; crates without problems are absent.
pub type Problems = BTreeMap<String, usize>;

/// Lints the crates in `folder` and builds their documentation if `docs` says so, building their dependencies only once.
/// It enables either all features or the default ones.
///
/// # Errors
/// Cargo can't be run, or fails for a reason other than the crates.
pub fn compile(
    folder: &Path,
    crates: &[String],
    all_features: bool,
    docs: bool,
) -> Result<Problems, Failure> {
    workspace::write(folder, crates)?;
    let bar = terminal::progress(crates.len() as u64 * (1 + u64::from(docs)), "compiling");
    let features = if all_features { &["--all-features"][..] } else { &[] };
    let clippy =
        ["clippy", "--quiet", "--workspace", "--all-targets", "--keep-going", "--message-format=json"];
    let mut problems = BTreeMap::new();
    let mut add = |found: Problems| {
        for (name, count) in found {
            *problems.entry(whole(&name, crates)).or_default() += count;
        }
    };
    add(cargo(folder, &[&clippy[..], features, &["--", "-D", "warnings"]].concat(), &bar)?);
    if docs {
        bar.set_message("documenting");
        let doc = ["doc", "--quiet", "--workspace", "--no-deps", "--keep-going", "--message-format=json"];
        add(cargo(folder, &[&doc[..], features].concat(), &bar)?);
    }
    bar.finish_and_clear();
    Ok(problems)
}

/// The one of `crates` that the crate `name` is or is a part of.
fn whole(name: &str, crates: &[String]) -> String {
    let is_part =
        |whole: &&String| name.strip_prefix(whole.as_str()).is_some_and(|rest| rest.starts_with('-'));
    let found =
        crates.iter().filter(|whole| *whole == name || is_part(whole)).max_by_key(|whole| whole.len());
    found.map_or(name, String::as_str).to_owned()
}

/// The crate that a message is about, which a test of it isn't called after. Its folder has its name.
fn package(message: &Value) -> String {
    let manifest = Path::new(message["manifest_path"].as_str().unwrap_or_default());
    let name = manifest.parent().and_then(Path::file_name).unwrap_or_default();
    name.to_string_lossy().into_owned()
}

fn cargo(folder: &Path, arguments: &[&str], bar: &ProgressBar) -> Result<Problems, Failure> {
    let mut child = workspace::cargo_in(folder)
        .args(arguments)
        .env("RUSTDOCFLAGS", "-D warnings")
        .stdout(Stdio::piped())
        .spawn()?;
    let mut problems = Problems::new();
    for line in child.stdout.take().into_iter().flat_map(|output| BufReader::new(output).lines()) {
        let Ok(message) = serde_json::from_str::<Value>(&line?) else { continue };
        let target = message["target"]["name"].as_str().unwrap_or_default();
        match message["reason"].as_str() {
            Some("compiler-artifact") if target.starts_with("corpus_") => bar.inc(1),
            Some("compiler-message") => {
                let text = message["message"]["rendered"].as_str().unwrap_or_default();
                bar.suspend(|| anstream::eprint!("{text}"));
                *problems.entry(package(&message)).or_default() += 1;
            }
            _ => {}
        }
    }
    let status = child.wait()?;
    if status.success() || !problems.is_empty() {
        return Ok(problems);
    }
    Err(Failure::Usage(format!("`cargo {}` failed", arguments.join(" "))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_of_a_test_is_one_of_its_crate() {
        let message = serde_json::json!({
            "reason": "compiler-message",
            "manifest_path": "/corpus/corpus-boats/crates/corpus-boats-types/Cargo.toml",
            "target": {"kind": ["test"], "name": "page"},
        });
        let crates = ["corpus-boat".to_owned(), "corpus-boats".to_owned()];
        assert_eq!(whole(&package(&message), &crates), "corpus-boats");
    }
}
