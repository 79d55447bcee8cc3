//! Changes in places where little is said usually: in part headers, callbacks, webhooks, `$defs`, behind chains of references,
//! in the members of OpenAPI 3.2. Each is seen, and has the level that is right there.

use openapi_generator::diff::Change;
use openapi_generator::source;
use rayon::prelude::*;
use serde_json::Value;

/// The document with other values at these pointers; null removes what is there.
fn edited(document: &Value, set: &Value) -> Value {
    let mut document = document.clone();
    for (pointer, value) in set.as_object().unwrap() {
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        let name = name.replace("~1", "/").replace("~0", "~");
        match document.pointer_mut(parent).unwrap_or_else(|| panic!("nothing is at {parent}")) {
            Value::Object(members) if value.is_null() => drop(members.remove(&name).unwrap()),
            Value::Object(members) => drop(members.insert(name, value.clone())),
            Value::Array(items) => items[name.parse::<usize>().unwrap()] = value.clone(),
            other => panic!("{parent} is {other}"),
        }
    }
    document
}

/// What is told, without what changes words alone.
fn told(old: &Value, new: &Value) -> Vec<Change> {
    let changes = crate::diffs::changes(&old.to_string(), &new.to_string());
    changes.list.into_iter().filter(|change| change.rule.kind().name != "description-changed").collect()
}

/// What is wrong with what is told of the edit.
fn fault(document: &Value, edit: &Value) -> Option<String> {
    let changes = told(document, &edited(document, &edit["set"]));
    let worst = changes.iter().map(Change::wire).max().map_or("none", |level| level.word());
    let each = changes
        .iter()
        .map(|change| format!("\n    {} {}: {}", change.wire().word(), change.rule.id(), change.message()));
    let list: String = each.collect();
    if edit["wire"] != worst {
        return Some(format!("{}: {} is right, not {worst}{list}", edit["what"], edit["wire"]));
    }
    let only = edit.get("only").and_then(Value::as_str)?;
    let others = changes.iter().any(|change| !change.message().contains(only));
    others.then(|| format!("{}: there is more than {only}{list}", edit["what"]))
}

#[test]
fn each_edit_is_seen_and_judged() {
    let table = source::value(include_str!("checks/places.yaml").as_bytes()).unwrap();
    let edits = table["edits"].as_array().unwrap();
    assert!(edits.len() > 70, "{}", edits.len());
    let faults: Vec<String> = edits.par_iter().filter_map(|edit| fault(&table["document"], edit)).collect();
    assert!(faults.is_empty(), "{} of {}:\n{}", faults.len(), edits.len(), faults.join("\n"));
}
