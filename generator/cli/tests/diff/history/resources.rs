//! A large service as chat platforms describe theirs: ids as texts of digits, types of lists with null, integers whose values
//! have titles, and a partial form of everything.

use fastrand::Rng;
use serde_json::{Map, Value, json};

/// What the service has; each has the same operations and schemas.
pub const RESOURCES: [&str; 31] = [
    "Application",
    "Ban",
    "Badge",
    "Channel",
    "Command",
    "Emoji",
    "Entitlement",
    "Event",
    "Guild",
    "Integration",
    "Invite",
    "Lobby",
    "Member",
    "Message",
    "Onboarding",
    "Poll",
    "Reaction",
    "Role",
    "Rule",
    "Session",
    "Sku",
    "Sound",
    "Stage",
    "Sticker",
    "Subscription",
    "Team",
    "Template",
    "Thread",
    "User",
    "Voice",
    "Webhook",
];

/// The operations of a resource: what they are called, the method, the end of the path, the body and the response.
const OPERATIONS: [(&str, &str, &str, &str, &str); 8] = [
    ("list", "get", "", "", "ListResponse"),
    ("create", "post", "", "CreateRequest", "Response"),
    ("get", "get", "/{id}", "", "DetailsResponse"),
    ("update", "patch", "/{id}", "UpdateRequest", "Response"),
    ("delete", "delete", "/{id}", "", ""),
    ("get_settings", "get", "/{id}/settings", "", "SettingsResponse"),
    ("put_settings", "put", "/{id}/settings", "SettingsRequest", "SettingsResponse"),
    ("search", "post", "/search", "SearchRequest", "SearchResponse"),
];

/// What properties are called, in two words.
const FIRST: [&str; 12] = [
    "owner",
    "parent",
    "last",
    "first",
    "default",
    "public",
    "premium",
    "system",
    "safety",
    "discovery",
    "rate",
    "total",
];
const SECOND: [&str; 12] = [
    "name", "topic", "count", "limit", "locale", "icon", "splash", "region", "level", "position", "nonce",
    "note",
];

/// A name of a property that a schema can have.
pub fn property_name(rng: &mut Rng) -> String {
    format!("{}_{}", FIRST[rng.usize(0..FIRST.len())], SECOND[rng.usize(0..SECOND.len())])
}

/// The schema of a property.
pub fn property(rng: &mut Rng) -> Value {
    match rng.usize(0..7) {
        0 => json!({"type": "string", "maxLength": 100}),
        1 => json!({"type": ["string", "null"], "maxLength": 1024}),
        2 => json!({"type": ["integer", "null"], "format": "int32"}),
        3 => json!({"$ref": "#/components/schemas/SnowflakeType"}),
        4 => json!({"oneOf": [{"type": "null"}, {"$ref": "#/components/schemas/SnowflakeType"}]}),
        5 => json!({"type": "array", "items": {"type": "string"}, "maxItems": 50}),
        _ => json!({"type": "boolean"}),
    }
}

fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

fn nullable(name: &str) -> Value {
    json!({"oneOf": [{"type": "null"}, reference(name)]})
}

fn object(required: &[&str], properties: Map<String, Value>) -> Value {
    json!({"type": "object", "required": required, "properties": properties})
}

fn some(rng: &mut Rng, at_least: usize) -> Map<String, Value> {
    (0..at_least + rng.usize(0..4)).map(|_| (property_name(rng), property(rng))).collect()
}

/// The document.
pub fn service(rng: &mut Rng) -> Value {
    let (mut paths, mut schemas) = (Map::new(), common());
    for (index, name) in RESOURCES.iter().enumerate() {
        let other = RESOURCES[(index + 1 + rng.usize(0..5)) % RESOURCES.len()];
        schemas_of(name, other, &mut schemas, rng);
        operations_of(name, &mut paths);
    }
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Chat", "version": "10", "description": "A preview."},
        "servers": [{"url": "https://chat.example/api/v10"}],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "responses": {
                "ClientErrorResponse": {
                    "description": "What is wrong with the request.",
                    "content": {"application/json": {"schema": reference("ErrorResponse")}},
                },
                "ClientRatelimitedResponse": {
                    "description": "Too many requests.",
                    "headers": {"Retry-After": {"schema": {"type": "integer"}}},
                    "content": {"application/json": {"schema": reference("RatelimitedResponse")}},
                },
            },
            "securitySchemes": {
                "BotToken": {"type": "apiKey", "in": "header", "name": "Authorization"},
                "Bearer": {"type": "http", "scheme": "bearer"},
            },
        },
    })
}

fn common() -> Map<String, Value> {
    let Value::Object(schemas) = json!({
        "SnowflakeType": {"type": "string", "pattern": "^(0|[1-9][0-9]*)$"},
        "ErrorResponse": {
            "type": "object", "required": ["code", "message"],
            "properties": {"code": {"type": "integer"}, "message": {"type": "string"}},
        },
        "RatelimitedResponse": {
            "allOf": [reference("ErrorResponse"), {
                "type": "object", "required": ["retry_after"],
                "properties": {"retry_after": {"type": "number"}, "global": {"type": "boolean"}},
            }],
        },
        // What every resource has.
        "Audited": {
            "type": "object", "required": ["created_at"],
            "properties": {
                "created_at": {"type": "string", "format": "date-time"},
                "created_by": {"$ref": "#/components/schemas/SnowflakeType"},
                "edited_at": {"type": ["string", "null"], "format": "date-time"},
                "reason": {"type": ["string", "null"], "maxLength": 512},
            },
        },
    }) else {
        return Map::new();
    };
    schemas
}

