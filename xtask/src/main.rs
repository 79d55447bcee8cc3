//! `cargo xtask`: runs the commands, which are built first if anything that they are made of has changed.
//!
//! Before cargo runs a program it looks at every package of the workspace, which takes longer than generating does.
//! Of this one it has only itself to look at.

mod built;

use std::ffi::OsString;
use std::io;
use std::path::Path;
use std::process::{Command, ExitCode, ExitStatus};
use std::time::SystemTime;

use built::Built;

fn main() -> ExitCode {
    run().unwrap_or_else(|error| {
        eprintln!("error: the commands can't be run: {error}");
        ExitCode::from(2)
    })
}

fn run() -> io::Result<ExitCode> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = here.ancestors().nth(2).unwrap_or(here);
    let target = ["CARGO_TARGET_DIR", "CARGO_BUILD_TARGET_DIR"].iter().find_map(std::env::var_os);
    let built = Built::of(root, &target.unwrap_or_else(|| root.join("target").into()));
    let mut fresh = built.is_fresh();
    if !fresh {
        let start = SystemTime::now();
        let status = cargo("build", root).status()?;
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
        let mut command = cargo("run", root);
        command.arg("--");
        command
    };
    replace_by(command.args(std::env::args_os().skip(1)))
}

fn cargo(subcommand: &str, root: &Path) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo")));
    command
        .args([subcommand, "--quiet", "--package", "xtask", "--manifest-path"])
        .arg(root.join("Cargo.toml"));
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
