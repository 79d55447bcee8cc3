//! Converting properties of a response to those of a request, where their types differ.

use std::collections::BTreeMap;

use crate::json::decode;
use crate::json::decode::FromJson;
use crate::json::value::JsonObject;
use crate::json::writer;
use crate::json::writer::ToJson;
use crate::model::patch::Patch;

/// Converts an optional property to another type. A value that doesn't fit is kept as JSON in `rest`.
pub fn optional<T: FromJson>(value: Option<impl ToJson>, wire: &str, rest: &mut JsonObject) -> Option<T> {
    value.and_then(|value| fit(&value, wire, rest))
}

/// Converts a nullable property to another type. A value that doesn't fit is kept as JSON in `rest`.
pub fn patch<T: FromJson>(value: Patch<impl ToJson>, wire: &str, rest: &mut JsonObject) -> Patch<T> {
    match value {
        Patch::Absent => Patch::Absent,
        Patch::Null => Patch::Null,
        Patch::Value(value) => fit(&value, wire, rest).map_or(Patch::Absent, Patch::Value),
    }
}

fn fit<T: FromJson>(value: &impl ToJson, wire: &str, rest: &mut JsonObject) -> Option<T> {
    let json = writer::to_vec(value).ok()?;
    if json != b"null"
        && let Ok(fitting) = decode::from_slice(&json)
    {
        return Some(fitting);
    }
    rest.put(wire.to_owned(), decode::from_slice(&json).ok()?);
    None
}

/// Converts a nullable property to an optional one. Null and values that don't fit are kept as JSON in
/// `rest`.
pub fn optional_from_patch<T: FromJson>(
    value: Patch<impl ToJson>,
    wire: &str,
    rest: &mut JsonObject,
) -> Option<T> {
    match value {
        Patch::Absent => None,
        Patch::Null => {
            rest.insert(wire.to_owned(), serde_json::Value::Null);
            None
        }
        Patch::Value(value) => fit(&value, wire, rest),
    }
}

/// Additional properties of one type, as JSON.
pub fn additional<T: ToJson>(values: BTreeMap<String, T>) -> JsonObject {
    let mut rest = JsonObject::default();
    for (name, value) in values {
        let json = writer::to_vec(&value).ok();
        if let Some(json) = json.and_then(|json| decode::from_slice(&json).ok()) {
            rest.put(name, json);
        }
    }
    rest
}

/// The value of an optional property that the response's type doesn't declare, if the server sent one all the same. A
/// value that doesn't fit stays in `rest`.
pub fn undeclared<T: FromJson>(wire: &str, rest: &mut JsonObject) -> Option<T> {
    let value = rest.member(wire).filter(|value| !value.is_null())?;
    let fitting = decode::from_slice(&writer::to_vec(&value).ok()?).ok()?;
    rest.retain(|name, _| name != wire);
    Some(fitting)
}

/// The same for a nullable property.
pub fn undeclared_patch<T: FromJson>(wire: &str, rest: &mut JsonObject) -> Patch<T> {
    if rest.get(wire).is_some_and(serde_json::Value::is_null) {
        rest.retain(|name, _| name != wire);
        return Patch::Null;
    }
    undeclared(wire, rest).map_or(Patch::Absent, Patch::Value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rest() -> JsonObject {
        decode::from_slice(br#"{"a":1,"b":"x","c":null,"d":1.50}"#).unwrap()
    }

    #[test]
    fn what_the_server_sent_undeclared_is_taken_if_it_fits() {
        for (wire, taken, left) in [
            ("a", Some(1), r#"{"b":"x","c":null,"d":1.50}"#),
            ("b", None, r#"{"a":1,"b":"x","c":null,"d":1.50}"#),
            ("c", None, r#"{"a":1,"b":"x","c":null,"d":1.50}"#),
            ("e", None, r#"{"a":1,"b":"x","c":null,"d":1.50}"#),
        ] {
            let mut rest = rest();
            assert_eq!(undeclared::<i64>(wire, &mut rest), taken, "{wire}");
            assert_eq!(String::from_utf8(writer::to_vec(&rest).unwrap()).unwrap(), left, "{wire}");
        }
    }

    #[test]
    fn null_is_taken_where_it_is_a_value() {
        let mut rest = rest();
        assert_eq!(undeclared_patch::<i64>("c", &mut rest), Patch::Null);
        assert_eq!(undeclared_patch::<i64>("a", &mut rest), Patch::Value(1));
        assert_eq!(undeclared_patch::<i64>("b", &mut rest), Patch::Absent);
        assert_eq!(rest.keys().collect::<Vec<_>>(), ["b", "d"]);
    }
}
