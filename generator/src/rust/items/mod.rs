//! The public items of a crate: what callers' code can name, and so what can break it.

mod events;
pub(super) mod models;
mod operations;
mod outcomes;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::Crate;
use super::collections::{Collection, MARKER};
use super::origin::{Group, Origin, Part};
use crate::diagnostics::Place;

/// What identifies an item.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// The path of the type or module that it belongs to.
    pub owner: String,
    /// What it is.
    pub what: What,
    /// Its name; empty for a type itself.
    pub name: String,
}

/// What an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// A cargo feature.
    Feature,
    /// A struct, an enum or an alias.
    Type,
    /// A public field.
    Field,
    /// A variant.
    Variant,
    /// A function, a method or a constant.
    Function,
    /// An operation's output or error.
    Output,
    /// A trait that a type implements.
    Trait,
}

/// A public item.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Its type, or what it is.
    pub signature: String,
    /// The arguments, without `self`.
    pub arguments: Vec<Argument>,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// The features any of which compiles the file that it is in; empty if it is always compiled.
    pub file_gate: BTreeSet<String>,
    /// The features any of which compiles it within that file; empty if the file is enough.
    pub own_gate: BTreeSet<String>,
    /// The part of the document that it is made from.
    pub origin: Origin,
    /// The type or operation whose file contains it.
    pub owner: Group,
    /// The place of that part in the document.
    pub place: Place,
}

/// An argument of a function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Argument {
    /// Its name.
    pub name: String,
    /// Its Rust type.
    pub ty: String,
    /// The part of the document that it is made from.
    pub origin: Origin,
}

impl Key {
    pub(crate) fn new(owner: impl Into<String>, what: What, name: impl Into<String>) -> Self {
        Self { owner: owner.into(), what, name: name.into() }
    }

    /// The item's path, as callers write it.
    pub fn path(&self) -> String {
        match (self.what, self.name.as_str()) {
            (_, "") => self.owner.clone(),
            (What::Trait, name) => format!("impl {name} for {}", self.owner),
            (What::Feature, name) => name.to_owned(),
            (_, name) if self.owner.is_empty() => name.to_owned(),
            (_, name) => format!("{}::{name}", self.owner),
        }
    }
}

/// The items of a file in the making.
struct Items<'a> {
    /// The module that callers find them in.
    module: &'a str,
    /// The type or operation that the file is for.
    group: Group,
    place: &'a Place,
    file_gate: BTreeSet<String>,
    list: Vec<(Key, Item)>,
}

impl<'a> Items<'a> {
    fn new(module: &'a str, group: Group, place: &'a Place, file_gate: &[String]) -> Self {
        Self { module, group, place, file_gate: file_gate.iter().cloned().collect(), list: Vec::new() }
    }

    /// The path of what is called `name` in the module.
    fn path(&self, name: &str) -> String {
        if self.module.is_empty() { name.to_owned() } else { format!("{}::{name}", self.module) }
    }

    /// The whole of what the file is for.
    fn whole(&self) -> Origin {
        Origin::new(&self.group, Part::Whole)
    }

    /// A part of what the file is for.
    fn part(&self, part: Part) -> Origin {
        Origin::new(&self.group, part)
    }

    /// Adds what belongs to the type `owner`, made from `origin`; gives it, to be completed.
    fn add(&mut self, owner: &str, what: What, name: &str, signature: &str, origin: Origin) -> &mut Item {
        let key = Key::new(self.path(owner), what, name);
        self.push(key, signature, origin)
    }

    /// Adds a function that is no method.
    fn add_function(&mut self, name: &str, signature: &str, origin: Origin) -> &mut Item {
        let key = Key::new(self.module, What::Function, name);
        self.push(key, signature, origin)
    }

    fn push(&mut self, key: Key, signature: &str, origin: Origin) -> &mut Item {
        let item = Item {
            signature: signature.to_owned(),
            arguments: Vec::new(),
            deprecated: false,
            file_gate: self.file_gate.clone(),
            own_gate: BTreeSet::new(),
            origin,
            owner: self.group.clone(),
            place: self.place.clone(),
        };
        let index = self.list.len();
        self.list.push((key, item));
        &mut self.list[index].1
    }

