//! The document and the files below its folder that it refers to.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use serde_json::Value;

use super::parse::parse;
use crate::diagnostics::{Diagnostics, Place};

/// Every file of a document, parsed.
#[derive(Debug)]
pub(super) struct Files {
    values: BTreeMap<Arc<str>, Value>,
    /// Why a file that something in the document names can't be used.
    unusable: BTreeMap<Arc<str>, String>,
}

impl Files {
    /// Reads the file at `path` and whatever it refers to; `None` if it can't be read at all.
    pub(super) fn read(path: &Path, diagnostics: &mut Diagnostics) -> Option<Self> {
        let text = match std::fs::read(path) {
            Ok(text) => text,
            Err(error) => {
                let message = format!("can't read {}: {error}", path.display());
                diagnostics.error(
                    "E0001",
                    &Place::default(),
                    message,
                    "Give the path of an OpenAPI document.",
                );
                return None;
            }
        };
        let folder = path.parent().map_or_else(|| PathBuf::from("."), Path::to_owned);
        let folder = if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder };
        Self::from_text(&text, Some(&folder), diagnostics)
    }

    /// Parses `text`; files it refers to are looked for below `folder`, and refused without one.
    pub(super) fn from_text(
        text: &[u8],
        folder: Option<&Path>,
        diagnostics: &mut Diagnostics,
    ) -> Option<Self> {
        let root = parse(text)
            .map_err(|error| diagnostics.syntax_error("E0002", error.mark, error.message, error.help))
            .ok()?;
        let mut values = BTreeMap::new();
        let mut unusable = BTreeMap::new();
        let mut wanted = Vec::new();
        find_files(&root, &Place::default(), &mut wanted);
        values.insert(Arc::from(""), root);
        while let Some(file) = wanted.pop() {
            if values.contains_key(&file) || unusable.contains_key(&file) {
                continue;
            }
            match read_below(folder, &file).and_then(|text| parse(&text).map_err(|error| error.message)) {
                Ok(value) => {
                    find_files(&value, &Place { file: file.clone(), pointer: "".into() }, &mut wanted);
                    values.insert(file, value);
                }
                // A `$ref` in an example is no reference, so that this is told only when it is followed.
                Err(message) => {
                    unusable.insert(file, message);
                }
            }
        }
        Some(Self { values, unusable })
    }

    /// Why the file of `place` can't be used, if that is so.
    pub(super) fn why_unusable(&self, place: &Place) -> Option<&str> {
        self.unusable.get(&place.file).map(String::as_str)
    }

    /// The value at `place`.
    pub(super) fn get(&self, place: &Place) -> Option<&Value> {
        self.values.get(&place.file)?.pointer(&place.pointer)
    }

    /// The place that `reference` means when it stands in the file of `from`.
    pub(super) fn resolve(from: &Place, reference: &str) -> Place {
        let (file, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let file = if file.is_empty() { from.file.clone() } else { relative(&from.file, file).into() };
        Place { file, pointer: percent_decode(fragment).into() }
    }
}

/// Collects the other files that `$ref`s in `value` name.
fn find_files(value: &Value, place: &Place, found: &mut Vec<Arc<str>>) {
    match value {
        Value::Object(map) => {
            if let Some(reference) = map.get("$ref").and_then(Value::as_str) {
                let file = Files::resolve(place, reference).file;
                if file != place.file {
                    found.push(file);
                }
            }
            map.values().for_each(|value| find_files(value, place, found));
        }
        Value::Array(items) => items.iter().for_each(|value| find_files(value, place, found)),
        _ => {}
    }
}

/// `reference` seen from the file `from`, both relative to the document's folder.
fn relative(from: &str, reference: &str) -> String {
    if reference.contains("://") || reference.starts_with('/') {
        return reference.to_owned();
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in reference.split('/') {
        match part {
            "." | "" => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

fn read_below(folder: Option<&Path>, file: &str) -> Result<Vec<u8>, String> {
    let folder = folder.ok_or_else(|| format!("the document refers to another file, {file:?}"))?;
    let path = Path::new(file);
    if file.contains("://") || !path.components().all(|part| matches!(part, Component::Normal(_))) {
        return Err(format!("the reference {file:?} leaves the document's folder"));
    }
    let read = || {
        let folder = folder.canonicalize()?;
        let path = folder.join(path).canonicalize()?;
        if !path.starts_with(&folder) {
            return Err(std::io::Error::other("it leaves the document's folder"));
        }
        std::fs::read(path)
    };
    read().map_err(|error| format!("can't read {file:?}: {error}"))
}

fn percent_decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let code = tail.get(..2).and_then(|code| std::str::from_utf8(code).ok());
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) if *first == b'%' => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            _ => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
