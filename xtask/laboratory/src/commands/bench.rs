//! `bench`: the speed of generation, of compiling the generated code and of calls, compared to peers.

use std::path::{Path, PathBuf};

use clap::ValueEnum;

use crate::bench::compile::{Crates, divided};
use crate::bench::table::{Row, Table};
use crate::bench::{Bench, Programs, calls, generation, growth, measure, peers, shapes, size};
use speccrate::{Failure, terminal};

pub const EXAMPLES: &str = "Examples:
  cargo xtask bench --quick --only generation
  cargo install --locked --root target/tools ploidy@0.15.0 cargo-progenitor@0.15.1 openapi-to-rust@0.23.0 \
    oas3-gen@0.29.0
  cargo install --locked --root target/tools spargen@0.5.0 --features cli

Peers are taken from target/tools/bin, target/tools/venv/bin and the path. A row says so if one isn't there, refuses a
document, or generates a crate that doesn't compile.";

#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// Do fewer runs, no release builds and no growth; write nothing
    #[arg(long)]
    quick: bool,
    /// Measure only these groups of rows; write nothing
    #[arg(long, value_name = "GROUP", value_delimiter = ',')]
    only: Vec<Group>,
    /// The folder of large documents: auth0-management.yml and github.json
    #[arg(long, value_name = "DIR", default_value = "../shared/specs")]
    specs: PathBuf,
    /// How many times to run each contender
    #[arg(long, value_name = "COUNT")]
    runs: Option<usize>,
    /// Run a command and print what it costs
    #[arg(long, value_name = "COMMAND", num_args = 1.., allow_hyphen_values = true, hide = true)]
    cost: Vec<std::ffi::OsString>,
    /// Parse a document and do nothing with it: the lower bound of generation
    #[arg(long, value_name = "FILE", hide = true)]
    parse: Option<PathBuf>,
    /// Write a document to another file with its contents several times over
    #[arg(long, value_names = ["FILE", "OUT"], num_args = 2, requires = "copies", hide = true)]
    copy: Option<Vec<PathBuf>>,
    /// How many copies
    #[arg(long, value_name = "COUNT", hide = true)]
    copies: Option<usize>,
}

/// A group of rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Group {
    /// From text to files on disk
    Generation,
    /// Documents of increasing size
    Growth,
    /// Decoding, encoding, building requests
    Calls,
    /// `cargo check` of generated crates
    Check,
    /// `cargo build` of generated crates, and after a change
    Build,
    /// The size of a program
    Size,
    /// `cargo build --release` of generated crates
    Release,
    /// A group of a document with 16,000 operations
    Huge,
}

pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    if let Some(document) = &arguments.parse {
        let text = std::fs::read(document)?;
        return openapi_generator::source::value(&text).map(drop).map_err(Failure::Usage);
    }
    if let Some((program, rest)) = arguments.cost.split_first() {
        let cost = measure::run(std::process::Command::new(program).args(rest))?;
        println!("{}", serde_json::to_string(&cost)?);
        return Ok(());
    }
    if let (Some([document, out]), Some(copies)) = (arguments.copy.as_deref(), arguments.copies) {
        return growth::copy(document, copies, out);
    }
    let root = super::root();
    let runs = arguments.runs.unwrap_or(if arguments.quick { 3 } else { 7 });
    let bench = Bench::new(root.join("target/bench"), runs, terminal::progress(0, "measuring"))?;
    let specs =
        if arguments.specs.is_absolute() { arguments.specs.clone() } else { root.join(&arguments.specs) };
    let wanted = |group| arguments.only.is_empty() || arguments.only.contains(&group);
    let mut table = Table::default();
    table.add(peers::missing(), &bench.bar);
    measured(arguments, &bench, &specs, wanted, &mut |rows| table.add(rows, &bench.bar))?;
    bench.bar.finish_and_clear();
    if !arguments.quick && arguments.only.is_empty() {
        write(&root.join("docs/benchmarks.md"), &table.markdown())?;
    }
    let missed = table.missed();
    if missed == 0 {
        return Ok(());
    }
    anstream::eprintln!(
        "{}{missed} bounds are missed{}",
        terminal::RED.render(),
        terminal::RED.render_reset()
    );
    Err(Failure::Failed)
}

