//! The table of how many cases pass.

use std::fmt::Write as _;

use super::Verdict;
use super::suite::Suite;

/// The verdicts of all topics.
#[derive(Default)]
pub struct Table {
    rows: Vec<Row>,
}

struct Row {
    topic: String,
    behaviours: bool,
    verdicts: Vec<Verdict>,
}

impl Row {
    fn passed(&self) -> usize {
        self.verdicts.iter().filter(|verdict| verdict.faults.is_empty()).count()
    }
}

impl Table {
    pub(super) fn add(&mut self, suite: &Suite, verdicts: Vec<Verdict>) {
        self.rows.push(Row { topic: suite.topic.clone(), behaviours: suite.behaviours, verdicts });
    }

    /// What is wrong, case by case.
    pub fn faults(&self) -> impl Iterator<Item = String> {
        self.rows.iter().flat_map(|row| {
            let failed = row.verdicts.iter().filter(|verdict| !verdict.faults.is_empty());
            failed.map(|verdict| format!("{}: {}: {}", row.topic, verdict.id, verdict.faults.join("; ")))
        })
    }

    /// How many cases pass and how many there are.
    pub fn total(&self, behaviours: bool) -> (usize, usize) {
        let rows = || self.rows.iter().filter(move |row| row.behaviours == behaviours);
        (rows().map(Row::passed).sum(), rows().map(|row| row.verdicts.len()).sum())
    }

    /// The table in Markdown.
    pub fn markdown(&self) -> String {
        let mut text = String::from("| topic | cases | passed |\n| --- | ---: | ---: |\n");
        for row in &self.rows {
            let _ = writeln!(text, "| {} | {} | {} |", row.topic, row.verdicts.len(), row.passed());
        }
        for (name, behaviours) in [("all on the wire", false), ("all behaviours", true)] {
            let (passed, all) = self.total(behaviours);
            let _ = writeln!(text, "| {name} | {all} | {passed} |");
        }
        text
    }
}
