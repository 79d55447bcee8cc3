//! Shapes: decodes and encodes free-form options, a large enum and unions in unions with our types and hand-written ones.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use super::calls::printed;
use super::measure::run;
use super::table::{Row, Unit};
use super::{Bench, Programs};
use speccrate::Failure;

const PROGRAM: &str = include_str!("../../programs/shapes.rs");

/// How many values the enum has.
const CODES: usize = 500;

/// The rows.
pub fn rows(bench: &Bench, programs: &Programs) -> Result<Vec<Row>, Failure> {
    let folder = bench.folder.join("shapes");
    std::fs::create_dir_all(folder.join("src"))?;
    let document = folder.join("shapes.json");
    std::fs::write(&document, shapes().to_string())?;
    run(&mut programs.generate(&document, &folder.join("client"), "client-shapes"))?;
    std::fs::write(folder.join("src/main.rs"), PROGRAM)?;
    std::fs::write(folder.join("src/codes.rs"), codes())?;
    let manifest = "[package]\nname = \"shapes\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
                    [dependencies]\nclient-shapes = { path = \"client\", default-features = false }\n\
                    serde = { version = \"1\", features = [\"derive\"] }\n\
                    serde_json = { version = \"1\", features = [\"preserve_order\"] }\n";
    std::fs::write(folder.join("Cargo.toml"), manifest)?;
    let mut cargo = crate::commands::cargo();
    cargo.args(["build", "--quiet", "--release"]).current_dir(&folder);
    run(cargo.env("CARGO_TARGET_DIR", folder.join("target")))?;
    Ok(compared(&printed(&folder.join("target/release/shapes"))?))
}

/// Ours next to what is written by hand, shape by shape.
fn compared(lines: &[Value]) -> Vec<Row> {
    let pairs = lines.chunks_exact(2).filter_map(|pair| {
        let [ours, theirs] = pair else { return None };
        Some(Row {
            what: format!("decode and encode {}", ours["shape"].as_str()?),
            measure: "time",
            unit: Unit::Microseconds,
            ours: ours["time"].as_f64()?,
            peer: Some(("hand-written".to_owned(), theirs["time"].as_f64()?)),
            bound: Some(1.0),
        })
    });
    pairs.collect()
}

/// The document that has them all.
fn shapes() -> Value {
    let values: Vec<String> = (0..CODES).map(|index| format!("code_{index}")).collect();
    let reference = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
    let object = |kind: Option<&str>, properties: Value| {
        let mut required: Vec<&String> =
            properties.as_object().into_iter().flatten().map(|(name, _)| name).collect();
        let (mut own, tag) = (properties.clone(), "kind".to_owned());
        if let Some(kind) = kind {
            required.push(&tag);
            own["kind"] = json!({"const": kind});
        }
        json!({"type": "object", "required": required, "properties": own})
    };
    let mut schemas = json!({
        "Free": {"type": "object", "properties": {
            "id": {"type": "string"},
            "options": {"type": "object", "additionalProperties": true},
        }},
        "Code": {"type": "string", "enum": values},
    });
    for (union, has_tag) in [("Tagged", true), ("Untagged", false)] {
        let name = |kind: &str| format!("{union}{kind}");
        let kind = |kind| has_tag.then_some(kind);
        schemas[name("Leaf")] = object(kind("leaf"), json!({"value": {"type": "integer"}}));
        schemas[name("Pair")] =
            object(kind("pair"), json!({"left": reference(union), "right": reference(union)}));
        let items = json!({"type": "array", "items": reference(union)});
        schemas[name("List")] = object(kind("list"), json!({"items": items}));
        let alternatives = ["Leaf", "Pair", "List"].map(|kind| reference(&name(kind)));
        schemas[union] = json!({ "oneOf": alternatives });
        if has_tag {
            let mapping: Map<String, Value> = ["Leaf", "Pair", "List"]
                .map(|kind| (kind.to_lowercase(), reference(&name(kind))["$ref"].clone()))
                .into_iter()
                .collect();
            schemas[union]["discriminator"] = json!({"propertyName": "kind", "mapping": mapping});
        }
    }
    let content = ["Free", "Code", "Tagged", "Untagged"].map(|name| (name.to_lowercase(), reference(name)));
    let properties: Map<String, Value> = content.into_iter().collect();
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Shapes", "version": "1"},
        "paths": {"/shapes": {"get": {"operationId": "get_shapes", "responses": {"200": {
            "description": "All shapes.",
            "content": {"application/json": {"schema": {"type": "object", "properties": properties}}},
        }}}}},
        "components": {"schemas": schemas},
    })
}

/// The hand-written enum, and how many values it has.
fn codes() -> String {
    let mut text = format!(
        "const CODES: usize = {CODES};\n\n#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]\nenum Code {{\n"
    );
    for index in 0..CODES {
        let _ = writeln!(text, "    #[serde(rename = \"code_{index}\")]\n    Code{index},");
    }
    text + "}\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_document_has_all_shapes() {
        let text = shapes().to_string();
        let mut diagnostics = openapi_generator::diagnostics::Diagnostics::default();
        let selection = openapi_generator::source::Selection::default();
        let read =
            openapi_generator::source::load_text(text.as_bytes(), &selection, &mut diagnostics).unwrap();
        assert_eq!((read.operations.len(), read.components.len()), (1, 10));
        assert_eq!(diagnostics.iter().count(), 0, "{diagnostics:?}");
    }

    #[test]
    fn shapes_are_compared_pair_by_pair() {
        let line = |name: &str, time: f64| json!({"name": name, "shape": "a tree", "time": time});
        let rows = compared(&[line("ours", 1.0), line("hand-written", 2.0)]);
        assert_eq!((rows.len(), rows[0].ratio()), (1, 0.5));
    }
}
