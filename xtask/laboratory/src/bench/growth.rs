//! How time and memory grow with the size of the document.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use super::measure::{Cost, alternate, run};
use super::table::{Row, Unit};
use super::{Bench, Programs};
use speccrate::Failure;

/// The sections of the components.
const SECTIONS: [&str; 9] = [
    "schemas",
    "responses",
    "parameters",
    "examples",
    "requestBodies",
    "headers",
    "links",
    "callbacks",
    "pathItems",
];

/// The size in bytes from which generating takes seconds.
const LARGE: u64 = 16 << 20;

/// Rows for 1 to `most` copies of `document`, in steps of a factor of four.
pub fn rows(bench: &Bench, programs: &Programs, document: &Path, most: usize) -> Result<Vec<Row>, Failure> {
    let mut points = Vec::new();
    let mut rows = Vec::new();
    let mut copies = 1;
    while copies <= most {
        let copied = bench.folder.join(format!("copies-{copies}.json"));
        // In another process: the values of a large document take gigabytes.
        run(&mut programs.copy(document, copies, &copied))?;
        let cost = generated(bench, programs, &copied)?;
        let what = format!("{copies} × {}", document.file_name().unwrap_or_default().to_string_lossy());
        rows.extend(plain(&what, &cost));
        points.push((copies as f64, cost));
        copies *= 4;
    }
    rows.extend(exponents(&format!("growth from 1 to {} times", copies / 4), &points));
    Ok(rows)
}

/// Rows for a schema with `count` references to it, for one with as many properties, and for a tenth as many schemas that refer
/// to each other or are alternatives of one union.
pub fn knots(bench: &Bench, programs: &Programs, count: usize) -> Result<Vec<Row>, Failure> {
    let mut rows = Vec::new();
    for (what, most, make) in [
        ("references to one schema", count, referenced as fn(usize) -> String),
        ("properties of one schema", count, wide),
        ("schemas that refer to each other", count / 10, mutual),
        ("alternatives of one union", count / 10, alternatives),
    ] {
        let mut points = Vec::new();
        for count in [most / 16, most / 4, most] {
            let document = bench.folder.join("knots.yaml");
            std::fs::write(&document, make(count))?;
            let cost = generated(bench, programs, &document)?;
            rows.extend(plain(&format!("{count} {what}"), &cost));
            points.push((count as f64, cost));
        }
        rows.extend(exponents(&format!("growth to {most} {what}"), &points));
    }
    Ok(rows)
}

/// How the costs grow.
fn exponents(what: &str, points: &[(f64, Cost)]) -> [Row; 2] {
    let row = |measure, pick: fn(&Cost) -> f64| Row {
        what: what.to_owned(),
        measure,
        unit: Unit::Exponent,
        ours: exponent(points, pick),
        peer: None,
        bound: Some(1.1),
    };
    [row("processor time", |cost| cost.processor), row("memory", |cost| cost.memory)]
}

fn plain(what: &str, cost: &Cost) -> [Row; 2] {
    let row =
        |measure, unit, ours| Row { what: what.to_owned(), measure, unit, ours, peer: None, bound: None };
    [row("processor time", Unit::Seconds, cost.processor), row("memory", Unit::Mebibytes, cost.memory)]
}

/// The cost of generating from `document`, which is then removed.
fn generated(bench: &Bench, programs: &Programs, document: &Path) -> Result<Cost, Failure> {
    let once = || programs.cost(&programs.generate(document, &bench.fresh(), "growth"));
    // Large documents take long, and the times of long runs vary little.
    let runs = if std::fs::metadata(document)?.len() > LARGE { 1 } else { bench.runs };
    let costs = alternate(&mut [Box::new(once)], runs, &bench.bar)?;
    std::fs::remove_file(document)?;
    costs.first().copied().ok_or_else(|| Failure::Usage("nothing was measured".to_owned()))
}

/// The slope of the cost against the size on logarithmic scales: 1 if the cost grows linearly.
fn exponent(points: &[(f64, Cost)], pick: fn(&Cost) -> f64) -> f64 {
    let points: Vec<(f64, f64)> = points.iter().map(|(size, cost)| (size.ln(), pick(cost).ln())).collect();
    let count = points.len() as f64;
    let mean = |pick: fn(&(f64, f64)) -> f64| points.iter().map(pick).sum::<f64>() / count;
    let (x, y) = (mean(|point| point.0), mean(|point| point.1));
    let covariance: f64 = points.iter().map(|point| (point.0 - x) * (point.1 - y)).sum();
    covariance / points.iter().map(|point| (point.0 - x).powi(2)).sum::<f64>()
}

/// Writes `document` to `out` with `copies` copies of its paths and components, each under its own names.
pub fn copy(document: &Path, copies: usize, out: &Path) -> Result<(), Failure> {
    let value = super::value(document)?;
    Ok(std::fs::write(out, copied(&value, copies))?)
}

fn copied(document: &Value, copies: usize) -> String {
    let mut whole = document.clone();
    let (mut paths, mut components) = (Map::new(), document["components"].clone());
    for copy in 0..copies {
        for (path, item) in document["paths"].as_object().into_iter().flatten() {
            let path = if copy == 0 { path.clone() } else { format!("/copy{copy}{path}") };
            paths.insert(path, renamed(item, copy));
        }
        for section in SECTIONS {
            let Some(members) = document["components"][section].as_object() else { continue };
            let Some(target) = components[section].as_object_mut() else { continue };
            for (name, member) in members {
                target.insert(named(name, copy), renamed(member, copy));
            }
        }
    }
    whole["paths"] = Value::Object(paths);
    whole["components"] = components;
    whole.to_string()
}

