//! Sequences of items: what an item is, and how its events are read.

use super::snippet::{Planned, paths, planned_with};
use crate::api::{EventData, Framing, Items, Status};

const COMPONENTS: &str = "
components:
  schemas:
    Chunk: {type: object, properties: {delta: {type: string}}}
    Made: {type: object, properties: {event: {const: made}, data: {$ref: '#/components/schemas/Chunk'}}}
    Note: {type: object, properties: {event: {enum: [note, hint]}, data: {type: string}}}
";

fn get(content: &str) -> Planned {
    planned_with(
        &format!(
            "paths: {{/a: {{get: {{responses: {{'200': {{description: O, content: {{{content}}}}}}}}}}}}}{COMPONENTS}"
        ),
        "",
    )
}

fn items(plan: &Planned) -> &Items {
    plan.response("GET /a", Status::Code(200)).content.as_ref().unwrap().items.as_ref().unwrap()
}

/// What an item is, and how it is written.
fn told(content: &str) -> (Option<String>, Framing) {
    let plan = get(content);
    let items = items(&plan);
    (items.ty.as_ref().map(|ty| plan.shape(ty)), items.framing.clone())
}

#[test]
fn a_schema_is_that_of_an_item_unless_it_is_an_array() {
    for schema in [
        "schema: {$ref: '#/components/schemas/Chunk'}",
        "schema: {type: array, items: {$ref: '#/components/schemas/Chunk'}}",
        "itemSchema: {$ref: '#/components/schemas/Chunk'}",
    ] {
        let item = || Some("Chunk".to_owned());
        assert_eq!(told(&format!("application/jsonl: {{{schema}}}")), (item(), Framing::Lines));
        assert_eq!(told(&format!("application/json-seq: {{{schema}}}")), (item(), Framing::Sequence));
        let events = Framing::Events(EventData::Item);
        assert_eq!(told(&format!("text/event-stream: {{{schema}}}")), (item(), events));
    }
    assert_eq!(told("application/jsonl: {}"), (Some("Json".to_owned()), Framing::Lines));
}

#[test]
fn events_without_a_schema_for_their_data_are_as_they_are() {
    for schema in ["{}", "{schema: {type: string}}", "{itemSchema: {}}"] {
        let events = Framing::Events(EventData::Text);
        assert_eq!(told(&format!("text/event-stream: {schema}")), (None, events), "{schema}");
    }
}

#[test]
fn events_can_be_objects_whose_data_is_text_or_json() {
    let reference = |name: &str| format!("{{$ref: '#/components/schemas/{name}'}}");
    let one = |name: &str| told(&format!("text/event-stream: {{schema: {}}}", reference(name))).1;
    assert_eq!(one("Made"), Framing::Events(EventData::Json));
    assert_eq!(one("Note"), Framing::Events(EventData::Text));
    let both =
        format!("text/event-stream: {{schema: {{oneOf: [{}, {}]}}}}", reference("Made"), reference("Note"));
    let names = vec!["note".to_owned(), "hint".to_owned()];
    assert_eq!(told(&both).1, Framing::Events(EventData::JsonExcept(names)));
    // With other properties, it is what the data holds.
    let data =
        "{type: object, properties: {event: {type: string}, data: {type: string}, more: {type: string}}}";
    assert_eq!(told(&format!("text/event-stream: {{schema: {data}}}")).1, Framing::Events(EventData::Item));
    let only_data = "{type: object, properties: {data: {type: string}}}";
    for (keyword, expected) in [("schema", EventData::Item), ("itemSchema", EventData::Text)] {
        let framing = told(&format!("text/event-stream: {{{keyword}: {only_data}}}")).1;
        assert_eq!(framing, Framing::Events(expected), "{keyword}");
    }
}

