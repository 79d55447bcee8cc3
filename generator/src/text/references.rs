//! References: which values contain them, which leave their file, and where they lead.

use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use super::place::Place;

/// The extension that says that a value's schema depends on another property of the object that contains it. Its
/// `mapping`, like a discriminator's, may refer to other files.
pub const DISCRIMINATED_BY: &str = "x-discriminated-by";

/// Whether a member with this name can contain references.
pub(super) fn refers(name: &str) -> bool {
    matches!(name, "$ref" | "discriminator" | DISCRIMINATED_BY | "security")
}

/// The references in the member `name` with `value` that may lead out of their file.
pub(super) fn outside<'v>(name: &str, value: &'v Value) -> impl Iterator<Item = &'v str> {
    let [reference, mapping, security] = match name {
        "$ref" => [Some(value), None, None],
        "discriminator" | DISCRIMINATED_BY => [None, Some(value), None],
        "security" => [None, None, Some(value)],
        _ => [None, None, None],
    };
    let references = reference
        .and_then(Value::as_str)
        .into_iter()
        .chain(mapping.into_iter().flat_map(mapped))
        .chain(security.into_iter().flat_map(required));
    references.filter(|reference| !reference.starts_with('#'))
}

/// The references in a discriminator's mapping.
fn mapped(discriminator: &Value) -> impl Iterator<Item = &str> {
    let mapping = discriminator.get("mapping").into_iter();
    let targets =
        mapping.flat_map(|mapping| mapping.as_object().into_iter().flat_map(Map::values).chain([mapping]));
    // Without any of these it is the name of a component.
    let targets = targets.chain(discriminator.get("defaultMapping"));
    targets.filter_map(Value::as_str).filter(|target| target.contains(['#', '/', '.']))
}

/// The names in security requirements that may be URIs (OpenAPI 3.2, 4.32).
fn required(security: &Value) -> impl Iterator<Item = &str> {
    let requirements = security.as_array().into_iter().flatten();
    let names = requirements.filter_map(Value::as_object).flat_map(Map::keys).map(String::as_str);
    names.filter(|name| name.contains(['#', '/', '.']))
}

/// The place to which `reference` leads from the file of `from`. References may call the document itself `root`.
pub(crate) fn resolve(from: &Place, reference: &str, root: Option<&str>) -> Place {
    let (file, fragment) = reference.split_once('#').unwrap_or((reference, ""));
    let file = match file {
        "" => from.file.clone(),
        file => match relative(&from.file, &decoded(file)) {
            path if Some(path.as_str()) == root => "".into(),
            path => path.into(),
        },
    };
    // Strictly, `/` points to a member with an empty name, but those who write it mean the whole file.
    let fragment = if fragment == "/" { "" } else { fragment };
    Place { file, pointer: decoded(fragment).into() }
}

/// `reference` seen from the file `from`, both relative to the document's folder.
fn relative(from: &str, reference: &str) -> String {
    if reference.contains("://") || reference.starts_with('/') {
        return reference.to_owned();
    }
    joined(from.rsplit_once('/').map_or("", |(folder, _)| folder), reference)
}

/// The path `file` in the folder, without detours.
pub(crate) fn joined(folder: &str, file: &str) -> String {
    let mut parts: Vec<&str> = if folder.is_empty() { Vec::new() } else { folder.split('/').collect() };
    for part in file.split('/') {
        match part {
            "." | "" => {}
            ".." if parts.last().is_some_and(|last| !matches!(*last, ".." | "")) => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

fn decoded(text: &str) -> std::borrow::Cow<'_, str> {
    percent_decode_str(text).decode_utf8_lossy()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_relative_to_their_file() {
        for (from, reference, file, pointer) in [
            ("", "#/a", "", "/a"),
            ("a/b.yaml", "#/a", "a/b.yaml", "/a"),
            ("a/b.yaml", "c.yaml", "a/c.yaml", ""),
            ("a/b.yaml", "../c.yaml#/", "c.yaml", ""),
            ("a/b.yaml", "./d/../c.yaml#/x~1y", "a/c.yaml", "/x~1y"),
            ("b.yaml", "../../c.yaml", "../../c.yaml", ""),
            ("a/b.yaml", "/etc/passwd", "/etc/passwd", ""),
            ("a/b.yaml", "https://example.com/a#/b", "https://example.com/a", "/b"),
            ("a/b.yaml", "../api.yaml#/c", "", "/c"),
            ("", "a%20b.yaml#/%7Bid%7D%+1%", "a b.yaml", "/{id}%+1%"),
        ] {
            let from = Place { file: from.into(), pointer: "/x".into() };
            let expected = Place { file: file.into(), pointer: pointer.into() };
            assert_eq!(resolve(&from, reference, Some("api.yaml")), expected, "{reference}");
        }
    }
}
