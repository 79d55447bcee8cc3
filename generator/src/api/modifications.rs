//! Safe partial updates: an operation that reads beside one that writes.

use super::Ident;

/// A safe partial update: an operation that writes what another one reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Modification {
    /// The function's name in the settings, such as `modify`.
    pub wish: String,
    /// The index of the entry in the settings.
    pub entry: usize,
    /// The [`id`](super::Operation::id) of the operation that reads.
    pub read: String,
    /// The arguments of the read: for each of its required parameters, the index of the write's parameter.
    pub read_arguments: Vec<usize>,
    /// The write's parameter `If-Match`, if the read's response has an `ETag` for it: then the service refuses to write over
    /// what somebody else has changed.
    pub if_match: Option<usize>,
    /// The type of the body, which converts from what is read.
    pub body: Ident,
    /// Properties that are replaced as a whole, and what a token needs to see them.
    pub replaced: Vec<(String, Option<String>)>,
    /// Properties whose members are removed by null.
    pub merged: Vec<String>,
    /// Properties that are sent with every change: those that the service resets if they are absent, and those that
    /// the body requires.
    pub kept: Vec<String>,
    /// Properties of the body that what is read doesn't declare.
    pub unread: Vec<String>,
}
