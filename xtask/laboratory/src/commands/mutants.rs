//! `mutants`: whether the tests notice faults that are put into the code.

use std::collections::BTreeSet;

use clap::builder::PossibleValuesParser;
use speccrate::{Failure, terminal};

use crate::mutants::{self, AREAS, Area, Outcome, Plan, Tested};

pub const EXAMPLES: &str = "\
Examples:
  cargo xtask mutants
  cargo xtask mutants --area diff --sample 200 --seed 7
  cargo xtask mutants --again";

#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// How many mutants of each area to draw
    #[arg(long, default_value_t = 80, value_name = "N")]
    sample: usize,
    /// The seed of the sample
    #[arg(long, default_value_t = 1, value_name = "N")]
    seed: u64,
    /// Test only this area
    #[arg(long, value_name = "AREA", value_parser = PossibleValuesParser::new(AREAS.iter().map(|area| area.name)))]
    area: Option<String>,
    /// Test only the mutants that the last run of this sample missed
    #[arg(long)]
    again: bool,
}

/// How many of a hundred mutants that compile must be caught, in each area.
const BAR: usize = 85;

pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let root = super::root();
    let results = mutants::folder(&root).join("tested.json");
    let only = if arguments.again { missed_before(&std::fs::read(&results)?)? } else { BTreeSet::new() };
    if arguments.again && only.is_empty() {
        println!("the last run missed none");
        return Ok(());
    }
    let wanted = |area: &&Area| arguments.area.as_ref().is_none_or(|name| area.name == name);
    let areas = AREAS.iter().filter(wanted).collect();
    let plan = Plan { areas, sample: arguments.sample, seed: arguments.seed, only };
    let tested = mutants::run(&root, &plan, &|one| {
        let by = one.by.as_ref().map_or(String::new(), |test| format!(" by {test}"));
        eprintln!("{:8} {}{by}", one.outcome.word(), one.mutant);
    })?;
    std::fs::write(results, serde_json::to_vec_pretty(&tested)?)?;
    println!("{} mutants of each area, seed {}\n\n{HEAD}", arguments.sample, arguments.seed);
    let mut faults = Vec::new();
    for area in &plan.areas {
        let counted = Counted::of(area.name, &tested);
        println!("{}", counted.row(area.name));
        if !arguments.again && counted.caught_percent() < BAR {
            faults.push(format!("{}: {}% are caught, {BAR}% must be", area.name, counted.caught_percent()));
        }
    }
    println!();
    for one in tested.iter().filter(|one| one.outcome != Outcome::Caught && one.outcome != Outcome::Unviable)
    {
        println!("- {}: `{}`", one.outcome.word(), one.mutant);
    }
    for fault in &faults {
        anstream::eprintln!("{}fault{}: {fault}", terminal::RED.render(), terminal::RED.render_reset());
    }
    if faults.is_empty() { Ok(()) } else { Err(Failure::Failed) }
}

fn missed_before(results: &[u8]) -> Result<BTreeSet<String>, Failure> {
    let tested: Vec<Tested> = serde_json::from_slice(results)?;
    Ok(tested.into_iter().filter(|one| one.outcome == Outcome::Missed).map(|one| one.mutant).collect())
}

const HEAD: &str = "\
| area | tested | caught | missed | timeout | unviable | apart | caught % |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |";

/// How many mutants of an area had each outcome.
struct Counted<'a>(Vec<&'a Tested>);

impl<'a> Counted<'a> {
    fn of(area: &str, tested: &'a [Tested]) -> Self {
        Self(tested.iter().filter(|one| one.area == area).collect())
    }

    fn of_outcome(&self, outcome: Outcome) -> usize {
        self.0.iter().filter(|one| one.outcome == outcome).count()
    }

    /// How many of a hundred that compile are caught. A test that takes forever notices a fault too, but tells nobody which:
    /// it doesn't count.
    fn caught_percent(&self) -> usize {
        let [caught, missed, timeout] =
            [Outcome::Caught, Outcome::Missed, Outcome::Timeout].map(|outcome| self.of_outcome(outcome));
        (caught * 100).checked_div(caught + missed + timeout).unwrap_or(100)
    }

    fn row(&self, area: &str) -> String {
        let [caught, missed, timeout, unviable, apart] =
            [Outcome::Caught, Outcome::Missed, Outcome::Timeout, Outcome::Unviable, Outcome::Apart]
                .map(|outcome| self.of_outcome(outcome));
        let (tested, percent) = (self.0.len(), self.caught_percent());
        format!("| {area} | {tested} | {caught} | {missed} | {timeout} | {unviable} | {apart} | {percent} |")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missed_or_too_slow_is_not_caught() {
        let one = |outcome| Tested { area: "diff".to_owned(), mutant: "m".to_owned(), outcome, by: None };
        let tested =
            [Outcome::Caught, Outcome::Missed, Outcome::Timeout, Outcome::Unviable, Outcome::Apart].map(one);
        assert_eq!(Counted::of("diff", &tested).row("diff"), "| diff | 5 | 1 | 1 | 1 | 1 | 1 | 33 |");
        assert_eq!(Counted::of("plan", &tested).caught_percent(), 100);
    }
}
