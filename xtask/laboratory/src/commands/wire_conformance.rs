//! `wire-conformance`: makes the calls of `conformance/` with generated clients.

use std::path::PathBuf;
use std::time::Instant;

use super::conformance::ON_THE_WIRE;
use crate::wire;
use crate::wire::peers::{self, Came};
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
    /// Run the clients of other generators too, if they are installed as docs/benchmarks.md says
    #[arg(long)]
    peers: bool,
}

pub const EXAMPLES: &str = "\
Examples:
  cargo xtask wire-conformance
  cargo xtask wire-conformance queries --case deepObject
  cargo xtask wire-conformance --peers";

const ABOUT: &str = "
What clients send and return, by the suite in [conformance/](../conformance/README.md): calls in neutral form, the requests that
are expected on the wire, scripted answers, and the results. `cargo xtask wire-conformance` generates a crate and a program
for each document, runs every case and writes this part of the page.

";

pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let start = Instant::now();
    let root = super::root();
    let folder = root.join("target/wire-conformance");
    let suite = arguments.suite.clone().unwrap_or_else(|| root.join("conformance"));
    let plan = |folder| wire::Plan {
        suite: &suite,
        folder,
        topics: arguments.topics.clone(),
        case: arguments.case.clone(),
    };
    let table = wire::run(&plan(&folder))?;
    let is_whole = arguments.topics.is_empty() && arguments.case.is_none() && arguments.suite.is_none();
    let mut faults = 0;
    for fault in table.faults() {
        anstream::eprintln!("{fault}");
        faults += 1;
    }
    let page = root.join("docs/conformance.md");
    let known = std::fs::read_to_string(&page)?;
    let (types, wire) = known.split_at(known.find(ON_THE_WIRE).unwrap_or(known.len()));
    let beside = if arguments.peers {
        let folder = root.join("target/wire-peers");
        let scores = peers::run(&plan(&folder))?;
        std::fs::write(folder.join("cases.txt"), told(&scores))?;
        anstream::eprintln!("what came of each case is in {}", folder.join("cases.txt").display());
        wire::Page::of(&scores, &table, &super::bench::today())
    } else {
        wire::Page::read(wire)
    };
    let markdown = beside.markdown(&table);
    print!("{markdown}");
    if is_whole {
        std::fs::write(&page, format!("{types}{ON_THE_WIRE}{ABOUT}{markdown}"))?;
    }
    println!("{:.0} s", start.elapsed().as_secs_f64());
    if faults == 0 { Ok(()) } else { Err(Failure::Failed) }
}

/// What came of each case, a line each.
fn told(scores: &[peers::Score]) -> String {
    let mut lines = Vec::new();
    for score in scores {
        for (topic, cases) in &score.topics {
            for (id, came) in cases {
                let came = match came {
                    Came::Passed => "passed".to_owned(),
                    Came::Wrong(faults) => format!("wrong: {}", faults.join("; ")),
                    Came::Not(not) => format!("not run: {}: {}", not.kind, not.detail),
                };
                lines.push(format!("{}: {topic}: {id}: {}\n", score.name, came.replace('\n', " ")));
            }
        }
    }
    lines.concat()
}
