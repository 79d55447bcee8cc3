//! Diagnostics, and the list of those of a run.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::codes::Code;
use super::severity::Severity;
use crate::text::{Mark, Origins, Place};

/// One problem.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Diagnostic {
    /// What kind of problem it is.
    pub code: &'static Code,
    /// Where it is.
    pub place: Place,
    /// What is wrong, without a full stop.
    pub message: String,
    /// What to do, in one sentence.
    pub help: String,
    /// The line (from 1) and the column (from 0), if they are known without the pointer, as in a text that can't be
    /// parsed.
    pub mark: Option<Mark>,
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
    /// Where those files are that don't belong to the document, by what places call them.
    files: HashMap<Arc<str>, PathBuf>,
    /// Where the text of changed values is.
    origins: Arc<Origins>,
}

impl Diagnostics {
    /// Reports a problem at `place`, with what is wrong and what to do.
    pub fn report(
        &mut self,
        code: &'static Code,
        place: &Place,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.report_at(code, place, None, message, help);
    }

    /// Reports a problem with the text of `place`'s file, which can't be parsed beyond `mark`.
    pub fn report_at(
        &mut self,
        code: &'static Code,
        place: &Place,
        mark: Option<Mark>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let (message, help) = (message.into(), help.into());
        self.push(Diagnostic { code, place: place.clone(), message, help, mark });
    }

    /// Adds a file that doesn't belong to the document, such as the settings. Returns what places in it call it.
    pub fn add_file(&mut self, path: &Path) -> Arc<str> {
        let name: Arc<str> = path.display().to_string().into();
        self.files.insert(name.clone(), path.to_owned());
        name
    }

    /// Where the file called `name` is if it doesn't belong to the document.
    pub(super) fn file(&self, name: &str) -> Option<&Path> {
        self.files.get(name).map(PathBuf::as_path)
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

    /// Has the places of later reports lead to the text that the values there come from.
    pub(crate) fn trace(&mut self, origins: Arc<Origins>) {
        self.origins = origins;
    }

    /// Appends those of a part, in their order.
    pub(crate) fn extend(&mut self, part: Self) {
        self.files.extend(part.files);
        part.list.into_iter().for_each(|diagnostic| self.push(diagnostic));
    }

    /// Likewise, those of a document among several, whose files are `seen` under other names.
    pub(crate) fn extend_seen(&mut self, part: Self, seen: impl Fn(&Arc<str>) -> Arc<str>) {
        for mut diagnostic in part.list {
            if self.file(&diagnostic.place.file).is_none() {
                diagnostic.place.file = seen(&diagnostic.place.file);
            }
            self.push(diagnostic);
        }
    }

    /// The same with each error whose code is `wanted` as a warning of the kind `code`, whose message ends in its
    /// `consequence`.
    pub(crate) fn with_errors_as(
        self,
        code: &'static Code,
        consequence: &str,
        wanted: impl Fn(&Code) -> bool,
    ) -> Self {
        let is_wanted = |d: &Diagnostic| d.severity() == Severity::Error && wanted(d.code);
        self.map(|diagnostic| match is_wanted(&diagnostic) {
            true => {
                let message = format!("{}; {consequence}", diagnostic.message);
                Diagnostic { code, message, ..diagnostic }
            }
            false => diagnostic,
        })
    }

    /// The same with `advice` at the end of what each error says to do.
    pub(crate) fn with_advice(self, advice: &str) -> Self {
        self.map(|diagnostic| match diagnostic.severity() {
            Severity::Error => {
                let help = format!("{} {advice}", diagnostic.help);
                Diagnostic { help, ..diagnostic }
            }
            Severity::Warning | Severity::Note => diagnostic,
        })
    }

    fn map(self, change: impl Fn(Diagnostic) -> Diagnostic) -> Self {
        let mut all = Self { files: self.files, ..Self::default() };
        self.list.into_iter().for_each(|diagnostic| all.push(change(diagnostic)));
        all
    }

    fn push(&mut self, mut diagnostic: Diagnostic) {
        diagnostic.place = self.origins.of(&diagnostic.place);
        if self.reported.insert((diagnostic.code.id, diagnostic.place.clone(), diagnostic.message.clone())) {
            self.list.push(diagnostic);
        }
    }
}
