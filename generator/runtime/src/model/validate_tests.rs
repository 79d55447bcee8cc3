//! Rules on values without a type of their own.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use serde_json::{Value, json};

use crate::json::value::Json;
use crate::model::rules::{Checker, Limit, Rule};
use crate::model::validate::Validate;

const RULES: &[Rule] = &[
    Rule::MaxLength(2),
    Rule::Minimum(Limit::Integer(5)),
    Rule::MinItems(1),
    Rule::MaxProperties(1),
    Rule::RequiredNames(&["a"]),
];

fn violations(value: Value, rules: &[Rule]) -> Vec<String> {
    let mut checker = Checker::default();
    Json::from(value).check(rules, &mut checker);
    let found = checker.finish().err().map(|violations| violations.0).unwrap_or_default();
    found.into_iter().map(|violation| format!("{}: {}", violation.path, violation.message)).collect()
}

#[test]
fn each_rule_applies_to_values_of_its_kind() {
    assert_eq!(violations(json!("abc"), RULES), [": at most 2 characters, has 3"]);
    assert_eq!(violations(json!(4), RULES), [": at least 5"]);
    assert_eq!(violations(json!([]), RULES), [": at least 1 item, has 0"]);
    assert_eq!(
        violations(json!({"b": "x", "c": 1}), RULES),
        [": at most 1 entry, has 2", "a: must be present"]
    );
    for fits in [json!(null), json!(true), json!("ab"), json!(5), json!(["a", 1]), json!({"a": 1})] {
        assert_eq!(violations(fits, RULES), <[String; 0]>::default());
    }
}

#[test]
fn listed_values_are_the_only_ones() {
    let rules = &[Rule::ListedValues(&["null", "true", "\"a\""])];
    for fits in [json!(null), json!(true), json!("a")] {
        assert_eq!(violations(fits, rules), <[String; 0]>::default());
    }
    for other in [json!(false), json!("b"), json!([]), json!({}), json!(0)] {
        assert_eq!(violations(other, rules), [": must be null or true or \"a\""]);
    }
    assert_eq!(violations(json!(null), &[Rule::ListedValues(&[])]), [": no value is allowed"]);
}
