//! Documents made to exhaust their reader: each gets an answer within seconds and in bounded memory.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use std::time::Duration;

use cpu_time::ThreadTime;
use openapi_generator::Package;
use openapi_generator::diagnostics::{Diagnostics, Printing, codes};
use openapi_generator::settings::Settings;
use openapi_generator::source::{self, Selection};

const HEAD: &str = "openapi: 3.1.0\ninfo: {title: t, version: '1'}\n";

/// How many files are generated from the text, and what is printed. It may take twenty seconds of processor time, all on one
/// thread, which has the usual stack.
#[track_caller]
fn answer(text: impl Into<Vec<u8>>) -> (Option<usize>, String) {
    let text = text.into();
    let thread = rayon::ThreadPoolBuilder::new().num_threads(1).stack_size(2 << 20).build().unwrap();
    let (files, printed, time) = thread.install(move || {
        let start = ThreadTime::now();
        let mut diagnostics = Diagnostics::default();
        let document = source::load_text(&text, &Selection::default(), &mut diagnostics);
        let files = document.map(|document| {
            let api = openapi_generator::api_of(&document, &Settings::default(), &mut diagnostics);
            openapi_generator::print::print(&openapi_generator::rust::Crate::new(
                &api,
                Package::new("absurd"),
            ))
            .unwrap()
            .len()
        });
        let printed = diagnostics.render_text(&text, Printing::default());
        (files, printed, start.elapsed())
    });
    assert!(time < Duration::from_secs(20), "{time:?}");
    (files, printed)
}

/// Expects a crate, and `part` among what is printed.
#[track_caller]
fn told(text: impl Into<Vec<u8>>, part: &str) {
    let (files, printed) = answer(text);
    assert!(files.is_some(), "{printed}");
    assert!(printed.contains(part), "{part:?} is not in:\n{printed}");
}

#[track_caller]
fn refused(text: impl Into<Vec<u8>>, expected: &str) {
    let (files, printed) = answer(text);
    let start: String = printed.chars().take(2000).collect();
    assert!(files.is_none() && printed.contains(expected), "{expected:?} is not in:\n{start}");
}

/// A document with one operation, whose response has the schema A, and the component schemas `schemas`.
fn with_schemas(schemas: &str) -> String {
    format!(
        "{HEAD}paths:\n  /a:\n    get:\n      responses:\n        '200':\n          description: d\n          content:\n            \
         application/json: {{schema: {{$ref: '#/components/schemas/A'}}}}\ncomponents:\n  schemas:\n{schemas}"
    )
}

#[test]
fn alias_bombs() {
    let mut bomb = format!("{HEAD}x-a: &a [x, x, x, x, x, x, x, x, x]\n");
    for (from, to) in ('a'..'k').zip('b'..='k') {
        bomb.push_str(&format!("x-{to}: &{to} [{}]\n", vec![format!("*{from}"); 9].join(", ")));
    }
    refused(bomb, "repeated by aliases");
    // One long text many times.
    let long = format!("{HEAD}x-a: &a {}\nx-b: [{}]\n", "x".repeat(1 << 20), "*a, ".repeat(100_000));
    refused(long, "repeated by aliases");
    // As merged members.
    let merged =
        format!("{HEAD}x-a: &a {{b: {}}}\nx-c: [{}]\n", "x".repeat(1 << 20), "{<<: *a}, ".repeat(10_000));
    refused(merged, "repeated by aliases");
    refused(format!("{HEAD}x-a: &a [*a]\n"), "refers to a value that contains it");
    // Aliases that nest: each level is one deeper than the last.
    let mut deep = format!("{HEAD}x-0: &a0 [x]\n");
    for level in 1..200 {
        deep.push_str(&format!("x-{level}: &a{level} [*a{}]\n", level - 1));
    }
    refused(deep, "nested more than 128 levels deep");
}

#[test]
fn nesting_ten_thousand_deep() {
    for (open, close) in [("{a: ", "}"), ("[", "]")] {
        let deep = format!("{}1{}", open.repeat(10_000), close.repeat(10_000));
        refused(format!("{HEAD}x-deep: {deep}\n"), "E0002");
    }
    let json = format!("{{\"openapi\": \"3.1.0\", \"x-a\": {}1{}}}", "[".repeat(10_000), "]".repeat(10_000));
    refused(json, "recursion limit exceeded");
    let block: String = (0..10_000).map(|level| format!("{}a:\n", " ".repeat(level))).collect();
    refused(format!("{HEAD}x-deep:\n{}", block.replace('\n', "\n ")), "E0002");
    refused("- ".repeat(1_000_000), "nested more than 128 levels deep");
    refused("[".repeat(30_000_000), "E0002");
    refused("{\"a\":".repeat(10_000_000), "E0002");
}

