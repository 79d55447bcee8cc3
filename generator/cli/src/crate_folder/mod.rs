//! A generated crate on disk: what of it is stale, and how it is brought up to date.

mod apply;
mod fitness;
pub mod manifest;
mod parts;

use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::io::{self, Read, Write};
use std::path::{Component, Path, PathBuf};

use openapi_generator::print::{MANIFEST, MARKER, PART_MARKER, SourceFile};
use rayon::prelude::*;

use crate::text_file;

pub use apply::apply;

/// The file that tells git to leave line endings alone.
const GIT_ATTRIBUTES: &str = ".gitattributes";

/// A file beside the sources that tells git to leave line endings alone, for a crate's files are compared as they are.
pub fn git_attributes() -> SourceFile {
    let text = format!(
        "# {MARKER}\n# Files have the same line endings everywhere, so that `check` can compare them.\n* text=auto eol=lf\n"
    );
    SourceFile { path: GIT_ATTRIBUTES.to_owned(), text }
}

/// Whether two texts differ in line endings alone.
pub fn differ_in_line_endings(one: &str, other: &str) -> bool {
    one != other && one.lines().eq(other.lines())
}

/// What stands between a folder and the files that belong in it.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Files whose text differs or that are missing, with the text they have now.
    pub write: Vec<(SourceFile, Option<String>)>,
    /// Generated files that are generated no more.
    pub remove: Vec<PathBuf>,
    /// Files without the marker where generated ones should be, with the text they have now.
    pub in_the_way: Vec<(SourceFile, String)>,
    /// Files below `src` that are neither generated nor to be.
    pub stray: Vec<PathBuf>,
    /// The dependencies in the manifest that only the other form of the runtime needs, each in words.
    pub left_over: Vec<String>,
    /// How many files are as they should be.
    pub unchanged: usize,
}

impl Changes {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.write.is_empty() && self.remove.is_empty() && self.in_the_way.is_empty() && self.stray.is_empty()
    }

    /// How many lines come and go in the files that are written.
    pub fn lines(&self) -> (usize, usize) {
        let each = self.write.par_iter().map(|(file, old)| match old {
            None => (lines(&file.text), 0),
            Some(old) => changed_lines(old, &file.text),
        });
        each.reduce(|| (0, 0), |one, other| (one.0 + other.0, one.1 + other.1))
    }
}

/// How many lines come and go from `old` to `new`.
fn changed_lines(old: &str, new: &str) -> (usize, usize) {
    let (mut added, mut removed) = (0, 0);
    for change in similar::TextDiff::from_lines(old, new).iter_all_changes() {
        match change.tag() {
            similar::ChangeTag::Insert => added += 1,
            similar::ChangeTag::Delete => removed += 1,
            similar::ChangeTag::Equal => {}
        }
    }
    (added, removed)
}

/// How many lines a generated text has, the last of which ends too.
pub fn lines(text: &str) -> usize {
    memchr::memchr_iter(b'\n', text.as_bytes()).count()
}

/// Why a folder can't be compared or changed. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum TreeError {
    /// A file that isn't generated is in the way.
    #[error(
        "{0} is in the way: it doesn't begin with the generator's marker, so it is left alone; if it was generated and then \
         edited, delete it, otherwise move it or choose another folder"
    )]
    NotOurs(PathBuf),
    /// A link, behind which anything could be.
    #[error("{0} is a link: what is behind it is left alone; replace it by a folder, or choose another one")]
    Link(PathBuf),
    /// A path that leads out of the folder.
    #[error("{0:?} is no path inside the crate")]
    Outside(String),
    /// The crate's manifest can't be read.
    #[error("{0}: {1}")]
    Manifest(PathBuf, toml_edit::TomlError),
    /// The crate's manifest can't be completed into one that works.
    #[error("{0}: {1}")]
    Flaw(PathBuf, String),
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

/// The folders of `files`, as texts: comparing paths part by part for each of thousands of files takes longer.
fn folders<'a>(files: impl IntoIterator<Item = &'a SourceFile>) -> BTreeSet<&'a str> {
    let folder = |file: &'a SourceFile| file.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut folders: Vec<&str> = files.into_iter().map(folder).collect();
    folders.dedup();
    folders.into_iter().collect()
}

/// How a file that should be there is.
enum State {
    Unchanged,
    Write(SourceFile, Option<String>),
    InTheWay(SourceFile, String),
}

