//! Operations: what a builder asks for, what it sends and what comes back.

use super::{Docs, Modification, Pagination, Rule, TypeRef};
use crate::diagnostics::Place;

/// An operation.
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    /// The modules it stands in, e.g. `["connections", "directory_provisioning"]`; may be empty.
    pub group: Vec<String>,
    /// The function that starts it, e.g. `update`.
    pub name: String,
    /// Its module's name and file, `{name}` unless a group beside it has that name.
    pub file: String,
    /// The builder's type, e.g. `Update`. Its error is `{type_name}Error`, its output enum, if it has one,
    /// `{type_name}Output`, its body enum `{type_name}Body`, a body with files in it `{type_name}{variant}`, its headers `{type_name}Headers`; plan keeps them free.
    pub type_name: String,
    /// `operationId`, else method and path: what a message calls it.
    pub id: String,
    /// The method in upper case.
    pub method: String,
    /// The path template, e.g. `/connections/{id}`.
    pub path: String,
    /// The template in pieces.
    pub path_pieces: Vec<PathPiece>,
    /// Its documentation.
    pub docs: Docs,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// The parameters: those of the path in the template's order, then the required ones, then the optional
    /// ones, each in the document's order. The required ones are arguments of the function that starts it.
    pub parameters: Vec<Parameter>,
    /// The request body.
    pub body: Option<Body>,
    /// Starts for each alternative of a property of the body, if it has such a property.
    pub starts: Option<Starts>,
    /// What success looks like: one for each success status or range, `default` if it alone is declared.
    pub successes: Vec<Reply>,
    /// The declared failures: 4XX, 5XX, and `default` beside a success.
    pub failures: Vec<Reply>,
    /// The alternatives to authenticate with: any one suffices; empty if none is needed.
    pub security: Vec<Vec<Requirement>>,
    /// The forms in which it pages, the preferred one first; empty if it doesn't.
    pub pagination: Vec<Pagination>,
    /// The safe partial update that it is the write of.
    pub modification: Option<Modification>,
    /// The operation.
    pub place: Place,
}

impl Operation {
    /// Calls `visit` with each type that a parameter, body, reply or header of a reply has, and those in it.
    pub fn visit_types<'a>(&'a self, visit: &mut impl FnMut(&'a TypeRef)) {
        let replies = || self.successes.iter().chain(&self.failures);
        let parameters = self.parameters.iter().chain(replies().flat_map(|reply| &reply.headers));
        parameters.for_each(|parameter| parameter.ty.visit(visit));
        let bodies = self.body.iter().flat_map(|body| &body.content);
        bodies.for_each(|content| content.ty.visit(visit));
        replies().flat_map(|reply| &reply.content).for_each(|content| content.ty.visit(visit));
    }
}

/// A piece of a path template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathPiece {
    /// Text as it stands in a URI; only here is a `?`, before a query that is always the same.
    Literal(String),
    /// The parameter of this index in [`Operation::parameters`].
    Parameter(usize),
}

/// A scheme and the scopes it needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Requirement {
    /// The name of the security scheme.
    pub scheme: String,
    /// The scopes.
    pub scopes: Vec<String>,
}

/// A parameter of an operation.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// The name on the wire.
    pub wire: String,
    /// The Rust name of the field and of its setter or argument; unique among parameters and body properties.
    pub field: String,
    /// Its documentation.
    pub docs: Docs,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// Whether it must be given.
    pub required: bool,
    /// Where it goes and how it is written.
    pub location: Location,
    /// How it is written.
    pub style: Style,
    /// Whether lists and objects are written out as several.
    pub explode: bool,
    /// Whether reserved characters stay as they are.
    pub allow_reserved: bool,
    /// Written as JSON text (`content` with a JSON media type).
    pub as_json: bool,
    /// The type of its value.
    pub ty: TypeRef,
    /// What its value obeys.
    pub rules: Vec<Rule>,
    /// `default`: what the server assumes without it.
    pub default: Option<serde_json::Value>,
    /// The parameter.
    pub place: Place,
}

pub use crate::source::document::{Location, Style};

/// A request body.
#[derive(Clone, Debug, PartialEq)]
pub struct Body {
    /// Its documentation.
    pub docs: Docs,
    /// Whether it must be sent.
    pub required: bool,
    /// The media types it can have, the preferred one first: JSON, then multipart, form, text, others.
    pub content: Vec<BodyContent>,
    /// Setters for the properties of the body, where the preferred content is a struct. The field's Rust name
    /// in the struct and the setter's name on the builder, which differ only to dodge a parameter's.
    pub setters: Vec<BodySetter>,
    /// The files of a multipart body without other media types: properties that are binary, which the body's type
    /// hasn't got.
    pub files: Vec<FileField>,
}

