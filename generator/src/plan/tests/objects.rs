//! Properties: presence, null, secrets, and what else an object may have.

use serde_json::json;

use super::snippet::{paths, planned_with, schemas};
use crate::api::{Additional, Presence, Rule};

#[test]
fn absent_null_and_value_are_told_apart() {
    let plan = schemas(
        "
A:
  type: object
  required: [must, must_or_null]
  properties:
    must: {type: string}
    must_or_null: {type: [string, 'null']}
    may: {type: string}
    may_or_null: {type: [string, 'null']}
",
    );
    let presence = |wire| (plan.property("A", wire).presence, plan.property_shape("A", wire));
    assert_eq!(presence("must"), (Presence::Required, "String".to_owned()));
    assert_eq!(presence("must_or_null"), (Presence::Required, "String?".to_owned()));
    assert_eq!(presence("may"), (Presence::Optional, "String".to_owned()));
    assert_eq!(presence("may_or_null"), (Presence::Patch, "String".to_owned()));
}

#[test]
fn a_property_of_any_json_can_be_null() {
    let plan = schemas("A: {type: object, properties: {any: {}, all: true}}");
    assert_eq!(plan.property("A", "any").presence, Presence::Patch);
    assert_eq!(plan.property_shape("A", "all"), "Json");
}

#[test]
fn null_comes_through_a_reference() {
    let plan = schemas(
        "N: {type: [integer, 'null']}\nA: {type: object, properties: {n: {$ref: '#/components/schemas/N'}}}",
    );
    assert_eq!(plan.property("A", "n").presence, Presence::Patch);
}

#[test]
fn nullable_of_openapi_3_0_and_null_in_an_enum_mean_the_same() {
    let plan = schemas(
        "A: {type: object, required: [e], properties: {e: {type: [string, 'null'], enum: [x, null]}, f: {enum: [y, null]}}}",
    );
    assert_eq!(plan.property_shape("A", "e"), "/components/schemas/A/properties/e?");
    assert_eq!(plan.property("A", "f").presence, Presence::Patch);
}

#[test]
fn what_only_the_server_sets_is_never_required() {
    let plan = schemas(
        "
A:
  type: object
  required: [id, key]
  properties: {id: {type: string, readOnly: true}, key: {type: string, writeOnly: true}}
",
    );
    let [id, key] = ["id", "key"].map(|wire| plan.property("A", wire));
    assert_eq!((id.presence, id.read_only, id.required_in_request), (Presence::Optional, true, false));
    assert_eq!((key.presence, key.write_only, key.required_in_request), (Presence::Optional, true, true));
}

#[test]
fn a_write_only_property_is_required_where_there_are_only_requests() {
    let plan = paths(
        "
/a:
  post:
    responses: {'204': {description: Done}}
    requestBody:
      content:
        application/json:
          schema:
            type: object
            required: [key, id]
            properties: {key: {type: string, writeOnly: true}, id: {type: string, readOnly: true}}
",
    );
    let body = "/paths/~1a/post/requestBody/content/application~1json/schema";
    assert_eq!(plan.property(body, "key").presence, Presence::Required);
    assert!(!plan.property(body, "key").required_in_request);
    assert_eq!(plan.property(body, "id").presence, Presence::Optional);
}

#[test]
fn read_only_is_seen_behind_a_reference_and_in_a_wrapper() {
    let plan = schemas(
        "
Id: {type: string, readOnly: true}
A:
  type: object
  properties:
    direct: {$ref: '#/components/schemas/Id'}
    wrapped: {allOf: [{$ref: '#/components/schemas/Id'}]}
    other: {type: string}
",
    );
    let read_only = |wire| plan.property("A", wire).read_only;
    assert_eq!([read_only("direct"), read_only("wrapped"), read_only("other")], [true, true, false]);
}

#[test]
fn secrets_are_found_by_format_by_write_only_and_by_the_settings() {
    let document = "
paths: {}
components:
  schemas:
    A:
      type: object
      properties:
        pass: {type: string, format: password}
        sent: {type: string, writeOnly: true}
        token: {type: string}
        tokens: {type: array, items: {type: string}}
        count: {type: integer, writeOnly: true}
        plain: {type: string}
";
    let plan = planned_with(document, "schemas: all\nsecrets: [token, tokens, elsewhere]");
    let shape = |wire| plan.property_shape("A", wire);
    for wire in ["pass", "sent", "token"] {
        assert_eq!(shape(wire), "secret String", "{wire}");
    }
    assert_eq!(
        (shape("tokens"), shape("count"), shape("plain")),
        ("[secret String]".into(), "Int64".into(), "String".into())
    );
    // A value that doesn't fit its type is kept as JSON: the names of all secrets are known there too.
    assert_eq!(plan.api.facts.secret_names, ["elsewhere", "pass", "sent", "token", "tokens"]);
}

