//! What an expression consists of (RFC 9535, section 2).

use regex::Regex;
use serde_json::Value;

/// A query: where it starts and how it goes on.
#[derive(Debug)]
pub(super) struct Query {
    /// Whether it starts at the root (`$`), not at the current value (`@`).
    pub from_root: bool,
    pub segments: Vec<Segment>,
}

impl Query {
    /// Whether it selects at most one value (section 2.3.5.1).
    pub(super) fn is_singular(&self) -> bool {
        let is_one = |selectors: &[Selector]| matches!(selectors, [Selector::Name(_) | Selector::Index(_)]);
        self.segments.iter().all(|segment| !segment.descends && is_one(&segment.selectors))
    }
}

/// A segment: what it selects of the values that were selected before it.
#[derive(Debug)]
pub(super) struct Segment {
    /// Whether it selects of their descendants, too.
    pub descends: bool,
    pub selectors: Vec<Selector>,
}

#[derive(Debug)]
pub(super) enum Selector {
    Name(String),
    Wildcard,
    /// From the end if it is negative.
    Index(i64),
    Slice {
        start: Option<i64>,
        end: Option<i64>,
        step: i64,
    },
    Filter(Condition),
}

/// A logical expression.
#[derive(Debug)]
pub(super) enum Condition {
    Any(Vec<Condition>),
    All(Vec<Condition>),
    Not(Box<Condition>),
    Exists(Query),
    Compared(Operand, Comparison, Operand),
    /// `match` if the whole text must match, otherwise `search`.
    Matches {
        whole: bool,
        text: Operand,
        pattern: Pattern,
    },
}

/// What stands on a side of a comparison: a value, or nothing.
#[derive(Debug)]
pub(super) enum Operand {
    Literal(Value),
    /// A singular query.
    Query(Query),
    Length(Box<Operand>),
    Count(Query),
    /// The value of a query that selects exactly one.
    Value(Query),
}

/// The pattern of `match` and `search`.
#[derive(Debug)]
pub(super) enum Pattern {
    /// A literal; nothing matches one that isn't valid.
    Known(Option<Regex>),
    /// It is in the document.
    Of(Operand),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}
