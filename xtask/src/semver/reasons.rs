//! Why some changes are major though neither the tool nor the compiler sees it.

/// Why a rule is major though callers compile.
#[derive(Debug, PartialEq, Eq)]
pub struct Reason {
    /// The rules' ids.
    pub rules: &'static [&'static str],
    /// The reason.
    pub why: &'static str,
}

/// The reasons. One that no judged change needs is stale, which a full run tells.
pub const REASONS: &[Reason] = &[];
