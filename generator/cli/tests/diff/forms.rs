//! Whether a report for another program is in that program's form: SARIF 2.1.0 as its standard asks, and JUnit's XML.

use std::collections::BTreeSet;

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use serde_json::{Value, json};

use crate::OLD;
use crate::elsewhere::changed;
use crate::folder::{Folder, text};

/// What of a log isn't as SARIF 2.1.0 asks, or as code scanning needs it.
pub fn faults_of_sarif(log: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    let mut must = |holds: bool, what: &str| {
        if !holds {
            faults.push(what.to_owned());
        }
    };
    let is_text = |value: &Value| value.as_str().is_some_and(|text| !text.is_empty());
    let only = |value: &Value, known: &[&str]| {
        value.as_object().is_some_and(|members| members.keys().all(|name| known.contains(&name.as_str())))
    };
    must(only(log, &["$schema", "version", "runs"]), "a log has no other members");
    must(log["version"] == "2.1.0", "the version");
    must(log["$schema"].as_str().is_some_and(|uri| uri.ends_with("/sarif-schema-2.1.0.json")), "the schema");
    let runs = log["runs"].as_array().map_or(&[][..], Vec::as_slice);
    must(runs.len() == 1, "one run");
    for run in runs {
        let members = ["tool", "invocations", "originalUriBaseIds", "columnKind", "results"];
        must(only(run, &members), "a run has no other members");
        must(
            ["unicodeCodePoints", "utf16CodeUnits"].iter().any(|kind| run["columnKind"] == *kind),
            "columns",
        );
        let driver = &run["tool"]["driver"];
        must(is_text(&driver["name"]), "the tool's name");
        let version = driver["semanticVersion"].as_str().unwrap_or_default();
        must(semver(version), "the tool's version");
        must(
            driver["informationUri"].as_str().is_some_and(|uri| uri.starts_with("https://")),
            "where it is from",
        );
        let rules = driver["rules"].as_array().map_or(&[][..], Vec::as_slice);
        must(driver["rules"].is_array() && run["results"].is_array(), "lists of rules and results");
        let ids: BTreeSet<&str> = rules.iter().filter_map(|rule| rule["id"].as_str()).collect();
        must(ids.len() == rules.len(), "each rule has an id of its own");
        for rule in rules {
            must(only(rule, &["id", "shortDescription", "fullDescription", "help"]), "a rule's members");
            for text in ["shortDescription", "fullDescription", "help"] {
                must(is_text(&rule[text]["text"]), text);
            }
        }
        for invocation in run["invocations"].as_array().into_iter().flatten() {
            must(invocation["executionSuccessful"].is_boolean(), "whether it succeeded");
            for notification in invocation["toolExecutionNotifications"].as_array().into_iter().flatten() {
                must(is_text(&notification["message"]["text"]), "a notification's text");
                must(notification["level"] == "error", "a notification's level");
            }
        }
        let mut seen = BTreeSet::new();
        for result in run["results"].as_array().into_iter().flatten() {
            let index = result["ruleIndex"].as_u64().and_then(|index| usize::try_from(index).ok());
            let rule = index.and_then(|index| rules.get(index));
            must(rule.is_some_and(|rule| is_text(&rule["id"]) && rule["id"] == result["ruleId"]), "the rule");
            must(
                ["error", "warning", "note", "none"].iter().any(|level| result["level"] == *level),
                "the level",
            );
            must(is_text(&result["message"]["text"]), "the message");
            let places = result["locations"].as_array().map_or(&[][..], Vec::as_slice);
            must(places.len() == 1, "one location");
            for place in places {
                let place = &place["physicalLocation"];
                let artifact = &place["artifactLocation"];
                must(artifact["uri"].as_str().is_some_and(is_uri), "the file is a URI");
                let base = artifact["uriBaseId"].as_str();
                let is_absolute = artifact["uri"].as_str().is_some_and(|uri| uri.starts_with("file:///"));
                must(base.is_none() == is_absolute, "a relative URI has a base, an absolute one none");
                must(
                    base.is_none_or(|base| run["originalUriBaseIds"][base].is_object()),
                    "the base is known",
                );
                for member in ["startLine", "startColumn"] {
                    must(place["region"][member].as_u64().is_some_and(|number| number > 0), member);
                }
            }
            let prints = result["partialFingerprints"].as_object();
            must(
                prints.is_some_and(|prints| !prints.is_empty() && prints.values().all(is_text)),
                "fingerprints",
            );
            must(
                seen.insert(result["partialFingerprints"].to_string()),
                "each result has its own fingerprint",
            );
            for suppression in result["suppressions"].as_array().into_iter().flatten() {
                must(
                    suppression["kind"] == "external" && suppression["status"] == "accepted",
                    "suppressions",
                );
            }
        }
    }
    faults
}

