//! A generated crate on disk: what of it is stale, and how it is brought up to date.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};

use openapi_generator::emit::{MARKER, SourceFile};

/// What stands between a folder and the files that belong in it.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Files whose text differs or that are missing, with the text they have now.
    pub write: Vec<(SourceFile, Option<String>)>,
    /// Generated files that are generated no more.
    pub remove: Vec<PathBuf>,
    /// How many files are as they should be.
    pub unchanged: usize,
}

impl Changes {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.write.is_empty() && self.remove.is_empty()
    }
}

/// Why a folder can't be compared or changed. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum TreeError {
    /// A file that isn't generated is in the way.
    #[error("{0} is in the way: it isn't generated, so it is left alone; move it, or choose another --out")]
    NotOurs(PathBuf),
    /// A path that leads out of the folder.
    #[error("{0:?} is no path inside the crate")]
    Outside(String),
    /// The file system said no.
    #[error("{path}: {source}")]
    Io {
        /// The file.
        path: PathBuf,
        /// What it said.
        source: io::Error,
    },
}

fn io_error(path: &Path) -> impl FnOnce(io::Error) -> TreeError {
    let path = path.to_owned();
    move |source| TreeError::Io { path, source }
}

/// Compares the folder `root` with `files`.
pub fn compare(root: &Path, files: Vec<SourceFile>) -> Result<Changes, TreeError> {
    let mut changes = Changes::default();
    let wanted: BTreeSet<PathBuf> = files.iter().map(|file| root.join(&file.path)).collect();
    for file in files {
        let inside = Path::new(&file.path).components().all(|part| matches!(part, Component::Normal(_)));
        if !inside {
            return Err(TreeError::Outside(file.path));
        }
        let path = root.join(&file.path);
        let old = match fs::read_to_string(&path) {
            Ok(text) => Some(text),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(io_error(&path)(error)),
        };
        // The manifest is written once; from then on it is its owner's.
        let is_manifest = file.path == "Cargo.toml";
        match old {
            Some(_) if is_manifest => changes.unchanged += 1,
            Some(old) if old == file.text => changes.unchanged += 1,
            Some(old) if !is_generated(&old) => return Err(TreeError::NotOurs(path)),
            old => changes.write.push((file, old)),
        }
    }
    let mut found = Vec::new();
    generated_files(&root.join("src"), &mut found)?;
    changes.remove = found.into_iter().filter(|path| !wanted.contains(path)).collect();
    changes.remove.sort();
    Ok(changes)
}

/// Whether a text begins with the generator's marker.
fn is_generated(text: &str) -> bool {
    text.lines().next().is_some_and(|line| line.contains(MARKER))
}

/// Collects the generated files below `folder`; links aren't followed.
fn generated_files(folder: &Path, found: &mut Vec<PathBuf>) -> Result<(), TreeError> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(io_error(folder)(error)),
    };
    for entry in entries {
        let entry = entry.map_err(io_error(folder))?;
        let (path, kind) = (entry.path(), entry.file_type().map_err(io_error(folder))?);
        if kind.is_dir() {
            generated_files(&path, found)?;
        } else if kind.is_file() && fs::read_to_string(&path).is_ok_and(|text| is_generated(&text)) {
            found.push(path);
        }
    }
    Ok(())
}

/// Makes the changes: all new texts are on disk before the first old one goes, and if a step fails those
/// before it are undone.
pub fn apply(root: &Path, changes: &Changes) -> Result<(), TreeError> {
    let mut staged = Vec::new();
    let result = stage(root, changes, &mut staged).and_then(|()| swap(&staged, changes));
    for (temporary, _, _) in &staged {
        let _ = fs::remove_file(temporary);
    }
    result?;
    for path in &changes.remove {
        remove_empty_folders(root, path.parent());
    }
    Ok(())
}

type Staged = (PathBuf, PathBuf, Option<String>);

