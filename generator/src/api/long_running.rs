//! Long-running operations: one that starts work beside one that reads how it is going.

use super::{Ident, Path};

/// A long-running operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LongRunning {
    /// The [`id`](super::Operation::id) of the operation that reads how the work is going.
    pub read: String,
    /// The response header with the URL to read.
    pub location: Option<String>,
    /// Without such a header: the value of each required parameter of the operation that reads.
    pub arguments: Vec<WorkArgument>,
    /// The struct that the operation responds with, if an argument is from it.
    pub response: Option<Ident>,
    /// What the work's status is in: the struct that is read, and the property in it.
    pub status: Option<(Ident, Path)>,
    /// The statuses of work that has succeeded.
    pub succeeded: Vec<String>,
    /// The statuses of work that has failed.
    pub failed: Vec<String>,
    /// Whether both operations return the same type.
    pub is_result: bool,
}

/// The value of a parameter of the operation that reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WorkArgument {
    /// The parameter with this index of the operation that starts the work.
    Parameter(usize),
    /// The property at this path in its response.
    Response(Path),
}
