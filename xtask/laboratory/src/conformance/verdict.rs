//! What became of the instances, counted for each keyword.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use openapi_generator::diagnostics::Diagnostics;
use serde_json::Value;

use super::suite::{Group, Instance, Suite};
use crate::oracle::program::Answer;

/// What became of the instances of a file.
#[derive(Default)]
struct Row {
    groups: usize,
    left_out: usize,
    /// Valid instances: those that came back unchanged, and the others.
    kept: usize,
    lost: usize,
    /// Invalid instances: refused, told by a diagnostic that names the keyword, and neither.
    refused: usize,
    told: usize,
    silent: usize,
}

/// The counts, and each fault in words.
#[derive(Default)]
pub struct Verdict {
    rows: BTreeMap<String, Row>,
    pub faults: Vec<String>,
}

impl Verdict {
    pub fn of(suite: &Suite) -> Self {
        let mut verdict = Self::default();
        for (file, count) in &suite.left_out {
            verdict.rows.entry(file.clone()).or_default().left_out = *count;
        }
        verdict
    }

    /// Records that nothing is generated for the group.
    pub fn failed(&mut self, group: &Group, problems: &str) {
        self.rows.entry(group.file.clone()).or_default().groups += 1;
        self.faults.push(format!("{}: {}: isn't generated: {problems}", group.file, group.description));
    }

    /// Counts a group whose instances are then judged.
    pub fn group(&mut self, group: &Group) {
        self.rows.entry(group.file.clone()).or_default().groups += 1;
    }

    /// Judges an answer by what is told of the group.
    pub fn judge(&mut self, group: &Group, instance: &Instance, answer: &Answer, told: &Told) {
        let row = self.rows.entry(group.file.clone()).or_default();
        let mut fault = |count: &mut usize, what: String| {
            *count += 1;
            let place = format!("{}: {}: {}", group.file, group.description, instance.description);
            self.faults.push(format!("{place}: {} {what}; {}", instance.value, group.schema));
        };
        match (instance.is_valid, answer) {
            (true, Answer::Same) => row.kept += 1,
            (true, Answer::Different(value)) => fault(&mut row.lost, format!("comes back as {value}")),
            (true, Answer::Refused(why)) => fault(&mut row.lost, format!("is valid, yet refused: {why}")),
            (false, Answer::Refused(_)) => row.refused += 1,
            (false, _) => {
                let untold = untold(group, &instance.value, &told.keywords);
                if untold.is_empty() {
                    row.told += 1;
                } else {
                    fault(&mut row.silent, format!("breaks {} without a word", untold.join(", ")));
                }
            }
        }
    }

    /// The table, in Markdown.
    pub fn table(&self) -> String {
        let mut table = String::from(
            "| keyword | groups | left out | valid: kept | lost | invalid: refused | told | silent |\n\
             | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n",
        );
        let mut sum = Row::default();
        for (file, row) in &self.rows {
            let _ = writeln!(table, "{}", row.line(&format!("`{file}`")));
            sum.add(row);
        }
        let _ = writeln!(table, "{}", sum.line("all"));
        table
    }
}

impl Row {
    const fn counts(&self) -> [usize; 7] {
        [self.groups, self.left_out, self.kept, self.lost, self.refused, self.told, self.silent]
    }

    fn add(&mut self, other: &Self) {
        let [groups, left_out, kept, lost, refused, told, silent] = other.counts();
        self.groups += groups;
        self.left_out += left_out;
        self.kept += kept;
        self.lost += lost;
        self.refused += refused;
        self.told += told;
        self.silent += silent;
    }

    fn line(&self, name: &str) -> String {
        let counts: Vec<String> = self.counts().iter().map(usize::to_string).collect();
        format!("| {name} | {} |", counts.join(" | "))
    }
}

/// The keywords that `instance` breaks and that `told` doesn't have, nor a keyword around them, nor one in the only
/// alternative of them.
fn untold(group: &Group, instance: &Value, told: &BTreeSet<String>) -> Vec<String> {
    let Ok(validator) = crate::json_schema::validator(&group.schema) else {
        return vec![group.file.clone()];
    };
    let mut broken: Vec<String> = validator
        .iter_errors(instance)
        .map(|error| (error.schema_path().as_str().to_owned(), error.evaluation_path().as_str().to_owned()))
        .filter(|(place, path)| {
            let only = group.schema.pointer(place).and_then(Value::as_array).filter(|list| list.len() == 1);
            let within = only
                .and_then(|only| only[0].as_object())
                .into_iter()
                .flatten()
                .map(|(name, _)| name.as_str());
            !path.split('/').chain(["false"]).chain(within).any(|keyword| told.contains(keyword))
        })
        .map(|(_, path)| path)
        .collect();
    if broken.is_empty() && validator.is_valid(instance) && !told.contains(keyword(&group.file)) {
        broken.push(keyword(&group.file).to_owned());
    }
    broken
}

/// The keyword that a file is about, where its name alone says so.
fn keyword(file: &str) -> &str {
    if file.starts_with("format/") { "format" } else { file }
}

/// What the diagnostics of a group tell.
pub struct Told {
    /// The keywords that they name.
    keywords: BTreeSet<String>,
}

impl Told {
    pub fn by(diagnostics: &Diagnostics) -> Self {
        // A message writes keywords as code.
        let named =
            |message: &str| message.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>();
        Self { keywords: diagnostics.iter().flat_map(|diagnostic| named(&diagnostic.message)).collect() }
    }
}
