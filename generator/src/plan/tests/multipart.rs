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
