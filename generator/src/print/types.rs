//! Types, literals and rules as Rust text.

use serde_json::Number;

use super::printer::quoted;
use crate::api::{Presence, Rule, TypeRef};

/// The type in Rust. Models and the types of the runtime are taken to be in scope.
pub fn rust(ty: &TypeRef) -> String {
    match ty {
        TypeRef::Named(name) => name.clone(),
        TypeRef::Boolean => "bool".to_owned(),
        TypeRef::Int32 => "i32".to_owned(),
        TypeRef::Int64 => "i64".to_owned(),
        TypeRef::UInt64 => "u64".to_owned(),
        TypeRef::Float | TypeRef::Double => "Number".to_owned(),
        TypeRef::String => "String".to_owned(),
        TypeRef::DateTime => "DateTime".to_owned(),
        TypeRef::Date => "Date".to_owned(),
        TypeRef::Uuid => "Uuid".to_owned(),
        TypeRef::Base64 => "Base64".to_owned(),
        TypeRef::Body => "Body".to_owned(),
        TypeRef::Bytes => "Bytes".to_owned(),
        TypeRef::Secret(inner) => format!("Secret<{}>", rust(inner)),
        TypeRef::Json => "Json".to_owned(),
        TypeRef::JsonObject => "JsonObject".to_owned(),
        TypeRef::List(item) => format!("Vec<{}>", rust(item)),
        TypeRef::Map(value) => format!("BTreeMap<String, {}>", rust(value)),
        TypeRef::Tuple(items) => {
            let comma = if items.len() == 1 { "," } else { "" };
            let items: Vec<String> = items.iter().map(rust).collect();
            format!("({}{comma})", items.join(", "))
        }
        TypeRef::Nullable(inner) => format!("Option<{}>", rust(inner)),
        TypeRef::Boxed(inner) => format!("Box<{}>", rust(inner)),
    }
}

/// The type of a field with this presence.
pub(super) fn field(ty: &TypeRef, presence: Presence) -> String {
    match presence {
        Presence::Required => rust(ty),
        Presence::Optional => format!("Option<{}>", rust(ty)),
        Presence::Patch => format!("Patch<{}>", rust(ty)),
    }
}

/// Rules as the elements of an array.
pub(super) fn rules(rules: &[Rule]) -> String {
    rules.iter().map(rule).collect::<Vec<_>>().join(", ")
}

/// One rule.
pub(super) fn rule(rule: &Rule) -> String {
    match rule {
        Rule::MinLength(limit) => format!("MinLength({limit})"),
        Rule::MaxLength(limit) => format!("MaxLength({limit})"),
        Rule::Pattern(pattern) => format!("Pattern({})", quoted(pattern)),
        Rule::Minimum(number) => format!("Minimum({})", limit(number)),
        Rule::Maximum(number) => format!("Maximum({})", limit(number)),
        Rule::ExclusiveMinimum(number) => format!("ExclusiveMinimum({})", limit(number)),
        Rule::ExclusiveMaximum(number) => format!("ExclusiveMaximum({})", limit(number)),
        Rule::MultipleOf(number) => format!("MultipleOf({})", limit(number)),
        Rule::MinItems(limit) => format!("MinItems({limit})"),
        Rule::MaxItems(limit) => format!("MaxItems({limit})"),
        Rule::UniqueItems => "UniqueItems".to_owned(),
        Rule::MinProperties(limit) => format!("MinProperties({limit})"),
        Rule::MaxProperties(limit) => format!("MaxProperties({limit})"),
        Rule::Items(inner) => format!("Items(&[{}])", rules(inner)),
        Rule::PrefixItems(lists) => {
            let lists: Vec<String> = lists.iter().map(|list| format!("&[{}]", rules(list))).collect();
            format!("PrefixItems(&[{}])", lists.join(", "))
        }
        Rule::Values(inner) => format!("Values(&[{}])", rules(inner)),
        Rule::Keys(inner) => format!("Keys(&[{}])", rules(inner)),
    }
}

fn limit(number: &Number) -> String {
    match (number.as_i128(), number.as_f64()) {
        (Some(integer), _) => format!("Limit::Integer({integer})"),
        (None, float) => format!("Limit::Float({:?}_f64)", float.unwrap_or_default()),
    }
}
