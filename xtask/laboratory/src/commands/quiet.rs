//! `quiet`: how much single edits of real documents change the generated files.

use crate::edits::real_documents;
use crate::quiet::{self, BAR, Measured, Subject, percentile};
use speccrate::{Failure, terminal};

#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// How many edits to draw
    #[arg(long, default_value_t = 200, value_name = "N")]
    edits: usize,
    /// The seed of the random edits, or the first of them
    #[arg(long, default_value_t = 1, value_name = "N")]
    seed: u64,
    /// How many seeds to try, one after the other; each must keep to the limits by itself
    #[arg(long, default_value_t = 1, value_name = "N")]
    seeds: u64,
    /// Use only this document
    #[arg(long, value_name = "NAME")]
    document: Option<String>,
    /// How many of the edits with the most changes to list
    #[arg(long, default_value_t = 10, value_name = "N")]
    worst: usize,
    /// Print the diff of each edit whose kind contains this
    #[arg(long, value_name = "KIND")]
    show: Option<String>,
}

/// How many other key orders to try on each document.
const ORDERS: u64 = 3;

pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let subjects = subjects(arguments.document.as_deref())?;
    let seeds = arguments.seed..arguments.seed.saturating_add(arguments.seeds.max(1));
    let steps = seeds.clone().count() * arguments.edits + subjects.len();
    let bar = terminal::progress(steps as u64, "editing");
    let mut faults = Vec::new();
    let mut measured = Vec::new();
    let names: Vec<&str> = subjects.iter().map(|subject| subject.real.name).collect();
    println!("{} edits for each seed, of {}\n\n{HEAD}", arguments.edits, names.join(", "));
    for seed in seeds {
        let of_seed = quiet::measure(&subjects, arguments.edits, seed, || bar.inc(1));
        distribution(seed, &of_seed);
        faults
            .extend(quiet::too_many_lines(&of_seed).into_iter().map(|fault| format!("seed {seed}: {fault}")));
        measured.extend(of_seed);
    }
    let swept = quiet::sweep(&subjects, arguments.seed, || bar.inc(1));
    bar.finish_and_clear();
    faults.extend(quiet::out_of_place(&measured));
    faults.extend(quiet::out_of_place(&swept));
    for subject in &subjects {
        faults.extend((0..ORDERS).filter_map(|seed| subject.reordered(arguments.seed + seed)));
    }
    measured.sort_by_key(|one| std::cmp::Reverse((one.noise.lines, one.noise.files.len())));
    if let Some(kind) = &arguments.show {
        for one in measured.iter().chain(&swept).filter(|one| one.edit.kind.contains(kind.as_str())) {
            let subject = subjects.iter().find(|subject| subject.real.name == one.document);
            println!(
                "{one}\n{}",
                subject.map(|subject| subject.diff(&one.edit.document)).unwrap_or_default()
            );
        }
    }
    println!(
        "\n{} edits, each kind of each document once, are looked at for lines elsewhere only",
        swept.len()
    );
    println!("\n| lines | files | whole files | edit |\n| ---: | ---: | ---: | --- |");
    for one in measured.iter().take(arguments.worst) {
        let noise = &one.noise;
        println!("| {} | {} | {} | {one} |", noise.lines, noise.files.len(), noise.whole);
    }
    for fault in &faults {
        anstream::eprintln!("{}fault{}: {fault}", terminal::RED.render(), terminal::RED.render_reset());
    }
    if faults.is_empty() { Ok(()) } else { Err(Failure::Failed) }
}

fn subjects(only: Option<&str>) -> Result<Vec<Subject>, Failure> {
    let mut skipped = Vec::new();
    let mut documents = real_documents(&mut skipped);
    for why in skipped {
        anstream::eprintln!("skipped {why}");
    }
    documents.retain(|real| only.is_none_or(|name| real.name == name));
    if documents.is_empty() {
        return Err(Failure::Usage(format!("no document is called {:?}", only.unwrap_or_default())));
    }
    let subject = |real: crate::edits::Real| {
        let name = real.name;
        Subject::new(real).map_err(|error| Failure::Usage(format!("{name}: {error}")))
    };
    documents.into_iter().map(subject).collect()
}

/// The head of the table of distributions.
const HEAD: &str = "\
| seed | | median | 75% | 90% | 95% | most | allowed |
| ---: | --- | ---: | ---: | ---: | ---: | ---: | --- |";

fn distribution(seed: u64, measured: &[Measured]) {
    let sorted = |of: fn(&Measured) -> usize| {
        let mut values: Vec<usize> = measured.iter().map(of).collect();
        values.sort_unstable();
        values
    };
    let (lines, files) = (sorted(|one| one.noise.lines), sorted(|one| one.noise.files.len()));
    for (what, values, allowed) in [
        ("lines changed", &lines, format!("median {}, 95% {}", BAR.0, BAR.1)),
        ("files changed", &files, format!("most {} unless shared", BAR.2)),
    ] {
        let at = |percent| percentile(values, percent);
        let (half, most) = (at(50), at(100));
        println!("| {seed} | {what} | {half} | {} | {} | {} | {most} | {allowed} |", at(75), at(90), at(95));
    }
}
