//! Edits of what the document says about the service as a whole.

use serde_json::json;

use super::{Here, Kind, Role};

pub const KINDS: &[Kind] = &[
    Kind { name: "version raised", at: Role::Root, make: raise_version },
    Kind { name: "service described", at: Role::Root, make: describe },
    Kind { name: "server added", at: Role::Root, make: add_server },
    Kind { name: "tag described", at: Role::Root, make: describe_tag },
];

fn raise_version(here: &mut Here<'_>) -> Option<String> {
    here.node.get_mut("info")?["version"] = json!("99.1.0");
    Some("99.1.0".to_owned())
}

fn describe(here: &mut Here<'_>) -> Option<String> {
    here.node.get_mut("info")?["description"] = json!("What the service does, told in other words.");
    Some(String::new())
}

fn add_server(here: &mut Here<'_>) -> Option<String> {
    let server = json!({ "url": "https://bells.example/v1", "description": "Where bells ring." });
    let servers = here.node.as_object_mut()?.entry("servers").or_insert_with(|| json!([]));
    servers.as_array_mut()?.push(server);
    Some("https://bells.example/v1".to_owned())
}

fn describe_tag(here: &mut Here<'_>) -> Option<String> {
    let tags = here.node.as_object_mut()?.entry("tags").or_insert_with(|| json!([]));
    tags.as_array_mut()?.push(json!({ "name": "bells", "description": "What rings." }));
    Some("bells".to_owned())
}
