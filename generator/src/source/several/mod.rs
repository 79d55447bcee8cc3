//! Several documents, one client: each is read as if it were the only one, then they become one [`Document`]. The first
//! one gives its names and its default servers; what later ones declare differently under the same name is renamed.

mod equality;
mod one;
mod operations;
mod overlays;
mod partition;
mod places;
mod schemas;
mod security;

use std::path::Path;
use std::sync::Arc;

use super::document::{Document, Examples};
use super::selection::Selection;
use crate::diagnostics::Diagnostics;
use crate::text::Origins;
use one::{One, Telling};
use places::Seen;

/// A document that is to become part of a client, with its examples if they are wanted.
type Read = (Document, Examples);

/// Reads the document in the file at `path` and the `others` of `selection`. `read` reads each of them.
pub(super) fn load(
    path: &Path,
    selection: &Selection,
    diagnostics: &mut Diagnostics,
    read: impl Fn(&Path, &Selection, &mut Diagnostics) -> Option<Read>,
) -> Option<Read> {
    let paths: Vec<&Path> =
        std::iter::once(path).chain(selection.others.iter().map(|path| &**path)).collect();
    let overlays = overlays::by_document(selection, &paths);
    let names = places::names(&paths);
    let mut documents = Vec::new();
    for ((file, overlays), name) in paths.iter().zip(overlays).zip(names) {
        let own = Selection { overlays, ..selection.clone() };
        let mut found = Diagnostics::default();
        let document = read(file, &own, &mut found);
        let seen = Seen::new(path, file);
        diagnostics.trace(Arc::default());
        diagnostics.extend_seen(found, |file| seen.file(file));
        documents.push(document.map(|(mut document, mut examples)| {
            places::rename(&mut document, &seen);
            examples.rename(|place| seen.place(place));
            (One { document, name }, examples)
        }));
    }
    // Whatever is wrong with any of them has been told.
    let documents: Vec<(One, Examples)> = documents.into_iter().collect::<Option<_>>()?;
    let mut examples = Examples::default();
    let mut several = Vec::new();
    for (one, of_document) in documents {
        examples.join(of_document);
        several.push(one);
    }
    let mut origins = Origins::default();
    several.iter().for_each(|one| origins.join((*one.document.origins).clone()));
    let origins = Arc::new(origins);
    diagnostics.trace(origins.clone());
    let first = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let document = merged(several, &Telling { first, origins }, diagnostics)?;
    selection.check(&document.operations, &document.received, diagnostics);
    (!diagnostics.has_errors()).then_some((document, examples))
}

/// What the documents have in common is there once.
fn merged(mut several: Vec<One>, telling: &Telling, diagnostics: &mut Diagnostics) -> Option<Document> {
    let classes = schemas::join(&mut several, telling, diagnostics);
    let parts = titles(&several);
    let about = about(&parts);
    let mut several = several.into_iter();
    let mut whole = several.next()?.document;
    whole.parts = parts;
    whole.info.description = Some(match whole.info.description.take() {
        Some(description) => format!("{}\n\n{about}", description.trim_end()),
        None => about,
    });
    let own = whole.servers.clone();
    for One { mut document, name } in several {
        security::join(&mut whole, &mut document, &name, telling, diagnostics);
        operations::join(&mut whole, &mut document, &own, &classes, &name, telling, diagnostics);
        let is_new = |tag: &&openapiv3::Tag| !whole.tags.iter().any(|known| known.name == tag.name);
        let tags: Vec<_> = document.tags.iter().filter(is_new).cloned().collect();
        whole.tags.extend(tags);
        for (name, value) in document.extensions {
            whole.extensions.entry(name).or_insert(value);
        }
    }
    whole.origins = telling.origins.clone();
    schemas::compact(&mut whole, &classes);
    Some(whole)
}

/// What the documents call themselves, each in one line.
fn titles(several: &[One]) -> Vec<(String, String)> {
    let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let info = several.iter().map(|one| &one.document.info);
    info.map(|info| (one_line(&info.title), one_line(&info.version))).collect()
}

/// What the crate is for, as Markdown.
fn about(parts: &[(String, String)]) -> String {
    let lines: Vec<String> = parts.iter().map(|(title, version)| format!("- {title} {version}")).collect();
    format!("The client is for several services:\n\n{}", lines.join("\n"))
}

#[cfg(test)]
mod tests;
