//! Mutation testing: whether a test fails when the code is wrong. cargo-mutants says which mutants there are; a sample of them
//! is built into one copy of the workspace (`weave.rs`), and the tests run once for each.

mod build;
mod list;
mod trial;
mod weave;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use speccrate::Failure;

pub use list::Mutant;
use trial::{Said, Trial};

/// A part of the workspace, and the tests that must notice its mutants.
#[derive(Debug)]
pub struct Area {
    pub name: &'static str,
    /// The folder of the package.
    package: &'static str,
    /// The features that its tests need.
    features: &'static [&'static str],
    /// Where the mutants are.
    folders: &'static [&'static str],
    /// The tests, the quickest first.
    tests: &'static [&'static str],
    /// Which of the tests in the sources; all of them if there are none here.
    unit_tests: &'static [&'static str],
}

/// What the tests are called that stand in the sources.
const UNIT_TESTS: &str = "lib";

/// The parts that are tested with mutants.
pub const AREAS: &[Area] = &[
    Area {
        name: "plan",
        package: "generator",
        features: &[],
        folders: &["generator/src/plan", "generator/src/rust"],
        tests: &[
            UNIT_TESTS,
            "names",
            "pagination",
            "modifications",
            "items",
            "features",
            "format_types",
            "selection",
            "bad",
            "diagnostics",
            "golden",
            "diff_rules",
        ],
        unit_tests: &["plan::", "rust::"],
    },
    Area {
        name: "diff",
        package: "generator",
        features: &[],
        folders: &["generator/src/diff"],
        tests: &[
            UNIT_TESTS,
            "diff",
            "diff_rules",
            "diff_cases",
            "format_types",
            "modifications",
            "pagination",
        ],
        unit_tests: &["diff::"],
    },
    Area {
        name: "runtime",
        package: "generator/runtime",
        features: &["--all-features"],
        folders: &["generator/runtime/src"],
        tests: &[UNIT_TESTS, "client"],
        unit_tests: &[],
    },
];

/// What became of a mutant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// A test failed.
    Caught,
    /// All tests passed.
    Missed,
    /// The tests weren't done in time.
    Timeout,
    /// The compiler refuses it.
    Unviable,
    /// It can't be built together with others, so only cargo-mutants itself can test it.
    Apart,
}

impl Outcome {
    /// How it is printed.
    pub fn word(self) -> &'static str {
        match self {
            Self::Caught => "caught",
            Self::Missed => "missed",
            Self::Timeout => "timeout",
            Self::Unviable => "unviable",
            Self::Apart => "apart",
        }
    }
}

/// A mutant that was tested.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Tested {
    pub area: String,
    pub mutant: String,
    pub outcome: Outcome,
    /// The test that noticed it.
    pub by: Option<String>,
}

/// What to test.
pub struct Plan<'a> {
    pub areas: Vec<&'a Area>,
    /// How many mutants of each area to draw.
    pub sample: usize,
    pub seed: u64,
    /// Test only these, if there are any.
    pub only: BTreeSet<String>,
}

/// Where the copy and the results are.
pub fn folder(root: &Path) -> PathBuf {
    root.join("target/mutants")
}

/// Tests the mutants of the plan; `tell` hears of each.
///
/// # Errors
/// cargo-mutants is missing, or the tests fail without a mutant.
pub fn run(root: &Path, plan: &Plan<'_>, tell: &dyn Fn(&Tested)) -> Result<Vec<Tested>, Failure> {
    let copy = build::Copy::new(root, folder(root).join("workspace"))?;
    let all = list::all(root)?;
    let mut tested = Vec::new();
    // Areas of one package are built at once.
    for areas in plan.areas.chunk_by(|one, other| one.package == other.package) {
        let mut mutants: Vec<(&Area, Mutant)> = Vec::new();
        for &area in areas {
            let drawn = list::sample(&all, area.folders, plan.sample, plan.seed);
            let wanted = |mutant: &Mutant| plan.only.is_empty() || plan.only.contains(&mutant.name);
            mutants.extend(drawn.into_iter().filter(wanted).map(|mutant| (area, mutant)));
        }
        if !mutants.is_empty() {
            of_package(&copy, areas[0], &mutants, &mut |one| {
                tell(&one);
                tested.push(one);
            })?;
        }
    }
    Ok(tested)
}

/// Builds a package with its mutants and tests each.
fn of_package(
    copy: &build::Copy,
    package: &Area,
    mutants: &[(&Area, Mutant)],
    tell: &mut dyn FnMut(Tested),
) -> Result<(), Failure> {
    let folder = copy.of_package(package.package);
    let mut options = package.features.to_vec();
    let tests: BTreeSet<&str> = mutants.iter().flat_map(|(area, _)| area.tests).copied().collect();
    for test in tests {
        match test {
            UNIT_TESTS => options.push("--lib"),
            test => options.extend(["--test", test]),
        }
    }
    let numbered: Vec<&Mutant> = mutants.iter().map(|(_, mutant)| mutant).collect();
    let built = copy.build(package.package, &options, &numbered)?;
    let mut limits = std::collections::BTreeMap::new();
    for (number, (area, mutant)) in mutants.iter().enumerate() {
        let mut outcome = match (built.unviable.contains(&number), built.left.contains(&number)) {
            (true, _) => Outcome::Unviable,
            (_, true) => Outcome::Apart,
            _ => Outcome::Missed,
        };
        let mut by = None;
        for &test in area.tests.iter().filter(|_| outcome == Outcome::Missed) {
            let filter = if test == UNIT_TESTS { area.unit_tests } else { &[] };
            let program =
                built.tests.get(test).ok_or_else(|| Failure::Usage(format!("there is no test {test}")))?;
            let trial = Trial { program, filter, folder: &folder };
            let limit = match limits.get(&(test, filter)) {
                Some(limit) => *limit,
                None => *limits.entry((test, filter)).or_insert(limit(&trial, test)?),
            };
            match trial.notices(number, limit)? {
                Said::Passed => continue,
                Said::Failed(name) => (outcome, by) = (Outcome::Caught, Some(format!("{test}: {name}"))),
                Said::TookTooLong => outcome = Outcome::Timeout,
            }
            break;
        }
        tell(Tested { area: area.name.to_owned(), mutant: mutant.name.clone(), outcome, by });
    }
    Ok(())
}

/// How long tests may take: several times as long as without a mutant.
fn limit(trial: &Trial<'_>, test: &str) -> Result<Duration, Failure> {
    let start = Instant::now();
    match trial.run(None, Duration::from_secs(1800), &[])? {
        Said::Passed => Ok(start.elapsed() * 5 + Duration::from_secs(20)),
        other => Err(Failure::Usage(format!("the test {test} fails without a mutant: {other:?}"))),
    }
}
