//! What of a value that was read and changed has to be sent.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::json::decode::{Mode, convert};
use crate::json::decode_error::printable;
use crate::json::value::JsonObject;
use crate::json::writer::ToJson;
use crate::model::rules::{MISFIT, Violation, Violations};
use crate::model::validate::Validate;
use crate::modify::{ModifyError, Properties};

/// What doesn't fit in the value that was read: the server sent it, so it goes back.
pub(crate) fn misfits(value: &impl Validate) -> Vec<Violation> {
    let mut found = value.validate().err().map_or_else(Vec::new, |violations| violations.0);
    found.retain(|violation| violation.message == MISFIT);
    found
}

/// Checks the properties to send, apart from the `misfits`. This needs the whole `value`: without the property that determines its
/// type, a property in `body` has no type to check.
pub(crate) fn check(
    value: &impl Validate,
    body: &Map<String, Value>,
    misfits: &[Violation],
) -> Result<(), Violations> {
    let Err(mut violations) = value.validate() else { return Ok(()) };
    let is_sent = |path: &str| {
        let below = |name: &String| {
            path.strip_prefix(&*printable(name))
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        };
        body.keys().any(below)
    };
    violations.0.retain(|violation| is_sent(&violation.path) && !misfits.contains(violation));
    if violations.0.is_empty() { Ok(()) } else { Err(violations) }
}

/// A value as the JSON object that it is sent as.
pub(crate) fn object(value: &impl ToJson) -> Result<JsonObject, String> {
    convert(value, Mode::Strict).map_err(|error| error.to_string())
}

/// The properties of `after` that differ from those in `before`, and those that must be sent along with them.
pub(crate) fn difference<R, W>(
    before: &JsonObject,
    mut after: JsonObject,
    properties: &Properties,
) -> Result<JsonObject, ModifyError<R, W>> {
    if let Some(removed) = before.keys().find(|name| !after.contains_key(*name)) {
        return Err(ModifyError::NotRemovable { property: removed.clone() });
    }
    let is_same = |after: &JsonObject, name: &str| before.member(name) == after.member(name);
    let same: BTreeSet<String> = after.keys().filter(|name| is_same(&after, name)).cloned().collect();
    let is_kept = |name: &String| properties.kept.iter().any(|kept| *kept == name);
    after.retain(|name, _| !same.contains(name) || is_kept(name));
    if after.keys().all(|name| same.contains(name)) {
        return Ok(JsonObject::default());
    }
    for (name, value) in after.iter_mut() {
        let Some(old) = before.get(name) else {
            if let Some((_, needs)) = properties.replaced.iter().find(|(replaced, _)| replaced == name) {
                return Err(ModifyError::Withheld { property: name.clone(), needs: *needs });
            }
            continue;
        };
        if properties.merged.iter().any(|merged| *merged == name) {
            remove_by_null(old, value);
        }
    }
    Ok(after)
}

/// Sets members of `old` that are missing from `new` to null in `new`, at every depth (RFC 7396).
fn remove_by_null(old: &Value, new: &mut Value) {
    if let (Value::Object(old), Value::Object(new)) = (old, new) {
        for (name, old) in old {
            match new.get_mut(name) {
                Some(new) => remove_by_null(old, new),
                None => {
                    new.insert(name.clone(), Value::Null);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::json::decode::from_slice;
    use crate::json::writer::to_vec;

    const PROPERTIES: Properties =
        Properties { replaced: &[("options", Some("read:options"))], merged: &["notes"], kept: &["label"] };

    type Outcome = Result<JsonObject, ModifyError<String, String>>;

    fn sent(before: Value, after: Value) -> Outcome {
        let map = |value: Value| JsonObject::from(value.as_object().unwrap().clone());
        difference(&map(before), map(after), &PROPERTIES)
    }

    fn body(before: Value, after: Value) -> Value {
        Value::Object(sent(before, after).unwrap().into())
    }

    #[test]
    fn digits_beyond_a_float_count_and_are_sent() {
        let map = |text: &str| from_slice::<JsonObject>(text.as_bytes()).unwrap();
        let before = map(r#"{"label":"l","options":{"x":1.10,"y":12345678901234567890123}}"#);
        let sent = |after: &str| -> Outcome { difference(&before, map(after), &PROPERTIES) };
        let text = r#"{"label":"l","options":{"x":1.10,"y":12345678901234567890124}}"#;
        assert_eq!(to_vec(&sent(text).unwrap()).unwrap(), text.as_bytes());
        assert!(sent(r#"{"label":"l","options":{"x":1.1,"y":12345678901234567890123}}"#).unwrap().is_empty());
    }

    #[test]
    fn only_what_differs_is_sent_and_what_is_kept_along() {
        let before = json!({ "label": "l", "a": 1, "options": { "x": 1, "y": 2 } });
        assert_eq!(body(before.clone(), before.clone()), json!({}));
        let mut after = before.clone();
        after["a"] = json!(2);
        assert_eq!(body(before.clone(), after), json!({ "label": "l", "a": 2 }));
        let mut after = before.clone();
        after["options"]["y"] = json!(3);
        assert_eq!(body(before.clone(), after), json!({ "label": "l", "options": { "x": 1, "y": 3 } }));
        let mut after = before.clone();
        after["options"] = Value::Null;
        assert_eq!(body(before, after), json!({ "label": "l", "options": null }));
        assert_eq!(body(json!({}), json!({ "label": "l" })), json!({ "label": "l" }));
    }

    #[test]
    fn what_was_withheld_is_refused() {
        let error = sent(json!({ "a": 1 }), json!({ "a": 1, "options": { "x": 1 } })).unwrap_err();
        let text = error.to_string();
        assert!(text.contains("options") && text.contains("read:options"), "{text}");
        assert!(sent(json!({ "a": 1 }), json!({ "a": 2 })).is_ok());
    }

    #[test]
    fn members_of_what_is_merged_are_removed_by_null() {
        let before = json!({ "notes": { "a": "1", "b": { "c": 1, "d": 2 }, "e": [1] } });
        let after = json!({ "notes": { "b": { "d": 2 }, "e": [], "f": 1 } });
        let expected = json!({ "notes": { "a": null, "b": { "c": null, "d": 2 }, "e": [], "f": 1 } });
        assert_eq!(body(before, after), expected);
    }

    #[test]
    fn a_property_is_not_removed_in_silence() {
        let error = sent(json!({ "a": 1, "b": 2 }), json!({ "a": 1 })).unwrap_err();
        assert!(matches!(&error, ModifyError::NotRemovable { property } if property == "b"), "{error:?}");
    }
}
