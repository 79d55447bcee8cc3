//! `oneOf` and `anyOf`: what is a union, and how its alternatives are told apart.

use super::snippet::{Planned, schemas};
use crate::api::{EnumBase, Presence, Rule, Tagging};

const CAT_AND_DOG: &str = "
Cat: {type: object, required: [kind], properties: {kind: {const: cat}, lives: {type: integer}}}
Dog: {type: object, required: [kind], properties: {kind: {const: dog}, name: {type: string}}}
";

fn with_pets(pet: &str) -> Planned {
    schemas(&format!("{CAT_AND_DOG}Pet: {pet}"))
}

fn tags(plan: &Planned) -> Vec<Vec<String>> {
    plan.union("Pet").variants.iter().map(|variant| variant.tags.clone()).collect()
}

#[test]
fn a_mapping_gives_the_tags() {
    let plan = with_pets(
        "
  oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
  discriminator:
    propertyName: kind
    mapping: {c: '#/components/schemas/Cat', d: '#/components/schemas/Dog', e: '#/components/schemas/Dog'}
",
    );
    assert_eq!(plan.union("Pet").tagging, Tagging::Property("kind".to_owned()));
    assert_eq!(tags(&plan), [vec!["c"], vec!["d", "e"]]);
    assert_eq!(plan.alternatives("Pet"), ["Cat", "Dog"]);
}

#[test]
fn without_a_mapping_constants_are_the_tags_and_else_the_components_names() {
    let union = "{oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}], discriminator: {propertyName: kind}}";
    assert_eq!(tags(&with_pets(union)), [["cat"], ["dog"]]);
    let plan = schemas(&format!(
        "Cat: {{type: object, properties: {{kind: {{type: string}}}}}}\nDog: {{type: object, properties: {{kind: {{type: string}}, a: {{type: string}}}}}}\nPet: {union}"
    ));
    assert_eq!(tags(&plan), [["Cat"], ["Dog"]]);
}

#[test]
fn constants_that_differ_tell_alternatives_apart_without_a_discriminator() {
    let plan = with_pets("{anyOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]}");
    assert_eq!(plan.union("Pet").tagging, Tagging::Property("kind".to_owned()));
    assert_eq!(tags(&plan), [["cat"], ["dog"]]);
}

#[test]
fn numbers_and_booleans_tell_alternatives_apart_by_their_text() {
    let plan = |one: &str, other: &str| {
        schemas(&format!(
            "
Cat: {{type: object, properties: {{kind: {one}}}}}
Dog: {{type: object, properties: {{kind: {other}, name: {{type: string}}}}}}
Pet: {{oneOf: [{{$ref: '#/components/schemas/Cat'}}, {{$ref: '#/components/schemas/Dog'}}]}}
"
        ))
    };
    assert_eq!(tags(&plan("{enum: [1, 2]}", "{const: -3}")), [vec!["1", "2"], vec!["-3"]]);
    assert_eq!(tags(&plan("{const: true}", "{const: false}")), [["true"], ["false"]]);
    assert_eq!(tags(&plan("{const: 1}", "{const: b}")), [["1"], ["b"]]);
    assert_eq!(plan("{const: 1}", "{const: '1'}").union("Pet").tagging, Tagging::Untagged);
    assert_eq!(plan("{const: 1.5}", "{const: 2.5}").union("Pet").tagging, Tagging::Untagged);
}

#[test]
fn alternatives_that_share_a_constant_are_tried() {
    let plan = schemas(
        "
Cat: {type: object, properties: {kind: {enum: [cat, pet]}}}
Dog: {type: object, properties: {kind: {enum: [dog, pet]}, name: {type: string}}}
Pet: {oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]}
",
    );
    assert_eq!(plan.union("Pet").tagging, Tagging::Untagged);
    assert!(tags(&plan).iter().all(Vec::is_empty));
}

#[test]
fn null_as_an_alternative_makes_the_rest_nullable() {
    let plan = schemas(
        "A: {type: object, required: [b], properties: {a: {oneOf: [{type: string}, {type: 'null'}]}, b: {anyOf: [{type: integer}, {const: null}]}}}",
    );
    assert_eq!(
        (plan.property("A", "a").presence, plan.property_shape("A", "a")),
        (Presence::Patch, "String".to_owned())
    );
    assert_eq!(plan.property_shape("A", "b"), "Int64?");
}

#[test]
fn a_single_alternative_is_the_type_itself() {
    let plan = with_pets("{type: object, properties: {p: {oneOf: [{$ref: '#/components/schemas/Cat'}]}}}");
    assert_eq!(plan.property_shape("Pet", "p"), "Cat");
}

#[test]
fn alternatives_that_only_constrain_leave_the_type_as_it_is() {
    let plan = schemas(
        "A: {type: object, properties: {a: {type: string}, b: {type: string}}, anyOf: [{required: [a]}, {required: [b]}]}",
    );
    assert_eq!(plan.object("A").properties.len(), 2);
}

#[test]
fn enums_of_strings_are_joined() {
    let plan = schemas("A: {anyOf: [{type: string, enum: [x, y]}, {type: string, enum: [y, z]}]}");
    let values: Vec<_> = plan.enumeration("A").values.iter().map(|value| value.value.clone()).collect();
    assert_eq!(values, ["x", "y", "z"]);
    let plan = schemas("A: {anyOf: [{type: string}, {type: string, enum: [x]}]}");
    assert_eq!((plan.enumeration("A").base, plan.enumeration("A").values.len()), (EnumBase::String, 1));
}

#[test]
fn alternatives_that_are_all_text_are_text_with_the_rules_they_share() {
    let plan = schemas(
        "A: {anyOf: [{type: string, maxLength: 40, minLength: 2}, {type: string, format: uuid, maxLength: 40}]}",
    );
    assert_eq!(plan.shape(&plan.alias("A").ty), "String");
    assert_eq!(plan.alias("A").rules, [Rule::MaxLength(40)]);
    let plan = schemas("A: {anyOf: [{type: string, format: uuid}, {type: string, format: date}]}");
    assert_eq!(plan.alternatives("A"), ["Uuid", "Date"]);
}

#[test]
fn each_alternative_has_the_properties_beside_it() {
    let plan = schemas(
        "
A:
  type: object
  required: [id]
  properties: {id: {type: string}}
  oneOf: [{type: object, properties: {x: {type: string}}}, {type: object, properties: {y: {type: integer}}}]
",
    );
    for (index, own) in ["x", "y"].into_iter().enumerate() {
        let alternative = format!("/components/schemas/A/oneOf/{index}");
        let wires: Vec<&str> =
            plan.object(&alternative).properties.iter().map(|property| property.wire.as_str()).collect();
        assert_eq!(wires, ["id", own]);
        assert_eq!(plan.property(&alternative, "id").presence, Presence::Required);
    }
}

#[test]
fn alternatives_of_one_type_are_one_with_the_rules_they_share() {
    let plan =
        schemas("A: {oneOf: [{type: integer, minimum: 1}, {type: integer, maximum: 9}, {type: boolean}]}");
    assert_eq!(plan.alternatives("A"), ["Int64", "Boolean"]);
    assert!(plan.union("A").variants[0].rules.is_empty());
}

#[test]
fn the_order_of_the_document_is_kept() {
    let plan = schemas("A: {oneOf: [{type: boolean}, {type: integer}, {type: string}]}");
    assert_eq!(plan.alternatives("A"), ["Boolean", "Int64", "String"]);
}
