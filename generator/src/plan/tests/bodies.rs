//! Request bodies: media types, encodings and which is preferred.

use super::snippet::{Planned, paths};
use crate::api::{BodyEncoding, Style};

fn body(content: &str) -> Planned {
    paths(&format!(
        "/a: {{post: {{requestBody: {{content: {content}}}, responses: {{'204': {{description: Done}}}}}}}}"
    ))
}

fn encoding(content: &str) -> BodyEncoding {
    body(content).contents("POST /a")[0].encoding.clone()
}

#[test]
fn the_media_type_decides_the_encoding() {
    let schema = "{schema: {type: object, properties: {a: {type: string}}}}";
    for (media_type, expected) in [
        ("application/json", BodyEncoding::Json),
        ("application/merge-patch+json", BodyEncoding::Json),
        ("application/JSON; charset=utf-8", BodyEncoding::Json),
        ("'*/*'", BodyEncoding::Json),
        ("application/x-www-form-urlencoded", BodyEncoding::Form(vec![])),
        ("multipart/form-data", BodyEncoding::Multipart(vec![])),
        ("text/plain", BodyEncoding::Text),
        ("application/octet-stream", BodyEncoding::Bytes),
        ("application/xml", BodyEncoding::Bytes),
    ] {
        assert_eq!(encoding(&format!("{{{media_type}: {schema}}}")), expected, "{media_type}");
    }
}

#[test]
fn what_a_request_can_t_do_without_is_required() {
    let is_required = |method: &str, said: &str, schemas: &[&str]| {
        let each = schemas.iter().enumerate();
        let contents = each.map(|(index, schema)| format!("application/v{index}+json: {{schema: {schema}}}"));
        let content = contents.collect::<Vec<_>>().join(", ");
        let path =
            format!("/a: {{{method}: {{requestBody: {{{said}content: {{{content}}}}}, responses: {{}}}}}}");
        let planned = paths(&path);
        planned.operation(&format!("{} /a", method.to_uppercase())).body.as_ref().unwrap().required
    };
    let a = "{type: object, required: [a], properties: {a: {type: string}}}";
    for (method, said, schemas, expected) in [
        ("post", "", &[a][..], true),
        ("put", "", &[a, a], true),
        ("delete", "", &[a], false),
        ("post", "required: false, ", &[a], false),
        ("delete", "required: true, ", &[a], true),
        ("patch", "required: false, ", &["{type: object}"], true),
        ("post", "", &[a, "{type: string}"], false),
        ("post", "", &["{type: object, properties: {a: {type: string}}}"], false),
        ("post", "", &["{type: [object, 'null'], required: [a], properties: {a: {type: string}}}"], false),
        ("post", "", &["{required: [a], properties: {a: {type: string, readOnly: true}}}"], false),
        ("post", "", &["{required: [a]}"], true),
        ("post", "", &["{oneOf: [{type: object, required: [a]}, {type: object, required: [b]}]}"], true),
        ("post", "", &["{oneOf: [{type: object, required: [a]}, {type: object}]}"], false),
        ("post", "", &["{allOf: [{type: object}, {required: [b]}]}"], true),
        ("post", "", &["{allOf: [{type: object, properties: {a: {type: string}}}], required: [a]}"], true),
    ] {
        assert_eq!(is_required(method, said, schemas), expected, "{method} {said}{schemas:?}");
    }
}

#[test]
fn of_any_media_type_only_what_has_a_structure_is_json() {
    for (schema, expected) in [
        ("{type: string, format: binary}", BodyEncoding::Bytes),
        ("{type: [string, 'null']}", BodyEncoding::Bytes),
        ("{enum: [a, b]}", BodyEncoding::Bytes),
        ("{}", BodyEncoding::Bytes),
        ("{type: array, items: {type: string}}", BodyEncoding::Json),
        ("{type: integer}", BodyEncoding::Json),
    ] {
        for range in ["*/*", "application/*"] {
            assert_eq!(
                encoding(&format!("{{'{range}': {{schema: {schema}}}}}")),
                expected,
                "{range} {schema}"
            );
        }
    }
    assert_eq!(encoding("{'*/*': {}}"), BodyEncoding::Bytes);
    assert_eq!(encoding("{'image/*': {schema: {type: string}}}"), BodyEncoding::Bytes);
    assert_eq!(encoding("{'text/*': {schema: {type: string}}}"), BodyEncoding::Text);
}

