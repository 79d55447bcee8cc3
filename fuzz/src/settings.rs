//! Settings, drawn as their own JSON Schema describes them.

use std::sync::LazyLock;

use arbitrary::Unstructured;
use openapi_generator::Package;
use openapi_generator::api_of;
use openapi_generator::diagnostics::{Diagnostics, Notes, Printing};
use openapi_generator::settings::{Settings, schema};
use serde_json::Value;

use crate::instance::Instances;
use crate::{assert_printable, generator, halves, is_shown};

static SCHEMA: LazyLock<Value> = LazyLock::new(schema);

/// Names that drawn documents have, ways to write them, and what tries to be more than a name.
const TEXTS: &[&str] = &[
    "a",
    "A",
    "kind",
    "id",
    "*",
    "a*",
    "/a",
    "get /a",
    "GET /a",
    "a.b",
    "/a/b",
    "data",
    "Client",
    "std::string::String",
    "Vec<u8>",
    "crate::Own",
    "self",
    "a-b",
    "1",
    "",
    "../x",
    "/x",
    "x\ny",
    "\"]\n[dependencies]",
    "*/ fn main() {}",
    "X-Header",
    "serde",
    "1.0",
    "MIT",
    "https://example.com",
];

/// Settings, any text or drawn, are read or refused, and a drawn document with them becomes files whose Rust parses.
pub fn settings(bytes: &[u8]) {
    let (first, rest) = halves(bytes);
    if let Ok(text) = std::str::from_utf8(first)
        && let Err(message) = Settings::parse(text)
    {
        assert!(!message.is_empty());
    }
    let mut u = Unstructured::new(first);
    let instances = Instances { document: &SCHEMA, texts: TEXTS };
    let Ok(drawn) = instances.draw(&mut u, &SCHEMA, 0) else { return };
    let text = drawn.to_string();
    if is_shown() {
        eprintln!("{text}");
    }
    let Ok(settings) = Settings::parse(&text) else { return };
    let Some(document) = generator::drawn(rest) else { return };
    let mut diagnostics = Diagnostics::default();
    let api = api_of(&document, &settings, &mut diagnostics);
    assert_printable(&diagnostics.render_text(b"{}", Printing { colours: false, notes: Notes::Printed }));
    if !diagnostics.has_errors() {
        generator::assert_distinct(&api);
        generator::assert_printed(&api, Package::new("drawn").with_settings(&settings));
    }
}
