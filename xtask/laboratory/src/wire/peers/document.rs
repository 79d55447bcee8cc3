//! A document of the suite as data: its operations, and the document reduced to some of them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use speccrate::Failure;

/// A document.
pub struct Document {
    pub path: PathBuf,
    value: Value,
    pub operations: Vec<Operation>,
}

/// An operation.
pub struct Operation {
    pub id: String,
    /// The method in capitals.
    pub method: String,
    /// The path with its templates.
    pub template: String,
    parameters: Vec<(String, String)>,
}

impl Operation {
    /// The names of the parameters in `place`.
    pub fn names<'a>(&'a self, place: &'a str) -> impl Iterator<Item = &'a str> {
        self.parameters.iter().filter(move |(known, _)| known == place).map(|(_, name)| name.as_str())
    }
}

impl Document {
    /// Reads it.
    ///
    /// # Errors
    /// It can't be read.
    pub fn load(path: &Path) -> Result<Self, Failure> {
        let value: Value = serde_yaml::from_str(&std::fs::read_to_string(path)?)
            .map_err(|error| Failure::Usage(format!("{}: {error}", path.display())))?;
        let mut operations = Vec::new();
        for (template, item) in members(&value["paths"]) {
            for (method, operation) in members(item) {
                let Some(id) = operation["operationId"].as_str() else { continue };
                let lists = [&item["parameters"], &operation["parameters"]];
                let parameters = lists.into_iter().filter_map(Value::as_array).flatten();
                operations.push(Operation {
                    id: id.to_owned(),
                    method: method.to_ascii_uppercase(),
                    template: template.clone(),
                    parameters: parameters.map(|parameter| parameter_key(&value, parameter)).collect(),
                });
            }
        }
        Ok(Self { path: path.to_owned(), value, operations })
    }

    /// The first server, its variables as they are by default.
    pub fn server(&self) -> String {
        let server = &self.value["servers"][0];
        let mut url = server["url"].as_str().unwrap_or_default().to_owned();
        for (name, variable) in members(&server["variables"]) {
            url = url.replace(&format!("{{{name}}}"), variable["default"].as_str().unwrap_or_default());
        }
        url
    }

    /// A security scheme.
    pub fn scheme(&self, name: &str) -> Map<String, Value> {
        self.value["components"]["securitySchemes"][name].as_object().cloned().unwrap_or_default()
    }

    /// Whether it is of a later version of OpenAPI than most generators read.
    pub fn is_late(&self) -> bool {
        self.value["openapi"].as_str().is_some_and(|version| version.starts_with("3.2"))
    }

    /// The document with nothing but the operations `ids`, and the components that they need; `as_earlier`, it says that it
    /// is of OpenAPI 3.1.
    pub fn reduced(&self, ids: &[String], as_earlier: bool) -> Value {
        let mut value = self.value.clone();
        if as_earlier && self.is_late() {
            value["openapi"] = Value::from("3.1.1");
        }
        let kept = |operation: &Value| {
            operation["operationId"].as_str().is_none_or(|id| ids.iter().any(|known| known == id))
        };
        if let Some(paths) = value["paths"].as_object_mut() {
            for item in paths.values_mut().filter_map(Value::as_object_mut) {
                item.retain(|_, operation| kept(operation));
            }
            let has_operation =
                |item: &Value| members(item).any(|(_, member)| member["operationId"].is_string());
            paths.retain(|_, item| has_operation(item));
        }
        let needed = needed(&value);
        if let Some(components) = value["components"].as_object_mut() {
            for (section, entries) in
                components.iter_mut().filter(|(section, _)| *section != "securitySchemes")
            {
                if let Some(entries) = entries.as_object_mut() {
                    entries.retain(|name, _| needed.contains(&format!("#/components/{section}/{name}")));
                }
            }
        }
        value
    }
}

fn members(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

fn parameter_key(document: &Value, parameter: &Value) -> (String, String) {
    let target =
        parameter["$ref"].as_str().and_then(|reference| document.pointer(reference.strip_prefix('#')?));
    let parameter = target.unwrap_or(parameter);
    let text = |name: &str| parameter[name].as_str().unwrap_or_default().to_owned();
    (text("in"), text("name"))
}

/// The components that the paths of `document` refer to, directly or not.
fn needed(document: &Value) -> BTreeSet<String> {
    let mut needed = BTreeSet::new();
    let mut open = vec![&document["paths"], &document["webhooks"]];
    while let Some(value) = open.pop() {
        match value {
            Value::String(text) if text.starts_with("#/components/") && needed.insert(text.clone()) => {
                open.extend(document.pointer(&text[1..]));
            }
            Value::Array(items) => open.extend(items),
            Value::Object(members) => open.extend(members.values()),
            _ => {}
        }
    }
    needed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reduced_document_has_what_its_operations_need() {
        let document = Document::load(&crate::commands::root().join("conformance/documents/responses.yaml"));
        let document = document.ok().unwrap();
        let reduced = document.reduced(&["one-of".to_owned()], true);
        let names = |value: &Value| members(value).map(|(name, _)| name.clone()).collect::<Vec<_>>();
        assert_eq!(names(&reduced["paths"]), ["/one-of"]);
        let mut schemas = names(&reduced["components"]["schemas"]);
        schemas.sort();
        assert_eq!(schemas, ["Circle", "Shape", "Square"]);
        assert!(document.operations.len() > 20 && document.operations.iter().any(|one| one.id == "one-of"));
    }

    #[test]
    fn the_server_has_its_variables_filled_in() {
        let folder = crate::commands::root().join("conformance/documents");
        let server = Document::load(&folder.join("servers.yaml")).ok().unwrap().server();
        assert!(server.starts_with("http://") && !server.contains('{'), "{server}");
    }
}
