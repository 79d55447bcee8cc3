//! Cargo features: one for each group of operations of a large crate, and those that the settings declare for
//! alternatives of unions, so that users compile only what they need.

use std::collections::{BTreeMap, BTreeSet};

use super::names::{hash, unique};
use crate::api::{
    Additional, Api, Events, Feature, Ident, Model, Operation, Tagging, TypeDef, TypeKind, TypeRef, Union,
};
use crate::diagnostics::{Diagnostics, codes};
use crate::settings::{CratePer, Family, Settings};

/// Crates with fewer operations compile quickly as a whole.
const MANY_OPERATIONS: usize = 64;
/// Feature names that every generated crate uses itself.
const RESERVED: &[&str] = &[
    "default",
    "client",
    "reqwest",
    "rustls",
    "rustls-ring",
    "native-tls",
    "http2",
    "socks",
    "gzip",
    "brotli",
    "zstd",
    "blocking",
    "tower",
    "tracing",
    "testing",
    "test-util",
    EVENTS,
];

/// The feature of the events; no module has a name like it.
const EVENTS: &str = "webhook-events";

/// The features of the groups of operations, if there are many operations or each group is a crate.
pub(super) fn of_groups(operations: &[Operation], crate_per: CratePer) -> Vec<Feature> {
    let groups: BTreeSet<&Ident> =
        operations.iter().filter_map(|operation| operation.group.first()).collect();
    let is_worth_it = operations.len() >= MANY_OPERATIONS && groups.len() >= 2;
    if !is_worth_it && crate_per == CratePer::Document {
        return Vec::new();
    }
    let feature = |group: &Ident| {
        let reserved = RESERVED.contains(&group.as_str()) || !group.is_ascii();
        let name = if reserved { format!("group_{}", hash(group)) } else { group.to_string() };
        Feature { name, group: Some(group.clone()), events: false, alternatives: Vec::new() }
    };
    groups.into_iter().map(feature).collect()
}

/// The feature of the events, where groups of operations have features.
pub(super) fn of_events(groups: &[Feature], events: &[Events]) -> Option<Feature> {
    let is_wanted = !groups.is_empty() && !events.is_empty();
    is_wanted.then(|| Feature {
        name: EVENTS.to_owned(),
        group: None,
        events: true,
        alternatives: Vec::new(),
    })
}

/// Gives each alternative in the settings its feature, and adds these features to those of groups.
pub(super) fn of_alternatives(
    models: &mut [Model],
    features: &mut Vec<Feature>,
    settings: &Settings,
    diagnostics: &mut Diagnostics,
) {
    for (index, family) in settings.features.iter().enumerate() {
        let mut types = models.iter_mut().flat_map(|model| &mut model.types);
        let union = types.find(|definition| definition.name == *family.union);
        let given = check_name(&family.feature, features)
            .and_then(|()| union.ok_or_else(|| format!("there is no type `{}`", family.union)))
            .and_then(|union| give(family, union));
        match given {
            Ok(()) => add(features, family),
            Err(problem) => {
                let message = format!("`features[{index}]` in the settings is invalid: {problem}");
                let place = settings.place(&["features", &index.to_string()]);
                let help = "Correct the entry, or remove it.";
                diagnostics.report(&codes::INVALID_FEATURE, &place, message, help);
            }
        }
    }
}

/// Checks that cargo accepts the name, in a manifest and on the command line.
fn check_name(name: &str, features: &[Feature]) -> Result<(), String> {
    let first = name.bytes().next().is_some_and(|byte| byte.is_ascii_alphabetic());
    let rest = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    if !first || !rest {
        return Err(format!(
            "{name:?} isn't a valid feature name: it must start with a letter, followed by letters, digits, `-` and `_`"
        ));
    }
    if RESERVED.contains(&name) {
        return Err(format!("the feature name `{name}` is reserved"));
    }
    if features.iter().any(|feature| feature.name == name && feature.group.is_some()) {
        return Err(format!("`{name}` is already the feature of a group of operations"));
    }
    Ok(())
}

