//! Writes a consumer crate that uses every public item of a generated crate. It is made from the crate's
//! rustdoc JSON alone, independently of the generator. It calls each function and method with arguments of
//! the right types, reads each field, makes and matches each variant, and uses each conversion and associated
//! type.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::hash::{DefaultHasher, Hash, Hasher};

use serde_json::Value;

use super::types::rust;

/// The modules that are identical in every crate.
const SUPPORT: &[&str] = &["runtime"];

const HEAD: &str = "#![allow(warnings)]\nuse http::HeaderMap;\nfn any<T>() -> T { loop {} }\n\
     fn cloned<T: Clone>() {}\nfn copied<T: Copy>() {}\nfn printed<T: std::fmt::Debug>() {}\n\
     fn defaulted<T: Default>() {}\nfn compared<T: PartialEq>() {}\nfn equal<T: Eq>() {}\n\
     fn hashed<T: std::hash::Hash>() {}\n";

/// Derived traits, each with the function that requires it.
const DERIVED: &[(&str, &str)] = &[
    ("Clone", "cloned"),
    ("Copy", "copied"),
    ("Debug", "printed"),
    ("Default", "defaulted"),
    ("PartialEq", "compared"),
    ("Eq", "equal"),
    ("Hash", "hashed"),
];

/// Names the way in which callers are written: it is another one whenever this file or that of the types is.
pub fn edition() -> String {
    let mut hasher = DefaultHasher::new();
    [include_str!("consumer.rs"), include_str!("types.rs")].hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

/// The source of a crate that uses every public item of the crate that `json` documents.
pub fn source(json: &Value) -> String {
    let mut consumer = Consumer { index: &json["index"], modules: BTreeMap::new() };
    let root = &json["index"][json["root"].to_string()];
    consumer.module(root, &[]);
    let mut text = HEAD.to_owned();
    for (index, (path, Module { names, uses })) in consumer.modules.iter().enumerate() {
        let from: String = path.iter().map(|part| format!("{part}::")).collect();
        // By name, since an operation can share its name with an item of the runtime.
        let names: String = names.iter().map(|name| format!("{name}, ")).collect();
        let _ = writeln!(
            text,
            "mod m{index} {{\n    use super::*;\n    use std::collections::BTreeMap;\n    use std::convert::Infallible;\n    use bytes::Bytes;\n    \
             use client::models::*;\n    use client::runtime::{{self, *}};\n    use client::{from}*;\n    \
             use client::{from}{{{names}}};"
        );
        for (number, body) in uses.iter().enumerate() {
            let _ = writeln!(text, "    fn use_{number}() {{ {body} }}");
        }
        text.push_str("}\n");
    }
    text
}

struct Consumer<'a> {
    index: &'a Value,
    /// Keyed by the module's path.
    modules: BTreeMap<Vec<String>, Module>,
}

#[derive(Default)]
struct Module {
    /// The public items of the module.
    names: BTreeSet<String>,
    /// The bodies of the functions that use them.
    uses: Vec<String>,
}

