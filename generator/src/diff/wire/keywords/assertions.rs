//! Which keywords forbid values, though no type and no check of the client does.

use serde_json::{Map, Value};

/// The keywords that forbid values, each with those of which one must be beside it for that.
const ASSERTIONS: [(&str, &[&str]); 15] = [
    ("contains", &[]),
    ("maxContains", &["contains"]),
    ("minContains", &["contains"]),
    ("dependencies", &[]),
    ("dependentRequired", &[]),
    ("dependentSchemas", &[]),
    ("else", &["if"]),
    ("if", &["then", "else"]),
    ("not", &[]),
    ("patternProperties", &[]),
    ("propertyNames", &[]),
    ("then", &["if"]),
    ("unevaluatedItems", &[]),
    ("unevaluatedProperties", &[]),
    ("additionalItems", &[]),
];

/// Whether values that were valid aren't by the new value of a keyword: by all that is known, for a schema that is
/// another one may allow more.
pub(super) fn forbids(
    keyword: &str,
    before: Option<&Value>,
    after: Option<&Value>,
    beside: &Map<String, Value>,
) -> bool {
    let known = ASSERTIONS.iter().find(|(name, _)| *name == keyword);
    let applies = known.is_some_and(|(_, others)| {
        others.is_empty() || others.iter().any(|other| beside.contains_key(*other))
    });
    let Some(after) = after.filter(|_| applies) else { return false };
    let number = |value: &Value| value.as_f64();
    match keyword {
        _ if is_anything(after) => false,
        // One item is asked for by default.
        "minContains" => number(after) > before.and_then(number).or(Some(1.0)),
        "maxContains" => before.is_none_or(|before| number(after) < number(before)),
        _ => true,
    }
}

/// Whether a schema allows every value.
fn is_anything(schema: &Value) -> bool {
    *schema == Value::Bool(true) || schema.as_object().is_some_and(Map::is_empty)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn tightens(keyword: &str, before: Value, after: Value, beside: Value) -> bool {
        let some = |value: Value| Some(value).filter(|value| !value.is_null());
        forbids(keyword, some(before).as_ref(), some(after).as_ref(), beside.as_object().unwrap())
    }

    #[test]
    fn only_what_forbids_more() {
        let with_contains = json!({"contains": {}});
        assert!(tightens("not", json!(null), json!({"const": 1}), json!({})));
        assert!(!tightens("not", json!({"const": 1}), json!(null), json!({})));
        assert!(!tightens("unevaluatedItems", json!(null), json!(true), json!({})));
        assert!(!tightens("then", json!(null), json!({"const": 1}), json!({})), "without `if`");
        assert!(tightens("then", json!(null), json!({"const": 1}), json!({"if": {"type": "string"}})));
        assert!(tightens("minContains", json!(null), json!(2), with_contains.clone()));
        assert!(!tightens("minContains", json!(null), json!(0), with_contains.clone()));
        assert!(!tightens("maxContains", json!(3), json!(4), with_contains.clone()));
        assert!(tightens("maxContains", json!(4), json!(3), with_contains));
        assert!(!tightens("x-unknown", json!(1), json!(2), json!({})), "nobody knows");
    }
}