/// Compares the folder `root` with `files`.
pub fn compare(root: &Path, files: Vec<SourceFile>) -> Result<Changes, TreeError> {
    for file in &files {
        if !Path::new(&file.path).components().all(|part| matches!(part, Component::Normal(_))) {
            return Err(TreeError::Outside(file.path.clone()));
        }
    }
    let folders: BTreeSet<&Path> =
        folders(&files).into_iter().flat_map(|folder| Path::new(folder).ancestors()).collect();
    for folder in folders {
        no_link(&root.join(folder), root)?;
    }
    let mut found = Found::default();
    found.walk(&root.join("src"), "src")?;
    let wanted: HashSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
    let gone = parts::walk(root, &wanted, &mut found)?;
    let mut changes = Changes { left_over: left_over(root, &files), ..Changes::default() };
    let others = found.files.into_iter().filter(|(name, _)| !wanted.contains(name.as_str()));
    for (_, path) in others {
        if begins_as_generated(&path) { changes.remove.push(path) } else { changes.stray.push(path) }
    }
    changes.stray.sort();
    changes.remove.sort();
    let states: Vec<State> = files
        .into_par_iter()
        .map(|file| state(root, file, &found.names, &gone))
        .collect::<Result<_, TreeError>>()?;
    for state in states {
        match state {
            State::Unchanged => changes.unchanged += 1,
            State::Write(file, old) => changes.write.push((file, old)),
            State::InTheWay(file, old) => changes.in_the_way.push((file, old)),
        }
    }
    Ok(changes)
}

/// See [`Changes::left_over`].
fn left_over(root: &Path, files: &[SourceFile]) -> Vec<String> {
    let wanted = files.iter().find(|file| file.path == MANIFEST);
    let own = text_file::read(&root.join(MANIFEST)).unwrap_or_default();
    wanted.map(|wanted| manifest::left_over(&own, &wanted.text)).unwrap_or_default()
}

/// Compares one file with what is on disk; `names` are those of everything that was walked, and `gone` the crates of groups
/// that are generated no more.
fn state(
    root: &Path,
    file: SourceFile,
    names: &HashSet<String>,
    gone: &BTreeSet<String>,
) -> Result<State, TreeError> {
    // Asking the file system for each of thousands of new files takes as long as writing them.
    if parts::is_walked(&file.path) && !names.contains(&file.path) {
        return Ok(State::Write(file, None));
    }
    let path = root.join(&file.path);
    no_link(&path, root)?;
    let old = match text_file::read(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(State::Write(file, None)),
        Err(error) => return Err(io_error(&path)(error)),
    };
    if parts::is_manifest(&file.path) {
        if let Some(flaw) = fitness::flaw(&old, &file.text) {
            return Err(TreeError::Flaw(path, flaw));
        }
        let text =
            manifest::completed(&old, &file.text, gone).map_err(|error| TreeError::Manifest(path, error))?;
        let same = text == old;
        return Ok(if same {
            State::Unchanged
        } else {
            State::Write(SourceFile { text, ..file }, Some(old))
        });
    }
    if file.path == GIT_ATTRIBUTES && !is_generated(&old) {
        // It is its owner's, who says there what git does.
        return Ok(State::Unchanged);
    }
    Ok(match old {
        old if old == file.text => State::Unchanged,
        old if !is_generated(&old) => State::InTheWay(file, old),
        old => State::Write(file, Some(old)),
    })
}

/// Whether a text begins with the generator's marker.
fn is_generated(text: &str) -> bool {
    text.lines().next().is_some_and(|line| line.contains(MARKER) || line.contains(PART_MARKER))
}

/// Whether the file at `path` begins with the generator's marker.
fn begins_as_generated(path: &Path) -> bool {
    is_generated(&beginning(path))
}

/// Whether the first line of the file at `path` has the marker.
fn begins_with(path: &Path, marker: &str) -> bool {
    beginning(path).lines().next().is_some_and(|line| line.contains(marker))
}

/// The beginning of a file; nothing if it can't be read.
fn beginning(path: &Path) -> String {
    let mut start = Vec::new();
    let read = fs::File::open(path).and_then(|file| file.take(512).read_to_end(&mut start));
    if read.is_err() { String::new() } else { String::from_utf8_lossy(&start).into_owned() }
}

/// The folder of sources below `root` that a file is in.
pub fn sources_of(path: &Path, root: &Path) -> PathBuf {
    let above = path.ancestors().take_while(|folder| *folder != root);
    above
        .filter(|folder| folder.file_name().is_some_and(|name| name == "src"))
        .last()
        .unwrap_or(root)
        .to_owned()
}

/// Refuses a path below `root` that is a link.
fn no_link(path: &Path, root: &Path) -> Result<(), TreeError> {
    if path != root && path.is_symlink() { Err(TreeError::Link(path.to_owned())) } else { Ok(()) }
}

/// What is below a folder.
#[derive(Default)]
struct Found {
    /// The files, each with its name as a [`SourceFile`] has it.
    files: Vec<(String, PathBuf)>,
    /// The names of files and links, which aren't followed.
    names: HashSet<String>,
}

