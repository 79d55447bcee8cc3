//! The document and the files that it refers to, below its folder or a root that the caller names.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use serde_json::Value;

use super::base_uris::BaseUris;
use crate::diagnostics::{Diagnostics, codes};
use crate::text::{self, Mark, Origins, Outside, Place, SyntaxError, resolve};

/// Every file of a document, parsed.
#[derive(Debug)]
pub(super) struct Files {
    values: BTreeMap<Arc<str>, Value>,
    /// The files that can't be used, though something in the document names them.
    unusable: BTreeMap<Arc<str>, Unusable>,
    /// The URIs by which files are known.
    uris: BaseUris,
    /// The document's own file name, by which other files may refer to it.
    root: Option<String>,
    folder: Option<Folder>,
    /// Where the text of values is that were changed after they were read.
    pub(super) origins: Arc<Origins>,
    /// Where sections of the document were moved, by the starts of the pointers to what is in them.
    pub(super) moved: &'static [(&'static str, &'static str)],
}

/// Why a file can't be used.
#[derive(Debug)]
pub(super) enum Unusable {
    /// It doesn't exist.
    Missing(String),
    /// It can't or mustn't be read.
    Unread(String),
    /// It is neither YAML nor JSON.
    Malformed(SyntaxError),
}

impl Files {
    /// Reads the file at `path` and whatever it refers to; `None` if it can't be read at all.
    pub(super) fn read(path: &Path, root: Option<&Path>, diagnostics: &mut Diagnostics) -> Option<Self> {
        let text = match text::read(path) {
            Ok(text) => text,
            Err(error) => {
                let message = format!("can't read {}: {error}", path.display());
                let help = "Check the path of the OpenAPI document.";
                diagnostics.report(&codes::UNREADABLE_FILE, &Place::default(), message, help);
                return None;
            }
        };
        let folder = path.parent().map_or_else(|| PathBuf::from("."), Path::to_owned);
        let folder = if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder };
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        let folder = Folder { own: folder, root: root.map(Path::to_owned) };
        Self::with(text, Some(folder), name, diagnostics)
    }

    /// Parses `text`, which can't refer to other files.
    pub(super) fn from_text(text: &[u8], diagnostics: &mut Diagnostics) -> Option<Self> {
        Self::with(text.to_owned(), None, None, diagnostics)
    }

    fn with(
        text: Vec<u8>,
        folder: Option<Folder>,
        root: Option<String>,
        diagnostics: &mut Diagnostics,
    ) -> Option<Self> {
        let place = Place::default();
        let parsed = text::parse(text)
            .map_err(|error| {
                diagnostics.report_at(&codes::INVALID_SYNTAX, &place, error.mark, error.message, error.help);
            })
            .ok()?;
        report_repeated(&parsed.repeated, &place, diagnostics);
        let values = BTreeMap::from([(Arc::from(""), parsed.value)]);
        let mut files = Self {
            values,
            unusable: BTreeMap::new(),
            uris: BaseUris::default(),
            root,
            folder,
            origins: Arc::default(),
            moved: &[],
        };
        files.complete(&parsed.outside, &place, diagnostics);
        Some(files)
    }

    /// Reads the files that the references `outside`, in the file of `place`, lead to, and those that these refer to.
    pub(super) fn complete(&mut self, outside: &Outside, place: &Place, diagnostics: &mut Diagnostics) {
        let mut wanted = Vec::new();
        if let Some(value) = self.values.get(&place.file) {
            self.uris.set(&place.file, value);
        }
        self.find(outside, place, &mut wanted);
        // A `$ref` in an example isn't a reference, so problems are reported only when a reference is followed.
        while let Some(file) = wanted.pop() {
            if self.values.contains_key(&file) || self.unusable.contains_key(&file) {
                continue;
            }
            let parsed = read_below(self.folder.as_ref(), &file)
                .and_then(|text| text::parse(text).map_err(Unusable::Malformed));
            match parsed {
                Ok(parsed) => {
                    let place = Place { file: file.clone(), pointer: "".into() };
                    self.uris.set(&file, &parsed.value);
                    self.find(&parsed.outside, &place, &mut wanted);
                    report_repeated(&parsed.repeated, &place, diagnostics);
                    self.values.insert(file, parsed.value);
                }
                Err(reason) => {
                    self.unusable.insert(file, reason);
                }
            }
        }
    }

    /// The value of a file, to be changed.
    pub(super) fn value_mut(&mut self, file: &str) -> Option<&mut Value> {
        self.values.get_mut(file)
    }

    /// The document's folder, if the document is a file.
    pub(super) fn folder(&self) -> Option<&Path> {
        self.folder.as_ref().map(|folder| &*folder.own)
    }

    /// The document's own file name.
    pub(super) fn name(&self) -> Option<&str> {
        self.root.as_deref()
    }

    /// Why the file of `place` can't be used, if that is so.
    pub(super) fn why_unusable(&self, place: &Place) -> Option<&Unusable> {
        self.unusable.get(&place.file)
    }

    /// The value at `place`.
    pub(super) fn get(&self, place: &Place) -> Option<&Value> {
        let root = self.values.get(&place.file)?;
        // `Value::pointer` allocates two strings for each token, which few tokens need.
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

    /// The place to which `reference` leads from the file of `from`.
    pub(super) fn resolve(&self, from: &Place, reference: &str) -> Place {
        let root = self.root.as_deref();
        let mut place =
            self.uris.resolve(from, reference, root).unwrap_or_else(|| resolve(from, reference, root));
        if place.file.is_empty() {
            let moved = self.moved.iter().find_map(|(was, is)| Some((*is, place.pointer.strip_prefix(was)?)));
            if let Some((is, rest)) = moved {
                place.pointer = format!("{is}{rest}").into();
            }
        }
        place
    }

    /// Collects the other files that the references `outside`, in the file of `place`, lead to.
    fn find(&self, outside: &Outside, place: &Place, found: &mut Vec<Arc<str>>) {
        let files = outside.iter().map(|reference| self.resolve(place, reference).file);
        found.extend(files.filter(|file| *file != place.file));
    }
}

