//! `instructions`: checks that generating the checked-in crate takes no more instructions than recorded.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use speccrate::{Failure, terminal};

#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// Record the count instead of comparing with it
    #[arg(long)]
    bless: bool,
}

/// The largest allowed ratio of the count to the recorded number.
const AT_MOST: f64 = 1.05;

pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let root = super::root();
    let path = root.join("generator/benches/instructions.toml");
    let counted = count(&build(&root)?, &root)?;
    let compiler = compiler()?;
    if arguments.bless {
        let text = format!(
            "# Instructions that generating spec/connections.yaml takes: `cargo xtask instructions --bless`.\n\
             count = {counted}\nrustc = {compiler:?}\n"
        );
        std::fs::write(&path, text)?;
        println!("{counted} instructions, recorded");
        return Ok(());
    }
    let text = std::fs::read_to_string(&path)?;
    let (count, with) = written_down(&text)
        .ok_or_else(|| Failure::Usage(format!("{} has no count; use --bless", path.display())))?;
    let change = counted as f64 / count as f64;
    println!("{counted} instructions, {count} recorded: {:+.1}%", (change - 1.0) * 100.0);
    if with != compiler {
        println!(
            "counted with {compiler}, recorded with {with}: part of the change may be due to the compiler"
        );
    }
    if change <= AT_MOST {
        return Ok(());
    }
    anstream::eprintln!(
        "{}more than 5% more{}: make it quicker, or write the new number down with `cargo xtask instructions \
         --bless` and say why in the same commit",
        terminal::RED.render(),
        terminal::RED.render_reset()
    );
    Err(Failure::Failed)
}

/// The recorded count, and the compiler it was made with.
fn written_down(text: &str) -> Option<(u64, String)> {
    let written: toml_edit::DocumentMut = text.parse().ok()?;
    let count = written.get("count")?.as_integer()?;
    Some((u64::try_from(count).ok().filter(|count| *count > 0)?, written.get("rustc")?.as_str()?.to_owned()))
}

fn compiler() -> Result<String, Failure> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc).arg("--version").output()?;
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Builds the program to count, with optimisation, and returns its path.
fn build(root: &Path) -> Result<PathBuf, Failure> {
    let output = super::cargo()
        .args(["build", "--release", "--package", "openapi-rust-generator", "--bench", "instructions"])
        .args(["--message-format=json-render-diagnostics", "--quiet"])
        .current_dir(root)
        .stderr(std::process::Stdio::inherit())
        .output()?;
    let text = String::from_utf8_lossy(&output.stdout);
    let messages = text.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    let mut programs = messages.filter_map(|message| Some(PathBuf::from(message["executable"].as_str()?)));
    programs.next_back().filter(|_| output.status.success()).ok_or(Failure::Failed)
}

/// Counts the instructions of `program`.
fn count(program: &Path, root: &Path) -> Result<u64, Failure> {
    let out = root.join("target/instructions.out");
    let mut to = OsString::from("--callgrind-out-file=");
    to.push(&out);
    let output = Command::new("valgrind")
        .arg("--tool=callgrind")
        .arg(to)
        .arg(program)
        // With a single thread, the work is deterministic.
        .env("RAYON_NUM_THREADS", "1")
        .output()
        .map_err(|error| Failure::Usage(format!("valgrind can't be run: {error}; install it first")))?;
    let said = String::from_utf8_lossy(&output.stderr);
    collected(&said).filter(|_| output.status.success()).ok_or_else(|| Failure::Usage(said.into_owned()))
}

/// The number in valgrind's line `Collected : 123`.
fn collected(said: &str) -> Option<u64> {
    let (_, number) = said.lines().find(|line| line.contains("Collected"))?.rsplit_once(' ')?;
    number.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_count_is_read() {
        assert_eq!(collected("==1== \n==1== Collected : 4353963122\n==1==\n"), Some(4_353_963_122));
        assert_eq!(collected("no valgrind"), None);
        assert_eq!(written_down("count = 12\nrustc = \"1\"\n"), Some((12, "1".to_owned())));
        assert_eq!(written_down("count = -1\nrustc = \"1\"\n"), None);
    }
}
