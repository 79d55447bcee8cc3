//! The crates of a huge group of operations: its pieces, the types that several of them need, and the group's own crate,
//! which has the modules of all and re-exports what is in them.

use super::groups::{self, Modules};
use super::parts::{Folder, library, models_beside, operations_of_group, title};
use super::printer::Page;
use super::{PrintError, SourceFile};
use crate::api::{Ident, Model, Operation};
use crate::rust::{Crate, GroupCrate, Member, Parts, Pieces, rust_name};

/// The files that aren't of one model or operation, but for those that the group's crate has in any case. `own` gives
/// the models of a package.
pub(super) fn files<'a>(
    krate: &Crate<'a>,
    parts: &Parts<'_>,
    part: &GroupCrate<'_>,
    pieces: &Pieces,
    own: &impl Fn(&str) -> &'a [&'a Model],
) -> Result<Vec<SourceFile>, PrintError> {
    let whole = Folder::of(&part.name);
    let mut files = vec![whole.put(models_of_all(parts, pieces).finish()?)];
    if let Some(shared) = &pieces.shared {
        let lines = [
            format!(
                "The types that several pieces of `{}` need, and no other group of {}.",
                part.group,
                title(krate)
            ),
            String::new(),
            about(part),
        ];
        let models = "The types of requests and responses: those that several pieces need, and those that groups share.";
        let models = models_beside(models, own(shared), &parts.types);
        for page in [library(krate, parts, &lines, None), models] {
            files.push(Folder::of(shared).put(page.finish()?));
        }
    }
    let operations =
        krate.api.operations.iter().filter(|operation| operation.group.first() == Some(part.group));
    let operations: Vec<&Operation> = operations.collect();
    let mut modules: Vec<Modules<'_>> = Vec::new();
    for (index, name) in pieces.each.iter().enumerate() {
        let is_in = |operation: &&Operation| matches!(parts.of_operation(operation), Some(Member::Piece(_, piece)) if piece == index);
        let inside = Modules::of(operations.iter().copied().filter(is_in));
        for page in pages(krate, parts, part, pieces, own(name), &inside) {
            files.push(Folder::of(name).put(page.finish()?));
        }
        modules.push(inside);
    }
    let all = Modules::of(operations.into_iter());
    for module in all.nested() {
        let mut page = groups::start(module);
        page.block(&all.below(module).into_iter().map(groups::declared).collect::<String>());
        let inside = pieces.each.iter().zip(&modules).filter(|(_, piece)| piece.has_operations(module));
        page.block(&inside.map(|(name, _)| reexport(name, module)).collect::<String>());
        files.push(whole.put(page.finish()?));
    }
    Ok(files)
}

/// The files of a piece.
fn pages(
    krate: &Crate<'_>,
    parts: &Parts<'_>,
    part: &GroupCrate<'_>,
    pieces: &Pieces,
    own: &[&Model],
    modules: &Modules<'_>,
) -> Vec<Page> {
    let lines = [
        format!(
            "Operations of {}: some of `{}`, with the types that no others need.",
            title(krate),
            part.group
        ),
        String::new(),
        about(part),
    ];
    let models = "The types of requests and responses: those that no other operations need, and those that are shared.";
    let shared = pieces.shared.as_ref().unwrap_or(&parts.types);
    let whole = [
        library(krate, parts, &lines, Some(part.group)),
        models_beside(models, own, shared),
        operations_of_group(part),
    ];
    whole.into_iter().chain(modules.nested().map(|module| modules.page(module, groups::declared))).collect()
}

fn about(part: &GroupCrate<'_>) -> String {
    format!("A part of `{}`, which re-exports it.", part.rust_name())
}

/// `src/models/mod.rs` of the group.
fn models_of_all(parts: &Parts<'_>, pieces: &Pieces) -> Page {
    let mut page = Page::new("src/models/mod.rs");
    page.block("//! The types of requests and responses: those that no other group needs, and those that groups share.");
    let names = std::iter::once(&parts.types).chain(&pieces.shared).chain(&pieces.each);
    let line = |name: &String| format!("#[doc(inline)]\npub use ::{}::models::*;\n", rust_name(name));
    page.block(&names.map(line).collect::<String>());
    page
}

/// The item that makes what a piece has in a module the group's. The modules in it are the group's own.
fn reexport(piece: &str, module: &[Ident]) -> String {
    format!("#[doc(inline)]\npub use ::{}::operations::{}::*;\n", rust_name(piece), module.join("::"))
}
