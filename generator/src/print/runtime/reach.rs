//! Which items of the runtime a crate reaches from the names in its files.
//!
//! Items are found by their modules and names. Members have only names to go by, so one is reached if anything that is
//! reached names it.

use std::collections::{BTreeMap, BTreeSet};

use super::items::{self, Item, Kind};
use super::module::{Key, Module};
use super::modules::{self, Export, Leaf, Target};
use super::parts::{self, Needs};
use super::words::Words;

/// What a crate has of the runtime without naming it.
#[derive(Clone, Copy)]
pub(super) enum Wanted {
    /// All of a module.
    Module(&'static str),
    /// An item of a module.
    Item(&'static str, &'static str),
}

/// What a module names in vain, unless the crate's own files call for it: arms of macros that only a crate takes whose
/// files name the other module's types.
const NAMED_IN_VAIN: [(&str, &str); 6] = [
    ("model/macros", "model/followers"),
    ("model/macros", "model/response_setters"),
    ("model/response_setters", "model/collections"),
    ("model/response_setters", "model/patch"),
    ("model/setters", "http/body_setters"),
    ("model/setters", "model/patch"),
];

/// What is for own implementations of the runtime's traits. A crate that contains its runtime has all of these itself.
const FOR_IMPLEMENTERS: [&str; 5] = ["Checker", "Kinds", "Limit", "Writer", "check_names"];

/// Modules that users of a crate name as such. All that is public in one is there if anything of it is.
const PUBLIC: [&str; 1] = ["mock"];

/// Types of the standard library that the runtime's JSON and models use for themselves. What they implement is reached
/// if the crate's own files name them, or a module for requests does.
const STANDARD: [&str; 5] = ["&", "BTreeMap", "Box", "Vec", "bool"];

/// What is implemented for values that only some documents have, by the trait, the type and the feature.
const BY_VALUES: [(&str, &str, &str); 2] =
    [("Validate", "JsonObject", "objects"), ("FromJson", "Option", "nullable")];

/// What is reached.
pub(super) struct Reach {
    pub modules: BTreeMap<&'static str, Module>,
    named: BTreeSet<Key>,
    /// The modules of which something is reached.
    pub found: BTreeSet<&'static str>,
    /// What is called, or named behind a type or a module.
    members: BTreeSet<&'static str>,
    /// The names of the crate's own files.
    own: BTreeSet<String>,
    facade: Vec<Export>,
    /// The parts whose names have been followed, by the addresses and lengths of their texts.
    followed: BTreeSet<(*const u8, usize)>,
    /// The types and functions that users of a crate can name.
    offered: BTreeSet<Key>,
    /// Which parts of items the crate has.
    pub needs: Needs,
}

impl Reach {
    /// What `words` name, with what is `wanted`, and all that these need. What is behind features is there
    /// for `features` alone.
    pub fn of(words: &Words, wanted: &[Wanted], features: BTreeSet<&'static str>) -> Self {
        let mut reach = Self {
            needs: Needs::of(words.all(), features),
            modules: BTreeMap::new(),
            named: BTreeSet::new(),
            found: BTreeSet::new(),
            members: BTreeSet::new(),
            own: words.all().clone(),
            facade: modules::exports("facade.rs"),
            followed: BTreeSet::new(),
            offered: BTreeSet::new(),
        };
        for Export { name, module } in words.exports() {
            reach.name((module, name));
            if !reach.modules[module].has(name) {
                // The crate's files name items of the module behind its name.
                let named: Vec<&'static str> =
                    reach.modules[module].names().filter(|name| reach.own.contains(*name)).collect();
                named.into_iter().for_each(|name| reach.name((module, name)));
            }
        }
        for (module, name) in words.paths() {
            reach.module(module);
            let known = reach.modules[module].names().find(|known| known == name);
            known.into_iter().for_each(|name| reach.name((module, name)));
        }
        for wanted in wanted {
            match *wanted {
                Wanted::Module(module) => reach.all_of(module, |_| true),
                Wanted::Item(module, name) => reach.name((module, name)),
            }
        }
        while reach.grow() {}
        reach
    }

