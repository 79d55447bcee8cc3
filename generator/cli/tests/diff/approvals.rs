//! Approved changes: they stay in the report, and no longer fail.

use crate::folder::{Folder, errors, text};
use crate::{OLD, new};

const FILE: &str = "diff-approvals.yaml";

fn changes(folder: &Folder, more: &[&str]) -> Vec<serde_json::Value> {
    let output = folder.diff(&[&["--format", "json"], more].concat());
    let report: serde_json::Value = serde_json::from_str(&text(&output)).unwrap();
    report["changes"].as_array().unwrap().clone()
}

fn fingerprint(folder: &Folder) -> String {
    changes(folder, &[])[0]["fingerprint"].as_str().unwrap().to_owned()
}

fn changed() -> Folder {
    let folder = Folder::committed(OLD);
    folder.write("api.yaml", &new());
    folder
}

fn approve(folder: &Folder, more: &[&str]) {
    let fingerprint = fingerprint(folder);
    let approval = [
        "diff",
        "--spec",
        "api.yaml",
        "--approve",
        &fingerprint,
        "--reason",
        "Nobody reads it.",
        "--who",
        "Ann",
    ];
    folder.succeeds(&[&approval[..], more].concat());
}

#[test]
fn an_approved_change_stays_in_the_report_and_fails_no_more() {
    let folder = changed();
    assert_eq!(folder.diff(&["--fail-on", "major"]).status.code(), Some(1));
    approve(&folder, &[]);
    let output = folder.diff(&["--fail-on", "major", "--fail-on", "any"]);
    let told = text(&output);
    assert_eq!(output.status.code(), Some(0), "{told}{}", errors(&output));
    assert!(told.contains("1 approved") && told.contains("approved by Ann: Nobody reads it."), "{told}");
    assert!(told.contains("response-optional-property-removed"), "{told}");
    for more in [&["--changelog"][..], &["--format", "markdown"]] {
        let told = text(&folder.diff(more));
        assert!(told.contains("approved by Ann: Nobody reads it."), "{told}");
    }
    assert_eq!(changes(&folder, &[])[0]["approved"]["who"], "Ann");
    // The version has to be raised all the same.
    assert_eq!(folder.diff(&["--fail-on", "missing-bump"]).status.code(), Some(1));
}

#[test]
fn a_fingerprint_survives_unrelated_edits() {
    let folder = changed();
    let before = fingerprint(&folder);
    let other = "paths:\n  /another:\n    get: {operationId: a, responses: {'204': {description: None.}}}\n";
    folder.write("api.yaml", &new().replace("paths:\n", &format!("# A comment.\n\n{other}")));
    let after = changes(&folder, &[]);
    assert_eq!(after.len(), 2);
    assert!(after.iter().any(|change| change["fingerprint"] == before.as_str()), "{after:?}");
    // It is another change if the facts are others.
    folder.write("api.yaml", &OLD.replace("size: {type: integer}", "size: {type: string}"));
    assert_ne!(fingerprint(&folder), before);
}

#[test]
fn an_entry_inserted_before_it_does_not_alter_a_fingerprint() {
    let with = |parameters: &str| {
        OLD.replace(
            "      tags: [things]\n",
            &format!("      tags: [things]\n      parameters: [{parameters}]\n"),
        )
    };
    let (old, new) = (
        "{name: b, in: query, schema: {type: string}}",
        "{name: b, in: query, schema: {type: string, maxLength: 3}}",
    );
    let folder = Folder::committed(&with(old));
    folder.write("api.yaml", &with(new));
    let before = fingerprint(&folder);
    folder.write("api.yaml", &with(&format!("{{name: a, in: query, schema: {{type: string}}}}, {new}")));
    let after = changes(&folder, &[]);
    assert!(after.iter().any(|change| change["fingerprint"] == before.as_str()), "{before}: {after:?}");
}

#[test]
fn who_approves_a_cause_accepts_what_follows() {
    let folder = Folder::committed(
        &OLD.replace("type: object, properties", "type: object, required: [name], properties"),
    );
    folder.write("api.yaml", OLD);
    folder.write(
        FILE,
        "approvals:\n  - {rule: response-property-became-optional, pointer: /components/schemas/*/properties/name, reason: r, who: w}\n",
    );
    let output = folder.diff(&["--fail-on", "any"]);
    assert_eq!(output.status.code(), Some(0), "{}{}", text(&output), errors(&output));
}

#[test]
fn an_approval_that_has_ended_or_matches_nothing_fails() {
    let folder = changed();
    let entry = |until: &str| {
        format!(
            "approvals:\n  - {{rule: response-optional-property-removed, pointer: /components/schemas/Thing/properties/size, reason: r, who: w{until}}}\n"
        )
    };
    folder.write(FILE, &entry(", until: 2001-01-01"));
    let output = folder.diff(&[]);
    assert_eq!(output.status.code(), Some(1));
    let told = errors(&output);
    assert!(told.contains("ended on 2001-01-01") && told.contains(FILE), "{told}");
    assert!(!text(&output).contains("approved by"), "{}", text(&output));
    folder.write(FILE, &entry(", until: 2999-12-31"));
    assert_eq!(folder.diff(&["--fail-on", "any"]).status.code(), Some(0));
    folder.write("api.yaml", OLD);
    // It may be of another part than the one that is compared.
    assert_eq!(folder.diff(&["--path", "/things"]).status.code(), Some(0));
    let told = text(&folder.diff(&["--format", "markdown"]));
    assert!(told.contains("❌ no change is what"), "{told}");
    let output = folder.diff(&[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        errors(&output).contains("no change is what response-optional-property-removed at"),
        "{}",
        errors(&output)
    );
}

#[test]
fn a_file_that_says_nothing_clear_is_refused() {
    let folder = changed();
    for (text, says) in [
        ("approvals: [{change: a, reason: r}]", "missing field `who`"),
        ("approvals: [{change: a, reason: '', who: w}]", "needs a `reason`"),
        ("levels: {no-such-rule: {wire: risky}}", "there is no rule"),
        ("approvals: [{change: a, reason: r, who: w, until: 2025-02-30}]", "isn't a date"),
    ] {
        folder.write(FILE, text);
        let output = folder.diff(&[]);
        assert_eq!(output.status.code(), Some(2), "{text}");
        assert!(errors(&output).contains(says), "{}", errors(&output));
    }
    folder.write(FILE, "");
    folder.fails(
        &["diff", "--spec", "api.yaml", "--approve", "0000000000000000", "--reason", "r", "--who", "w"],
        2,
        &["no change has the fingerprint"],
    );
}

#[test]
fn a_project_can_judge_a_rule_otherwise() {
    let folder = changed();
    folder.write(FILE, "levels:\n  response-optional-property-removed: {wire: breaking, rust: minor}\n");
    let told = text(&folder.diff(&[]));
    assert!(told.contains("1 change: breaking for the wire, minor for Rust callers"), "{told}");
    assert!(told.contains("at least 0.1.1"), "{told}");
    assert_eq!(folder.diff(&["--fail-on", "breaking"]).status.code(), Some(1));
    // The file of a revision is as it was then.
    folder.commit();
    folder.write(FILE, "");
    let told = text(&folder.diff(&["HEAD~1", "HEAD"]));
    assert!(told.contains("breaking for the wire"), "{told}");
}
