//! What a change of one property costs: the crates of two versions of a document are built in turns, incrementally.

use std::path::{Path, PathBuf};

use serde_json::Value;

use super::{Crate, Crates, OURS, cargo, compared, workspace};
use crate::bench::measure::{Cost, alternate, run};
use crate::bench::table::Row;
use crate::bench::{Bench, Programs, value};
use crate::edits::bundle::bundled;
use speccrate::Failure;

impl Crates {
    /// The rows for an incremental `cargo build` after one property was renamed.
    pub(super) fn rebuilt(
        &self,
        bench: &Bench,
        programs: &Programs,
        document: &Path,
    ) -> Result<Vec<Row>, Failure> {
        let folder = self.folder.join("rebuild");
        std::fs::create_dir_all(&folder)?;
        let documents = [folder.join("first.json"), folder.join("second.json")];
        write_versions(document, &documents)?;
        let [first, second] = &documents;
        // Both versions are one document with all that it refers to, which what peers make of the families has already.
        let peers = self.each.iter().skip(1).filter(|each| !each.name.ends_with("-families"));
        let mut made = Vec::new();
        for each in self.each.iter().take(1).chain(peers) {
            let [one, two] = [&folder, &folder.join("second")].map(|folder| folder.join(&each.name));
            if each.make(programs, first, &one).is_ok() && each.make(programs, second, &two).is_ok() {
                made.push((each, Versions::of(&one, &two)?));
            }
        }
        workspace(&folder, made.iter().map(|(each, _)| each.name.as_str()))?;
        std::fs::copy(self.folder.join("Cargo.lock"), folder.join("Cargo.lock"))?;
        // What a peer makes of all this may not compile.
        made.retain(|(each, _)| self.incremental(&folder, each).is_ok());
        let mut contenders: Vec<Box<dyn FnMut() -> Result<Cost, Failure> + '_>> = Vec::new();
        for (each, versions) in &mut made {
            contenders.push(Box::new(|| {
                versions.swap()?;
                self.incremental(&folder, each)
            }));
        }
        let costs = alternate(&mut contenders, bench.runs, &bench.bar)?;
        drop(contenders);
        let what = format!("incremental `cargo build` of {}'s crate, one property renamed", self.file);
        let mut rows = Vec::new();
        let Some(ours) = costs.first().filter(|_| made[0].0.generator == OURS) else { return Ok(rows) };
        for ((peer, _), theirs) in made.iter().zip(&costs).skip(1) {
            rows.extend(compared(&what, ours, peer.generator, theirs, 0.5));
        }
        Ok(rows)
    }

    /// Builds `each` of the workspace in `folder`, with the dependencies that are built already.
    fn incremental(&self, folder: &Path, each: &Crate) -> Result<Cost, Failure> {
        let mut command = cargo(folder, &["build"], &each.name, None);
        command.env("CARGO_TARGET_DIR", self.folder.with_file_name("target"));
        run(command.env("CARGO_INCREMENTAL", "1"))
    }
}

impl Crate {
    /// Generates the crate from `document` into `out`.
    fn make(&self, programs: &Programs, document: &Path, out: &Path) -> Result<(), Failure> {
        match &self.peer {
            Some(peer) => peer.make_crate(document, out, &self.name),
            None => run(&mut programs.generate(document, out, &self.name)).map(drop),
        }
    }
}

/// The source files of a crate that differ between two versions, with the text of either.
struct Versions {
    files: Vec<(PathBuf, [Option<Vec<u8>>; 2])>,
    current: usize,
}

impl Versions {
    /// Compares the crate in the folder `current` with that in `other`.
    fn of(current: &Path, other: &Path) -> std::io::Result<Self> {
        let mut paths = Vec::new();
        for folder in [current, other] {
            sources(&folder.join("src"), Path::new("src"), &mut paths)?;
        }
        paths.sort();
        paths.dedup();
        let texts = |path: &PathBuf| [current, other].map(|folder| std::fs::read(folder.join(path)).ok());
        let mut files: Vec<_> = paths.into_iter().map(|path| (current.join(&path), texts(&path))).collect();
        files.retain(|(_, [one, two])| one != two);
        Ok(Self { files, current: 0 })
    }

    /// Writes the other version.
    fn swap(&mut self) -> std::io::Result<()> {
        self.current = 1 - self.current;
        for (path, texts) in &self.files {
            match &texts[self.current] {
                Some(text) => std::fs::write(path, text)?,
                None => std::fs::remove_file(path)?,
            }
        }
        Ok(())
    }
}

/// The Rust files in `folder`, whose path in the crate is `path`.
fn sources(folder: &Path, path: &Path, found: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let path = path.join(entry.file_name());
        if entry.path().is_dir() {
            sources(&entry.path(), &path, found)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    Ok(())
}

/// Writes `document` twice, the second time with another name for one property.
fn write_versions(document: &Path, [first, second]: &[PathBuf; 2]) -> Result<(), Failure> {
    let mut whole = bundled(document, value(document)?).map_err(Failure::Usage)?;
    std::fs::write(first, serde_json::to_vec(&whole)?)?;
    if rename(&mut whole).is_none() {
        return Err(Failure::Usage(format!("no schema of {} has an optional property", document.display())));
    }
    Ok(std::fs::write(second, serde_json::to_vec(&whole)?)?)
}

/// Renames an optional string of one of the component schemas.
fn rename(document: &mut Value) -> Option<()> {
    let schemas = document.get_mut("components")?.get_mut("schemas")?.as_object_mut()?;
    schemas.values_mut().find_map(|schema| {
        let required = schema.get("required").cloned().unwrap_or_default();
        let properties = schema.get_mut("properties")?.as_object_mut()?;
        let is_optional =
            |name: &String| !required.as_array().is_some_and(|names| names.iter().any(|one| one == name));
        let is_plain = |value: &Value| value["type"] == "string" && value.get("enum").is_none();
        let name = properties.iter().find(|(name, value)| is_optional(name) && is_plain(value))?.0.clone();
        let property = properties.remove(&name)?;
        properties.insert(format!("{name}_renamed"), property);
        Some(())
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn one_optional_string_gets_another_name() {
        let schema = |name: &str| {
            json!({"components": {"schemas": {
                "A": {"type": "object"},
                "B": {"required": ["a"], "properties": {"a": {"type": "string"}, name: {"type": "string"}}},
            }}})
        };
        let mut document = schema("b");
        assert_eq!(rename(&mut document), Some(()));
        assert_eq!(document, schema("b_renamed"));
        assert_eq!(rename(&mut json!({"components": {"schemas": {"A": {"type": "object"}}}})), None);
    }

    #[test]
    fn versions_are_swapped() {
        let folder = tempfile::tempdir().unwrap();
        let write = |path: &str, text: &str| {
            let path = folder.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        };
        for (path, text) in [("one/src/a.rs", "1"), ("two/src/a.rs", "2"), ("two/src/b.rs", "3")] {
            write(path, text);
        }
        let (one, two) = (folder.path().join("one"), folder.path().join("two"));
        let mut versions = Versions::of(&one, &two).unwrap();
        versions.swap().unwrap();
        let text = |path: &str| std::fs::read_to_string(one.join(path)).ok();
        assert_eq!((text("src/a.rs").as_deref(), text("src/b.rs").as_deref()), (Some("2"), Some("3")));
        versions.swap().unwrap();
        assert_eq!((text("src/a.rs").as_deref(), text("src/b.rs")), (Some("1"), None));
    }
}
