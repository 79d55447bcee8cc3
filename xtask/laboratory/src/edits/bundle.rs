//! Bundles a document and the files it refers to into one document, so that an edit needs no folder.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use openapi_generator::source;
use serde_json::{Map, Value};

/// The document at `path`, with the named schemas of the files it refers to added to its components.
///
/// # Errors
/// A file can't be read, or two files have a schema of the same name.
pub fn bundled(path: &Path, mut whole: Value) -> Result<Value, String> {
    let mut schemas = Map::new();
    let mut seen = BTreeSet::from([clean(path)]);
    let mut wanted = Vec::new();
    relink(&mut whole, path, path, &mut wanted);
    while let Some(file) = wanted.pop() {
        if !seen.insert(file.clone()) {
            continue;
        }
        let text = std::fs::read(&file).map_err(|error| format!("{}: {error}", file.display()))?;
        let mut value = source::value(&text)?;
        relink(&mut value, &file, path, &mut wanted);
        for (name, schema) in value.as_object().into_iter().flatten() {
            if schemas.insert(name.clone(), schema.clone()).is_some() {
                return Err(format!("{}: another file has {name} too", file.display()));
            }
        }
    }
    if schemas.is_empty() {
        return Ok(whole);
    }
    let own = whole.pointer_mut("/components/schemas").and_then(Value::as_object_mut);
    let own = own.ok_or("no components to put other files' schemas into")?;
    for (name, schema) in schemas {
        if own.insert(name.clone(), schema).is_some() {
            return Err(format!("two schemas are called {name}"));
        }
    }
    Ok(whole)
}

/// Rewrites references from `file` into other files as references to components of the document `root`.
fn relink(node: &mut Value, file: &Path, root: &Path, wanted: &mut Vec<PathBuf>) {
    match node {
        Value::Object(members) => members.values_mut().for_each(|value| relink(value, file, root, wanted)),
        Value::Array(items) => items.iter_mut().for_each(|item| relink(item, file, root, wanted)),
        Value::String(text) => {
            let (target, pointer) = match text.split_once(".yaml#/") {
                Some((name, pointer)) => (clean(&file.with_file_name(format!("{name}.yaml"))), pointer),
                None => match text.strip_prefix("#/") {
                    Some(pointer) => (clean(file), pointer),
                    None => return,
                },
            };
            *text = if target == clean(root) {
                format!("#/{pointer}")
            } else {
                wanted.push(target);
                format!("#/components/schemas/{pointer}")
            };
        }
        _ => {}
    }
}

/// The path with `..` resolved.
fn clean(path: &Path) -> PathBuf {
    let mut parts = PathBuf::new();
    for part in path.components() {
        match part {
            std::path::Component::ParentDir => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts
}
