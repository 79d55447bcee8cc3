//! What the source stage gives: a document with every reference resolved, and without the differences between 3.0, 3.1
//! and 3.2.
//!
//! The parts that these versions share are [`openapiv3`]'s types. Schemas and what contains them are our own:
//! `openapiv3` models the 3.0 Schema Object, which lacks type lists, `const`, `prefixItems`, `patternProperties` and
//! keywords beside `$ref`, all of which JSON Schema 2020-12 (OpenAPI 3.1) has.

mod examples;
mod limits;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use indexmap::IndexMap;
use openapiv3::{Info, StatusCode, Tag};
use serde_json::{Map, Value};

pub use self::examples::Examples;
pub use self::limits::{LimitKeywords, Limits};
use crate::text::{Origins, Place};

/// Names of security schemes with the required scopes. All entries of a requirement must be satisfied.
pub type SecurityRequirement = IndexMap<String, Vec<String>>;

/// An OpenAPI description with all references resolved.
#[derive(Clone, Debug)]
pub struct Document {
    /// The `info` object.
    pub info: Info,
    /// The `summary` in it.
    pub summary: Option<String>,
    /// The titles and the versions of all documents that it was made of, if there are several.
    pub parts: Vec<(String, String)>,
    /// The servers, in the document's order.
    pub servers: Vec<Server>,
    /// The declared tags.
    pub tags: Vec<Tag>,
    /// The requirements for operations without their own; satisfying any one of them suffices.
    pub security: Vec<SecurityRequirement>,
    /// The declared security schemes by name.
    pub security_schemes: BTreeMap<String, SecurityScheme>,
    /// Every schema of the document, including inline ones.
    pub schemas: Schemas,
    /// `components/schemas`, in the document's order, followed by the named schemas of other files.
    pub components: IndexMap<String, SchemaId>,
    /// The selected operations, in the document's order.
    pub operations: Vec<Operation>,
    /// The requests that the service sends: webhooks, then the callbacks of the selected operations, each in the
    /// document's order.
    pub received: Vec<Received>,
    /// The document's own `x-` members.
    pub extensions: BTreeMap<String, Value>,
    /// Where the text of values is that overlays have changed.
    pub origins: Arc<Origins>,
}

/// A request that the service sends, and the user of the client receives: a webhook, or a callback of an operation.
#[derive(Clone, Debug)]
pub struct Received {
    /// The name of the webhook or of the callback.
    pub event: String,
    /// The operation that asks for it; `None` for a webhook.
    pub callback: Option<Callback>,
    /// The request. Its path is the webhook's name, or the runtime expression that gives the callback's URL.
    pub request: Operation,
}

/// What a callback belongs to.
#[derive(Clone, Debug)]
pub struct Callback {
    /// The operation's `operationId`, or else its method and path.
    pub asked_by: String,
    /// The name of the Callback Object, if it is a component, which several operations can share.
    pub component: Option<String>,
}

/// A Server Object.
#[derive(Clone, Debug)]
pub struct Server {
    /// What every version has.
    pub declared: openapiv3::Server,
    /// `name` (OpenAPI 3.2).
    pub name: Option<String>,
}

/// A Security Scheme Object.
#[derive(Clone, Debug)]
pub struct SecurityScheme {
    /// Where it is declared; where the document starts if it isn't.
    pub place: Place,
    /// What every version has.
    pub declared: openapiv3::SecurityScheme,
    /// `deprecated` (OpenAPI 3.2).
    pub deprecated: bool,
    /// What it says, one entry for each member of it and of its flows.
    pub details: BTreeMap<String, String>,
    /// The scopes of its flows.
    pub scopes: BTreeSet<String>,
}

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
    pub fn mapping<'d>(&'d self, document: &'d Document) -> Option<&'d IndexMap<String, SchemaId>> {
        let by = match &self.alternatives {
            Alternatives::Mapping(_) => self,
            Alternatives::Like(id) => document.schemas[*id].discriminated_by.as_ref()?,
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
    pub(super) fn ids_mut(&mut self) -> impl Iterator<Item = &mut SchemaId> {
        let (mapping, like) = match self {
            Self::Mapping(mapping) => (Some(mapping), None),
            Self::Like(id) => (None, Some(id)),
        };
        mapping.into_iter().flat_map(IndexMap::values_mut).chain(like)
    }
}

/// An Operation Object together with what it inherits from its path item.
#[derive(Clone, Debug)]
pub struct Operation {
    /// Where it is.
    pub place: Place,
    /// The method as it is sent.
    pub method: String,
    /// The path template as it is in the document.
    pub path: String,
    /// The path template as it is sent: without a fragment, and without the parts that query parameters provide.
    pub template: String,
    /// `operationId`.
    pub operation_id: Option<String>,
    /// `summary`.
    pub summary: Option<String>,
    /// `description`.
    pub description: Option<String>,
    /// `tags`.
    pub tags: Vec<String>,
    /// `deprecated`.
    pub deprecated: bool,
    /// The operation's parameters and those of its path that it doesn't override, in the document's order, with the
    /// path's first.
    pub parameters: Vec<Parameter>,
    /// `requestBody`.
    pub request_body: Option<RequestBody>,
    /// `responses`, in the document's order.
    pub responses: Vec<Response>,
    /// `security`, if the operation has its own. An empty list means that none is required.
    pub security: Option<Vec<SecurityRequirement>>,
    /// The operation's own servers, or else its path's; empty if the document's servers apply.
    pub servers: Vec<Server>,
    /// `x-` members.
    pub extensions: BTreeMap<String, Value>,
}

/// A Parameter Object, or a Header Object, whose location is [`Location::Header`].
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Where it is.
    pub place: Place,
    /// The name on the wire.
    pub name: String,
    /// `in`.
    pub location: Location,
    /// `description`.
    pub description: Option<String>,
    /// `required`; always true for a path parameter.
    pub required: bool,
    /// `deprecated`.
    pub deprecated: bool,
    /// `allowReserved`.
    pub allow_reserved: bool,
    /// `allowEmptyValue`.
    pub allow_empty_value: bool,
    /// `style`, or the default for the location.
    pub style: Style,
    /// `explode`, or the default for the style.
    pub explode: bool,
    /// `schema`, or that of the only entry of `content`; `None` if there is neither.
    pub schema: Option<SchemaId>,
    /// `encoding` of that entry, by property, if the parameter is a whole query.
    pub encoding: IndexMap<String, Encoding>,
    /// The media type of `content`, if the parameter has that and no `schema`.
    pub media_type: Option<String>,
    /// `x-` members.
    pub extensions: BTreeMap<String, Value>,
}

