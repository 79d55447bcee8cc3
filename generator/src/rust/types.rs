//! Types as Rust source text.

use crate::api::{FormatType, Presence, TypeRef};

/// The type as Rust source text. Models and the runtime's types are assumed to be in scope.
pub fn rust(ty: &TypeRef) -> String {
    match ty {
        TypeRef::Named(name) => name.to_string(),
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
        TypeRef::Own(path) => format!("crate::runtime::Own<{path}>"),
        TypeRef::Formatted(formatted) => match &formatted.given {
            FormatType::Text { path, .. } => (*path).to_owned(),
            FormatType::Quoted(number) => format!("crate::runtime::Quoted<{number}>"),
            FormatType::Own(path) => format!("crate::runtime::Own<{path}>"),
        },
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
        TypeRef::Inferred(inner) => format!("Inferred<{}>", rust(inner)),
        TypeRef::Boxed(inner) => format!("Box<{}>", rust(inner)),
    }
}

/// The type of a field with this presence.
pub(crate) fn field(ty: &TypeRef, presence: Presence) -> String {
    match presence {
        Presence::Required => rust(ty),
        Presence::Optional => format!("Option<{}>", rust(ty)),
        Presence::Patch => format!("Patch<{}>", rust(ty)),
    }
}
