//! Names: each is unique in its scope, and depends on its own part of the document.

use std::collections::BTreeSet;

use super::{api, model_setters, setters};
use crate::api::TypeKind;
use crate::rust::{Crate, Package};

fn component(name: &str, schema: &str) -> String {
    format!("paths: {{}}\ncomponents: {{schemas: {{{name}: {schema}}}}}")
}

#[test]
fn every_name_is_settled() {
    let document = component(
        "A",
        "{type: object, properties: {b: {oneOf: [{type: object, properties: {c: {enum: [x, y]}}}, {type: string}]}}}",
    );
    let api = api(&document, "");
    for definition in api.models.iter().flat_map(|model| &model.types) {
        assert!(definition.name.is_settled(), "{:?}", definition.name);
        match &definition.kind {
            TypeKind::Object(object) => {
                assert!(object.properties.iter().all(|property| property.field.is_settled()));
                assert!(object.additional_field.is_settled());
            }
            TypeKind::Enum(listed) => assert!(listed.values.iter().all(|value| value.variant.is_settled())),
            TypeKind::Union(union) => {
                assert!(union.variants.iter().all(|variant| variant.variant.is_settled()))
            }
            TypeKind::Alias(_) => {}
        }
    }
}

#[test]
fn setters_that_send_null_take_no_name_of_a_property() {
    let document = component(
        "A",
        "{type: object, properties: {a: {type: [string, 'null']}, a_null: {type: string}, a_null_value: {type: string}, \
         null_with_a: {type: string}}}",
    );
    let api = api(&document, "");
    let names = model_setters(&Crate::new(&api, Package::new("t")), "A");
    let distinct: BTreeSet<&String> = names.iter().collect();
    assert_eq!(distinct.len(), names.len(), "{names:?}");
    assert!(names.contains(&"with_a_null".to_owned()) && names.contains(&"with_a".to_owned()));
}

#[test]
fn what_a_property_is_called_does_not_depend_on_whether_another_has_a_setter() {
    let document = |extra: &str| {
        component(
            "A",
            &format!(
                "{{type: object, properties: {{a: {{type: [string, 'null']}}, a_null: {{type: string{extra}}}}}}}"
            ),
        )
    };
    for extra in ["", ", readOnly: true"] {
        let api = api(&document(extra), "");
        let names = model_setters(&Crate::new(&api, Package::new("t")), "A");
        assert!(names.contains(&"with_a_null_value".to_owned()), "{names:?}");
    }
}

#[test]
fn setters_of_builders_keep_clear_of_parameters_and_methods() {
    let document = "paths: {/a: {put: {operationId: a, parameters: [{name: x, in: query, schema: {type: string}}, {name: send, in: \
                    query, schema: {type: string}}], requestBody: {required: true, content: {application/json: {schema: {type: \
                    object, properties: {x: {type: [string, 'null']}, x_null: {type: string}, build: {type: string}, body: {type: \
                    string}}}}}}, responses: {}}}}";
    let api = api(document, "");
    let names = setters(&Crate::new(&api, Package::new("t")).builders[0]);
    assert_eq!(names, ["x", "send_", "body_x", "body_x_null", "x_null", "build_", "body_"]);
}

#[test]
fn operations_that_differ_in_case_alone_are_told_apart_by_method_and_path() {
    let document =
        "paths: {/a: {get: {operationId: getA, responses: {}}, put: {operationId: get_a, responses: {}}}}";
    let api = api(document, "");
    let names: BTreeSet<&str> = api.operations.iter().map(|operation| operation.name.as_str()).collect();
    assert_eq!(names, BTreeSet::from(["get_a_get_a", "get_a_put_a"]));
}

#[test]
fn no_builder_is_called_as_a_type() {
    let document = "paths: {/pet: {get: {operationId: pet, responses: {'200': {description: d, content: {application/json: {schema: \
                    {$ref: '#/components/schemas/Pet'}}}}}}}}\ncomponents: {schemas: {Pet: {type: object, properties: {}}}}";
    let api = api(document, "");
    assert_eq!(api.operations[0].type_name, "PetOperation");
}

#[test]
fn the_outermost_of_several_types_has_the_plain_name() {
    let inner = "{type: object, properties: {x: {type: string}}}";
    let document = component(
        "Team",
        &format!(
            "{{type: object, properties: {{lead: {{type: object, properties: {{mail: {inner}}}}}, lead_mail: {inner}}}}}"
        ),
    );
    let api = api(&document, "");
    let plain = api.find_type("TeamLeadMail").unwrap();
    assert_eq!(&*plain.place.pointer, "/components/schemas/Team/properties/lead_mail");
}

#[test]
fn an_operation_called_as_a_keyword_has_plain_types_and_functions() {
    let document = "
paths:
  /self:
    post:
      operationId: self
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/It'}}}}
      responses: {'404': {description: d}}
components:
  schemas:
    It:
      type: object
      required: [kind]
      properties:
        kind: {type: string}
        settings: {x-discriminated-by: {propertyName: kind, mapping: {mail: '#/components/schemas/Mail'}}}
    Mail: {type: object, properties: {to: {type: string}}}
";
    let api = api(document, "");
    let krate = Crate::new(&api, Package::new("t"));
    let builder = &krate.builders[0];
    assert_eq!(
        (builder.operation.name.as_str(), builder.error.as_deref()),
        ("self_", Some("SelfOperationError"))
    );
    let shortcuts = builder.shortcuts.as_ref().unwrap();
    let names: Vec<&str> = shortcuts.functions.iter().map(|shortcut| shortcut.name.as_str()).collect();
    assert_eq!((names, shortcuts.helper.as_str()), (vec!["self_mail"], "self_with"));
}