#[test]
fn a_hundred_thousand_properties() {
    let properties: String =
        (0..100_000).map(|index| format!("        p{index}: {{type: string}}\n")).collect();
    let (files, printed) =
        answer(with_schemas(&format!("    A:\n      type: object\n      properties:\n{properties}")));
    assert!(files.is_some(), "{printed}");
}

#[test]
fn a_hundred_thousand_faults() {
    let schemas: String = (0..100_000)
        .map(|index| format!("\"S{index}\":{{\"type\":\"odd\",\"$ref\":\"#/no/{index}\"}},"))
        .collect();
    let text = format!(
        "{{\"openapi\":\"3.1.0\",\"info\":{{\"title\":\"t\",\"version\":\"1\"}},\"components\":{{\"schemas\":{{{schemas}\"A\":{{}}}}}}}}"
    );
    told(text, "200000 warnings");
}

#[test]
fn files_beyond_the_limit() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("api.yaml");
    std::fs::write(&path, format!("{HEAD}x-a: {}\n", "x".repeat(270_000_000))).unwrap();
    let mut diagnostics = Diagnostics::default();
    assert!(source::load(&path, &Selection::default(), &mut diagnostics).is_none());
    assert!(diagnostics.iter().any(|found| found.message.contains("larger than 268435456 bytes")));
    let ones = "1,".repeat(12_000_000);
    refused(format!("{{\"a\": [{ones}1]}}"), "too many values");
    refused(format!("{HEAD}x-a: [{ones}1]\n"), "too many values");
}

#[cfg(unix)]
#[test]
fn files_without_an_end() {
    let folder = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink("/dev/zero", folder.path().join("zero")).unwrap();
    let mut diagnostics = Diagnostics::default();
    assert!(source::load(&folder.path().join("zero"), &Selection::default(), &mut diagnostics).is_none());
    assert!(diagnostics.iter().any(|found| *found.code == codes::UNREADABLE_FILE));
    let path = folder.path().join("api.yaml");
    std::fs::write(&path, format!("{HEAD}components: {{schemas: {{A: {{$ref: fifo}}, B: {{$ref: '.'}}}}}}"))
        .unwrap();
    assert!(std::process::Command::new("mkfifo").arg(folder.path().join("fifo")).status().unwrap().success());
    let mut diagnostics = Diagnostics::default();
    assert!(source::load(&path, &Selection::default(), &mut diagnostics).is_none());
    let codes: Vec<&str> = diagnostics.iter().map(|found| found.code.id).collect();
    assert!(codes.contains(&"E0010"), "{codes:?}");
}

#[test]
fn numbers_beyond_all_bounds() {
    refused(format!("{HEAD}x-a: .nan\n"), "can't represent");
    refused(format!("{HEAD}x-a: -.inf\n"), "can't represent");
    refused(format!("{HEAD}x-a: 1e999\n"), "is out of range");
    refused("{\"openapi\": \"3.1.0\", \"x-a\": 1e999}", "number out of range");
    refused("{\"openapi\": \"3.1.0\", \"x-a\": NaN}", "E0002");
    let digits = "9".repeat(300);
    let huge = format!(
        "    A:\n      type: object\n      properties:\n        a: {{type: integer, minimum: -{digits}, maximum: {digits}, default: {digits}}}\n        \
         b: {{type: string, maxLength: {digits}, minLength: 0.0}}\n        c: {{enum: [{digits}, 1e300, -0.0]}}\n"
    );
    let (files, printed) = answer(with_schemas(&huge));
    assert!(files.is_some(), "{printed}");
}

#[test]
fn texts_of_odd_characters() {
    refused(b"openapi: 3.1.0\ninfo: {title: \xff}\n".to_vec(), "line 2 isn't valid UTF-8");
    refused(b"\xff\xfeo\0p\0e\0n\0".to_vec(), "isn't valid UTF-8");
    refused("openapi: 3.1.0\ninfo:\n\ttitle: t\n", "E0002");
    refused(format!("{HEAD}paths: {{}}\npaths: []\n"), "appears twice");
    refused("openapi: 3.1.0\ninfo: {title: \"\u{0}\u{7}\", version: '1'}\n", "E0002");
    let json =
        "\t{\"openapi\":\t\"3.1.0\",\r\n\"info\": {\"title\": \"t\", \"version\": \"1\"}, \"paths\": {}}";
    for text in [json.to_owned(), format!("\u{feff}{json}"), format!("\u{feff}{HEAD}paths: {{}}\r\n")] {
        let (files, printed) = answer(text);
        assert!(files.is_some(), "{printed}");
    }
}

