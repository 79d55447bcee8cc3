//! `semver-oracle`: compares the version bumps that our diff asks for with cargo-semver-checks and the
//! compiler.

use openapi_generator::diff::RustLevel;

use crate::edits::real_documents;
use crate::semver::{self, Judged, Outcome, REASONS};
use speccrate::{Failure, terminal};

#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// How many edits of real documents to judge
    #[arg(long, default_value_t = 100, value_name = "N")]
    changes: usize,
    /// The seed of the random edits
    #[arg(long, default_value_t = 1, value_name = "N")]
    seed: u64,
    /// Skip the examples of rules that no edit triggers
    #[arg(long)]
    no_examples: bool,
    /// Print a row for every change, not only for disagreements
    #[arg(long)]
    all: bool,
}

/// The most changes, in percent, that may be major for a documented reason only.
const MOST_EXPLAINED: usize = 5;

pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let mut skipped = Vec::new();
    let documents = real_documents(&mut skipped);
    for why in skipped {
        anstream::eprintln!("skipped {why}");
    }
    let plan =
        semver::Plan { changes: arguments.changes, seed: arguments.seed, examples: !arguments.no_examples };
    println!(
        "| change | rules | diff | cargo-semver-checks | callers | outcome |\n| --- | --- | --- | --- | --- | --- |"
    );
    let judged = semver::run(&plan, &documents, &|one| {
        if arguments.all || one.outcome() != Outcome::Agreed {
            println!("{}", row(one));
        }
    })?;
    summary(&judged);
    let faults = faults(&judged, plan.examples);
    for fault in &faults {
        anstream::eprintln!("{}fault{}: {fault}", terminal::RED.render(), terminal::RED.render_reset());
    }
    if faults.is_empty() { Ok(()) } else { Err(Failure::Failed) }
}

fn row(one: &Judged) -> String {
    let cell = |text: &str| text.replace('|', "\\|");
    let rules: Vec<String> = one.rules.iter().map(|(id, level)| format!("{id} {}", level.word())).collect();
    let theirs = [&[one.theirs.word().to_owned()], &one.lints[..]].concat().join(" ");
    let callers = one.broken.as_ref().map_or("compile".to_owned(), |why| {
        let why = why.rsplit_once("error").map_or(why.as_str(), |(_, why)| why);
        format!("broken: {}", cell(why.trim_start_matches([':', ' '])))
    });
    let outcome = match one.outcome() {
        Outcome::Agreed => "agreed".to_owned(),
        Outcome::Explained(reason) => format!("explained: {}", reason.why),
        Outcome::TooMuch => "TOO MUCH".to_owned(),
        Outcome::TooLittle => "TOO LITTLE".to_owned(),
    };
    format!(
        "| {} | {} | {} | {theirs} | {callers} | {outcome} |",
        cell(&one.name),
        cell(&rules.join(", ")),
        one.ours.word()
    )
}

fn summary(judged: &[Judged]) {
    let count = |test: &dyn Fn(&Judged) -> bool| judged.iter().filter(|one| test(one)).count();
    println!(
        "\n{} changes: what the diff asks for (rows), and what cargo-semver-checks asks for and callers see",
        judged.len()
    );
    println!("\n| | major | minor | patch | callers broken |\n| --- | ---: | ---: | ---: | ---: |");
    for ours in [RustLevel::Major, RustLevel::Minor, RustLevel::Patch] {
        let theirs = |theirs| count(&|one| one.ours == ours && one.theirs == theirs);
        println!(
            "| {} | {} | {} | {} | {} |",
            ours.word(),
            theirs(RustLevel::Major),
            theirs(RustLevel::Minor),
            theirs(RustLevel::Patch),
            count(&|one| one.ours == ours && one.broken.is_some())
        );
    }
    let major = count(&|one| one.ours == RustLevel::Major);
    let explained = count(&|one| matches!(one.outcome(), Outcome::Explained(_)));
    println!(
        "\n{} agreed on, {explained} of {major} major ones explained, {} too much, {} too little",
        count(&|one| one.outcome() == Outcome::Agreed),
        count(&|one| one.outcome() == Outcome::TooMuch),
        count(&|one| one.outcome() == Outcome::TooLittle)
    );
}

/// What is wrong with the results.
fn faults(judged: &[Judged], whole: bool) -> Vec<String> {
    let mut faults = Vec::new();
    let mut explained = 0;
    for one in judged {
        match one.outcome() {
            Outcome::Agreed => {}
            Outcome::Explained(_) => explained += 1,
            Outcome::TooMuch => faults.push(format!("major for no known reason: {}", row(one))),
            Outcome::TooLittle => faults.push(format!("the bump is too small: {}", row(one))),
        }
    }
    if explained * 100 > judged.len() * MOST_EXPLAINED {
        faults.push(format!(
            "{explained} of {} changes are major with a written reason only, at most {MOST_EXPLAINED}% are allowed",
            judged.len()
        ));
    }
    if whole {
        faults.extend(semver::unmet(judged).into_iter().map(|id| format!("no change met the rule {id}")));
        let needed = |reason: &'static semver::Reason| {
            judged.iter().any(|one| one.outcome() == Outcome::Explained(reason))
        };
        let stale = REASONS.iter().filter(|reason| !needed(reason));
        faults.extend(stale.map(|reason| format!("no change needs the reason {:?} any more", reason.why)));
    }
    faults
}
