//! The settings file beside a document: what the document can't say.

/// What a document is generated with beside itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settings {}
