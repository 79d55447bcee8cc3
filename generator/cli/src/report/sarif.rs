//! The report as SARIF 2.1.0: each change is a result, with the rule that explains it.

use std::collections::BTreeMap;
use std::path::Path;

use openapi_generator::diff::rules::Rule;
use serde_json::{Value, json};

use super::entry::{Entry, Level};
use super::inert::{in_json, inert};
use super::{Places, Report, Telling, is_description};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// What paths are relative to, as readers of SARIF expect it to be called.
const BASE: &str = "%SRCROOT%";

impl Report {
    /// The report as SARIF.
    pub fn sarif(&self, telling: Telling) -> String {
        let places = self.places();
        let mut rules: Vec<Value> = Vec::new();
        let mut known: BTreeMap<String, usize> = BTreeMap::new();
        let mut results = Vec::new();
        for entry in self.entries(|change| telling.descriptions || !is_description(change)) {
            if entry.level() > telling.level {
                continue;
            }
            let change = entry.first();
            let id = change.rule.id();
            let index = *known.entry(id.clone()).or_insert_with(|| {
                rules.push(described(&change.rule));
                rules.len() - 1
            });
            results.push(self.result(&entry, &id, index, &places));
        }
        log(&rules, &results, &json!({"executionSuccessful": true}))
    }

    fn result(&self, entry: &Entry<'_>, id: &str, index: usize, places: &Places<'_>) -> Value {
        let change = entry.first();
        let message = format!("{}{}: {}", change.subject.group, entry.part(), change.message());
        let (file, line, column) = places.shown(change, self);
        let place = json!({"physicalLocation": {
            "artifactLocation": artifact(&file),
            "region": {"startLine": line, "startColumn": column},
        }});
        let mut result = json!({
            "ruleId": id,
            "ruleIndex": index,
            "level": level(entry.level()),
            "message": {"text": text(&message)},
            "locations": [place],
            "partialFingerprints": {"speccrateChange/v1": entry.fingerprints.join(" ")},
            "properties": {"wire": entry.wire().word(), "rust": entry.rust().word()},
        });
        if let Some(approval) = entry.approval {
            result["suppressions"] = json!([{"kind": "external", "status": "accepted", "justification": inert(&approval.words())}]);
        }
        result
    }
}

/// A comparison that failed: a run without results that says why.
pub(crate) fn failed(problem: &str) -> String {
    let notification = json!({"level": "error", "message": {"text": text(problem)}});
    log(&[], &[], &json!({"executionSuccessful": false, "toolExecutionNotifications": [notification]}))
}

fn log(rules: &[Value], results: &[Value], invocation: &Value) -> String {
    let driver = json!({
        "name": "speccrate",
        "semanticVersion": env!("CARGO_PKG_VERSION"),
        "informationUri": env!("CARGO_PKG_REPOSITORY"),
        "rules": rules,
    });
    let run = json!({
        "tool": {"driver": driver},
        "invocations": [invocation],
        "originalUriBaseIds": {BASE: {"description": {"text": "The repository, or else the folder of the command."}}},
        "columnKind": "unicodeCodePoints",
        "results": results,
    });
    in_json(&format!("{:#}\n", json!({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})))
}

fn described(rule: &Rule) -> Value {
    let kind = rule.kind();
    json!({
        "id": rule.id(),
        "shortDescription": {"text": kind.sentence()},
        "fullDescription": {"text": kind.explanation},
        "help": {"text": rule.action()},
    })
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Breaking => "error",
        Level::Risky | Level::Major => "warning",
        Level::All => "note",
    }
}

/// A message in which no link is.
fn text(message: &str) -> String {
    inert(message).replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]")
}

/// A file.
fn artifact(path: &str) -> Value {
    if Path::new(path).is_absolute() {
        let path = path.replace('\\', "/");
        return json!({"uri": format!("file:///{}", uri(path.trim_start_matches('/')))});
    }
    json!({"uri": uri(path), "uriBaseId": BASE})
}

/// A path as a relative URI.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte));
            }
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_a_uri_and_a_message_has_no_link() {
        assert_eq!(uri("a b/ä:#?.yaml"), "a%20b/%C3%A4%3A%23%3F.yaml");
        assert_eq!(text("[x](javascript:1)\\"), "\\[x\\](javascript:1)\\\\");
    }
}
