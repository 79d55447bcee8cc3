//! `conformance`: checks generated types against JSON Schema's own test suite.

use std::path::PathBuf;

use crate::conformance;
use speccrate::Failure;

#[derive(clap::Args, Debug, Default)]
pub struct Arguments {
    /// The folder of another suite, for which no page is written
    #[arg(value_name = "FOLDER")]
    folder: Option<PathBuf>,
    /// Compare docs/conformance.md with the table instead of writing it
    #[arg(long)]
    check: bool,
    /// Print every instance that is lost or broken without a word
    #[arg(long)]
    all: bool,
}

impl Arguments {
    /// Those of CI: nothing is written.
    pub fn checking() -> Self {
        Self { check: true, ..Self::default() }
    }
}

/// The heading of the other half of the page, which `wire-conformance` writes.
pub const ON_THE_WIRE: &str = "## On the wire\n";

/// How many faults are printed without `--all`.
const SHOWN: usize = 20;

const ABOUT: &str = "# Conformance

Two suites: JSON Schema's for types, and [conformance/](../conformance/README.md) for [the wire](#on-the-wire).

## Types

What generated types make of [JSON Schema's own test suite](https://github.com/json-schema-org/JSON-Schema-Test-Suite),
draft 2020-12. `cargo xtask conformance` makes one crate of all its groups and writes this part of the page; CI compares it. Each schema
is a required property of a body that an operation sends and receives.

- A valid instance is **kept** if it decodes, passes `validate()` and is written as an equal value. Otherwise it is **lost**.
- An invalid one is **refused** by decoding or by `validate()`. If it isn't, it is **told** where a diagnostic of the generator
  names the keyword that it breaks, and **silent** where none does.
- Groups with `$id`, `$anchor`, `$dynamicRef` or a reference to another document are **left out**.

Nothing may be lost or silent.

";

pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let root = super::root();
    let folder =
        arguments.folder.clone().unwrap_or_else(|| root.join("../shared/suites/json-schema-draft2020-12"));
    if arguments.folder.is_none() && !folder.is_dir() {
        println!("skipped: there is no {}", folder.display());
        return Ok(());
    }
    let verdict = conformance::run(&folder)?;
    let shown = if arguments.all { usize::MAX } else { SHOWN };
    for fault in verdict.faults.iter().take(shown) {
        anstream::eprintln!("{fault}");
    }
    if let Some(more @ 1..) = verdict.faults.len().checked_sub(shown) {
        anstream::eprintln!("and {more} more, which `--all` prints");
    }
    let table = verdict.table();
    print!("{table}");
    let page = root.join("docs/conformance.md");
    let known = std::fs::read_to_string(&page)?;
    let (own, rest) = known.split_at(known.find(ON_THE_WIRE).unwrap_or(known.len()));
    let text = format!("{ABOUT}{table}\n");
    if arguments.folder.is_some() {
        // The page is about the suite.
    } else if !arguments.check {
        std::fs::write(&page, text + rest)?;
    } else if own != text {
        anstream::eprintln!("docs/conformance.md differs; run `cargo xtask conformance` and commit the page");
        return Err(Failure::Failed);
    }
    if verdict.faults.is_empty() { Ok(()) } else { Err(Failure::Failed) }
}
