//! Listed values.

use serde_json::{Value, json};

use super::snippet::{Planned, schemas};
use crate::api::EnumBase;

fn values(plan: &Planned) -> Vec<Value> {
    plan.enumeration("A").values.iter().map(|value| value.value.clone()).collect()
}

#[test]
fn the_base_is_what_all_values_are() {
    let base = |list: &str| schemas(&format!("A: {{enum: {list}}}")).enumeration("A").base;
    assert_eq!(base("[a, b]"), EnumBase::String);
    assert_eq!(base("[1, -2]"), EnumBase::Integer);
    assert_eq!(base("[1, a]"), EnumBase::Json);
    assert_eq!(base("[1.5]"), EnumBase::Json);
}

#[test]
fn values_keep_their_order_and_stand_once() {
    let plan = schemas("A: {type: string, enum: [z, a, z, m, null]}");
    assert_eq!(values(&plan), [json!("z"), json!("a"), json!("m")]);
}

#[test]
fn values_that_differ_in_signs_alone_stay_apart() {
    let plan = schemas("A: {type: string, enum: ['<', '>', '', ' ', a-b, a_b]}");
    assert_eq!(values(&plan).len(), 6);
}

#[test]
fn booleans_and_null_alone_are_no_enum() {
    let plan = schemas("A: {type: object, properties: {b: {enum: [true]}, n: {enum: [null]}}}");
    assert_eq!(plan.property_shape("A", "b"), "Boolean");
    assert_eq!(plan.property_shape("A", "n"), "Json");
}

#[test]
fn a_constant_is_an_enum_of_one() {
    assert_eq!(values(&schemas("A: {const: only}")), [json!("only")]);
}

#[test]
fn an_extension_describes_each_value() {
    let plan = schemas("A: {enum: [a, b], x-enum-descriptions: [First., Second.]}");
    let docs: Vec<&str> =
        plan.enumeration("A").values.iter().map(|value| value.docs.summary.as_str()).collect();
    assert_eq!(docs, ["First.", "Second."]);
}
