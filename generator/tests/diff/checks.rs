//! The kinds of changes that oasdiff checks, each as a pair of small documents in our own words: the diff says of each
//! what is right for a client, and where that differs from what oasdiff says, docs/diff.md has the reason.

use std::collections::BTreeSet;

use openapi_generator::diff::Change;
use openapi_generator::source;
use rayon::prelude::*;
use serde_json::{Map, Value, json};

/// A pair of documents, and what is to be said of it.
struct Check {
    name: String,
    old: Value,
    new: Value,
    /// The worst level, or `none` if there must be no change.
    ours: String,
    oasdiff: String,
    /// Why the two differ.
    why: Option<String>,
    /// What the worst change must name, one of these.
    named: Vec<String>,
}

/// Where a value can be, and what a change of it is told of.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    RequestBody,
    RequestProperty,
    RequestParameter,
    ResponseBody,
    ResponseProperty,
    ResponseHeader,
}

use Place::{RequestBody, RequestParameter, RequestProperty, ResponseBody, ResponseHeader, ResponseProperty};

const PLACES: [Place; 6] =
    [RequestBody, RequestProperty, RequestParameter, ResponseBody, ResponseProperty, ResponseHeader];

impl Place {
    fn word(self) -> &'static str {
        match self {
            RequestBody => "request-body",
            RequestProperty => "request-property",
            RequestParameter => "request-parameter",
            ResponseBody => "response-body",
            ResponseProperty => "response-property",
            ResponseHeader => "response-header",
        }
    }

    fn is_request(self) -> bool {
        matches!(self, RequestBody | RequestProperty | RequestParameter)
    }

    /// Which of the two values of a list in the tables is about it.
    fn side(self) -> usize {
        usize::from(!self.is_request())
    }

    fn operation(self, schema: &Value) -> Value {
        let content = |schema: Value| json!({"application/json": {"schema": schema}});
        let property = || json!({"type": "object", "properties": {"p": schema}});
        let done = json!({"204": {"description": "d"}});
        match self {
            RequestBody | RequestProperty => {
                let schema = if self == RequestBody { schema.clone() } else { property() };
                json!({"requestBody": {"required": true, "content": content(schema)}, "responses": done})
            }
            ResponseBody | ResponseProperty => {
                let schema = if self == ResponseBody { schema.clone() } else { property() };
                json!({"responses": {"200": {"description": "d", "content": content(schema)}}})
            }
            RequestParameter => {
                json!({"parameters": [{"name": "q", "in": "query", "schema": schema}], "responses": done})
            }
            ResponseHeader => {
                json!({"responses": {"204": {"description": "d", "headers": {"X-H": {"schema": schema}}}}})
            }
        }
    }

    /// The part, or the type that is called after it.
    fn names(self) -> &'static [&'static str] {
        match self {
            RequestBody => &["Body", "MakeABody"],
            RequestProperty => &["Property(\"p\")", "MakeABodyP"],
            RequestParameter => &["Parameter(Query, \"q\")", "MakeAQ"],
            ResponseBody => &["Response(", "MakeAResponse"],
            ResponseProperty => &["Property(\"p\")", "MakeAResponseP"],
            ResponseHeader => &["Header(\"X-H\")", "MakeAResponseXH"],
        }
    }
}

fn table(text: &str) -> Vec<Map<String, Value>> {
    let value = source::value(text.as_bytes()).unwrap();
    value.as_array().unwrap().iter().map(|row| row.as_object().unwrap().clone()).collect()
}

fn text(row: &Map<String, Value>, name: &str) -> Option<String> {
    row.get(name).map(|value| value.as_str().unwrap_or_else(|| panic!("{name} in {row:?}")).to_owned())
}

fn document(operation: Value) -> Value {
    let mut operation = operation;
    let members = operation.as_object_mut().unwrap();
    members.entry("operationId").or_insert_with(|| json!("makeA"));
    members.retain(|_, value| !value.is_null());
    json!({"paths": {"/a": {"post": operation}}})
}

