//! Which changes of the document account for which items of the crate.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::ItemChange;
use crate::diff::rules::Rule;
use crate::diff::{Change, ItemLine, Origin, RustLevel};

/// What changes about a part of the document.
struct Changed {
    /// The changes, by their indices.
    changes: Vec<usize>,
    /// The highest level among those of their rules.
    most: RustLevel,
    /// The items that they account for.
    items: Vec<ItemLine>,
}

/// Assigns each item to the changes of its part that can account for it. The others become changes of their own.
pub(in crate::diff) fn attribute(list: &mut Vec<Change>, items: Vec<ItemChange>) {
    let mut parts: BTreeMap<Origin, Changed> = BTreeMap::new();
    for (index, change) in list.iter().enumerate() {
        let level = change.rule.kind().rust;
        let none = || Changed { changes: Vec::new(), most: level, items: Vec::new() };
        let part = parts.entry(change.subject.clone()).or_insert_with(none);
        part.most = part.most.max(level);
        part.changes.push(index);
    }
    for item in items {
        match parts.get_mut(&item.subject).filter(|part| part.most >= item.line.level) {
            Some(part) => part.items.push(item.line),
            None => list.extend(own_change(item)),
        }
    }
    for mut part in parts.into_values().filter(|part| !part.items.is_empty()) {
        part.items.sort();
        part.items.dedup();
        // There can be thousands of both, so that each list exists once.
        let mut up_to: BTreeMap<RustLevel, Arc<[ItemLine]>> = BTreeMap::new();
        for index in part.changes {
            let change = &mut list[index];
            let level = change.rule.kind().rust;
            let within = || part.items.iter().filter(|item| item.level <= level).cloned().collect();
            change.items = up_to.entry(level).or_insert_with(within).clone();
            // They are sorted by level.
            if let Some(worst) = change.items.last() {
                change.rust = change.rust.max(worst.level);
            }
        }
    }
}

/// The change of an item that no change of the document accounts for.
fn own_change(item: ItemChange) -> Option<Change> {
    let rule = Rule::of(item.kind, None)?;
    Some(Change {
        rule,
        wire: rule.wire(),
        before: item.line.before.clone(),
        after: item.line.after.clone(),
        subject: item.subject,
        arguments: item.arguments,
        old: None,
        new: None,
        rust: item.line.level,
        items: Arc::new([item.line]),
    })
}
