//! A document as large as the largest there are, with a crate for each group: what who calls one group has to check, and what
//! all groups take.

use std::path::{Path, PathBuf};

use super::{build_dependencies, cargo};
use crate::bench::measure::run;
use crate::bench::table::{Row, Unit};
use crate::bench::{Bench, Programs, mebibytes};
use speccrate::Failure;

/// How many copies of GitHub's document have as many operations as Microsoft Graph's, about 16,000.
const COPIES: usize = 21;

/// The group with the most operations, about 3,300.
const GROUP: &str = "repos";

/// The name of the crate and of its folder.
const NAME: &str = "client-divided";

/// The most time in seconds and memory in bytes for one group, and the most memory for all.
const ONE: (f64, u64) = (60.0, 2_000_000_000);
const ALL: u64 = 8_000_000_000;

/// Rows for `cargo check` with one group and with all, the dependencies already built.
pub fn rows(bench: &Bench, programs: &Programs, document: &Path) -> Result<Vec<Row>, Failure> {
    let folder = bench.folder.join("compile").join(NAME);
    let copied = bench.folder.join("divided.json");
    run(&mut programs.copy(document, COPIES, &copied))?;
    run(programs.generate(&copied, &folder, NAME).args(["--crate-per", "group"]))?;
    std::fs::remove_file(copied)?;
    let file = document.file_name().unwrap_or_default().to_string_lossy();
    let one = format!("reqwest,{GROUP}");
    let mut rows = Vec::new();
    for (groups, features, time, memory) in
        [(GROUP, Some(&one), Some(ONE.0), ONE.1), ("all groups", None, None, ALL)]
    {
        build_dependencies(&sources(&folder)?, &mut cargo(&folder, &["check"], NAME, features))?;
        let cost = run(&mut cargo(&folder, &["check"], NAME, features))?;
        let row = |measure, unit, ours, bound| {
            let what = format!("`cargo check` of {COPIES} × {file}, a crate for each group: {groups}");
            Row { what, measure, unit, ours, peer: None, bound }
        };
        rows.push(row("time", Unit::Seconds, cost.wall, time));
        rows.push(row("processor time", Unit::Seconds, cost.processor, None));
        rows.push(row("memory", Unit::Mebibytes, cost.memory, Some(mebibytes(memory))));
    }
    Ok(rows)
}

/// The root modules of all crates of the workspace.
fn sources(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut sources = vec![folder.join("src/lib.rs")];
    for part in std::fs::read_dir(folder.join("crates"))? {
        sources.push(part?.path().join("src/lib.rs"));
    }
    Ok(sources)
}