    /// Adds traits that the type implements.
    fn add_traits(&mut self, owner: &str, names: &[&str], origin: &Origin) {
        for name in names {
            self.add(owner, What::Trait, name, "", origin.clone());
        }
    }

    /// Adds that the type is `UnwindSafe`, which the compiler gives to what holds no closure; a body's stream is one.
    fn add_unwind_safety<'t>(
        &mut self,
        owner: &str,
        fields: impl IntoIterator<Item = &'t str>,
        origin: &Origin,
    ) {
        let holds_stream = |ty: &str| words(ty).any(|word| matches!(word, "FilePart" | "Body"));
        if !fields.into_iter().any(holds_stream) {
            self.add_traits(owner, &["UnwindSafe"], origin);
        }
    }

    /// Adds a setter, which takes something into `ty`.
    fn add_setter(&mut self, owner: &str, name: &str, argument: &str, ty: &str, origin: Origin) -> &mut Item {
        let argument =
            Argument { name: argument.to_owned(), ty: format!("impl Into<{ty}>"), origin: origin.clone() };
        let item = self.add(owner, What::Function, name, SETTER, origin);
        item.arguments.push(argument);
        item
    }

    /// Adds the setter of a whole list or map.
    fn add_setter_of_all(
        &mut self,
        owner: &str,
        name: &str,
        collection: &Collection,
        origin: Origin,
    ) -> &mut Item {
        let argument = Argument {
            name: "values".to_owned(),
            ty: collection.gathered.all(MARKER),
            origin: origin.clone(),
        };
        let item = self.add(owner, What::Function, name, SETTER, origin);
        item.arguments.push(argument);
        item
    }

    /// Adds the method that adds an item to a list or a map.
    fn add_adder(&mut self, owner: &str, collection: &Collection, origin: Origin) -> &mut Item {
        let argument = |name: &str, ty: &str| Argument {
            name: name.to_owned(),
            ty: ty.to_owned(),
            origin: origin.clone(),
        };
        let mut arguments = Vec::new();
        if collection.gathered.is_map {
            arguments.push(argument("name", "impl Into<String>"));
        }
        arguments.push(argument("value", &collection.gathered.one()));
        let item = self.add(owner, What::Function, &collection.adds, SETTER, origin);
        item.arguments = arguments;
        item
    }
}

pub(crate) use operations::{item_path, parameter_part};

/// The signature of a setter.
const SETTER: &str = "mut self -> Self";

/// The identifiers in a text.
pub(crate) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|word| !word.is_empty())
}

impl Crate<'_> {
    /// The public items of the crate.
    pub fn items(&self) -> BTreeMap<Key, Item> {
        let models = self.models.par_iter().flat_map_iter(|file| models::items(file, &self.index));
        let mut list: Vec<(Key, Item)> = models.collect();
        list.par_extend(self.builders.par_iter().flat_map_iter(|builder| operations::items(builder, self)));
        list.extend(self.events.iter().flat_map(|module| events::items(module, self)));
        list.extend(self.servers());
        list.extend(self.features());
        list.into_iter().collect()
    }

    fn servers(&self) -> Vec<(Key, Item)> {
        let place = Place::default();
        let mut items = Items::new("servers", Group::Service, &place, &[]);
        for server in self.servers.iter() {
            let origin = items.part(Part::Server(server.declared.url.clone()));
            let argument = |name: &str| Argument {
                name: name.to_owned(),
                ty: "&str".to_owned(),
                origin: origin.clone(),
            };
            let arguments = server.declared.variables.iter().map(|variable| argument(&variable.name));
            let arguments: Vec<Argument> = arguments.collect();
            items.add_function(&server.function, server.returns(), origin.clone()).arguments = arguments;
        }
        items.list
    }

    fn features(&self) -> Vec<(Key, Item)> {
        let place = Place::default();
        let mut items = Items::new("", Group::Service, &place, &[]);
        for feature in &self.api.features {
            let origin = items.part(Part::Feature(feature.name.clone()));
            items.push(Key::new("", What::Feature, &feature.name), "", origin);
        }
        items.list
    }
}
