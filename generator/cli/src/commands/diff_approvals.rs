//! The file of approvals that a comparison goes with.

use std::path::PathBuf;

use super::diff::Arguments;
use crate::load::Source;
use crate::report::{APPROVALS_FILE, Approvals, Report};
use crate::{Failure, terminal};

/// The file, with its text if it exists.
pub(super) struct ApprovalsFile {
    /// What it is called.
    pub(super) label: String,
    path: PathBuf,
    text: Option<String>,
    is_of_revision: bool,
}

impl ApprovalsFile {
    /// The file that the arguments name, or the one beside the new document, as of its revision.
    pub(super) fn find(arguments: &Arguments, new: &Source) -> Result<Self, Failure> {
        if let Some(path) = &arguments.approvals {
            let label = terminal::shown(path);
            let text = crate::text_file::read(path);
            let text = text.map_err(|error| Failure::Usage(format!("can't read {label}: {error}")))?;
            return Ok(Self { label, path: path.clone(), text: Some(text), is_of_revision: false });
        }
        let (Source::File(document) | Source::Revision(_, document)) = new;
        let path = document.with_file_name(APPROVALS_FILE);
        Ok(Self {
            label: terminal::shown(&path),
            text: new.text(&path),
            path,
            is_of_revision: matches!(new, Source::Revision(..)),
        })
    }

    /// What the file says.
    pub(super) fn approvals(&self) -> Result<Approvals, Failure> {
        let text = self.text.as_deref().unwrap_or_default();
        Approvals::parse(text)
            .map_err(|problem| Failure::Usage(format!("can't use {}: {problem}", self.label)))
    }

    /// Adds what the arguments approve.
    pub(super) fn add(&self, report: &Report, arguments: &Arguments) -> Result<(), Failure> {
        let unusable = |why: String| Failure::Usage(format!("can't add to {}: {why}", self.label));
        if self.is_of_revision {
            return Err(unusable("it is the file of a revision: compare with the working tree".to_owned()));
        }
        // An argument may name a link; the file beside a document can be a stranger's, and lead anywhere.
        if arguments.approvals.is_none() && self.path.is_symlink() {
            return Err(unusable("it is a link: give the file that it leads to with --approvals".to_owned()));
        }
        let who = arguments.who.clone().or_else(name_of_user).ok_or_else(|| {
            Failure::Usage("git knows no name: say with --who who approves the change".to_owned())
        })?;
        let reason = arguments.reason.as_deref().unwrap_or_default();
        let text = self.text.as_deref().unwrap_or_default();
        let text =
            report.approve(text, &arguments.approve, reason, &who, arguments.until).map_err(unusable)?;
        std::fs::write(&self.path, text).map_err(|error| unusable(error.to_string()))?;
        terminal::status(&format!(
            "{}: {} added",
            self.label,
            terminal::counted(arguments.approve.len(), "approval")
        ));
        Ok(())
    }
}

fn name_of_user() -> Option<String> {
    let output = crate::git::command::command().args(["config", "user.name"]).output().ok()?;
    let name = String::from_utf8(output.stdout).ok()?.trim().to_owned();
    (output.status.success() && !name.is_empty()).then_some(name)
}