/// Gives the alternatives of `family` its feature.
fn give(family: &Family, definition: &mut TypeDef) -> Result<(), String> {
    let name = &definition.name;
    let TypeKind::Union(Union { tagging: Tagging::Discriminated, variants, .. }) = &mut definition.kind
    else {
        return Err(format!("`{name}` isn't a union that is selected by a property beside it"));
    };
    for tag in &family.alternatives {
        let Some(variant) = variants.iter_mut().find(|variant| variant.tags.contains(tag)) else {
            return Err(format!("`{name}` has no alternative {tag:?}"));
        };
        if let Some(other) = &variant.feature {
            return Err(format!("the alternative {tag:?} already has the feature `{other}`"));
        }
        variant.feature = Some(family.feature.clone());
    }
    Ok(())
}

/// Adds the feature of `family`, or what it compiles to the one of that name.
fn add(features: &mut Vec<Feature>, family: &Family) {
    let alternatives = (unique(&family.union), family.alternatives.clone());
    match features.iter_mut().find(|feature| feature.name == family.feature) {
        Some(feature) => feature.alternatives.push(alternatives),
        None => features.push(Feature {
            name: family.feature.clone(),
            group: None,
            events: false,
            alternatives: vec![alternatives],
        }),
    }
}

/// Gives the crate its features, and each model those that reach it.
pub(super) fn assign(api: &mut Api, mut features: Vec<Feature>) {
    if features.is_empty() {
        return;
    }
    features.sort_by(|a, b| a.name.cmp(&b.name));
    api.features = features;
    let needed = Reach::new(api).features();
    for (model, needed) in api.models.iter_mut().zip(needed) {
        model.features = needed.unwrap_or_default().into_iter().collect();
    }
}

/// What compiles a model: any of these features, or always.
type Needed = Option<BTreeSet<String>>;

/// Which models reach which. A model's file is compiled as a whole.
struct Reach {
    /// The files that each file mentions whatever the features are.
    edges: Vec<BTreeSet<usize>>,
    /// The files that are needed with a feature, or always.
    roots: BTreeMap<Option<String>, BTreeSet<usize>>,
    /// The features of groups. What all of them reach is always compiled.
    groups: BTreeSet<String>,
}

impl Reach {
    fn new(api: &Api) -> Self {
        let file_of: BTreeMap<&Ident, usize> = api
            .models
            .iter()
            .enumerate()
            .flat_map(|(file, model)| model.types.iter().map(move |definition| (&definition.name, file)))
            .collect();
        let files = |names: BTreeSet<&Ident>| -> BTreeSet<usize> {
            names.into_iter().filter_map(|name| file_of.get(name).copied()).collect()
        };
        let edges = api.models.iter().map(|model| files(model.types.iter().flat_map(mentioned).collect()));
        let mut roots: BTreeMap<Option<String>, BTreeSet<usize>> = BTreeMap::new();
        for operation in &api.operations {
            let feature = api.feature_of(&operation.group).map(str::to_owned);
            roots.entry(feature).or_default().extend(files(used(operation)));
        }
        for definition in api.models.iter().flat_map(|model| &model.types) {
            let TypeKind::Union(union) = &definition.kind else { continue };
            for variant in union.variants.iter().filter(|variant| variant.feature.is_some()) {
                let mut payload = BTreeSet::new();
                names(&variant.ty, &mut payload);
                roots.entry(variant.feature.clone()).or_default().extend(files(payload));
            }
        }
        let mut of_events = BTreeSet::new();
        api.events.iter().for_each(|events| events.visit_types(&mut |ty| of_events.extend(name(ty))));
        let feature = api.feature_of_events().map(str::to_owned);
        roots.entry(feature).or_default().extend(files(of_events));
        let mut error_body = BTreeSet::new();
        api.facts.error_body.iter().for_each(|ty| names(ty, &mut error_body));
        roots.entry(None).or_default().extend(files(error_body));
        let groups = api.features.iter().filter(|feature| feature.group.is_some());
        Self { edges: edges.collect(), roots, groups: groups.map(|feature| feature.name.clone()).collect() }
    }

