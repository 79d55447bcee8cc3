//! [`Api`] to [`Crate`]: everything that callers of the client can see, before any of it is printed.
//!
//! All names are settled here, by one table (`names/table.rs`), so collisions are found once. A public method is made in one
//! place: the sources, the reference, the examples and the diff all read it from here.

mod alternatives;
mod attributes;
mod bodies;
mod builders;
mod collections;
mod events;
mod features;
mod headers;
mod index;
mod items;
mod metadata;
mod models;
mod modifications;
mod names;
mod origin;
mod outcomes;
mod package;
mod paging;
mod parts;
mod paths;
mod pieces;
mod polling;
mod recursion_limit;
mod servers;
mod shares;
mod shortcuts;
#[cfg(test)]
mod tests;
mod types;

use rayon::prelude::*;

use crate::api::{Api, Ident, Operation, Server};
use crate::diagnostics::Diagnostics;
use crate::settings::{CratePer, Settings};
pub use alternatives::Alternative;
pub(crate) use alternatives::{first_converting, payload};
pub use bodies::{BodyForm, File, FileForm};
pub use builders::{Builder, Setting, Subject};
pub use collections::{Collection, Gathered, Markers, Passed};
pub use events::EventModule;
pub(crate) use events::SIGNATURES;
pub(crate) use headers::declared_headers;
pub(crate) use index::Index;
pub(crate) use items::models::{additional_type, derives_of_enum, derives_of_object};
pub use items::{Argument, Item, Key, What};
pub(crate) use items::{item_path, parameter_part, words};
pub(crate) use metadata::RUST_VERSION;
pub use models::{ModelFile, PropertySetter, Type};
pub use modifications::Names as ModificationNames;
use names::Scope;
pub use origin::{Group, Origin, Part};
pub(crate) use origin::{call, status_word};
pub use outcomes::{Accepting, Outcome, StreamMethod, Success};
pub use package::{Package, RUNTIME, RUNTIME_VERSION, RuntimeSource, path_between, resolved};
pub use paging::PagingMethods;
pub(crate) use parts::rust_name;
pub use parts::{Member, Part as GroupCrate, Parts, Pieces};
pub(crate) use paths::{Holder, Step};
pub use polling::PollingMethod;
pub use servers::ServerFunction;
pub use shortcuts::{Shortcut, Shortcuts};
pub(crate) use types::field as field_type;
pub use types::rust as rust_type;

/// A client crate: its name, and what callers see of it.
#[derive(Debug)]
pub struct Crate<'a> {
    /// Its name, and where it takes its runtime from.
    pub package: Package,
    /// What it is made from.
    pub api: &'a Api,
    /// The files of models, sorted by file.
    pub models: Vec<ModelFile<'a>>,
    /// The builder of each operation, sorted by module and name.
    pub builders: Vec<Builder<'a>>,
    /// The functions of the service's servers, and then those of the servers of operations.
    pub servers: Vec<ServerFunction<'a>>,
    /// The modules of events: webhooks, then callbacks.
    pub events: Vec<EventModule<'a>>,
    /// How deep the compiler must look into its types, if that is deeper than it does by default.
    pub recursion_limit: Option<usize>,
    /// The crates that it is divided into, if it is.
    pub parts: Option<Parts<'a>>,
    pub(crate) index: Index<'a>,
}

/// Settles all names of `api`, and which cargo features compile what.
pub fn settle(api: &mut Api, settings: &Settings, diagnostics: &mut Diagnostics) {
    package::check_dependencies(settings, diagnostics);
    metadata::check(settings, diagnostics);
    names::settle(api, settings, diagnostics);
    attributes::find_hash(api);
    attributes::give(api, settings, diagnostics);
    modifications::check(api, diagnostics);
    parts::check(api, settings, diagnostics);
    let mut found = features::of_groups(&api.operations, settings.crate_per);
    found.extend(features::of_events(&found, &api.events));
    features::of_alternatives(&mut api.models, &mut found, settings, diagnostics);
    features::assign(api, found);
}

impl<'a> Crate<'a> {
    /// The crate for an [`Api`] whose names are settled.
    pub fn new(api: &'a Api, package: Package) -> Self {
        let index = Index::new(api);
        let parts = (package.crate_per == CratePer::Group)
            .then(|| Parts::new(api, &package, pieces::MOST_OPERATIONS));
        let models = || api.models.par_iter().map(|model| ModelFile::new(model, &index)).collect();
        let rest = || (builders(api, &index), recursion_limit::limit(api));
        let (models, (builders, recursion_limit)) = rayon::join(models, rest);
        Self {
            package,
            api,
            parts,
            builders,
            models,
            servers: ServerFunction::all(api),
            events: EventModule::all(api),
            recursion_limit,
            index,
        }
    }

    /// The function that returns the URL of a server.
    pub fn server_function(&self, server: &Server) -> Option<&Ident> {
        let found = self.servers.iter().find(|function| function.declared.is_like(server));
        found.map(|function| &function.function)
    }

    /// The crate's name in Rust.
    pub fn rust_name(&self) -> String {
        self.package.name.replace('-', "_")
    }
}

/// The builders of all operations, module by module: those of one share the names of its functions.
fn builders<'a>(api: &'a Api, index: &Index<'a>) -> Vec<Builder<'a>> {
    let modules: Vec<&[Operation]> = api.operations.chunk_by(|one, other| one.group == other.group).collect();
    let of_module = |operations: &&'a [Operation]| {
        let mut functions = functions(operations);
        operations.iter().map(move |operation| Builder::new(operation, index, &mut functions))
    };
    modules.par_iter().flat_map_iter(of_module).collect()
}

/// The functions of a module whose names are settled.
fn functions(operations: &[Operation]) -> Scope {
    let mut scope = Scope::default();
    for operation in operations {
        scope.reserve(&operation.name);
        let modification = operation.modification.as_ref().map(modifications::function);
        modification.iter().for_each(|name| scope.reserve(name));
    }
    scope
}
