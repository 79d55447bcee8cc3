//! Constraints on the values of a type.

use std::collections::BTreeMap;

use crate::api::{Additional, Ident, Model, Operation, Rule, TypeKind, TypeRef};
use crate::diagnostics::{Diagnostics, codes};
use crate::plan::patterns::{Translated, translated};
use crate::source::document::Schema;

/// The rules of `schema` that apply to values of type `ty`.
pub(super) fn of(schema: &Schema, ty: &TypeRef, diagnostics: &mut Diagnostics) -> Vec<Rule> {
    let mut rules = Vec::new();
    match ty {
        TypeRef::String | TypeRef::DateTime | TypeRef::Date | TypeRef::Uuid | TypeRef::Base64 => {
            text(schema, &mut rules, diagnostics);
        }
        TypeRef::Formatted(formatted) => return of(schema, &formatted.plain, diagnostics),
        TypeRef::Nullable(inner)
        | TypeRef::Inferred(inner)
        | TypeRef::Boxed(inner)
        | TypeRef::Secret(inner) => {
            return of(schema, inner, diagnostics);
        }
        TypeRef::Int32 | TypeRef::Int64 | TypeRef::UInt64 | TypeRef::Float | TypeRef::Double => {
            numbers(schema, &mut rules);
        }
        TypeRef::List(_) => items(schema, &mut rules),
        TypeRef::Json => {
            text(schema, &mut rules, diagnostics);
            numbers(schema, &mut rules);
            items(schema, &mut rules);
            properties(schema, &mut rules);
        }
        TypeRef::Map(_) | TypeRef::JsonObject => properties(schema, &mut rules),
        _ => {}
    }
    rules
}

/// The rules on a number.
pub(crate) fn numbers(schema: &Schema, rules: &mut Vec<Rule>) {
    rules.extend(schema.limits.minimum.clone().map(Rule::Minimum));
    rules.extend(schema.limits.maximum.clone().map(Rule::Maximum));
    rules.extend(schema.limits.exclusive_minimum.clone().map(Rule::ExclusiveMinimum));
    rules.extend(schema.limits.exclusive_maximum.clone().map(Rule::ExclusiveMaximum));
    rules.extend(schema.limits.multiple_of.clone().map(Rule::MultipleOf));
}

/// The rules on the number of an array's items.
pub(crate) fn items(schema: &Schema, rules: &mut Vec<Rule>) {
    rules.extend(schema.limits.min_items.filter(|limit| *limit > 0).map(Rule::MinItems));
    rules.extend(schema.limits.max_items.map(Rule::MaxItems));
    rules.extend(schema.limits.unique_items.then_some(Rule::UniqueItems));
}

/// The rules on the number of an object's properties.
pub(crate) fn properties(schema: &Schema, rules: &mut Vec<Rule>) {
    rules.extend(schema.limits.min_properties.filter(|limit| *limit > 0).map(Rule::MinProperties));
    rules.extend(schema.limits.max_properties.map(Rule::MaxProperties));
}

/// The rules on a string.
pub(super) fn text(schema: &Schema, rules: &mut Vec<Rule>, diagnostics: &mut Diagnostics) {
    rules.extend(schema.limits.min_length.filter(|limit| *limit > 0).map(Rule::MinLength));
    rules.extend(schema.limits.max_length.map(Rule::MaxLength));
    let Some(pattern) = &schema.limits.pattern else { return };
    let Some(Translated { lengths, .. }) = translated(pattern).filter(Translated::compiles) else {
        let message = "the pattern isn't checked before requests are sent: Rust's `regex` can't express it, or it isn't valid";
        let help = "To have it checked, rewrite it without look-around and backreferences.";
        diagnostics.report(&codes::UNCHECKED_PATTERN, &schema.place.child("pattern"), message, help);
        return;
    };
    if let Some((least, most)) = lengths {
        let least = schema.limits.min_length.map_or(least, |limit| limit.max(least));
        let most = schema.limits.max_length.into_iter().chain(most).min();
        rules.retain(|rule| !matches!(rule, Rule::MinLength(_) | Rule::MaxLength(_)));
        rules.extend((least > 0).then_some(Rule::MinLength(least)));
        rules.extend(most.map(Rule::MaxLength));
    }
    rules.push(Rule::Pattern(pattern.clone()));
}