/// Where a parameter goes (`in`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Location {
    /// In the path template.
    Path,
    /// In the query.
    Query,
    /// The whole query (OpenAPI 3.2).
    Querystring,
    /// A header.
    Header,
    /// In the `Cookie` header.
    Cookie,
}

/// How a parameter's value is written (OpenAPI 3.1, 4.8.12.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Style {
    /// `;name=value` in a path.
    Matrix,
    /// `.value` in a path.
    Label,
    /// Comma-separated in a path or header.
    Simple,
    /// `name=value` in a query or cookie.
    Form,
    /// Separated by `%20` in a query.
    SpaceDelimited,
    /// Separated by `|` in a query.
    PipeDelimited,
    /// `name[key]=value` in a query.
    DeepObject,
    /// `name=value` in a cookie, without any escapes (OpenAPI 3.2).
    Cookie,
}

/// A Request Body Object.
#[derive(Clone, Debug)]
pub struct RequestBody {
    /// Where it is.
    pub place: Place,
    /// `description`.
    pub description: Option<String>,
    /// `required`; `None` if absent.
    pub required: Option<bool>,
    /// `content`, in the document's order.
    pub content: Vec<MediaType>,
}

/// An entry of `content`.
#[derive(Clone, Debug)]
pub struct MediaType {
    /// Where it is.
    pub place: Place,
    /// The media type or range, e.g. `application/json`.
    pub name: String,
    /// `schema`.
    pub schema: Option<SchemaId>,
    /// `itemSchema`: that of each item, where the content is a sequence.
    pub item_schema: Option<SchemaId>,
    /// `encoding` by property.
    pub encoding: IndexMap<String, Encoding>,
    /// `prefixEncoding`, by position (OpenAPI 3.2).
    pub prefix_encoding: Vec<Encoding>,
    /// `itemEncoding`: that of all other positions (OpenAPI 3.2).
    pub item_encoding: Option<Encoding>,
}

/// An Encoding Object.
#[derive(Clone, Debug, Default)]
pub struct Encoding {
    /// Where it is.
    pub place: Place,
    /// `contentType`.
    pub content_type: Option<String>,
    /// `headers`, in the document's order.
    pub headers: Vec<Parameter>,
    /// `style`.
    pub style: Option<Style>,
    /// `explode`.
    pub explode: Option<bool>,
    /// `allowReserved`.
    pub allow_reserved: bool,
    /// `encoding`, `prefixEncoding` and `itemEncoding` as they are in the document: no code is made from them.
    pub nested: Option<Box<Map<String, Value>>>,
}

/// A Response Object.
#[derive(Clone, Debug)]
pub struct Response {
    /// Where it is.
    pub place: Place,
    /// The status code or range; `None` for `default`.
    pub status: Option<StatusCode>,
    /// `summary` (OpenAPI 3.2).
    pub summary: Option<String>,
    /// `description`.
    pub description: String,
    /// `headers`, in the document's order.
    pub headers: Vec<Parameter>,
    /// `content`, in the document's order.
    pub content: Vec<MediaType>,
    /// `links` as they are in the document but for descriptions and references: no code is made from them.
    pub links: Option<Box<Value>>,
}