#[test]
fn other_properties_are_open_closed_or_of_one_type() {
    let plan = schemas(
        "
Open: {type: object, properties: {a: {type: string}}}
Closed: {type: object, properties: {a: {type: string}}, additionalProperties: false}
Typed: {type: object, properties: {a: {type: string}}, additionalProperties: {type: integer, minimum: 1}}
Any: {type: object, properties: {a: {type: string}}, additionalProperties: {}}
Nulls: {type: object, properties: {a: {type: string}}, additionalProperties: {type: [integer, 'null']}}
",
    );
    let additional = |schema| match &plan.object(schema).additional {
        Additional::Open => "open".to_owned(),
        Additional::Closed => "closed".to_owned(),
        Additional::Typed(ty, rules) => format!("{} with {}", plan.shape(ty), rules.len()),
    };
    let found = ["Open", "Closed", "Typed", "Any", "Nulls"].map(additional);
    assert_eq!(found, ["open", "closed", "Int64 with 1", "open", "Int64? with 0"]);
}

#[test]
fn an_object_without_properties_is_a_map_or_free_json() {
    let plan = schemas(
        "
Map: {type: object, additionalProperties: {type: string, maxLength: 3}, minProperties: 1}
Free: {type: object}
Empty: {type: object, additionalProperties: false}
",
    );
    let map = plan.alias("Map");
    assert_eq!(plan.shape(&map.ty), "{String}");
    assert_eq!(map.rules, [Rule::Values(vec![Rule::MaxLength(3)]), Rule::MinProperties(1)]);
    assert_eq!(plan.shape(&plan.alias("Free").ty), "JsonObject");
    assert!(plan.object("Empty").properties.is_empty());
}

#[test]
fn one_pattern_of_names_that_nothing_else_may_have_is_a_map() {
    let plan = schemas(
        "
Only: {type: object, patternProperties: {'^x-': {type: integer}}, additionalProperties: false}
Beside: {type: object, patternProperties: {'^x-': {type: integer}}}
Two: {type: object, patternProperties: {'^x-': {type: integer}, '^y-': {type: string}}, additionalProperties: false}
",
    );
    assert_eq!(plan.shape(&plan.alias("Only").ty), "{Int64}");
    assert_eq!(plan.alias("Only").rules, [Rule::Keys(vec![Rule::Pattern("^x-".into())])]);
    assert_eq!(plan.shape(&plan.alias("Beside").ty), "JsonObject");
    assert_eq!(plan.shape(&plan.alias("Two").ty), "JsonObject");
}

#[test]
fn rules_on_the_names_and_the_number_of_properties_are_the_objects() {
    let plan = schemas(
        "A: {type: object, properties: {a: {type: string}}, propertyNames: {maxLength: 5}, maxProperties: 9, minProperties: 0}",
    );
    assert_eq!(plan.object("A").rules, [Rule::Keys(vec![Rule::MaxLength(5)]), Rule::MaxProperties(9)]);
}

#[test]
fn properties_keep_the_documents_order_and_their_defaults() {
    let plan = schemas(
        "A: {type: object, properties: {z: {type: string, default: x}, a: {type: string, default: null}, m: {type: string}}}",
    );
    let wires: Vec<&str> =
        plan.object("A").properties.iter().map(|property| property.wire.as_str()).collect();
    assert_eq!(wires, ["z", "a", "m"]);
    assert_eq!(plan.property("A", "z").default, Some(json!("x")));
    assert_eq!(plan.property("A", "a").default, None);
}

#[test]
fn deprecation_is_the_documents_or_an_extensions() {
    let document = "
paths: {}
components:
  schemas:
    A:
      type: object
      properties:
        old: {type: string, deprecated: true}
        gone: {type: string, x-state: sunset}
        new: {type: string, x-state: fresh}
";
    let plan = planned_with(document, "schemas: all\ndeprecated: {x-state: sunset}");
    assert_eq!(["old", "gone", "new"].map(|wire| plan.property("A", wire).deprecated), [true, true, false]);
}
