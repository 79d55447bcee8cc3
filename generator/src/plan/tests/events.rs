//! Webhooks and callbacks: what tells events apart, and what is in them.

use super::snippet::{planned, planned_with};
use crate::api::{Api, ByPayload, Event, Events, PayloadEncoding, Signature, SignatureTimestamp, TypeKind};

/// A document of webhooks, each with JSON of a schema, and components.
fn webhooks(webhooks: &[(&str, &str)], components: &str) -> String {
    let mut text = "webhooks:\n".to_owned();
    for (name, schema) in webhooks {
        text.push_str(&format!(
            "  {name}: {{post: {{requestBody: {{content: {{application/json: {{schema: {schema}}}}}}}, responses: {{'200': {{description: d}}}}}}}}\n"
        ));
    }
    format!("{text}components: {{schemas: {components}}}\n")
}

fn events(api: &Api) -> &Events {
    assert_eq!(api.events.len(), 1);
    &api.events[0]
}

fn event<'e>(events: &'e Events, name: &str) -> &'e Event {
    events.events.iter().find(|event| event.name == name).unwrap_or_else(|| panic!("no event {name}"))
}

fn tags(events: &Events) -> Vec<String> {
    events.events.iter().map(|event| event.tags.join(" ")).collect()
}

#[test]
fn a_property_with_other_constants_tells_events_apart() {
    let text = webhooks(
        &[
            ("a", "{type: object, properties: {id: {const: x}, type: {const: 1}}}"),
            ("b", "{$ref: '#/components/schemas/B'}"),
            ("c", "{oneOf: [{$ref: '#/components/schemas/C'}, {$ref: '#/components/schemas/D'}]}"),
        ],
        "{B: {type: object, properties: {type: {type: integer, enum: [2]}}}, C: {type: object, properties: {type: \
         {const: 3}}}, D: {type: object, properties: {type: {enum: [4, 5]}}}}",
    );
    let planned = planned(&text);
    let events = events(&planned.api);
    assert_eq!(events.by_payload, ByPayload::Property("type".to_owned()));
    assert_eq!(tags(events), ["1", "2", "3 4 5"]);
}

#[test]
fn what_a_discriminator_maps_tells_events_apart_where_no_schema_has_constants() {
    let alternatives = "oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]";
    let mapping = "mapping: {x: '#/components/schemas/A', y: '#/components/schemas/B'}";
    let union = format!("{{{alternatives}, discriminator: {{propertyName: type, {mapping}}}}}");
    let object = "{type: object, required: [type], properties: {type: {type: string}}}";
    let text = webhooks(
        &[("a", &union), ("b", "{type: object, properties: {type: {const: z}}}")],
        &format!("{{A: {object}, B: {object}}}"),
    );
    let planned = planned(&text);
    let events = events(&planned.api);
    assert_eq!(events.by_payload, ByPayload::Property("type".to_owned()));
    assert_eq!(tags(events), ["x y", "z"]);
}

#[test]
fn events_of_equal_payloads_are_told_apart_by_name_alone() {
    let text = webhooks(
        &[("made", "{$ref: '#/components/schemas/A'}"), ("gone", "{$ref: '#/components/schemas/A'}")],
        "{A: {type: object, properties: {type: {type: string}}}}",
    );
    let plain = planned(&text);
    assert_eq!(events(&plain.api).by_payload, ByPayload::No);
    assert!(plain.codes.is_empty(), "{:?}", plain.codes);
    // The settings say that the property has the names.
    let set = planned_with(&text, "webhooks: {property: type}");
    assert_eq!(events(&set.api).by_payload, ByPayload::Property("type".to_owned()));
    assert_eq!(tags(events(&set.api)), ["made", "gone"]);
}

#[test]
fn events_of_one_name_are_one_with_a_union() {
    let hook = |key: &str, event: &str, action: &str| {
        format!(
            "  {key}: {{post: {{x-origin: {{event: {event}}}, requestBody: {{content: {{application/json: {{schema: {{type: object, \
             properties: {{action: {{const: {action}}}}}}}}}}}}}, responses: {{'200': {{description: d}}}}}}}}\n"
        )
    };
    let text = format!("webhooks:\n{}{}", hook("a-opened", "a", "opened"), hook("a-closed", "a", "closed"));
    let planned = planned_with(&text, "webhooks: {name: /x-origin/event, header: X-Event}");
    let events = events(&planned.api);
    assert_eq!(events.header.as_deref(), Some("X-Event"));
    let [event] = &events.events[..] else { panic!("{events:?}") };
    assert_eq!(event.name, "a");
    let name = event.payload.as_ref().unwrap().ty.named().unwrap();
    assert!(
        matches!(&planned.api.find_type(name).unwrap().kind, TypeKind::Union(union) if union.variants.len() == 2)
    );
}

#[test]
fn a_header_with_other_constants_names_events() {
    let hook = |key: &str, event: &str| {
        format!(
            "  {key}: {{post: {{parameters: [{{name: X-Topic, in: header, schema: {{const: {event}}}}}, {{name: X-Id, in: header, \
             schema: {{type: integer}}}}], responses: {{'200': {{description: d}}}}}}}}\n"
        )
    };
    let planned =
        planned(&format!("webhooks:\n{}{}", hook("one", "orders/made"), hook("two", "orders/gone")));
    let events = events(&planned.api);
    assert_eq!(events.header.as_deref(), Some("X-Topic"));
    let names: Vec<&str> = events.events.iter().map(|event| event.name.as_str()).collect();
    assert_eq!(names, ["orders/made", "orders/gone"]);
    let headers: Vec<&str> = events.headers.iter().map(|header| header.wire.as_str()).collect();
    assert_eq!(headers, ["X-Topic", "X-Id"]);
}

