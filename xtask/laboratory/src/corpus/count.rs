//! Counts what a document contains on its plain JSON value, independently of the generator's parsing.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::Value;

/// What a document contains.
#[derive(Debug, Default)]
pub struct Counted {
    /// `openapi` or `swagger`.
    pub version: String,
    /// The operations: the document's first server, the method and the path of each.
    pub operations: BTreeSet<String>,
    /// Pointers to the component schemas that the operations and the webhooks reach.
    pub schemas: BTreeSet<String>,
}

const METHODS: &[&str] = &["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

/// Members that hold data rather than schemas, or lead to operations that are counted themselves.
const NOT_FOLLOWED: &[&str] = &["links", "example", "examples", "default", "enum", "const"];

/// An extension whose mapping also refers to schemas.
const DISCRIMINATED_BY: &str = "x-discriminated-by";

/// Header parameters that OpenAPI says to ignore, since other parts of the document define them.
const IGNORED_HEADERS: &[&str] = &["accept", "authorization", "content-type"];

/// A document's file and the files that it refers to, by path.
type Files = BTreeMap<PathBuf, Value>;

/// Counts what the document at `path` contains.
pub fn count(path: &Path) -> Counted {
    let mut files = files(path);
    if let Some(document) = files.get_mut(path)
        && let Some(own) = document.get("$self").and_then(Value::as_str)
    {
        let names = own_names(own);
        localise(document, &names);
    }
    let Some(document) = files.get(path) else { return Counted::default() };
    let version = document.get("openapi").or_else(|| document.get("swagger"));
    let version = version.map(|version| version.as_str().map_or_else(|| version.to_string(), str::to_owned));
    let mut counted = Counted { version: version.unwrap_or_default(), ..Counted::default() };
    let mut references = Vec::new();
    let server = document.pointer("/servers/0/url").and_then(Value::as_str).unwrap_or_default();
    for (address, item) in document.get("paths").and_then(Value::as_object).into_iter().flatten() {
        let (file, item) = item_of(&files, path, item);
        let mut texts = Vec::new();
        let named = METHODS.iter().filter_map(|method| Some((*method, item.get(*method)?)));
        let additional = item.get("additionalOperations").and_then(Value::as_object).into_iter().flatten();
        for (method, operation) in named.chain(additional.map(|(method, operation)| (&**method, operation))) {
            counted.operations.insert(format!("{server} {method} {address}"));
            collect(document, operation, false, &mut texts);
        }
        collect(document, item.get("parameters").unwrap_or(&Value::Null), false, &mut texts);
        references.extend(texts.iter().map(|text| resolve(&file, text)));
    }
    let webhooks = document.get("webhooks").or_else(|| document.get("x-webhooks"));
    for (_, item) in webhooks.and_then(Value::as_object).into_iter().flatten() {
        let (file, item) = item_of(&files, path, item);
        let mut texts = Vec::new();
        collect(document, item, false, &mut texts);
        references.extend(texts.iter().map(|text| resolve(&file, text)));
    }
    let mut seen = BTreeSet::new();
    while let Some((file, pointer)) = references.pop() {
        if seen.insert((file.clone(), pointer.clone())) {
            let mut texts = Vec::new();
            let value = files.get(&file).and_then(|value| value.pointer(&pointer));
            collect(document, value.unwrap_or(&Value::Null), false, &mut texts);
            references.extend(texts.iter().map(|text| resolve(&file, text)));
        }
    }
    // Swagger 2.0 has its schemas elsewhere, and is read as OpenAPI 3.
    let schema = |pointer: String| {
        let name =
            ["/components/schemas/", "/definitions/"].iter().find_map(|start| pointer.strip_prefix(start));
        name.filter(|name| !name.contains('/')).map(|name| format!("/components/schemas/{name}"))
    };
    // A reference can also lead through another one, to a schema that stands elsewhere.
    let stands_here =
        |(file, pointer): &(PathBuf, String)| file == path && document.pointer(pointer).is_some();
    let own = seen.into_iter().filter(stands_here).map(|(_, pointer)| pointer);
    counted.schemas = own.filter_map(schema).collect();
    counted
}

/// The document at `path` and every file that it refers to.
fn files(path: &Path) -> Files {
    let mut files = Files::new();
    let mut wanted = vec![path.to_owned()];
    while let Some(path) = wanted.pop() {
        let Some(value) = std::fs::read(&path).ok().filter(|_| !files.contains_key(&path)).and_then(value)
        else {
            continue;
        };
        let mut texts = Vec::new();
        refer(&value, &mut texts);
        wanted.extend(texts.iter().map(|text| resolve(&path, text).0));
        files.insert(path, value);
    }
    files
}

/// What a reference can call the document whose `$self` is `own`: the URI, its path, and the last segment of that.
fn own_names(own: &str) -> Vec<String> {
    let own = own.split('#').next().unwrap_or_default();
    let path =
        own.split_once("://").and_then(|(_, rest)| rest.find('/').map(|at| &rest[at..])).unwrap_or(own);
    let last = path.rsplit('/').next().unwrap_or_default();
    [own, path, last].into_iter().filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

/// Leaves the document's own names out of all texts that begin with one and go on with a pointer.
fn localise(value: &mut Value, names: &[String]) {
    match value {
        Value::String(text) => {
            let pointer =
                names.iter().find_map(|name| text.strip_prefix(name).filter(|rest| rest.starts_with('#')));
            if let Some(pointer) = pointer.map(str::to_owned) {
                *text = pointer;
            }
        }
        Value::Object(map) => map.values_mut().for_each(|value| localise(value, names)),
        Value::Array(items) => items.iter_mut().for_each(|value| localise(value, names)),
        _ => {}
    }
}

/// Every reference anywhere in `value`.
fn refer(value: &Value, texts: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            texts.extend(map.get("$ref").and_then(Value::as_str).map(str::to_owned));
            map.values().for_each(|value| refer(value, texts));
        }
        Value::Array(items) => items.iter().for_each(|value| refer(value, texts)),
        _ => {}
    }
}

