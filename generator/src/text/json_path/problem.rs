//! What is wrong with an expression.

/// Why a text isn't an expression.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct PathError {
    /// What is wrong.
    pub message: String,
    /// Before how many characters of the end it is noticed.
    pub left: usize,
}
