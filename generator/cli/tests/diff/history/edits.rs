//! What the vendor of the service of resources does to its document in a year.

use fastrand::Rng;
use serde_json::{Value, json};

use super::resources::{RESOURCES, property, property_name};

/// What doesn't break the wire, by how often.
pub fn harmless(document: &mut Value, rng: &mut Rng) {
    for _ in 0..320 {
        add_property(document, rng);
    }
    for number in 0..60 {
        add_value(document, number, rng);
    }
    for number in 0..30 {
        add_operation(document, number, rng);
    }
    for number in 0..200 {
        describe(document, number, rng);
    }
    everywhere(document);
    rename(document, rng);
}

/// The object that has the schema's properties.
fn object_of<'d>(document: &'d mut Value, name: &str) -> &'d mut Value {
    let schema = &mut document["components"]["schemas"][name];
    if schema.get("allOf").is_some() { &mut schema["allOf"][1] } else { schema }
}

fn resource(rng: &mut Rng) -> &'static str {
    RESOURCES[rng.usize(0..RESOURCES.len())]
}

fn add_property(document: &mut Value, rng: &mut Rng) {
    let ends = [
        "Response",
        "CreateRequest",
        "UpdateRequest",
        "SettingsResponse",
        "SettingsRequest",
        "PartialResponse",
    ];
    let name = format!("{}{}", resource(rng), ends[rng.usize(0..ends.len())]);
    let (property_name, schema) = (property_name(rng), property(rng));
    let properties = &mut object_of(document, &name)["properties"];
    if properties.get(&property_name).is_none() {
        properties[property_name] = schema;
    }
}

fn add_value(document: &mut Value, number: usize, rng: &mut Rng) {
    let (end, value) =
        if rng.bool() { ("Type", json!(100 + number)) } else { ("Status", json!(format!("state_{number}"))) };
    let values = document["components"]["schemas"][format!("{}{end}", resource(rng))]["oneOf"].as_array_mut();
    values.unwrap().push(json!({"title": format!("NEW_{number}"), "const": value}));
}

fn add_operation(document: &mut Value, number: usize, rng: &mut Rng) {
    let name = resource(rng).to_lowercase();
    let mut operation = document["paths"][format!("/{name}s/{{id}}")]["get"].clone();
    operation["operationId"] = format!("get_{name}_preview_{number}").into();
    document["paths"][format!("/{name}s/{{id}}/preview{number}")] = json!({"get": operation});
}

fn describe(document: &mut Value, number: usize, rng: &mut Rng) {
    let name = resource(rng);
    let said = format!("Said otherwise for the {number}th time.");
    match rng.usize(0..3) {
        0 => document["paths"][format!("/{}s", name.to_lowercase())]["get"]["description"] = said.into(),
        1 => document["components"]["schemas"][format!("{name}Flags")]["description"] = said.into(),
        _ => {
            object_of(document, &format!("{name}Response"))["properties"]["id"] =
                json!({"$ref": "#/components/schemas/SnowflakeType", "description": said})
        }
    }
}

/// A header of every request, one of every refusal, another way to authenticate, and a property of every resource.
fn everywhere(document: &mut Value) {
    for operation in operations(document) {
        let header = json!({"name": "X-Locale", "in": "header", "schema": {"type": "string"}});
        operation["parameters"].as_array_mut().unwrap().push(header);
        operation["security"].as_array_mut().unwrap().push(json!({"Bearer": []}));
    }
    let refusal = &mut document["components"]["responses"]["ClientRatelimitedResponse"];
    refusal["headers"]["X-RateLimit-Scope"] = json!({"schema": {"type": "string"}});
    let shared = &mut document["components"]["schemas"]["Audited"]["properties"];
    shared["expires_at"] = json!({"type": ["string", "null"], "format": "date-time"});
    shared["reason"]["maxLength"] = 1024.into();
}

fn operations(document: &mut Value) -> impl Iterator<Item = &mut Value> {
    let items = document["paths"].as_object_mut().unwrap().values_mut();
    items.flat_map(|item| item.as_object_mut().unwrap().values_mut())
}

