//! Origins: the parts of a document that items are made from, and that changes are about.

use std::fmt;

use crate::api::{Events, Ident, Location, Operation, Status};

/// The part of the document that an item is made from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Origin {
    /// The operation or the type, or the service as a whole.
    pub group: Group,
    /// The part of it.
    pub part: Part,
}

/// What the parts of a document are grouped by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// The service and its crate as a whole.
    Service,
    /// An operation. In a comparison, as in the new document if it is there.
    Operation {
        /// The path template.
        path: String,
        /// The method as it is sent.
        method: String,
        /// The path of its function.
        call: String,
    },
    /// Events: those of the document, or a callback by its name.
    Events(Option<String>),
    /// A type, by its Rust name. In a comparison, as in the new crate if it is there.
    Type(String),
}

/// A part of an operation, of a type or of the service.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The whole.
    Whole,
    /// A server, by its URL.
    Server(String),
    /// A security scheme, by name.
    SecurityScheme(String),
    /// A cargo feature, by name.
    Feature(String),
    /// How callers authenticate.
    Security,
    /// A parameter.
    Parameter(Location, String),
    /// Its pagination.
    Pagination,
    /// Its use in a safe partial update.
    Modification,
    /// The long-running operation that it starts.
    LongRunning,
    /// The request's body.
    Body,
    /// A file of the request's body, by its name on the wire.
    File(String),
    /// A response, by status.
    Response(Status),
    /// An event, by the sender's name.
    Event(String),
    /// A header of a response or of events.
    Header(String),
    /// A property, by its name on the wire.
    Property(String),
    /// The additional properties.
    AdditionalProperties,
    /// A value of an enum, as JSON.
    Value(String),
    /// An alternative of a union, by its name in Rust.
    Alternative(String),
}

impl Origin {
    pub(crate) fn new(group: &Group, part: Part) -> Self {
        Self { group: group.clone(), part }
    }
}

impl Group {
    /// What an operation's parts are listed under.
    pub(crate) fn operation(operation: &Operation) -> Self {
        Self::Operation {
            path: operation.path.clone(),
            method: operation.method.clone(),
            call: call(operation),
        }
    }

    /// What the parts of events are listed under.
    pub(crate) fn events(events: &Events) -> Self {
        Self::Events((!events.are_webhooks()).then(|| events.words.clone()))
    }
}

/// The path of the operation's function.
pub(crate) fn call(operation: &Operation) -> String {
    let group = operation.group.iter().map(Ident::as_str);
    group.chain([operation.name.as_str()]).collect::<Vec<_>>().join("::")
}

impl fmt::Display for Group {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Service => f.write_str("the service"),
            Self::Operation { path, method, .. } => write!(f, "{method} {path}"),
            Self::Events(None) => f.write_str("webhooks"),
            Self::Events(Some(callback)) => write!(f, "callback {callback}"),
            Self::Type(name) => f.write_str(name),
        }
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole => Ok(()),
            Self::Server(url) => write!(f, "server {url}"),
            Self::SecurityScheme(name) => write!(f, "security scheme {name}"),
            Self::Feature(name) => write!(f, "feature {name}"),
            Self::Security => f.write_str("authentication"),
            Self::Parameter(location, name) => write!(f, "{} parameter {name}", location_word(*location)),
            Self::Pagination => f.write_str("pages"),
            Self::Modification => f.write_str("modification"),
            Self::LongRunning => f.write_str("long-running operation"),
            Self::Body => f.write_str("request body"),
            Self::File(name) => write!(f, "file {name}"),
            Self::Response(status) => write!(f, "response {}", status_word(*status)),
            Self::Event(name) => write!(f, "event {name}"),
            Self::Header(name) => write!(f, "response header {name}"),
            Self::Property(name) => write!(f, "property {name}"),
            Self::AdditionalProperties => f.write_str("additional properties"),
            Self::Value(value) => write!(f, "value {value}"),
            Self::Alternative(name) => write!(f, "alternative {name}"),
        }
    }
}

fn location_word(location: Location) -> &'static str {
    match location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Querystring => "query string",
        Location::Header => "header",
        Location::Cookie => "cookie",
    }
}

pub(crate) fn status_word(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Range(digit) => format!("{digit}XX"),
        Status::Default => "default".to_owned(),
    }
}