    /// Whether users of the crate can name a module.
    pub fn is_exported(&self, name: &str) -> bool {
        let is_it = |export: &Export| export.module == name && !self.modules[name].has(export.name);
        self.facade.iter().any(is_it)
    }

    /// Whether users of the crate can name an item.
    pub fn is_offered(&self, module: &Module, item: &Item) -> bool {
        match item.kind {
            Kind::Named(name) => self.offered.contains(&(module.name, name)),
            Kind::Impl { on, .. } => module.key(on).is_some_and(|key| self.offered.contains(&key)),
            Kind::Use | Kind::Loose => true,
        }
    }

    /// Whether what a `use` names is reached.
    pub fn has_import(&self, (module, item): Target) -> bool {
        let is_item = |name: &str| self.modules.get(module).is_some_and(|known| known.has(name));
        match item {
            Some(name) if is_item(name) => self.named.contains(&(module, name)),
            _ => self.found.contains(module),
        }
    }

    /// Whether what a `use` imports may be a trait, whose methods can be called without its name.
    pub fn may_be_trait(&self, leaf: &Leaf) -> bool {
        match (leaf.target, &leaf.path[..]) {
            (Some((module, Some(name))), _) => self.modules.get(module).is_some_and(|known| {
                let is_it = |item: &&Item| matches!(item.kind, Kind::Named(own) if own == name);
                known.items.iter().find(is_it).is_none_or(Item::is_trait)
            }),
            (Some((_, None)), _) | (None, ["regex" | "serde_json", ..]) => false,
            (None, ["std", "any" | "borrow" | "cell" | "cmp" | "collections" | "sync", ..]) => false,
            _ => leaf.name().starts_with(|first: char| !first.is_ascii_lowercase()),
        }
    }

    /// Whether a name in a module is of something reached, or of nothing that is known.
    pub fn has_name(&self, module: &Module, name: &str) -> bool {
        let is_reached = |item: &Item| {
            matches!(item.kind, Kind::Named(known) if known == name).then(|| self.has_item(module, item))
        };
        let own = module.items.iter().find_map(is_reached);
        own.unwrap_or_else(|| {
            module
                .imports
                .get(name)
                .is_none_or(|targets| targets.iter().any(|target| self.has_import(*target)))
        })
    }

    pub fn has_item(&self, module: &Module, item: &Item) -> bool {
        if item.is_of_client() && !self.found.contains("client/client") {
            return false;
        }
        match item.kind {
            Kind::Use => true,
            Kind::Named(name) => self.named.contains(&(module.name, name)),
            Kind::Loose => self.found.contains(module.name),
            Kind::Impl { of, on } => {
                let has = |(module, name): Key| self.has_import((module, Some(name)));
                let is_type = module.key(on).is_none_or(has);
                let Some(of) = of.and_then(|of| module.key(of)) else { return is_type };
                is_type && has(of) && self.has_standard(on) && self.is_called_for(of.1, on)
            }
        }
    }

    /// Whether what a type implements is reached: untyped values are checked if they are the crate's own fields, and some
    /// types are only read or checked if the document has values of them.
    fn is_called_for(&self, of: &str, on: &str) -> bool {
        let feature = BY_VALUES.iter().find(|known| (known.0, known.1) == (of, on)).map(|known| known.2);
        let is_checked = (of, on) != ("Validate", "Json") || self.own.contains("Json");
        is_checked && feature.is_none_or(|feature| self.needs.has_feature(feature))
    }

    /// Whether what a type of the standard library implements is reached.
    fn has_standard(&self, name: &str) -> bool {
        let is_named_in = |module: &&'static str| {
            let is_model = ["json/", "model/"].iter().any(|room| module.starts_with(room));
            !is_model && (name == "&" || self.modules[*module].words.contains(name))
        };
        // Arrays are written from references to their items.
        let is_array = name == "&" && (self.own.contains("Vec") || self.found.contains("model/tuples"));
        let is_own = self.own.contains(name) || is_array;
        !STANDARD.contains(&name) || is_own || self.found.iter().any(is_named_in)
    }

