//! A module of the runtime, taken apart into its items.

use std::collections::{BTreeMap, BTreeSet};

use super::items::{self, Item, Kind};
use super::modules::{self, Target};

/// A module and a name in it.
pub(super) type Key = (&'static str, &'static str);

/// A module, taken apart.
pub(super) struct Module {
    pub name: &'static str,
    pub items: Vec<Item>,
    /// The names in all of it.
    pub words: BTreeSet<&'static str>,
    /// What its `use`s make of names: an item of another module, or the module itself. A name may be another item's on
    /// another platform.
    pub imports: BTreeMap<&'static str, Vec<Target>>,
}

impl Module {
    pub fn new(name: &'static str) -> Self {
        let text = modules::text(&format!("{name}.rs")).unwrap_or_default();
        let items = items::items(modules::without_tests(text));
        let words = items::words(modules::without_tests(text));
        let uses = items.iter().filter(|item| matches!(item.kind, Kind::Use));
        let mut imports: BTreeMap<_, Vec<Target>> = BTreeMap::new();
        for (name, target) in uses.flat_map(|item| modules::imports(item.text)) {
            imports.entry(name).or_default().push(target);
        }
        Self { name, items, words, imports }
    }

    pub fn has(&self, name: &str) -> bool {
        self.items.iter().any(|item| matches!(item.kind, Kind::Named(known) if known == name))
    }

    /// The names of its items and its imports.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        let own = |item: &Item| if let Kind::Named(name) = item.kind { Some(name) } else { None };
        self.items.iter().filter_map(own).chain(self.imports.keys().copied())
    }

    /// The item that a name in this module is, wherever it's from.
    pub fn key(&self, name: &'static str) -> Option<Key> {
        if self.has(name) {
            return Some((self.name, name));
        }
        let (module, item) = self.imports.get(name)?.first()?;
        item.map(|item| (*module, item))
    }
}
