//! Pairs of operations for safe partial updates.

use super::snippet::{Planned, planned_with};

fn pets(written: &str, modification: &str) -> Planned {
    planned_with(
        &format!(
            "
paths:
  /pets/{{id}}:
    parameters: [{{name: id, in: path, required: true, schema: {{type: string}}}}]
    get:
      operationId: get
      responses: {{'200': {{description: O, content: {{application/json: {{schema: {{$ref: '#/components/schemas/Pet'}}}}}}}}}}
    patch:
      operationId: update
      requestBody: {{content: {{application/json: {{schema: {written}}}}}}}
      responses: {{'204': {{description: Done}}}}
components:
  schemas:
    Pet:
      type: object
      required: [kind]
      properties:
        id: {{type: string}}
        kind: {{type: string}}
        name: {{type: string}}
        notes: {{type: object}}
        toys: {{type: array, items: {{type: string}}}}
"
        ),
        &format!("modifications: [{modification}]"),
    )
}

const BODY: &str = "{type: object, required: [kind], properties: {
            kind: {type: string}, name: {type: string}, notes: {type: object}, toys: {type: array, items: {type: string}}}}";

#[test]
fn the_settings_say_what_is_replaced_merged_and_kept() {
    let plan = pets(
        BODY,
        "{read: get, write: update, replaced: [toys], withheld: {toys: a scope}, merged: [notes], reset: [name]}",
    );
    assert!(plan.codes.is_empty(), "{:?}", plan.codes);
    let found = plan.operation("PATCH /pets/{id}").modification.as_ref().unwrap();
    assert_eq!(found.replaced, [("toys".to_owned(), Some("a scope".to_owned()))]);
    assert_eq!(found.merged, ["notes"]);
    // What the service resets, and what the body must have.
    assert_eq!(found.kept, ["name", "kind"]);
    assert_eq!(found.read_arguments.len(), 1);
    assert!(plan.operation("GET /pets/{id}").modification.is_none());
}

#[test]
fn an_entry_that_cannot_be_is_an_error() {
    for (written, entry) in [
        (BODY, "{read: get, write: update, replaced: [wings]}"),
        (BODY, "{read: get, write: update, replaced: [toys], merged: [toys]}"),
        (BODY, "{read: get, write: update, withheld: {toys: a scope}}"),
        (BODY, "{read: update, write: get}"),
        ("{type: object, properties: {colour: {type: string}}}", "{read: get, write: update}"),
        ("{type: array, items: {type: string}}", "{read: get, write: update}"),
    ] {
        let plan = pets(written, entry);
        assert_eq!(plan.codes, ["E0107"], "{written} {entry}");
        assert!(plan.operation("PATCH /pets/{id}").modification.is_none());
    }
}

#[test]
fn a_write_can_be_of_one_entry_only() {
    let entry = "{read: get, write: update}";
    let plan = pets(BODY, &format!("{entry}, {{read: get, write: update, name: other}}"));
    assert_eq!(plan.codes, ["E0107"]);
}

#[test]
fn an_operation_that_is_not_there_is_told() {
    assert_eq!(pets(BODY, "{read: get, write: paint}").codes, ["W0108"]);
}

#[test]
fn the_write_is_conditional_if_the_read_has_a_tag_for_it() {
    let planned = |headers: &str, parameter: &str| {
        let plan = planned_with(
            &format!(
                "
paths:
  /pets/{{id}}:
    parameters: [{{name: id, in: path, required: true, schema: {{type: string}}}}]
    get:
      operationId: get
      responses: {{'200': {{description: O, headers: {headers}, content: {{application/json: {{schema: {{$ref: '#/components/schemas/Pet'}}}}}}}}}}
    patch:
      operationId: update
      parameters: [{parameter}]
      requestBody: {{content: {{application/json: {{schema: {{$ref: '#/components/schemas/Pet'}}}}}}}}
      responses: {{'204': {{description: Done}}}}
components:
  schemas:
    Pet: {{type: object, properties: {{name: {{type: string}}}}}}
    Tag: {{type: string}}
"
            ),
            "modifications: [{read: get, write: update}]",
        );
        plan.operation("PATCH /pets/{id}").modification.as_ref().unwrap().if_match.is_some()
    };
    let tag = "{ETag: {schema: {type: string}}}";
    assert!(planned(tag, "{name: If-Match, in: header, schema: {type: string}}"));
    assert!(planned(
        tag,
        "{name: if-match, in: header, required: true, schema: {$ref: '#/components/schemas/Tag'}}"
    ));
    assert!(!planned("{}", "{name: If-Match, in: header, schema: {type: string}}"));
    assert!(!planned(tag, "{name: If-Match, in: query, schema: {type: string}}"));
    assert!(!planned(tag, "{name: If-Match, in: header, schema: {type: array, items: {type: string}}}"));
    assert!(!planned(tag, "{name: If-None-Match, in: header, schema: {type: string}}"));
}