/// Other names for many schemas, which mean the same.
fn rename(document: &mut Value, rng: &mut Rng) {
    let mut text = document.to_string();
    for name in RESOURCES.iter().filter(|_| rng.bool()) {
        for (old, new) in [("PartialResponse", "BasicResponse"), ("SettingsRequest", "SettingsUpdateRequest")]
        {
            for (before, after) in [("schemas/", "\""), ("\"", "\":")] {
                text = text
                    .replace(&format!("{before}{name}{old}{after}"), &format!("{before}{name}{new}{after}"));
            }
        }
    }
    *document = serde_json::from_str(&text).unwrap();
}

/// As many edits as asked for that break the wire, each of its own kind and of a resource of its own as far as these go.
pub fn breaking(document: &mut Value, count: usize, rng: &mut Rng) {
    let mut names: Vec<&str> = RESOURCES.to_vec();
    rng.shuffle(&mut names);
    for (index, name) in names.iter().cycle().take(count).enumerate() {
        let path = format!("/{}s", name.to_lowercase());
        let schema = |end: &str| format!("{name}{end}");
        match index % 17 {
            0 => push(
                &mut document["paths"][path]["get"]["parameters"],
                json!({"name": format!("must_{index}"), "in": "query", "required": true, "schema": {"type": "string"}}),
            ),
            1 => {
                let request = object_of(document, &schema("CreateRequest"));
                request["properties"]["must"] = json!({"type": "string"});
                push(&mut request["required"], "must".into());
            }
            2 => drop(document["paths"][path].as_object_mut().unwrap().remove("post")),
            3 => {
                let response = object_of(document, &schema("Response"));
                response["properties"].as_object_mut().unwrap().remove("flags");
                response["required"] = json!(["id", "type"]);
            }
            4 => {
                document["components"]["schemas"][schema("CountResponse")]["properties"]["count"] =
                    json!({"type": "string"})
            }
            5 => object_of(document, &schema("CreateRequest"))["properties"]["name"]["maxLength"] = 32.into(),
            6 => drop(
                document["components"]["schemas"][schema("Status")]["oneOf"]
                    .as_array_mut()
                    .unwrap()
                    .remove(1),
            ),
            7 => drop(
                document["components"]["schemas"][schema("Component")]["oneOf"]
                    .as_array_mut()
                    .unwrap()
                    .remove(1),
            ),
            8 => {
                let paths = document["paths"].as_object_mut().unwrap();
                let item = paths.remove(&format!("{path}/{{id}}/settings")).unwrap();
                paths.insert(format!("{path}/{{id}}/options"), item);
            }
            9 => {
                object_of(document, &schema("UpdateRequest"))["properties"]["components"]["type"] =
                    "array".into()
            }
            10 => document["paths"][format!("{path}/{{id}}")]["get"]["security"] = json!([{"Bearer": []}]),
            11 => document["components"]["schemas"][schema("Flags")]["minimum"] = 1.into(),
            12 => {
                document["paths"][format!("{path}/{{id}}")]["patch"]["parameters"][0]["schema"] =
                    json!({"type": "integer"})
            }
            13 => {
                let content = document["paths"][format!("{path}/search")]["post"]["requestBody"]["content"]
                    .as_object_mut()
                    .unwrap();
                let json = content.remove("application/json").unwrap();
                content.insert("application/x-www-form-urlencoded".to_owned(), json);
            }
            14 => object_of(document, &schema("SearchRequest"))["additionalProperties"] = false.into(),
            15 => {
                object_of(document, &schema("MetadataResponse"))["properties"]["id"] =
                    json!({"type": "object", "properties": {"value": {"type": "string"}}})
            }
            _ => object_of(document, &schema("SearchRequest"))["properties"]["ids"]["maxItems"] = 25.into(),
        }
    }
}

fn push(list: &mut Value, value: Value) {
    list.as_array_mut().unwrap().push(value);
}
