//! The client crate on data: what callers see of small documents.

mod builders;
mod items;
mod names;
mod pieces;
mod recursion_limit;
mod renames;

use super::{Builder, Crate};
use crate::api::Api;
use crate::diagnostics::{Diagnostics, Printing};
use crate::settings::Settings;
use crate::source::{self, Selection};

/// What a document that begins after `info` offers, all of its components among it.
fn api(document: &str, settings: &str) -> Api {
    let text = format!("openapi: 3.1.0\ninfo: {{title: Small, version: '1'}}\n{document}");
    let mut diagnostics = Diagnostics::default();
    let settings = Settings::parse(&format!("schemas: all\n{settings}")).unwrap();
    let loaded = source::load_text(text.as_bytes(), &Selection::default(), &mut diagnostics);
    let api = loaded.map(|document| crate::api_of(&document, &settings, &mut diagnostics));
    let told = diagnostics.render_text(text.as_bytes(), Printing::default());
    assert!(!diagnostics.has_errors(), "{told}");
    api.unwrap()
}

/// The names of a builder's setters, and of those that send null.
fn setters(builder: &Builder<'_>) -> Vec<String> {
    let setters = builder.setters.iter().cloned();
    setters
        .flat_map(|setter| [Some(setter.name), setter.null])
        .flatten()
        .map(|name| name.to_string())
        .collect()
}

/// The setters of the struct called `name`, and those that send null.
fn model_setters(krate: &Crate<'_>, name: &str) -> Vec<String> {
    let types = krate.models.iter().flat_map(|file| &file.types);
    let ty = types.into_iter().find(|ty| ty.definition.name == name).unwrap();
    let setters = ty.setters.iter();
    setters
        .flat_map(|setter| [Some(setter.name.clone()), setter.null.clone()])
        .flatten()
        .map(|name| name.to_string())
        .collect()
}
