//! Types in rustdoc's JSON, as Rust text.

use serde_json::Value;

/// The type in Rust; `own` replaces `Self`. Types that the generator never writes become `_`.
pub fn rust(ty: &Value, own: &str) -> String {
    let Some((kind, inner)) = ty.as_object().and_then(|members| members.iter().next()) else {
        return "_".to_owned();
    };
    match kind.as_str() {
        "primitive" => inner.as_str().unwrap_or("_").to_owned(),
        "generic" if inner == "Self" => own.to_owned(),
        // The single parameter of a generic struct.
        "generic" => {
            own.split_once('<').and_then(|(_, argument)| argument.strip_suffix('>')).unwrap_or("_").to_owned()
        }
        "resolved_path" => path(inner, own),
        "borrowed_ref" => {
            let lifetime =
                inner["lifetime"].as_str().filter(|lifetime| *lifetime == "'static").unwrap_or_default();
            let mutable = if inner["is_mutable"] == true { "mut " } else { "" };
            format!("&{lifetime} {mutable}{}", rust(&inner["type"], own))
        }
        "tuple" => {
            let items = inner.as_array().into_iter().flatten();
            let items: String = items.map(|item| format!("{}, ", rust(item, own))).collect();
            format!("({items})")
        }
        "slice" => format!("[{}]", rust(inner, own)),
        "qualified_path" => {
            let (subject, name) =
                (rust(&inner["self_type"], own), inner["name"].as_str().unwrap_or_default());
            format!("<{subject} as {}>::{name}", path(&inner["trait"], own))
        }
        _ => "_".to_owned(),
    }
}

fn path(path: &Value, own: &str) -> String {
    let name = path["path"].as_str().unwrap_or("_");
    let name = if let Some(rest) = name.strip_prefix("crate::") {
        format!("client::{rest}")
    } else if let Some(rest) = name.strip_prefix("$crate::") {
        // Written by a macro of the runtime, which is a crate of its own.
        format!("openapi_rust_runtime::{rest}")
    } else {
        // A path within a module is resolved by a glob import of that module.
        name.trim_start_matches("super::").to_owned()
    };
    let arguments = path["args"]["angle_bracketed"]["args"].as_array();
    let arguments: Vec<String> = arguments
        .into_iter()
        .flatten()
        .filter_map(|argument| argument.get("type"))
        .map(|ty| rust(ty, own))
        .collect();
    if arguments.is_empty() { name } else { format!("{name}<{}>", arguments.join(", ")) }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    #[test]
    fn types_are_written_as_they_stand() {
        let string = json!({ "resolved_path": { "path": "String", "id": 1, "args": null } });
        let list = json!({ "angle_bracketed": { "args": [{ "type": string }], "constraints": [] } });
        let list = json!({ "resolved_path": { "path": "Vec", "id": 2, "args": list } });
        assert_eq!(super::rust(&list, "X"), "Vec<String>");
        let parameter = json!({ "generic": "T" });
        assert_eq!(["X<Y>", "X"].map(|own| super::rust(&parameter, own)), ["Y", "_"]);
        let both = json!({ "tuple": [{ "generic": "Self" }, { "primitive": "bool" }] });
        assert_eq!(super::rust(&both, "X"), "(X, bool, )");
        let text = json!({ "borrowed_ref": { "lifetime": null, "is_mutable": false, "type": { "primitive": "str" } } });
        assert_eq!(super::rust(&text, "X"), "& str");
        let at = |path: &str| super::rust(&json!({ "resolved_path": { "path": path, "args": null } }), "X");
        assert_eq!(at("crate::models::A"), "client::models::A");
        assert_eq!(at("$crate::json::value::Json"), "openapi_rust_runtime::json::value::Json");
        assert_eq!(at("super::B"), "B");
    }
}
