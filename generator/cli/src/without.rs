//! Copies of documents without members that are left aside.

use std::path::Path;

use serde_json::Value;

/// Takes members out of a value, and tells whether there were any.
pub(crate) fn remove(value: &mut Value, names: &[String]) -> bool {
    match value {
        Value::Object(members) => {
            let before = members.len();
            members.retain(|name, _| !names.contains(name));
            let mut removed = members.len() < before;
            members.values_mut().for_each(|value| removed |= remove(value, names));
            removed
        }
        Value::Array(items) => items.iter_mut().fold(false, |removed, item| remove(item, names) | removed),
        _ => false,
    }
}

/// Copies the documents in a folder and below it.
pub(crate) fn copy_documents(from: &Path, to: &Path) -> std::io::Result<()> {
    let from = if from.as_os_str().is_empty() { Path::new(".") } else { from };
    for entry in std::fs::read_dir(from)? {
        let (entry, path) = entry.map(|entry| (entry.file_type(), entry.path()))?;
        let (kind, name) = (entry?, path.file_name().unwrap_or_default());
        let document =
            path.extension().is_some_and(|end| ["yaml", "yml", "json"].iter().any(|known| end == *known));
        if kind.is_dir() {
            std::fs::create_dir_all(to.join(name))?;
            copy_documents(&path, &to.join(name))?;
        } else if kind.is_file() && document {
            std::fs::copy(&path, to.join(name))?;
        }
    }
    Ok(())
}