/// Measures the selected groups, and adds each row as soon as it is known.
fn measured(
    arguments: &Arguments,
    bench: &Bench,
    specs: &Path,
    wanted: impl Fn(Group) -> bool,
    give: &mut dyn FnMut(Vec<Row>),
) -> Result<(), Failure> {
    // Only what is said of our command's own time and memory depends on how it was built.
    let is_of_command = wanted(Group::Generation) || wanted(Group::Growth);
    let programs = Programs::build(is_of_command && !arguments.quick)?;
    let documents = generation::documents(specs);
    if wanted(Group::Generation) {
        for document in &documents {
            give(generation::rows(bench, &programs, document)?);
        }
        give(generation::unchanged(bench)?);
    }
    if wanted(Group::Growth) && !arguments.quick {
        if let Some(document) = growth::document(specs) {
            give(growth::rows(bench, &programs, &document, 64)?);
        }
        give(growth::knots(bench, &programs, 100_000)?);
    }
    if wanted(Group::Calls) {
        give(calls::rows(bench)?);
        give(shapes::rows(bench, &programs)?);
    }
    if wanted(Group::Size) && !arguments.quick {
        give(size::rows(bench)?);
    }
    compiled(
        &documents,
        bench,
        &programs,
        |group| wanted(group) && !(arguments.quick && group == Group::Release),
        give,
    )?;
    if wanted(Group::Huge)
        && !arguments.quick
        && let Some(document) = growth::document(specs)
    {
        give(divided::rows(bench, &programs, &document)?);
    }
    Ok(())
}

/// Measures what the crates of the documents cost those who compile them.
fn compiled(
    documents: &[PathBuf],
    bench: &Bench,
    programs: &Programs,
    wanted: impl Fn(Group) -> bool,
    give: &mut dyn FnMut(Vec<Row>),
) -> Result<(), Failure> {
    if ![Group::Check, Group::Build, Group::Release].into_iter().any(&wanted) {
        return Ok(());
    }
    for document in documents {
        let crates = Crates::generate(bench, programs, document)?;
        if wanted(Group::Check) {
            give(crates.checked(bench)?);
        }
        if wanted(Group::Build) {
            give(crates.built(bench, programs, document)?);
        }
        if wanted(Group::Release) {
            give(crates.released(bench)?);
        }
    }
    Ok(())
}

/// The heading of the table in the documentation; the text before it is written by hand.
const HEADING: &str = "## Figures";

/// Replaces the figures in the file at `path`.
fn write(path: &Path, table: &str) -> Result<(), Failure> {
    let old = std::fs::read_to_string(path).unwrap_or_default();
    let before = old.split(HEADING).next().unwrap_or_default().trim_end();
    let head = format!("{}\n\n{table}", machine());
    Ok(std::fs::write(path, format!("{before}\n\n{HEADING}\n\n{head}"))?)
}

/// The date and the machine of the measurement.
fn machine() -> String {
    let processor = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = processor.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split(' ').next().unwrap_or("unknown");
    format!(
        "Measured on {}, on {cores} cores of {}; the load was {load} at the end.",
        today(),
        model.map_or("an unknown processor", |(_, name)| name)
    )
}

/// The date in UTC.
pub fn today() -> String {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    date(now.as_secs() / 86_400)
}

/// The date of a day counted from 1970 (Howard Hinnant's algorithm for the proleptic Gregorian calendar).
fn date(day: u64) -> String {
    let shifted = day + 719_468;
    let era = shifted / 146_097;
    let of_era = shifted % 146_097;
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    format!("{year}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::date;

    #[test]
    fn days_are_dates() {
        for (day, expected) in
            [(0, "1970-01-01"), (59, "1970-03-01"), (11_016, "2000-02-29"), (20_781, "2026-11-24")]
        {
            assert_eq!(date(day), expected);
        }
    }
}