#[test]
fn the_content_of_data_is_its_type() {
    let data = "{type: string, contentMediaType: application/json, contentSchema: {$ref: '#/components/schemas/Chunk'}}";
    let plan =
        get(&format!("text/event-stream: {{itemSchema: {{type: object, properties: {{data: {data}}}}}}}"));
    assert_eq!(items(&plan).framing, Framing::Events(EventData::Json));
    let item = "/paths/~1a/get/responses/200/content/text~1event-stream/itemSchema";
    assert_eq!(plan.property_shape(item, "data"), "Chunk");
    // The data as a whole can have it too.
    let (ty, framing) = told(&format!("text/event-stream: {{schema: {data}}}"));
    assert_eq!((ty.as_deref(), framing), (Some("Chunk"), Framing::Events(EventData::Item)));
    // Anywhere else, it says what is in a string.
    let plan = paths(&format!(
        "/a: {{get: {{responses: {{'200': {{description: O, content: {{application/json: {{schema: {}}}}}}}}}}}}}",
        data.replace("{$ref: '#/components/schemas/Chunk'}", "{type: object}")
    ));
    assert_eq!(plan.codes, ["N0020"]);
}

#[test]
fn requests_are_lists_of_items_where_the_document_says_so() {
    let post = |content: &str| {
        let plan = planned_with(
            &format!(
                "paths: {{/a: {{post: {{requestBody: {{content: {{{content}}}}}, responses: {{}}}}}}}}{COMPONENTS}"
            ),
            "",
        );
        let content = &plan.contents("POST /a")[0];
        plan.shape(&content.ty)
    };
    assert_eq!(post("application/jsonl: {itemSchema: {$ref: '#/components/schemas/Chunk'}}"), "[Chunk]");
    assert_eq!(post("application/json-seq: {schema: {type: array, items: {type: integer}}}"), "[Int64]");
    assert_eq!(post("application/x-ndjson: {schema: {type: string}}"), "Body");
}

#[test]
fn settings_for_streams_without_effect_are_told() {
    let body = "requestBody: {content: {application/json: {schema: {type: object, properties: {live: {type: boolean}}}}}}";
    let plan = |content: &str, settings: &str| {
        let document = format!(
            "paths: {{/a: {{post: {{{body}, responses: {{'200': {{description: O, content: {{{content}: {{}}}}}}}}}}}}}}"
        );
        planned_with(&document, settings)
    };
    let streams = plan("application/jsonl", "streams: {end: x, flag: live}");
    assert_eq!(streams.operation("POST /a").stream_flag.as_deref(), Some("live"));
    assert!(streams.codes.is_empty(), "{:?}", streams.codes);
    assert_eq!(plan("application/jsonl", "streams: {flag: stream}").codes, ["W0108"]);
    assert_eq!(plan("application/json", "streams: {end: x, flag: live}").codes, ["W0108", "W0108"]);
}

#[test]
fn data_is_json_only_if_its_schema_says_so() {
    let events = |data: &str| {
        told(&format!(
            "text/event-stream: {{itemSchema: {{type: object, properties: {{event: {{type: string}}, data: {data}}}}}}}"
        ))
    };
    let chunk = "contentSchema: {$ref: '#/components/schemas/Chunk'}";
    let json = [
        format!("{{type: string, {chunk}}}"),
        format!("{{type: string, contentMediaType: application/json, {chunk}}}"),
        format!("{{type: string, contentMediaType: application/problem+json, {chunk}}}"),
    ];
    for data in json {
        assert_eq!(events(&data).1, Framing::Events(EventData::Json), "{data}");
    }
    let text = [
        "{type: string}".to_owned(),
        "{type: string, contentSchema: {type: string}}".to_owned(),
        "{type: string, contentSchema: {}}".to_owned(),
        format!("{{type: string, contentMediaType: text/html, {chunk}}}"),
        format!("{{type: string, contentMediaType: application/json, contentEncoding: base64, {chunk}}}"),
    ];
    for data in text {
        assert_eq!(events(&data).1, Framing::Events(EventData::Text), "{data}");
    }
}
