//! Problems of a document: a stable code, a place, what is wrong and what to do.

pub mod codes;
mod json;
mod locate;
mod render;

use std::collections::{BTreeMap, BTreeSet, HashSet};

pub use codes::Code;
pub use render::Printing;

/// A JSON Pointer (RFC 6901) into one file of the document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// The file, relative to the document's folder; empty for the document itself.
    pub file: std::sync::Arc<str>,
    /// The pointer, e.g. `/paths/~1pets/get`; empty for the whole file.
    pub pointer: std::sync::Arc<str>,
}

impl Place {
    /// The place of the member or element `token` below this one; `token` is taken as it is, unescaped.
    pub fn child(&self, token: &str) -> Self {
        let mut pointer = String::with_capacity(self.pointer.len() + 1 + token.len());
        pointer.push_str(&self.pointer);
        pointer.push('/');
        if token.contains(['~', '/']) {
            pointer.push_str(&escape(token));
        } else {
            pointer.push_str(token);
        }
        Self { file: self.file.clone(), pointer: pointer.into() }
    }
}

/// A name as a token of a JSON Pointer (RFC 6901, section 3).
pub fn escape(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// The line and the column, both from 1, of each of `pointers` that is in `text`; of one that isn't there, those of
/// the nearest place above it.
pub fn lines<'p>(
    text: &str,
    pointers: impl IntoIterator<Item = &'p str>,
) -> BTreeMap<&'p str, (usize, usize)> {
    let above = |pointer: &'p str| {
        let ends = pointer.match_indices('/').map(|(end, _)| end).chain([pointer.len()]);
        ends.rev().map(move |end| &pointer[..end])
    };
    let pointers: BTreeSet<&'p str> = pointers.into_iter().collect();
    let asked: BTreeSet<&'p str> = pointers.iter().flat_map(|pointer| above(pointer)).collect();
    let found = locate::locate(text, &asked);
    let nearest = |pointer: &'p str| above(pointer).find_map(|pointer| found.get(pointer).copied());
    let place = |pointer: &'p str| nearest(pointer).map(|(line, column)| (pointer, (line, column + 1)));
    pointers.iter().filter_map(|pointer| place(pointer)).collect()
}

/// Whether generation goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is generated.
    Error,
    /// Something of the document is not in the generated code.
    Warning,
    /// Good to know: the generated code is complete, but checks less than the server does.
    Note,
}

impl Severity {
    /// The severity in a word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// One problem.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Diagnostic {
    /// What kind of problem it is.
    pub code: &'static Code,
    /// What it is about.
    pub place: Place,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// What to do, in one sentence.
    pub help: String,
    /// The line (from 1) and the column (from 0) where they are known without the pointer: in a text that
    /// can't be parsed.
    pub mark: Option<(usize, usize)>,
}

impl Diagnostic {
    /// Whether generation goes on.
    pub fn severity(&self) -> Severity {
        self.code.severity
    }
}

/// All problems of a run, in the order they were found.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
    /// What has been reported: a component that several operations use is read for each of them.
    reported: HashSet<(&'static str, Place, String)>,
}

impl Diagnostics {
    /// Adds a problem with what is at `place`.
    pub fn report(
        &mut self,
        code: &'static Code,
        place: &Place,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.report_at(code, place, None, message, help);
    }

    /// Adds a problem with the text of the file of `place`, which can't be parsed beyond `mark`.
    pub fn report_at(
        &mut self,
        code: &'static Code,
        place: &Place,
        mark: Option<(usize, usize)>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let (message, help) = (message.into(), help.into());
        self.push(Diagnostic { code, place: place.clone(), message, help, mark });
    }

    /// Whether any is an error.
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|diagnostic| diagnostic.severity() == Severity::Error)
    }

    /// Whether any is a warning.
    pub fn has_warnings(&self) -> bool {
        self.list.iter().any(|diagnostic| diagnostic.severity() == Severity::Warning)
    }

    /// Every problem, in the order they were found.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter()
    }

    /// Adds those of a part, in their order.
    pub(crate) fn extend(&mut self, part: Self) {
        part.list.into_iter().for_each(|diagnostic| self.push(diagnostic));
    }

    fn push(&mut self, diagnostic: Diagnostic) {
        if self.reported.insert((diagnostic.code.id, diagnostic.place.clone(), diagnostic.message.clone())) {
            self.list.push(diagnostic);
        }
    }
}
