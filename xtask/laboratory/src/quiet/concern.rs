//! Which types and operations an edit concerns, determined by the edited place alone and not by the generated
//! files.

use std::collections::BTreeSet;

use openapi_generator::api::{Additional, Api, Operation, TypeDef, TypeKind, TypeRef};
use openapi_generator::rust::Crate;
use openapi_generator::{Package, print};

use super::reach;

/// What an edit concerns.
#[derive(Debug, Default)]
pub struct Concern {
    /// Types.
    pub types: BTreeSet<String>,
    /// The paths of the operations' files.
    pub operations: BTreeSet<String>,
    /// The names by which lines elsewhere mention additions and removals: modules, functions, operations'
    /// paths and builders.
    pub words: BTreeSet<String>,
    /// The number of types that requests or responses can now contain and couldn't before, or the reverse, or
    /// that are now converted from the output of another operation.
    pub turned: usize,
    /// Whether the edit concerns the service as a whole: title, servers, security schemes, features, secret
    /// names.
    pub service: bool,
    /// The cargo features with which values of formats convert, before and after.
    pub features: [BTreeSet<String>; 2],
    /// Whether the edit concerns an operation that the crate's front page shows.
    pub shown: bool,
}

/// What an edit of `places` concerns.
///
/// It concerns the innermost type at the place, the types whose layout includes the place (`allOf` repeats
/// properties), the types that exist only before or only after the edit, or that a request or a response can
/// contain only before or only after it, the types that contain one of these, and those that are converted
/// from one. It also concerns the operation that contains the place, and those that take or return such a
/// type.
pub fn concern(old: &Api, new: &Api, places: &[String]) -> Concern {
    let mut concern = Concern::default();
    for (api, other) in [(old, new), (new, old)] {
        for definition in types(api) {
            let at = |place: &String| is_at(definition, api, place) || is_laid_out_from(definition, place);
            let own = places.iter().any(at);
            let sides = (definition.in_request, definition.in_response);
            let other = other.find_type(&definition.name);
            let turned = other.is_some_and(|other| (other.in_request, other.in_response) != sides);
            concern.turned += usize::from(turned && std::ptr::eq(api, new));
            if own || turned || other.is_none() {
                concern.types.insert(definition.name.to_string());
            }
        }
    }
    concern.types = with_holders(old, new, concern.types);
    let retagged = reach::retagged(old, new, &concern.types);
    concern.turned += retagged.len();
    concern.types.extend(with_holders(old, new, retagged));
    for api in [old, new] {
        let converted = types(api).filter(|definition| match &definition.kind {
            TypeKind::Object(object) => {
                concern.types.contains(definition.name.as_str())
                    || object.made_from.iter().any(|source| concern.types.contains(source.as_str()))
            }
            _ => false,
        });
        let converted: Vec<String> = converted.map(|definition| definition.name.to_string()).collect();
        concern.types.extend(converted);
    }
    places.iter().for_each(|place| concern.operations(old, new, place));
    concern.operations.extend(reach::reading_otherwise(old, new));
    let converted = converted_otherwise(old, new, &concern);
    concern.turned += converted.len();
    concern.types.extend(converted);
    concern.modules(old, new);
    concern.service = !same_service(old, new);
    concern.features = [old, new].map(reach::conversion_features);
    let crates = [old, new].map(|api| Crate::new(api, Package::new("shown")));
    concern.words.extend(reach::shortcut_words(&crates[0], &crates[1], &concern.operations));
    concern.shown = crates.iter().any(|krate| {
        let shown = print::shown(krate);
        let all = [shown.call, shown.list, shown.work, shown.modification];
        all.into_iter().flatten().any(|builder| concern.operations.contains(&file_of(builder.operation)))
    });
    concern
}

/// The types, and those that contain one, also through an alias.
fn with_holders(old: &Api, new: &Api, mut all: BTreeSet<String>) -> BTreeSet<String> {
    for api in [old, new] {
        // A type that contains an alias contains the aliased type.
        let mut own = all.clone();
        loop {
            let before = own.len();
            for definition in types(api) {
                if matches!(definition.kind, TypeKind::Alias(_)) && !held(definition).is_disjoint(&own) {
                    own.insert(definition.name.to_string());
                }
            }
            if own.len() == before {
                break;
            }
        }
        let holders = types(api).filter(|definition| !held(definition).is_disjoint(&own));
        all.extend(holders.map(|definition| definition.name.to_string()));
        all.extend(own);
    }
    all
}

/// The types whose conversions change because the output of a concerned operation changes.
fn converted_otherwise(old: &Api, new: &Api, concern: &Concern) -> Vec<String> {
    let operations = [old, new].into_iter().flat_map(|api| &api.operations);
    let concerned = operations.filter(|operation| concern.operations.contains(&file_of(operation)));
    let given: BTreeSet<String> = concerned.flat_map(taken_or_given).collect();
    let sources = |api: &Api, name: &str| match api.find_type(name).map(|definition| &definition.kind) {
        Some(TypeKind::Object(object)) => object.made_from.iter().map(ToString::to_string).collect(),
        _ => BTreeSet::new(),
    };
    let names = types(old).map(|definition| &definition.name);
    let differ = names.filter(|name| {
        let (old, new) = (sources(old, name), sources(new, name));
        old.symmetric_difference(&new).any(|source| given.contains(source))
    });
    differ.map(ToString::to_string).collect()
}

impl Concern {
    /// Whether the line of `Cargo.toml` declares a feature that only one side has.
    pub fn declares_feature(&self, line: &str) -> bool {
        let [old, new] = &self.features;
        line.split_once(" = ").is_some_and(|(name, _)| old.contains(name) != new.contains(name))
    }

