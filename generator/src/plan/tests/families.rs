//! Parents with a discriminator and children that are based on them, and what tags are.

use super::snippet::{Planned, indented, planned, schemas};
use crate::api::{Presence, Tagging};

const FAMILY: &str = "
Animal:
  type: object
  required: [kind]
  properties: {kind: {type: string}}
  discriminator: {propertyName: kind, mapping: {dog: '#/components/schemas/Dog', stone: '#/components/schemas/Stone'}}
Dog: {allOf: [{$ref: '#/components/schemas/Animal'}, {type: object, properties: {barks: {type: boolean}}}]}
Puppy: {allOf: [{$ref: '#/components/schemas/Dog'}, {type: object, properties: {weeks: {type: integer}}}]}
Same: {allOf: [{$ref: '#/components/schemas/Animal'}], description: Nothing of its own.}
Stone: {type: object, properties: {weight: {type: number}}}
Holder: {type: object, properties: {one: {$ref: '#/components/schemas/Animal'}, many: {type: array, items: {allOf: [{$ref: '#/components/schemas/Animal'}, {description: d}]}}}}
";

#[test]
fn a_parent_is_a_union_of_its_children_and_theirs() {
    let plan = schemas(FAMILY);
    let union = plan.union("Animal");
    assert_eq!(union.tagging, Tagging::Property("kind".to_owned()));
    let tags: Vec<_> =
        union.variants.iter().map(|variant| (variant.wish.words(), variant.tags.join(" "))).collect();
    let expected = [("Dog", "dog"), ("Stone", "stone"), ("Puppy", "Puppy"), ("Same", "Same")];
    assert_eq!(tags, expected.map(|(word, tag)| (word, tag.to_owned())));
    assert_eq!(plan.object("Puppy").properties.len(), 3);
    assert_eq!(plan.object("Same").properties.len(), 1, "the base alone");
    assert_eq!(plan.property_shape("Holder", "one"), "Animal");
    assert_eq!(plan.property_shape("Holder", "many"), "[Animal]");
}

#[test]
fn a_mapped_schema_that_is_no_child_has_the_parents_properties_too() {
    let plan = schemas(FAMILY);
    let stone = plan.alternatives("Animal").remove(1);
    let words: Vec<&str> =
        plan.object(&stone).properties.iter().map(|property| property.wire.as_str()).collect();
    assert_eq!(
        (stone.as_str(), &words[..]),
        ("/components/schemas/Animal/discriminator/mapping/stone", &["kind", "weight"][..])
    );
}

/// An operation that returns `schema`, and the components.
fn returning(schema: &str, components: &str) -> Planned {
    let content = format!("{{application/json: {{schema: {{$ref: '#/components/schemas/{schema}'}}}}}}");
    let responses = format!("{{'200': {{description: d, content: {content}}}}}");
    let components = indented(components, 4);
    planned(&format!(
        "paths: {{/a: {{get: {{responses: {responses}}}}}}}\ncomponents:\n  schemas:\n{components}"
    ))
}

#[test]
fn children_that_nothing_refers_to_are_found() {
    let plan = returning("Holder", FAMILY);
    assert_eq!(plan.alternatives("Animal").len(), 4);
}

#[test]
fn a_parent_that_is_only_a_base_is_no_type() {
    let plan = returning("Dog", FAMILY);
    assert!(plan.find("Animal").is_none() && plan.find("Puppy").is_none());
    assert_eq!(plan.object("Dog").properties.len(), 2);
}

#[test]
fn a_parent_that_lists_its_children_is_their_base() {
    let plan = schemas(
        "
Pet:
  type: object
  required: [t]
  properties: {t: {type: string}}
  oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Hen'}]
  discriminator: {propertyName: t}
Cat: {allOf: [{$ref: '#/components/schemas/Pet'}, {type: object, properties: {lives: {type: integer}}}]}
Hen: {allOf: [{$ref: '#/components/schemas/Pet'}, {type: object, properties: {eggs: {type: integer}}}]}
",
    );
    assert_eq!(plan.alternatives("Pet"), ["Cat", "Hen"]);
    assert_eq!(plan.object("Cat").properties.len(), 2);
}

#[test]
fn a_struct_knows_its_tag_if_all_unions_agree() {
    let plan = schemas(
        "
A: {type: object, required: [t], properties: {t: {type: string}}}
B: {type: object, required: [t], properties: {t: {type: string}}}
C: {type: object, properties: {t: {type: string}}}
One:
  oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}, {$ref: '#/components/schemas/C'}]
  discriminator: {propertyName: t, mapping: {a: '#/components/schemas/A', b: '#/components/schemas/B'}}
Two:
  oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]
  discriminator: {propertyName: t, mapping: {a: '#/components/schemas/A', other: '#/components/schemas/B'}}
",
    );
    assert_eq!(plan.property("A", "t").tag, Some("a".into()));
    assert_eq!(plan.property("B", "t").tag, None, "b in one, other in the other");
    assert_eq!((&plan.property("C", "t").tag, plan.property("C", "t").presence), (&None, Presence::Optional));
    let written: Vec<_> = plan.union("One").variants.iter().map(|variant| variant.written.clone()).collect();
    assert_eq!(written, [Some("a".into()), Some("b".into()), Some("C".into())]);
}
