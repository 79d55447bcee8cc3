//! Constraints: which apply to which type, and those of named scalars where they are used.

use super::snippet::{paths, schemas};
use crate::api::Rule;

fn rules(schema: &str) -> Vec<Rule> {
    schemas(&format!("A: {{type: object, properties: {{v: {schema}}}}}")).property("A", "v").rules.clone()
}

#[test]
fn numbers_have_their_limits() {
    let found = rules(
        "{type: number, minimum: 1, maximum: 9.5, exclusiveMinimum: 0, exclusiveMaximum: 10, multipleOf: 0.5}",
    );
    let number = |text: &str| serde_json::from_str::<serde_json::Number>(text).unwrap();
    let expected = [
        Rule::Minimum(number("1")),
        Rule::Maximum(number("9.5")),
        Rule::ExclusiveMinimum(number("0")),
        Rule::ExclusiveMaximum(number("10")),
        Rule::MultipleOf(number("0.5")),
    ];
    assert_eq!(found, expected);
}

#[test]
fn a_rule_of_another_type_is_none() {
    assert!(rules("{type: integer, minLength: 3, maxItems: 4}").is_empty());
    assert!(rules("{type: boolean, minimum: 3}").is_empty());
    assert!(rules("{type: string, minLength: 0, minItems: 1}").is_empty());
}

#[test]
fn a_pattern_is_as_the_document_has_it() {
    assert_eq!(rules(r"{type: string, pattern: '^\d+$'}"), [Rule::Pattern(r"^\d+$".into())]);
    assert_eq!(rules("{type: string, pattern: '^[a-z]+$'}"), [Rule::Pattern("^[a-z]+$".into())]);
    assert_eq!(rules(r"{type: string, pattern: 'a\/b'}"), [Rule::Pattern(r"a\/b".into())]);
}

#[test]
fn a_pattern_that_regex_does_not_take_is_noted_and_left_out() {
    let plan = schemas("A: {type: object, properties: {v: {type: string, pattern: '^(?=a)', maxLength: 3}}}");
    assert_eq!(plan.property("A", "v").rules, [Rule::MaxLength(3)]);
    assert_eq!(plan.codes, ["N0103"]);
}

#[test]
fn a_named_scalars_rules_are_repeated_where_it_is_used() {
    let plan = schemas(
        "
Id: {type: string, maxLength: 8}
A:
  type: object
  properties:
    one: {$ref: '#/components/schemas/Id'}
    list: {type: array, items: {$ref: '#/components/schemas/Id'}, maxItems: 2}
    map: {type: object, additionalProperties: {$ref: '#/components/schemas/Id'}}
",
    );
    let rules = |wire| plan.property("A", wire).rules.clone();
    assert_eq!(rules("one"), [Rule::MaxLength(8)]);
    assert_eq!(rules("list"), [Rule::MaxItems(2), Rule::Items(vec![Rule::MaxLength(8)])]);
    assert_eq!(rules("map"), [Rule::Values(vec![Rule::MaxLength(8)])]);
}

#[test]
fn rules_go_through_aliases_of_aliases() {
    let plan = schemas(
        "
Id: {type: string, maxLength: 8}
Ids: {type: array, items: {$ref: '#/components/schemas/Id'}, minItems: 1}
A: {type: object, properties: {ids: {$ref: '#/components/schemas/Ids'}}}
",
    );
    let expected = [Rule::MinItems(1), Rule::Items(vec![Rule::MaxLength(8)])];
    assert_eq!(plan.property("A", "ids").rules, expected);
}

#[test]
fn parameters_and_bodies_obey_the_rules_of_named_scalars_too() {
    let plan = planned_limits();
    assert_eq!(plan.parameter("POST /a", "limit").rules, [Rule::Maximum(50.into())]);
    assert_eq!(plan.contents("POST /a")[0].rules, [Rule::Maximum(50.into())]);
}

fn planned_limits() -> super::snippet::Planned {
    super::snippet::planned(
        "
paths:
  /a:
    post:
      parameters: [{name: limit, in: query, schema: {$ref: '#/components/schemas/Limit'}}]
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Limit'}}}}
      responses: {'204': {description: Done}}
components: {schemas: {Limit: {type: integer, maximum: 50}}}
",
    )
}

#[test]
fn a_parameters_rules_are_those_of_its_schema() {
    let plan = paths(
        "/a: {get: {parameters: [{name: q, in: query, schema: {type: string, minLength: 2}}], responses: {'204': {description: Done}}}}",
    );
    assert_eq!(plan.parameter("GET /a", "q").rules, [Rule::MinLength(2)]);
}

#[test]
fn rules_beside_a_reference_are_those_of_its_type() {
    let plan = schemas(
        "
Id: {type: string}
Kind: {enum: [a, b]}
A:
  type: object
  properties:
    one: {$ref: '#/components/schemas/Id', maxLength: 8, minimum: 3}
    kind: {$ref: '#/components/schemas/Kind', maxLength: 8}
",
    );
    assert_eq!(plan.property("A", "one").rules, [Rule::MaxLength(8)]);
    assert!(plan.property("A", "kind").rules.is_empty());
    assert_eq!(plan.codes, ["N0020"], "an enum checks no other rule");
}

#[test]
fn a_schema_without_type_has_the_rules_of_every_type() {
    let found = rules("{maxLength: 3, minItems: 1, required: [a]}");
    assert_eq!(found, [Rule::MaxLength(3), Rule::MinItems(1), Rule::RequiredNames(vec!["a".into()])]);
}

#[test]
fn the_only_values_are_listed() {
    let listed = |values: &[serde_json::Value]| [Rule::ListedValues(values.to_vec())];
    assert_eq!(rules("{type: 'null'}"), listed(&[serde_json::Value::Null]));
    assert_eq!(rules("{const: true}"), listed(&[true.into()]));
    assert_eq!(rules("false"), listed(&[]));
    assert!(rules("{enum: [true, false]}").is_empty());
    assert!(rules("true").is_empty());
}

#[test]
fn keywords_beside_a_reference_are_ignored_in_3_0() {
    let body = "A: {type: object, properties: {v: {$ref: '#/components/schemas/Id', maxLength: 8}}}\nId: {type: string}";
    assert_eq!(schemas(body).property("A", "v").rules, [Rule::MaxLength(8)]);
    let plan = super::snippet::schemas_of("3.0.3", body);
    assert!(plan.property("A", "v").rules.is_empty());
    assert_eq!(plan.codes, ["N0020"]);
}

#[test]
fn limits_in_a_pattern_replace_those_beside_it_where_they_are_stricter() {
    let pattern = || Rule::Pattern("^[a-z]{2,2000}$".into());
    for (beside, least, most) in [
        ("", 2, 2000),
        ("minLength: 1, maxLength: 5000,", 2, 2000),
        ("minLength: 3, maxLength: 10,", 3, 10),
        ("minLength: 3,", 3, 2000),
    ] {
        let found = rules(&format!("{{type: string, {beside} pattern: '^[a-z]{{2,2000}}$'}}"));
        assert_eq!(found, [Rule::MinLength(least), Rule::MaxLength(most), pattern()], "{beside}");
    }
}