    /// Whether the line of the front page lists the features of either side, and the sides have different ones.
    pub fn lists_features(&self, line: &str) -> bool {
        let [old, new] = &self.features;
        let listed: BTreeSet<&str> = line.split('`').skip(1).step_by(2).collect();
        let is_list =
            |features: &BTreeSet<String>| features.iter().map(String::as_str).eq(listed.iter().copied());
        old != new && !listed.is_empty() && (is_list(old) || is_list(new))
    }

    fn operations(&mut self, old: &Api, new: &Api, place: &str) {
        for (api, other) in [(old, new), (new, old)] {
            for operation in &api.operations {
                let inside =
                    within(place, &operation.place.pointer) || within(&operation.place.pointer, place);
                // Paths and components are places of their own.
                let parts = operation.parameters.iter().map(|parameter| &parameter.place);
                let replies = operation.successes.iter().chain(&operation.failures);
                let at = parts.chain(replies.map(|reply| &reply.place));
                let shared = at.map(|at| &at.pointer).any(|at| within(place, at) || within(at, place));
                let only_here = !other.operations.iter().any(|other| other == operation);
                let component = place.starts_with("/components/requestBodies/") && only_here;
                let gone = !other.operations.iter().any(|o| file_of(o) == file_of(operation));
                if inside
                    || shared
                    || component
                    || gone
                    || !taken_or_given(operation).is_disjoint(&self.types)
                {
                    self.operations.insert(file_of(operation));
                    self.words.insert(operation.path.clone());
                    self.words.insert(operation.type_name.to_string());
                    self.words.insert(operation.name.to_string());
                }
            }
        }
    }

    /// Modules that exist only before or only after the edit.
    fn modules(&mut self, old: &Api, new: &Api) {
        // A model's module can share its name with a group.
        let modules = |api: &Api| -> BTreeSet<(bool, String)> {
            let operations = api.operations.iter();
            let groups = operations.clone().flat_map(|operation| operation.group.clone());
            let files = groups.chain(operations.map(|operation| operation.file.clone()));
            let models = api.models.iter().map(|model| (true, model.file.to_string()));
            models.chain(files.map(|file| (false, file.to_string()))).collect()
        };
        let (old, new) = (modules(old), modules(new));
        self.words.extend(old.symmetric_difference(&new).map(|(_, name)| name.clone()));
        let types = self.types.clone();
        self.words.extend(types);
    }
}

pub(super) fn types(api: &Api) -> impl Iterator<Item = &TypeDef> {
    api.models.iter().flat_map(|model| &model.types)
}

/// The operation's file.
pub fn file_of(operation: &Operation) -> String {
    let folders: String = operation.group.iter().map(|part| format!("{part}/")).collect();
    format!("src/operations/{folders}{}.rs", operation.file)
}

/// Whether the pointer `inner` equals `outer` or is below it.
fn within(inner: &str, outer: &str) -> bool {
    inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Whether the type is the innermost one that contains `place`.
fn is_at(definition: &TypeDef, api: &Api, place: &str) -> bool {
    let own = &definition.place.pointer;
    within(place, own)
        && !types(api)
            .any(|other| other.place.pointer.len() > own.len() && within(place, &other.place.pointer))
}

/// Whether one of the type's parts is at or below `place`, or directly encloses it.
fn is_laid_out_from(definition: &TypeDef, place: &str) -> bool {
    let TypeKind::Object(object) = &definition.kind else { return false };
    object.properties.iter().any(|property| {
        let at = &property.place.pointer;
        within(place, at) || at.rsplit_once("/properties/").is_some_and(|(owner, _)| owner == place)
    })
}

/// The types that a type contains.
pub(super) fn held(definition: &TypeDef) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    match &definition.kind {
        TypeKind::Object(object) => {
            object.properties.iter().for_each(|property| named(&property.ty, &mut found));
            if let Additional::Typed(ty, _) = &object.additional {
                named(ty, &mut found);
            }
        }
        TypeKind::Union(union) => union.variants.iter().for_each(|variant| named(&variant.ty, &mut found)),
        TypeKind::Alias(alias) => named(&alias.ty, &mut found),
        TypeKind::Enum(_) => {}
    }
    found
}

fn named(ty: &TypeRef, found: &mut BTreeSet<String>) {
    match ty {
        TypeRef::Named(name) => {
            found.insert(name.to_string());
        }
        TypeRef::List(inner)
        | TypeRef::Map(inner)
        | TypeRef::Nullable(inner)
        | TypeRef::Boxed(inner)
        | TypeRef::Inferred(inner)
        | TypeRef::Secret(inner) => named(inner, found),
        TypeRef::Tuple(items) => items.iter().for_each(|item| named(item, found)),
        _ => {}
    }
}

fn taken_or_given(operation: &Operation) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    operation.parameters.iter().for_each(|parameter| named(&parameter.ty, &mut found));
    operation.body.iter().flat_map(|body| &body.content).for_each(|content| named(&content.ty, &mut found));
    let replies = operation.successes.iter().chain(&operation.failures);
    replies.flat_map(|reply| &reply.content).for_each(|content| named(&content.ty, &mut found));
    found
}

fn same_service(old: &Api, new: &Api) -> bool {
    (&old.title, &old.version, &old.docs, &old.servers) == (&new.title, &new.version, &new.docs, &new.servers)
        && (&old.security_schemes, &old.features, &old.facts)
            == (&new.security_schemes, &new.features, &new.facts)
}
