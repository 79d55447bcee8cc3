//! The suite with other generators' clients: each generates crates of the documents, the laboratory writes the callers.

mod compile;
mod crates;
mod document;
mod openapi_generator;
mod ploidy;
mod runner;
mod source;
mod verdict;

use std::collections::BTreeMap;
use std::path::Path;

use super::suite::{self, Suite};
use super::{Plan, Server};
use crate::bench::peers::Peer as Generator;
use document::Document;
use source::Function;
use speccrate::Failure;
pub use verdict::{Came, NotRun};

/// Another generator.
pub struct Peer {
    /// How it is called.
    pub generator: Generator,
    /// Reads the functions of a generated crate.
    read: fn(&Path, &Document) -> Result<Vec<Function>, Failure>,
    /// The source of what is special about its clients.
    special: &'static str,
}

/// What came of the cases of each topic.
pub struct Score {
    pub name: &'static str,
    pub version: String,
    /// By topic, then by case.
    pub topics: BTreeMap<String, Vec<(String, Came)>>,
}

/// The peers that are installed.
fn installed() -> Vec<Peer> {
    let ploidy = Generator::ploidy().map(|generator| Peer {
        generator,
        read: ploidy::functions,
        special: include_str!("../../../programs/wire/peers/ploidy.rs"),
    });
    let openapi_generator = Generator::openapi_generator().map(|generator| Peer {
        generator,
        read: openapi_generator::functions,
        special: include_str!("../../../programs/wire/peers/openapi_generator.rs"),
    });
    ploidy.into_iter().chain(openapi_generator).collect()
}

/// Runs the suite with each peer that is installed.
///
/// # Errors
/// The suite can't be read, none is installed, or a file can't be written.
pub fn run(plan: &Plan<'_>) -> Result<Vec<Score>, Failure> {
    let suites = suite::load(plan.suite, &plan.topics)?;
    let peers = installed();
    if peers.is_empty() {
        return Err(Failure::Usage("no peer is installed; docs/benchmarks.md says how".to_owned()));
    }
    peers.iter().map(|peer| score(plan, peer, &suites)).collect()
}

fn score(plan: &Plan<'_>, peer: &Peer, suites: &[Suite]) -> Result<Score, Failure> {
    let folder = plan.folder.join(peer.generator.name);
    std::fs::create_dir_all(&folder)?;
    let mut documents = BTreeMap::new();
    for suite in suites {
        if !documents.contains_key(&suite.document) {
            anstream::eprintln!("{}: {}", peer.generator.name, suite.document.display());
            let document = Document::load(&plan.suite.join(&suite.document))?;
            let found = crates::Builder::new(peer, folder.clone(), &document).all()?;
            documents.insert(suite.document.clone(), (document, found));
        }
    }
    let mut topics = BTreeMap::new();
    for suite in suites {
        let Some((document, found)) = documents.get(&suite.document) else { continue };
        let server = Server::start()?;
        let mut runner = runner::Runner::new(document, found, &server);
        let wanted =
            |case: &&suite::Case| plan.case.as_ref().is_none_or(|part| case.id.contains(part.as_str()));
        let came = suite.cases.iter().filter(wanted);
        let came = came.map(|case| (case.id.clone(), verdict::judge(case, &server, &mut runner))).collect();
        topics.insert(suite.topic.clone(), came);
    }
    Ok(Score { name: peer.generator.name, version: peer.generator.version(), topics })
}
