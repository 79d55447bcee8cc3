//! `cargo xtask`: the commands of this workspace. Those of the product are `speccrate`'s, with the configuration of the
//! crate in `generated/`; the others are the laboratory's. Whichever program a command needs is built first if anything
//! that it is made of has changed.
//!
//! Before cargo runs a program it looks at every package of the workspace, which takes longer than generating does.
//! Of this one it has only itself to look at.

mod built;

use std::ffi::OsStr;
use std::io;
use std::path::Path;
use std::process::{Command, ExitCode, ExitStatus};
use std::time::SystemTime;

use built::Built;

/// The commands of `speccrate`.
const PRODUCT: &[(&str, &str)] = &[
    ("generate", "Generate the crate in generated/, or one from another document"),
    ("check", "Fail if generated/ differs from what its document gives; write nothing"),
    ("diff", "Say what a changed document means for the wire and for Rust callers"),
    ("drift", "Compare our document with the vendor's, restricted to our paths"),
    ("explain", "Explain the code of a diagnostic"),
    ("init", "Describe a crate in `speccrate.toml`"),
    ("settings-schema", "Print the JSON Schema of the settings file, for editors"),
    ("completions", "Print a shell's completions of `speccrate`"),
];

/// The commands of the laboratory.
const LABORATORY: &[(&str, &str)] = &[
    ("test", "Run everything that CI checks"),
    ("corpus", "Generate and compile a crate from each document in a folder"),
    ("collisions", "Generate and compile crates of random documents whose names collide"),
    ("oracle", "Check generated types against an independent judge of JSON Schema"),
    ("conformance", "Check generated types against JSON Schema's own test suite"),
    ("wire-conformance", "Make the calls of conformance/ with generated clients, against a scripted server"),
    ("prism", "Call every operation through its builder and have Prism check each request; needs Node"),
    ("quiet", "Measure how much of the generated files single edits of real documents change"),
    ("semver-oracle", "Check the bumps that the diff asks for with cargo-semver-checks and the compiler"),
    ("fuzz", "Fuzz the generator; needs a C++ compiler"),
    ("bench", "Measure speed, beside other generators where they are installed"),
    ("dist", "Build the command as it is downloaded, with a profile of its own runs; needs llvm-tools"),
    ("load", "Make 100,000 calls on this machine, beside the same requests written by hand"),
    ("soak", "Make calls for half an hour, after which no memory, task or connection may be left"),
    ("schedules", "Run what the client shares between threads under thousands of schedules"),
    ("mutants", "Put faults into the code and count those that no test notices; needs cargo-mutants"),
    ("instructions", "Count what generation and calls take, and the size of a program; needs valgrind"),
];

/// Those that generate hundreds of large crates, and are built with optimisation for it.
const OPTIMISED: &[&str] = &["quiet", "semver-oracle"];

/// Where `speccrate` looks for the crate that a command is for, if no argument names one.
const CONFIG_VARIABLE: &str = "SPECCRATE_CONFIG";

fn main() -> ExitCode {
    let command = std::env::args().nth(1);
    let package = match command.as_deref() {
        None | Some("--help" | "-h" | "help") => {
            help();
            return if command.is_some() { ExitCode::SUCCESS } else { ExitCode::from(2) };
        }
        Some(name) if PRODUCT.iter().any(|(known, _)| *known == name) => "speccrate",
        Some(name) if LABORATORY.iter().any(|(known, _)| *known == name) => "laboratory",
        Some(name) => {
            eprintln!("error: there is no command {name:?}; `cargo xtask --help` lists them");
            return ExitCode::from(2);
        }
    };
    let release = OPTIMISED.contains(&command.as_deref().unwrap_or_default());
    run(package, release).unwrap_or_else(|error| {
        eprintln!("error: can't run {package}: {error}");
        ExitCode::from(2)
    })
}

fn help() {
    println!("The commands of this workspace\n\nUsage: cargo xtask COMMAND [ARGUMENTS]");
    for (heading, commands) in [("The product", PRODUCT), ("For those who change the generator", LABORATORY)]
    {
        println!("\n{heading}:");
        commands.iter().for_each(|(name, what)| println!("  {name:15} {what}"));
    }
    println!("\n`cargo xtask COMMAND --help` says more, with examples.");
}

fn run(package: &str, release: bool) -> io::Result<ExitCode> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = here.parent().unwrap_or(here);
    let target = ["CARGO_TARGET_DIR", "CARGO_BUILD_TARGET_DIR"].iter().find_map(std::env::var_os);
    let built = Built::of(root, &target.unwrap_or_else(|| root.join("target").into()), package, release);
    let mut fresh = built.is_fresh();
    if !fresh {
        let start = SystemTime::now();
        let mut command = cargo("build", package, root, release);
        // A first build has nothing to reuse, and who only regenerates never builds again.
        if !built.program.exists() && std::env::var_os("CARGO_INCREMENTAL").is_none() {
            command.env("CARGO_INCREMENTAL", "0");
        }
        let status = command.status()?;
        if !status.success() {
            return Ok(code(status));
        }
        built.note(start)?;
        fresh = built.is_fresh();
    }
    let mut command = if fresh {
        Command::new(&built.program)
    } else {
        // Built elsewhere, as cargo's configuration has it.
        let mut command = cargo("run", package, root, release);
        command.arg("--");
        command
    };
    if package == "speccrate" {
        command.env(CONFIG_VARIABLE, root.join("generated/speccrate.toml"));
    }
    replace_by(command.args(std::env::args_os().skip(1)))
}

fn cargo(subcommand: &str, package: &str, root: &Path, release: bool) -> Command {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| OsStr::new("cargo").to_owned());
    let mut command = Command::new(program);
    command
        .args([subcommand, "--quiet", "--package", package, "--bin", package, "--manifest-path"])
        .arg(root.join("Cargo.toml"));
    if release {
        command.arg("--release");
    }
    if package == "speccrate" {
        // Without the allocator, which a debug build gains nothing from.
        command.args(["--no-default-features", "--features", "cli,watch"]);
    }
    command
}

/// Runs the command in place of this process, so that signals reach it.
#[cfg(unix)]
fn replace_by(command: &mut Command) -> io::Result<ExitCode> {
    Err(std::os::unix::process::CommandExt::exec(command))
}

#[cfg(not(unix))]
fn replace_by(command: &mut Command) -> io::Result<ExitCode> {
    command.status().map(code)
}

fn code(status: ExitStatus) -> ExitCode {
    status.code().and_then(|code| u8::try_from(code).ok()).map_or(ExitCode::FAILURE, ExitCode::from)
}
