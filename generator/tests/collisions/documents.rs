//! Random documents whose names collide: drawn from small pools in which most names meet another one of the same or
//! of another kind.

use fastrand::Rng;
use serde_json::{Map, Value, json};

/// Components: names that differ in case or signs alone, names of Rust, of the runtime and of its macros, and what
/// operations, their builders and inline types are called.
const COMPONENTS: &[&str] = &[
    "a",
    "A",
    "a-",
    "A_",
    "Shape",
    "shape",
    "Writer",
    "Reader",
    "ToJson",
    "FromJson",
    "Fault",
    "AnyObject",
    "Result",
    "ResultModel",
    "Vec",
    "String",
    "Option",
    "Box",
    "Patch",
    "Error",
    "Object",
    "Document",
    "Facts",
    "Property",
    "Names",
    "Rule",
    "Checker",
    "Follow",
    "Kinds",
    "Infallible",
    "Value",
    "Json",
    "Number",
    "Client",
    "ClientBuilder",
    "Type",
    "Self",
    "Unknown",
    "Body",
    "Answer",
    "Create",
    "create",
    "CreateError",
    "CreateOutput",
    "CreateBody",
    "CreateHeaders",
    "CreateWith",
    "CreateOperation",
    "CreateAJson",
    "CreateForm",
    "CreateMultipart",
    "New",
    "Models",
    "Http",
    "AInner",
    "Inner",
    "AInnerItem",
    "ATag",
    "ItemsA",
    "T",
    "C",
    "D",
    "S",
    "Pair",
    "Page",
    "Pages",
    "Paging",
    "Modify",
    "2fa",
    "_",
    "größe",
    "GROESSE",
    "NewBody",
];

/// Properties: setters, setters that send null, choosers, streams, constructors, what builders and macros call their
/// own things, and keywords.
const PROPERTIES: &[&str] = &[
    "a",
    "A",
    "a-",
    "a_null",
    "a_null_value",
    "null_a",
    "with_a",
    "body_a",
    "body_a_null",
    "as_form",
    "as_json",
    "as_multipart",
    "body_as_form",
    "send_as_form",
    "new",
    "body",
    "send",
    "respond",
    "send_blocking",
    "timeout",
    "retry",
    "header",
    "query_pair",
    "idempotency_key",
    "build",
    "parse",
    "items",
    "pages",
    "items_of_list",
    "tag",
    "tag_of_alternative",
    "type",
    "self",
    "Self",
    "crate",
    "additional_properties",
    "additional_properties_",
    "inner",
    "Inner",
    "inner_item",
    "value",
    "values",
    "json",
    "request",
    "reply",
    "reader",
    "checker",
    "rest",
    "client",
    "change",
    "operation",
    "wrap",
    "encoding",
    "files",
    "file_body",
    "raw",
    "typed",
    "to_json",
    "default",
    "clone",
    "into_operation",
    "validate",
    "write",
    "read",
    "+1",
    "-1",
    "1",
    "",
    "größe",
    "f",
    "output",
    "status",
    "error",
    "page",
    "raw_new",
    "push_a",
    "push_a_item",
    "insert_a",
    "push_inner",
    "insert_values",
];

/// Values of enums, tags of unions: those that differ in case or signs, and what is there without them.
const VALUES: &[&str] = &[
    "unknown",
    "Unknown",
    "UNKNOWN",
    "OtherUnknown",
    "other",
    "a",
    "A",
    "a-",
    "-a",
    "a_null",
    "new",
    "self",
    "Self",
    "raw",
    "all",
    "ALL",
    "TAGS",
    "error",
    "output",
    "ok",
    "some",
    "none",
    "",
    "*",
    "1",
    "_1",
    "+1",
    "-1",
    "with",
    "tag",
    "for_a",
    "ref",
    "iter",
    "mut",
    "is_a",
    "as_a",
    "into_a",
    "iPod",
    "IPod",
    "i_pod",
    "unknown_",
];

