//! Types by keyword: scalars, formats, lists, tuples, references and what is nested too deep.

use super::snippet::schemas;
use crate::api::Rule;

fn shape(schema: &str) -> String {
    let plan = schemas(&format!("A: {schema}"));
    plan.shape(&plan.alias("A").ty)
}

#[test]
fn scalars_have_types_by_type_and_format() {
    for (schema, expected) in [
        ("{type: boolean}", "Boolean"),
        ("{type: integer}", "Int64"),
        ("{type: integer, format: int32}", "Int32"),
        ("{type: integer, format: uint64}", "UInt64"),
        ("{type: integer, maximum: 18446744073709551615}", "UInt64"),
        ("{type: number}", "Double"),
        ("{type: [integer, number]}", "Double"),
        ("{type: string}", "String"),
        ("{type: string, format: date-time}", "DateTime"),
        ("{type: string, format: date}", "Date"),
        ("{type: string, format: uuid}", "Uuid"),
        ("{type: string, format: byte}", "Base64"),
        ("{type: string, contentEncoding: base64}", "Base64"),
        ("{type: string, format: password}", "secret String"),
        ("{type: string, format: some-other}", "String"),
        ("{}", "Json"),
        ("true", "Json"),
    ] {
        assert_eq!(shape(schema), expected, "{schema}");
    }
}

#[test]
fn a_schema_without_type_has_the_one_that_its_keywords_are_for() {
    assert_eq!(shape("{items: {type: string}}"), "[String]");
    assert_eq!(shape("{additionalProperties: {type: string}}"), "{String}");
    assert_eq!(schemas("A: {properties: {a: {type: string}}}").object("A").properties.len(), 1);
}

#[test]
fn lists_hold_their_items_with_null_and_rules() {
    let plan = schemas(
        "A: {type: array, items: {type: [string, 'null'], minLength: 1}, minItems: 0, maxItems: 4, uniqueItems: true}",
    );
    let alias = plan.alias("A");
    assert_eq!(plan.shape(&alias.ty), "[String?]");
    assert_eq!(alias.rules, [Rule::Items(vec![Rule::MinLength(1)]), Rule::MaxItems(4), Rule::UniqueItems]);
    assert_eq!(shape("{type: array}"), "[Json]");
    assert_eq!(shape("{type: array, items: {type: string, format: password}}"), "[secret String]");
}

#[test]
fn a_tuple_needs_a_fixed_number_of_items() {
    let both = "prefixItems: [{type: string}, {type: [integer, 'null']}]";
    assert_eq!(shape(&format!("{{type: array, {both}, minItems: 2, items: false}}")), "(String, Int64?)");
    assert_eq!(shape(&format!("{{type: array, {both}, minItems: 2, maxItems: 2}}")), "(String, Int64?)");
    assert_eq!(shape(&format!("{{type: array, {both}, items: false}}")), "[Json]");
    assert_eq!(shape(&format!("{{type: array, {both}, minItems: 2}}")), "[Json]");
}

#[test]
fn the_rules_of_a_tuple_are_by_position() {
    let plan = schemas(
        "A: {type: array, prefixItems: [{type: string, maxLength: 2}, {type: integer}], minItems: 2, items: false}",
    );
    assert_eq!(plan.alias("A").rules, [Rule::PrefixItems(vec![vec![Rule::MaxLength(2)], vec![]])]);
}

#[test]
fn what_stands_beside_a_reference_applies_too() {
    let plan = schemas(
        "S: {type: string, maxLength: 9}\nA: {type: object, properties: {s: {$ref: '#/components/schemas/S', description: Own.}}}",
    );
    let property = plan.property("A", "s");
    assert_eq!(plan.shape(&property.ty), "S");
    assert_eq!(property.docs.summary, "Own.");
    assert_eq!(property.rules, [Rule::MaxLength(9)]);
}

#[test]
fn several_types_are_a_union_of_each() {
    let plan = schemas("A: {type: [string, integer, 'null'], maxLength: 3, minimum: 1}");
    assert_eq!(plan.alternatives("A"), ["String", "Int64"]);
    let rules: Vec<&[Rule]> = plan.union("A").variants.iter().map(|variant| &variant.rules[..]).collect();
    assert_eq!(rules, [&[Rule::MaxLength(3)][..], &[Rule::Minimum(1.into())]]);
}

#[test]
fn nesting_has_a_limit_that_is_told() {
    let mut schema = "{type: string}".to_owned();
    for _ in 0..110 {
        schema = format!("{{type: array, items: {schema}}}");
    }
    let plan = schemas(&format!("A: {schema}"));
    assert!(plan.codes.contains(&"W0102".to_owned()), "{:?}", plan.codes);
    let shape = plan.shape(&plan.alias("A").ty);
    assert!(shape.contains("Json") && !shape.contains("String"), "{shape}");
}
