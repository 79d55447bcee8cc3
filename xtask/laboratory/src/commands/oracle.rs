//! `oracle`: checks generated types against an independent JSON Schema validator.

use crate::oracle;
use speccrate::Failure;

#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// How many documents to draw
    #[arg(long, default_value_t = 4, value_name = "N")]
    documents: u64,
    /// How many schemas to put in each document
    #[arg(long, default_value_t = 40, value_name = "N")]
    cases: usize,
    /// How many instances of each schema to draw
    #[arg(long, default_value_t = 25, value_name = "N")]
    instances: usize,
    /// The first document's seed; the others count up from it
    #[arg(long, default_value_t = 1, value_name = "N")]
    seed: u64,
}

impl Default for Arguments {
    fn default() -> Self {
        Self { documents: 4, cases: 40, instances: 25, seed: 1 }
    }
}

pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let &Arguments { documents, cases, instances, seed } = arguments;
    let verdict = oracle::run(&oracle::Plan { documents, cases, instances, seed })?;
    for failure in &verdict.failures {
        anstream::eprintln!("{failure}");
    }
    println!(
        "{documents} documents, {} schemas from seed {seed}: {} valid instances, {} broken ones, {} failures",
        cases as u64 * documents,
        verdict.valid,
        verdict.broken,
        verdict.failures.len()
    );
    if verdict.failures.is_empty() { Ok(()) } else { Err(Failure::Failed) }
}
