//! `corpus`: generates a crate from each document in a folder, and compiles them in one workspace.

use std::path::PathBuf;

use crate::corpus::compile::compile;
use crate::corpus::documents::{crate_names, documents};
use crate::corpus::families::lint_alone;
use crate::corpus::generate::generate;
use crate::corpus::row::{Row, print};
use crate::corpus::testing::test;
use speccrate::{Failure, terminal};

#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// The folder of the documents, or of folders that each hold a `spec.yaml` and optionally a
    /// `settings.yaml`
    folder: PathBuf,
    /// Use only documents whose file name contains this
    #[arg(long, value_name = "NAME")]
    only: Option<String>,
    /// Generate without compiling
    #[arg(long)]
    no_compile: bool,
    /// Compile the crates with all features instead of the default ones
    #[arg(long, conflicts_with = "no_compile")]
    all_features: bool,
    /// Don't build the crates' documentation
    #[arg(long, conflicts_with = "no_compile")]
    no_docs: bool,
    /// Treat a document's warnings as failures
    #[arg(long)]
    deny_warnings: bool,
    /// Expect a warning in a document, such as `petstore:W0056`; it is a failure if the document doesn't have it
    #[arg(long, value_name = "NAME:CODE", value_parser = expectation, requires = "deny_warnings")]
    expect: Vec<(String, String)>,
    /// Run the crates' tests and doctests too; they must not execute any text of a document
    #[arg(long, conflicts_with = "no_compile")]
    run_tests: bool,
    /// Run the tests and doctests of the crates whose documents have a folder `tests` beside them
    #[arg(long, conflicts_with_all = ["no_compile", "run_tests"])]
    own_tests: bool,
}

impl Arguments {
    fn of(folder: PathBuf) -> Self {
        // The expected warnings of a case are in its `expected/warnings.txt`.
        Self {
            folder,
            only: None,
            no_compile: false,
            all_features: false,
            no_docs: false,
            deny_warnings: false,
            expect: Vec::new(),
            run_tests: false,
            own_tests: false,
        }
    }

    /// All documents in a folder, and all features of their crates.
    pub fn all_features_of(folder: PathBuf, no_docs: bool) -> Self {
        Self { all_features: true, no_docs, ..Self::of(folder) }
    }

    /// All documents in a folder, and the tests of those that have any. The crates' documentation would take as long as all
    /// the rest, and is built each night.
    pub fn with_tests(folder: PathBuf) -> Self {
        Self { own_tests: true, no_docs: true, ..Self::of(folder) }
    }
}

pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let folder = super::root().join("target/corpus");
    let documents = documents(&arguments.folder, arguments.only.as_deref())?;
    let names = crate_names(&documents);
    let bar = terminal::progress(documents.len() as u64, "generating");
    let mut rows = Vec::new();
    for (path, name) in documents.iter().zip(names) {
        let mut row = bar.suspend(|| generate(path, &folder, name))?;
        if arguments.deny_warnings {
            row.deny_warnings(&arguments.expect);
        }
        rows.push(row);
        bar.inc(1);
    }
    bar.finish_and_clear();
    let crates: Vec<String> = rows.iter().filter_map(|row| row.name.clone()).collect();
    if !arguments.no_compile && !crates.is_empty() {
        let problems = compile(&folder, &crates, arguments.all_features, !arguments.no_docs)?;
        for row in &mut rows {
            let count = row.name.as_ref().and_then(|name| problems.get(name));
            row.errors = count.copied().unwrap_or_default();
            if row.errors > 0 {
                row.problem = "doesn't compile without a warning".to_owned();
            }
        }
        for row in rows.iter_mut().filter(|row| row.problem.is_empty()) {
            lint_alone(&folder, row)?;
        }
        let is_tested = |row: &&mut Row| {
            row.problem.is_empty() && (arguments.run_tests || arguments.own_tests && row.has_tests)
        };
        test(&folder, &mut rows.iter_mut().filter(is_tested).collect::<Vec<_>>())?;
    }
    print(&rows);
    let failed = rows.iter().any(|row| !row.problem.is_empty());
    if failed { Err(Failure::Failed) } else { Ok(()) }
}

fn expectation(text: &str) -> Result<(String, String), String> {
    let (name, code) = text.split_once(':').ok_or("must be a document's name, a colon and a code")?;
    Ok((name.to_owned(), code.to_owned()))
}
