//! Which bodies can be made from what was read.

use super::snippet::{Planned, planned_with};

fn plan_of(read: &str, written: &str, settings: &str) -> Planned {
    planned_with(
        &format!(
            "
paths:
  /pets/{{id}}:
    parameters: [{{name: id, in: path, required: true, schema: {{type: string}}}}]
    get:
      operationId: readPet
      responses: {{'200': {{description: It, content: {{application/json: {{schema: {{$ref: '#/components/schemas/Pet'}}}}}}}}}}
  /pets:
    post:
      requestBody: {{content: {{application/json: {{schema: {{$ref: '#/components/schemas/NewPet'}}}}}}}}
      responses: {{'204': {{description: Done}}}}
  /owners:
    put:
      operationId: writeOwner
      requestBody: {{content: {{application/json: {{schema: {{$ref: '#/components/schemas/Owner'}}}}}}}}
      responses: {{'204': {{description: Done}}}}
components:
  schemas:
    Pet: {read}
    NewPet: {written}
    Owner: {{type: object, properties: {{name: {{type: string}}}}}}
"
        ),
        settings,
    )
}

const PET: &str = "{type: object, required: [name], properties: {id: {type: string}, name: {type: string}, age: {type: integer}}}";

#[test]
fn a_body_is_made_from_the_response_of_its_resource() {
    let plan = plan_of(
        PET,
        "{type: object, required: [name], properties: {name: {type: string}, age: {type: integer}}}",
        "",
    );
    assert_eq!(plan.made_from("NewPet"), ["Pet"]);
}

#[test]
fn another_resource_is_no_source_unless_the_settings_pair_them() {
    let written = "{type: object, properties: {name: {type: string}}}";
    assert!(plan_of(PET, written, "").made_from("Owner").is_empty());
    let paired = "modifications: [{read: readPet, write: writeOwner}]";
    assert_eq!(plan_of(PET, written, paired).made_from("Owner"), ["Pet"]);
    // Nothing of the body is in this response.
    let response = "{type: object, properties: {id: {type: string}}}";
    assert!(plan_of(response, written, paired).made_from("Owner").is_empty());
}

#[test]
fn a_property_that_is_not_in_the_response_is_left_out() {
    let with = |more: &str| {
        let written = format!("{{type: object, properties: {{name: {{type: string}}, {more}}}}}");
        plan_of(PET, &written, "").made_from("NewPet")
    };
    assert_eq!(with("colour: {type: string}"), ["Pet"]);
    // With less than half of its properties, it isn't the same thing.
    assert!(with("colour: {type: string}, size: {type: string}").is_empty());
    let required =
        "{type: object, required: [colour], properties: {name: {type: string}, colour: {type: string}}}";
    assert!(plan_of(PET, required, "").made_from("NewPet").is_empty());
}

#[test]
fn what_put_resets_must_be_in_the_response() {
    let owner = |read: &str| {
        let text = format!(
            "
paths:
  /owners/{{id}}:
    parameters: [{{name: id, in: path, required: true, schema: {{type: string}}}}]
    get:
      operationId: readOwner
      responses: {{'200': {{description: It, content: {{application/json: {{schema: {{$ref: '#/components/schemas/Shown'}}}}}}}}}}
    put:
      operationId: writeOwner
      requestBody: {{content: {{application/json: {{schema: {{$ref: '#/components/schemas/Owner'}}}}}}}}
      responses: {{'204': {{description: Done}}}}
components:
  schemas:
    Shown: {{type: object, properties: {{{read}}}}}
    Owner: {{type: object, properties: {{name: {{type: string}}, age: {{type: integer}}}}}}
"
        );
        let paired = planned_with(&text, "modifications: [{read: readOwner, write: writeOwner}]");
        (planned_with(&text, "").made_from("Owner"), paired.made_from("Owner"))
    };
    let shown = vec!["Shown".to_owned()];
    assert_eq!(owner("name: {type: string}, age: {type: integer}"), (shown.clone(), shown.clone()));
    // The settings say that only what differs is written.
    assert_eq!(owner("name: {type: string}"), (Vec::new(), shown));
}

#[test]
fn a_required_property_must_be_required_of_the_response_with_the_same_type() {
    let required = |ty: &str, name: &str| {
        plan_of(
            PET,
            &format!("{{type: object, required: [{name}], properties: {{{name}: {{type: {ty}}}}}}}"),
            "",
        )
    };
    assert_eq!(required("string", "name").made_from("NewPet"), ["Pet"]);
    assert!(required("integer", "name").made_from("NewPet").is_empty());
    assert!(required("integer", "age").made_from("NewPet").is_empty());
}

#[test]
fn values_of_one_type_only_have_no_room_for_what_does_not_fit() {
    let typed = "{type: object, properties: {name: {type: string}}, additionalProperties: {type: string}}";
    assert!(plan_of(PET, typed, "").made_from("NewPet").is_empty());
    // As JSON they have room in a body whose additional properties are any.
    let any = "{type: object, properties: {name: {type: string}}}";
    assert_eq!(plan_of(typed, any, "").made_from("NewPet"), ["Pet"]);
}