#[test]
fn a_name_that_isn_t_a_media_type_is_told_and_read_as_what_it_must_mean() {
    for (name, encoding) in [
        ("form-data", BodyEncoding::Multipart(vec![])),
        ("json", BodyEncoding::Json),
        ("x-www-form-urlencoded", BodyEncoding::Form(vec![])),
        ("plain text", BodyEncoding::Bytes),
    ] {
        let plan =
            body(&format!("{{{name}: {{schema: {{type: object, properties: {{a: {{type: string}}}}}}}}}}"));
        assert_eq!(plan.contents("POST /a")[0].encoding, encoding, "{name}");
        assert_eq!(plan.codes, ["W0045"], "{name}");
    }
    let plan = body(
        "{'application/json, application/x-www-form-urlencoded': {schema: {type: object, properties: {a: {type: string}}}}}",
    );
    assert_eq!((plan.contents("POST /a").len(), &plan.codes[..]), (2, &["W0045".to_owned()][..]));
}

#[test]
fn text_and_bytes_have_types_of_their_own_whatever_the_schema() {
    let plan =
        body("{text/csv: {schema: {type: integer}}, image/png: {schema: {type: string, format: binary}}}");
    let shapes: Vec<String> =
        plan.contents("POST /a").iter().map(|content| plan.shape(&content.ty)).collect();
    assert_eq!(shapes, ["String", "Body"]);
}

#[test]
fn json_is_preferred_then_multipart_form_text_and_bytes() {
    let object = "{schema: {type: object, properties: {a: {type: string}}}}";
    let plan = body(&format!(
        "{{image/png: {{}}, text/plain: {{}}, application/x-www-form-urlencoded: {object}, multipart/form-data: {object}, application/json: {object}}}"
    ));
    let media_types: Vec<&str> =
        plan.contents("POST /a").iter().map(|content| content.media_type.as_str()).collect();
    let expected = [
        "application/json",
        "multipart/form-data",
        "application/x-www-form-urlencoded",
        "text/plain",
        "image/png",
    ];
    assert_eq!(media_types, expected);
}

#[test]
fn the_encoding_object_says_how_a_property_is_written() {
    let found = encoding(
        "{application/x-www-form-urlencoded: {
  schema: {type: object, properties: {a: {type: array, items: {type: string}}, b: {type: object}}},
  encoding: {a: {style: pipeDelimited}, b: {style: deepObject, explode: true, allowReserved: true}}}}",
    );
    let BodyEncoding::Form(properties) = found else { panic!("{found:?}") };
    let found: Vec<_> = properties
        .iter()
        .map(|property| (property.wire.as_str(), property.style, property.explode, property.allow_reserved))
        .collect();
    assert_eq!(found, [("a", Style::PipeDelimited, false, false), ("b", Style::DeepObject, true, true)]);
}

#[test]
fn a_form_of_what_is_no_object_is_left_out_or_told() {
    let plan = body(
        "{application/x-www-form-urlencoded: {schema: {type: string}}, application/json: {schema: {type: string}}}",
    );
    assert_eq!(plan.contents("POST /a").len(), 1);
    assert_eq!(plan.codes, ["N0109"]);
    let plan = body("{application/x-www-form-urlencoded: {schema: {type: string}}}");
    assert_eq!((plan.contents("POST /a").len(), &plan.codes[..]), (1, &["W0109".to_owned()][..]));
}

#[test]
fn a_body_is_required_by_the_document_or_by_patch() {
    let required = |method: &str, word: &str| {
        let plan = paths(&format!(
            "/a: {{{method}: {{requestBody: {{{word}content: {{application/json: {{schema: {{type: string}}}}}}}}, responses: {{'204': {{description: Done}}}}}}}}"
        ));
        let operation = &plan.api.operations[0];
        operation.body.as_ref().unwrap().required
    };
    assert!(!required("post", ""));
    assert!(required("post", "required: true, "));
    assert!(required("patch", ""));
}

#[test]
fn a_body_can_be_null_and_has_rules() {
    let plan =
        body("{application/json: {schema: {type: [array, 'null'], items: {type: string}, maxItems: 3}}}");
    let content = &plan.contents("POST /a")[0];
    assert_eq!((plan.shape(&content.ty).as_str(), content.rules.len()), ("[String]?", 1));
}
