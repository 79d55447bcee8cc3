//! The document and the files below its folder that it refers to.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use serde_json::{Map, Value};

use super::discriminators::DISCRIMINATED_BY;
use super::parse::{self, Outside, SyntaxError};
use crate::diagnostics::{Diagnostics, Place, codes};

/// Every file of a document, parsed.
#[derive(Debug)]
pub(super) struct Files {
    values: BTreeMap<Arc<str>, Value>,
    /// Why a file that something in the document names can't be used.
    unusable: BTreeMap<Arc<str>, Unusable>,
    /// The document's own file name, by which other files may refer to it.
    root: Option<String>,
}

/// Why a file can't be used.
#[derive(Debug)]
pub(super) enum Unusable {
    /// It isn't there.
    Missing(String),
    /// It may not be read.
    Unread(String),
    /// It is neither YAML nor JSON.
    Malformed(SyntaxError),
}

impl Files {
    /// Reads the file at `path` and whatever it refers to; `None` if it can't be read at all.
    pub(super) fn read(path: &Path, diagnostics: &mut Diagnostics) -> Option<Self> {
        let text = match parse::read(path) {
            Ok(text) => text,
            Err(error) => {
                let message = format!("can't read {}: {error}", path.display());
                let help = "Give the path of an OpenAPI document.";
                diagnostics.report(&codes::UNREADABLE_FILE, &Place::default(), message, help);
                return None;
            }
        };
        let folder = path.parent().map_or_else(|| PathBuf::from("."), Path::to_owned);
        let folder = if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder };
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        Self::with(text, Some(&folder), name, diagnostics)
    }

    /// Parses `text`; a file it refers to is an error.
    pub(super) fn from_text(text: &[u8], diagnostics: &mut Diagnostics) -> Option<Self> {
        Self::with(text.to_owned(), None, None, diagnostics)
    }

    fn with(
        text: Vec<u8>,
        folder: Option<&Path>,
        root: Option<String>,
        diagnostics: &mut Diagnostics,
    ) -> Option<Self> {
        let place = Place::default();
        let parsed = parse::parse(text)
            .map_err(|error| {
                diagnostics.report_at(&codes::INVALID_SYNTAX, &place, error.mark, error.message, error.help);
            })
            .ok()?;
        let mut files = Self { values: BTreeMap::new(), unusable: BTreeMap::new(), root };
        let mut wanted = Vec::new();
        files.find(&parsed.outside, &place, &mut wanted);
        files.values.insert(Arc::from(""), parsed.value);
        // A `$ref` in an example is no reference, so that what is wrong is told only when it is followed.
        while let Some(file) = wanted.pop() {
            if files.values.contains_key(&file) || files.unusable.contains_key(&file) {
                continue;
            }
            let parsed =
                read_below(folder, &file).and_then(|text| parse::parse(text).map_err(Unusable::Malformed));
            match parsed {
                Ok(parsed) => {
                    let place = Place { file: file.clone(), pointer: "".into() };
                    files.find(&parsed.outside, &place, &mut wanted);
                    files.values.insert(file, parsed.value);
                }
                Err(reason) => {
                    files.unusable.insert(file, reason);
                }
            }
        }
        Some(files)
    }

    /// Why the file of `place` can't be used, if that is so.
    pub(super) fn why_unusable(&self, place: &Place) -> Option<&Unusable> {
        self.unusable.get(&place.file)
    }

    /// The value at `place`.
    pub(super) fn get(&self, place: &Place) -> Option<&Value> {
        let root = self.values.get(&place.file)?;
        // `Value::pointer` makes two texts of each token, which few have a need for.
        if place.pointer.contains('~') {
            return root.pointer(&place.pointer);
        }
        let mut tokens = place.pointer.split('/');
        tokens.next().filter(|before| before.is_empty())?;
        tokens.try_fold(root, |value, token| match value {
            Value::Object(members) => members.get(token),
            other => other.pointer(&format!("/{token}")),
        })
    }

    /// The place that `reference` means when it stands in the file of `from`.
    pub(super) fn resolve(&self, from: &Place, reference: &str) -> Place {
        let (file, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let file = match file {
            "" => from.file.clone(),
            file => match relative(&from.file, &percent_decode(file)) {
                root if Some(&root) == self.root.as_ref() => "".into(),
                other => other.into(),
            },
        };
        // As a pointer `/` leads to a member without a name; who writes it means the whole file.
        let fragment = if fragment == "/" { "" } else { fragment };
        Place { file, pointer: percent_decode(fragment).into() }
    }

    /// Collects the other files that the references `outside` of the file at `place` lead to.
    fn find(&self, outside: &Outside, place: &Place, found: &mut Vec<Arc<str>>) {
        let files = outside.iter().map(|reference| self.resolve(place, reference).file);
        found.extend(files.filter(|file| *file != place.file));
    }
}

/// The references of the member `name` with `value` that don't begin as those do which stay in their file.
pub(super) fn outside<'v>(name: &str, value: &'v Value) -> impl Iterator<Item = &'v str> {
    let [reference, mapping] = match name {
        "$ref" => [Some(value), None],
        "discriminator" | DISCRIMINATED_BY => [None, Some(value)],
        _ => [None, None],
    };
    let references =
        reference.and_then(Value::as_str).into_iter().chain(mapping.into_iter().flat_map(mapped));
    references.filter(|reference| !reference.starts_with('#'))
}

/// The references in a discriminator's mapping.
fn mapped(discriminator: &Value) -> impl Iterator<Item = &str> {
    let mapping = discriminator.get("mapping").into_iter();
    let targets =
        mapping.flat_map(|mapping| mapping.as_object().into_iter().flat_map(Map::values).chain([mapping]));
    // Without any of these it is the name of a component.
    targets.filter_map(Value::as_str).filter(|target| target.contains(['#', '/', '.']))
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

fn read_below(folder: Option<&Path>, file: &str) -> Result<Vec<u8>, Unusable> {
    let unread = Unusable::Unread;
    let folder = folder.ok_or_else(|| unread(format!("the document refers to another file, {file:?}")))?;
    let path = Path::new(file);
    if file.contains("://") || !path.components().all(|part| matches!(part, Component::Normal(_))) {
        return Err(unread(format!("the reference {file:?} leaves the document's folder")));
    }
    let read = || {
        let folder = folder.canonicalize()?;
        let path = folder.join(path).canonicalize()?;
        if !path.starts_with(&folder) {
            return Err(std::io::Error::other("it leaves the document's folder"));
        }
        // Anything but a file could have no end.
        if !path.is_file() {
            return Err(std::io::Error::other("it isn't a file"));
        }
        parse::read(&path)
    };
    read().map_err(|error| {
        let reason = format!("can't read {file:?}: {error}");
        if error.kind() == std::io::ErrorKind::NotFound { Unusable::Missing(reason) } else { unread(reason) }
    })
}

fn percent_decode(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
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
