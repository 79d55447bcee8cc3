//! Operations: what a builder asks for, what it sends and what comes back.

use super::{
    Docs, Ident, LongRunning, Modification, Pagination, Rule, Server, Status, TypeRef, Wish, XmlRoot,
};
use crate::diagnostics::Place;

/// An operation.
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    /// The modules that contain it, such as `["connections", "directory_provisioning"]`; may be empty.
    pub group: Vec<Ident>,
    /// Its function, such as `update`.
    pub name: Ident,
    /// The name of its module and file: `{name}`, unless a group beside it has that name.
    pub file: Ident,
    /// The builder's type, e.g. `Update`. Its error is `{type_name}Error`, its output enum, if it has one,
    /// `{type_name}Output`, its body enum `{type_name}Body`, a body with files in it `{type_name}{variant}`, its headers `{type_name}Headers`; they are free too.
    pub type_name: Ident,
    /// The document's names for the modules that contain it.
    pub group_words: Vec<String>,
    /// The document's name for it.
    pub wish: Wish,
    /// The start of the keys of its own inline types.
    pub types_key: String,
    /// `operationId`, or else method and path, as in messages.
    pub id: String,
    /// The method as it is sent.
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
    /// ones, each in the document's order. The required ones are arguments of its function.
    pub parameters: Vec<Parameter>,
    /// The request body.
    pub body: Option<Body>,
    /// The successes: one for each status or range, or `default` if nothing else is declared.
    pub successes: Vec<Response>,
    /// The declared failures: 4XX, 5XX, and `default` beside a success.
    pub failures: Vec<Response>,
    /// The media types beside the preferred ones that successes can be asked for, in the document's order.
    pub alternatives: Vec<Alternative>,
    /// The property of the body that asks for a stream, if the settings name it.
    pub stream_flag: Option<String>,
    /// The alternatives for authentication, any one of which suffices; empty if none is needed.
    pub security: Vec<Vec<Requirement>>,
    /// Its own servers, the default first; empty if the service's servers are its own too.
    pub servers: Vec<Server>,
    /// The forms of its pagination, the preferred one first; empty if it isn't paginated.
    pub pagination: Vec<Pagination>,
    /// The safe partial update whose write it is.
    pub modification: Option<Modification>,
    /// The long-running operation that it starts.
    pub long_running: Option<LongRunning>,
    /// The operation.
    pub place: Place,
}

impl Operation {
    /// Whether a success is a sequence of items in any of its media types.
    pub fn streams(&self) -> bool {
        self.successes.iter().flat_map(Response::contents).any(|content| content.items.is_some())
    }

    /// The [`id`](Self::id)s of the operations that its code refers to.
    pub fn referred(&self) -> impl Iterator<Item = &str> {
        let modification = self.modification.iter().map(|modification| modification.read.as_str());
        modification.chain(self.long_running.iter().map(|work| work.read.as_str()))
    }

    /// Calls `visit` with each type that a parameter, body, response or header of a response has, and those in it.
    pub fn visit_types<'a>(&'a self, visit: &mut impl FnMut(&'a TypeRef)) {
        let responses = || self.successes.iter().chain(&self.failures);
        let parameters = self.parameters.iter().chain(responses().flat_map(|response| &response.headers));
        parameters.for_each(|parameter| parameter.ty.visit(visit));
        let bodies = self.body.iter().flat_map(|body| &body.content);
        bodies.for_each(|content| content.ty.visit(visit));
        for content in responses().flat_map(Response::contents) {
            content.ty.visit(visit);
            content.items.iter().filter_map(|items| items.ty.as_ref()).for_each(|ty| ty.visit(visit));
        }
    }
}

impl Operation {
    /// Calls `visit` with each name of a type that the operation holds.
    pub(crate) fn visit_names_mut(&mut self, visit: &mut impl FnMut(&mut Ident)) {
        let responses = self.successes.iter_mut().chain(&mut self.failures);
        for response in responses {
            response.headers.iter_mut().for_each(|header| header.ty.visit_names_mut(visit));
            for content in response.content.iter_mut().chain(&mut response.alternatives) {
                content.ty.visit_names_mut(visit);
                let item = content.items.as_mut().and_then(|items| items.ty.as_mut());
                item.into_iter().for_each(|ty| ty.visit_names_mut(visit));
            }
        }
        self.parameters.iter_mut().for_each(|parameter| parameter.ty.visit_names_mut(visit));
        let bodies = self.body.iter_mut().flat_map(|body| &mut body.content);
        bodies.for_each(|content| content.ty.visit_names_mut(visit));
        for pagination in &mut self.pagination {
            pagination.item.visit_names_mut(visit);
            pagination.next_item.iter_mut().for_each(|(item, _)| visit(item));
            for form in &mut pagination.forms {
                form.variant.iter_mut().for_each(|(union, _)| visit(union));
                form.object.iter_mut().for_each(&mut *visit);
            }
        }
        self.modification.iter_mut().for_each(|modification| visit(&mut modification.body));
        if let Some(work) = &mut self.long_running {
            work.response.iter_mut().for_each(&mut *visit);
            work.status.iter_mut().for_each(|(object, _)| visit(object));
        }
    }
}

/// A piece of a path template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathPiece {
    /// Literal text of the URI, which may include `?` and a fixed query.
    Literal(String),
    /// The parameter with this index in [`Operation::parameters`].
    Parameter(usize),
}