/// Reports the keys that objects of the file `place` have twice, with the same value.
pub(super) fn report_repeated(repeated: &[(String, Mark)], place: &Place, diagnostics: &mut Diagnostics) {
    for (name, mark) in repeated {
        let message = format!("the key {name:?} appears twice in the same object, with the same value");
        diagnostics.report_at(&codes::REPEATED_KEY, place, Some(*mark), message, "Remove one of them.");
    }
}

/// Where the files are that may be read.
#[derive(Debug)]
struct Folder {
    /// The document's folder.
    own: PathBuf,
    /// A folder above it that the caller names.
    root: Option<PathBuf>,
}

fn read_below(folder: Option<&Folder>, file: &str) -> Result<Vec<u8>, Unusable> {
    let unread = Unusable::Unread;
    let folder = folder.ok_or_else(|| {
        unread(format!("the reference to {file:?} can't be followed: the document isn't read from a file"))
    })?;
    let (path, limit) = (Path::new(file), folder.root.as_ref().unwrap_or(&folder.own));
    let outside = match &folder.root {
        Some(root) => format!("it leaves the folder {}", root.display()),
        None => "it leaves the document's folder".to_owned(),
    };
    let may_have = |part| match part {
        Component::Normal(_) => true,
        Component::ParentDir => folder.root.is_some(),
        _ => false,
    };
    if file.contains("://") || !path.components().all(may_have) {
        return Err(unread(format!("the reference {file:?} can't be followed: {outside}")));
    }
    let read = || {
        let path = folder.own.canonicalize()?.join(path).canonicalize()?;
        if !path.starts_with(limit.canonicalize()?) {
            return Err(std::io::Error::other(outside));
        }
        // Anything else could be endless.
        if !path.is_file() {
            return Err(std::io::Error::other("it isn't a regular file"));
        }
        text::read(&path)
    };
    read().map_err(|error| {
        let reason = format!("can't read {file:?}: {error}");
        if error.kind() == std::io::ErrorKind::NotFound { Unusable::Missing(reason) } else { unread(reason) }
    })
}