    /// Whether a member of an item that is reached is reached too.
    pub fn has_member(&self, module: &Module, item: &Item, member: &Item) -> bool {
        let Kind::Named(name) = member.kind else { return true };
        let is_named = self.members.contains(name) || self.own.contains(name);
        let is_offered = |key: Option<Key>| key.is_some_and(|key| self.offered.contains(&key));
        match item.kind {
            Kind::Impl { of: None, on } => {
                is_named || (member.is_public() && !member.is_hidden() && is_offered(module.key(on)))
            }
            Kind::Impl { of: Some(of), .. } => match module.key(of) {
                Some(key) => is_named || self.is_offered_member(key, name),
                None => true,
            },
            Kind::Named(own) if item.text.contains("trait ") => {
                is_named || self.is_offered_member((module.name, own), name)
            }
            _ => is_named,
        }
    }

    fn is_offered_member(&self, key: Key, name: &str) -> bool {
        let Some(module) = self.modules.get(key.0).filter(|_| self.offered.contains(&key)) else {
            return false;
        };
        let of_trait =
            module.items.iter().filter(|item| matches!(item.kind, Kind::Named(known) if known == key.1));
        let mut members = of_trait.flat_map(|item| &item.members);
        members
            .any(|member| matches!(member.kind, Kind::Named(known) if known == name) && !member.is_hidden())
    }

    /// Reaches a name of a module, or the module alone if it has no item of that name.
    fn name(&mut self, (module, name): Key) {
        self.module(module);
        let known = &self.modules[module];
        if known.has(name) {
            self.named.insert((module, name));
        } else if let Some(targets) = known.imports.get(name).cloned() {
            for (other, item) in targets {
                match item {
                    Some(item) => self.name((other, item)),
                    None => self.module(other),
                }
            }
        }
    }

    fn module(&mut self, name: &'static str) {
        self.modules.entry(name).or_insert_with(|| Module::new(name));
        if !self.found.insert(name) {
            return;
        }
        // What users can name of a module is there if anything of it is.
        if PUBLIC.contains(&name) {
            self.all_of(name, |item| item.is_public() && !item.is_hidden());
        }
        let exports = self.facade.iter().filter(|export| export.module == name).map(|export| export.name);
        let exports: Vec<&'static str> = exports.filter(|name| !FOR_IMPLEMENTERS.contains(name)).collect();
        for export in exports {
            if self.modules[name].has(export) {
                self.offered.insert((name, export));
                self.name((name, export));
            } else {
                self.all_of(name, |item| {
                    let is_for_callers =
                        !matches!(item.kind, Kind::Named(name) if FOR_IMPLEMENTERS.contains(&name));
                    item.is_public() && !item.is_hidden() && is_for_callers
                });
            }
        }
    }

    /// Reaches everything in a module that `is_wanted`.
    fn all_of(&mut self, name: &'static str, is_wanted: fn(&Item) -> bool) {
        self.module(name);
        for index in 0..self.modules[name].items.len() {
            let module = &self.modules[name];
            let item = &module.items[index];
            let own = match item.kind {
                Kind::Named(own) => own,
                Kind::Impl { of, on } if is_wanted(item) => {
                    let keys = [module.key(on), of.and_then(|of| module.key(of))];
                    keys.into_iter().flatten().for_each(|key| self.name(key));
                    continue;
                }
                _ => continue,
            };
            if is_wanted(item) {
                if item.is_public() && !item.is_hidden() {
                    self.offered.insert((name, own));
                }
                self.name((name, own));
            }
        }
    }

