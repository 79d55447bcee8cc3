//! `instructions`: checks that what must stay quick and small takes no more than recorded: the instructions of generation
//! and of reading and writing a page, and the size of a program.

use std::path::{Path, PathBuf};
use std::process::Command;

use clap::ValueEnum;
use speccrate::{Failure, terminal};

use crate::bench::calls::PAGE;
use crate::bench::size::OURS;

#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// Record the numbers instead of comparing with them: all, or those that are named
    #[arg(long, value_name = "WHAT", num_args = 0.., value_enum)]
    bless: Option<Vec<What>>,
}

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum What {
    /// The instructions that generating the checked-in crate takes
    Generation,
    /// Those that decoding a page of 100 connections takes
    Decoding,
    /// Those that encoding it takes
    Encoding,
    /// The size in bytes of a stripped program that calls one operation
    Size,
}

impl What {
    const ALL: [Self; 4] = [Self::Generation, Self::Decoding, Self::Encoding, Self::Size];

    /// The key of its number in the file.
    const fn key(self) -> &'static str {
        match self {
            Self::Generation => "count",
            Self::Decoding => "decoding",
            Self::Encoding => "encoding",
            Self::Size => "size",
        }
    }

    /// What the number is, for messages.
    const fn unit(self) -> &'static str {
        match self {
            Self::Generation => "instructions of generation",
            Self::Decoding => "instructions of decoding a page",
            Self::Encoding => "instructions of encoding a page",
            Self::Size => "bytes of a program that calls one operation",
        }
    }
}

/// The largest allowed ratio of a number to the recorded one.
const AT_MOST: f64 = 1.05;

/// How often the page is decoded or encoded in addition to the first time.
const TIMES: u64 = 10;

pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let root = super::root();
    let path = root.join("generator/benches/instructions.toml");
    let text = std::fs::read_to_string(&path).unwrap_or_default();
    let mut written: toml_edit::DocumentMut =
        text.parse().map_err(|error| Failure::Usage(format!("{} can't be read: {error}", path.display())))?;
    let compiler = super::rustc(&["--version"])?;
    if let Some(blessed) = &arguments.bless {
        let counts = |what: &What| blessed.is_empty() || blessed.contains(what);
        for (what, number) in numbers(&root, counts)? {
            println!("{number} {}, recorded", what.unit());
            written[what.key()] = toml_edit::value(i64::try_from(number).unwrap_or(i64::MAX));
        }
        written["rustc"] = toml_edit::value(&compiler);
        return Ok(std::fs::write(&path, written.to_string())?);
    }
    let mut is_exceeded = false;
    for (what, number) in numbers(&root, |_| true)? {
        let recorded = recorded(&written, what).ok_or_else(|| {
            Failure::Usage(format!("{} has no number of {}; use --bless", path.display(), what.unit()))
        })?;
        let change = number as f64 / recorded as f64;
        println!("{number} {}, {recorded} recorded: {:+.1}%", what.unit(), (change - 1.0) * 100.0);
        is_exceeded |= change > AT_MOST;
    }
    let with = written.get("rustc").and_then(toml_edit::Item::as_str).unwrap_or("another compiler");
    if with != compiler {
        println!(
            "counted with {compiler}, recorded with {with}: part of the change may be due to the compiler"
        );
    }
    if !is_exceeded {
        return Ok(());
    }
    anstream::eprintln!(
        "{}more than 5% more{}: make it quicker or smaller, or write the new number down with `cargo xtask \
         instructions --bless` and say why in the same commit",
        terminal::RED.render(),
        terminal::RED.render_reset()
    );
    Err(Failure::Failed)
}

/// The recorded number.
fn recorded(written: &toml_edit::DocumentMut, what: What) -> Option<u64> {
    let number = written.get(what.key())?.as_integer()?;
    u64::try_from(number).ok().filter(|number| *number > 0)
}

/// The numbers of what is `wanted`.
fn numbers(root: &Path, wanted: impl Fn(&What) -> bool) -> Result<Vec<(What, u64)>, Failure> {
    let wanted: Vec<What> = What::ALL.into_iter().filter(|what| wanted(what)).collect();
    let generator = if wanted.contains(&What::Generation) { Some(generator(root)?) } else { None };
    let of_calls = wanted.iter().any(|what| *what != What::Generation);
    let calls = if of_calls { callers(root)? } else { PathBuf::new() };
    let counted = calls.join(format!("counted{}", std::env::consts::EXE_SUFFIX));
    let number = |what: What| match what {
        What::Generation => generator.as_deref().map_or(Ok(0), |program| count(program, &[], root)),
        What::Decoding | What::Encoding => {
            let times = |times: u64| count(&counted, &[what.key(), &times.to_string()], root);
            // The difference is without what the program does once.
            Ok(times(TIMES + 1)?.saturating_sub(times(1)?) / TIMES)
        }
        What::Size => {
            let program = calls.join(format!("one-call{}", std::env::consts::EXE_SUFFIX));
            Ok(std::fs::metadata(program)?.len())
        }
    };
    wanted.into_iter().map(|what| Ok((what, number(what)?))).collect()
}

/// Builds the program that generates the checked-in crate, with optimisation, and returns its path.
fn generator(root: &Path) -> Result<PathBuf, Failure> {
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

/// The manifest of the programs that use the checked-in crate. They do without TLS: what does it is C that takes longer to
/// build than all the rest, and would hide what becomes of our own code.
const MANIFEST: &str = r#"[package]
name = "callers"
version = "0.0.0"
edition = "2024"

[workspace]

[dependencies]
serde_json = { version = "1", features = ["preserve_order"] }
tokio = { version = "1", features = ["macros", "rt"] }

[dependencies.auth0-connections]
path = "../../generated"
default-features = false
features = ["reqwest", "gzip", "database", "enterprise", "passwordless", "social"]

[profile.release]
strip = true
"#;

/// Builds the programs that use the checked-in crate, and returns their folder.
fn callers(root: &Path) -> Result<PathBuf, Failure> {
    let (folder, target) = (root.join("target/callers"), root.join("target"));
    std::fs::create_dir_all(folder.join("src/bin/counted"))?;
    let files = [
        ("Cargo.toml", MANIFEST),
        ("src/bin/one-call.rs", OURS),
        ("src/bin/counted/main.rs", include_str!("../../programs/counted.rs")),
        ("src/bin/counted/page.rs", PAGE),
    ];
    for (path, text) in files {
        std::fs::write(folder.join(path), text)?;
    }
    // The versions of dependencies show in the numbers.
    std::fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock"))?;
    let status = super::cargo()
        .args(["build", "--release", "--quiet"])
        .current_dir(&folder)
        .env("CARGO_TARGET_DIR", &target)
        .status()?;
    if status.success() { Ok(target.join("release")) } else { Err(Failure::Failed) }
}

/// Counts the instructions of `program` with `arguments`.
fn count(program: &Path, arguments: &[&str], root: &Path) -> Result<u64, Failure> {
    let mut out = std::ffi::OsString::from("--callgrind-out-file=");
    out.push(root.join("target/instructions.out"));
    let output = Command::new("valgrind")
        .arg("--tool=callgrind")
        .arg(out)
        .arg(program)
        .args(arguments)
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
        let written = "count = 12\ndecoding = -1\nrustc = \"1\"\n".parse().unwrap();
        assert_eq!(recorded(&written, What::Generation), Some(12));
        assert_eq!((recorded(&written, What::Decoding), recorded(&written, What::Size)), (None, None));
    }
}
