//! `wire-conformance`: makes the calls of `conformance/` with generated clients.

use std::path::PathBuf;
use std::time::Instant;

use super::conformance::ON_THE_WIRE;
use crate::wire;
use speccrate::Failure;

#[derive(clap::Args, Debug, Default)]
pub struct Arguments {
    /// Only these topics, such as `queries`
    #[arg(value_name = "TOPIC")]
    topics: Vec<String>,
    /// Only the cases whose names contain this
    #[arg(long, value_name = "TEXT")]
    case: Option<String>,
    /// The folder of the suite
    #[arg(long, value_name = "FOLDER")]
    suite: Option<PathBuf>,
}

const ABOUT: &str = "
What clients send and return, by the suite in [conformance/](../conformance/README.md): calls in neutral form, the requests that
are expected on the wire, scripted answers, and the results. `cargo xtask wire-conformance` generates a crate and a program
for each document, runs every case and writes this part of the page.

";

pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let start = Instant::now();
    let root = super::root();
    let table = wire::run(&wire::Plan {
        suite: &arguments.suite.clone().unwrap_or_else(|| root.join("conformance")),
        folder: &root.join("target/wire-conformance"),
        topics: arguments.topics.clone(),
        case: arguments.case.clone(),
    })?;
    let is_whole = arguments.topics.is_empty() && arguments.case.is_none() && arguments.suite.is_none();
    let mut faults = 0;
    for fault in table.faults() {
        anstream::eprintln!("{fault}");
        faults += 1;
    }
    let markdown = table.markdown();
    print!("{markdown}");
    if is_whole {
        let page = root.join("docs/conformance.md");
        let known = std::fs::read_to_string(&page)?;
        let types = &known[..known.find(ON_THE_WIRE).unwrap_or(known.len())];
        std::fs::write(&page, format!("{types}{ON_THE_WIRE}{ABOUT}{markdown}"))?;
    }
    println!("{:.0} s", start.elapsed().as_secs_f64());
    if faults == 0 { Ok(()) } else { Err(Failure::Failed) }
}
