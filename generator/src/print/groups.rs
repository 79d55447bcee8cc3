//! The modules of the groups of operations.

use std::collections::BTreeMap;

use super::parts;
use super::printer::{Page, gate};
use crate::api::{Ident, Operation};
use crate::rust::Crate;

/// `mod.rs` of each group of operations.
pub(super) fn all(krate: &Crate<'_>) -> Vec<Page> {
    let api = krate.api;
    if api.operations.is_empty() {
        return Vec::new();
    }
    let mut groups: BTreeMap<Vec<Ident>, Vec<&Operation>> = BTreeMap::from([(Vec::new(), Vec::new())]);
    for operation in &api.operations {
        for depth in 0..=operation.group.len() {
            groups.entry(operation.group[..depth].to_vec()).or_default();
        }
        groups.entry(operation.group.clone()).or_default().push(operation);
    }
    let below = |group: &Vec<Ident>| -> Vec<Ident> {
        let children =
            groups.keys().filter(|other| other.len() == group.len() + 1 && other.starts_with(group));
        children.filter_map(|other| other.last().cloned()).collect()
    };
    let page = |(group, operations): (&Vec<Ident>, &Vec<&Operation>)| {
        let folder: String = group.iter().map(|part| format!("{part}/")).collect();
        let mut page = Page::new(format!("src/operations/{folder}mod.rs"));
        let what = if group.is_empty() {
            "All operations, by group.".to_owned()
        } else {
            format!("Operations of `{}`.", group.join("::"))
        };
        page.block(&format!("//! {what}"));
        let mut files: Vec<&str> = operations.iter().map(|operation| operation.file.as_str()).collect();
        files.sort_unstable();
        let child = |child: &Ident| {
            let part =
                krate.parts.as_ref().filter(|_| group.is_empty()).and_then(|parts| parts.of_group(child));
            if let Some(part) = part {
                return parts::reexport(part);
            }
            let feature = api.feature_of(std::slice::from_ref(child)).filter(|_| group.is_empty());
            format!("{}pub mod {child};\n", gate(feature))
        };
        page.block(&below(group).iter().map(child).collect::<String>());
        page.block(&files.iter().map(|file| format!("mod {file};\n")).collect::<String>());
        page.block(&files.iter().map(|file| format!("pub use {file}::*;\n")).collect::<String>());
        page
    };
    groups.iter().map(page).collect()
}