fn semver(text: &str) -> bool {
    text.split('.').count() >= 3 && text.starts_with(|c: char| c.is_ascii_digit())
}

/// Whether the text has only signs that a URI has.
fn is_uri(text: &str) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || "-._~/%:".contains(c);
    let hex = |part: &str| part.get(..2).is_some_and(|hex| hex.chars().all(|c| c.is_ascii_hexdigit()));
    !text.is_empty() && text.chars().all(allowed) && text.split('%').skip(1).all(hex)
}

/// What of a test report isn't XML, or isn't as readers of JUnit's reports ask.
pub fn faults_of_junit(report: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let is_allowed = |c: char| matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    if let Some(sign) = report.chars().find(|c| !is_allowed(*c)) {
        faults.push(format!("{sign:?} isn't allowed in XML"));
    }
    let mut reader = Reader::from_str(report);
    reader.config_mut().expand_empty_elements = true;
    let (mut open, mut counts): (Vec<String>, [usize; 4]) = (Vec::new(), [0; 4]);
    let mut asserted = Vec::new();
    loop {
        match reader.read_event() {
            Err(error) => {
                faults.push(error.to_string());
                break;
            }
            Ok(Event::Start(tag)) => {
                let name = tag.name().as_ref().to_owned();
                let parent = open.last().map_or("", String::as_str);
                let (parents, needed): (&[&str], &[&str]) = match name.as_str() {
                    "testsuites" => (&[""], &["tests", "failures", "skipped", "errors"]),
                    "testsuite" => (&["testsuites"], &["name", "tests", "failures", "skipped", "errors"]),
                    "testcase" => (&["testsuite"], &["classname", "name"]),
                    "failure" => (&["testcase"], &["type", "message"]),
                    "error" | "skipped" => (&["testcase"], &["message"]),
                    _ => (&[], &[]),
                };
                if !parents.contains(&parent) {
                    faults.push(format!("{name} is in {parent:?}"));
                }
                let attributes = attributes(&tag, &mut faults);
                for needed in needed {
                    match attributes.iter().find(|(name, _)| name == needed) {
                        Some((_, value)) if !value.is_empty() => {}
                        _ => faults.push(format!("{name} has no {needed}")),
                    }
                }
                let line = attributes.iter().find(|(name, _)| name == "line");
                if line.is_some_and(|(_, line)| line.parse::<usize>().unwrap_or(0) == 0) {
                    faults.push("a line isn't a number".to_owned());
                }
                match name.as_str() {
                    "testsuites" | "testsuite" => asserted.push(attributes),
                    _ => {
                        let kinds = ["testcase", "failure", "skipped", "error"];
                        let at = kinds.iter().position(|kind| *kind == name);
                        at.into_iter().for_each(|at| counts[at] += 1);
                    }
                }
                open.push(name);
            }
            Ok(Event::End(_)) => drop(open.pop()),
            Ok(Event::Eof) => break,
            Ok(Event::GeneralRef(reference)) => {
                if !["amp", "lt", "gt", "quot", "#39"].contains(&reference.as_ref()) {
                    faults.push(format!("the reference {reference:?}"));
                }
            }
            Ok(Event::Text(_) | Event::Decl(_)) => {}
            Ok(other) => faults.push(format!("{other:?} is unusual")),
        }
    }
    for attributes in &asserted {
        for (name, count) in ["tests", "failures", "skipped", "errors"].iter().zip(counts) {
            if !attributes.iter().any(|(known, value)| known == name && *value == count.to_string()) {
                faults.push(format!("{name} isn't {count}"));
            }
        }
    }
    if asserted.len() != 2 || !open.is_empty() {
        faults.push("one suite of suites".to_owned());
    }
    faults
}

