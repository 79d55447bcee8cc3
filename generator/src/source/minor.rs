//! The minor version of OpenAPI 3 that a file is written in.

use serde_json::Value;

/// The minor versions of OpenAPI 3 that are read.
const MINORS: [&str; 3] = ["3.0", "3.1", "3.2"];

/// Whether the file with this value is OpenAPI 3.2.
pub(super) fn is_3_2(root: &Value) -> bool {
    declared(root) == Some("3.2")
}

/// The minor version of OpenAPI 3 that the file with this value declares, if it is read.
pub(super) fn declared(root: &Value) -> Option<&'static str> {
    match root.get("openapi")? {
        Value::String(version) => of(version),
        Value::Number(version) => of(&version.to_string()),
        _ => None,
    }
}

/// The minor version of OpenAPI 3 of the text of `openapi`, with or without a patch version, if it is read.
pub(super) fn of(openapi: &str) -> Option<&'static str> {
    MINORS.into_iter().find(|minor| {
        openapi.strip_prefix(minor).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    })
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn three_minor_versions_are_read() {
        for (openapi, expected) in [
            ("3.0.3", Some("3.0")),
            ("3.1", Some("3.1")),
            ("3.2.0", Some("3.2")),
            ("3.2.1-rc", Some("3.2")),
            ("3.20.0", None),
            ("3.3.0", None),
            ("4.0.0", None),
            ("", None),
            ("three", None),
        ] {
            assert_eq!(of(openapi), expected, "{openapi}");
        }
    }
}