/// Starts of an operation, one for each alternative of a property of its body that another one chooses: what is
/// set in them can't be another alternative's.
#[derive(Clone, Debug, PartialEq)]
pub struct Starts {
    /// The builder, `{type_name}With` of the operation.
    pub type_name: String,
    /// The wire name of the property.
    pub property: String,
    /// The wire name of the property that chooses, which a request must have.
    pub tag: String,
    /// The property's type, a union of [`Tagging::Sibling`](super::Tagging::Sibling).
    pub union: String,
    /// The starts, in the order of the union's variants.
    pub starts: Vec<Start>,
}

/// A start of an operation for one alternative.
#[derive(Clone, Debug, PartialEq)]
pub struct Start {
    /// The function, e.g. `create_mail`.
    pub name: String,
    /// The alternative.
    pub variant: super::Variant,
}

/// A file, or a list of files, in a multipart body.
#[derive(Clone, Debug, PartialEq)]
pub struct FileField {
    /// The property on the wire.
    pub wire: String,
    /// The builder's field and setter, or the argument if it is required.
    pub field: String,
    /// Its documentation.
    pub docs: Docs,
    /// Whether it must be given.
    pub required: bool,
    /// Whether it is a list of files.
    pub many: bool,
}

/// A setter on the builder for a property of the body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BodySetter {
    /// The field in the body's struct.
    pub field: String,
    /// The setter's name on the builder.
    pub name: String,
}

/// A body in one media type.
#[derive(Clone, Debug, PartialEq)]
pub struct BodyContent {
    /// The media type as declared.
    pub media_type: String,
    /// How the value becomes bytes.
    pub encoding: BodyEncoding,
    /// The value's type: for [`BodyEncoding::Bytes`] it is [`TypeRef::Body`], for text [`TypeRef::String`].
    pub ty: TypeRef,
    /// What the value obeys.
    pub rules: Vec<Rule>,
    /// The variant's name in the body enum, where contents have different types.
    pub variant: String,
    /// The files of a multipart body beside other media types, which `ty` hasn't got: the variant holds a struct
    /// of the operation's, the values and the files.
    pub files: Vec<FileField>,
}

/// How a body's value becomes bytes.
#[derive(Clone, Debug, PartialEq)]
pub enum BodyEncoding {
    /// JSON.
    Json,
    /// `application/x-www-form-urlencoded`; how each property is written where it isn't `form`, exploded.
    Form(Vec<PropertyEncoding>),
    /// `multipart/form-data`, likewise; what is a file is in [`Body::files`].
    Multipart(Vec<PropertyEncoding>),
    /// Text in UTF-8.
    Text,
    /// Bytes as they are.
    Bytes,
}

/// How one property is written in a form or a multipart body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PropertyEncoding {
    /// The property on the wire.
    pub wire: String,
    /// `contentType`, for multipart.
    pub content_type: Option<String>,
    /// `style`.
    pub style: Style,
    /// `explode`.
    pub explode: bool,
    /// `allowReserved`.
    pub allow_reserved: bool,
}

/// A declared response.
#[derive(Clone, Debug, PartialEq)]
pub struct Reply {
    /// The status.
    pub status: Status,
    /// The variant's name in the error or output enum, e.g. `NotFound`, `Status4Xx`, `Default`.
    pub variant: String,
    /// Its documentation.
    pub docs: Docs,
    /// What it holds: the preferred content, JSON first; `None` without content.
    pub content: Option<ReplyContent>,
    /// The declared headers.
    pub headers: Vec<Parameter>,
    /// The response.
    pub place: Place,
}

/// A status or a range of them (OpenAPI 3.1, 4.8.16.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Status {
    /// One status code.
    Code(u16),
    /// The hundred that begins with this digit, e.g. 4 for `4XX`.
    Range(u8),
    /// Any not declared.
    Default,
}

/// What a response's bytes become.
#[derive(Clone, Debug, PartialEq)]
pub struct ReplyContent {
    /// The media type as declared.
    pub media_type: String,
    /// How the bytes become a value.
    pub encoding: ReplyEncoding,
    /// The value's type.
    pub ty: TypeRef,
    /// The other media types that it is declared to have, which the server isn't asked for.
    pub others: Vec<String>,
}

/// How a response's bytes become a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReplyEncoding {
    /// JSON.
    Json,
    /// Text in UTF-8.
    Text,
    /// Bytes as they are.
    Bytes,
    /// `text/event-stream`: events, each with its data; the value is the whole stream as text for now.
    Events,
}
