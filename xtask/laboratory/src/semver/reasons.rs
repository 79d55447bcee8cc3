//! Why some changes are major although neither the tool nor the compiler notices.

/// Why a rule is major although callers still compile.
#[derive(Debug, PartialEq, Eq)]
pub struct Reason {
    /// The rules' ids.
    pub rules: &'static [&'static str],
    /// The reason.
    pub why: &'static str,
}

/// The reasons. A reason that no judged change needs is stale; a full run reports it.
pub const REASONS: &[Reason] = &[
    Reason {
        rules: &["field-renamed", "function-renamed"],
        why: "another field, setter or argument has the name from now on: callers compile, and set something else",
    },
    Reason {
        rules: &["arguments-reordered"],
        why: "arguments of one type change places: callers compile, and give one for the other",
    },
    Reason {
        rules: &["pagination-changed", "long-running-changed"],
        why: "judged without the feature `client`: the methods that give streams, or that poll, come or go with it",
    },
    Reason {
        rules: &["gate-narrowed"],
        why: "judged with all features: callers that turn the default off miss what the new feature compiles",
    },
    Reason {
        rules: &["type-attributes-changed"],
        why: "judged with an attribute that makes nothing: what the macro behind another one makes isn't known",
    },
];
