//! The report as JUnit's XML: a test for each change.

use openapi_generator::diff::{RustLevel, WireLevel};

use super::html::escaped;
use super::{Report, Telling, is_description};

impl Report {
    /// The report as JUnit's XML. What breaks the wire or Rust callers fails, and what is approved is skipped.
    pub fn junit(&self, telling: Telling) -> String {
        let places = self.places();
        let (mut tests, mut failures, mut skipped) = (0, 0, 0);
        let mut cases = String::new();
        for entry in self.entries(|change| telling.descriptions || !is_description(change)) {
            if entry.level() > telling.level {
                continue;
            }
            let first = entry.first();
            tests += 1;
            let message = format!("{}{}: {}", first.subject.group, entry.part(), first.message());
            let file = places.of(first, self).map(|(file, line, _)| format!("{file}:{line}"));
            let levels =
                format!("{} for the wire, {} for Rust callers", entry.wire().word(), entry.rust().word());
            cases.push_str(&format!(
                "    <testcase classname=\"{}\" name=\"{}\"",
                escaped(&first.subject.group.to_string()),
                escaped(&format!("{} {}", entry.fingerprints.join(" "), message)),
            ));
            let (shown, line, _) = places.shown(first, self);
            cases.push_str(&format!(" file=\"{}\" line=\"{line}\">", escaped(&shown)));
            let mut lines = vec![escaped(&message), levels];
            lines.extend(file.map(|file| escaped(&file)));
            lines.extend(entry.changes.iter().map(|change| escaped(change.rule.action())));
            if let Some(approval) = entry.approval {
                skipped += 1;
                cases.push_str(&format!("<skipped message=\"{}\"/>", escaped(&approval.words())));
            } else if entry.wire() == WireLevel::Breaking || entry.rust() == RustLevel::Major {
                failures += 1;
                cases.push_str(&format!(
                    "<failure type=\"{}\" message=\"{}\">{}</failure>",
                    escaped(&entry.rules()),
                    escaped(&message),
                    lines.join("\n")
                ));
            }
            cases.push_str("</testcase>\n");
        }
        suite(tests, failures, skipped, 0, &cases)
    }
}

/// A comparison that failed, as an error.
pub(crate) fn failed(problem: &str) -> String {
    let problem = escaped(problem);
    let case = format!(
        "    <testcase classname=\"speccrate\" name=\"diff\"><error message=\"{problem}\">{problem}</error></testcase>\n"
    );
    suite(1, 0, 0, 1, &case)
}

fn suite(tests: usize, failures: usize, skipped: usize, errors: usize, cases: &str) -> String {
    let counts =
        format!("tests=\"{tests}\" failures=\"{failures}\" skipped=\"{skipped}\" errors=\"{errors}\"");
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites {counts}>\n  <testsuite name=\"speccrate diff\" \
         {counts}>\n{cases}  </testsuite>\n</testsuites>\n"
    )
}
