//! The Operation Object, with its parameters, bodies and responses.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use openapiv3::StatusCode;
use serde_json::{Map, Value};

use super::schema::SchemaId;
use super::service::{SecurityRequirement, Server};
use crate::text::Place;

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