fn named(name: &str, copy: usize) -> String {
    if copy == 0 { name.to_owned() } else { format!("{name}-copy{copy}") }
}

/// The value with its references and `operationId`s renamed to those of a copy.
fn renamed(value: &Value, copy: usize) -> Value {
    let text = |name: &str, value: &Value| match (name, value.as_str()) {
        ("$ref", Some(reference)) if !reference.starts_with("#/components/securitySchemes/") => {
            Some(Value::String(named(reference, copy)))
        }
        ("operationId", Some(id)) => Some(Value::String(named(id, copy))),
        _ => None,
    };
    match value {
        Value::Object(members) => members
            .iter()
            .map(|(name, value)| (name.clone(), text(name, value).unwrap_or_else(|| renamed(value, copy))))
            .collect(),
        Value::Array(items) => items.iter().map(|item| renamed(item, copy)).collect(),
        other => other.clone(),
    }
}

const HEAD: &str = "openapi: 3.1.0\ninfo: {title: Growth, version: '1'}\npaths:\n  /it:\n    get:\n      \
    operationId: get_it\n      responses:\n        '200':\n          description: It.\n          content:\n            \
    application/json:\n              schema: {$ref: '#/components/schemas/Root'}\ncomponents:\n  schemas:\n";

/// One schema that `count` properties refer to, spread over schemas of a hundred properties each.
fn referenced(count: usize) -> String {
    let mut text = format!("{HEAD}    One: {{type: object, properties: {{a: {{type: string}}}}}}\n");
    let holders = count.div_ceil(100);
    for holder in 0..holders {
        let _ = write!(text, "    Holder{holder}: {{type: object, properties: {{");
        for property in 0..100 {
            let _ = write!(text, "p{property}: {{$ref: '#/components/schemas/One'}}, ");
        }
        text.push_str("}}\n");
    }
    text.push_str("    Root:\n      type: object\n      properties:\n");
    for holder in 0..holders {
        let _ = writeln!(text, "        h{holder}: {{$ref: '#/components/schemas/Holder{holder}'}}");
    }
    text
}

/// A schema with `count` properties.
fn wide(count: usize) -> String {
    let mut text = format!("{HEAD}    Root:\n      type: object\n      properties:\n");
    for property in 0..count {
        let _ = writeln!(text, "        p{property}: {{type: string}}");
    }
    text
}

/// A union of `count` schemas, told apart by the value of a property.
fn alternatives(count: usize) -> String {
    let mut text = HEAD.to_owned();
    for index in 0..count {
        let _ = writeln!(
            text,
            "    S{index}: {{type: object, required: [kind], properties: {{kind: {{const: k{index}}}}}}}"
        );
    }
    text.push_str("    Root:\n      oneOf:\n");
    for index in 0..count {
        let _ = writeln!(text, "      - {{$ref: '#/components/schemas/S{index}'}}");
    }
    text
}

/// `count` schemas, each of which refers to three others, so that every one leads to every other.
fn mutual(count: usize) -> String {
    let mut text = HEAD.to_owned();
    text.push_str("    Root: {type: object, properties: {first: {$ref: '#/components/schemas/S0'}}}\n");
    for index in 0..count {
        let _ = write!(text, "    S{index}: {{type: object, properties: {{");
        for (name, target) in [("a", index + 1), ("b", index * 7 + 3), ("c", index + count / 2)] {
            let _ = write!(text, "{name}: {{$ref: '#/components/schemas/S{}'}}, ", target % count);
        }
        text.push_str("}}\n");
    }
    text
}

/// GitHub's document, if present.
pub fn document(specs: &Path) -> Option<PathBuf> {
    Some(specs.join("github.json")).filter(|document| document.exists())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_refer_to_themselves() {
        let document = serde_json::json!({
            "openapi": "3.1.0",
            "info": {"title": "T", "version": "1"},
            "paths": {"/a": {"get": {"operationId": "a", "responses": {"200": {"description": "It.",
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/A"}}}}}}}},
            "components": {"schemas": {"A": {"type": "object"}}},
        });
        let copied = copied(&document, 3);
        let mut diagnostics = openapi_generator::diagnostics::Diagnostics::default();
        let selection = openapi_generator::source::Selection::default();
        let read =
            openapi_generator::source::load_text(copied.as_bytes(), &selection, &mut diagnostics).unwrap();
        assert_eq!((read.operations.len(), read.components.len()), (3, 3));
        assert!(copied.contains("#/components/schemas/A-copy2"));
    }

    #[test]
    fn the_exponent_of_linear_growth_is_one() {
        let cost = |processor| Cost { wall: 0.0, processor, memory: 1.0 };
        let points = [(1.0, cost(2.0)), (4.0, cost(8.0)), (16.0, cost(32.0))];
        assert!((exponent(&points, |cost| cost.processor) - 1.0).abs() < 1e-9);
        assert!(exponent(&points, |cost| cost.memory).abs() < 1e-9);
    }
}