/// The last word of what operations are called.
const OPERATIONS: &[&str] = &[
    "create",
    "Create",
    "create_error",
    "create_output",
    "create_body",
    "create_headers",
    "create_with",
    "create_with_tag",
    "create_a",
    "create_for_a",
    "create_operation",
    "new",
    "a",
    "A",
    "models",
    "runtime",
    "servers",
    "document",
    "operations",
    "http",
    "serde",
    "mod",
    "type",
    "self",
    "client",
    "operation",
    "mock",
    "paging",
    "modify",
    "convert",
    "headers",
    "setters",
    "object",
    "shortcuts",
    "Ok",
    "send",
    "build",
    "default",
    "modify_a",
    "shape",
    "Shape",
    "CON",
    "long_running",
    "presence",
    "poll",
    "stream",
    "webhooks",
    "callbacks",
    "accepting",
];

/// What operations are grouped by.
const GROUPS: &[&str] = &[
    "create",
    "a",
    "A",
    "a-",
    "models",
    "runtime",
    "servers",
    "document",
    "operations",
    "http",
    "serde",
    "std",
    "core",
    "client",
    "reqwest",
    "tracing",
    "default",
    "tower",
    "testing",
    "test-util",
    "blocking",
    "type",
    "self",
    "mock",
    "paging",
    "prelude",
    "new",
    "CON",
    "größe",
    "bytes",
    "embedded",
    "long_running",
    "presence",
    "webhooks",
    "callbacks",
];

/// The names of parameters beside those that properties have.
const PARAMETERS: &[&str] = &[
    "page",
    "cursor",
    "per_page",
    "change",
    "tag",
    "body",
    "encoding",
    "a",
    "A",
    "a_null",
    "items",
    "pages",
    "X-A",
    "x_a",
    "poll",
    "stream",
    "accept_csv",
];

const HEADERS: &[&str] =
    &["X-A", "x_a", "X-A-", "Body", "Status", "New", "Type", "Self", "Raw", "a", "Headers"];

/// Crates of more operations than this have features for groups.
const MANY: usize = 66;

/// A document, and the settings that it is generated with.
#[derive(Clone, Debug)]
pub struct Drawn {
    pub document: Value,
    pub settings: Value,
}

/// The document with this seed.
pub fn draw(seed: u64) -> Drawn {
    let mut drawer = Drawer { rng: Rng::with_seed(seed), components: Vec::new() };
    drawer.components = if seed % 16 == 14 { COMPONENTS.to_vec() } else { drawer.some(COMPONENTS, 8..16) };
    let components: Map<String, Value> = drawer
        .components
        .clone()
        .into_iter()
        .map(|name| {
            let schema = drawer.component();
            (name.to_owned(), schema)
        })
        .collect();
    let count = if seed % 16 == 15 { MANY } else { drawer.rng.usize(4..9) };
    let (paths, modifications) = drawer.paths(count);
    let document = json!({
        "openapi": "3.1.0",
        "info": {"title": format!("Collisions {seed}"), "version": "1"},
        "servers": drawer.servers(),
        "paths": paths,
        "components": {"schemas": components},
    });
    let settings = json!({
        "schemas": "all",
        "runtime": if seed % 4 == 3 { "embedded" } else { "library" },
        "pagination": [
            {"by": "page", "position": "page"},
            {"by": "checkpoint", "position": "cursor", "next": "a"},
        ],
        "modifications": modifications,
    });
    Drawn { document, settings }
}

struct Drawer {
    rng: Rng,
    components: Vec<&'static str>,
}

