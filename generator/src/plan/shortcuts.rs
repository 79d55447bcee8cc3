//! Starts of operations for one alternative: `create_mail` where the body's `settings` follow its `channel`.

use std::collections::{BTreeMap, BTreeSet};

use super::names;
use crate::api::Model;
use crate::api::{Object, Operation, Presence, Property, Start, Starts, Tagging, TypeKind, TypeRef, Union};

/// Fills [`Operation::starts`] of each operation whose body has a property that follows another.
pub(super) fn find(models: &[Model], operations: &mut [Operation]) {
    let kinds: BTreeMap<&str, &TypeKind> = models
        .iter()
        .flat_map(|model| &model.types)
        .map(|definition| (definition.name.as_str(), &definition.kind))
        .collect();
    let mut taken: BTreeSet<(Vec<String>, String)> =
        operations.iter().map(|operation| (operation.group.clone(), operation.name.clone())).collect();
    for operation in operations {
        let Some((property, tag, union_name, union)) = followed(operation, &kinds) else { continue };
        let words = union.variants.iter().map(|variant| variant.tags.first().map_or("", String::as_str));
        let verb = operation.name.trim_start_matches("r#").to_owned();
        let each = union.variants.iter().zip(names::fields(words));
        let starts = each.filter_map(|(variant, word)| {
            let name = names::escape(format!("{verb}_{}", word.trim_start_matches("r#").trim_matches('_')));
            let own = taken.insert((operation.group.clone(), name.clone()));
            own.then(|| Start { name, variant: variant.clone() })
        });
        let starts: Vec<Start> = starts.collect();
        operation.starts = Some(Starts {
            type_name: format!("{}With", operation.type_name),
            property: property.wire.clone(),
            tag: tag.wire.clone(),
            union: union_name.to_owned(),
            starts,
        });
    }
}

/// The property of the operation's body that follows another one, which a request must have, and its union.
fn followed<'a>(
    operation: &Operation,
    kinds: &BTreeMap<&str, &'a TypeKind>,
) -> Option<(&'a Property, &'a Property, &'a str, &'a Union)> {
    let body = operation.body.as_ref()?;
    let first = body.content.first()?;
    if !body.files.is_empty() || body.content.iter().any(|content| content.ty != first.ty) {
        return None;
    }
    let TypeRef::Named(name) = &first.ty else { return None };
    let TypeKind::Object(object) = kinds.get(name.as_str())? else { return None };
    let Object { properties, .. } = object;
    let mut followers = properties.iter().filter(|property| property.follows.is_some());
    let (Some(property), None) = (followers.next(), followers.next()) else { return None };
    let tag = properties.iter().find(|other| Some(&other.wire) == property.follows.as_ref())?;
    let TypeRef::Named(union_name) = &property.ty else { return None };
    let TypeKind::Union(union) = kinds.get(union_name.as_str())? else { return None };
    let fits = union.tagging == Tagging::Sibling
        && property.presence != Presence::Required
        && tag.presence == Presence::Required
        && matches!(tag.ty, TypeRef::String | TypeRef::Named(_));
    fits.then_some((property, tag, union_name.as_str(), union))
}
