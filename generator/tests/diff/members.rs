//! Every member of the objects of OpenAPI 3.0, 3.1 and 3.2, where a client reaches it: whatever changes in it, `diff` has
//! a row for it, or the list below says why not. The keywords of schemas are in `diff_keywords.rs`.

use std::collections::{BTreeMap, BTreeSet};

use openapi_generator::diff::WireLevel;
use openapi_generator::source;
use rayon::prelude::*;
use serde_json::Value;

/// The objects with their members, as the three versions have them.
const OBJECTS: [(&str, &str); 24] = [
    (
        "OpenAPI",
        "openapi $self info jsonSchemaDialect servers paths webhooks components security tags externalDocs",
    ),
    ("Info", "title summary description termsOfService contact license version"),
    ("Server", "url description name variables"),
    ("Server Variable", "enum default description"),
    (
        "Components",
        "schemas responses parameters examples requestBodies headers securitySchemes links callbacks pathItems mediaTypes",
    ),
    (
        "Path Item",
        "$ref summary description get put post delete options head patch trace query additionalOperations servers parameters",
    ),
    (
        "Operation",
        "tags summary description externalDocs operationId parameters requestBody responses callbacks deprecated security servers",
    ),
    (
        "Parameter",
        "name in description required deprecated allowEmptyValue example examples style explode allowReserved schema content",
    ),
    ("Request Body", "description content required"),
    ("Media Type", "schema itemSchema example examples encoding prefixEncoding itemEncoding"),
    ("Encoding", "contentType headers encoding prefixEncoding itemEncoding style explode allowReserved"),
    ("Responses", "default 200 2XX"),
    ("Response", "summary description headers content links"),
    ("Callback", "expression"),
    ("Example", "summary description value dataValue serializedValue externalValue"),
    ("Link", "operationRef operationId parameters requestBody description server"),
    ("Header", "description required deprecated example examples style explode schema content"),
    ("Tag", "name summary description externalDocs parent kind"),
    ("Reference", "$ref summary description"),
    ("Discriminator", "propertyName mapping defaultMapping"),
    ("XML", "nodeType name namespace prefix attribute wrapped"),
    (
        "Security Scheme",
        "type description name in scheme bearerFormat flows openIdConnectUrl oauth2MetadataUrl deprecated",
    ),
    ("OAuth Flows", "implicit password clientCredentials authorizationCode deviceAuthorization"),
    ("OAuth Flow", "authorizationUrl deviceAuthorizationUrl tokenUrl refreshUrl scopes"),
];

/// The members that say nothing to a client, and why. `x-` members are extensions, which say nothing by themselves.
const SILENT: [(&str, &str); 21] = [
    ("OpenAPI.openapi", "in which version the document is written, not what it says"),
    ("OpenAPI.$self", "what the document is called; references are compared by what they lead to"),
    ("OpenAPI.jsonSchemaDialect", "how schemas are read; what they say then is compared"),
    ("OpenAPI.externalDocs", "where to read more"),
    ("OpenAPI.tags", "the words of tags are compared as those of the Tag Object"),
    ("Info.termsOfService", "for lawyers, not for calls"),
    ("Info.contact", "whom to ask"),
    ("Info.license", "the licence of the document"),
    ("Operation.externalDocs", "where to read more"),
    ("Tag", "words of documentation; a group of operations is called by its tag's name in the operations"),
    ("Link.description", "words on a link, from which nothing is generated"),
    ("Header.style", "headers have one style only"),
    ("Components.examples", "examples forbid and promise nothing"),
    ("Parameter.example", "examples forbid and promise nothing"),
    ("Parameter.examples", "examples forbid and promise nothing"),
    ("Media Type.example", "examples forbid and promise nothing"),
    ("Media Type.examples", "examples forbid and promise nothing"),
    ("Header.example", "examples forbid and promise nothing"),
    ("Header.examples", "examples forbid and promise nothing"),
    ("Example", "examples forbid and promise nothing"),
    ("Reference.summary", "no object that is referred to in a client's reach has a summary but a path item"),
];

/// One change of a member.
struct Edit {
    member: String,
    /// The change, for messages.
    change: String,
    old: Value,
    new: Value,
    /// Whether words for people are all that changes.
    is_words: bool,
}

