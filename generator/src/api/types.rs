//! Models: structs, enums, unions and aliases.

use serde_json::Value;

use super::{Docs, Ident, Rule, TypeRef, Wish, XmlNode};
use crate::diagnostics::Place;

/// A file of models: a named schema and the inline types that only it uses.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// The module, whose file is `src/models/{file}.rs`.
    pub file: Ident,
    /// The key of the type or of the operation that it is named after.
    pub key: String,
    /// The named schema's type first, then its inline types in the order the document has them.
    pub types: Vec<TypeDef>,
    /// The features any of which compiles it; empty if it is always compiled.
    pub features: Vec<String>,
}

/// A type that the crate defines, visible as `crate::models::{name}`.
#[derive(Clone, Debug, PartialEq)]
pub struct TypeDef {
    /// Its name; a key until names are settled.
    pub name: Ident,
    /// The name that it wishes for. For a type that is inline in another, these are the words after that type's name.
    pub wish: Wish,
    /// Its documentation.
    pub docs: Docs,
    /// Whether the schema is `deprecated`.
    pub deprecated: bool,
    /// Whether a request can hold it.
    pub in_request: bool,
    /// Whether a response can hold it.
    pub in_response: bool,
    /// What kind of type it is.
    pub kind: TypeKind,
    /// Whether a body in XML can hold it.
    pub in_xml: bool,
    /// Whether it is `Eq` and `Hash`: unless it holds a type of the caller's own, everything is.
    pub has_hash: bool,
    /// What it derives because the settings say so, by path.
    pub derives: Vec<String>,
    /// The attributes before it because the settings say so, without `#[` and `]`.
    pub attributes: Vec<String>,
    /// The schema.
    pub place: Place,
}

/// What a type definition is.
#[derive(Clone, Debug, PartialEq)]
pub enum TypeKind {
    /// A struct.
    Object(Object),
    /// An open enum of scalar values.
    Enum(Enum),
    /// An enum with a payload for each alternative.
    Union(Union),
    /// `type Name = ...;`, with the rules that its values obey, which each use repeats.
    Alias(Alias),
}

impl TypeKind {
    pub(crate) fn visit_types<'a>(&'a self, visit: &mut impl FnMut(&'a TypeRef)) {
        match self {
            Self::Object(object) => {
                object.properties.iter().for_each(|property| property.ty.visit(visit));
                if let Additional::Typed(ty, _) = &object.additional {
                    ty.visit(visit);
                }
            }
            Self::Union(union) => union.variants.iter().for_each(|variant| variant.ty.visit(visit)),
            Self::Alias(alias) => alias.ty.visit(visit),
            Self::Enum(_) => {}
        }
    }
}

impl TypeDef {
    /// Calls `visit` with each name of a type that the definition holds, its own among them.
    pub(crate) fn visit_names_mut(&mut self, visit: &mut impl FnMut(&mut Ident)) {
        visit(&mut self.name);
        match &mut self.kind {
            TypeKind::Object(object) => {
                object.properties.iter_mut().for_each(|property| property.ty.visit_names_mut(visit));
                if let Additional::Typed(ty, _) = &mut object.additional {
                    ty.visit_names_mut(visit);
                }
                object.made_from.iter_mut().for_each(visit);
            }
            TypeKind::Union(union) => {
                union.variants.iter_mut().for_each(|variant| variant.ty.visit_names_mut(visit));
            }
            TypeKind::Alias(alias) => alias.ty.visit_names_mut(visit),
            TypeKind::Enum(_) => {}
        }
    }
}

/// Another name for a type.
#[derive(Clone, Debug, PartialEq)]
pub struct Alias {
    /// What it stands for.
    pub ty: TypeRef,
    /// What its values obey.
    pub rules: Vec<Rule>,
}

/// A struct.
#[derive(Clone, Debug, PartialEq)]
pub struct Object {
    /// Its properties, in the document's order.
    pub properties: Vec<Property>,
    /// The additional properties that it may have.
    pub additional: Additional,
    /// The field with the additional properties: `additional_properties`, unless a property has that name.
    pub additional_field: Ident,
    /// Rules on the object as a whole: [`Rule::MinProperties`], [`Rule::MaxProperties`], [`Rule::Keys`],
    /// [`Rule::RequiredNames`].
    pub rules: Vec<Rule>,
    /// Structs that convert to it (`From`): responses of the same resource that have what it requires, and most of its
    /// other properties.
    pub made_from: Vec<Ident>,
}

/// The properties that an object may have besides the declared ones.
#[derive(Clone, Debug, PartialEq)]
pub enum Additional {
    /// Any, preserved as JSON.
    Open,
    /// None (`additionalProperties: false`); if the server sends one, it is preserved as JSON.
    Closed,
    /// Any of this type.
    Typed(TypeRef, Vec<Rule>),
}

