//! Derives and attributes that the settings give to types.

use std::collections::HashSet;

use crate::api::{Api, EnumBase, FormatType, Ident, TypeDef, TypeKind, TypeRef, Wish};
use crate::diagnostics::{Diagnostics, codes};
use crate::settings::{Entries, Settings, TypeSettings};

use super::items::models::{derives_of_enum, derives_of_object};

/// Gives each type of `api`, whose names are settled, what the settings say. Entries that match nothing, and what isn't
/// Rust or can't be derived, are reported.
pub(super) fn give(api: &mut Api, settings: &Settings, diagnostics: &mut Diagnostics) {
    let entries = settings.types.iter().filter(|(_, entry)| entry.path.is_none());
    let entries = Entries::of_map(&["types"], entries);
    if entries.is_empty() {
        return;
    }
    let mut told = Telling { settings, entries: &entries, diagnostics };
    for (index, (_, entry)) in settings.types.iter().filter(|(_, entry)| entry.path.is_none()).enumerate() {
        told.check_syntax(index, entry);
    }
    let mut all = Vec::new();
    for definition in api.models.iter_mut().flat_map(|model| &mut model.types) {
        let names = names(definition);
        let borrowed: Vec<&str> = names.iter().map(String::as_str).collect();
        if let Some(found) = told.entries.find(&definition.place, &borrowed) {
            told.give(definition, found.index, found.value, found.captured.is_some());
        }
        all.extend(names);
    }
    entries.report_unmatched("type", || all.iter().collect(), |path| settings.place(path), diagnostics);
}

/// The names that a type has for the settings: in Rust, and in the document if it has one there.
fn names(definition: &TypeDef) -> Vec<String> {
    let wire = match &definition.wish {
        Wish::Required(name) => Some(name.clone()),
        Wish::Suggested(_) | Wish::Unknown(_) => None,
    };
    wire.into_iter().chain([definition.name.to_string()]).collect()
}

struct Telling<'a, 's> {
    settings: &'a Settings,
    entries: &'a Entries<'s, TypeSettings>,
    diagnostics: &'a mut Diagnostics,
}

impl Telling<'_, '_> {
    fn check_syntax(&mut self, index: usize, entry: &TypeSettings) {
        for (position, derive) in entry.derive.iter().enumerate() {
            if syn::parse_str::<syn::Path>(derive).is_err() {
                let help = "Write the path of a derive macro, such as `Eq` or `my_crate::Table`.";
                self.report(
                    index,
                    &["derive", &position.to_string()],
                    &format!("{derive:?} isn't a path"),
                    help,
                );
            }
        }
        for (position, attribute) in entry.attributes.iter().enumerate() {
            if syn::parse_str::<syn::Meta>(attribute).is_err() {
                let help = "Write what stands between `#[` and `]`.";
                let problem = format!("{attribute:?} isn't an attribute");
                self.report(index, &["attributes", &position.to_string()], &problem, help);
            }
        }
    }

    /// Gives a type what `entry` has for it. An entry for many types is for those that can have it.
    fn give(&mut self, definition: &mut TypeDef, index: usize, entry: &TypeSettings, is_glob: bool) {
        let Some((own, has_order)) = traits(definition) else {
            if !is_glob {
                let problem =
                    format!("`{}` is an alias, which has no derives or attributes", definition.name);
                self.report(index, &[], &problem, "Name the type that it stands for, or remove the entry.");
            }
            return;
        };
        for (position, derive) in entry.derive.iter().enumerate() {
            let name = derive.rsplit("::").next().unwrap_or(derive).trim();
            if own.contains(&name) {
                continue;
            }
            if !has_order && matches!(name, "PartialOrd" | "Ord") {
                if !is_glob {
                    let problem = format!("`{}` can't derive `{name}`: JSON has no order", definition.name);
                    let help = "It holds values that the document doesn't declare. Derive it for enums of texts or integers.";
                    self.report(index, &["derive", &position.to_string()], &problem, help);
                }
                continue;
            }
            definition.derives.push(derive.clone());
        }
        definition.attributes.clone_from(&entry.attributes);
    }

    fn report(&mut self, index: usize, within: &[&str], problem: &str, help: &str) {
        let mut path = self.entries.path(index);
        path.extend(within);
        let message = format!("`types` in the settings: {problem}");
        self.diagnostics.report(&codes::INVALID_TYPE_SETTING, &self.settings.place(&path), message, help);
    }
}

/// The traits that a type has anyway, and whether what it holds can have an order; nothing for an alias.
fn traits(definition: &TypeDef) -> Option<(Vec<&'static str>, bool)> {
    let (derives, has_order): (&[&str], bool) = match &definition.kind {
        TypeKind::Object(object) => (derives_of_object(object), false),
        TypeKind::Enum(listed) => (derives_of_enum(listed.base), listed.base != EnumBase::Json),
        TypeKind::Union(_) => (&["Clone", "PartialEq"], false),
        TypeKind::Alias(_) => return None,
    };
    let always = ["Debug", "Serialize", "Deserialize"];
    let hash: &[&str] = if definition.has_hash { &["Eq", "Hash"] } else { &[] };
    Some((derives.iter().copied().chain(always).chain(hash.iter().copied()).collect(), has_order))
}

/// Finds out which types can't be `Eq` and `Hash`: those that hold a type of the caller's own, which may not be.
pub(super) fn find_hash(api: &mut Api) {
    let mut without: HashSet<Ident> = HashSet::new();
    let lacks = |definition: &TypeDef, without: &HashSet<Ident>| {
        let mut lacks = false;
        definition.kind.visit_types(&mut |ty| {
            lacks |= match ty {
                TypeRef::Own(_) => true,
                TypeRef::Formatted(formatted) => matches!(formatted.given, FormatType::Own(_)),
                TypeRef::Named(name) => without.contains(name),
                _ => false,
            };
        });
        lacks
    };
    // Each round follows what the one before it found.
    loop {
        let definitions = api.models.iter().flat_map(|model| &model.types);
        let more = definitions.filter(|one| !without.contains(&one.name) && lacks(one, &without));
        let more: Vec<Ident> = more.map(|definition| definition.name.clone()).collect();
        if more.is_empty() {
            break;
        }
        without.extend(more);
    }
    if !without.is_empty() {
        let definitions = api.models.iter_mut().flat_map(|model| &mut model.types);
        definitions.for_each(|definition| definition.has_hash = !without.contains(&definition.name));
    }
}
