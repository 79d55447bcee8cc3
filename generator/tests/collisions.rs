//! Documents whose names collide in every pair of kinds: each scope of the crate has each name once, and what is printed is
//! Rust. `cargo xtask collisions` compiles crates of such documents.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

#[path = "collisions/documents.rs"]
mod documents;
mod sources;

use std::collections::BTreeSet;

use documents::{Drawn, draw};
use openapi_generator::api::{Api, Ident, TypeKind};
use openapi_generator::diagnostics::{Diagnostics, Printing, Severity, codes};
use openapi_generator::print::{self, SourceFile};
use openapi_generator::rust::{Builder, Collection, Crate, Subject, Type};
use openapi_generator::settings::Settings;
use openapi_generator::source::{self, Selection};
use openapi_generator::{Package, api_of};
use rayon::prelude::*;

const DOCUMENTS: u64 = 100;

/// The names of one scope; a problem if one is there twice or isn't an identifier.
fn distinct<'a>(scope: &str, names: impl IntoIterator<Item = &'a Ident>) -> Result<(), String> {
    let mut seen = BTreeSet::new();
    for name in names {
        if !name.is_settled() {
            return Err(format!("{scope}: {name:?} isn't settled"));
        }
        if syn::parse_str::<syn::Ident>(name).is_err() {
            return Err(format!("{scope}: `{name}` is no identifier"));
        }
        if !seen.insert(name.bare()) {
            return Err(format!("{scope}: `{name}` twice"));
        }
    }
    Ok(())
}

fn errors(diagnostics: &Diagnostics) -> impl Iterator<Item = &str> {
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.severity() == Severity::Error);
    errors.map(|diagnostic| diagnostic.code.id)
}

fn api(drawn: &Drawn) -> Result<Api, String> {
    let text = drawn.document.to_string();
    let settings = Settings::parse(&drawn.settings.to_string()).map_err(|error| format!("{error:?}"))?;
    let mut diagnostics = Diagnostics::default();
    let api = source::load_text(text.as_bytes(), &Selection::default(), &mut diagnostics)
        .map(|document| api_of(&document, &settings, &mut diagnostics));
    match api {
        // What the settings call something can be taken: that is said, and left out.
        Some(api) if errors(&diagnostics).all(|code| code == codes::INVALID_MODIFICATION.id) => Ok(api),
        _ => Err(diagnostics.render_text(text.as_bytes(), Printing::default())),
    }
}

/// What the types hold.
fn types(krate: &Crate<'_>) -> Result<(), String> {
    let all = || krate.models.iter().flat_map(|file| &file.types);
    distinct("models", all().map(|ty| &ty.definition.name))?;
    let folded: BTreeSet<String> = all().map(|ty| ty.definition.name.to_lowercase()).collect();
    if folded.len() != all().count() {
        return Err("two types differ in case alone".to_owned());
    }
    distinct("files of models", krate.models.iter().map(|file| &file.model.file))?;
    for Type { definition, required, setters, alternatives, has_new: _ } in all() {
        let scope = &definition.name;
        match &definition.kind {
            TypeKind::Object(object) => {
                let fields = object.properties.iter().map(|property| &property.field);
                distinct(scope, fields.chain([&object.additional_field]))?;
            }
            TypeKind::Enum(listed) => {
                let variants = listed.values.iter().map(|value| &value.variant);
                distinct(scope, variants.chain([&listed.unknown]))?;
            }
            TypeKind::Union(union) => {
                let variants = union.variants.iter().map(|variant| &variant.variant);
                distinct(scope, variants.chain([&union.unknown]))?;
            }
            TypeKind::Alias(_) => {}
        }
        distinct(scope, alternatives.iter().flat_map(|each| [&each.tells, &each.borrows, &each.takes]))?;
        distinct(scope, required.iter().map(|property| &property.field))?;
        distinct(
            scope,
            setters.iter().flat_map(|setter| methods(&setter.name, &setter.null, &setter.collection)),
        )?;
    }
    Ok(())
}

/// The methods that set one thing.
fn methods<'a>(
    name: &'a Ident,
    null: &'a Option<Ident>,
    collection: &'a Option<Collection>,
) -> impl Iterator<Item = &'a Ident> {
    let adds = collection.iter().map(|collection| &collection.adds);
    [name].into_iter().chain(null).chain(adds)
}

