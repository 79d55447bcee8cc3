//! A large service as design tools describe theirs: traits that `allOf` mixes into dozens of node types, of which each is an
//! alternative of a union.

use fastrand::Rng;
use serde_json::{Map, Value, json};

/// How many types of nodes there are.
pub const NODES: usize = 38;
/// How many properties the trait of all nodes has.
pub const SHARED: usize = 17;
/// How many other traits there are, each mixed into about half of the nodes.
const TRAITS: usize = 19;

/// What a property of the trait of all nodes is called.
pub fn shared(index: usize) -> String {
    format!(
        "layer_{}",
        ["name", "visible", "locked", "blend", "opacity", "order"]
            .get(index)
            .map_or_else(|| format!("x{index}"), |name| (*name).to_owned())
    )
}

fn property(index: usize) -> Value {
    match index % 5 {
        0 => json!({"type": "string", "maxLength": 200}),
        1 => json!({"type": "boolean", "default": false}),
        2 => json!({"type": "number", "minimum": 0, "maximum": 1}),
        3 => json!({"type": "array", "items": {"$ref": "#/components/schemas/Paint"}}),
        _ => json!({"type": "string", "enum": ["INHERIT", "FIXED", "FILL"]}),
    }
}

/// The document.
pub fn service(rng: &mut Rng) -> Value {
    let mut schemas = Map::new();
    let mut add = |name: &str, schema: Value| schemas.insert(name.to_owned(), schema);
    let properties: Map<String, Value> = (0..SHARED).map(|index| (shared(index), property(index))).collect();
    add(
        "IsLayerTrait",
        json!({"type": "object", "required": [shared(0), shared(1)], "properties": properties}),
    );
    for number in 0..TRAITS {
        let count = 3 + rng.usize(0..8);
        let properties: Map<String, Value> =
            (0..count).map(|index| (format!("trait{number}_{index}"), property(index + number))).collect();
        add(&format!("Has{number}Trait"), json!({"type": "object", "properties": properties}));
    }
    add(
        "Paint",
        json!({"type": "object", "required": ["color"], "properties": {"color": {"type": "string"}, "opacity": {"type": "number"}}}),
    );
    let mut mapping = Map::new();
    for number in 0..NODES {
        let name = format!("Node{number}");
        let mut parts = vec![
            json!({"type": "object", "required": ["type"], "properties": {
                "type": {"type": "string", "enum": [format!("NODE_{number}")]},
                format!("own_{number}"): property(number),
            }}),
            json!({"$ref": "#/components/schemas/IsLayerTrait"}),
        ];
        let mixed = (0..TRAITS).filter(|_| rng.bool());
        parts.extend(mixed.map(|number| json!({"$ref": format!("#/components/schemas/Has{number}Trait")})));
        add(&name, json!({"allOf": parts}));
        mapping.insert(format!("NODE_{number}"), format!("#/components/schemas/{name}").into());
    }
    let nodes: Vec<&Value> = mapping.values().collect();
    let nodes: Vec<Value> = nodes.into_iter().map(|reference| json!({"$ref": reference})).collect();
    add(
        "SubcanvasNode",
        json!({"oneOf": nodes, "discriminator": {"propertyName": "type", "mapping": mapping}}),
    );
    let mut paths = Map::new();
    for number in 0..46 {
        let schema = match number % 3 {
            0 => {
                json!({"type": "object", "required": ["document"], "properties": {"document": {"$ref": "#/components/schemas/SubcanvasNode"}}})
            }
            1 => {
                json!({"type": "object", "properties": {"nodes": {"type": "array", "items": {"$ref": "#/components/schemas/SubcanvasNode"}}}})
            }
            _ => json!({"type": "object", "properties": {"paint": {"$ref": "#/components/schemas/Paint"}}}),
        };
        let tag = ["Files", "Comments", "Variables"][number % 3];
        paths.insert(format!("/v1/things{number}/{{key}}"), json!({"get": {
            "operationId": format!("getThing{number}"),
            "tags": [tag],
            "parameters": [{"name": "key", "in": "path", "required": true, "schema": {"type": "string"}}],
            "responses": {"200": {"description": "It.", "content": {"application/json": {"schema": schema}}}},
        }}));
    }
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Drawings", "version": "0.21.0"},
        "servers": [{"url": "https://drawings.example"}],
        "paths": paths,
        "components": {"schemas": schemas},
    })
}

/// The trait of all nodes with another name for each of its properties.
pub fn renamed_trait(document: &Value) -> Value {
    let mut new = document.clone();
    let members = &mut new["components"]["schemas"]["IsLayerTrait"];
    let properties = members["properties"].as_object().into_iter().flatten();
    let properties: Map<String, Value> =
        properties.map(|(name, schema)| (name.replace("layer_", "node"), schema.clone())).collect();
    members["properties"] = properties.into();
    members["required"] = json!([shared(0).replace("layer_", "node"), shared(1).replace("layer_", "node")]);
    new
}

/// The trait with another type, limit, value or default for each property.
pub fn changed_trait(document: &Value) -> Value {
    let mut new = document.clone();
    let Some(properties) = new["components"]["schemas"]["IsLayerTrait"]["properties"].as_object_mut() else {
        return new;
    };
    for (index, schema) in properties.values_mut().enumerate() {
        match index % 5 {
            0 => schema["maxLength"] = (50 + index).into(),
            1 => *schema = json!({"type": "integer"}),
            2 => schema["maximum"] = (2 + index).into(),
            3 => *schema = json!({"type": ["array", "null"], "items": {"type": "string"}}),
            _ => schema["enum"] = json!(["INHERIT", "FILL", format!("HUG_{index}")]),
        }
    }
    new
}