fn stage(root: &Path, changes: &Changes, staged: &mut Vec<Staged>) -> Result<(), TreeError> {
    for (file, old) in &changes.write {
        let path = root.join(&file.path);
        let folder = path.parent().unwrap_or(root);
        fs::create_dir_all(folder).map_err(io_error(folder))?;
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(".new");
        let temporary = path.with_file_name(name);
        staged.push((temporary.clone(), path, old.clone()));
        let write = || {
            let mut file_on_disk = fs::File::create(&temporary)?;
            file_on_disk.write_all(file.text.as_bytes())
        };
        write().map_err(io_error(&temporary))?;
    }
    Ok(())
}

fn swap(staged: &[Staged], changes: &Changes) -> Result<(), TreeError> {
    for (index, (temporary, path, _)) in staged.iter().enumerate() {
        if let Err(error) = fs::rename(temporary, path) {
            undo(&staged[..index]);
            return Err(io_error(path)(error));
        }
    }
    let mut removed: Vec<(&PathBuf, Vec<u8>)> = Vec::new();
    for path in &changes.remove {
        let text = fs::read(path).unwrap_or_default();
        if let Err(error) = fs::remove_file(path) {
            for (path, text) in removed {
                let _ = fs::write(path, text);
            }
            undo(staged);
            return Err(io_error(path)(error));
        }
        removed.push((path, text));
    }
    Ok(())
}

fn undo(done: &[Staged]) {
    for (_, path, old) in done {
        let _ = match old {
            Some(text) => fs::write(path, text),
            None => fs::remove_file(path),
        };
    }
}

fn remove_empty_folders(root: &Path, folder: Option<&Path>) {
    let mut folder = folder;
    while let Some(path) = folder.filter(|path| *path != root && path.starts_with(root)) {
        // Fails, as it should, where something is left in the folder.
        if fs::remove_dir(path).is_err() {
            return;
        }
        folder = path.parent();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn generated(path: &str, text: &str) -> SourceFile {
        SourceFile { path: path.to_owned(), text: format!("// {MARKER}\n{text}\n") }
    }

    fn update(root: &Path, files: Vec<SourceFile>) -> Changes {
        let changes = compare(root, files).unwrap();
        apply(root, &changes).unwrap();
        changes
    }

    #[test]
    fn only_what_changes_is_touched() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        update(root, vec![generated("src/a.rs", "a"), generated("src/b/c.rs", "c")]);
        let before = fs::metadata(root.join("src/a.rs")).unwrap().modified().unwrap();
        fs::write(root.join("src/own.rs"), "// mine").unwrap();
        let changes = update(root, vec![generated("src/a.rs", "a"), generated("src/d.rs", "d")]);
        assert_eq!((changes.unchanged, changes.write.len(), changes.remove.len()), (1, 1, 1));
        assert_eq!(fs::metadata(root.join("src/a.rs")).unwrap().modified().unwrap(), before);
        assert!(!root.join("src/b").exists());
        assert!(root.join("src/own.rs").exists());
        assert!(
            compare(root, vec![generated("src/a.rs", "a"), generated("src/d.rs", "d")]).unwrap().is_empty()
        );
    }

    #[test]
    fn what_is_not_generated_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::create_dir(root.join("src")).unwrap();
        fs::write(root.join("src/a.rs"), "// mine").unwrap();
        assert!(matches!(compare(root, vec![generated("src/a.rs", "a")]), Err(TreeError::NotOurs(_))));
        assert!(matches!(compare(root, vec![generated("../a.rs", "a")]), Err(TreeError::Outside(_))));
        assert_eq!(fs::read_to_string(root.join("src/a.rs")).unwrap(), "// mine");
    }

    #[test]
    fn a_failed_run_leaves_the_old_tree() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        update(root, vec![generated("src/a.rs", "old")]);
        let mut changes = compare(root, vec![generated("src/a.rs", "new")]).unwrap();
        // A folder stands where a file should go.
        fs::create_dir(root.join("src/z.rs")).unwrap();
        changes.write.push((generated("src/z.rs", "z"), None));
        assert!(apply(root, &changes).is_err());
        assert!(fs::read_to_string(root.join("src/a.rs")).unwrap().contains("old"));
        assert_eq!(fs::read_dir(root.join("src")).unwrap().count(), 2);
    }
}