impl Found {
    /// Adds what is below `folder`, which is called `name`.
    fn walk(&mut self, folder: &Path, name: &str) -> Result<(), TreeError> {
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(io_error(folder)(error)),
        };
        for entry in entries {
            let entry = entry.map_err(io_error(folder))?;
            let (path, kind) = (entry.path(), entry.file_type().map_err(io_error(folder))?);
            let name = format!("{name}/{}", entry.file_name().to_string_lossy());
            if kind.is_dir() {
                self.walk(&path, &name)?;
                continue;
            }
            if kind.is_file() {
                self.files.push((name.clone(), path));
            }
            self.names.insert(name);
        }
        Ok(())
    }
}

/// Writes those of `files` that don't exist yet below `root`, and returns their paths. Nothing that is there is changed.
///
/// # Errors
/// A file can't be written, or a folder on its way is a link. Those before it are written.
pub fn write_missing(root: &Path, files: &[SourceFile]) -> Result<Vec<String>, TreeError> {
    let mut written = Vec::new();
    for file in files {
        let path = root.join(&file.path);
        // A link that leads nowhere is somebody's, too.
        if fs::symlink_metadata(&path).is_ok() {
            continue;
        }
        let folders = Path::new(&file.path).ancestors().skip(1).map(|folder| root.join(folder));
        let folders: Vec<PathBuf> = folders.collect();
        folders.iter().try_for_each(|folder| no_link(folder, root))?;
        if let Some(folder) = folders.first() {
            fs::create_dir_all(folder).map_err(io_error(folder))?;
        }
        let created = fs::File::options().write(true).create_new(true).open(&path);
        created.and_then(|mut on_disk| on_disk.write_all(file.text.as_bytes())).map_err(io_error(&path))?;
        written.push(file.path.clone());
    }
    Ok(written)
}

/// Writes a file that isn't compared as a part of a crate. An unchanged one stays as old as it is, so that cargo
/// doesn't compile it again.
///
/// # Errors
/// It can't be written, or is a link.
pub fn write_if_new(path: &Path, text: &str) -> Result<(), TreeError> {
    if path.is_symlink() {
        return Err(TreeError::Link(path.to_owned()));
    }
    if text_file::read(path).is_ok_and(|known| known == text) {
        return Ok(());
    }
    fs::write(path, text).map_err(io_error(path))
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
        let again = compare(root, vec![generated("src/a.rs", "a"), generated("src/d.rs", "d")]).unwrap();
        assert_eq!((again.write.len(), again.remove.len()), (0, 0));
        assert_eq!(again.stray, [root.join("src/own.rs")]);
    }

    #[test]
    fn what_is_not_generated_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::create_dir(root.join("src")).unwrap();
        fs::write(root.join("src/a.rs"), "// mine").unwrap();
        let changes = compare(root, vec![generated("src/a.rs", "a"), generated("src/b.rs", "b")]).unwrap();
        assert!(matches!(apply(root, &changes), Err(TreeError::NotOurs(_))));
        assert!(!root.join("src/b.rs").exists());
        assert!(matches!(compare(root, vec![generated("../a.rs", "a")]), Err(TreeError::Outside(_))));
        assert_eq!(fs::read_to_string(root.join("src/a.rs")).unwrap(), "// mine");
    }

    #[test]
    fn a_file_that_looks_temporary_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::create_dir(root.join("src")).unwrap();
        fs::write(root.join("src/a.rs.new"), "mine").unwrap();
        update(root, vec![generated("src/a.rs", "a")]);
        assert_eq!(fs::read_to_string(root.join("src/a.rs.new")).unwrap(), "mine");
    }

    #[cfg(unix)]
    #[test]
    fn nothing_is_written_behind_a_link() {
        let (folder, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        fs::create_dir(folder.path().join("src")).unwrap();
        std::os::unix::fs::symlink(other.path(), folder.path().join("src/models")).unwrap();
        assert!(matches!(
            compare(folder.path(), vec![generated("src/models/a.rs", "a")]),
            Err(TreeError::Link(_))
        ));
        assert_eq!(fs::read_dir(other.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_failed_run_leaves_the_old_tree() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        update(root, vec![generated("src/a.rs", "old")]);
        let mut changes = compare(root, vec![generated("src/a.rs", "new")]).unwrap();
        // A folder stands where a file should go.
        fs::create_dir(root.join("src/z.rs")).unwrap();
        changes.write.push((generated("src/new/y.rs", "y"), None));
        changes.write.push((generated("src/z.rs", "z"), None));
        assert!(apply(root, &changes).is_err());
        assert!(fs::read_to_string(root.join("src/a.rs")).unwrap().contains("old"));
        assert_eq!(fs::read_dir(root.join("src")).unwrap().count(), 2);
    }
}
