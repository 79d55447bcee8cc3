//! A report that many changes don't make long: what breaks comes first, and one cause is one row.

use std::fmt::Write;

use crate::folder::{Folder, text};

/// A document with this many schemas, each used by an operation, and each with the trait `extra`.
fn large(schemas: usize, extra: &str, parameters: &str) -> String {
    let mut paths = String::new();
    let mut types = String::new();
    for n in 0..schemas {
        write!(
            paths,
            "  /t{n}:\n    get:\n      operationId: t{n}.get\n      tags: [t]\n{}      responses:\n        '200': {{description: One., \
             content: {{application/json: {{schema: {{$ref: '#/components/schemas/T{n}'}}}}}}}}\n",
            parameters.replace("{n}", &n.to_string())
        )
        .unwrap();
        writeln!(
            types,
            "    T{n}:\n      allOf:\n        - $ref: '#/components/schemas/Trait'\n        - {{type: object, properties: {{own: {{type: string}}{}}}}}",
            extra.replace("{n}", &n.to_string())
        )
        .unwrap();
    }
    format!(
        "openapi: 3.1.0\ninfo: {{title: Many, version: '1'}}\npaths:\n{paths}components:\n  schemas:\n    \
         Trait: {{type: object, required: [trait_id], properties: {{trait_id: {{type: string}}}}}}\n{types}"
    )
}

fn told(old: &str, new: &str, more: &[&str]) -> String {
    let folder = Folder::holding(old);
    folder.write("new.yaml", new);
    text(&folder.reads(&[&["diff", "api.yaml", "new.yaml"], more].concat()))
}

fn json(old: &str, new: &str) -> serde_json::Value {
    serde_json::from_str(&told(old, new, &["--format", "json"])).unwrap()
}

#[test]
fn one_cause_in_many_places_is_one_row() {
    let old = large(120, "", "");
    let new = old.replace("trait_id", "trait_key");
    let report = told(&old, &new, &[]);
    assert!(report.lines().count() < 40, "{report}");
    let row = "121 × property trait_id: the required property `trait_id` is gone";
    assert!(report.contains(row), "{report}");
    assert!(report.contains("T0; T1; T10; T100; T101; T102 and 115 more"), "{report}");
    // Nothing is lost: all places are there if they are asked for, and programs see each change.
    let full = told(&old, &new, &["--full"]);
    assert!(full.contains("      T77  #"), "{full}");
    assert!(full.contains("- models::T77::trait_id"), "{full}");
    let json = json(&old, &new);
    let changes = json["changes"].as_array().unwrap();
    assert_eq!(changes.len(), 242);
    assert!(changes.iter().any(|change| change["group"]["name"] == "T77"));
}

#[test]
fn what_breaks_is_on_the_first_screen() {
    // 300 changes that break nothing, and 17 different ones that do.
    let old = large(300, "", "");
    let mut new = large(300, ", p{n}: {type: integer}", "");
    for n in 0..17 {
        let operation = format!("      operationId: t{n}.get\n");
        let parameter = format!(
            "{operation}      parameters: [{{name: q{n}, in: query, required: true, schema: {{type: string}}}}]\n"
        );
        new = new.replace(&operation, &parameter);
    }
    let report = told(&old, &new, &[]);
    let screen: Vec<&str> = report.lines().take(40).collect();
    let breaking = screen.iter().filter(|line| line.contains("  breaking ")).count();
    assert!(breaking == 17 || screen.iter().any(|line| line.contains("17 × ")), "{report}");
    assert!(report.lines().count() < 60, "{report}");
    assert!(report.contains("300 × the property … is new"), "{report}");
    assert!(report.contains("17 breaking, 0 risky, 300 compatible for the wire"), "{report}");
}

#[test]
fn a_level_leaves_out_what_is_less() {
    let old = large(3, "", "");
    let parameter = "      parameters: [{name: q, in: query, required: true, schema: {type: string}}]\n";
    let new = large(3, ", more: {type: string}", parameter);
    let report = told(&old, &new, &["--level", "breaking"]);
    assert!(report.contains("3 × query parameter q") && !report.contains("more"), "{report}");
    assert!(told(&old, &new, &[]).contains("3 × property more: the property `more` is new"));
    // The counts are of everything.
    assert!(report.contains("3 breaking, 0 risky, 3 compatible for the wire"), "{report}");
}

#[test]
fn every_changed_response_and_enum_is_one_row() {
    let removed = |status: &str| {
        large(80, "", "").replace("      responses:\n", &format!("      responses:\n{status}"))
    };
    let old = removed("        '404': {description: None.}\n");
    let report = told(&old, &removed(""), &[]);
    assert!(report.lines().count() < 40, "{report}");
    assert!(report.contains("80 × response 404: failure 404 is gone"), "{report}");
    let values = |values: &str| large(80, &format!(", kind: {{type: string, enum: [{values}]}}"), "");
    let report = told(&values("a, b"), &values("a, b, c"), &[]);
    assert!(report.contains("80 × value \"c\": the value `\"c\"` is new"), "{report}");
    assert!(report.lines().count() < 20, "{report}");
}

#[test]
fn nothing_of_a_document_reaches_the_terminal_as_a_command() {
    let old = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths:\n  /a:\n    get:\n      responses:\n        '200':\n          \
               description: One.\n          content: {application/json: {schema: {type: object, properties: {a: {type: string}}}}}\n";
    let new = old.replace("{a: {", "{\"\\e[31m\\nx\\u202e`\": {");
    for format in ["text", "markdown"] {
        let report = told(old, &new, &["--format", format]);
        assert!(!report.contains(['\u{1b}', '\u{202e}', '\u{7}']), "{report:?}");
        assert!(!report.lines().any(|line| line.starts_with('x')), "{report}");
    }
}

#[test]
fn what_differs_within_one_part_has_names_in_the_row() {
    let old = |media_types: std::ops::Range<usize>| {
        let contents: Vec<String> = media_types
            .map(|n| format!("application/x-{n}: {{schema: {{type: string, format: binary}}}}"))
            .collect();
        format!(
            "openapi: 3.1.0\ninfo: {{title: Files, version: '1'}}\npaths:\n  /files:\n    post:\n      operationId: send\n      \
             requestBody: {{content: {{{}}}}}\n      responses: {{'200': {{description: Sent.}}}}\n",
            contents.join(", ")
        )
    };
    let report = told(&old(0..100), &old(0..10), &[]);
    assert!(report.contains("90 × the body can no longer be …"), "{report}");
    assert!(report.contains("POST /files, request body (application/x-11)"), "{report}");
}
