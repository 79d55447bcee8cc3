//! The documents of a client as of a git revision.

use std::path::{Path, PathBuf};

use openapi_generator::source::Selection;
use tempfile::TempDir;

use crate::Failure;
use crate::config::Config;
use crate::git::{Revision, RevisionError};

/// What the document `path` and the `others` were in the revision. The `config` says it where there are several now, or
/// were then; without one, those that came later are left out.
pub(crate) fn former(
    revision: &Revision,
    path: &Path,
    others: &[PathBuf],
    config: Option<&Path>,
) -> (PathBuf, Vec<PathBuf>) {
    let then = config.and_then(|file| Config::of_text(&revision.text(file)?, file));
    if let Some(then) = then
        && !(others.is_empty() && then.selection.others.is_empty())
    {
        return (then.spec, then.selection.others);
    }
    let were_there = others.iter().filter(|other| {
        // Outside the repository there is no telling, which is an error later.
        revision.inside(other).is_err() || revision.text(other).is_some()
    });
    (path.to_owned(), were_there.map(|other| revision.former(other)).collect())
}

/// Copies the documents as of the revision, and the folder that has all of them, to a temporary one. What `selection` says
/// about files leads to the copies then. Returns the first document's copy.
pub(crate) fn check_out(
    revision: &Revision,
    (path, others): (PathBuf, Vec<PathBuf>),
    selection: &mut Selection,
) -> Result<(TempDir, PathBuf), RevisionError> {
    if others.is_empty() {
        let (folder, path) = revision.check_out(&path, selection.root.as_deref())?;
        selection.root = selection.root.as_ref().map(|_| folder.path().to_owned());
        selection.others.clear();
        return Ok((folder, path));
    }
    let others = others.iter().map(|other| revision.inside(other)).collect::<Result<Vec<_>, _>>()?;
    // Above the repository there is nothing of the revision.
    let root = selection.root.as_ref().map(|root| revision.inside(root).unwrap_or_default());
    let mut common = PathBuf::from(revision.inside(&path)?);
    common.pop();
    let folders = others.iter().map(|other| Path::new(other).parent().unwrap_or(Path::new("")));
    for folder in folders.chain(root.as_deref().map(Path::new)) {
        while !folder.starts_with(&common) {
            common.pop();
        }
    }
    let (folder, path) = revision.check_out(&path, Some(&revision.top().join(&common)))?;
    let copy = |inside: &str| {
        folder.path().join(Path::new(inside).strip_prefix(&common).unwrap_or(Path::new(inside)))
    };
    selection.root = root.as_deref().map(copy);
    selection.others = others.iter().map(|other| copy(other)).collect();
    Ok((folder, path))
}

/// What a `file` is called, which is named as seen from the folder of the document called `label`.
pub(crate) fn beside(label: &str, file: &str) -> String {
    let (start, path) = label.split_once(':').map_or(("", label), |(start, path)| (start, path));
    let mut parts: Vec<&str> = path.split('/').collect();
    parts.pop();
    for part in file.split('/') {
        match part {
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    let path = parts.join("/");
    if start.is_empty() { path } else { format!("{start}:{path}") }
}

/// The documents in another folder that are called like these.
pub(crate) fn in_folder(folder: &Path, others: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let named = others.iter().map(|other| folder.join(other.file_name().unwrap_or_default()));
    let named: Vec<PathBuf> = named.filter(|other| other.is_file()).collect();
    let mut names: Vec<_> = others.iter().map(|other| other.file_name()).collect();
    names.sort();
    names.dedup();
    if names.len() < others.len() {
        return Err(Failure::Usage(format!(
            "the documents of this client are in several folders: {} can't be compared with them; give a crate or a \
             revision",
            crate::terminal::shown(folder)
        )));
    }
    Ok(named)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_a_revision_are_called_as_git_calls_them() {
        for (label, file, expected) in [
            ("HEAD:a/b.yaml", "c.yaml", "HEAD:a/c.yaml"),
            ("HEAD:a/b.yaml", "../c/d.yaml", "HEAD:c/d.yaml"),
            ("v1:b.yaml", "c/d.yaml", "v1:c/d.yaml"),
        ] {
            assert_eq!(beside(label, file), expected);
        }
    }
}
