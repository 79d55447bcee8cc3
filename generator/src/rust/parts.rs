//! A crate for each group of operations: which there are, what they are called, and which of them a model is in. The
//! operations of a group use no others (`plan/paths.rs`), so no such crate depends on another. A huge group is divided
//! into pieces (`pieces.rs`), and its own crate re-exports theirs.

use std::collections::{BTreeSet, HashMap};

use super::names::{cargo_name, hash};
use super::package::{Package, RUNTIME};
use super::{pieces, shares};
use crate::api::{Api, Feature, Ident, Model, Operation};
use crate::diagnostics::{Diagnostics, codes};
use crate::settings::{CratePer, Runtime, Settings};

/// The crates that a document is divided into, beside the one that re-exports them.
#[derive(Clone, Debug)]
pub struct Parts<'a> {
    /// The package with the types that no group has for itself, the servers and the facts of the document.
    pub types: String,
    /// A package for each group, sorted by group.
    pub groups: Vec<Part<'a>>,
    /// The group that alone needs a model, by the model's file.
    models: HashMap<&'a Ident, Place>,
    /// The piece of each operation whose group is divided.
    operations: HashMap<(&'a [Ident], &'a Ident), usize>,
}

/// The crate of a group of operations.
#[derive(Clone, Debug)]
pub struct Part<'a> {
    /// The name of the package.
    pub name: String,
    /// The first module of its operations.
    pub group: &'a Ident,
    /// The feature that compiles it.
    pub feature: &'a str,
    /// What it re-exports, if the group is divided.
    pub pieces: Option<Pieces>,
}

/// The crates of a group that is divided.
#[derive(Clone, Debug)]
pub struct Pieces {
    /// The package with the types that several pieces need and no other group, if there are any.
    pub shared: Option<String>,
    /// The packages with the operations, and the types that each alone needs, sorted by name.
    pub each: Vec<String>,
}

/// Where a model is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    /// The index of the group.
    group: usize,
    /// The piece that alone needs it, if the group is divided.
    piece: Option<usize>,
}

/// A crate of a group, or a piece of it: one that models and operations are in.
#[derive(Clone, Copy, Debug)]
pub enum Member<'p> {
    /// That of the types that no group has for itself.
    Types,
    /// That of a group that isn't divided.
    Group(&'p Part<'p>),
    /// That of the types that several pieces of a group need.
    Shared(&'p Part<'p>),
    /// A piece of a group, by its index.
    Piece(&'p Part<'p>, usize),
}

impl<'a> Part<'a> {
    /// The crate's name in Rust.
    pub fn rust_name(&self) -> String {
        rust_name(&self.name)
    }

    fn new(feature: &'a Feature, group: &'a Ident, name: String) -> Self {
        Self { name, group, feature: &feature.name, pieces: None }
    }
}

impl<'a> Parts<'a> {
    /// The parts of the crate `package`, with groups of more than `most` operations divided.
    pub(super) fn new(api: &'a Api, package: &Package, most: usize) -> Self {
        let types = cargo_name(&package.name, TYPES);
        let others = package.dependencies.iter().map(|(name, _)| name.as_str()).chain([RUNTIME]);
        let mut taken: BTreeSet<String> = others.chain([types.as_str()]).map(str::to_owned).collect();
        let mut take = |wanted: &str, of: &str| {
            let mut name = cargo_name(&package.name, wanted);
            while !taken.insert(name.clone()) {
                name = cargo_name(&name, &hash(of));
            }
            name
        };
        let groups = api.features.iter().filter_map(|feature| Some((feature, feature.group.as_ref()?)));
        let mut groups: Vec<Part<'a>> = groups
            .map(|(feature, group)| Part::new(feature, group, take(&feature.name, &feature.name)))
            .collect();
        groups.sort_by_key(|part| part.group);
        let mut found =
            Self { types, groups: Vec::new(), models: HashMap::new(), operations: HashMap::new() };
        for (index, mut part) in groups.into_iter().enumerate() {
            let operations =
                api.operations.iter().filter(|operation| operation.group.first() == Some(part.group));
            let operations: Vec<&Operation> = operations.collect();
            let pieces = pieces::divide(&operations, most);
            for (piece, number) in pieces.iter().zip(0..) {
                let placed = piece.operations.iter().map(|at| operations[*at]);
                found.operations.extend(placed.map(|operation| (key(operation), number)));
            }
            let own = api.models.iter().filter(|model| model.features == [part.feature]).collect::<Vec<_>>();
            let shares = shares::of(&own, &operations, &pieces);
            let is_any_shared = shares.contains(&None);
            for (model, piece) in own.into_iter().zip(shares) {
                found.models.insert(&model.file, Place { group: index, piece });
            }
            if !pieces.is_empty() {
                let mut take = |piece: &str| take(&format!("{}-{piece}", part.feature), piece);
                let shared = is_any_shared.then(|| take(TYPES));
                part.pieces =
                    Some(Pieces { shared, each: pieces.iter().map(|piece| take(&piece.name)).collect() });
            }
            found.groups.push(part);
        }
        found
    }

