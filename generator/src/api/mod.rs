//! What a service offers, as plain data: what each schema, operation, parameter, body and response means.
//!
//! The plan makes it, with wishes for names. The stage `rust` then settles every [`Ident`]: unique in its scope,
//! valid, and dependent on its own part of the document alone. Names on the wire are fields of their own.

mod events;
mod formats;
mod ident;
mod long_running;
mod modifications;
mod operations;
mod pagination;
mod rule;
mod status;
mod type_ref;
mod types;
mod xml;

use std::collections::BTreeSet;

pub use events::*;
pub use formats::*;
pub use ident::{Ident, Wish};
pub(crate) use ident::{counted_key, inner_key, split_key, uncounted_key};
pub use long_running::*;
pub use modifications::*;
pub use operations::*;
pub use pagination::*;
pub use rule::Rule;
pub use status::Status;
pub use type_ref::TypeRef;
pub use types::*;
pub use xml::*;

/// What a service offers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Api {
    /// `info.title`.
    pub title: String,
    /// `info.version`.
    pub version: String,
    /// The crate's documentation.
    pub docs: Docs,
    /// The servers, in the document's order.
    pub servers: Vec<Server>,
    /// The security schemes that operations require, sorted by name.
    pub security_schemes: Vec<SecurityScheme>,
    /// A module for each named schema, sorted by file name.
    pub models: Vec<Model>,
    /// Every operation, sorted by group and name.
    pub operations: Vec<Operation>,
    /// What the service sends: the webhooks, then the callbacks.
    pub events: Vec<Events>,
    /// The cargo features that compile parts of the crate, sorted by name.
    pub features: Vec<Feature>,
    /// What the settings tell the runtime.
    pub facts: Facts,
}

/// A cargo feature that compiles a group of operations or alternatives of unions, and the models that only these
/// reach.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feature {
    /// The feature's name.
    pub name: String,
    /// The first module of the operations it is for; none if it is for alternatives.
    pub group: Option<Ident>,
    /// Whether it is for the events.
    pub events: bool,
    /// The alternatives it is for: the type of each union, and the tags.
    pub alternatives: Vec<(Ident, Vec<String>)>,
}

impl Api {
    /// The feature that operations in `group` need.
    pub fn feature_of(&self, group: &[Ident]) -> Option<&str> {
        let group = group.first()?;
        let found = self.features.iter().find(|feature| feature.group.as_ref() == Some(group));
        found.map(|feature| feature.name.as_str())
    }

    /// The feature that events need.
    pub fn feature_of_events(&self) -> Option<&str> {
        self.features.iter().find(|feature| feature.events).map(|feature| feature.name.as_str())
    }

    /// The type called `name`.
    pub fn find_type(&self, name: &str) -> Option<&TypeDef> {
        self.models.iter().flat_map(|model| &model.types).find(|definition| definition.name == name)
    }

    /// Calls `visit` with each type that a definition, parameter, body or response has, and those in it.
    pub fn visit_types<'a>(&'a self, visit: &mut impl FnMut(&'a TypeRef)) {
        let definitions = self.models.iter().flat_map(|model| &model.types);
        definitions.for_each(|definition| definition.kind.visit_types(visit));
        self.operations.iter().for_each(|operation| operation.visit_types(visit));
        self.events.iter().for_each(|events| events.visit_types(visit));
    }

    /// The libraries of which the settings give formats types.
    pub(crate) fn libraries(&self) -> BTreeSet<Library> {
        let mut found = BTreeSet::new();
        self.visit_types(&mut |ty| {
            if let TypeRef::Formatted(formatted) = ty
                && let FormatType::Text { library, .. } = formatted.given
            {
                found.insert(library);
            }
        });
        found
    }
}

/// Text for readers, as Markdown that is safe in a doc comment: HTML becomes Markdown or is escaped, and no code block
/// runs as a test.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Docs {
    /// One sentence or heading; empty if the document has no description.
    pub summary: String,
    /// The rest: paragraphs separated by blank lines; may be empty.
    pub body: String,
}

/// A server of the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    /// The URL template.
    pub url: String,
    /// The document's name for it.
    pub name: Option<String>,
    /// The description.
    pub docs: Docs,
    /// The template's variables, in the template's order.
    pub variables: Vec<ServerVariable>,
}

impl Server {
    /// The URL with the defaults of its variables.
    pub fn default_url(&self) -> String {
        self.variables.iter().fold(self.url.clone(), |url, variable| {
            url.replace(&format!("{{{}}}", variable.wire), &variable.default)
        })
    }

    /// Whether both have the same URL and variables, whatever they say about them.
    pub(crate) fn is_like(&self, other: &Self) -> bool {
        let names = |server: &Self| -> Vec<String> {
            server.variables.iter().map(|variable| variable.wire.clone()).collect()
        };
        self.url == other.url && names(self) == names(other)
    }
}

/// A variable of a server's URL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerVariable {
    /// The name in the template.
    pub wire: String,
    /// The argument.
    pub name: Ident,
    /// `default`.
    pub default: String,
    /// `enum`; empty if any value is allowed.
    pub values: Vec<String>,
    /// `description`.
    pub docs: Docs,
}

/// A security scheme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecurityScheme {
    /// The name in `components/securitySchemes`.
    pub wire: String,
    /// The scheme.
    pub kind: SecuritySchemeKind,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// Its description.
    pub docs: Docs,
}

/// How a scheme authenticates (OpenAPI 3.1, 4.8.27).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SecuritySchemeKind {
    /// `Authorization: Bearer`: `http` with scheme `bearer`, `openIdConnect`, and every `oauth2` flow but the
    /// next one.
    Bearer,
    /// `Authorization: Basic`.
    Basic,
    /// `Authorization` with the named scheme, which the client doesn't know: the credential is the header's value. Empty if
    /// the document declares no schemes.
    Authorization(String),
    /// An API key in the named header.
    HeaderKey(String),
    /// An API key in the named query parameter.
    QueryKey(String),
    /// An API key in the named cookie.
    CookieKey(String),
    /// `oauth2` with client credentials: a bearer token from the token URL, which may be relative to the
    /// server, and further form members (`x-form-parameters`), such as an audience.
    ClientCredentials {
        /// `tokenUrl`.
        token_url: String,
        /// Name and value of each further form member.
        parameters: Vec<(String, String)>,
    },
}

/// How the service recognises a request that it has got already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdempotencyKeys {
    /// The header with the key, in lower case.
    pub header: String,
    /// The methods of the operations whose calls get a key by themselves.
    pub methods: Vec<String>,
}

/// What the settings file tells the runtime about the service.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// Names of properties whose values are secret wherever they occur, including in free-form JSON.
    pub secret_names: Vec<String>,
    /// Header with the number of calls allowed in the window.
    pub rate_limit_header: Option<String>,
    /// Header with the number of calls left in the window.
    pub rate_limit_remaining_header: Option<String>,
    /// Header with the Unix time in seconds at which the window ends.
    pub rate_limit_reset_header: Option<String>,
    /// Header with the service's own id of a request.
    pub request_id_header: Option<String>,
    /// How the service recognises a request that it has got already.
    pub idempotency_keys: Option<IdempotencyKeys>,
    /// The type of a failure's body if the document declares none.
    pub error_body: Option<TypeRef>,
    /// JSON Pointer to the message for people in a failure's body.
    pub error_message: Option<String>,
    /// JSON Pointer to the code for programs in a failure's body.
    pub error_code: Option<String>,
    /// How webhooks are signed.
    pub signature: Option<Signature>,
}
