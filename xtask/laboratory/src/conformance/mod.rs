//! Checks generated types against the public test suite of JSON Schema: no valid instance is refused or changed, and
//! an invalid one is refused, or a diagnostic names the keyword that isn't checked.

mod suite;
mod verdict;

use std::path::Path;

use openapi_generator::api_of;
use openapi_generator::diagnostics::{Diagnostics, Severity};
use openapi_generator::settings::Settings;
use openapi_generator::source::{self, Selection};

use crate::oracle::program::{self, Question};
use crate::oracle::sides::Side;
use speccrate::Failure;
use suite::Group;
use verdict::Told;
pub use verdict::Verdict;

/// The name of the crate with all groups.
const CRATE: &str = "suite";

/// Generates one crate of all groups of the suite in `folder`, and passes their instances through its types.
///
/// # Errors
/// The suite can't be read, or the crate doesn't compile.
pub fn run(folder: &Path) -> Result<Verdict, Failure> {
    let suite = suite::read(folder)?;
    let mut verdict = Verdict::of(&suite);
    let mut generated: Vec<(&Group, Told)> = Vec::new();
    for group in &suite.groups {
        let diagnostics = diagnostics(group);
        if diagnostics.has_errors() {
            verdict.failed(group, &errors(&diagnostics));
            continue;
        }
        generated.push((group, Told::by(&diagnostics)));
    }
    let document = suite::document(generated.iter().map(|(group, _)| *group));
    let workspace = crate::commands::root().join("target/conformance");
    program::generate(&workspace, CRATE, &document)?;
    let program = program::build(&workspace, &[(CRATE, generated.len())])?;
    let mut questions = Vec::new();
    for (case, (group, _)) in generated.iter().enumerate() {
        questions.extend(group.instances.iter().map(|instance| Question {
            case,
            side: Side::Request,
            broken: None,
            instance: serde_json::json!({"value": instance.value}),
        }));
    }
    let mut answers = program::ask(&program, CRATE, &questions)?.into_iter();
    for (group, told) in &generated {
        verdict.group(group);
        for (instance, answer) in group.instances.iter().zip(&mut answers) {
            verdict.judge(group, instance, &answer, told);
        }
    }
    Ok(verdict)
}

/// What generation says of the group alone.
fn diagnostics(group: &Group) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    let text = suite::document(std::iter::once(group)).to_string();
    if let Some(document) = source::load_text(text.as_bytes(), &Selection::default(), &mut diagnostics) {
        api_of(&document, &Settings::default(), &mut diagnostics);
    }
    diagnostics
}

fn errors(diagnostics: &Diagnostics) -> String {
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.severity() == Severity::Error);
    let texts: Vec<String> =
        errors.map(|error| format!("{} {} ({})", error.code, error.message, error.place.pointer)).collect();
    texts.join("; ")
}