    /// What compiles each model.
    fn features(&self) -> Vec<Needed> {
        let mut reached: Vec<BTreeSet<Option<String>>> = vec![BTreeSet::new(); self.edges.len()];
        for (feature, files) in &self.roots {
            self.walk(feature.as_ref(), files.clone(), &mut reached);
        }
        let mut unreached: Vec<usize> = (0..reached.len()).filter(|file| reached[*file].is_empty()).collect();
        let mut needed: Vec<Needed> = reached.iter().map(|features| self.needed(features)).collect();
        // What no operation reaches, such as a schema that others only merge, is compiled with what it mentions.
        while self.narrow(&unreached, &mut needed) {}
        // If no feature compiles all of that, it is always compiled.
        unreached.retain(|file| needed[*file].as_ref().is_some_and(BTreeSet::is_empty));
        if !unreached.is_empty() {
            self.walk(None, unreached.into_iter().collect(), &mut reached);
            for (needed, reached) in needed.iter_mut().zip(&reached) {
                if reached.contains(&None) {
                    *needed = None;
                }
            }
        }
        needed
    }

    fn walk(
        &self,
        feature: Option<&String>,
        mut queue: BTreeSet<usize>,
        reached: &mut [BTreeSet<Option<String>>],
    ) {
        while let Some(file) = queue.pop_first() {
            if reached[file].insert(feature.cloned()) {
                queue.extend(&self.edges[file]);
            }
        }
    }

    fn needed(&self, reached: &BTreeSet<Option<String>>) -> Needed {
        let features: Option<BTreeSet<String>> = reached.iter().cloned().collect();
        let by_all = |features: &BTreeSet<String>| {
            features.is_empty() || !self.groups.is_empty() && self.groups.is_subset(features)
        };
        features.filter(|features| !by_all(features))
    }

    /// Removes from each of `files` the features that don't compile everything it mentions; returns whether there
    /// were any.
    fn narrow(&self, files: &[usize], needed: &mut [Needed]) -> bool {
        let mut narrowed = false;
        for file in files {
            for mentioned in &self.edges[*file] {
                let Some(others) = needed[*mentioned].clone() else { continue };
                let both = match &needed[*file] {
                    Some(own) => own.intersection(&others).cloned().collect(),
                    None => others,
                };
                narrowed |= needed[*file].as_ref() != Some(&both);
                needed[*file] = Some(both);
            }
        }
        narrowed
    }
}

/// The types that the operation has.
pub(super) fn used(operation: &Operation) -> BTreeSet<&Ident> {
    let mut found = BTreeSet::new();
    operation.visit_types(&mut |ty| found.extend(name(ty)));
    found
}

/// The types that the definition mentions whatever the features are.
pub(super) fn mentioned(definition: &TypeDef) -> BTreeSet<&Ident> {
    let mut found = BTreeSet::new();
    match &definition.kind {
        TypeKind::Object(object) => {
            object.properties.iter().for_each(|property| names(&property.ty, &mut found));
            if let Additional::Typed(ty, _) = &object.additional {
                names(ty, &mut found);
            }
            found.extend(&object.made_from);
        }
        // Alternatives with a feature have roots of their own.
        TypeKind::Union(union) => {
            let always = union.variants.iter().filter(|variant| variant.feature.is_none());
            always.for_each(|variant| names(&variant.ty, &mut found));
        }
        TypeKind::Alias(alias) => names(&alias.ty, &mut found),
        TypeKind::Enum(_) => {}
    }
    found
}

fn names<'a>(ty: &'a TypeRef, found: &mut BTreeSet<&'a Ident>) {
    ty.visit(&mut |ty| found.extend(name(ty)));
}

fn name(ty: &TypeRef) -> Option<&Ident> {
    if let TypeRef::Named(name) = ty { Some(name) } else { None }
}
