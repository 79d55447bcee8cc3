//! Reports for where one reviews: annotations, code scanning, test reports, pages.

use std::process::Command;

use serde_json::Value;

use crate::folder::{Folder, errors, text};
use crate::{OLD, new, workspace};

/// A folder in whose working tree a property is gone and a required parameter is new.
pub fn changed() -> Folder {
    let folder = Folder::committed(OLD);
    let parameter = "      tags: [things]\n      parameters: [{name: q, in: query, required: true, schema: {type: string}}]\n";
    folder.write("api.yaml", &new().replace("      tags: [things]\n", parameter));
    folder
}

#[test]
fn annotations_are_on_the_lines_of_the_document() {
    let folder = changed();
    let told = text(&folder.diff(&["--format", "github"]));
    assert!(told.contains("::error file=api.yaml,line=8,col="), "{told}");
    // What is gone has no line: it is shown at what it was in.
    assert!(
        told.contains(
            "::warning file=api.yaml,line=13,col=27,title=risky for the wire%2C major for Rust callers::Thing"
        ),
        "{told}"
    );
    assert!(told.contains("::notice title=speccrate diff::2 changes: breaking for the wire"), "{told}");
    assert!(told.contains("::error title=version::the bump due (major) is missing"), "{told}");
    // Annotations need the path in the repository, wherever the command runs.
    let inside = folder.path().join("crate");
    let output = folder.reads_with(&["diff", "--spec", "../api.yaml", "--crate", "."], |command| {
        command.args(["--format", "github"]).current_dir(inside);
    });
    assert!(text(&output).contains("::error file=api.yaml,line=8"), "{}{}", text(&output), errors(&output));
}

#[test]
fn sarif_has_each_change_with_its_rule() {
    let folder = changed();
    folder.write(
        "diff-approvals.yaml",
        "approvals: [{rule: request-required-parameter-added, pointer: /paths/~1things/get/parameters/0, reason: r, who: w}]\n",
    );
    let log: Value = serde_json::from_str(&text(&folder.diff(&["--format", "sarif"]))).unwrap();
    assert_eq!(
        (&log["version"], &log["runs"][0]["invocations"][0]["executionSuccessful"]),
        (&"2.1.0".into(), &true.into())
    );
    let run = &log["runs"][0];
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), 2);
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(run["tool"]["driver"]["rules"][index]["id"], result["ruleId"]);
        assert_eq!(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "api.yaml");
        assert!(result["partialFingerprints"]["speccrateChange/v1"].is_string());
    }
    let gone =
        results.iter().find(|result| result["ruleId"] == "response-optional-property-removed").unwrap();
    assert_eq!(gone["locations"][0]["physicalLocation"]["region"]["startLine"], 13);
    let added = results.iter().find(|result| result["ruleId"] == "request-required-parameter-added").unwrap();
    assert_eq!(added["level"], "error");
    assert_eq!(added["locations"][0]["physicalLocation"]["region"]["startLine"], 8);
    assert_eq!(added["suppressions"][0]["justification"], "approved by w: r");
}

#[test]
fn test_reports_fail_for_what_breaks() {
    let folder = changed();
    let told = text(&folder.diff(&["--format", "junit"]));
    assert!(told.contains("<testsuites tests=\"2\" failures=\"2\" skipped=\"0\" errors=\"0\">"), "{told}");
    assert!(
        told.contains(
            "<failure type=\"request-required-parameter-added\" message=\"GET /things, query parameter q"
        ),
        "{told}"
    );
    folder.write(
        "diff-approvals.yaml",
        "approvals: [{rule: request-required-parameter-added, pointer: /paths/~1things/get/parameters/0, reason: r, who: w}]\n",
    );
    let told = text(&folder.diff(&["--format", "junit"]));
    assert!(
        told.contains("failures=\"1\" skipped=\"1\"")
            && told.contains("<skipped message=\"approved by w: r\"/>"),
        "{told}"
    );
}

