//! `fuzz`: coverage-guided fuzzing of the generator and the runtime, on stable Rust.

use std::path::Path;
use std::process::Command;

use clap::builder::PossibleValuesParser;
use speccrate::{Failure, terminal};

/// The fuzz targets, and the folders of their seed inputs.
const TARGETS: &[(&str, &[&str])] = &[
    ("source", &["fuzz/seeds/source", "generator/tests/diagnostics"]),
    ("plan", &["fuzz/seeds/drawn"]),
    ("rust", &["fuzz/seeds/drawn"]),
    ("pipeline", &["fuzz/seeds/drawn"]),
    ("diff", &["fuzz/seeds/drawn", "fuzz/seeds/diff"]),
    ("overlay", &["fuzz/seeds/drawn", "fuzz/seeds/overlay"]),
    ("settings", &["fuzz/seeds/settings"]),
    ("json", &["fuzz/seeds/json"]),
    ("model", &["fuzz/seeds/model"]),
    ("multipart", &["fuzz/seeds/multipart"]),
    ("parameters", &["fuzz/seeds/parameters"]),
    ("events", &["fuzz/seeds/events"]),
    ("items", &["fuzz/seeds/items"]),
    ("xml", &["fuzz/seeds/xml"]),
    ("client", &["fuzz/seeds/client"]),
    ("webhooks", &["fuzz/seeds/webhooks"]),
];

/// Makes LLVM count the edges taken and record comparisons, as libFuzzer requires. This is what cargo-fuzz
/// does, without the sanitizers, which need nightly Rust and look for faults that safe code can't have.
const COVERAGE: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
     -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
     -Cllvm-args=-sanitizer-coverage-trace-compares --cfg fuzzing";

#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// How long to fuzz each target
    #[arg(long, value_name = "N", default_value_t = 60)]
    seconds: u32,
    /// Fuzz only this target
    #[arg(long, value_name = "T", value_parser = PossibleValuesParser::new(TARGETS.iter().map(|(name, _)| *name)))]
    target: Option<String>,
}

pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let root = super::root();
    let folder = root.join("target/fuzz");
    let host = super::host()?;
    // With an explicit target, build scripts and macros are built without coverage.
    let built = super::cargo()
        .args(["build", "--release", "--target", &host])
        .args(arguments.target.iter().flat_map(|target| ["--bin", target.as_str()]))
        .current_dir(root.join("fuzz"))
        .env("CARGO_TARGET_DIR", &folder)
        .env("RUSTFLAGS", COVERAGE)
        .status()?;
    if !built.success() {
        return Err(Failure::Failed);
    }
    let mut failed = false;
    for (target, seeds) in TARGETS {
        if arguments.target.as_ref().is_none_or(|wanted| wanted == target) {
            let program = folder.join(&host).join("release").join(target);
            failed |= !fuzz(&program, target, seeds, arguments.seconds)?;
        }
    }
    if failed { Err(Failure::Failed) } else { Ok(()) }
}

/// Fuzzes one target; returns whether it passed.
fn fuzz(program: &Path, target: &str, seeds: &[&str], seconds: u32) -> Result<bool, Failure> {
    let root = super::root();
    let corpus = root.join("target/fuzz/corpus").join(target);
    let artifacts = root.join("target/fuzz/artifacts").join(target);
    std::fs::create_dir_all(&corpus)?;
    std::fs::create_dir_all(&artifacts)?;
    anstream::eprintln!(
        "{}== {target}: {seconds} s{}",
        terminal::CYAN.render(),
        terminal::CYAN.render_reset()
    );
    let status = Command::new(program)
        .arg(format!("-max_total_time={seconds}"))
        .args(["-timeout=20", "-rss_limit_mb=3000", "-max_len=6000", "-print_final_stats=1"])
        .arg(format!("-artifact_prefix={}/", artifacts.display()))
        .arg(&corpus)
        .args(seeds.iter().map(|seeds| root.join(seeds)).filter(|seeds| seeds.exists()))
        .env("RAYON_NUM_THREADS", "1")
        .status()?;
    if !status.success() {
        anstream::eprintln!(
            "{}{target} failed{}: the input is in {}; give its path to {} to see it again",
            terminal::RED.render(),
            terminal::RED.render_reset(),
            artifacts.display(),
            program.display()
        );
    }
    Ok(status.success())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The nightly workflow, the folder of targets and the list here are the same.
    #[test]
    fn every_target_is_fuzzed_each_night() {
        let root = super::super::root();
        let listed: Vec<&str> = TARGETS.iter().map(|(name, _)| *name).collect();
        let workflow = std::fs::read_to_string(root.join(".github/workflows/nightly.yml")).unwrap();
        let nightly: Vec<&str> = workflow
            .lines()
            .skip_while(|line| line.trim() != "target:")
            .skip(1)
            .map_while(|line| line.trim().strip_prefix("- "))
            .collect();
        assert_eq!(nightly, listed);
        let mut built: Vec<String> = std::fs::read_dir(root.join("fuzz/targets"))
            .unwrap()
            .map(|entry| entry.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned())
            .collect();
        let mut sorted = listed;
        built.sort();
        sorted.sort_unstable();
        assert_eq!(built, sorted);
    }
}
