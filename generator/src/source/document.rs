//! What the source stage gives: a document with every reference resolved, and without the differences between 3.0, 3.1
//! and 3.2.
//!
//! The parts that these versions share are [`openapiv3`]'s types. Schemas and what contains them are our own:
//! `openapiv3` models the 3.0 Schema Object, which lacks type lists, `const`, `prefixItems`, `patternProperties` and
//! keywords beside `$ref`, all of which JSON Schema 2020-12 (OpenAPI 3.1) has.

mod examples;
mod limits;
mod operation;
mod schema;
mod service;

use std::collections::BTreeMap;
use std::sync::Arc;

use indexmap::IndexMap;
use openapiv3::{Info, Tag};
use serde_json::Value;

pub use self::examples::Examples;
pub use self::limits::{LimitKeywords, Limits};
pub use self::operation::{
    Encoding, Location, MediaType, Operation, Parameter, RequestBody, Response, Style,
};
pub use self::schema::{
    Alternatives, DiscriminatedBy, Discriminator, Node, Schema, SchemaId, Schemas, Type, Xml,
};
pub use self::service::{SecurityRequirement, SecurityScheme, Server};
use crate::text::Origins;

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
