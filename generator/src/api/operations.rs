//! Operations: what a builder asks for, what it sends and what comes back.

use super::{Docs, Ident, Modification, Pagination, Rule, Status, TypeRef, Wish};
use crate::diagnostics::Place;

/// An operation.
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    /// The modules it stands in, e.g. `["connections", "directory_provisioning"]`; may be empty.
    pub group: Vec<Ident>,
    /// The function that starts it, e.g. `update`.
    pub name: Ident,
    /// Its module's name and file, `{name}` unless a group beside it has that name.
    pub file: Ident,
    /// The builder's type, e.g. `Update`. Its error is `{type_name}Error`, its output enum, if it has one,
    /// `{type_name}Output`, its body enum `{type_name}Body`, a body with files in it `{type_name}{variant}`, its headers `{type_name}Headers`; they are free too.
    pub type_name: Ident,
    /// What the document calls the modules that it stands in.
    pub group_words: Vec<String>,
    /// What the document calls it.
    pub wish: Wish,
    /// Begins the keys of the inline types that it alone has.
    pub types_key: String,
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
    /// What success looks like: one for each success status or range, `default` if it alone is declared.
    pub successes: Vec<Response>,
    /// The declared failures: 4XX, 5XX, and `default` beside a success.
    pub failures: Vec<Response>,
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
    /// Calls `visit` with each type that a parameter, body, response or header of a response has, and those in it.
    pub fn visit_types<'a>(&'a self, visit: &mut impl FnMut(&'a TypeRef)) {
        let responses = || self.successes.iter().chain(&self.failures);
        let parameters = self.parameters.iter().chain(responses().flat_map(|response| &response.headers));
        parameters.for_each(|parameter| parameter.ty.visit(visit));
        let bodies = self.body.iter().flat_map(|body| &body.content);
        bodies.for_each(|content| content.ty.visit(visit));
        responses().flat_map(|response| &response.content).for_each(|content| content.ty.visit(visit));
    }
}

impl Operation {
    /// Calls `visit` with each name of a type that the operation holds.
    pub(crate) fn visit_names_mut(&mut self, visit: &mut impl FnMut(&mut Ident)) {
        let responses = self.successes.iter_mut().chain(&mut self.failures);
        for response in responses {
            response.headers.iter_mut().for_each(|header| header.ty.visit_names_mut(visit));
            response.content.iter_mut().for_each(|content| content.ty.visit_names_mut(visit));
        }
        self.parameters.iter_mut().for_each(|parameter| parameter.ty.visit_names_mut(visit));
        let bodies = self.body.iter_mut().flat_map(|body| &mut body.content);
        bodies.for_each(|content| content.ty.visit_names_mut(visit));
        for pagination in &mut self.pagination {
            pagination.item.visit_names_mut(visit);
            for form in &mut pagination.forms {
                form.variant.iter_mut().for_each(|(union, _)| visit(union));
                form.object.iter_mut().for_each(&mut *visit);
            }
        }
        self.modification.iter_mut().for_each(|modification| visit(&mut modification.body));
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
    /// The field, and its setter or argument; unique among parameters and body properties.
    pub field: Ident,
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
    /// The files of a multipart body without other media types: properties that are binary, which the body's type
    /// hasn't got.
    pub files: Vec<FileField>,
}

/// A file, or a list of files, in a multipart body.
#[derive(Clone, Debug, PartialEq)]
pub struct FileField {
    /// The property on the wire.
    pub wire: String,
    /// Its documentation.
    pub docs: Docs,
    /// Whether it must be given.
    pub required: bool,
    /// Whether it is a list of files.
    pub many: bool,
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
    pub variant: Ident,
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
pub struct Response {
    /// The status.
    pub status: Status,
    /// Its documentation.
    pub docs: Docs,
    /// What it holds: the preferred content, JSON first; `None` without content.
    pub content: Option<ResponseContent>,
    /// The declared headers.
    pub headers: Vec<Parameter>,
    /// The response.
    pub place: Place,
}

/// What a response's bytes become.
#[derive(Clone, Debug, PartialEq)]
pub struct ResponseContent {
    /// The media type as declared.
    pub media_type: String,
    /// How the bytes become a value.
    pub encoding: ResponseEncoding,
    /// The value's type.
    pub ty: TypeRef,
    /// The other media types that it is declared to have, which the server isn't asked for.
    pub others: Vec<String>,
}

/// How a response's bytes become a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ResponseEncoding {
    /// JSON.
    Json,
    /// Text in UTF-8.
    Text,
    /// Bytes as they are.
    Bytes,
    /// `text/event-stream`: events, each with its data; the value is the whole stream as text for now.
    Events,
}
