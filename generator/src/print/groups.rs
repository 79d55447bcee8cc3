//! The modules of the groups of operations.

use std::collections::BTreeMap;
use std::ops::Bound;

use super::parts;
use super::printer::{Page, gate};
use crate::api::{Ident, Operation};
use crate::rust::Crate;

/// Modules of operations, with those right in each.
pub(super) struct Modules<'a>(BTreeMap<&'a [Ident], Vec<&'a Operation>>);

impl<'a> Modules<'a> {
    /// The modules of these operations, and those that contain them.
    pub(super) fn of(operations: impl Iterator<Item = &'a Operation>) -> Self {
        let mut modules: BTreeMap<&[Ident], Vec<&Operation>> = BTreeMap::new();
        for operation in operations {
            for depth in 0..=operation.group.len() {
                modules.entry(&operation.group[..depth]).or_default();
            }
            modules.entry(&operation.group).or_default().push(operation);
        }
        Self(modules)
    }

    /// The modules below the root.
    pub(super) fn nested(&self) -> impl Iterator<Item = &'a [Ident]> {
        self.0.keys().copied().filter(|module| !module.is_empty())
    }

    /// Whether an operation is right in the module.
    pub(super) fn has_operations(&self, module: &[Ident]) -> bool {
        self.0.get(module).is_some_and(|operations| !operations.is_empty())
    }

    /// The modules right in this one.
    pub(super) fn below(&self, module: &[Ident]) -> Vec<&'a Ident> {
        let after = self.0.range::<[Ident], _>((Bound::Included(module), Bound::Unbounded));
        let after = after.map(|(other, _)| *other);
        let inside = after.take_while(|other| other.starts_with(module));
        inside.filter(|other| other.len() == module.len() + 1).filter_map(<[Ident]>::last).collect()
    }

    /// The file of a module, with `child` for each module right in it.
    pub(super) fn page(&self, module: &[Ident], child: impl Fn(&Ident) -> String) -> Page {
        let mut page = start(module);
        let operations = self.0.get(module).into_iter().flatten();
        let mut files: Vec<&str> = operations.map(|operation| operation.file.as_str()).collect();
        files.sort_unstable();
        page.block(&self.below(module).into_iter().map(child).collect::<String>());
        page.block(&files.iter().map(|file| format!("mod {file};\n")).collect::<String>());
        page.block(&files.iter().map(|file| format!("pub use {file}::*;\n")).collect::<String>());
        page
    }
}

/// The file of a module, without what is in it.
pub(super) fn start(module: &[Ident]) -> Page {
    let folder: String = module.iter().map(|part| format!("{part}/")).collect();
    let mut page = Page::new(format!("src/operations/{folder}mod.rs"));
    let what = if module.is_empty() {
        "All operations, by group.".to_owned()
    } else {
        format!("Operations of `{}`.", module.join("::"))
    };
    page.block(&format!("//! {what}"));
    page
}

/// The item of a module that is a file of its own.
pub(super) fn declared(module: &Ident) -> String {
    format!("pub mod {module};\n")
}

/// `mod.rs` of each group of operations, but for those in pieces.
pub(super) fn all(krate: &Crate<'_>) -> Vec<Page> {
    let api = krate.api;
    if api.operations.is_empty() {
        return Vec::new();
    }
    let modules = Modules::of(api.operations.iter());
    let root = modules.page(&[], |child| {
        if let Some(part) = krate.parts.as_ref().and_then(|parts| parts.of_group(child)) {
            return parts::reexport(part);
        }
        format!("{}{}", gate(api.feature_of(std::slice::from_ref(child))), declared(child))
    });
    let part = |module: &[Ident]| krate.parts.as_ref()?.of_group(module.first()?);
    let is_whole = |module: &&[Ident]| part(module).is_none_or(|part| part.pieces.is_none());
    let nested = modules.nested().filter(is_whole).map(|module| modules.page(module, declared));
    std::iter::once(root).chain(nested).collect()
}
