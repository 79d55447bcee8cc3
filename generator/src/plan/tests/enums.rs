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

/// The values, the names they wish for, and their documentation.
fn annotated(schema: &str) -> (EnumBase, Vec<(Value, String, String)>) {
    let plan = schemas(&format!("A: {schema}"));
    let listed = plan.enumeration("A");
    let each = |value: &crate::api::EnumValue| {
        (value.value.clone(), value.wish.words().to_owned(), value.docs.summary.clone())
    };
    (listed.base, listed.values.iter().map(each).collect())
}

fn row(value: Value, name: &str, docs: &str) -> (Value, String, String) {
    (value, name.to_owned(), docs.to_owned())
}

#[test]
fn constants_with_titles_are_one_enum() {
    for keyword in ["oneOf", "anyOf"] {
        let (base, rows) = annotated(&format!(
            "{{type: integer, {keyword}: [{{const: 1, title: Join, description: Someone joins.}}, {{enum: [2], title: Part}}, {{const: 7}}]}}"
        ));
        assert_eq!(base, EnumBase::Integer);
        assert_eq!(
            rows,
            [
                row(json!(1), "Join", "Someone joins."),
                row(json!(2), "Part", ""),
                row(json!(7), "value 7", "")
            ]
        );
    }
    let (base, rows) = annotated("{oneOf: [{const: f, title: Fast}, {const: s, description: Thorough.}]}");
    assert_eq!(base, EnumBase::String);
    assert_eq!(rows, [row(json!("f"), "Fast", ""), row(json!("s"), "s", "Thorough.")]);
}

#[test]
fn constants_of_other_types_are_one_enum_too() {
    let (base, rows) = annotated("{oneOf: [{const: true, title: On}, {const: false, title: Off}]}");
    assert_eq!(base, EnumBase::Json);
    assert_eq!(rows, [row(json!(true), "On", ""), row(json!(false), "Off", "")]);
    let (base, rows) = annotated("{oneOf: [{const: 1}, {const: auto}, {const: 0.5, title: Half}]}");
    assert_eq!(base, EnumBase::Json);
    assert_eq!(
        rows,
        [row(json!(1), "value 1", ""), row(json!("auto"), "auto", ""), row(json!(0.5), "Half", "")]
    );
    let plan = schemas("A: {type: object, properties: {b: {oneOf: [{const: true}, {const: false}]}}}");
    assert_eq!(plan.property_shape("A", "b"), "Boolean");
}

#[test]
fn alternatives_behind_references_and_other_alternatives_are_joined() {
    let plan = schemas(
        "
Join: {const: 1, description: Someone joins.}
Part: {type: integer, enum: [2, 3]}
A: {oneOf: [{$ref: '#/components/schemas/Join'}, {anyOf: [{$ref: '#/components/schemas/Part'}, {const: 9}]}, {type: integer}]}
",
    );
    let listed = plan.enumeration("A");
    assert_eq!(values(&plan), [json!(1), json!(2), json!(3), json!(9)]);
    assert_eq!((listed.values[0].wish.words(), &*listed.values[0].docs.summary), ("Join", "Someone joins."));
}

#[test]
fn a_value_that_one_alternative_lists_beside_objects_is_joined_with_others() {
    let plan = schemas(
        "A: {oneOf: [{const: a}, {const: b}, {const: 1}, {const: 2}, {type: object, properties: {x: {const: c}}}]}",
    );
    assert_eq!(plan.union("A").variants.len(), 3);
    assert_eq!(plan.enumeration("/components/schemas/A/oneOf/0").values.len(), 2);
    assert_eq!(plan.enumeration("/components/schemas/A/oneOf/2").base, EnumBase::Integer);
}

#[test]
fn extensions_name_values_by_order_or_by_value() {
    let rows = |more: &str| annotated(&format!("{{enum: [0, null, 1], {more}}}")).1;
    let named = [row(json!(0), "Done", ""), row(json!(1), "Open", "")];
    for extension in ["x-enum-varnames", "x-enum-names", "x-enumNames"] {
        assert_eq!(rows(&format!("{extension}: [Done, Open]")), named);
        assert_eq!(rows(&format!("{extension}: [Done, Nothing, Open]")), named);
        assert_eq!(rows(&format!("{extension}: {{'0': Done, '1': Open}}")), named);
    }
    let partly = rows("x-enum-varnames: {'1': Open}, x-enumDescriptions: {'0': Over.}");
    assert_eq!(partly, [row(json!(0), "value 0", "Over."), row(json!(1), "Open", "")]);
    let (_, rows) = annotated("{x-enum-varnames: [Yes, No], oneOf: [{const: 1}, {const: 0, title: Never}]}");
    assert_eq!(rows, [row(json!(1), "Yes", ""), row(json!(0), "No", "")]);
}

#[test]
fn extensions_that_do_not_fit_are_told() {
    for extension in [
        "x-enum-varnames: [One]",
        "x-enum-descriptions: [One., 2]",
        "x-enumNames: {c: One}",
        "x-enum-names: One",
    ] {
        let plan = schemas(&format!("A: {{enum: [a, b], {extension}}}"));
        assert_eq!(plan.codes, ["W0135"], "{extension}");
        assert_eq!(plan.enumeration("A").values[0].wish.words(), "a");
    }
}

#[test]
fn values_have_the_type_beside_them() {
    for (schema, base, expected) in [
        ("{type: integer, enum: ['1', '2']}", EnumBase::Integer, json!([1, 2])),
        ("{type: string, enum: [1, 2.5, true]}", EnumBase::String, json!(["1", "2.5", "true"])),
        ("{type: string, const: 3}", EnumBase::String, json!(["3"])),
        ("{type: integer, enum: [low, 1]}", EnumBase::Integer, json!([1])),
        ("{type: [number, 'null'], enum: ['0.5', null]}", EnumBase::Json, json!([0.5])),
    ] {
        let plan = schemas(&format!("A: {schema}"));
        assert_eq!((plan.enumeration("A").base, json!(values(&plan))), (base, expected), "{schema}");
        assert_eq!(plan.codes, ["W0026"], "{schema}");
    }
}

#[test]
fn values_of_the_type_beside_them_are_as_they_are() {
    for (schema, expected) in [
        ("{type: integer, enum: [1.0, 2]}", json!([1, 2])),
        ("{type: [string, integer], enum: ['1', 2]}", json!(["1", 2])),
        ("{type: number, enum: [1, 2.5]}", json!([1, 2.5])),
        ("{type: string, enum: ['1', null]}", json!(["1"])),
    ] {
        let plan = schemas(&format!("A: {schema}"));
        assert_eq!(json!(values(&plan)), expected, "{schema}");
        assert!(plan.codes.is_empty(), "{schema}: {:?}", plan.codes);
    }
}

#[test]
fn a_type_that_admits_no_listed_value_stands() {
    let plan = schemas(
        "A: {type: object, properties: {a: {type: array, items: {type: string}, enum: [x, y]}, b: {type: boolean, enum: ['yes', 'no']},          c: {type: integer, enum: [low]}}}",
    );
    assert_eq!(plan.property_shape("A", "a"), "[String]");
    assert_eq!(plan.property_shape("A", "b"), "Boolean");
    assert_eq!(plan.property_shape("A", "c"), "Int64");
    assert_eq!(plan.codes, ["W0026", "W0026", "W0026"]);
}
