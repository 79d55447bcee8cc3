//! The servers of a service, and how requests to it are authenticated.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;

use crate::text::Place;

/// Names of security schemes with the required scopes. All entries of a requirement must be satisfied.
pub type SecurityRequirement = IndexMap<String, Vec<String>>;

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