/// The table, as documents: each row puts what it has under `sides` into the frame, at `HERE`.
fn edits() -> Vec<Edit> {
    let table = source::value(include_str!("checks/members.yaml").as_bytes()).unwrap();
    let frames = &table["frames"];
    let text = |value: &Value| value.as_str().unwrap_or_else(|| panic!("{value} isn't text")).to_owned();
    let mut edits = Vec::new();
    for row in table["rows"].as_array().unwrap() {
        let member = text(&row["member"]);
        let frame = match row.get("at") {
            Some(name) => text(frames.get(text(name)).unwrap_or_else(|| panic!("{member}: no frame {name}"))),
            None => text(&row["document"]),
        };
        let version = row.get("version").map_or_else(|| "3.1.0".to_owned(), text);
        let sides: Vec<Value> = row["sides"]
            .as_array()
            .unwrap()
            .iter()
            .map(|side| {
                let document = frame.replace("HERE", &text(side));
                let value = source::value(document.as_bytes());
                let mut value = value.unwrap_or_else(|_| panic!("{member}: {document} isn't YAML"));
                let members = value.as_object_mut().unwrap();
                members.insert("openapi".to_owned(), version.clone().into());
                members.entry("info").or_insert_with(|| serde_json::json!({"title": "t", "version": "1"}));
                value
            })
            .collect();
        for (from, to) in [(0, 1), (1, 0), (1, 2), (2, 1), (0, 2), (2, 0)] {
            let (Some(old), Some(new)) = (sides.get(from), sides.get(to)) else { continue };
            edits.push(Edit {
                member: member.clone(),
                change: format!("{} -> {}", row["sides"][from], row["sides"][to]),
                old: old.clone(),
                new: new.clone(),
                is_words: row.get("words").is_some(),
            });
        }
    }
    edits
}

/// The worst level of the rows, apart from those on the words of the document.
fn told(edit: &Edit) -> Option<WireLevel> {
    let list = crate::diffs::changes(&edit.old.to_string(), &edit.new.to_string()).list;
    let counts = |name: &str| edit.is_words || name != "description-changed";
    list.iter().filter(|change| counts(change.rule.kind().name)).map(|change| change.wire()).max()
}

#[test]
fn no_member_changes_without_a_row() {
    let edits = edits();
    let silent: Vec<String> = edits
        .par_iter()
        .filter(|edit| told(edit).is_none())
        .map(|edit| format!("{}: {}", edit.member, edit.change))
        .collect();
    assert!(silent.is_empty(), "{} of {} give nothing:\n{}", silent.len(), edits.len(), silent.join("\n"));
}

#[test]
fn each_member_has_a_change_or_a_reason() {
    let changed: BTreeSet<String> = edits().into_iter().map(|edit| edit.member).collect();
    let reasons: BTreeMap<&str, &str> = SILENT.into();
    let mut idle: BTreeSet<&str> = reasons.keys().copied().collect();
    let mut missing = Vec::new();
    let mut all = BTreeSet::new();
    for (object, members) in OBJECTS {
        let is_silent = idle.remove(object);
        for member in members.split(' ') {
            let name = format!("{object}.{member}");
            let has_reason = idle.remove(name.as_str()) || is_silent;
            if has_reason == changed.contains(&name) {
                missing.push(name.clone());
            }
            all.insert(name);
        }
    }
    assert!(missing.is_empty(), "neither a change nor a reason, or both: {missing:?}");
    assert!(idle.is_empty(), "reasons for no member: {idle:?}");
    let unknown: Vec<&String> = changed.difference(&all).collect();
    assert!(unknown.is_empty(), "changes of no member: {unknown:?}");
}

/// The lists of members in `source/` have none that the vocabulary lacks.
#[test]
fn what_is_read_is_in_the_vocabulary() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/source");
    let members: BTreeSet<&str> = OBJECTS.iter().flat_map(|(_, members)| members.split(' ')).collect();
    let mut lists = 0;
    for file in
        ["security", "content", "version", "operations", "parameters", "encodings", "server_variables"]
    {
        let text = std::fs::read_to_string(folder.join(file).with_extension("rs")).unwrap();
        for list in text.split(": &[&str] =").skip(1) {
            lists += 1;
            for name in list.split(';').next().unwrap().split('"').skip(1).step_by(2) {
                assert!(members.contains(name), "{name} in {file}.rs");
            }
        }
    }
    assert!(lists > 15, "{lists}");
}
