//! Bad documents. Each gives an error that says where the problem is and what to do.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use openapi_generator::diagnostics::Diagnostics;
use openapi_generator::settings::Settings;
use openapi_generator::source::Selection;
use openapi_generator::{GenerateError, Package};

const HEAD: &str = "openapi: 3.1.0\ninfo: {title: t, version: '1'}\n";

/// The errors of a document with this text as they are printed, without colours.
fn errors(text: &[u8]) -> String {
    let (is_generated, printed) = generated(text);
    assert!(!is_generated, "{printed}");
    printed
}

/// Whether a crate is generated for a document with this text, and what is printed, without colours.
fn generated(text: &[u8]) -> (bool, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("api.yaml");
    std::fs::write(&path, text).unwrap();
    let mut diagnostics = Diagnostics::default();
    let files = openapi_generator::generate(
        &path,
        &Package::new("bad"),
        &Selection::default(),
        &Settings::default(),
        &mut diagnostics,
    );
    assert!(matches!(files, Ok(_) | Err(GenerateError::Document)));
    let printed = anstream::adapter::strip_str(&diagnostics.render(&path)).to_string();
    (files.is_ok(), printed.replace(&folder.path().display().to_string(), ""))
}

/// Expects a crate, and warnings with these parts.
#[track_caller]
fn expect_warnings(text: &str, parts: &[&str]) {
    let (is_generated, printed) = generated(text.as_bytes());
    assert!(is_generated, "{printed}");
    for part in parts {
        assert!(printed.contains(part), "{part:?} is not in:\n{printed}");
    }
}

#[track_caller]
fn expect(text: &str, parts: &[&str]) {
    let printed = errors(text.as_bytes());
    for part in parts {
        assert!(printed.contains(part), "{part:?} is not in:\n{printed}");
    }
}

#[test]
fn texts_that_are_no_document() {
    expect("", &["E0002", "the file is empty", "/api.yaml:1:1", "help:"]);
    expect("a: [1\nb: 2\n", &["E0002", "isn't valid YAML", "/api.yaml:2:"]);
    expect("{\"openapi\": \"3.1.0\",\n \"info\": }", &["E0002", "isn't valid JSON", "/api.yaml:2:"]);
    expect("- 1\n", &["E0003", "no `openapi` member"]);
    expect("swagger: '1.2'\n", &["E0003", "Swagger 1.2", "Convert it"]);
    expect("openapi: 4.0.0\n", &["E0003", "4.0.0"]);
    expect("openapi: 3.1.0\n", &["E0008", "W0007", "no `info`"]);
    assert!(errors(b"a: \xff\xfe").contains("isn't valid UTF-8"));
}

#[test]
fn references_that_lead_nowhere() {
    let text = format!(
        "{HEAD}paths:\n  /a:\n    get:\n      responses:\n        '200':\n          description: d\n          content:\n            \
         application/json:\n              schema:\n                $ref: '#/components/schemas/Gone'\n"
    );
    expect_warnings(
        &text,
        &["W0054", "\"#/components/schemas/Gone\" doesn't exist", "/api.yaml:12:17", "at /paths/~1a/get/"],
    );
    let circle = format!(
        "{HEAD}components:\n  schemas:\n    A: {{$ref: '#/components/schemas/B'}}\n    B: {{$ref: '#/components/schemas/A'}}\n"
    );
    expect(&circle, &["E0012", "leads back to itself", "at /components/schemas/A"]);
    for outside in ["../secret.yaml", "/etc/passwd", "https://example.com/a.yaml", "file:///etc/passwd"] {
        let text = format!("{HEAD}components:\n  schemas:\n    A: {{$ref: '{outside}#/x'}}\n");
        expect(&text, &["E0010", "leaves the document's folder"]);
    }
}

#[test]
fn operations_that_contradict_themselves() {
    expect_warnings(
        &format!("{HEAD}paths:\n  /a/{{id}}:\n    get:\n      responses: {{}}\n"),
        &["W0013", "/api.yaml:5:5", "the path contains `{id}`", "at /paths/~1a~1{id}/get", "Declare it"],
    );
    expect(
        &format!(
            "{HEAD}paths:\n  /a:\n    get: {{operationId: x, responses: {{}}}}\n  /b:\n    get: {{operationId: x, responses: {{}}}}\n"
        ),
        &["E0014", "the `operationId` \"x\" is already used by GET /a"],
    );
}

#[test]
fn members_of_the_wrong_type_are_told() {
    for (member, name) in [
        ("security: {s: []}", "security"),
        ("parameters: {a: 1}", "parameters"),
        ("requestBody: {content: [1]}", "requestBody/content"),
        ("servers: 7", "servers"),
    ] {
        let text = format!("{HEAD}paths:\n  /a:\n    get:\n      responses: {{}}\n      {member}\n");
        expect(&text, &["E0005", "this must be an", &format!("at /paths/~1a/get/{name}")]);
    }
    expect("openapi: 3.10.0\n", &["E0003", "3.10.0"]);
}

#[test]
fn every_problem_is_told_in_one_run() {
    let text = format!(
        "{HEAD}paths:\n  /a/{{id}}:\n    get:\n      responses: {{}}\ncomponents:\n  schemas:\n    A: {{type: 7}}\n    B: {{$ref: '#/x'}}\n    C: 7\n"
    );
    expect(&text, &["W0013", "E0005", "W0054", "2 errors, 2 warnings"]);
}

#[test]
fn absurd_documents_end_in_an_answer() {
    let deep = format!("{HEAD}components: {}1{}", "{a: ".repeat(10_000), "}".repeat(10_000));
    assert!(errors(deep.as_bytes()).contains("E0002"));
    // A chain of references as long as the document, and one schema referred to many times.
    let mut chain = format!("{HEAD}components:\n  schemas:\n");
    for index in 0..10_000 {
        chain.push_str(&format!("    S{index}: {{$ref: '#/components/schemas/S{}'}}\n", index + 1));
    }
    expect_warnings(&chain, &["W0054", "S10000"]);
}

#[test]
fn ten_thousand_mutually_recursive_schemas_are_planned() {
    let mut text = format!(
        "{HEAD}paths:\n  /a:\n    get:\n      responses:\n        '200':\n          description: d\n          content:\n            \
         application/json: {{schema: {{$ref: '#/components/schemas/S0'}}}}\ncomponents:\n  schemas:\n"
    );
    for index in 0..10_000 {
        let next = (index + 1) % 10_000;
        text.push_str(&format!(
            "    S{index}: {{type: object, properties: {{next: {{$ref: '#/components/schemas/S{next}'}}}}}}\n"
        ));
    }
    let mut diagnostics = Diagnostics::default();
    let document =
        openapi_generator::source::load_text(text.as_bytes(), &Selection::default(), &mut diagnostics)
            .unwrap();
    let api = openapi_generator::api_of(&document, &Settings::default(), &mut diagnostics);
    assert_eq!(api.models.len(), 10_000);
}