/// A limit that is set, unset, tightened and loosened.
fn limits() -> Vec<Check> {
    let mut checks = Vec::new();
    for row in table(include_str!("checks/limits.yaml")) {
        let (name, keyword) = (text(&row, "name").unwrap(), text(&row, "keyword").unwrap());
        let is_unchecked = row.contains_key("unchecked");
        let with = |limit: Option<&Value>| {
            let mut schema = row["schema"].as_object().unwrap().clone();
            schema.extend(limit.map(|limit| (keyword.clone(), limit.clone())));
            Value::from(schema)
        };
        let (tight, loose) = (Some(&row["tight"]), row.get("loose"));
        let both = [("decreased or increased", loose, tight, true), ("back", tight, loose, false)];
        let set = [("set", None, tight, true), ("unset", tight, None, false)];
        for (change, from, to, is_tighter) in
            set.into_iter().chain(both.into_iter().filter(|_| loose.is_some()))
        {
            for place in PLACES {
                let (oasdiff, ours, why) = match (place.is_request(), is_tighter, is_unchecked) {
                    (true, true, _) => ("error", "breaking", None),
                    (true, false, false) | (false, true, false) => ("info", "compatible", None),
                    (true, false, true) | (false, true, true) => ("info", "risky", Some("keywords")),
                    (false, false, _) => ("error", "risky", Some("limits")),
                };
                checks.push(Check {
                    name: format!("{}-{name} {change}", place.word()),
                    old: document(place.operation(&with(from))),
                    new: document(place.operation(&with(to))),
                    ours: ours.to_owned(),
                    oasdiff: oasdiff.to_owned(),
                    why: why.map(str::to_owned),
                    named: place.names().iter().map(|name| (*name).to_owned()).collect(),
                });
            }
        }
    }
    checks
}

/// Any other change of a value.
fn values() -> Vec<Check> {
    let mut checks = Vec::new();
    for row in table(include_str!("checks/values.yaml")) {
        for place in PLACES {
            let own = match place {
                RequestParameter | ResponseHeader => row.get("text"),
                RequestProperty | ResponseProperty => row.get("property"),
                _ => None,
            };
            let ours = &own.unwrap_or(&row["ours"])[place.side()];
            checks.push(Check {
                name: format!("{}-{}", place.word(), text(&row, "check").unwrap()),
                old: document(place.operation(&row["old"])),
                new: document(place.operation(&row["new"])),
                ours: ours.as_str().unwrap().to_owned(),
                oasdiff: text(&row, if place.is_request() { "request" } else { "response" }).unwrap(),
                why: text(&row, "why"),
                named: Vec::new(),
            });
        }
    }
    checks
}

fn operations() -> Vec<Check> {
    let sides = |row: &Map<String, Value>| {
        if let Some(both) = row.get("document") {
            return [both["old"].clone(), both["new"].clone()];
        }
        ["old", "new"].map(|side| {
            let mut operation = json!({"responses": {"204": {"description": "d"}}});
            operation.as_object_mut().unwrap().extend(row[side].as_object().unwrap().clone());
            let mut document = document(operation);
            if let Some(version) = row.get("version") {
                document["openapi"] = version.clone();
            }
            let scopes = json!({"r": "read", "w": "write"});
            let flow = json!({"tokenUrl": "https://a.example/token", "scopes": scopes});
            document["components"] = json!({"securitySchemes": {
                "one": {"type": "http", "scheme": "bearer"},
                "two": {"type": "http", "scheme": "basic"},
                "oauth": {"type": "oauth2", "flows": {"clientCredentials": flow}},
            }});
            if let Some(schemes) = row.get("schemes").and_then(Value::as_object).filter(|_| side == "new") {
                let all = document["components"]["securitySchemes"].as_object_mut().unwrap();
                all.extend(schemes.clone());
            }
            document
        })
    };
    let check = |row: Map<String, Value>| {
        let [old, new] = sides(&row);
        Check {
            name: text(&row, "check").unwrap(),
            old,
            new,
            ours: text(&row, "ours").unwrap(),
            oasdiff: text(&row, "says").unwrap(),
            why: text(&row, "why"),
            named: text(&row, "named").into_iter().collect(),
        }
    };
    table(include_str!("checks/operations.yaml")).into_iter().map(check).collect()
}

