//! The version of OpenAPI that a document is written in, and the members that came with a later one.

use serde_json::Value;

use super::at::At;
use super::minor;
use super::reader::{MEDIA_TYPES, Reader};
use crate::diagnostics::codes;
use crate::text::Place;

/// The members that OpenAPI 3.2 has added, by what has them.
const SINCE_3_2: &[(&str, &[&str])] = &[
    ("the components", COMPONENTS_3_2),
    ("a tag", TAG_3_2),
    ("a server", SERVER_3_2),
    ("a path item", PATH_ITEM_3_2),
    ("a response", RESPONSE_3_2),
    ("a media type", MEDIA_TYPE_3_2),
    ("an encoding", ENCODING_3_2),
    ("a discriminator", DISCRIMINATOR_3_2),
    ("a security scheme", SECURITY_SCHEME_3_2),
    ("the flows of a security scheme", FLOWS_3_2),
    ("a flow", FLOW_3_2),
    ("an XML object", XML_3_2),
];

const COMPONENTS_3_2: &[&str] = &[MEDIA_TYPES];

const TAG_3_2: &[&str] = &["summary", "parent", "kind"];

const SERVER_3_2: &[&str] = &["name"];

const RESPONSE_3_2: &[&str] = &["summary"];

const MEDIA_TYPE_3_2: &[&str] = &["description", "prefixEncoding", "itemEncoding"];

const ENCODING_3_2: &[&str] = &["encoding", "prefixEncoding", "itemEncoding"];

const DISCRIMINATOR_3_2: &[&str] = &["defaultMapping"];

const SECURITY_SCHEME_3_2: &[&str] = &["deprecated", "oauth2MetadataUrl"];

const FLOWS_3_2: &[&str] = &["deviceAuthorization"];

const FLOW_3_2: &[&str] = &["deviceAuthorizationUrl"];

const XML_3_2: &[&str] = &["nodeType"];

const PATH_ITEM_3_2: &[&str] = &["query", "additionalOperations"];

impl<'a> Reader<'a> {
    /// Rejects anything but the versions that are read.
    pub(super) fn version(&mut self, root: &At<'a>) -> Option<()> {
        let version = |name: &str| match root.value.get(name)? {
            Value::String(version) => Some(version.clone()),
            Value::Number(version) => Some(version.to_string()),
            _ => None,
        };
        let (message, help) = match (version("openapi"), version("swagger")) {
            (Some(openapi), _) if minor::of(&openapi).is_some() => return Some(()),
            (Some(other), _) => {
                (format!("OpenAPI {other} isn't supported"), "Provide an OpenAPI 3.0, 3.1 or 3.2 document.")
            }
            (None, Some(swagger)) => (
                format!("this is a Swagger {swagger} document"),
                "Convert it to Swagger 2.0 or OpenAPI 3 first.",
            ),
            (None, None) => (
                "this isn't an OpenAPI document: it has no `openapi` member".to_owned(),
                "Provide a document that starts with `openapi: 3.1.0`.",
            ),
        };
        self.diagnostics.report(&codes::UNSUPPORTED_VERSION, &root.place, message, help);
        None
    }

    /// Whether the document is OpenAPI 3.0.
    pub(super) fn is_3_0(&self) -> bool {
        self.minor() == Some("3.0")
    }

    /// Whether the document is OpenAPI 3.2 or later.
    pub(super) fn is_3_2(&self) -> bool {
        self.files.get(&Place::default()).is_some_and(minor::is_3_2)
    }

    fn minor(&self) -> Option<&'static str> {
        minor::declared(self.files.get(&Place::default())?)
    }

    /// The members that `what` has in the document's version, besides those that it has always had.
    pub(super) fn newer_members(&self, what: &str) -> &'static [&'static str] {
        let newer = SINCE_3_2.iter().find(|(owner, _)| *owner == what).map(|(_, members)| *members);
        newer.filter(|_| self.is_3_2()).unwrap_or_default()
    }
}