#[test]
fn json_is_decoded_and_others_are_told() {
    let text = "webhooks:
  both: {post: {requestBody: {content: {text/plain: {}, application/json: {schema: {type: object}}}}, responses: {'200': {description: d}}}}
  form: {post: {requestBody: {content: {application/x-www-form-urlencoded: {schema: {type: object}}}}, responses: {'200': {description: d}}}}
  file: {post: {requestBody: {content: {image/png: {}}}, responses: {'200': {description: d}}}}
  none: {post: {responses: {'200': {description: d}}}}
  xml: {post: {requestBody: {content: {text/xml: {schema: {type: object, xml: {name: x}, properties: {a: {type: string}}}}}}, responses: {'200': {description: d}}}}
  list: {post: {requestBody: {content: {text/xml: {schema: {type: array, items: {type: string}}}}}, responses: {'200': {description: d}}}}
";
    let planned = planned(text);
    assert_eq!(planned.codes, ["N0211", "W0212", "W0240"]);
    let events = events(&planned.api);
    let encoding = |name: &str| event(events, name).payload.as_ref().map(|payload| payload.encoding);
    assert_eq!(encoding("both"), Some(PayloadEncoding::Json));
    assert_eq!(encoding("form"), Some(PayloadEncoding::Text));
    assert_eq!(encoding("file"), Some(PayloadEncoding::Bytes));
    assert_eq!(encoding("none"), None);
    assert_eq!(
        (encoding("xml"), encoding("list")),
        (Some(PayloadEncoding::Xml), Some(PayloadEncoding::Text))
    );
}

#[test]
fn payloads_are_received_and_answers_are_sent() {
    let text = "webhooks:
  made:
    post:
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Payload'}}}}
      responses: {'200': {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/Answer'}}}}}
components: {schemas: {Payload: {type: object}, Answer: {type: object}, Unused: {type: object}}}
";
    let planned = planned(text);
    let sides =
        |schema: &str| planned.find(schema).map(|definition| (definition.in_request, definition.in_response));
    assert_eq!(sides("Payload"), Some((false, true)));
    assert_eq!(sides("Answer"), Some((true, false)));
    assert_eq!(sides("Unused"), None);
    let events = events(&planned.api);
    assert_eq!((events.by_payload.clone(), events.are_webhooks()), (ByPayload::Only, true));
    let left_out = planned_with(text, "webhooks: {events: false}");
    assert!(left_out.api.events.is_empty() && left_out.api.models.is_empty() && left_out.codes.is_empty());
}

/// Two operations that share a callback, of which the first has one of its own too.
const CALLBACKS: &str = "paths:
  /a:
    post:
      operationId: startA
      responses: {'202': {description: d}}
      callbacks:
        done: {'{$request.query.url}': {post: {requestBody: {content: {application/json: {schema: {type: object}}}}, responses: {'200': {description: d}}}}}
        shared: {$ref: '#/components/callbacks/Shared'}
  /b: {post: {responses: {'202': {description: d}}, callbacks: {other: {$ref: '#/components/callbacks/Shared'}}}}
components:
  callbacks:
    Shared: {'{$request.query.url}/x': {put: {operationId: told, responses: {'200': {description: d}}}, delete: {responses: {'200': {description: d}}}}}
";

#[test]
fn each_callback_is_once() {
    let planned = planned(CALLBACKS);
    let found: Vec<(&str, Vec<&str>)> = planned
        .api
        .events
        .iter()
        .map(|events| (events.name.as_str(), events.asked_by.iter().map(String::as_str).collect()))
        .collect();
    assert_eq!(found, [("done", vec!["startA"]), ("Shared", vec!["startA", "POST /b"])]);
    let addresses: Vec<&String> = planned
        .api
        .events
        .iter()
        .flat_map(|events| &events.events)
        .flat_map(|event| &event.addresses)
        .collect();
    assert_eq!(
        addresses,
        ["POST {$request.query.url}", "PUT {$request.query.url}/x", "DELETE {$request.query.url}/x"]
    );
    assert!(planned_with(CALLBACKS, "webhooks: {callbacks: false}").api.events.is_empty());
    let omitted = planned_with(CALLBACKS, "omit: {operations: [startA]}");
    assert_eq!(events(&omitted.api).asked_by, ["POST /b"]);
}

#[test]
fn settings_that_match_nothing_are_errors() {
    let text = webhooks(&[("made", "{type: object}")], "{}");
    for settings in [
        "webhooks: {name: /x-none}",
        "webhooks: {signature: {scheme: hmac}}",
        "webhooks: {signature: {scheme: standard, prefix: a}}",
        "webhooks: {signature: {scheme: hmac, header: 'a b'}}",
        "webhooks: {signature: {scheme: hmac, header: a, content: x}}",
        "webhooks: {signature: {scheme: hmac, header: a, timestamp_header: b}}",
    ] {
        assert_eq!(planned_with(&text, settings).codes, ["E0216"], "{settings}");
    }
    assert_eq!(planned_with("paths: {}", "webhooks: {header: a}").codes, ["E0216"]);
    let settings = "webhooks: {signature: {scheme: hmac, header: S, content: '{timestamp}.{body}', fields: {timestamp: t, signature: v1}}}";
    let planned = planned_with(&text, settings);
    let Some(Signature::Hmac(hmac)) = &planned.api.facts.signature else { panic!("no signature") };
    assert_eq!(hmac.timestamp, SignatureTimestamp::Fields("t".to_owned(), "v1".to_owned()));
}