impl Drawer {
    fn one<'a>(&mut self, pool: &[&'a str]) -> &'a str {
        pool[self.rng.usize(..pool.len())]
    }

    /// Some of the pool, each once. What stands at its begin collides most, and comes more often.
    fn some(&mut self, pool: &[&'static str], count: std::ops::Range<usize>) -> Vec<&'static str> {
        let count = self.rng.usize(count);
        let start = self.rng.usize(..pool.len());
        let near = pool.iter().cycle().skip(start).take(count / 2 + 1).copied();
        let mut names: Vec<&str> = near.collect();
        while names.len() < count {
            names.push(self.one(pool));
        }
        names.sort_unstable();
        names.dedup();
        self.rng.shuffle(&mut names);
        names
    }

    fn reference(&mut self) -> Value {
        let name = self.components[self.rng.usize(..self.components.len())];
        json!({"$ref": format!("#/components/schemas/{name}")})
    }

    fn component(&mut self) -> Value {
        match self.rng.u8(..10) {
            0 => self.listed(),
            1 | 2 => self.union(),
            3 => self.tagged(),
            4 => self.chosen(),
            5 => json!({"type": "string", "minLength": 1}),
            _ => self.object(2),
        }
    }

    /// A schema within another one.
    fn inner(&mut self, depth: u8) -> Value {
        match self.rng.u8(..16) {
            0 => self.listed(),
            1 if depth > 0 => self.object(depth - 1),
            2 if depth > 0 => json!({"type": "array", "items": self.object(depth - 1)}),
            3 => json!({"oneOf": [{"type": "string"}, {"type": "integer"}, {"type": "boolean"}]}),
            4 => json!({"type": ["string", "null"], "format": "date-time"}),
            5 => json!({"type": "integer", "minimum": 1}),
            6 => json!({"type": "array", "items": {"type": "string"}, "maxItems": 3}),
            7 => json!({"type": "object", "additionalProperties": {"type": "number"}}),
            8 => json!({"type": "string", "format": "password"}),
            9..=11 => json!({"type": ["string", "null"]}),
            12 => json!({"type": "string", "readOnly": true}),
            13 | 14 => self.reference(),
            _ => json!({"type": "string"}),
        }
    }

    fn object(&mut self, depth: u8) -> Value {
        let names = self.some(PROPERTIES, 2..8);
        let required: Vec<&str> = names.iter().copied().filter(|_| self.rng.u8(..4) == 0).collect();
        let properties: Map<String, Value> =
            names.iter().map(|name| ((*name).to_owned(), self.inner(depth))).collect();
        // What is required of itself can't be made.
        let is_plain = |name: &&str| properties[*name].get("$ref").is_none();
        let required: Vec<&str> = required.into_iter().filter(is_plain).collect();
        let mut schema = json!({"type": "object", "properties": properties, "required": required});
        match self.rng.u8(..6) {
            0 => schema["additionalProperties"] = json!({"type": "string"}),
            1 => schema["additionalProperties"] = json!(false),
            _ => {}
        }
        schema
    }

    fn listed(&mut self) -> Value {
        json!({"type": "string", "enum": self.some(VALUES, 2..8)})
    }

    fn union(&mut self) -> Value {
        let objects: Vec<Value> = (0..self.rng.usize(1..3)).map(|_| self.object(0)).collect();
        let mut alternatives = vec![json!({"type": "string"}), json!({"type": "integer"}), self.listed()];
        alternatives.truncate(self.rng.usize(1..4));
        alternatives.extend(objects);
        json!({"oneOf": alternatives})
    }

    /// A union whose alternatives have a tag.
    fn tagged(&mut self) -> Value {
        let tags = self.some(VALUES, 2..6);
        let alternatives: Vec<Value> = tags
            .into_iter()
            .map(|tag| {
                let mut object = self.object(0);
                object["properties"]["kind"] = json!({"const": tag});
                object["required"] = json!(["kind"]);
                object
            })
            .collect();
        json!({"oneOf": alternatives, "discriminator": {"propertyName": "kind"}})
    }

    /// An object with a property whose alternative another one chooses.
    fn chosen(&mut self) -> Value {
        let mut object = self.object(1);
        let tag = self.one(&["kind", "tag", "type", "a"]);
        let chosen = self.one(&["settings", "a_null", "body", "value", "new", "operation", "wrap"]);
        let tags = self.some(VALUES, 2..6);
        let mapping: Map<String, Value> =
            tags.into_iter().map(|value| (value.to_owned(), self.reference()["$ref"].clone())).collect();
        object["properties"][tag] = json!({"type": "string"});
        object["properties"][chosen] =
            json!({"x-discriminated-by": {"propertyName": tag, "mapping": mapping}});
        let required = object["required"].as_array().cloned().unwrap_or_default();
        let kept = required.into_iter().filter(|name| name != tag && name != chosen);
        object["required"] = kept.chain([json!(tag)]).collect();
        object
    }

    fn servers(&mut self) -> Value {
        let names = self.some(&["a", "A", "a-", "default", "type", "self", "server", "1"], 1..5);
        let url: String = names.iter().map(|name| format!("/{{{name}}}")).collect();
        let variables: Map<String, Value> =
            names.iter().map(|name| ((*name).to_owned(), json!({"default": "x"}))).collect();
        json!([{"url": format!("https://example.com{url}"), "variables": variables}, {"url": "https://example.org"}])
    }

    /// The paths, and the safe partial updates among them.
    fn paths(&mut self, count: usize) -> (Value, Value) {
        let (mut paths, mut ids, mut modifications) = (Map::new(), Vec::new(), Vec::new());
        while paths.len() < count {
            let group = self.group();
            let id = format!("{group}{}", self.one(OPERATIONS));
            if ids.contains(&id) {
                continue;
            }
            let path = format!("/p{}", paths.len());
            let tag = self.one(GROUPS);
            let is_read = self.rng.u8(..3) == 0;
            let method = if is_read { "get" } else { self.one(&["post", "put", "patch"]) };
            let mut operation = json!({"operationId": id, "tags": [tag], "parameters": self.parameters(), "responses": self.responses()});
            if is_read && self.rng.bool() {
                operation["responses"]["200"] =
                    json!({"description": "d", "content": {"application/json": {"schema": self.page()}}});
                let position = self.one(&["page", "cursor"]);
                let kept = operation["parameters"].as_array().cloned().unwrap_or_default().into_iter();
                let kept = kept.filter(|parameter| parameter["name"] != position);
                let ty = if position == "page" { "integer" } else { "string" };
                let position = json!({"name": position, "in": "query", "schema": {"type": ty}});
                operation["parameters"] = kept.chain([position]).collect();
            }
            if !is_read {
                operation["requestBody"] = self.body();
            }
            let mut item = json!({});
            item[method] = operation;
            ids.push(id);
            paths.insert(path, item);
        }
        for name in self.some(&["modify", "create_with", "change", "r#type", "new"], 1..3) {
            let [read, write] =
                ["get", "update"].map(|verb| format!("changes.{verb}_{}", modifications.len()));
            let parameters = json!([
                {"name": "change", "in": "path", "required": true, "schema": {"type": "string"}},
            ]);
            let object = json!({"type": "object", "properties": {"a": {"type": "string"}, "body": {"type": ["string", "null"]}}});
            let media = json!({"application/json": {"schema": object}});
            let path = format!("/changes{}/{{change}}", modifications.len());
            let item = json!({
                "parameters": parameters,
                "get": {"operationId": read, "responses": {"200": {"description": "d", "content": media}}},
                "patch": {"operationId": write, "requestBody": {"content": media}, "responses": {"204": {"description": "d"}}},
            });
            paths.insert(path, item);
            modifications.push(json!({"read": read, "write": write, "name": name.trim_start_matches("r#")}));
        }
        (Value::Object(paths), Value::Array(modifications))
    }

    fn group(&mut self) -> String {
        match self.rng.u8(..6) {
            0 => String::new(),
            1 => format!("{}/{}/", self.one(GROUPS), self.one(OPERATIONS)),
            _ => format!("{}/", self.one(GROUPS)),
        }
    }

    fn parameters(&mut self) -> Value {
        let mut names = self.some(PARAMETERS, 0..4);
        if self.rng.bool() {
            names.extend(self.some(PROPERTIES, 0..4).into_iter().filter(|name| !name.is_empty()));
        }
        let mut found: Vec<(String, &str)> = Vec::new();
        for name in names {
            for location in ["query", "header", "cookie"] {
                // Headers don't differ in case, and not every name can be one.
                let key =
                    (if location == "header" { name.to_lowercase() } else { name.to_owned() }, location);
                let fits = location == "query" || name.is_ascii();
                if fits
                    && self.rng.u8(..2) == 0
                    && !found.iter().any(|(other, at)| other.eq_ignore_ascii_case(&key.0) && *at == location)
                {
                    found.push((name.to_owned(), location));
                }
            }
        }
        let parameter = |(name, location): (String, &str)| {
            let schema = match self.rng.u8(..4) {
                0 if location == "query" => json!({"type": "array", "items": {"type": "string"}}),
                1 => self.listed(),
                2 => json!({"type": "integer", "format": "int64"}),
                _ => json!({"type": "string"}),
            };
            let required = self.rng.u8(..4) == 0 && name != "page" && name != "cursor";
            json!({"name": name, "in": location, "required": required, "schema": schema})
        };
        found.into_iter().map(parameter).collect()
    }

    fn body(&mut self) -> Value {
        let schema = match self.rng.u8(..4) {
            0 => self.object(1),
            1 => self.chosen(),
            _ => self.reference(),
        };
        let content = match self.rng.u8(..6) {
            0 => json!({
                "application/json": {"schema": schema},
                "application/x-www-form-urlencoded": {"schema": schema},
                "application/a+json": {"schema": schema},
            }),
            1 => {
                json!({"application/json": {"schema": schema}, "multipart/form-data": {"schema": self.files()}})
            }
            2 => json!({"multipart/form-data": {"schema": self.files()}}),
            3 => json!({
                "application/json": {"schema": schema},
                "application/a+json": {"schema": self.inner(1)},
                "application/octet-stream": {"schema": {"type": "string", "format": "binary"}},
                "text/plain": {"schema": {"type": "string"}},
            }),
            _ => json!({"application/json": {"schema": schema}}),
        };
        json!({"required": self.rng.bool(), "content": content})
    }

    /// A form with files.
    fn files(&mut self) -> Value {
        let mut form = self.object(0);
        for name in self
            .some(&["values", "new", "body", "file_body", "a", "A", "with_a", "a_null", "type", "send"], 1..5)
        {
            let file = json!({"type": "string", "format": "binary"});
            form["properties"][name] =
                if self.rng.u8(..3) == 0 { json!({"type": "array", "items": file}) } else { file };
        }
        form
    }

    fn responses(&mut self) -> Value {
        let mut responses = Map::new();
        for status in ["200", "201", "204", "2XX", "404", "4XX", "default"] {
            if self.rng.u8(..3) != 0 && status != "200" {
                continue;
            }
            let mut response = json!({"description": "d"});
            let schema = match self.rng.u8(..5) {
                0 => Some(self.object(1)),
                1 => Some(json!({"type": "array", "items": self.reference()})),
                2 => Some(self.page()),
                3 => Some(self.reference()),
                _ => None,
            };
            if let Some(schema) = schema.filter(|_| status != "204") {
                response["content"] = json!({"application/json": {"schema": schema}});
            }
            let mut headers = Map::new();
            for name in self.some(HEADERS, 0..4) {
                if !headers.keys().any(|other: &String| other.eq_ignore_ascii_case(name)) {
                    headers.insert(name.to_owned(), json!({"schema": {"type": "string"}}));
                }
            }
            response["headers"] = Value::Object(headers);
            responses.insert(status.to_owned(), response);
        }
        Value::Object(responses)
    }

    /// A page of a list.
    fn page(&mut self) -> Value {
        json!({"type": "object", "properties": {"a": {"type": "string"}, "items": {"type": "array", "items": self.reference()}}})
    }
}
