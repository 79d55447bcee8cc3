//! What the files of several documents are called: as seen from the folder of the first one.

use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use crate::source::document::{Document, MediaType, Operation, Parameter};
use crate::source::other_files::stem;
use crate::text::{Place, joined};

/// How the files of a document are seen from the first one's folder.
pub(super) struct Seen {
    /// The first document's own name.
    first: String,
    /// The document's.
    own: String,
    /// The folder of the document.
    folder: String,
    /// Whether it is the first one.
    is_first: bool,
}

impl Seen {
    pub(super) fn new(first: &Path, file: &Path) -> Self {
        let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let folder = between(&folder_of(first), &folder_of(file));
        let own = joined(&folder, &name(file));
        Self { is_first: first == file, first: name(first), own, folder }
    }

    /// What the `file`, which the document calls so, is called.
    pub(super) fn file(&self, file: &Arc<str>) -> Arc<str> {
        if self.is_first || Path::new(&**file).is_absolute() || file.contains("://") {
            return file.clone();
        }
        let seen = if file.is_empty() { self.own.clone() } else { joined(&self.folder, file) };
        if seen == self.first { Arc::from("") } else { seen.into() }
    }

    pub(super) fn place(&self, place: &Place) -> Place {
        Place { file: self.file(&place.file), pointer: place.pointer.clone() }
    }
}

fn folder_of(file: &Path) -> PathBuf {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    folder.canonicalize().or_else(|_| std::path::absolute(folder)).unwrap_or_else(|_| folder.to_owned())
}

/// The way from one folder to the other, or the other one if no way leads there.
fn between(from: &Path, to: &Path) -> String {
    let common = from.components().zip(to.components()).take_while(|(a, b)| a == b).count();
    let path: PathBuf = match common {
        0 => to.to_owned(),
        _ => {
            let up = from.components().skip(common).map(|_| Component::ParentDir);
            up.chain(to.components().skip(common)).collect()
        }
    };
    path.to_string_lossy().replace('\\', "/")
}

/// What tells each document from the others: the name of its file, or where several have the same one, of its folder.
pub(super) fn names(paths: &[&Path]) -> Vec<String> {
    let stems: Vec<String> = paths
        .iter()
        .map(|path| stem(&path.file_name().unwrap_or_default().to_string_lossy()).to_owned())
        .collect();
    let folder = |path: &Path| {
        folder_of(path).file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
    };
    let folders: Vec<String> = paths.iter().map(|path| folder(path)).collect();
    let name = |(index, (stem, folder)): (usize, (&String, &String))| {
        let alike: Vec<usize> = (0..stems.len()).filter(|other| stems[*other] == *stem).collect();
        let is_told = alike.iter().filter(|other| folders[**other] == *folder).count() == 1;
        match () {
            () if alike.len() == 1 => stem.clone(),
            () if is_told && !folder.is_empty() && !stems.contains(folder) => folder.clone(),
            () => format!("{stem} {}", index + 1),
        }
    };
    stems.iter().zip(&folders).enumerate().map(name).collect()
}

/// Calls the files of a document as they are seen from the first one.
pub(super) fn rename(document: &mut Document, seen: &Seen) {
    if seen.is_first {
        return;
    }
    let mut last: Option<(Arc<str>, Arc<str>)> = None;
    // Most places are in the same file as the one before.
    let mut change = |place: &mut Place| {
        let known = last.as_ref().filter(|(was, _)| *was == place.file).map(|(_, is)| is.clone());
        let is = known.unwrap_or_else(|| seen.file(&place.file));
        last = Some((std::mem::replace(&mut place.file, is.clone()), is));
    };
    for schema in &mut document.schemas.0 {
        change(&mut Arc::make_mut(schema).place);
    }
    let received = document.received.iter_mut().map(|received| &mut received.request);
    for operation in document.operations.iter_mut().chain(received) {
        each_place(operation, &mut change);
    }
    document.security_schemes.values_mut().for_each(|scheme| change(&mut scheme.place));
    document.origins = Arc::new(document.origins.renamed(&|place| seen.place(place)));
}

/// Visits the places in an operation.
pub(super) fn each_place(operation: &mut Operation, visit: &mut impl FnMut(&mut Place)) {
    visit(&mut operation.place);
    operation.parameters.iter_mut().for_each(|parameter| of_parameter(parameter, visit));
    if let Some(body) = &mut operation.request_body {
        visit(&mut body.place);
        body.content.iter_mut().for_each(|content| of_content(content, visit));
    }
    for response in &mut operation.responses {
        visit(&mut response.place);
        response.headers.iter_mut().for_each(|header| of_parameter(header, visit));
        response.content.iter_mut().for_each(|content| of_content(content, visit));
    }
}

fn of_parameter(parameter: &mut Parameter, visit: &mut impl FnMut(&mut Place)) {
    visit(&mut parameter.place);
    for encoding in parameter.encoding.values_mut() {
        visit(&mut encoding.place);
        encoding.headers.iter_mut().for_each(|header| of_parameter(header, visit));
    }
}

fn of_content(content: &mut MediaType, visit: &mut impl FnMut(&mut Place)) {
    visit(&mut content.place);
    let MediaType { encoding, prefix_encoding, item_encoding, .. } = content;
    for encoding in encoding.values_mut().chain(prefix_encoding).chain(item_encoding) {
        visit(&mut encoding.place);
        encoding.headers.iter_mut().for_each(|header| of_parameter(header, visit));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_called_as_the_first_document_sees_them() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        for name in ["a", "b/c"] {
            std::fs::create_dir_all(at(name)).unwrap();
        }
        for (first, file, named, expected) in [
            ("a/x.yaml", "a/y.yaml", "", "y.yaml"),
            ("a/x.yaml", "a/y.yaml", "x.yaml", ""),
            ("a/x.yaml", "a/y.yaml", "z/w.yaml", "z/w.yaml"),
            ("a/x.yaml", "b/c/y.yaml", "", "../b/c/y.yaml"),
            ("a/x.yaml", "b/c/y.yaml", "../z.yaml", "../b/z.yaml"),
            ("a/x.yaml", "b/c/y.yaml", "https://example.com/a", "https://example.com/a"),
            ("a/x.yaml", "a/x.yaml", "", ""),
        ] {
            let seen = Seen::new(&at(first), &at(file));
            assert_eq!(&*seen.file(&named.into()), expected, "{named} of {file}");
        }
        let paths = [at("a/openapi.yaml"), at("b/c/openapi.yaml"), at("a/billing.v2.json")];
        let paths: Vec<&Path> = paths.iter().map(PathBuf::as_path).collect();
        assert_eq!(names(&paths), ["a", "c", "billing"]);
    }
}
