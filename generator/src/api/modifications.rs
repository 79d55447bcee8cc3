//! Safe partial updates: an operation that reads beside one that writes.

use super::Ident;

/// How an operation that writes is used to change what another one reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Modification {
    /// What the settings call the function, e.g. `modify`.
    pub wish: String,
    /// The number of the entry in the settings.
    pub entry: usize,
    /// The [`id`](super::Operation::id) of the operation that reads.
    pub read: String,
    /// The arguments of the read: for each of its required parameters the index of the write's parameter.
    pub read_arguments: Vec<usize>,
    /// The type of the body, which can be made from what is read.
    pub body: Ident,
    /// Properties whose value replaces the old one as a whole, and what a token needs to see them.
    pub replaced: Vec<(String, Option<String>)>,
    /// Properties whose members are removed by null.
    pub merged: Vec<String>,
    /// Properties that are sent along with any change: those that the service resets if they are left out, and
    /// those that the body must have.
    pub kept: Vec<String>,
}
