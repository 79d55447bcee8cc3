//! The Schema Object, in terms of JSON Schema 2020-12.

use std::collections::BTreeMap;
use std::sync::Arc;

use indexmap::IndexMap;
use serde_json::{Map, Value};

use super::limits::Limits;
use crate::text::Place;

/// A schema's index in [`Schemas`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SchemaId(pub u32);

/// Every schema of a document, once each, in the order they were found. Schemas are large, and documents that differ in
/// some of them share the others.
#[derive(Clone, Debug, Default)]
pub struct Schemas(pub Vec<Arc<Schema>>);

impl std::ops::Index<SchemaId> for Schemas {
    type Output = Schema;

    fn index(&self, id: SchemaId) -> &Schema {
        &self.0[id.0 as usize]
    }
}

impl std::ops::IndexMut<SchemaId> for Schemas {
    fn index_mut(&mut self, id: SchemaId) -> &mut Schema {
        Arc::make_mut(&mut self.0[id.0 as usize])
    }
}

/// A Schema Object in terms of JSON Schema 2020-12. 3.0's `nullable` has become `null` in the list of types, a boolean
/// `exclusiveMinimum` the numeric one, and `const` an `enum` of one value. Absent keywords are empty or `None`.
#[derive(Clone, Debug, Default)]
pub struct Schema {
    /// Where it is.
    pub place: Place,
    /// Its name, if it is a component or the root of another file.
    pub name: Option<String>,
    /// `$ref`, resolved. Keywords beside it are in the other fields.
    pub reference: Option<SchemaId>,
    /// A boolean schema: `true` accepts everything, `false` nothing.
    pub boolean: Option<bool>,
    /// `type`, always as a list; empty if absent.
    pub types: Vec<Type>,
    /// 3.0's `nullable`, where there is no `type` to which `null` could be added.
    pub nullable: bool,
    /// `format`.
    pub format: Option<String>,
    /// `enum`, or the value of `const`.
    pub values: Vec<Value>,
    /// Whether `values` came from `const`.
    pub is_const: bool,
    /// `properties`, in the document's order.
    pub properties: IndexMap<String, SchemaId>,
    /// `required`.
    pub required: Vec<String>,
    /// `additionalProperties` (`true` and `false` are boolean schemas); `None` if absent.
    pub additional_properties: Option<SchemaId>,
    /// `patternProperties`.
    pub pattern_properties: BTreeMap<String, SchemaId>,
    /// `propertyNames`.
    pub property_names: Option<SchemaId>,
    /// `items`.
    pub items: Option<SchemaId>,
    /// `prefixItems`.
    pub prefix_items: Vec<SchemaId>,
    /// `allOf`.
    pub all_of: Vec<SchemaId>,
    /// `oneOf`.
    pub one_of: Vec<SchemaId>,
    /// `anyOf`.
    pub any_of: Vec<SchemaId>,
    /// `discriminator`.
    pub discriminator: Option<Box<Discriminator>>,
    /// `x-discriminated-by`.
    pub discriminated_by: Option<Box<DiscriminatedBy>>,
    /// The limits of numbers, strings, arrays and objects.
    pub limits: Limits,
    /// `title`.
    pub title: Option<String>,
    /// `description`.
    pub description: Option<String>,
    /// `default`.
    pub default: Option<Box<Value>>,
    /// `deprecated`.
    pub deprecated: bool,
    /// `readOnly`.
    pub read_only: bool,
    /// `writeOnly`.
    pub write_only: bool,
    /// `contentEncoding`.
    pub content_encoding: Option<String>,
    /// `contentMediaType`.
    pub content_media_type: Option<String>,
    /// `contentSchema`: that of what is in the string.
    pub content_schema: Option<SchemaId>,
    /// The keywords that are about values but neither a type nor a check expresses, as they are in the document.
    pub unread: Option<Box<Map<String, Value>>>,
    /// `xml`.
    pub xml: Option<Box<Xml>>,
    /// `x-` members.
    pub extensions: BTreeMap<String, Value>,
    /// The type in Rust that stands in for it. No document says so; the settings do.
    pub own_type: Option<String>,
}

/// An XML Object.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Xml {
    /// `name`.
    pub name: Option<String>,
    /// `namespace`.
    pub namespace: Option<String>,
    /// `prefix`.
    pub prefix: Option<String>,
    /// `nodeType` (OpenAPI 3.2), or what `attribute` or `wrapped` says.
    pub node: Option<Node>,
}

/// What a value is in XML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Node {
    /// An element.
    Element,
    /// An element around the items of a list (`wrapped`).
    Wrapped,
    /// An attribute.
    Attribute,
    /// The text of the element around it.
    Text,
    /// The same, written as a CDATA section.
    Cdata,
    /// Nothing itself; what is in it stands in its place.
    None,
}

/// A JSON Schema primitive type (2020-12 validation, 6.1.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Type {
    /// `null`
    Null,
    /// `boolean`
    Boolean,
    /// `object`
    Object,
    /// `array`
    Array,
    /// `number`
    Number,
    /// `integer`
    Integer,
    /// `string`
    String,
}

impl Type {
    /// The name in a document.
    pub fn name(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean => "boolean",
            Self::Object => "object",
            Self::Array => "array",
            Self::Number => "number",
            Self::Integer => "integer",
            Self::String => "string",
        }
    }
}

/// The Discriminator Object, with its mapping resolved.
#[derive(Clone, Debug)]
pub struct Discriminator {
    /// The property that selects the schema.
    pub property: String,
    /// The schema for each value of the property, in the document's order; empty without an explicit mapping.
    pub mapping: IndexMap<String, SchemaId>,
    /// The schema of values without the property, or with one that selects no schema (`defaultMapping`, OpenAPI 3.2).
    pub default_mapping: Option<SchemaId>,
}

/// The extension `x-discriminated-by`: another property of the object that contains the value selects its schema. The
/// keywords beside it apply to all alternatives.
#[derive(Clone, Debug)]
pub struct DiscriminatedBy {
    /// The property beside the value that selects the schema; `None` where no property does, as in a partial update.
    pub property: Option<String>,
    /// The schemas to select from.
    pub alternatives: Alternatives,
}

impl DiscriminatedBy {
    /// The schema for each value of the property, even if the mapping is borrowed from another schema.
    pub fn mapping<'s>(&'s self, schemas: &'s Schemas) -> Option<&'s IndexMap<String, SchemaId>> {
        let by = match &self.alternatives {
            Alternatives::Mapping(_) => self,
            Alternatives::Like(id) => schemas[*id].discriminated_by.as_ref()?,
        };
        match &by.alternatives {
            Alternatives::Mapping(mapping) => Some(mapping),
            Alternatives::Like(_) => None,
        }
    }
}

/// The `mapping` of `x-discriminated-by`.
#[derive(Clone, Debug)]
pub enum Alternatives {
    /// The schema for each value of the property, in the document's order.
    Mapping(IndexMap<String, SchemaId>),
    /// The alternatives of another schema, which has a mapping.
    Like(SchemaId),
}

impl Alternatives {
    /// The schemas that they name.
    pub(crate) fn ids_mut(&mut self) -> impl Iterator<Item = &mut SchemaId> {
        let (mapping, like) = match self {
            Self::Mapping(mapping) => (Some(mapping), None),
            Self::Like(id) => (None, Some(id)),
        };
        mapping.into_iter().flat_map(IndexMap::values_mut).chain(like)
    }
}
