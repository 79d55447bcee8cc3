//! Whether the program is made of what the files have now.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// The program that cargo built.
pub struct Built {
    /// Where cargo puts it.
    pub program: PathBuf,
    /// As old as the start of the last build that succeeded.
    note: PathBuf,
    root: PathBuf,
}

impl Built {
    /// That of `package` in the workspace `root`, built in `target`, with optimisation if it is for `release`.
    pub fn of(root: &Path, target: &OsStr, package: &str, release: bool) -> Self {
        let folder = root.join(target).join(if release { "release" } else { "debug" });
        let program = folder.join(format!("{package}{}", std::env::consts::EXE_SUFFIX));
        Self { program, note: folder.join(format!("{package}.built")), root: root.to_owned() }
    }

    /// Notes that a build which began at `start` has succeeded.
    ///
    /// # Errors
    /// The note can't be written.
    pub fn note(&self, start: SystemTime) -> io::Result<()> {
        fs::create_dir_all(self.note.parent().unwrap_or(&self.root))?;
        File::create(&self.note)?.set_modified(start)
    }

    /// Whether nothing has changed since; not if it can't be told.
    pub fn is_fresh(&self) -> bool {
        self.changed().is_ok_and(|changed| !changed)
    }

    /// cargo says beside the program which files it is made of. What it isn't told there are versions and profiles,
    /// which manifests and the configuration have; these may change without the program being built anew.
    fn changed(&self) -> io::Result<bool> {
        let noted = modified(&self.note)?;
        let built = modified(&self.program)?.min(noted);
        let list = fs::read_to_string(self.program.with_extension("d"))?;
        let sources = sources(&list);
        for source in &sources {
            if modified(source)? >= built {
                return Ok(true);
            }
        }
        let folders: BTreeSet<&Path> = sources.iter().flat_map(|source| source.ancestors().skip(1)).collect();
        let folders = folders.into_iter().filter(|folder| folder.starts_with(&self.root));
        let settings = folders.map(|folder| folder.join("Cargo.toml"));
        let shared = ["Cargo.lock", ".cargo/config.toml"].map(|name| self.root.join(name));
        Ok(settings.chain(shared).any(|file| modified(&file).is_ok_and(|time| time >= noted)))
    }
}

fn modified(path: &Path) -> io::Result<SystemTime> {
    fs::metadata(path)?.modified()
}

/// The files after the colon of a rule as `make` has them, with spaces in names escaped.
fn sources(rule: &str) -> Vec<PathBuf> {
    let (_, files) = rule.trim_end().split_once(": ").unwrap_or_default();
    // No name has the character that stands for its spaces meanwhile.
    let files = files.replace("\\ ", "\0");
    files.split(' ').filter(|file| !file.is_empty()).map(|file| file.replace('\0', " ").into()).collect()
}