    /// The part that has the operations of the group `name`; none if the crate that re-exports the others has them.
    pub fn of_group(&self, name: &str) -> Option<&Part<'a>> {
        let found = self.groups.binary_search_by(|part| part.group.as_str().cmp(name));
        found.ok().map(|index| &self.groups[index])
    }

    /// The crate that has the operation; none if it is the one that re-exports the others.
    pub fn of_operation(&self, operation: &Operation) -> Option<Member<'_>> {
        let part = self.of_group(operation.group.first()?)?;
        let piece = self.operations.get(&key(operation));
        Some(piece.map_or(Member::Group(part), |piece| Member::Piece(part, *piece)))
    }

    /// The crate that has the model.
    pub fn of_model(&self, model: &Model) -> Member<'_> {
        let Some(place) = self.models.get(&model.file) else { return Member::Types };
        let part = &self.groups[place.group];
        match place.piece {
            _ if part.pieces.is_none() => Member::Group(part),
            None => Member::Shared(part),
            Some(piece) => Member::Piece(part, piece),
        }
    }

    /// The name of the package.
    pub fn name<'p>(&'p self, member: Member<'p>) -> &'p str {
        let pieces = |part: &'p Part<'p>| part.pieces.as_ref();
        let found = match member {
            Member::Types => Some(&self.types),
            Member::Group(part) => Some(&part.name),
            Member::Shared(part) => pieces(part).and_then(|pieces| pieces.shared.as_ref()),
            Member::Piece(part, index) => pieces(part).and_then(|pieces| pieces.each.get(index)),
        };
        found.map_or("", String::as_str)
    }

    /// The crate's name in Rust with the types.
    pub fn rust_types(&self) -> String {
        rust_name(&self.types)
    }
}

/// What no other operation has.
fn key(operation: &Operation) -> (&[Ident], &Ident) {
    (&operation.group, &operation.name)
}

/// What follows the package's name in that of the types.
const TYPES: &str = "types";

/// The name in Rust of the crate of a package.
pub(crate) fn rust_name(package: &str) -> String {
    package.replace('-', "_")
}

/// Reports what keeps a document from being divided as the settings ask.
pub(super) fn check(api: &Api, settings: &Settings, diagnostics: &mut Diagnostics) {
    if settings.crate_per == CratePer::Document {
        return;
    }
    let place = settings.place(&["crate_per"]);
    if settings.runtime == Runtime::Embedded {
        let message = "a runtime that is embedded can't be shared by the crates of groups";
        let help = "Remove `runtime: embedded`, or `crate_per: group`.";
        diagnostics.report(&codes::EMBEDDED_IN_PARTS, &settings.place(&["runtime"]), message, help);
    }
    if api.operations.iter().all(|operation| operation.group.is_empty()) {
        let message = "no operation is in a group, so there is no crate of a group";
        let help = "Give operations tags, or groups by `names` in the settings.";
        diagnostics.report(&codes::NO_GROUPS, &place, message, help);
    }
}
