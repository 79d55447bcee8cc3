//! Files in multipart bodies.

use super::snippet::{Planned, paths};
use crate::api::FileField;

fn upload(properties: &str, more: &str) -> Planned {
    paths(&format!(
        "/a: {{post: {{requestBody: {{content: {{multipart/form-data: {{schema: {{type: object, {properties}}}{more}}}}}}}, responses: {{'204': {{description: Done}}}}}}}}"
    ))
}

fn files(plan: &Planned) -> Vec<(&str, bool, bool)> {
    let body = plan.operation("POST /a").body.as_ref().unwrap();
    let of_contents = body.content.iter().flat_map(|content| &content.files);
    let plain = |file: &FileField| (file.required, file.many);
    body.files
        .iter()
        .chain(of_contents)
        .map(|file| (file.wire.as_str(), plain(file).0, plain(file).1))
        .collect()
}

#[test]
fn binary_properties_are_files_and_the_rest_stays() {
    let plan = upload(
        "required: [photo], properties: {
  photo: {type: string, format: binary},
  more: {type: array, items: {type: string, format: binary}},
  title: {type: string}}",
        "",
    );
    assert_eq!(files(&plan), [("photo", true, false), ("more", false, true)]);
    let body = "/paths/~1a/post/requestBody/content/multipart~1form-data/schema";
    let wires: Vec<&str> =
        plan.object(body).properties.iter().map(|property| property.wire.as_str()).collect();
    assert_eq!(wires, ["title"]);
}

#[test]
fn the_media_type_of_a_property_makes_it_a_file() {
    let by_encoding = |media_type: &str| {
        upload(
            "properties: {f: {type: string}, t: {type: string}}",
            &format!(", encoding: {{f: {{contentType: {media_type}}}}}"),
        )
    };
    assert_eq!(files(&by_encoding("image/png")), [("f", false, false)]);
    assert!(files(&by_encoding("text/plain")).is_empty());
    assert!(files(&by_encoding("application/json")).is_empty());
    let plan = upload("properties: {f: {contentMediaType: application/octet-stream}}", "");
    assert_eq!(files(&plan), [("f", false, false)]);
}

#[test]
fn what_can_only_be_bytes_is_a_file_wherever_it_says_so() {
    let plan = upload(
        "properties: {
  nullable: {type: [string, 'null'], format: binary},
  untyped: {},
  described: {description: Anything.},
  either: {oneOf: [{type: string, format: binary}, {type: array, items: {type: string, format: binary}}]},
  or_null: {anyOf: [{type: string, format: binary}, {type: 'null'}]},
  untyped_list: {type: array, items: {}},
  sheet: {type: object, properties: {a: {type: string}}}}",
        ", encoding: {sheet: {contentType: application/xml}}",
    );
    let expected = [
        ("nullable", false, false),
        ("untyped", false, false),
        ("described", false, false),
        ("either", false, true),
        ("or_null", false, false),
        ("untyped_list", false, true),
        ("sheet", false, false),
    ];
    assert_eq!(files(&plan), expected);
    assert_eq!(plan.codes, ["N0196"]);
}

#[test]
fn what_says_that_it_is_text_or_json_is_no_file() {
    let plan = upload(
        "properties: {a: {default: x}, b: {maxLength: 3}, c: {enum: [x]}, d: {}, e: {}, f: {type: object},
  g: {type: object, properties: {a: {type: string}}}, h: {anyOf: [{type: string, format: binary}, {type: string}]}}",
        ", encoding: {d: {contentType: application/json}, e: {contentType: text/plain}, g: {contentType: 'application/xml, application/json'}}",
    );
    assert!(files(&plan).is_empty(), "{:?}", files(&plan));
}

#[test]
fn a_body_that_is_a_file_has_no_name_but_file() {
    for (schema, many) in [
        ("{type: string, format: binary}", false),
        ("{$ref: '#/components/schemas/Blob'}", false),
        ("{type: array, items: {type: string, format: binary}}", true),
    ] {
        let plan = super::snippet::planned(&format!(
            "paths: {{/a: {{post: {{requestBody: {{required: true, content: {{multipart/form-data: {{schema: {schema}}}}}}}, responses: {{'204': {{description: Done}}}}}}}}}}
components: {{schemas: {{Blob: {{type: string, format: binary}}}}}}"
        ));
        assert_eq!(files(&plan), [("file", true, many)], "{schema}");
        assert_eq!(plan.codes, ["W0126"], "{schema}");
    }
}

#[test]
fn headers_of_parts_belong_to_files() {
    let header =
        "headers: {X-A: {required: true, schema: {type: string}}, Content-Type: {schema: {type: string}}}";
    let plan = upload(
        "properties: {f: {type: string, format: binary}, t: {type: string}}",
        &format!(", encoding: {{f: {{{header}}}, t: {{{header}}}}}"),
    );
    let body = plan.operation("POST /a").body.as_ref().unwrap();
    let headers: Vec<_> =
        body.files[0].headers.iter().map(|header| (header.wire.as_str(), header.required)).collect();
    assert_eq!(headers, [("X-A", true)]);
    assert_eq!(plan.codes, ["N0046", "N0046", "W0125"]);
}

#[test]
fn an_encoding_without_a_property_is_told() {
    let codes = |schema: &str, encoding: &str| {
        let plan = paths(&format!(
            "/a: {{post: {{requestBody: {{content: {{multipart/form-data: {{schema: {schema}, encoding: {encoding}}}}}}}, responses: {{'204': {{description: Done}}}}}}}}"
        ));
        plan.codes
    };
    let object = "{type: object, properties: {a: {type: string}}}";
    assert_eq!(codes(object, "{b: {contentType: text/plain}}"), ["W0047"]);
    assert_eq!(codes(object, "{a: {contentType: text/plain}}"), [""; 0]);
    assert_eq!(codes(object, "{a: {style: form}}"), [""; 0]);
    assert_eq!(codes(object, "{a: {explode: false}}"), ["W0047"]);
    let composed =
        "{allOf: [{type: object, properties: {a: {type: string}}}, {properties: {b: {type: string}}}]}";
    assert_eq!(codes(composed, "{a: {contentType: text/plain}, b: {contentType: text/csv}}"), [""; 0]);
    let open = "{type: object, properties: {a: {type: string}}, additionalProperties: {type: string}}";
    assert_eq!(codes(open, "{other: {contentType: text/csv}}"), [""; 0]);
}

#[test]
fn bytes_as_base64_are_no_file() {
    let plan =
        upload("properties: {f: {type: string, contentMediaType: image/png, contentEncoding: base64}}", "");
    assert!(files(&plan).is_empty());
}

#[test]
fn beside_another_media_type_the_files_are_its_contents() {
    let plan = paths(
        "
/a:
  post:
    responses: {'204': {description: Done}}
    requestBody:
      content:
        application/json: {schema: {type: object, properties: {u: {type: string}}}}
        multipart/form-data: {schema: {type: object, properties: {f: {type: string, format: binary}}}}
",
    );
    let body = plan.operation("POST /a").body.as_ref().unwrap();
    assert!(body.files.is_empty());
    let counts: Vec<usize> = body.content.iter().map(|content| content.files.len()).collect();
    assert_eq!(counts, [0, 1]);
}
