//! JSONPath (RFC 9535): which values of a document an expression selects. The expression is as untrusted as the document,
//! so each step of its evaluation is counted.

mod compare;
mod evaluate;
mod filters;
mod functions;
mod parse;
mod problem;
mod query;
mod strings;

use std::collections::HashSet;

use serde_json::Value;

use super::place::escape;
use evaluate::Evaluation;
pub(crate) use evaluate::TooLong;
pub(crate) use problem::PathError;
use query::Segment;

/// The steps that one query may take. A large document has less than a million values.
const MAX_STEPS: u64 = 1 << 24;

/// A parsed expression.
#[derive(Debug)]
pub(crate) struct JsonPath {
    segments: Vec<Segment>,
    /// The names with a hyphen that stand after a dot, which RFC 9535 doesn't allow.
    pub hyphenated: Vec<String>,
}

/// How many steps all queries of a run may still take.
#[derive(Debug)]
pub(crate) struct Steps {
    left: u64,
}

impl Default for Steps {
    fn default() -> Self {
        Self { left: 16 * MAX_STEPS }
    }
}

impl JsonPath {
    /// Parses `text`.
    pub(crate) fn parse(text: &str) -> Result<Self, PathError> {
        let mut parser = parse::Parser::new(text);
        let segments = parser.whole()?;
        Ok(Self { segments, hyphenated: parser.hyphenated })
    }

    /// The JSON Pointers of the selected values of `root`, each once, in the document's order.
    pub(crate) fn select(&self, root: &Value, steps: &mut Steps) -> Result<Vec<String>, TooLong> {
        let mut evaluation = Evaluation::new(root, steps.left.min(MAX_STEPS));
        let before = evaluation.left;
        let found = evaluation.distinct(&self.segments);
        steps.left -= before - evaluation.left;
        Ok(pointers(root, &found?))
    }
}

/// Where in `root` the values at the addresses `wanted` are.
fn pointers(root: &Value, wanted: &HashSet<*const Value>) -> Vec<String> {
    let mut found = Vec::new();
    let mut waiting = vec![(String::new(), root)];
    while let Some((pointer, value)) = waiting.pop() {
        if found.len() == wanted.len() {
            break;
        }
        match value {
            Value::Object(members) => {
                let member = |(name, value): (&String, _)| (format!("{pointer}/{}", escape(name)), value);
                waiting.extend(members.iter().rev().map(member));
            }
            Value::Array(items) => {
                let item = |(index, value)| (format!("{pointer}/{index}"), value);
                waiting.extend(items.iter().enumerate().rev().map(item));
            }
            _ => {}
        }
        if wanted.contains(&std::ptr::from_ref(value)) {
            found.push(pointer);
        }
    }
    found
}

#[cfg(test)]
mod tests;