/// A security scheme and the scopes that are needed.
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
    /// The name of its field, and of its setter or argument; unique among parameters and body properties.
    pub field: Ident,
    /// Its documentation.
    pub docs: Docs,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// Whether it is required.
    pub required: bool,
    /// Where it goes and how it is written.
    pub location: Location,
    /// How it is written.
    pub style: Style,
    /// Whether each item or member is written separately (`explode`).
    pub explode: bool,
    /// Whether reserved characters aren't escaped (`allowReserved`).
    pub allow_reserved: bool,
    /// Whether it is written as JSON (`content` with a JSON media type).
    pub as_json: bool,
    /// How each property is written if it is the whole query as a form (`application/x-www-form-urlencoded`).
    pub as_form: Option<Vec<PropertyEncoding>>,
    /// The type of its value.
    pub ty: TypeRef,
    /// What its value obeys.
    pub rules: Vec<Rule>,
    /// `default`: what the server assumes if it is absent.
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
    /// The media types it can have, the preferred one first: JSON, then multipart, form, items, XML, text, others.
    pub content: Vec<BodyContent>,
    /// The files of a body that is always multipart: its binary properties, which the body's type lacks.
    pub files: Vec<FileField>,
}

/// A file, or a list of files, in a multipart body.
#[derive(Clone, Debug, PartialEq)]
pub struct FileField {
    /// The property on the wire.
    pub wire: String,
    /// Its documentation.
    pub docs: Docs,
    /// Whether it is required.
    pub required: bool,
    /// Whether it is a list of files.
    pub many: bool,
    /// The headers that its parts can have.
    pub headers: Vec<PartHeader>,
}

/// A header of a part of a multipart body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartHeader {
    /// Its name.
    pub wire: String,
    /// Whether each part must have it.
    pub required: bool,
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
    /// The root element, for [`BodyEncoding::Xml`].
    pub xml: Option<Box<XmlRoot>>,
    /// The variant in the body enum, if contents have different types.
    pub variant: Ident,
    /// The files of a multipart body that has other media types too. `ty` lacks them: the variant holds a struct of the
    /// operation's own, with the values and the files.
    pub files: Vec<FileField>,
}

/// How a body's value becomes bytes.
#[derive(Clone, Debug, PartialEq)]
pub enum BodyEncoding {
    /// JSON.
    Json,
    /// `application/x-www-form-urlencoded`, with how each property is written if that isn't `form`, exploded.
    Form(Vec<PropertyEncoding>),
    /// `multipart/form-data`, likewise. Files are in [`Body::files`].
    Multipart(Vec<PropertyEncoding>),
    /// `multipart/mixed` and the like, whose parts are the items of a list: the `contentType` of the first ones by position,
    /// and that of the others.
    Parts(Vec<Option<String>>, Option<String>),
    /// A sequence of items. The value is a list.
    Items(Framing),
    /// XML.
    Xml,
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
    /// The preferred content, JSON first; `None` without content.
    pub content: Option<ResponseContent>,
    /// The contents in other media types that callers can ask for; none of failures.
    pub alternatives: Vec<ResponseContent>,
    /// The declared headers.
    pub headers: Vec<Parameter>,
    /// The response.
    pub place: Place,
}

impl Response {
    /// Its contents, the preferred one first.
    pub fn contents(&self) -> impl Iterator<Item = &ResponseContent> {
        self.content.iter().chain(&self.alternatives)
    }

    /// The content if `alternative` is asked for.
    pub fn content_as(&self, alternative: &Alternative) -> Option<&ResponseContent> {
        self.contents().find(|content| content.media_type == alternative.media_type).or(self.content.as_ref())
    }
}

/// A media type beside the preferred one that callers can ask for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alternative {
    /// The media type as declared.
    pub media_type: String,
    /// What its type is called after the operation's: `Csv`. Its method is `accept_csv`.
    pub word: Ident,
}

/// The content of a response.
#[derive(Clone, Debug, PartialEq)]
pub struct ResponseContent {
    /// The media type as declared.
    pub media_type: String,
    /// How the bytes become a value.
    pub encoding: ResponseEncoding,
    /// The value's type.
    pub ty: TypeRef,
    /// The root element, for [`ResponseEncoding::Xml`].
    pub xml: Option<Box<XmlRoot>>,
    /// The items, if it is a sequence. The value is then the whole sequence as text.
    pub items: Option<Items>,
    /// The other declared media types.
    pub others: Vec<String>,
}

/// The items of a content that is a sequence.
#[derive(Clone, Debug, PartialEq)]
pub struct Items {
    /// How they follow each other.
    pub framing: Framing,
    /// The type of an item; `None` if it is a server-sent event as it is.
    pub ty: Option<TypeRef>,
    /// The text in place of an item that ends the sequence.
    pub end: Option<String>,
}

/// How items follow each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Framing {
    /// `text/event-stream`.
    Events(EventData),
    /// A JSON text on each line.
    Lines,
    /// A JSON text sequence (RFC 7464).
    Sequence,
}

/// What the data of a server-sent event is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EventData {
    /// The item, as JSON.
    Item,
    /// The property `data` of the item, as text.
    Text,
    /// The property `data` of the item, as JSON.
    Json,
    /// The property `data` of the item: text in the events of these types, JSON in the others.
    JsonExcept(Vec<String>),
}

/// How a response's bytes become a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ResponseEncoding {
    /// JSON.
    Json,
    /// XML.
    Xml,
    /// Text.
    Text,
    /// JSON or text, as the response says: where the document allows any media type, or both.
    JsonOrText,
    /// Bytes as they are.
    Bytes,
    /// A sequence of items. The value is the whole sequence as text.
    Items,
}
