//! How many cases pass with our clients.

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

    /// A table of topics without cases.
    #[cfg(test)]
    pub(super) fn of_topics(topics: &[&str]) -> Self {
        let row = |topic: &&str| Row { topic: (*topic).to_owned(), behaviours: false, verdicts: Vec::new() };
        Self { rows: topics.iter().map(row).collect() }
    }

    /// What is wrong, case by case.
    pub fn faults(&self) -> impl Iterator<Item = String> {
        self.rows.iter().flat_map(|row| {
            let failed = row.verdicts.iter().filter(|verdict| !verdict.faults.is_empty());
            failed.map(|verdict| format!("{}: {}: {}", row.topic, verdict.id, verdict.faults.join("; ")))
        })
    }

    /// The rows of the page, each with the topics that it is about.
    pub fn groups(&self) -> Vec<(String, Vec<&str>)> {
        let mut groups: Vec<(String, Vec<&str>)> =
            self.rows.iter().map(|row| (row.topic.clone(), vec![row.topic.as_str()])).collect();
        for (name, behaviours) in [("all on the wire", false), ("all behaviours", true)] {
            let rows = self.rows.iter().filter(|row| row.behaviours == behaviours);
            groups.push((name.to_owned(), rows.map(|row| row.topic.as_str()).collect()));
        }
        groups
    }

    /// How many cases of `topics` pass and how many there are.
    pub fn of(&self, topics: &[&str]) -> (usize, usize) {
        let rows = || self.rows.iter().filter(|row| topics.contains(&row.topic.as_str()));
        (rows().map(Row::passed).sum(), rows().map(|row| row.verdicts.len()).sum())
    }
}