fn titled(name: &str, values: &[(&str, Value)], ty: &str) -> Value {
    let values: Vec<Value> = values
        .iter()
        .map(|(title, value)| json!({"title": title, "const": value, "description": format!("{name} of {title}.")}))
        .collect();
    json!({"type": ty, "oneOf": values})
}

fn schemas_of(name: &str, other: &str, schemas: &mut Map<String, Value>, rng: &mut Rng) {
    let mut add = |end: &str, schema: Value| schemas.insert(format!("{name}{end}"), schema);
    let with = |mut properties: Map<String, Value>, more: &[(&str, Value)]| {
        properties.extend(more.iter().map(|(name, schema)| ((*name).to_owned(), schema.clone())));
        properties
    };
    let id = reference("SnowflakeType");
    let [kind, flags, status, component, metadata, partial, settings] =
        ["Type", "Flags", "Status", "Component", "MetadataResponse", "PartialResponse", "SettingsResponse"]
            .map(|end| format!("{name}{end}"));
    add("Type", titled(name, &[("TEXT", 0.into()), ("VOICE", 1.into()), ("NEWS", 2.into())], "integer"));
    add(
        "Status",
        titled(name, &[("ON", "on".into()), ("OFF", "off".into()), ("IDLE", "idle".into())], "string"),
    );
    add("Flags", json!({"type": "integer", "format": "int32", "minimum": 0, "description": "Bits."}));
    add("MetadataResponse", object(&["id"], with(some(rng, 2), &[("id", id.clone())])));
    add(
        "PartialResponse",
        object(&["id", "type"], with(some(rng, 2), &[("id", id.clone()), ("type", reference(&kind))])),
    );
    add(
        "CountResponse",
        object(&["count"], with(Map::new(), &[("count", json!({"type": "integer", "format": "int32"}))])),
    );
    for (end, tag) in [("TextComponent", 1), ("ButtonComponent", 2), ("MediaComponent", 3)] {
        let own = [("type", json!({"type": "integer", "const": tag})), ("id", id.clone())];
        add(end, object(&["type", "id"], with(some(rng, 1), &own)));
    }
    let alternatives =
        ["TextComponent", "ButtonComponent", "MediaComponent"].map(|end| reference(&format!("{name}{end}")));
    add("Component", json!({"oneOf": alternatives}));
    let own = [
        ("id", id.clone()),
        ("type", reference(&kind)),
        ("flags", reference(&flags)),
        ("status", reference(&status)),
        ("parent", nullable(&format!("{other}PartialResponse"))),
        ("components", json!({"type": "array", "items": reference(&component)})),
        ("metadata", nullable(&metadata)),
    ];
    add(
        "Response",
        json!({"allOf": [reference("Audited"), object(&["id", "type", "flags"], with(some(rng, 4), &own))]}),
    );
    let own = [("partial", reference(&partial)), ("settings", nullable(&settings))];
    add(
        "DetailsResponse",
        json!({"allOf": [reference("Audited"), object(&["partial"], with(some(rng, 3), &own))]}),
    );
    let list = json!({"type": "array", "items": reference(&partial)});
    add("ListResponse", object(&["items"], with(some(rng, 0), &[("items", list.clone())])));
    add(
        "SearchResponse",
        object(
            &["found"],
            with(some(rng, 0), &[("found", list), ("count", reference(&format!("{name}CountResponse")))]),
        ),
    );
    add("SettingsResponse", json!({"allOf": [reference("Audited"), object(&[], some(rng, 5))]}));
    let own = [
        ("name", json!({"type": "string", "minLength": 1, "maxLength": 100})),
        ("status", reference(&status)),
    ];
    add("CreateRequest", object(&["name"], with(some(rng, 4), &own)));
    let components = json!({"type": ["array", "null"], "items": reference(&component)});
    add(
        "UpdateRequest",
        object(&[], with(some(rng, 4), &[("components", components), ("flags", reference(&flags))])),
    );
    add("SettingsRequest", object(&[], some(rng, 5)));
    add(
        "SearchRequest",
        object(&[], with(some(rng, 2), &[("ids", json!({"type": "array", "items": id, "maxItems": 100}))])),
    );
}

fn operations_of(name: &str, paths: &mut Map<String, Value>) {
    let base = format!("/{}s", name.to_lowercase());
    for (does, method, end, body, response) in OPERATIONS {
        let mut parameters = Vec::new();
        if end.contains("{id}") {
            parameters.push(
                json!({"name": "id", "in": "path", "required": true, "schema": reference("SnowflakeType")}),
            );
        }
        if does == "list" {
            let limit = json!({"type": "integer", "minimum": 1, "maximum": 100});
            parameters.push(json!({"name": "limit", "in": "query", "schema": limit}));
            parameters.push(json!({"name": "after", "in": "query", "schema": reference("SnowflakeType")}));
        }
        let content = |end: &str| json!({"application/json": {"schema": reference(&format!("{name}{end}"))}});
        let success = match response {
            "" => json!({"204": {"description": "Done."}}),
            response => {
                json!({"200": {"description": format!("200 of {does}."), "content": content(response)}})
            }
        };
        let mut operation = json!({
            "operationId": format!("{does}_{}", name.to_lowercase()),
            "tags": [name.to_lowercase()],
            "parameters": parameters,
            "security": [{"BotToken": []}],
            "responses": success,
        });
        operation["responses"]["429"] = json!({"$ref": "#/components/responses/ClientRatelimitedResponse"});
        operation["responses"]["4XX"] = json!({"$ref": "#/components/responses/ClientErrorResponse"});
        if !body.is_empty() {
            operation["requestBody"] = json!({"required": true, "content": content(body)});
        }
        let item = paths.entry(format!("{base}{end}")).or_insert_with(|| json!({}));
        item[method] = operation;
    }
}