/// The schemas that the tables refer to.
fn schemas() -> Value {
    let object = |required: &[&str], names: &[&str]| {
        let properties: Map<String, Value> =
            names.iter().map(|name| ((*name).to_owned(), json!({"type": "string"}))).collect();
        json!({"type": "object", "required": required, "properties": properties})
    };
    json!({
        "A": object(&[], &["a"]),
        "B": object(&[], &["b"]),
        "Strict": object(&["c"], &["c"]),
        "Cat": object(&["kind", "sort"], &["kind", "sort", "a"]),
        "Dog": object(&["kind", "sort"], &["kind", "sort", "b"]),
    })
}

fn changes(check: &Check) -> Vec<Change> {
    let [old, new] = [&check.old, &check.new].map(|document| {
        let mut document = document.clone();
        let members = document.as_object_mut().unwrap();
        members.entry("openapi").or_insert_with(|| json!("3.1.0"));
        members.insert("info".to_owned(), json!({"title": "t", "version": "1"}));
        let components = members.entry("components").or_insert_with(|| json!({}));
        components["schemas"] = schemas();
        document.to_string()
    });
    crate::diffs::changes(&old, &new)
        .list
        .into_iter()
        .filter(|change| change.rule.kind().name != "description-changed")
        .collect()
}

/// What is wrong with what the diff says.
fn fault(check: &Check) -> Option<String> {
    let changes = changes(check);
    let worst = changes.iter().map(Change::wire).max();
    let level = worst.map_or("none", |level| level.word());
    let told = || {
        let each = changes.iter().map(|change| {
            format!(
                "\n    {} {}: {} ({:?})",
                change.wire().word(),
                change.rule.id(),
                change.message(),
                change.subject
            )
        });
        each.collect::<String>()
    };
    if level != check.ours {
        return Some(format!("{}: {} is right, not {level}{}", check.name, check.ours, told()));
    }
    let is_named = |change: &Change| {
        let text = format!("{:?} {}", change.subject, change.message());
        check.named.is_empty() || check.named.iter().any(|name| text.contains(name.as_str()))
    };
    let mut of_the_worst = changes.iter().filter(|change| Some(change.wire()) == worst);
    if worst.is_some() && !of_the_worst.any(is_named) {
        return Some(format!("{}: none of {:?} is named{}", check.name, check.named, told()));
    }
    None
}

fn faults(checks: &[Check]) -> Vec<String> {
    checks.par_iter().filter_map(fault).collect()
}

#[test]
fn limits_are_judged_in_each_place() {
    let checks = limits();
    assert!(checks.len() > 400, "{}", checks.len());
    let faults = faults(&checks);
    assert!(faults.is_empty(), "{} of {}:\n{}", faults.len(), checks.len(), faults.join("\n"));
}

#[test]
fn values_are_judged_in_each_place() {
    let faults = faults(&values());
    assert!(faults.is_empty(), "{}:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn operations_are_judged() {
    let faults = faults(&operations());
    assert!(faults.is_empty(), "{}:\n{}", faults.len(), faults.join("\n"));
}

/// Where the diff says something else than oasdiff, the documentation says why.
#[test]
fn other_verdicts_have_a_reason() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/diff.md");
    if !path.exists() {
        // A packaged generator has no documentation beside it.
        eprintln!("skipped: no ../docs/diff.md");
        return;
    }
    let docs = std::fs::read_to_string(path).unwrap();
    let reasons = docs.split("### Other verdicts").nth(1).unwrap().split("\n## ").next().unwrap();
    let reasons: BTreeSet<&str> =
        reasons.lines().filter_map(|line| line.strip_prefix("| ")?.split(" |").next()).skip(2).collect();
    let mut used = BTreeSet::new();
    for check in limits().into_iter().chain(values()).chain(operations()) {
        let same = match check.oasdiff.as_str() {
            "error" => "breaking",
            "warning" => "risky",
            "info" => "compatible",
            other => panic!("{}: {other}", check.name),
        };
        let differs = check.ours != same && (check.ours, same) != ("none".to_owned(), "compatible");
        match check.why {
            None => assert!(!differs, "{} has no reason", check.name),
            Some(why) => {
                assert!(reasons.contains(why.as_str()), "{}: docs/diff.md has no row {why:?}", check.name);
                used.insert(why);
            }
        }
    }
    let idle: Vec<&&str> = reasons.iter().filter(|reason| !used.contains(**reason)).collect();
    assert!(idle.is_empty(), "docs/diff.md has rows for nothing: {idle:?}");
}