fn attributes(tag: &BytesStart<'_>, faults: &mut Vec<String>) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for attribute in tag.attributes() {
        let attribute = match attribute {
            Ok(attribute) => attribute,
            Err(error) => {
                faults.push(error.to_string());
                continue;
            }
        };
        let name = attribute.key.as_ref().to_owned();
        if attribute.value.contains('<') {
            faults.push(format!("{name} has markup"));
        }
        match attribute.normalized_value(XmlVersion::Explicit1_0) {
            Ok(value) => found.push((name, value.into_owned())),
            Err(error) => faults.push(error.to_string()),
        }
    }
    found
}

/// A line of Markdown without its code spans.
pub fn without_code_spans(line: &str) -> String {
    let (mut out, mut rest) = (String::new(), line);
    while let Some(start) = rest.find('`') {
        if rest[..start].ends_with('\\') {
            out.push_str(&rest[..=start]);
            rest = &rest[start + 1..];
            continue;
        }
        let length = rest[start..].chars().take_while(|c| *c == '`').count();
        let inside = &rest[start + length..];
        let ends = inside.match_indices('`').map(|(at, _)| at).filter(|at| !inside[..*at].ends_with('`'));
        let run = |at: &usize| inside[*at..].chars().take_while(|c| *c == '`').count();
        let Some(end) = ends.into_iter().find(|at| run(at) == length) else { break };
        out.push_str(&rest[..start]);
        rest = &inside[end + length..];
    }
    out + rest
}

/// The reports in a format: of changes, one of them approved, of no change, and of a document that doesn't load.
fn reports(format: &str) -> Vec<String> {
    let folder = changed();
    let told = |folder: &Folder| text(&folder.diff(&["--format", format]));
    let mut reports = vec![told(&folder)];
    folder.write(
        "diff-approvals.yaml",
        "approvals: [{rule: request-required-parameter-added, pointer: /paths/~1things/get/parameters/0, reason: r, who: w}]\n",
    );
    reports.push(told(&folder));
    folder.write("api.yaml", "openapi: 3.1.0\ninfo: [\n");
    reports.push(told(&folder));
    reports.push(told(&Folder::committed(OLD)));
    reports
}

#[test]
fn sarif_keeps_the_standard() {
    for report in reports("sarif") {
        let log: Value = serde_json::from_str(&report).unwrap();
        assert_eq!(faults_of_sarif(&log), Vec::<String>::new(), "{report}");
    }
}

#[test]
fn sarif_without_a_member_does_not() {
    let log: Value = serde_json::from_str(&reports("sarif")[1]).unwrap();
    for pointer in [
        "/version",
        "/$schema",
        "/runs",
        "/runs/0/tool",
        "/runs/0/tool/driver/name",
        "/runs/0/tool/driver/rules/0/id",
        "/runs/0/tool/driver/rules/0/help/text",
        "/runs/0/originalUriBaseIds",
        "/runs/0/invocations/0/executionSuccessful",
        "/runs/0/results/0/ruleId",
        "/runs/0/results/0/ruleIndex",
        "/runs/0/results/0/level",
        "/runs/0/results/0/message/text",
        "/runs/0/results/0/locations",
        "/runs/0/results/0/locations/0/physicalLocation/artifactLocation/uri",
        "/runs/0/results/0/locations/0/physicalLocation/artifactLocation/uriBaseId",
        "/runs/0/results/0/locations/0/physicalLocation/region/startLine",
        "/runs/0/results/0/partialFingerprints",
    ] {
        for wrong in [Value::Null, json!(0), json!([]), json!({})] {
            let mut log = log.clone();
            *log.pointer_mut(pointer).unwrap() = wrong.clone();
            // The first rule has the index 0.
            let is_right = wrong == 0 && pointer.ends_with("ruleIndex");
            assert!(is_right || !faults_of_sarif(&log).is_empty(), "{pointer}: {wrong}");
        }
    }
}

#[test]
fn test_reports_are_in_junits_form() {
    for report in reports("junit") {
        assert_eq!(faults_of_junit(&report), Vec::<String>::new(), "{report}");
    }
    let report = &reports("junit")[0];
    for (was, wrong) in [
        ("tests=\"2\"", "tests=\"3\""),
        ("</testcase>", ""),
        (" type=", " kind="),
        ("<failure", "<fault"),
        ("message=\"", "message=\"<"),
        ("property", "\u{1b}"),
        ("line=\"", "line=\"x"),
    ] {
        let broken = report.replacen(was, wrong, 1);
        assert!(broken != *report && !faults_of_junit(&broken).is_empty(), "{was}: {wrong}");
    }
}