#[test]
fn circles_of_every_kind() {
    for circle in [
        "    A: {$ref: '#/components/schemas/A'}\n",
        "    A: {$ref: '#/components/schemas/B'}\n    B: {$ref: '#/components/schemas/A'}\n",
    ] {
        refused(with_schemas(circle), "E0012");
    }
    let kinds = [
        ("parameters", "parameters: [{$ref: '#/components/parameters/A'}], responses: {}"),
        ("requestBodies", "requestBody: {$ref: '#/components/requestBodies/A'}, responses: {}"),
        ("responses", "responses: {default: {$ref: '#/components/responses/A'}}"),
    ];
    let circle = |kind: &str, member: &str| {
        format!(
            "{HEAD}paths: {{/a: {{get: {{{member}}}}}}}\ncomponents: {{{kind}: {{A: {{$ref: '#/components/{kind}/B'}}, B: {{$ref: '#/components/{kind}/A'}}}}}}\n"
        )
    };
    for (kind, member) in kinds {
        refused(circle(kind, member), "E0012");
    }
    let dispensable = [
        ("headers", "responses: {default: {description: d, headers: {a: {$ref: '#/components/headers/A'}}}}"),
        (
            "examples",
            "responses: {default: {description: d, content: {a/b: {examples: {a: {$ref: '#/components/examples/A'}}}}}}",
        ),
    ];
    for (kind, member) in dispensable {
        told(circle(kind, member), "W0051");
    }
    refused(format!("{HEAD}paths: {{/a: {{$ref: '#/paths/~1b'}}, /b: {{$ref: '#/paths/~1a'}}}}\n"), "E0012");
    told(
        format!("{HEAD}components: {{securitySchemes: {{a: {{$ref: '#/components/securitySchemes/a'}}}}}}\n"),
        "W0051",
    );
    // What holds itself in some other way is a type, or any value; it is no reason to go on for ever.
    for held in [
        "{properties: {a: {$ref: '#/components/schemas/A'}}}",
        "{items: {$ref: '#/components/schemas/A'}}",
        "{additionalProperties: {$ref: '#/components/schemas/A'}}",
        "{patternProperties: {a: {$ref: '#/components/schemas/A'}}}",
        "{prefixItems: [{$ref: '#/components/schemas/A'}], items: false, minItems: 1}",
        "{propertyNames: {$ref: '#/components/schemas/A'}}",
        "{allOf: [{$ref: '#/components/schemas/A'}]}",
        "{anyOf: [{$ref: '#/components/schemas/A'}]}",
        "{oneOf: [{$ref: '#/components/schemas/A'}, {type: string}]}",
        "{oneOf: [{allOf: [{anyOf: [{$ref: '#/components/schemas/A'}]}]}]}",
        "{oneOf: [{$ref: '#/components/schemas/A'}], discriminator: {propertyName: a, mapping: {a: A}}}",
        "{$ref: '#/components/schemas/A/allOf/0', allOf: [{$ref: '#/components/schemas/A'}]}",
    ] {
        answer(with_schemas(&format!("    A: {held}\n")));
    }
}

#[test]
fn parts_that_repeat_each_other() {
    // Each merges two of the one before.
    let mut doubling = String::from(
        "    A: {properties: {a: {$ref: '#/components/schemas/S39'}}}\n    S0: {properties: {x: {type: string}}}\n",
    );
    for index in 1..40 {
        let part = format!(
            "{{allOf: [{{$ref: '#/components/schemas/S{}'}}, {{properties: {{own: {{type: string}}}}}}]}}",
            index - 1
        );
        doubling.push_str(&format!("    S{index}: {{properties: {{l: {part}, r: {part}}}}}\n"));
    }
    let text = with_schemas(&doubling);
    let mut diagnostics = Diagnostics::default();
    let document = source::load_text(text.as_bytes(), &Selection::default(), &mut diagnostics).unwrap();
    let start = ThreadTime::now();
    openapi_generator::api_of(&document, &Settings::default(), &mut diagnostics);
    assert!(
        !diagnostics.iter().any(|found| *found.code == codes::TOO_MANY_TYPES)
            && start.elapsed() < Duration::from_secs(20)
    );
    // And itself, twice.
    let own = "{allOf: [{$ref: '#/components/schemas/A'}, {type: object, properties: {own: {type: string}}, required: [own]}]}";
    let (files, printed) = answer(with_schemas(&format!(
        "    A: {{type: object, properties: {{l: {own}, r: {own}, s: {{type: array, items: {own}}}}}}}\n"
    )));
    assert!(files.is_some() && printed.is_empty(), "{printed}");
}
