//! Safe partial updates: an operation that reads beside one that writes.

/// How an operation that writes is used to change what another one reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Modification {
    /// The function, e.g. `modify`; it takes the write's required parameters.
    pub name: String,
    /// The type that stands for the pair, e.g. `Modify`.
    pub type_name: String,
    /// The modules of the operation that reads.
    pub read_group: Vec<String>,
    /// The function that starts it.
    pub read_name: String,
    /// Its builder.
    pub read_type: String,
    /// Its arguments: for each of its required parameters the field of the write's parameter.
    pub read_arguments: Vec<String>,
    /// The type of the body, which can be made from what is read.
    pub body: String,
    /// Properties whose value replaces the old one as a whole, and what a token needs to see them.
    pub replaced: Vec<(String, Option<String>)>,
    /// Properties whose members are removed by null.
    pub merged: Vec<String>,
    /// Properties that are sent along with any change: those that the service resets if they are left out, and
    /// those that the body must have.
    pub kept: Vec<String>,
}
