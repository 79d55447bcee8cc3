//! The changes made on disk, all or none.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use openapi_generator::print::SourceFile;
use rayon::prelude::*;

use super::{Changes, TreeError, folders, io_error};

/// Makes the changes: all new texts are on disk before the first old one goes, and if a step fails those
/// before it are undone. Refuses if a file that isn't generated is in the way.
pub fn apply(root: &Path, changes: &Changes) -> Result<(), TreeError> {
    if let Some((file, _)) = changes.in_the_way.first() {
        return Err(TreeError::NotOurs(root.join(&file.path)));
    }
    let (staged, result) = stage(root, changes);
    let result = result.and_then(|()| swap(&staged, changes));
    if result.is_err() {
        for staged in &staged {
            let _ = fs::remove_file(staged.written());
        }
        let failed = changes.write.iter().map(|(file, _)| root.join(&file.path));
        failed.for_each(|path| remove_empty_folders(root, path.parent()));
    }
    result?;
    for path in &changes.remove {
        remove_empty_folders(root, path.parent());
    }
    Ok(())
}

/// A text that is on disk.
enum Staged<'a> {
    /// Where there was none.
    New(PathBuf),
    /// Beside the one that it is to replace.
    Beside { temporary: PathBuf, path: PathBuf, old: &'a str },
}

impl Staged<'_> {
    /// Where it is.
    fn written(&self) -> &Path {
        match self {
            Self::New(path) => path,
            Self::Beside { temporary, .. } => temporary,
        }
    }
}

/// Writes all new texts; gives those that were, and what failed first.
fn stage<'a>(root: &Path, changes: &'a Changes) -> (Vec<Staged<'a>>, Result<(), TreeError>) {
    for folder in folders(changes.write.iter().map(|(file, _)| file)) {
        let folder = root.join(folder);
        if let Err(error) = fs::create_dir_all(&folder) {
            return (Vec::new(), Err(io_error(&folder)(error)));
        }
    }
    let results: Vec<Result<Staged<'_>, TreeError>> =
        changes.write.par_iter().map(|(file, old)| stage_one(root, file, old.as_deref())).collect();
    let mut staged = Vec::with_capacity(results.len());
    let mut failed = Ok(());
    for result in results {
        match result {
            Ok(written) => staged.push(written),
            Err(error) => failed = failed.and(Err(error)),
        }
    }
    (staged, failed)
}

fn stage_one<'a>(root: &Path, file: &SourceFile, old: Option<&'a str>) -> Result<Staged<'a>, TreeError> {
    let path = root.join(&file.path);
    let staged = match old {
        None => Staged::New(path),
        Some(old) => {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let temporary = path.with_file_name(format!(".{name}.{}.new", std::process::id()));
            Staged::Beside { temporary, path, old }
        }
    };
    let written = staged.written();
    // `create_new`: a file of that name is somebody's own.
    let created = fs::File::options().write(true).create_new(true).open(written);
    let mut on_disk = created.map_err(io_error(written))?;
    if let Err(error) = on_disk.write_all(file.text.as_bytes()) {
        let _ = fs::remove_file(written);
        return Err(io_error(written)(error));
    }
    Ok(staged)
}

fn swap(staged: &[Staged<'_>], changes: &Changes) -> Result<(), TreeError> {
    for (index, staged_one) in staged.iter().enumerate() {
        if let Staged::Beside { temporary, path, .. } = staged_one
            && let Err(error) = fs::rename(temporary, path)
        {
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

/// Puts the old texts back; new files are removed by who staged them.
fn undo(done: &[Staged<'_>]) {
    for staged in done {
        if let Staged::Beside { path, old, .. } = staged {
            let _ = fs::write(path, old);
        }
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