#[test]
fn a_page_stands_alone() {
    let told = text(&changed().diff(&["--format", "html"]));
    assert!(
        told.starts_with("<!DOCTYPE html>")
            && told.contains("default-src &#39;none&#39;") | told.contains("default-src 'none'")
    );
    for part in ["src=", "href=", "<link", "<script", "@import", "url("] {
        assert!(!told.contains(part), "{part} is in {told}");
    }
    assert!(told.contains("<span class=\"level breaking\">breaking</span>"), "{told}");
}

#[test]
fn a_document_that_cannot_be_read_is_told_in_the_report_too() {
    let folder = changed();
    folder.write("api.yaml", "openapi: 3.1.0\npaths: {/a: {get: {parameters: 1}}}\ninfo: [\n");
    for format in ["markdown", "github", "sarif", "junit", "html"] {
        let output = folder.diff(&["--format", format]);
        assert_eq!(output.status.code(), Some(2), "{format}");
        let told = text(&output);
        assert!(told.contains("doesn") && told.contains("t load"), "{format}: {told}");
        assert!(errors(&output).contains("doesn't load"), "{format}");
    }
}

/// The script of the last step of the action.
fn script(action: &str) -> String {
    let action: serde_yaml::Value = serde_yaml::from_str(action).unwrap();
    let steps = action["runs"]["steps"].as_sequence().unwrap();
    steps.last().unwrap()["run"].as_str().unwrap().to_owned()
}

#[test]
fn the_action_writes_a_summary_and_fails_for_what_it_is_to() {
    let Some(action) = workspace("action.yml") else { return };
    let script = script(&std::fs::read_to_string(action).unwrap());
    let folder = changed();
    let outside = tempfile::tempdir().unwrap();
    let summary = outside.path().join("summary.md");
    let run = |base: &str, fail_on: &str| {
        let binary = std::path::Path::new(env!("CARGO_BIN_EXE_speccrate")).parent().unwrap();
        let path = format!("{}:{}", binary.display(), std::env::var("PATH").unwrap());
        let mut command = Command::new("bash");
        command.args(["--noprofile", "--norc", "-eo", "pipefail", "-c", &script]).current_dir(folder.path());
        command.env("PATH", path).env("GITHUB_STEP_SUMMARY", &summary);
        command.envs([("CRATE", "crate"), ("BASE", base), ("FAIL_ON", fail_on)]);
        command.env("SARIF", outside.path().join("a.sarif")).env("HTML", "");
        command.output().unwrap()
    };
    folder.write("crate/speccrate.toml", "spec = \"../api.yaml\"\n");
    let output = run("HEAD", "breaking missing-bump");
    assert_eq!(output.status.code(), Some(1), "{}", errors(&output));
    assert!(text(&output).contains("::error file=api.yaml"), "{}", text(&output));
    let told = std::fs::read_to_string(&summary).unwrap();
    assert!(told.contains("## What") && told.contains("Breaks the wire"), "{told}");
    assert!(outside.path().join("a.sarif").exists());
    assert_eq!(run("HEAD", "").status.code(), Some(0));
    // A revision that isn't there is told in the summary.
    std::fs::remove_file(&summary).unwrap();
    assert_eq!(run("v9", "").status.code(), Some(2));
    assert!(std::fs::read_to_string(&summary).unwrap().contains("v9 is neither"));
}

#[test]
fn git_shows_what_a_change_means() {
    let Some(page) = workspace("docs/review.md") else { return };
    let page = std::fs::read_to_string(page).unwrap();
    let commands = page.split("with a diff driver:").nth(1).unwrap().split("```").nth(1).unwrap();
    let folder = changed();
    let bin = std::path::Path::new(env!("CARGO_BIN_EXE_speccrate")).parent().unwrap();
    let script = format!("{}\ngit --no-pager diff", commands.trim_start_matches("sh\n"));
    let output = Command::new("sh")
        .args(["-ec", &script])
        .current_dir(folder.path())
        .env("PATH", format!("{}:{}", bin.display(), std::env::var("PATH").unwrap()))
        .output()
        .unwrap();
    assert!(
        text(&output).contains("2 changes: breaking for the wire"),
        "{}{}",
        text(&output),
        errors(&output)
    );
}