/// What is called on a builder, and what starts it.
fn builder(builder: &Builder<'_>) -> Result<(), String> {
    let scope = builder.path(&builder.operation.type_name);
    distinct(&scope, builder.arguments.iter().map(|argument| &argument.name))?;
    let setters =
        builder.setters.iter().flat_map(|setter| methods(&setter.name, &setter.null, &setter.collection));
    let streams = builder.paging.iter().flat_map(|paging| [&paging.pages, &paging.items]);
    let whole = builder.body.iter().map(|body| &body.name);
    let choosers = builder.choosers.iter().map(|(name, _)| name);
    let poll = builder.polling.iter().map(|polling| &polling.poll);
    distinct(&scope, setters.chain(streams).chain(poll).chain(whole).chain(choosers))?;
    let kept = builder.setters.iter().chain(&builder.arguments);
    let kept = kept.filter(|kept| matches!(kept.subject, Subject::Parameter(_) | Subject::File(_)));
    distinct(&scope, kept.map(|kept| &kept.name))?;
    for form in &builder.file_forms {
        distinct(&form.name, form.files.iter().map(|file| &file.field))?;
        distinct(&form.name, form.files.iter().filter_map(|file| file.setter.as_ref()))?;
    }
    if let Some(names) = &builder.modification {
        let required = builder.required_parameters().map(|parameter| &parameter.field);
        distinct(&scope, required.chain([&names.change]))?;
    }
    let Some(shortcuts) = &builder.shortcuts else { return Ok(()) };
    let arguments = shortcuts.arguments.iter().map(|(name, _)| name);
    distinct(&scope, arguments.chain([&shortcuts.tag_argument]))?;
    let setters = shortcuts.setters.iter().flat_map(|setter| [Some(&setter.name), setter.null.as_ref()]);
    distinct(&shortcuts.builder, setters.flatten().chain([&shortcuts.setter]))?;
    let functions = shortcuts.functions.iter().map(|shortcut| &shortcut.name);
    distinct(&scope, functions.chain([&shortcuts.helper, &builder.operation.name]))
}

/// What all files hold: names, and where the files are.
fn files(files: &[SourceFile], krate: &Crate<'_>) -> Result<(), String> {
    let mut paths = BTreeSet::new();
    for file in files {
        if !paths.insert(file.path.to_lowercase()) {
            return Err(format!("{} twice", file.path));
        }
        if file.text.contains("compile_error!") && !file.path.starts_with("src/runtime/") {
            return Err(format!("{} has an item that can't be printed", file.path));
        }
    }
    let (printed, listed) = (sources::printed(files)?, sources::listed(krate));
    if printed == listed {
        return Ok(());
    }
    Err(format!("printed alone: {:#?}, listed alone: {:#?}", &printed - &listed, &listed - &printed))
}

fn check(drawn: &Drawn) -> Result<[usize; 4], String> {
    let api = api(drawn)?;
    let krate = Crate::new(&api, Package::new("drawn"));
    types(&krate)?;
    let mut modules = BTreeSet::new();
    for made in &krate.builders {
        builder(made)?;
        let place = [made.module_path(), made.operation.file.to_lowercase()].join("::");
        if !modules.insert(place.clone()) {
            return Err(format!("{place} twice"));
        }
    }
    for server in &krate.servers {
        distinct(&server.function, server.declared.variables.iter().map(|variable| &variable.name))?;
    }
    let features: BTreeSet<&str> = api.features.iter().map(|feature| feature.name.as_str()).collect();
    if features.len() != api.features.len() || features.contains("client") {
        return Err(format!("features: {features:?}"));
    }
    let printed = print::print(&krate).map_err(|error| error.to_string())?;
    files(&printed, &krate)?;
    let found = |has: fn(&Builder<'_>) -> bool| krate.builders.iter().filter(|builder| has(builder)).count();
    Ok([
        found(|builder| builder.shortcuts.is_some()),
        found(|builder| !builder.paging.is_empty()),
        found(|builder| builder.modification.is_some()),
        api.features.len(),
    ])
}

#[test]
fn every_name_of_a_scope_is_there_once() {
    let checked: Vec<_> = (0..DOCUMENTS).into_par_iter().map(|seed| (seed, check(&draw(seed)))).collect();
    let (mut found, mut problems) = ([0; 4], Vec::new());
    for (seed, checked) in checked {
        match checked {
            Ok(of_one) => found.iter_mut().zip(of_one).for_each(|(sum, count)| *sum += count),
            Err(problem) => problems.push((seed, problem)),
        }
    }
    if let Some((seed, _)) = problems.first() {
        let Drawn { document, settings } = draw(*seed);
        let told: Vec<String> =
            problems.iter().take(10).map(|(seed, problem)| format!("seed {seed}: {problem}")).collect();
        panic!("{} failed\n{}\n{document}\n{settings}", problems.len(), told.join("\n"));
    }
    assert!(found.iter().all(|&count| count > 30), "shortcuts, lists, updates and features: {found:?}");
}