    /// Reaches what the items that are reached name; tells whether that is more than before.
    fn grow(&mut self) -> bool {
        let before = (self.named.len(), self.found.len(), self.members.len());
        for module in self.found.clone() {
            for index in 0..self.modules[module].items.len() {
                for parts in self.reached_parts(module, index) {
                    let length = parts.iter().map(|part| part.len()).sum();
                    let start = parts.first().map(|part| part.as_ptr());
                    if start.is_some_and(|start| self.followed.insert((start, length))) {
                        self.follow(module, &parts);
                    }
                }
            }
        }
        before != (self.named.len(), self.found.len(), self.members.len())
    }

    /// The parts that are reached of an item, and of its members.
    fn reached_parts(&self, module: &'static str, index: usize) -> Vec<Vec<&'static str>> {
        let module = &self.modules[module];
        let item = &module.items[index];
        if matches!(item.kind, Kind::Use) || !self.has_item(module, item) {
            return Vec::new();
        }
        let members = item.members.iter().filter(|member| self.has_member(module, item, member));
        let members = members.filter(|member| !matches!(member.kind, Kind::Use));
        let members = members.map(|member| self.parts(module.name, member.text, member));
        [self.parts(module.name, item.frame.0, item)].into_iter().chain(members).collect()
    }

    /// The names in what is reached of a module.
    pub fn names_in(&self, module: &Module) -> BTreeSet<&'static str> {
        let parts = (0..module.items.len()).flat_map(|index| self.reached_parts(module.name, index));
        parts.flatten().flat_map(items::words).collect()
    }

    /// The parts of `text`, which is of an item of `module` that is reached, that are reached too.
    pub fn parts(&self, module: &str, text: &'static str, item: &Item) -> Vec<&'static str> {
        let parts = match item.is_macro() || item.is_table() {
            true => {
                let is_needed = |name: &str| {
                    let is_own = !parts::TABLE.contains(&name) && self.own.contains(name);
                    is_own || self.members.contains(name)
                };
                let is_vain =
                    |other: &str| NAMED_IN_VAIN.contains(&(module, other)) && !self.found.contains(other);
                parts::of_table(text, &is_needed, &is_vain)
            }
            false => vec![text],
        };
        parts.into_iter().flat_map(|text| self.needs.of_text(text)).collect()
    }

    /// Reaches what `parts`, which are of an item of `module`, name.
    fn follow(&mut self, module: &'static str, parts: &[&'static str]) {
        let words: BTreeSet<&'static str> = parts.iter().flat_map(|part| items::words(part)).collect();
        let mut others: BTreeSet<&'static str> = BTreeSet::new();
        let is_vain = |other: &str| NAMED_IN_VAIN.contains(&(module, other));
        let mut keys: Vec<Key> = Vec::new();
        let targets = parts.iter().flat_map(|part| modules::targets(part));
        for (other, item) in targets.filter(|(other, _)| !is_vain(other)) {
            match item {
                Some(item) => keys.push((other, item)),
                None => {
                    others.insert(other);
                }
            }
        }
        let known = &self.modules[module];
        for word in &words {
            if known.has(word) {
                keys.push((module, word));
            }
            let targets = known.imports.get(word).into_iter().flatten();
            for (other, item) in targets.filter(|(other, _)| !is_vain(other)) {
                match item {
                    Some(item) => keys.push((other, item)),
                    None => {
                        others.insert(other);
                    }
                }
            }
        }
        for other in others {
            self.module(other);
            let other = &self.modules[other];
            // Macros make names of the words that the crate's files give them.
            let is_named = |name: &&'static str| {
                let is_wanted = words.contains(name) || self.own.contains(*name);
                is_wanted
                    && other.imports.get(name).is_none_or(|all| all.iter().all(|(other, _)| !is_vain(other)))
            };
            keys.extend(other.names().filter(is_named).map(|name| (other.name, name)));
        }
        keys.into_iter().for_each(|key| self.name(key));
        self.members.extend(parts.iter().flat_map(|part| items::members(part)));
    }
}
