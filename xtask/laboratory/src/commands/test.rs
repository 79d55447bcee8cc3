//! `test`: everything that CI checks.

use std::time::Instant;

use crate::corpus::families::{alone, families};
use speccrate::commands::check;
use speccrate::project::Input;
use speccrate::{Failure, terminal};

#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// Go on after a failed step
    #[arg(long)]
    keep_going: bool,
}

/// A step: its name, additional environment variables, and the arguments of cargo.
type Step = (&'static str, &'static [(&'static str, &'static str)], &'static [&'static str]);

const STEPS: &[Step] = &[
    ("format", &[], &["fmt", "--all", "--check"]),
    ("clippy", &[], &["clippy", "--workspace", "--all-targets", "--all-features", "--", "-D", "warnings"]),
    ("format of xtask", &[], &["fmt", "--manifest-path", "xtask/Cargo.toml", "--check"]),
    (
        "clippy of xtask",
        &[],
        &[
            "clippy",
            "--manifest-path",
            "xtask/Cargo.toml",
            "--target-dir",
            "target/xtask",
            "--all-targets",
            "--",
            "-D",
            "warnings",
        ],
    ),
    (
        "format of schedules",
        &[],
        &["fmt", "--manifest-path", "generator/runtime/schedules/Cargo.toml", "--check"],
    ),
    ("tests of xtask", &[], &["test", "--manifest-path", "xtask/Cargo.toml", "--target-dir", "target/xtask"]),
    // The examples are linted above, and run by tests.
    ("tests", &[], &["test", "--workspace", "--all-features", "--lib", "--bins", "--tests"]),
    ("examples in the docs", &[], &["test", "--workspace", "--all-features", "--doc"]),
    (
        "the command's library alone",
        &[],
        &["clippy", "--package", "speccrate", "--no-default-features", "--", "-D", "warnings"],
    ),
    (
        "docs",
        &[("RUSTDOCFLAGS", "-D warnings")],
        &["doc", "--workspace", "--exclude", "laboratory", "--no-deps", "--all-features"],
    ),
    (
        "no features",
        &[],
        &[
            "clippy",
            "--package",
            "auth0-connections",
            "--package",
            "openapi-rust-runtime",
            "--no-default-features",
            "--",
            "-D",
            "warnings",
        ],
    ),
    (
        "models alone",
        &[],
        &[
            "clippy",
            "--package",
            "openapi-rust-runtime",
            "--no-default-features",
            "--features",
            "models",
            "--",
            "-D",
            "warnings",
        ],
    ),
    (
        "client without reqwest",
        &[],
        &[
            "clippy",
            "--package",
            "auth0-connections",
            "--package",
            "openapi-rust-runtime",
            "--no-default-features",
            "--features",
            "client",
            "--",
            "-D",
            "warnings",
        ],
    ),
];

pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let (mut passed, mut failed) = (0, 0);
    let mut step = |name: &str, run: &mut dyn FnMut() -> bool| {
        anstream::eprintln!("{}== {name}{}", terminal::CYAN.render(), terminal::CYAN.render_reset());
        let (start, used) = (Instant::now(), processor_seconds());
        let success = run();
        let (style, word) = if success { (terminal::GREEN, "passed") } else { (terminal::RED, "failed") };
        let seconds = start.elapsed().as_secs_f64();
        let processor = processor_seconds().zip(used).map_or_else(String::new, |(after, before)| {
            format!(", {:.0} s of processor time", after - before)
        });
        anstream::eprintln!(
            "{}== {name}: {word}{} in {seconds:.1} s{processor}",
            style.render(),
            style.render_reset()
        );
        if success {
            passed += 1
        } else {
            failed += 1
        }
        success
    };
    let mut go_on =
        step("check", &mut || check::run(&check::Arguments::of_crate(super::generated())).is_ok());
    for (name, environment, arguments_of_cargo) in STEPS {
        if !(go_on || arguments.keep_going) {
            break;
        }
        go_on = step(name, &mut || cargo(environment, arguments_of_cargo));
    }
    if go_on || arguments.keep_going {
        go_on = step("each family alone", &mut families_alone);
    }
    if go_on || arguments.keep_going {
        let cases = super::root().join("generator/tests/cases");
        let cases = super::corpus::Arguments::with_tests(cases);
        go_on = step("golden cases compile and behave", &mut || super::corpus::run(&cases).is_ok());
    }
    if go_on || arguments.keep_going {
        go_on =
            step("names that collide compile", &mut || super::collisions::run(&Default::default()).is_ok());
    }
    if go_on || arguments.keep_going {
        go_on = step("types against the judge", &mut || super::oracle::run(&Default::default()).is_ok());
    }
    if go_on || arguments.keep_going {
        let checking = super::conformance::Arguments::checking();
        go_on = step("types against the public suite", &mut || super::conformance::run(&checking).is_ok());
    }
    if go_on || arguments.keep_going {
        let quick = super::schedules::Arguments::quick();
        go_on = step("threads under many schedules", &mut || super::schedules::run(&quick).is_ok());
    }
    if go_on || arguments.keep_going {
        // The tests recorded the requests that the pages of the strategies show.
        let creations =
            super::prism::Arguments::with_requests(super::root().join("target/tmp/creations.jsonl"));
        step("requests against Prism", &mut || super::prism::run(&creations).is_ok());
    }
    let processor = processor_seconds()
        .map_or_else(String::new, |seconds| format!(" in {seconds:.0} s of processor time"));
    println!("{passed} passed, {failed} failed{processor}");
    if failed == 0 { Ok(()) } else { Err(Failure::Failed) }
}

/// What this process and those that it has waited for have used so far, where the system says so: Linux, in hundredths
/// of a second (proc_pid_stat(5)).
fn processor_seconds() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    // The name in brackets may have spaces.
    let (_, after_name) = stat.rsplit_once(')')?;
    let ticks = after_name.split_ascii_whitespace().skip(11).take(4);
    let ticks: Vec<u32> = ticks.map(str::parse).collect::<Result<_, _>>().ok()?;
    Some(ticks.into_iter().map(f64::from).sum::<f64>() / 100.0)
}

/// Lints the checked-in crate with each family of alternatives alone, and runs the test of uncompiled
/// families.
fn families_alone() -> bool {
    let loaded = Input::of_crate(super::generated()).project().and_then(|project| project.load());
    let Ok((_, api)) = loaded else { return false };
    let families = families(&api);
    let tested = families.first().is_none_or(|family| {
        let package = ["test", "--package", "auth0-connections", "--no-default-features"];
        cargo(&[], &[&package[..], &["--features", family, "--test", "families"]].concat())
    });
    let each = alone("auth0-connections", &families);
    tested
        && each
            .iter()
            .all(|(_, arguments)| cargo(&[], &arguments.iter().map(String::as_str).collect::<Vec<_>>()))
}

fn cargo(environment: &[(&str, &str)], arguments: &[&str]) -> bool {
    let status =
        super::cargo().args(arguments).envs(environment.iter().copied()).current_dir(super::root()).status();
    match status {
        Ok(status) => status.success(),
        Err(error) => {
            anstream::eprintln!("cargo can't be run: {error}");
            false
        }
    }
}