/// A property of a struct.
#[derive(Clone, Debug, PartialEq)]
pub struct Property {
    /// The name on the wire.
    pub wire: String,
    /// The field.
    pub field: Ident,
    /// Its documentation, without the rules, which `print` puts into words.
    pub docs: Docs,
    /// Whether it is `deprecated`.
    pub deprecated: bool,
    /// Whether it can be absent or null.
    pub presence: Presence,
    /// The type of a value: [`TypeRef::Nullable`] if the property is required and nullable.
    pub ty: TypeRef,
    /// What its value obeys.
    pub rules: Vec<Rule>,
    /// `readOnly`: only the server sets it. Never required.
    pub read_only: bool,
    /// `writeOnly`: the server never returns it.
    pub write_only: bool,
    /// Whether requests must have it although responses don't (required and `writeOnly`).
    pub required_in_request: bool,
    /// `default`: what the server assumes if it is absent.
    pub default: Option<Value>,
    /// The wire name of the property beside it that selects its alternative, if it is a union of
    /// [`Tagging::Discriminated`] and the object has such a property.
    pub discriminated_by: Option<String>,
    /// What it is in XML; `None` unless a body in XML can hold it.
    pub xml: Option<Box<XmlNode>>,
    /// The value that a new struct has, if it is the only one that the struct has in unions which it selects.
    pub tag: Option<Value>,
    /// The schema.
    pub place: Place,
}

impl Property {
    /// Whether requests must have it.
    pub(crate) fn must_be_sent(&self) -> bool {
        self.presence == Presence::Required || self.required_in_request
    }
}

/// Absent, null and value are three things.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Presence {
    /// Always present: `T`, or `Option<T>` if it can be null.
    Required,
    /// Absent or a value, never null: `Option<T>`.
    Optional,
    /// Absent, null or a value: `Patch<T>`.
    Patch,
}

/// An open enum: a variant for each value, and `Unknown` for any other.
#[derive(Clone, Debug, PartialEq)]
pub struct Enum {
    /// The kind of its values, and so of the payload of `Unknown`.
    pub base: EnumBase,
    /// The values, in the document's order; never null, no two equal.
    pub values: Vec<EnumValue>,
    /// The variant for other values: `Unknown` unless a value has that name.
    pub unknown: Ident,
}

/// What the values of an enum are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EnumBase {
    /// All strings: `Unknown(String)`.
    String,
    /// All integers in the range of `i64`: `Unknown(i64)`.
    Integer,
    /// Anything else: `Unknown(Json)`.
    Json,
}

/// A value of an enum.
#[derive(Clone, Debug, PartialEq)]
pub struct EnumValue {
    /// The variant.
    pub variant: Ident,
    /// The name that it wishes for.
    pub wish: Wish,
    /// The value on the wire.
    pub value: Value,
    /// Its documentation (`x-enum-descriptions` and the like); mostly empty.
    pub docs: Docs,
}

/// One of several types, or `Unknown` for a value that fits none of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Union {
    /// How the alternative is recognised.
    pub tagging: Tagging,
    /// The alternatives, in the document's order.
    pub variants: Vec<Variant>,
    /// The variant for anything else, `Unknown(Json)`, or `Unknown(Untyped)` for [`Tagging::Discriminated`]:
    /// `Unknown` unless an alternative has that name.
    pub unknown: Ident,
}

/// How a union's alternative is recognised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tagging {
    /// By the value of the named property (a discriminator, or a property whose `const` differs in each).
    Property(String),
    /// By another property of the object that holds the value (`x-discriminated-by`): see
    /// [`Property::discriminated_by`]. Each variant has one tag, and two may have the same payload. A value that is
    /// unknown or doesn't fit is an `Untyped`.
    Discriminated,
    /// By trying each: the one that breaks the fewest rules, then leaves the fewest properties and enum values unknown,
    /// then is first in the document.
    Untagged,
}

/// An alternative of a union.
#[derive(Clone, Debug, PartialEq)]
pub struct Variant {
    /// The variant.
    pub variant: Ident,
    /// The name that it wishes for.
    pub wish: Wish,
    /// Its payload.
    pub ty: TypeRef,
    /// What the payload obeys.
    pub rules: Vec<Rule>,
    /// The tags that select it; empty in an untagged union.
    pub tags: Vec<String>,
    /// The value of the property that selects it, which is written with it, in a union with [`Tagging::Property`]; `None`
    /// if several values select it, of which its payload has one.
    pub written: Option<Value>,
    /// Whether it is what values without a tag are, or with one that selects no alternative (`defaultMapping`), in a union
    /// with [`Tagging::Property`].
    pub is_default: bool,
    /// The feature that compiles it; only in a union with [`Tagging::Discriminated`].
    pub feature: Option<String>,
    /// Where the document has it.
    pub place: Place,
    /// Its documentation.
    pub docs: Docs,
}
