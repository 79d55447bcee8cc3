//! A crate for each group of operations: which there are, what they are called, and which of them a model is in. The
//! operations of a group use no others (`plan/paths.rs`), so no such crate depends on another.

use std::collections::BTreeSet;

use super::names::{cargo_name, hash};
use super::package::{Package, RUNTIME};
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
}

impl Part<'_> {
    /// The crate's name in Rust.
    pub fn rust_name(&self) -> String {
        rust_name(&self.name)
    }
}

impl<'a> Parts<'a> {
    /// The parts of the crate `package`.
    pub(super) fn new(api: &'a Api, package: &Package) -> Self {
        let types = cargo_name(&package.name, TYPES);
        let others = package.dependencies.iter().map(|(name, _)| name.as_str()).chain([RUNTIME]);
        let mut taken: BTreeSet<String> = others.chain([types.as_str()]).map(str::to_owned).collect();
        let mut part = |(feature, group): (&'a Feature, &'a Ident)| {
            let mut name = cargo_name(&package.name, &feature.name);
            while !taken.insert(name.clone()) {
                name = cargo_name(&name, &hash(&feature.name));
            }
            Part { name, group, feature: &feature.name }
        };
        let groups = api.features.iter().filter_map(|feature| Some((feature, feature.group.as_ref()?)));
        let mut groups: Vec<Part<'a>> = groups.map(&mut part).collect();
        groups.sort_by_key(|part| part.group);
        Self { types, groups }
    }

    /// The part that has the operations of the group `name`; none if the crate that re-exports the others has them.
    pub fn of_group(&self, name: &str) -> Option<&Part<'a>> {
        let found = self.groups.binary_search_by(|part| part.group.as_str().cmp(name));
        found.ok().map(|index| &self.groups[index])
    }

    /// The part that has the operation; none if the crate that re-exports the others has it.
    pub fn of_operation(&self, operation: &Operation) -> Option<&Part<'a>> {
        self.of_group(operation.group.first()?)
    }

    /// The part whose operations alone need the model; none if it is among the types.
    pub fn of_model(&self, model: &Model) -> Option<&Part<'a>> {
        let [only] = &model.features[..] else { return None };
        self.groups.iter().find(|part| part.feature == only)
    }

    /// The crate's name in Rust with the types.
    pub fn rust_types(&self) -> String {
        rust_name(&self.types)
    }
}

/// What follows the package's name in that of the types.
const TYPES: &str = "types";

fn rust_name(package: &str) -> String {
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
