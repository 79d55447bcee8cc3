//! Responses: which are successes, what they hold and which media type is asked for.

use super::snippet::{Planned, paths};
use crate::api::{ResponseEncoding, Status};

fn get(responses: &str) -> Planned {
    paths(&format!("/a: {{get: {{responses: {responses}}}}}"))
}

#[test]
fn statuses_are_successes_or_failures_the_most_specific_first() {
    let plan = get(
        "{default: {description: D}, 4XX: {description: F}, '404': {description: N}, '201': {description: C},
  '200': {description: O}, 3XX: {description: R}}",
    );
    let operation = plan.operation("GET /a");
    let statuses = |responses: &[crate::api::Response]| {
        responses.iter().map(|response| response.status).collect::<Vec<_>>()
    };
    assert_eq!(statuses(&operation.successes), [Status::Code(200), Status::Code(201), Status::Range(3)]);
    assert_eq!(statuses(&operation.failures), [Status::Code(404), Status::Range(4), Status::Default]);
}

#[test]
fn default_alone_is_the_success() {
    let plan = get("{default: {description: Any}, '500': {description: Bad}}");
    let operation = plan.operation("GET /a");
    assert_eq!(operation.successes[0].status, Status::Default);
    assert_eq!(operation.failures[0].status, Status::Code(500));
}

#[test]
fn the_media_type_decides_the_encoding() {
    for (media_type, encoding, shape) in [
        ("application/json", ResponseEncoding::Json, "Int64"),
        ("application/problem+json", ResponseEncoding::Json, "Int64"),
        ("'*/*'", ResponseEncoding::Json, "Int64"),
        ("text/html", ResponseEncoding::Text, "String"),
        ("text/event-stream", ResponseEncoding::Items, "String"),
        ("application/pdf", ResponseEncoding::Bytes, "Bytes"),
    ] {
        let plan = get(&format!(
            "{{'200': {{description: O, content: {{{media_type}: {{schema: {{type: integer}}}}}}}}}}"
        ));
        let content = plan.response("GET /a", Status::Code(200)).content.as_ref().unwrap();
        assert_eq!((content.encoding, plan.shape(&content.ty).as_str()), (encoding, shape), "{media_type}");
    }
}

#[test]
fn json_is_asked_for_unless_callers_ask_for_another() {
    let plan = get(
        "{'200': {description: O, content: {text/plain: {}, application/json: {schema: {type: string}}, image/png: {}}}}",
    );
    let content = plan.response("GET /a", Status::Code(200)).content.as_ref().unwrap();
    assert_eq!(content.media_type, "application/json");
    assert_eq!(content.others, ["text/plain", "image/png"]);
    let alternatives = &plan.operation("GET /a").alternatives;
    let alternatives: Vec<&str> =
        alternatives.iter().map(|alternative| alternative.media_type.as_str()).collect();
    assert_eq!(alternatives, ["image/png"]);
    // A string can be text as well as JSON, whichever the server sends.
    assert_eq!(plan.codes, ["N0110"]);
}

#[test]
fn what_means_the_same_json_is_no_alternative() {
    let plan = super::snippet::planned(
        "paths: {/a: {get: {responses: {'200': {description: O, content: {
  text/plain: {schema: {$ref: '#/components/schemas/A'}}, application/json: {schema: {$ref: '#/components/schemas/A'}},
  text/json: {schema: {$ref: '#/components/schemas/A'}}, application/vnd.b+json: {schema: {type: integer}},
  text/csv: {schema: {$ref: '#/components/schemas/A'}}}}}}}}
components: {schemas: {A: {type: object, properties: {a: {type: string}}}}}",
    );
    let response = plan.response("GET /a", Status::Code(200));
    let shapes = response.contents().map(|content| (content.media_type.as_str(), plan.shape(&content.ty)));
    let expected = [("application/json", "A"), ("application/vnd.b+json", "Int64"), ("text/csv", "String")];
    assert_eq!(shapes.collect::<Vec<_>>(), expected.map(|(name, shape)| (name, shape.to_owned())));
    assert_eq!(plan.codes, ["N0110", "N0110"]);
}

