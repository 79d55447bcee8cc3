//! Types that hold themselves.

use super::snippet::schemas;

#[test]
fn a_property_that_closes_a_circle_is_boxed() {
    let plan = schemas(
        "Node: {type: object, properties: {next: {$ref: '#/components/schemas/Node'}, name: {type: string}}}",
    );
    assert_eq!(plan.property_shape("Node", "next"), "box Node");
    assert_eq!(plan.property_shape("Node", "name"), "String");
}

#[test]
fn lists_and_maps_need_no_box() {
    let plan = schemas(
        "
Node:
  type: object
  properties:
    list: {type: array, items: {$ref: '#/components/schemas/Node'}}
    map: {type: object, additionalProperties: {$ref: '#/components/schemas/Node'}}
",
    );
    assert_eq!(plan.property_shape("Node", "list"), "[Node]");
    assert_eq!(plan.property_shape("Node", "map"), "{Node}");
}

#[test]
fn each_use_in_a_circle_of_two_is_boxed_and_none_beside_it() {
    let plan = schemas(
        "
A: {type: object, properties: {b: {$ref: '#/components/schemas/B'}, c: {$ref: '#/components/schemas/C'}}}
B: {type: object, properties: {a: {$ref: '#/components/schemas/A'}}}
C: {type: object, properties: {s: {type: string}}}
D: {type: object, properties: {a: {$ref: '#/components/schemas/A'}}}
",
    );
    assert_eq!(
        (plan.property_shape("A", "b"), plan.property_shape("B", "a")),
        ("box B".into(), "box A".into())
    );
    assert_eq!((plan.property_shape("A", "c"), plan.property_shape("D", "a")), ("C".into(), "A".into()));
}

#[test]
fn null_or_a_tuple_around_it_does_not_hide_a_circle() {
    let plan = schemas(
        "
A: {type: object, required: [a], properties: {a: {oneOf: [{$ref: '#/components/schemas/A'}, {type: 'null'}]}}}
B:
  type: object
  properties:
    t: {type: array, prefixItems: [{$ref: '#/components/schemas/B'}, {type: string}], minItems: 2, items: false}
",
    );
    assert_eq!(plan.property_shape("A", "a"), "box A?");
    assert_eq!(plan.property_shape("B", "t"), "(box B, String)");
}

#[test]
fn a_union_boxes_the_alternative_that_holds_it() {
    let plan = schemas(
        "
Tree: {oneOf: [{$ref: '#/components/schemas/Pair'}, {type: string}]}
Pair: {type: object, required: [left], properties: {left: {$ref: '#/components/schemas/Tree'}}}
",
    );
    assert_eq!(plan.alternatives("Tree"), ["box Pair", "String"]);
    assert_eq!(plan.property_shape("Pair", "left"), "box Tree");
}

#[test]
fn a_circle_of_lists_alone_ends_in_json() {
    let plan = schemas(
        "A: {type: array, items: {$ref: '#/components/schemas/B'}}\nB: {type: array, items: {$ref: '#/components/schemas/A'}}",
    );
    let shapes = ["A", "B"].map(|schema| plan.shape(&plan.alias(schema).ty));
    assert_eq!(shapes, ["[Json]", "[Json]"]);
}

#[test]
fn a_list_that_refers_to_itself_where_it_stands_ends_in_json() {
    let plan = schemas(
        "A: {type: object, properties: {l: {type: array, items: {$ref: '#/components/schemas/A/properties/l'}}}}",
    );
    let list = "/components/schemas/A/properties/l";
    assert_eq!(plan.property_shape("A", "l"), list);
    assert_eq!(plan.shape(&plan.alias(list).ty), "[Json]");
}