/// Repeats the rules of each alias at its uses.
pub(super) fn repeat_alias_rules(models: &mut [Model], operations: &mut [Operation]) {
    let mut aliases = BTreeMap::new();
    for definition in models.iter().flat_map(|model| &model.types) {
        if let TypeKind::Alias(alias) = &definition.kind {
            aliases.insert(definition.name.clone(), (alias.ty.clone(), alias.rules.clone()));
        }
    }
    let repeat = |ty: &TypeRef, rules: &mut Vec<Rule>| add(&aliases, ty, rules, 0);
    for definition in models.iter_mut().flat_map(|model| &mut model.types) {
        match &mut definition.kind {
            TypeKind::Object(object) => {
                for property in &mut object.properties {
                    repeat(&property.ty, &mut property.rules);
                }
                if let Additional::Typed(ty, rules) = &mut object.additional {
                    repeat(ty, rules);
                }
            }
            TypeKind::Union(union) => {
                for variant in &mut union.variants {
                    repeat(&variant.ty, &mut variant.rules);
                }
            }
            TypeKind::Enum(_) | TypeKind::Alias(_) => {}
        }
    }
    for operation in operations {
        for parameter in &mut operation.parameters {
            repeat(&parameter.ty, &mut parameter.rules);
        }
        for content in operation.body.iter_mut().flat_map(|body| &mut body.content) {
            repeat(&content.ty, &mut content.rules);
        }
    }
}

type Aliases = BTreeMap<Ident, (TypeRef, Vec<Rule>)>;

fn add(aliases: &Aliases, ty: &TypeRef, rules: &mut Vec<Rule>, depth: usize) {
    if depth > 32 {
        return;
    }
    match ty {
        TypeRef::Named(name) => {
            if let Some((ty, own)) = aliases.get(name) {
                rules.extend(
                    own.iter().filter(|rule| !matches!(rule, Rule::Items(_) | Rule::Values(_))).cloned(),
                );
                for rule in own {
                    match rule {
                        Rule::Items(inner) => nest(rules, inner.clone(), true),
                        Rule::Values(inner) => nest(rules, inner.clone(), false),
                        _ => {}
                    }
                }
                add(aliases, ty, rules, depth + 1);
            }
        }
        TypeRef::Nullable(inner)
        | TypeRef::Inferred(inner)
        | TypeRef::Boxed(inner)
        | TypeRef::Secret(inner) => add(aliases, inner, rules, depth + 1),
        TypeRef::List(inner) | TypeRef::Map(inner) => {
            let mut nested = Vec::new();
            add(aliases, inner, &mut nested, depth + 1);
            nest(rules, nested, matches!(ty, TypeRef::List(_)));
        }
        TypeRef::Tuple(items) => {
            let known = rules.iter().position(|rule| matches!(rule, Rule::PrefixItems(_)));
            let mut lists = match known.map(|index| rules.remove(index)) {
                Some(Rule::PrefixItems(lists)) => lists,
                _ => vec![Vec::new(); items.len()],
            };
            for (item, list) in items.iter().zip(&mut lists) {
                add(aliases, item, list, depth + 1);
            }
            if lists.iter().any(|list| !list.is_empty()) {
                rules.push(Rule::PrefixItems(lists));
            }
        }
        _ => {}
    }
}

/// Adds `inner` to the rules on elements or values, of which there is one list.
fn nest(rules: &mut Vec<Rule>, inner: Vec<Rule>, items: bool) {
    if inner.is_empty() {
        return;
    }
    for rule in rules.iter_mut() {
        match rule {
            Rule::Items(list) if items => return list.extend(inner),
            Rule::Values(list) if !items => return list.extend(inner),
            _ => {}
        }
    }
    rules.push(if items { Rule::Items(inner) } else { Rule::Values(inner) });
}
