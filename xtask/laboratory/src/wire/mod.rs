//! Conformance on the wire: makes the calls of `conformance/` with generated clients, against a server that answers as the
//! cases say.

mod exact;
mod judge;
mod multipart;
mod ours;
mod page;
pub mod peers;
mod program;
mod server;
mod suite;
mod table;
mod values;

use std::path::Path;

use base64::Engine as _;
use serde_json::Value;

pub use page::Page;
use server::Server;
use speccrate::Failure;
use suite::{Call, Case, Suite};
pub use table::Table;

/// A client that makes the calls of one document.
pub trait Runner {
    /// Makes a call and returns its result, as `conformance/README.md` describes it. Calls with the same `session` are made
    /// with the same client.
    ///
    /// # Errors
    /// The client has no way to make the call, for this reason.
    fn call(&mut self, call: &Call, session: &str) -> Result<Value, String>;
}

/// What is run.
pub struct Plan<'a> {
    /// The folder of the suite.
    pub suite: &'a Path,
    /// The folder for crates and programs.
    pub folder: &'a Path,
    /// The topics, all if empty.
    pub topics: Vec<String>,
    /// A part of the names of the cases.
    pub case: Option<String>,
}

/// Runs the suite with our own clients.
///
/// # Errors
/// The suite can't be read, or the programs can't be compiled.
pub fn run(plan: &Plan<'_>) -> Result<Table, Failure> {
    let suites = suite::load(plan.suite, &plan.topics)?;
    let clients = ours::build(plan, &suites)?;
    let mut table = Table::default();
    let verdicts: Vec<Result<Vec<Verdict>, Failure>> = std::thread::scope(|scope| {
        let run = |suite| {
            let clients = &clients;
            scope.spawn(move || {
                let server = Server::start()?;
                let mut runner = clients.runner(suite, &server)?;
                judge_all(plan, suite, &server, &mut runner)
            })
        };
        let running: Vec<_> = suites.iter().map(run).collect();
        let failed = || Err(Failure::Usage("a runner panicked".to_owned()));
        running.into_iter().map(|thread| thread.join().unwrap_or_else(|_| failed())).collect()
    });
    for (suite, verdicts) in suites.iter().zip(verdicts) {
        table.add(suite, verdicts?);
    }
    Ok(table)
}

/// What came of a case.
pub struct Verdict {
    pub id: String,
    /// What is wrong; empty if nothing is.
    pub faults: Vec<String>,
}

fn judge_all(
    plan: &Plan<'_>,
    suite: &Suite,
    server: &Server,
    runner: &mut dyn Runner,
) -> Result<Vec<Verdict>, Failure> {
    let wanted = |case: &&Case| plan.case.as_ref().is_none_or(|part| case.id.contains(part.as_str()));
    Ok(suite.cases.iter().filter(wanted).map(|case| judge_one(case, server, runner)).collect())
}

fn judge_one(case: &Case, server: &Server, runner: &mut dyn Runner) -> Verdict {
    server.begin(&case.steps());
    let mut faults = Vec::new();
    let mut results = case.results();
    for call in case.calls() {
        let expected = results.next().cloned().unwrap_or_default();
        match runner.call(call, &case.id) {
            Ok(answer) => faults.extend(judge::result(&expected, &answer)),
            Err(reason) => faults.push(format!("the call can't be made: {reason}")),
        }
    }
    faults.extend(judge::requests(case, &server.arrived()));
    Verdict { id: case.id.clone(), faults }
}

/// The bytes of a text in base64.
fn base64(text: &str) -> Option<Vec<u8>> {
    base64::engine::general_purpose::STANDARD.decode(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A client that returns always the same, and sends nothing.
    struct Mute(Value);

    impl Runner for Mute {
        fn call(&mut self, _: &Call, _: &str) -> Result<Value, String> {
            Ok(self.0.clone())
        }
    }

    #[test]
    fn the_suite_is_well_formed() {
        let suites = suite::load(&crate::commands::root().join("conformance"), &[]).unwrap();
        let count = |behaviours: bool| {
            let of_kind = suites.iter().filter(|suite| suite.behaviours == behaviours);
            of_kind.map(|suite| suite.cases.len()).sum::<usize>()
        };
        assert!(count(false) >= 600, "{} wire cases", count(false));
        assert!(count(true) >= 200, "{} behaviours", count(true));
        for (suite, case) in suites.iter().flat_map(|suite| suite.cases.iter().map(move |case| (suite, case)))
        {
            let (calls, results) = (case.calls().count(), case.results().count());
            assert!(calls > 0 && results <= calls, "{}: {}", suite.topic, case.id);
        }
    }

    #[test]
    fn a_client_that_sends_nothing_passes_no_case_that_expects_a_request() {
        let suites = suite::load(&crate::commands::root().join("conformance"), &[]).unwrap();
        let server = Server::start().unwrap();
        for case in suites.iter().flat_map(|suite| &suite.cases) {
            let expects = !case.steps().is_empty() && case.requests.is_none_or(|(least, _)| least > 0);
            let verdict = judge_one(case, &server, &mut Mute(serde_json::json!({"status": 204})));
            assert!(!expects || !verdict.faults.is_empty(), "{}", case.id);
        }
    }
}
