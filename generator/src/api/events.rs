//! Events: the requests that the service sends, and that the user of the client receives.

use super::{Docs, Ident, Parameter, Status, TypeRef, XmlRoot};
use crate::diagnostics::Place;

/// The requests that arrive at one place: the webhooks of a document, or one callback.
#[derive(Clone, Debug, PartialEq)]
pub struct Events {
    /// The operations that ask for the callback, by their ids; empty for webhooks.
    pub asked_by: Vec<String>,
    /// The name of the callback; empty for webhooks.
    pub name: String,
    /// What the enum wishes to be called.
    pub words: String,
    /// The enum of all events. Its headers are `{type_name}Headers`, which is free too.
    pub type_name: Ident,
    /// The header that names the event, if there is one.
    pub header: Option<String>,
    /// How an event is recognised by its payload alone.
    pub by_payload: ByPayload,
    /// The headers that events come with, each once.
    pub headers: Vec<Parameter>,
    /// The events, in the document's order.
    pub events: Vec<Event>,
    /// The variant for anything else, `Unknown(Json)`: `Unknown` unless an event has that name.
    pub unknown: Ident,
}

/// How an event is recognised by its payload alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ByPayload {
    /// It isn't.
    No,
    /// There is only one event, whose payload is JSON or XML.
    Only,
    /// By the value of the named property.
    Property(String),
}

/// A request that the service sends.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// The variant.
    pub variant: Ident,
    /// What the document calls it.
    pub words: String,
    /// The start of the keys of its inline types.
    pub types_key: String,
    /// What the sender calls it, as in the header that names the event.
    pub name: String,
    /// The values of [`ByPayload::Property`] that select it.
    pub tags: Vec<String>,
    /// The method and the runtime expression for the URL of each request of a callback; empty for webhooks.
    pub addresses: Vec<String>,
    /// Its documentation.
    pub docs: Docs,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// Its payload; `None` without one.
    pub payload: Option<Payload>,
    /// What the receiver can answer, in the document's order.
    pub answers: Vec<Answer>,
    /// The request.
    pub place: Place,
}

/// The payload of an event.
#[derive(Clone, Debug, PartialEq)]
pub struct Payload {
    /// The media type as declared.
    pub media_type: String,
    /// How the bytes become a value.
    pub encoding: PayloadEncoding,
    /// The value's type.
    pub ty: TypeRef,
    /// The root element, for [`PayloadEncoding::Xml`].
    pub xml: Option<Box<XmlRoot>>,
}

/// How the bytes of a payload become a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PayloadEncoding {
    /// JSON.
    Json,
    /// XML.
    Xml,
    /// Text in UTF-8.
    Text,
    /// Bytes as they are.
    Bytes,
}

/// What the receiver of an event can answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The status.
    pub status: Status,
    /// Its documentation.
    pub docs: Docs,
    /// The preferred media type, JSON first; `None` without content.
    pub media_type: Option<String>,
    /// The type of its JSON.
    pub ty: Option<TypeRef>,
    /// The names of its headers.
    pub headers: Vec<String>,
}

/// How events are signed, as the settings say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Signature {
    /// As Standard Webhooks says.
    Standard,
    /// With an HMAC of the body, or of more than that.
    Hmac(Hmac),
}

/// Where the signature is, and of what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hmac {
    /// The header with the signature.
    pub header: String,
    /// What stands before the signature.
    pub prefix: String,
    /// How the signature is written.
    pub encoding: SignatureEncoding,
    /// The hash function.
    pub hash: SignatureHash,
    /// What is signed, with `{timestamp}` and `{body}`.
    pub content: String,
    /// Where the timestamp is.
    pub timestamp: SignatureTimestamp,
}

/// Where the timestamp of a signature is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignatureTimestamp {
    /// There is none.
    None,
    /// In a header of its own.
    Header(String),
    /// In the header with the signature, which has pairs: the keys of the timestamp and of the signatures.
    Fields(String, String),
}

pub use crate::settings::{SignatureEncoding, SignatureHash};

impl Events {
    /// Calls `visit` with each type that an event holds or comes with.
    pub fn visit_types<'a>(&'a self, visit: &mut impl FnMut(&'a TypeRef)) {
        self.headers.iter().for_each(|header| header.ty.visit(visit));
        for event in &self.events {
            event.payload.iter().for_each(|payload| payload.ty.visit(visit));
            event.answers.iter().filter_map(|answer| answer.ty.as_ref()).for_each(|ty| ty.visit(visit));
        }
    }

    /// Calls `visit` with each name of a type that an event holds.
    pub(crate) fn visit_names_mut(&mut self, visit: &mut impl FnMut(&mut Ident)) {
        self.headers.iter_mut().for_each(|header| header.ty.visit_names_mut(visit));
        for event in &mut self.events {
            event.payload.iter_mut().for_each(|payload| payload.ty.visit_names_mut(visit));
            let answers = event.answers.iter_mut().filter_map(|answer| answer.ty.as_mut());
            answers.for_each(|ty| ty.visit_names_mut(visit));
        }
    }

    /// Whether they are the document's webhooks rather than a callback.
    pub fn are_webhooks(&self) -> bool {
        self.asked_by.is_empty()
    }

    /// Whether the sender's name for an event is needed to tell it from others, or can be.
    pub fn are_named(&self) -> bool {
        self.are_webhooks() || self.events.len() > 1
    }
}
