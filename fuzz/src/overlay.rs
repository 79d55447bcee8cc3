//! Overlays: actions whose targets are drawn as JSONPath, applied to a drawn document.

use std::path::PathBuf;
use std::sync::LazyLock;

use arbitrary::{Result, Unstructured};
use openapi_generator::diagnostics::{Diagnostics, Notes, Printing};
use openapi_generator::source::{self, Overlay, Selection};
use serde_json::{Value, json};

use crate::instance::Instances;
use crate::{assert_printable, document, halves, is_shown};

/// A folder in memory, where there is one; files are the only way in.
static FOLDER: LazyLock<PathBuf> = LazyLock::new(|| {
    let memory = PathBuf::from("/dev/shm");
    let folder = if memory.is_dir() { memory } else { std::env::temp_dir() };
    let folder = folder.join(format!("fuzz-overlay-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder for the inputs");
    folder
});

/// Any text as an overlay, or a drawn one, changes a drawn document or is refused with a reason.
pub fn overlay(bytes: &[u8]) {
    let (first, rest) = halves(bytes);
    let is_text = first.first().is_some_and(|byte| byte % 4 == 0);
    let text = if is_text { first[1..].to_vec() } else { draw(first).to_string().into_bytes() };
    let document = document::draw(rest).to_string();
    if is_shown() {
        eprintln!("{document}\n{}", String::from_utf8_lossy(&text));
    }
    let paths = [FOLDER.join("document.json"), FOLDER.join("overlay.json")];
    std::fs::write(&paths[0], document).expect("the document is written");
    std::fs::write(&paths[1], text).expect("the overlay is written");
    let selection = Selection { overlays: vec![Overlay::from(paths[1].clone())], ..Selection::default() };
    let mut diagnostics = Diagnostics::default();
    let loaded = source::load(&paths[0], &selection, &mut diagnostics);
    assert_eq!(loaded.is_none(), diagnostics.has_errors());
    assert_printable(&diagnostics.render_as(&paths[0], Printing { colours: false, notes: Notes::Printed }));
}

fn draw(bytes: &[u8]) -> Value {
    let mut u = Unstructured::new(bytes);
    let mut actions = Vec::new();
    while actions.len() < 6 && !u.is_empty() {
        let Ok(action) = action(&mut u) else { break };
        actions.push(action);
    }
    json!({ "overlay": "1.0.0", "info": { "title": "t", "version": "1" }, "actions": actions })
}

fn action(u: &mut Unstructured<'_>) -> Result<Value> {
    const TEXTS: &[&str] =
        &["a", "type", "object", "string", "$ref", "#/components/schemas/a", "other.yaml#/a", "", "\u{202e}"];
    let mut action = json!({ "target": target(u)? });
    let values = Instances { document: &Value::Null, texts: TEXTS };
    match u.int_in_range(0..=4)? {
        0 => action["remove"] = json!(true),
        1 => action["copy"] = json!(target(u)?),
        2 => action["update"] = values.anything(u)?,
        _ => {
            action["update"] =
                json!({ (*u.choose(TEXTS)?): values.anything(u)?, "description": values.anything(u)? })
        }
    }
    Ok(action)
}

/// A JSONPath (RFC 9535), mostly one that selects something.
fn target(u: &mut Unstructured<'_>) -> Result<String> {
    let mut path = "$".to_owned();
    for _ in 0..u.int_in_range(0..=6)? {
        let segment = segment(u, 0)?;
        path.push_str(&segment);
    }
    Ok(path)
}

fn segment(u: &mut Unstructured<'_>, depth: usize) -> Result<String> {
    const NAMES: &[&str] = &[
        "paths",
        "components",
        "schemas",
        "get",
        "responses",
        "type",
        "properties",
        "a",
        "parameters",
        "name",
    ];
    let name = *u.choose(NAMES)?;
    Ok(match u.int_in_range(0..=11)? {
        0..=3 => format!(".{name}"),
        4 => ".*".to_owned(),
        5 => format!("..{name}"),
        6 => "..*".to_owned(),
        7 => format!("['{name}',{},\"{name}\"]", u.arbitrary::<i8>()?),
        8 => format!("[{}:{}:{}]", u.arbitrary::<i8>()?, u.arbitrary::<i8>()?, u.arbitrary::<i8>()?),
        9 if depth < 4 => format!("[?{}]", filter(u, depth + 1)?),
        10 => format!("['{}']", u.arbitrary::<&str>()?.chars().take(8).collect::<String>()),
        _ => format!("[{}]", u.arbitrary::<i64>()?),
    })
}

fn filter(u: &mut Unstructured<'_>, depth: usize) -> Result<String> {
    const LITERALS: &[&str] = &["null", "true", "1", "-0", "1e2", "'a'", "\"get\"", "'query'"];
    const COMPARISONS: &[&str] = &["==", "!=", "<", "<=", ">", ">="];
    const FUNCTIONS: &[&str] =
        &["length(@)", "count(@.*)", "value(@.a)", "match(@.name, 'a.*')", "search(@.name, '(a+)+')"];
    let query = format!("@{}", segment(u, depth)?);
    Ok(match u.int_in_range(0..=6)? {
        0 => query,
        1 => format!("!{query}"),
        2 => format!("{query} {} {}", u.choose(COMPARISONS)?, u.choose(LITERALS)?),
        3 => format!("{} {} {}", u.choose(FUNCTIONS)?, u.choose(COMPARISONS)?, u.choose(LITERALS)?),
        4 if depth < 4 => format!("({} && {})", filter(u, depth + 1)?, filter(u, depth + 1)?),
        5 if depth < 4 => format!("{} || {}", filter(u, depth + 1)?, filter(u, depth + 1)?),
        _ => (*u.choose(FUNCTIONS)?).to_owned(),
    })
}