impl<'a> Consumer<'a> {
    fn item(&self, id: &Value) -> &'a Value {
        &self.index[id.to_string()]
    }

    /// The public items of the module: its own and those of the modules that it re-exports.
    fn module(&mut self, module: &'a Value, path: &[String]) {
        let ids = module["inner"]["module"]["items"].as_array().into_iter().flatten();
        let items: Vec<&'a Value> = ids.map(|id| self.item(id)).collect();
        for item in items {
            let mut name = item["name"].as_str().unwrap_or_default();
            let mut inner = &item["inner"];
            if let Some(exported) = inner.get("use") {
                let target = self.item(&exported["id"]);
                // Public modules are visited separately, and what another crate exports isn't of this one.
                let is_module = target["inner"].get("module").is_some();
                if is_module && exported["is_glob"] == true && target["visibility"] != "public" {
                    self.module(target, path);
                }
                if is_module || target.is_null() {
                    continue;
                }
                name = exported["name"].as_str().unwrap_or_default();
                inner = &target["inner"];
            }
            if item["visibility"] != "public" {
                continue;
            }
            if inner.get("module").is_some() {
                if !(path.is_empty() && SUPPORT.contains(&name)) {
                    let name = if is_keyword(name) { format!("r#{name}") } else { name.to_owned() };
                    self.module(item, &[path, &[name]].concat());
                }
                continue;
            }
            let mut uses = Vec::new();
            self.uses(name, inner, &mut uses);
            let own = self.modules.entry(path.to_vec()).or_default();
            if !uses.is_empty() {
                own.names.insert(raw(name));
            }
            own.uses.extend(uses);
        }
    }

    fn uses(&self, name: &str, inner: &'a Value, uses: &mut Vec<String>) {
        if let Some(function) = inner.get("function") {
            uses.push(call(&raw(name), function, "_"));
        } else if let Some(alias) = inner.get("type_alias") {
            uses.push(format!("let _: {} = any::<{name}>();", rust(&alias["type"], name)));
        } else if let Some(structure) = inner.get("struct") {
            let name = &self.concrete(name, structure);
            for id in structure["kind"]["plain"]["fields"].as_array().into_iter().flatten() {
                let field = self.item(id);
                if field["visibility"] == "public" {
                    let ty = rust(&field["inner"]["struct_field"], name);
                    let field = raw(field["name"].as_str().unwrap_or_default());
                    uses.push(format!("let _: {ty} = any::<{name}>().{field};"));
                }
            }
            self.implementations(name, structure, uses);
        } else if let Some(enumeration) = inner.get("enum") {
            for variant in enumeration["variants"].as_array().into_iter().flatten().map(|id| self.item(id)) {
                self.variant(name, variant, uses);
            }
            self.implementations(name, enumeration, uses);
        }
    }

    /// The struct as a type. For a generic struct, this is the type that the first function returns.
    fn concrete(&self, name: &str, structure: &Value) -> String {
        let mut parameters = structure["generics"]["params"].as_array().into_iter().flatten();
        if parameters.all(|parameter| parameter["kind"].get("type").is_none()) {
            return name.to_owned();
        }
        let items = self.index.as_object().into_iter().flatten().map(|(_, item)| &item["inner"]["function"]);
        let outputs = items.map(|function| &function["sig"]["output"]);
        let given = outputs.filter(|output| output["resolved_path"]["path"] == name);
        given.map(|output| rust(output, name)).find(|given| given != name).unwrap_or_else(|| name.to_owned())
    }

    fn variant(&self, name: &str, variant: &Value, uses: &mut Vec<String>) {
        let own = variant["name"].as_str().unwrap_or_default();
        let fields = variant["inner"]["variant"]["kind"]["tuple"].as_array();
        match fields.and_then(|fields| fields.first()).map(|id| self.item(id)) {
            Some(field) => {
                let ty = rust(&field["inner"]["struct_field"], name);
                uses.push(format!(
                    "match {name}::{own}(any::<{ty}>()) {{ {name}::{own}(value) => {{ let _: {ty} = value; }} _ => {{}} }}"
                ));
            }
            None => uses.push(format!("match {name}::{own} {{ {name}::{own} => {{}} _ => {{}} }}")),
        }
    }

    fn implementations(&self, name: &str, of: &Value, uses: &mut Vec<String>) {
        for item in of["impls"].as_array().into_iter().flatten().map(|id| self.item(id)) {
            let implementation = &item["inner"]["impl"];
            if implementation["is_synthetic"] == true || !implementation["blanket_impl"].is_null() {
                continue;
            }
            let members = || implementation["items"].as_array().into_iter().flatten().map(|id| self.item(id));
            match implementation["trait"]["path"].as_str() {
                None => {
                    for member in members().filter(|member| member["visibility"] == "public") {
                        let path = format!("<{name}>::{}", raw(member["name"].as_str().unwrap_or_default()));
                        let inner = &member["inner"];
                        uses.push(match (inner.get("function"), inner.get("assoc_const")) {
                            (Some(function), _) => call(&path, function, name),
                            (None, Some(constant)) => {
                                format!("let _: {} = {path};", rust(&constant["type"], name))
                            }
                            (None, None) => continue,
                        });
                    }
                }
                Some("From") => {
                    let source = &implementation["trait"]["args"]["angle_bracketed"]["args"][0]["type"];
                    uses.push(format!(
                        "let _ = <{name} as From<{0}>>::from(any::<{0}>());",
                        rust(source, name)
                    ));
                }
                Some("Operation") => {
                    for member in members().filter(|member| member["inner"].get("assoc_type").is_some()) {
                        let ty = rust(&member["inner"]["assoc_type"]["type"], name);
                        let member = member["name"].as_str().unwrap_or_default();
                        uses.push(format!("let _: {ty} = any::<<{name} as Operation>::{member}>();"));
                    }
                }
                Some(other) => {
                    let asked = DERIVED.iter().find(|(derived, _)| *derived == other);
                    uses.extend(asked.map(|(_, function)| format!("{function}::<{name}>();")));
                }
            }
        }
    }
}

