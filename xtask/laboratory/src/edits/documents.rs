//! The real documents to edit: our own, and third-party ones if present.

use std::collections::BTreeSet;
use std::path::PathBuf;

use openapi_generator::diagnostics::Diagnostics;
use openapi_generator::settings::Settings;
use openapi_generator::source;
use serde_json::{Map, Value};

use super::bundle::bundled;

/// A real document, or a part of one.
pub struct Real {
    /// The document's name, e.g. `github`.
    pub name: &'static str,
    /// The part of the document to edit: the chosen operations and everything they reach.
    pub document: Value,
    /// The settings to generate with.
    pub settings: Settings,
}

/// The name, the file and the prefixes of the paths to use; without prefixes, all paths are used.
const DOCUMENTS: &[(&str, &str, &[&str])] = &[
    ("connections", "spec/connections.yaml", &[]),
    (
        "management",
        "../shared/specs/auth0-management.yml",
        &["/roles", "/clients", "/organizations/{id}/members", "/actions/actions"],
    ),
    ("authentication", "../shared/specs/auth0-authentication.json", &[]),
    ("github", "../shared/specs/github.json", &["/gists", "/repos/{owner}/{repo}/labels"]),
    ("nexus", "../shared/specs/nexus.json", &["/v1/disks", "/v1/instances", "/v1/networking"]),
    ("buildomat", "../shared/specs/buildomat.json", &[]),
    ("propolis", "../shared/specs/propolis-server.json", &[]),
    ("keeper", "../shared/specs/keeper.json", &[]),
    ("petstore", "../shared/specs/oai-petstore-expanded.yaml", &[]),
];

/// The real documents; `skipped` lists the missing ones.
pub fn real_documents(skipped: &mut Vec<String>) -> Vec<Real> {
    let root = crate::commands::root();
    let mut found = Vec::new();
    for (name, file, paths) in DOCUMENTS {
        match document(&root.join(file), paths) {
            Ok((document, settings)) => found.push(Real { name, document, settings }),
            Err(why) => skipped.push(format!("{name}: {why}")),
        }
    }
    found
}

fn document(path: &PathBuf, paths: &[&str]) -> Result<(Value, Settings), String> {
    let text = std::fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let whole = bundled(path, source::value(&text)?)?;
    let beside = path.with_file_name("settings.yaml");
    let settings = if beside.exists() {
        let mut diagnostics = Diagnostics::default();
        let settings = Settings::load(&beside, &mut diagnostics);
        settings.ok_or_else(|| format!("{}: no settings", beside.display()))?
    } else {
        Settings::default()
    };
    let wanted = |path: &str| paths.is_empty() || paths.iter().any(|start| path.starts_with(start));
    Ok((part(&whole, wanted), settings))
}

/// The `wanted` paths and the components they reach, with the rest of the document's top-level members.
pub fn part(whole: &Value, wanted: impl Fn(&str) -> bool) -> Value {
    let mut part = whole.clone();
    let Some(members) = part.as_object_mut() else { return part };
    if let Some(Value::Object(paths)) = members.get_mut("paths") {
        paths.retain(|path, _| wanted(path));
    }
    members.shift_remove("webhooks");
    let mut reached = BTreeSet::new();
    let mut found = Vec::new();
    references(&members["paths"], &mut found);
    while let Some(pointer) = found.pop() {
        if let Some(node) = whole.pointer(&pointer)
            && reached.insert(pointer)
        {
            references(node, &mut found);
        }
    }
    if let Some(Value::Object(sections)) = members.get_mut("components") {
        for (section, components) in sections.iter_mut().filter(|(name, _)| *name != "securitySchemes") {
            if let Value::Object(components) = components {
                keep(section, components, &reached);
            }
        }
    }
    part
}

fn keep(section: &str, components: &mut Map<String, Value>, reached: &BTreeSet<String>) {
    components.retain(|name, _| {
        let own = format!("/components/{section}/{}", openapi_generator::diagnostics::escape(name));
        reached.iter().any(|pointer| {
            pointer.strip_prefix(&own).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    });
}

/// The pointers that `node` refers to: `$ref`s and discriminator mappings, which may be bare names.
fn references(node: &Value, found: &mut Vec<String>) {
    match node {
        Value::Object(members) => {
            if let Some(Value::Object(mapping)) = members.get("mapping") {
                let names = mapping.values().filter_map(Value::as_str).filter(|name| !name.contains('/'));
                found.extend(names.map(|name| format!("/components/schemas/{name}")));
            }
            members.values().for_each(|value| references(value, found));
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        Value::String(text) => found.extend(text.strip_prefix('#').map(str::to_owned)),
        _ => {}
    }
}
