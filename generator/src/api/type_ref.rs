//! The type of a value.

use super::{Formatted, Ident};

/// The type of a value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum TypeRef {
    /// A [`TypeDef`](super::TypeDef), by name.
    Named(Ident),
    /// `bool`
    Boolean,
    /// `i32`
    Int32,
    /// `i64`
    Int64,
    /// `u64`
    UInt64,
    /// `f32`
    Float,
    /// `f64`
    Double,
    /// `String`
    String,
    /// `runtime::DateTime`: RFC 3339 text, preserved unchanged.
    DateTime,
    /// `runtime::Date`: RFC 3339 full-date, preserved unchanged.
    Date,
    /// `runtime::Uuid`: text, preserved unchanged.
    Uuid,
    /// `runtime::Base64`: bytes as base64 text, preserved unchanged.
    Base64,
    /// `bytes::Bytes`: raw bytes; only as the whole body of a response.
    Bytes,
    /// Bytes or a stream; only as the whole body of a request.
    Body,
    /// `runtime::Secret<T>`: prints as `[redacted]`.
    Secret(Box<TypeRef>),
    /// `runtime::Own<T>`: a type that the settings put in place of a schema, by its path in Rust.
    Own(String),
    /// The type that the settings give to a format.
    Formatted(Box<Formatted>),
    /// `runtime::Json`: any JSON value.
    Json,
    /// `runtime::JsonObject`: any JSON object.
    JsonObject,
    /// `Vec<T>`
    List(Box<TypeRef>),
    /// `BTreeMap<String, T>`
    Map(Box<TypeRef>),
    /// A tuple (`prefixItems` with nothing after it, all required): at least one element.
    Tuple(Vec<TypeRef>),
    /// `Option<T>`, `None` being null.
    Nullable(Box<TypeRef>),
    /// `runtime::Inferred<T>`: any value, since the schema has no `type`, but most likely what its keywords are for.
    Inferred(Box<TypeRef>),
    /// `Box<T>`, where the type would otherwise contain itself.
    Boxed(Box<TypeRef>),
}

impl TypeRef {
    /// Calls `visit` with the type and those in it.
    pub fn visit<'a>(&'a self, visit: &mut impl FnMut(&'a Self)) {
        visit(self);
        match self {
            Self::List(inner)
            | Self::Map(inner)
            | Self::Nullable(inner)
            | Self::Inferred(inner)
            | Self::Boxed(inner)
            | Self::Secret(inner) => inner.visit(visit),
            Self::Tuple(items) => items.iter().for_each(|item| item.visit(visit)),
            _ => {}
        }
    }

    /// Calls `visit` with the name of each type in it.
    pub(crate) fn visit_names_mut(&mut self, visit: &mut impl FnMut(&mut Ident)) {
        match self {
            Self::Named(name) => visit(name),
            Self::List(inner)
            | Self::Map(inner)
            | Self::Nullable(inner)
            | Self::Inferred(inner)
            | Self::Boxed(inner)
            | Self::Secret(inner) => inner.visit_names_mut(visit),
            Self::Tuple(items) => items.iter_mut().for_each(|item| item.visit_names_mut(visit)),
            _ => {}
        }
    }

    /// The name of the type that a value is or holds, if it has one.
    pub fn named(&self) -> Option<&Ident> {
        match self {
            Self::Named(name) => Some(name),
            Self::List(inner)
            | Self::Map(inner)
            | Self::Nullable(inner)
            | Self::Inferred(inner)
            | Self::Boxed(inner)
            | Self::Secret(inner) => inner.named(),
            _ => None,
        }
    }

    /// Whether it is known to be `Copy`.
    pub(crate) fn is_copy(&self) -> bool {
        match self {
            Self::Boolean | Self::Int32 | Self::Int64 | Self::UInt64 => true,
            Self::Formatted(formatted) => formatted.given.is_copy(),
            _ => false,
        }
    }

    /// The type without what the settings make of its format.
    pub fn plain(&self) -> &Self {
        if let Self::Formatted(formatted) = self { &formatted.plain } else { self }
    }

    /// The type of values other than null.
    pub fn behind_null(&self) -> &Self {
        if let Self::Nullable(inner) = self { inner } else { self }
    }
}
