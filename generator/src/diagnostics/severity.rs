//! How much a problem matters.

/// Whether generation goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is generated.
    Error,
    /// Part of the document isn't reflected in the generated code.
    Warning,
    /// The generated code is complete, but checks less than the server, or something in the document has no use for it.
    Note,
}

impl Severity {
    /// The severity in a word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}
