//! What a report says, in each format, and how the command exits.

use crate::folder::{Folder, refuses, text};
use crate::{OLD, new, workspace};

#[test]
fn what_changed_since_the_last_commit() {
    let project = Folder::committed(OLD);
    assert!(text(&project.diff(&[])).contains("no changes"));
    project.write("api.yaml", &new());
    let output = project.diff(&[]);
    let told = text(&output);
    assert_eq!(output.status.code(), Some(0));
    for part in [
        "response-optional-property-removed",
        "HEAD:api.yaml:12:62",
        "- models::Thing::size",
        "1 change: risky for the wire, major for Rust callers",
        "has to be at least 0.2.0",
    ] {
        assert!(told.contains(part), "{part} isn't in {told}");
    }
    project.write("crate/Cargo.toml", "[package]\nname = \"things\"\nversion = \"0.2.0\"\n");
    assert!(text(&project.diff(&[])).contains("the bump due (major) is there"));
}

#[test]
fn exit_codes_follow_fail_on() {
    let project = Folder::committed(OLD);
    let code = |arguments: &[&str]| project.diff(arguments).status.code();
    assert_eq!(code(&["--fail-on", "any", "--fail-on", "missing-bump"]), Some(0));
    project.write("api.yaml", &new());
    for (level, expected) in [("breaking", 0), ("major", 1), ("any", 1), ("missing-bump", 1)] {
        assert_eq!(code(&["--fail-on", level]), Some(expected), "{level}");
    }
}

#[test]
fn json_is_as_documented() {
    let project = Folder::committed(OLD);
    project.write("api.yaml", &new());
    let report: serde_json::Value =
        serde_json::from_str(&text(&project.diff(&["--format", "json"]))).unwrap();
    assert_eq!(report["form"], 1);
    assert_eq!(report["summary"]["rust"], "major");
    assert_eq!(report["version"]["needed"], "0.2.0");
    assert_eq!(report["version"]["enough"], false);
    let change = &report["changes"][0];
    assert_eq!(change["rule"], "response-optional-property-removed");
    assert_eq!(change["group"], serde_json::json!({"kind": "type", "name": "Thing"}));
    assert_eq!(change["part"], serde_json::json!({"kind": "property", "name": "size"}));
    assert_eq!(change["old"]["pointer"], "/components/schemas/Thing/properties/size");
    assert_eq!((&change["old"]["line"], &change["old"]["column"]), (&12.into(), &62.into()));
    assert_eq!(change["new"], serde_json::Value::Null);
    assert_eq!(change["items"][0]["path"], "models::Thing::size");
    // Each member is in the documentation, and each of the documentation's is here.
    let Some(documented) = workspace("docs/diff.md") else { return };
    let documented = std::fs::read_to_string(documented).unwrap();
    let tables = documented.split("## JSON").nth(1).unwrap();
    let rows = tables.lines().filter(|line| line.starts_with("| `"));
    let named: Vec<&str> =
        rows.flat_map(|row| row.split('|').nth(1).unwrap().split('`').skip(1).step_by(2)).collect();
    for members in [report.as_object().unwrap(), change.as_object().unwrap()] {
        for member in members.keys() {
            assert!(named.contains(&member.as_str()), "{member} isn't documented");
        }
    }
    for name in named {
        assert!(report.get(name).or(change.get(name)).is_some(), "{name} is documented, and not there");
    }
}

#[test]
fn markdown_and_a_changelog() {
    let project = Folder::committed(OLD);
    project.write("api.yaml", &new());
    let markdown = text(&project.diff(&["--format", "markdown"]));
    assert!(markdown.contains("### Risky on the wire: 1 change\n\n| wire | Rust |"), "{markdown}");
    assert!(
        markdown.contains(
            "| risky | major | **Thing**, property size: the property <code>size</code> is gone (line 12)"
        ),
        "{markdown}"
    );
    assert!(markdown.contains("❌"), "{markdown}");
    let changelog = text(&project.diff(&["--changelog"]));
    let line = "- `Thing`: the property `size` is gone (risky on the wire). Stop using it. If the server still sends it, it is \
                among the additional properties.\n";
    assert_eq!(changelog, format!("## 0.2.0\n\n### Breaking\n\n{line}"));
}

#[test]
fn rules_are_listed_and_explained() {
    let project = Folder::holding(OLD);
    let rules = text(&project.reads(&["diff", "--rules"]));
    assert!(rules.lines().count() > 150);
    for line in rules.lines().step_by(10) {
        let id = line.split_whitespace().next().unwrap();
        let told = text(&project.reads(&["diff", "--explain", id]));
        assert!(told.starts_with(id) && told.contains("Example"), "{told}");
    }
    refuses(&project.reads(&["diff", "--explain", "request-property-remove"]), &["did you mean"]);
}