#[test]
fn a_status_without_content_has_none_whatever_is_declared() {
    let plan = get("{'204': {description: O, content: {application/json: {schema: {type: string}}}},
  '304': {description: N, content: {application/json: {}}}}");
    assert_eq!(plan.response("GET /a", Status::Code(204)).content, None);
    assert_eq!(plan.response("GET /a", Status::Code(304)).content, None);
}

#[test]
fn json_without_a_schema_is_any_json_and_null_is_kept() {
    let plan = get("{'200': {description: O, content: {application/json: {}}},
  '404': {description: N, content: {application/json: {schema: {type: [string, 'null']}}}}}");
    let shape =
        |status| plan.shape(&plan.response("GET /a", Status::Code(status)).content.as_ref().unwrap().ty);
    assert_eq!((shape(200).as_str(), shape(404).as_str()), ("Json", "String?"));
}

#[test]
fn headers_are_typed() {
    let plan =
        get("{'200': {description: O, headers: {X-Left: {description: Calls left., schema: {type: integer}},
  X-At: {schema: {type: string, format: date-time}}}}}");
    let headers = &plan.response("GET /a", Status::Code(200)).headers;
    let found: Vec<_> = headers.iter().map(|header| (header.wire.as_str(), plan.shape(&header.ty))).collect();
    assert_eq!(found, [("X-Left", "Int64".to_owned()), ("X-At", "DateTime".to_owned())]);
    assert_eq!(headers[0].docs.summary, "Calls left.");
}

#[test]
fn of_any_media_type_the_schema_says_what_it_can_be() {
    for (schema, encoding, shape) in [
        ("{type: string}", ResponseEncoding::JsonOrText, "String"),
        (
            "{allOf: [{$ref: '#/components/schemas/Text'}], description: T}",
            ResponseEncoding::JsonOrText,
            "String",
        ),
        ("{type: [string, 'null']}", ResponseEncoding::JsonOrText, "String?"),
        ("{type: string, format: date}", ResponseEncoding::JsonOrText, "Date"),
        ("{}", ResponseEncoding::JsonOrText, "Json"),
        ("{type: string, format: binary}", ResponseEncoding::Bytes, "Bytes"),
        ("{type: string, contentMediaType: image/png}", ResponseEncoding::Bytes, "Bytes"),
        ("{$ref: '#/components/schemas/Blob'}", ResponseEncoding::Bytes, "Bytes"),
        ("{type: array, items: {type: string}}", ResponseEncoding::Json, "[String]"),
        ("{type: integer}", ResponseEncoding::Json, "Int64"),
    ] {
        for range in ["*/*", "application/*"] {
            let plan = super::snippet::planned(&format!(
                "paths: {{/a: {{get: {{responses: {{'200': {{description: O, content: {{'{range}': {{schema: {schema}}}}}}}}}}}}}}}
components: {{schemas: {{Text: {{type: string}}, Blob: {{type: string, format: binary}}}}}}"
            ));
            let content = plan.response("GET /a", Status::Code(200)).content.as_ref().unwrap();
            let found = plan.shape(&content.ty);
            assert_eq!(content.encoding, encoding, "{schema}");
            assert!(found == shape || found.ends_with("Text"), "{schema}: {found}");
        }
    }
}

#[test]
fn a_string_that_can_be_text_too_is_either() {
    let both = "content: {text/plain: {}, application/json: {schema: {type: string}}}";
    let plan = get(&format!("{{'200': {{description: O, {both}}}, '400': {{description: F, {both}}}}}"));
    for status in [200, 400] {
        let content = plan.response("GET /a", Status::Code(status)).content.as_ref().unwrap();
        assert_eq!(content.encoding, ResponseEncoding::JsonOrText, "{status}");
    }
    // A failure that is text needn't be asked for.
    assert_eq!(plan.codes, ["N0110"]);
}

#[test]
fn head_has_no_content_and_cookies_are_a_list() {
    let plan = paths(
        "/a: {head: {responses: {'200': {description: O, headers: {set-cookie: {schema: {type: string, maxLength: 9}}},
  content: {application/json: {schema: {type: string}}}}}}}",
    );
    let response = plan.response("HEAD /a", Status::Code(200));
    assert_eq!(response.content, None);
    let header = &response.headers[0];
    assert_eq!((plan.shape(&header.ty).as_str(), header.rules.len()), ("[String]", 0));
}