fn value(text: Vec<u8>) -> Option<Value> {
    let yaml = || serde_yaml::from_slice(&text).ok().map(json);
    serde_json::from_slice(&text).ok().or_else(yaml)
}

/// The file and the pointer that `reference` means in the file `from`.
fn resolve(from: &Path, reference: &str) -> (PathBuf, String) {
    let (file, pointer) = reference.split_once('#').unwrap_or((reference, ""));
    let mut path = from.to_owned();
    if !file.is_empty() {
        path.pop();
        for part in file.split('/') {
            match part {
                "." => {}
                ".." => _ = path.pop(),
                part => path.push(part),
            }
        }
    }
    (path, if pointer == "/" { String::new() } else { pointer.to_owned() })
}

/// The path item that `item` refers to, or else `item` itself, and its file.
fn item_of<'a>(files: &'a Files, path: &Path, item: &'a Value) -> (PathBuf, &'a Value) {
    let mut found = (path.to_owned(), item);
    for _ in 0..MAX_HOPS {
        let Some(text) = found.1.get("$ref").and_then(Value::as_str) else { break };
        let (file, pointer) = resolve(&found.0, text);
        let Some(value) = files.get(&file).and_then(|value| value.pointer(&pointer)) else { break };
        found = (file, value);
    }
    found
}

/// A longer chain of references is taken to be a cycle.
const MAX_HOPS: usize = 20;

/// YAML as JSON: keys become strings, and what JSON lacks becomes null.
fn json(yaml: serde_yaml::Value) -> Value {
    use serde_yaml::Value as Yaml;
    match yaml {
        Yaml::Mapping(map) => {
            let key = |key: Yaml| match key {
                Yaml::String(key) => key,
                other => json(other).to_string(),
            };
            map.into_iter().map(|(name, value)| (key(name), json(value))).collect()
        }
        Yaml::Sequence(items) => items.into_iter().map(json).collect(),
        Yaml::Tagged(tagged) => json(tagged.value),
        scalar => serde_json::to_value(scalar).unwrap_or_default(),
    }
}

/// Collects the references in `value`, a part of `document`; names under `properties` aren't keywords.
fn collect(document: &Value, value: &Value, names: bool, references: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            let header = map.get("in").and_then(Value::as_str) == Some("header");
            let name = map.get("name").and_then(Value::as_str).filter(|_| header && !names);
            if name.is_some_and(|name| IGNORED_HEADERS.contains(&name.to_lowercase().as_str())) {
                return;
            }
            // The mapped alternatives replace the sibling keywords, which each of them repeats.
            let chosen = map.get(DISCRIMINATED_BY).filter(|_| !names);
            references.extend(
                chosen.and_then(|chosen| chosen.get("mapping")).into_iter().flat_map(targets(document)),
            );
            for (name, member) in map {
                if !names && (NOT_FOLLOWED.contains(&name.as_str()) || name.starts_with("x-")) {
                    continue;
                }
                if !names && name == "$ref" && chosen.is_none() {
                    references.extend(member.as_str().map(str::to_owned));
                }
                if !names && name == "mapping" {
                    references.extend(targets(document)(member));
                }
                let names = !names && matches!(name.as_str(), "properties" | "patternProperties");
                collect(document, member, names, references);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect(document, item, false, references)),
        _ => {}
    }
}

/// The targets of a mapping: references, and names of existing schemas.
fn targets(document: &Value) -> impl Fn(&Value) -> Vec<String> + '_ {
    let target = |target: &str| {
        if target.contains('/') {
            return Some(target.to_owned());
        }
        let named = format!("/components/schemas/{target}");
        document.pointer(&named).map(|_| format!("#{named}"))
    };
    move |mapping| match mapping {
        Value::Object(mapping) => mapping.values().filter_map(Value::as_str).filter_map(target).collect(),
        Value::String(one) => target(one).into_iter().collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn operations_and_what_they_reach() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("api.yaml");
        let text = "openapi: 3.1.0
paths:
  /a:
    get: {responses: {'200': {content: {application/json: {schema: {$ref: '#/components/schemas/A'}, example: {$ref: '#/components/schemas/D'}}}}}}
  /b: {$ref: '#/paths/~1a'}
  /c: {$ref: 'items/c.yaml#/'}
components:
  parameters:
    Token: {in: header, name: Authorization, schema: {$ref: '#/components/schemas/D'}}
  schemas:
    A: {properties: {default: {$ref: '#/components/schemas/B'}}}
    B: {type: string}
    C: {type: string}
    D: {type: string}
";
        std::fs::write(&path, text).unwrap();
        let item = "put: {parameters: [{$ref: '../api.yaml#/components/parameters/Token'}], requestBody: {$ref: 'c.yaml#/x-body'}}
x-body: {content: {application/json: {schema: {$ref: ../api.yaml#/components/schemas/C}}}}
";
        std::fs::create_dir(folder.path().join("items")).unwrap();
        std::fs::write(folder.path().join("items/c.yaml"), item).unwrap();
        let counted = super::count(&path);
        let schemas: Vec<&str> = counted.schemas.iter().filter_map(|name| name.rsplit('/').next()).collect();
        assert_eq!((counted.operations.len(), &schemas[..]), (3, &["A", "B", "C"][..]));
    }
}
