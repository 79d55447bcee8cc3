//! The crates below a crate's folder, if its document has one for each group of operations.

use std::collections::{BTreeSet, HashSet};
use std::path::Path;
use std::{fs, io};

use openapi_generator::print::{MANIFEST, PART_MARKER, PARTS};
use toml_edit::{Array, DocumentMut, Item, TableLike, Value};

use super::{Found, TreeError, begins_with, io_error};

/// Whether the path in a crate's folder is a manifest, which belongs to its owner.
pub(super) fn is_manifest(path: &str) -> bool {
    let below = path.strip_prefix(PARTS).and_then(|path| path.strip_prefix('/'));
    path == MANIFEST || below.and_then(|path| path.split_once('/')).is_some_and(|(_, file)| file == MANIFEST)
}

/// Whether the path in a crate's folder is among what is walked.
pub(super) fn is_walked(path: &str) -> bool {
    let below = path.strip_prefix(PARTS).and_then(|path| path.strip_prefix('/'));
    let path = below.and_then(|path| path.split_once('/')).map_or(path, |(_, file)| file);
    path.starts_with("src/")
}

/// Adds the sources of the crates below `root` that have `wanted` files, and all of those that are generated no more; gives
/// the names of the latter. Other crates there are somebody's own.
pub(super) fn walk(
    root: &Path,
    wanted: &HashSet<&str>,
    found: &mut Found,
) -> Result<BTreeSet<String>, TreeError> {
    let folder = root.join(PARTS);
    let mut gone = BTreeSet::new();
    let entries = match fs::read_dir(&folder) {
        Ok(entries) => entries,
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            return Ok(gone);
        }
        Err(error) => return Err(io_error(&folder)(error)),
    };
    for entry in entries {
        let entry = entry.map_err(io_error(&folder))?;
        if !entry.file_type().map_err(io_error(&folder))?.is_dir() {
            continue;
        }
        let name = entry.file_name().to_string_lossy().into_owned();
        let manifest = format!("{PARTS}/{name}/{MANIFEST}");
        let path = entry.path().join(MANIFEST);
        if !wanted.contains(manifest.as_str()) {
            let is_file = fs::symlink_metadata(&path).is_ok_and(|file| file.is_file());
            if !is_file || !begins_with(&path, PART_MARKER) {
                continue;
            }
            found.files.push((manifest, path));
            gone.insert(name.clone());
        }
        found.walk(&entry.path().join("src"), &format!("{PARTS}/{name}/src"))?;
    }
    Ok(gone)
}

/// Takes out of a manifest what names crates that are `gone`, and the features that were for nothing else, unless they are
/// `wanted`.
pub(super) fn prune(manifest: &mut DocumentMut, gone: &BTreeSet<String>, wanted: &DocumentMut) {
    let dependencies = manifest.get_mut("dependencies").and_then(Item::as_table_like_mut);
    let Some(dependencies) = dependencies else { return };
    let removed: Vec<&String> = gone.iter().filter(|name| dependencies.remove(name).is_some()).collect();
    if removed.is_empty() {
        return;
    }
    let Some(features) = manifest.get_mut("features").and_then(Item::as_table_like_mut) else { return };
    let names: Vec<String> = features.iter().map(|(name, _)| name.to_owned()).collect();
    let is_wanted = |name: &str| {
        name == "default" || wanted.get("features").and_then(|features| features.get(name)).is_some()
    };
    for name in names {
        let Some(list) = list(features, &name) else { continue };
        let before = list.len();
        list.retain(|entry| {
            !entry.as_str().is_some_and(|entry| removed.iter().any(|gone| names_it(entry, gone)))
        });
        if list.is_empty() && before > 0 && !is_wanted(&name) {
            features.remove(&name);
            if let Some(default) = self::list(features, "default") {
                default.retain(|entry| entry.as_str() != Some(&name));
            }
        }
    }
}

fn list<'t>(features: &'t mut dyn TableLike, name: &str) -> Option<&'t mut Array> {
    features.get_mut(name).and_then(Item::as_value_mut).and_then(Value::as_array_mut)
}

/// Whether the entry of a feature's list is about the crate.
fn names_it(entry: &str, name: &str) -> bool {
    let entry = entry.strip_prefix("dep:").unwrap_or(entry);
    entry.split(['/', '?']).next() == Some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn manifests_and_sources_are_those_of_parts_too() {
        for (path, manifest, walked) in [
            ("Cargo.toml", true, false),
            ("crates/a/Cargo.toml", true, false),
            ("crates/a/b/Cargo.toml", false, false),
            ("crates/a/src/lib.rs", false, true),
            ("src/lib.rs", false, true),
            ("REFERENCE.md", false, false),
        ] {
            assert_eq!((is_manifest(path), is_walked(path)), (manifest, walked), "{path}");
        }
    }

    #[test]
    fn what_names_a_crate_that_is_gone_goes_too() {
        let mut manifest: DocumentMut = "[features]\ndefault = [\"pets\", \"own\"]\nclient = [\"a-pets?/client\", \"a-types/client\"]\n\
             pets = [\"dep:a-pets\"]\nown = [\"dep:a-pets\", \"x\"]\n\n[dependencies]\na-pets = { path = \"crates/a-pets\" }\na-types = \"1\"\n"
            .parse()
            .unwrap();
        let gone = BTreeSet::from(["a-pets".to_owned(), "a-other".to_owned()]);
        prune(&mut manifest, &gone, &DocumentMut::new());
        assert_eq!(
            manifest.to_string(),
            "[features]\ndefault = [ \"own\"]\nclient = [ \"a-types/client\"]\nown = [ \"x\"]\n\n[dependencies]\na-types = \"1\"\n"
        );
    }
}
