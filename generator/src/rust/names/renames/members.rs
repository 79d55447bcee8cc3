//! New names for fields and variants.

use super::super::casing::pascal;
use super::super::table::{Case, Scope};
use super::super::types::Types;
use super::types::names;
use super::{Casing, Telling};
use crate::api::{Api, Ident, TypeKind};
use crate::diagnostics::Place;
use crate::settings::Entries;

/// A field or a variant.
struct Member<'a> {
    /// Its names in the document, the most usual one first.
    names: Vec<String>,
    /// The words that its name is made of.
    words: &'a str,
    place: Place,
    /// Where its new name goes.
    name: &'a mut Ident,
}

/// Gives each field and variant of `api` its new name, if it gets one.
pub(super) fn find(api: &mut Api, defaults: &Types, told: &mut Telling<'_>) {
    let settings = told.settings;
    let properties = Entries::of_map(&["names", "properties"], &settings.names.properties);
    let variants = Entries::of_map(&["names", "variants"], &settings.names.variants);
    if properties.is_empty() && variants.is_empty() {
        return;
    }
    let (mut all_properties, mut all_variants) = (Vec::new(), Vec::new());
    for definition in api.models.iter_mut().flat_map(|model| &mut model.types) {
        let owners: Vec<String> = names(definition, defaults).into_iter().map(str::to_owned).collect();
        let is_object = matches!(definition.kind, TypeKind::Object(_));
        let place = definition.place.clone();
        let members = members(&mut definition.kind, &place);
        let (entries, all, case) = match is_object {
            true => (&properties, &mut all_properties, Case::Snake),
            false => (&variants, &mut all_variants, Case::Pascal),
        };
        all.extend(
            members
                .iter()
                .filter_map(|member| Some(format!("{}.{}", owners.first()?, member.names.first()?))),
        );
        rename(members, &owners, entries, case, told);
    }
    told.unmatched(&properties, "property", || all_properties.iter().collect());
    told.unmatched(&variants, "variant", || all_variants.iter().collect());
}

fn members<'a>(kind: &'a mut TypeKind, place: &Place) -> Vec<Member<'a>> {
    match kind {
        TypeKind::Object(object) => {
            let member = |property: &'a mut crate::api::Property| Member {
                names: vec![property.wire.clone()],
                words: &property.wire,
                place: property.place.clone(),
                name: &mut property.field,
            };
            object.properties.iter_mut().map(member).collect()
        }
        TypeKind::Enum(listed) => {
            let member = |(index, value): (usize, &'a mut crate::api::EnumValue)| {
                let text = value.value.as_str().map_or_else(|| value.value.to_string(), str::to_owned);
                Member {
                    names: vec![text, value.wish.words().to_owned(), pascal(value.wish.words())],
                    words: value.wish.words(),
                    place: place.child("enum").child(&index.to_string()),
                    name: &mut value.variant,
                }
            };
            listed.values.iter_mut().enumerate().map(member).collect()
        }
        TypeKind::Union(union) => {
            let member = |variant: &'a mut crate::api::Variant| {
                let words = variant.wish.words();
                let names = [words.to_owned(), pascal(words)];
                Member {
                    names: names.into_iter().chain(variant.tags.iter().cloned()).collect(),
                    words,
                    place: variant.place.clone(),
                    name: &mut variant.variant,
                }
            };
            union.variants.iter_mut().map(member).collect()
        }
        TypeKind::Alias(_) => Vec::new(),
    }
}

/// Renames the members of one type, which is called each of `owners`.
fn rename(
    members: Vec<Member<'_>>,
    owners: &[String],
    entries: &Entries<'_, String>,
    case: Case,
    told: &mut Telling<'_>,
) {
    if entries.is_empty() {
        return;
    }
    let casing = if case == Case::Snake { Casing::Member } else { Casing::Type };
    let mut others = Scope::default();
    let mut found = Vec::new();
    for member in members {
        let names: Vec<String> = owners
            .iter()
            .flat_map(|owner| member.names.iter().map(move |name| format!("{owner}.{name}")))
            .collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        match entries.find(&member.place, &names) {
            Some(entry) => {
                if let Some(name) = told.name(entries, &entry, casing) {
                    found.push((member.name, name, entry.index));
                }
            }
            None => others.reserve(&case.plain(member.words)),
        }
    }
    for (ident, name, index) in found {
        if others.has(&name) {
            let owner = owners.first().map_or("", String::as_str);
            told.taken(entries, index, &name, &format!("another member of `{owner}`"));
            continue;
        }
        others.reserve(&name);
        *ident = Ident::unsettled(&name);
    }
}
