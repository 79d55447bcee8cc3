//! Pairs of documents that the diff was once wrong about, kept beside the workspace.

use std::path::Path;

use crate::folder::{Folder, text};
use crate::workspace;

/// A pair, the worst that may be said of it, and what must be said.
const PAIRS: [(&str, &[&str], &str); 11] = [
    ("unread", &["risky", "breaking"], "`dependentRequired`"),
    ("patternprops", &["breaking"], "`^x-`"),
    ("format", &["risky", "breaking"], "email"),
    ("format-swap", &["breaking"], "`format` was uuid and is uri"),
    ("text", &["breaking"], "`maxLength`"),
    ("param-text", &["compatible"], "can be any string"),
    ("annotation", &["compatible"], ""),
    ("superset", &["compatible"], "`extra`"),
    ("renamed", &["compatible"], "the type Cat is called Rabbit"),
    ("reqbody", &["breaking"], "with it: the body is required"),
    ("nulltype", &["breaking"], "the type was string and is null"),
];

#[test]
fn each_is_judged_and_is_one_row_for_each_cause() {
    let Some(folder) = workspace("../shared/cases/diff") else { return };
    let empty = Folder::new();
    for (name, levels, says) in PAIRS {
        let [old, new] = ["old", "new"].map(|side| file(&folder, &format!("{name}-{side}.yaml")));
        let report = text(&empty.reads(&["diff", &old, &new]));
        let head = report.lines().next().unwrap_or_default();
        let is_one = levels.iter().any(|level| head.contains(&format!("{level} for the wire")));
        assert!(is_one, "{name}:\n{report}");
        assert!(report.contains(says), "{name}:\n{report}");
        let rows = report.lines().filter(|line| {
            ["  breaking ", "  risky ", "  compatible "].iter().any(|level| line.starts_with(level))
        });
        let most = if name == "param-text" { 2 } else { 1 };
        let fewest = usize::from(name != "annotation");
        assert!((fewest..=most).contains(&rows.count()), "{name}:\n{report}");
    }
}

fn file(folder: &Path, name: &str) -> String {
    folder.join(name).to_str().unwrap().to_owned()
}
