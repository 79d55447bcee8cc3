//! Builders: arguments, setters, and methods beside them.

use super::{api, setters};
use crate::rust::{BodyForm, Crate, Package, Subject};

/// An operation with this body, and perhaps parameters.
fn body(schema: &str, parameters: &str) -> String {
    format!(
        "paths: {{'/a/{{id}}': {{post: {{operationId: a, parameters: [{{name: id, in: path, required: true, schema: {{type: \
         string}}}}{parameters}], requestBody: {{required: true, content: {{application/json: {{schema: {schema}}}}}}}, \
         responses: {{'204': {{description: d}}}}}}}}}}"
    )
}

#[test]
fn what_only_the_server_sets_has_no_setter() {
    let api = api(
        &body(
            "{type: object, properties: {at: {type: string, readOnly: true}, a: {type: string}, b: {type: [string, 'null']}}}",
            "",
        ),
        "",
    );
    assert_eq!(setters(&Crate::new(&api, Package::new("t")).builders[0]), ["a", "b", "b_null"]);
}

#[test]
fn required_values_are_arguments_as_long_as_they_are_few() {
    let object = |names: &[&str]| {
        let properties = names.iter().map(|name| format!("{name}: {{type: string}}"));
        let properties: Vec<String> = properties.collect();
        format!(
            "{{type: object, required: [{}], properties: {{{}}}}}",
            names.join(", "),
            properties.join(", ")
        )
    };
    let few = api(&body(&object(&["a", "b"]), ""), "");
    let krate = Crate::new(&few, Package::new("t"));
    let names: Vec<&str> =
        krate.builders[0].arguments.iter().map(|argument| argument.name.as_str()).collect();
    assert_eq!(names, ["id", "a", "b"]);
    let many = api(&body(&object(&["a", "b", "c", "d", "e", "f", "g"]), ""), "");
    let krate = Crate::new(&many, Package::new("t"));
    let arguments = &krate.builders[0].arguments;
    assert_eq!(arguments.len(), 2);
    assert!(matches!(arguments[1].subject, Subject::Body(_)));
    assert!(!krate.builders[0].form.has_own_arguments());
}

#[test]
fn media_types_of_one_type_have_choosers_and_of_several_an_enum() {
    let document = |form: &str| {
        format!(
            "paths: {{/a: {{put: {{operationId: things.a, requestBody: {{content: {{application/json: {{schema: {{$ref: \
             '#/components/schemas/Thing'}}}}, application/x-www-form-urlencoded: {{schema: {form}}}}}}}, responses: {{}}}}}}}}\n\
             components: {{schemas: {{Thing: {{type: object, properties: {{a: {{type: string}}}}}}}}}}"
        )
    };
    let same = api(&document("{$ref: '#/components/schemas/Thing'}"), "");
    let krate = Crate::new(&same, Package::new("t"));
    let choosers = &krate.builders[0].choosers;
    assert_eq!((choosers[0].0.as_str(), choosers[0].1, choosers.len()), ("as_form", 1, 1));
    let other = api(&document("{type: object, properties: {b: {type: string}}}"), "");
    let krate = Crate::new(&other, Package::new("t"));
    assert!(krate.builders[0].choosers.is_empty());
    let BodyForm::Several { ty, .. } = &krate.builders[0].form else { panic!("one type for all") };
    assert_eq!(ty, "ABody");
}

#[test]
fn outputs_of_several_types_are_an_enum() {
    let document = |second: &str| {
        format!(
            "paths: {{/a: {{get: {{operationId: a, responses: {{'200': {{description: d, content: {{application/json: {{schema: \
             {{type: string}}}}}}}}, '202': {{description: d, content: {{application/json: {{schema: {second}}}}}}}, '404': \
             {{description: d}}}}}}}}}}"
        )
    };
    let several = api(&document("{type: integer}"), "");
    let krate = Crate::new(&several, Package::new("t"));
    let builder = &krate.builders[0];
    assert_eq!((builder.outcome.output.as_str(), builder.outcome.has_output_enum), ("AOutput", true));
    assert_eq!(builder.outcome.error.as_deref(), Some("AError"));
    let one = api(&document("{type: string}"), "");
    let krate = Crate::new(&one, Package::new("t"));
    assert_eq!(
        (krate.builders[0].outcome.output.as_str(), krate.builders[0].outcome.has_output_enum),
        ("String", false)
    );
}

#[test]
fn an_enum_of_bodies_is_made_from_what_one_media_type_has_behind_its_alias() {
    let document = "paths: {/a: {put: {operationId: a, requestBody: {content: {application/json: {schema: {$ref: \
                    '#/components/schemas/Text'}}, text/plain: {schema: {type: string}}, application/x-www-form-urlencoded: {schema: \
                    {type: object, properties: {b: {type: string}}}}}}, responses: {}}}}\n\
                    components: {schemas: {Text: {type: string, minLength: 1}}}";
    let api = api(document, "");
    let krate = Crate::new(&api, Package::new("t"));
    let BodyForm::Several { converted, .. } = &krate.builders[0].form else { panic!("one type for all") };
    let variants: Vec<&str> = converted.iter().map(|content| content.variant.as_str()).collect();
    assert_eq!(variants, ["Form"]);
}

#[test]
fn a_media_type_is_called_by_its_own_name_and_stream_is_reserved() {
    let document = "paths: {/a: {post: {operationId: a, parameters: [{name: stream, in: query, schema: {type: string}}],
  requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/B'}}}},
  responses: {'200': {description: d, content: {application/json: {schema: {type: integer}}, text/csv: {},
  application/csv: {}, text/plain: {}, application/vnd.ms-excel: {}, text/event-stream: {}, 'image/*': {}}}}}}}\n\
                    components: {schemas: {B: {type: object, properties: {stream: {type: boolean}}}}}";
    let api = api(document, "");
    let krate = Crate::new(&api, Package::new("t"));
    let builder = &krate.builders[0];
    let choosers = builder.accepting.iter().map(|accepting| accepting.chooser.as_str());
    let choosers: Vec<&str> = choosers.collect();
    let expected = [
        "accept_csv",
        "accept_application_csv",
        "accept_text",
        "accept_ms_excel",
        "accept_events",
        "accept_image",
    ];
    assert_eq!(choosers, expected);
    assert_eq!(builder.stream.as_ref().map(|method| method.name.as_str()), Some("stream"));
    assert_eq!(super::setters(builder), ["stream_", "body_stream"]);
}
