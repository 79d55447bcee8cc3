//! Whatever `source/` knows as a member of the document is read, and whatever it reads is used by a later stage. A keyword
//! that is listed as known but means nothing would be ignored without a word.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use std::collections::BTreeSet;
use std::path::Path;

/// Members that say nothing about calls or types, so that there is nothing to report if they are left alone.
const MEANINGLESS: &[&str] = &[
    // About the document itself, and where to read more.
    "$self",
    "jsonSchemaDialect",
    "externalDocs",
    // Words for people where nobody reads Rust documentation.
    "bearerFormat",
    // Examples: types and documentation don't need them.
    "example",
    // Flows that need a browser, of which the client uses only the resulting token.
    "implicit",
    "password",
    "authorizationCode",
    "authorizationUrl",
    "deviceAuthorization",
    "deviceAuthorizationUrl",
    // Where the endpoints of a flow can be found.
    "refreshUrl",
    "openIdConnectUrl",
    // Sections whose entries are read where something refers to them.
    "callbacks",
];

/// Members that `openapiv3`'s types decode.
const DECODED: &[&str] =
    &["url", "email", "identifier", "clientCredentials", "tokenUrl", "name", "in", "scheme", "type"];

/// The fields of a document that no later stage has a use for: operations name their own tags.
const UNUSED_FIELDS: &[&str] = &["tags"];

/// The sources of the stage in `folder`, without tests.
fn sources(folder: &str) -> String {
    let mut text = String::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.extend(Some(path).filter(|path| !path.ends_with("tests")));
            } else {
                let source = std::fs::read_to_string(path).unwrap().replace("\r\n", "\n");
                text.push_str(source.split("#[cfg(test)]").next().unwrap());
            }
        }
    }
    text
}

/// The texts in the lists of names in `source`, and the rest of it.
fn lists(source: &str) -> (BTreeSet<String>, String) {
    let (mut names, mut rest) = (BTreeSet::new(), String::new());
    let mut parts = source.split(": &[&str] =");
    rest.push_str(parts.next().unwrap());
    for part in parts {
        let name = rest.rsplit([' ', '\n']).next().unwrap().to_owned();
        let (list, after) = part.split_once(';').unwrap();
        rest.push_str(after);
        // These say so themselves when they are met.
        if !["ANNOTATIONS", "NOT_CHECKED", "NOT_SUPPORTED", "SECTIONS"].contains(&name.as_str()) {
            names.extend(list.split('"').skip(1).step_by(2).map(str::to_owned));
        }
    }
    (names, rest)
}

#[test]
fn every_known_member_is_read() {
    let (names, code) = lists(&sources("source"));
    assert!(names.len() > 80 && names.contains("requestBody"), "{names:?}");
    let is_read = |name: &str| code.contains(&format!("\"{name}\"")) || DECODED.contains(&name);
    let methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];
    let unread: Vec<_> = names
        .iter()
        .map(String::as_str)
        .filter(|name| !is_read(name) && !MEANINGLESS.contains(name) && !methods.contains(name))
        .collect();
    assert!(unread.is_empty(), "known to `source`, but never read: {unread:?}");
}

#[test]
fn every_field_of_the_document_is_used() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/source");
    let read = |name: &str| std::fs::read_to_string(path.join(name)).unwrap();
    let files = [
        "document.rs",
        "document/limits.rs",
        "document/operation.rs",
        "document/schema.rs",
        "document/service.rs",
    ];
    let document = files.map(read).concat();
    let fields: BTreeSet<&str> = document
        .lines()
        .filter_map(|line| line.strip_prefix("    pub "))
        .filter_map(|line| line.split_once(": "))
        .map(|(name, _)| name)
        .filter(|name| !name.contains(['(', ' ']))
        .collect();
    assert!(fields.len() > 60 && fields.contains("all_of"), "{fields:?}");
    // What neither a type nor a check expresses is only compared.
    let plan = sources("plan") + &sources("diff");
    let is_used = |field: &str| {
        plan.match_indices(field).any(|(start, _)| {
            let is_word = |c: char| c.is_alphanumeric() || c == '_';
            let (before, after) = (&plan[..start], &plan[start + field.len()..]);
            before.ends_with('.') && !after.starts_with(is_word)
        })
    };
    let unused: Vec<_> =
        fields.into_iter().filter(|field| !is_used(field) && !UNUSED_FIELDS.contains(field)).collect();
    assert!(unused.is_empty(), "read by `source`, but used by no stage: {unused:?}");
}
