//! `allOf`: one schema that says what all parts say.

use super::snippet::schemas;
use crate::api::{Additional, Presence, Rule};

#[test]
fn parts_give_their_properties_and_what_is_required() {
    let plan = schemas(
        "
Base: {type: object, required: [id], properties: {id: {type: string}}}
A:
  allOf:
  - $ref: '#/components/schemas/Base'
  - {type: object, required: [b], properties: {b: {type: integer}, c: {type: string}}}
",
    );
    let found: Vec<_> = plan
        .object("A")
        .properties
        .iter()
        .map(|property| (property.wire.as_str(), property.presence))
        .collect();
    assert_eq!(found, [("id", Presence::Required), ("b", Presence::Required), ("c", Presence::Optional)]);
    assert_eq!(plan.object("Base").properties.len(), 1);
}

#[test]
fn of_two_numbers_the_stricter_holds() {
    let plan = schemas(
        "A: {allOf: [{type: string, minLength: 1, maxLength: 9}, {type: string, minLength: 3, maxLength: 7}], items: {}}",
    );
    assert_eq!(plan.alias("A").rules, [Rule::MinLength(3), Rule::MaxLength(7)]);
}

#[test]
fn the_more_specific_word_on_a_property_holds() {
    let plan = schemas(
        "
A:
  allOf:
  - {type: object, properties: {v: {type: string}, w: {}}}
  - {type: object, properties: {v: {}, w: {type: integer}}}
",
    );
    assert_eq!(
        (plan.property_shape("A", "v"), plan.property_shape("A", "w")),
        ("String".into(), "Int64".into())
    );
}

#[test]
fn null_needs_all_parts() {
    let plan = schemas(
        "
N: {type: [object, 'null'], properties: {a: {type: string}}}
M: {type: object, properties: {b: {type: string}}}
A:
  type: object
  properties:
    all: {allOf: [{$ref: '#/components/schemas/N'}, {type: [object, 'null'], properties: {c: {type: string}}}]}
    one: {allOf: [{$ref: '#/components/schemas/N'}, {$ref: '#/components/schemas/M'}], properties: {d: {type: string}}}
",
    );
    assert_eq!(plan.property("A", "all").presence, Presence::Patch);
    assert_eq!(plan.property("A", "one").presence, Presence::Optional);
}

#[test]
fn parts_of_different_types_are_told() {
    let plan = schemas(
        "A: {allOf: [{type: object, properties: {a: {type: string}}}, {type: array, items: {type: string}}]}",
    );
    assert_eq!(plan.codes, ["W0101"]);
    assert_eq!(plan.object("A").properties.len(), 1);
}

#[test]
fn parts_that_refer_to_each_other_in_a_circle_end() {
    let plan = schemas(
        "
A: {allOf: [{$ref: '#/components/schemas/B'}], properties: {a: {type: string}}}
B: {allOf: [{$ref: '#/components/schemas/A'}], properties: {b: {type: string}}}
",
    );
    let mut wires: Vec<&str> =
        plan.object("A").properties.iter().map(|property| property.wire.as_str()).collect();
    wires.sort_unstable();
    assert_eq!(wires, ["a", "b"]);
}

#[test]
fn a_wrapper_with_annotations_is_what_it_wraps() {
    let plan = schemas(
        "
S: {type: string, minLength: 2}
A: {type: object, properties: {s: {description: Mine., deprecated: true, allOf: [{$ref: '#/components/schemas/S'}]}}}
",
    );
    let property = plan.property("A", "s");
    assert_eq!(
        (plan.shape(&property.ty).as_str(), property.docs.summary.as_str(), property.deprecated),
        ("S", "Mine.", true)
    );
}

#[test]
fn a_part_that_allows_nothing_else_closes_the_whole() {
    let plan = schemas(
        "A: {allOf: [{type: object, properties: {a: {type: string}}, additionalProperties: false}, {properties: {b: {type: string}}}]}",
    );
    assert_eq!(plan.object("A").additional, Additional::Closed);
    assert_eq!(plan.object("A").properties.len(), 2);
}