/// A call of a function with arguments of the right types.
fn call(name: &str, function: &Value, own: &str) -> String {
    let signature = &function["sig"];
    let inputs = signature["inputs"].as_array().into_iter().flatten();
    let arguments: Vec<String> = inputs
        .map(|input| match closure(&input[1], &function["generics"], own) {
            Some(closure) => closure,
            None => format!("any::<{}>()", argument(&input[1], own)),
        })
        .collect();
    let output = match &signature["output"] {
        Value::Null => "()".to_owned(),
        output => rust(output, own),
    };
    format!("let _: {output} = {name}({});", arguments.join(", "))
}

/// An argument of a generic type for which a function can be passed.
fn closure(ty: &Value, generics: &Value, own: &str) -> Option<String> {
    let name = ty["generic"].as_str()?;
    let predicates = generics["where_predicates"].as_array()?.iter().map(|one| &one["bound_predicate"]);
    let bounds = predicates.filter(|one| one["type"]["generic"] == name).map(|one| &one["bounds"]);
    let mut bounds = bounds.filter_map(Value::as_array).flatten();
    let inputs = bounds
        .find_map(|bound| bound["trait_bound"]["trait"]["args"]["parenthesized"]["inputs"].as_array())?;
    let inputs: Vec<String> = inputs.iter().map(|input| format!("_: {}", rust(input, own))).collect();
    Some(format!("|{}| {{}}", inputs.join(", ")))
}

/// The type of an argument; of `impl Into<T>` it is `T`, and of what becomes a list or a map it is that.
fn argument(ty: &Value, own: &str) -> String {
    let bound = &ty["impl_trait"][0]["trait_bound"]["trait"];
    let arguments = &bound["args"]["angle_bracketed"];
    let first = || rust(&arguments["args"][0]["type"], own);
    match bound["path"].as_str().map(|path| path.rsplit("::").next().unwrap_or(path)) {
        Some("IntoIterator") => {
            let item = &arguments["constraints"][0]["binding"]["equality"]["type"];
            format!("Vec<{}>", rust(item, own))
        }
        Some("IntoList" | "IntoListOf") => format!("Vec<{}>", first()),
        Some("IntoMap" | "IntoMapOf") => format!("std::collections::BTreeMap<String, {}>", first()),
        Some(_) => first(),
        None => rust(ty, own),
    }
}

/// An identifier as written in source code.
fn raw(name: &str) -> String {
    if is_keyword(name) { format!("r#{name}") } else { name.to_owned() }
}

/// Rustdoc omits the `r#` of raw identifiers.
fn is_keyword(name: &str) -> bool {
    const KEYWORDS: &[&str] = &[
        "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
        "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop",
        "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "static",
        "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where",
        "while", "yield",
    ];
    KEYWORDS.contains(&name)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    #[test]
    fn what_a_private_module_has_is_used_where_it_is_exported() {
        let path = |name: &str| json!({ "resolved_path": { "path": name, "args": null } });
        let item = |name: &str, visibility: &str, inner| json!({ "name": name, "visibility": visibility, "inner": inner });
        let index = json!({
            "0": item("client", "public", json!({ "module": { "items": [1] } })),
            "1": item("models", "public", json!({ "module": { "items": [2, 3] } })),
            "2": item("pet", "default", json!({ "module": { "items": [4] } })),
            "3": { "name": null, "visibility": "public", "inner": { "use": { "id": 4, "name": "Pet", "is_glob": false } } },
            "4": item("Pet", "public", json!({ "struct": { "kind": { "plain": { "fields": [5] } }, "impls": [] } })),
            "5": item("name", "public", json!({ "struct_field": path("String") })),
        });
        let source = super::source(&json!({ "root": 0, "index": index }));
        assert!(source.contains("let _: String = any::<Pet>().name;"), "{source}");
        assert!(source.contains("use client::models::{Pet, };"), "{source}");
    }
}
