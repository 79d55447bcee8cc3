//! Evaluates queries.

use std::collections::HashSet;

use serde_json::Value;

use super::functions::compiled;
use super::query::{Condition, Operand, Pattern, Query, Segment, Selector};

/// A query takes more steps than it may.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct TooLong;

/// What compiling a pattern costs, in steps.
const COMPILING: usize = 1000;

/// How many bytes of text a step compares or searches.
const BYTES_A_STEP: usize = 64;

pub(super) struct Evaluation<'v> {
    root: &'v Value,
    /// How many steps may follow.
    pub left: u64,
}

impl<'v> Evaluation<'v> {
    pub(super) fn new(root: &'v Value, steps: u64) -> Self {
        Self { root, left: steps }
    }

    /// The addresses of the values that `segments` select of the root.
    pub(super) fn distinct(&mut self, segments: &[Segment]) -> Result<HashSet<*const Value>, TooLong> {
        let mut nodes = vec![self.root];
        let mut seen = HashSet::from([std::ptr::from_ref(self.root)]);
        for segment in segments {
            nodes = self.segment(&nodes, segment)?;
            // A value that was selected twice leads to what it leads to once.
            seen.clear();
            nodes.retain(|node| seen.insert(std::ptr::from_ref(*node)));
        }
        Ok(seen)
    }

    /// Counts `steps`.
    pub(super) fn take(&mut self, steps: usize) -> Result<(), TooLong> {
        self.left = self.left.checked_sub(steps as u64).ok_or(TooLong)?;
        Ok(())
    }

    fn query(&mut self, query: &Query, current: &'v Value) -> Result<Vec<&'v Value>, TooLong> {
        let mut nodes = vec![if query.from_root { self.root } else { current }];
        for segment in &query.segments {
            nodes = self.segment(&nodes, segment)?;
        }
        Ok(nodes)
    }

    fn segment(&mut self, nodes: &[&'v Value], segment: &Segment) -> Result<Vec<&'v Value>, TooLong> {
        let mut selected = Vec::new();
        for node in nodes {
            let mut waiting = vec![*node];
            while let Some(node) = waiting.pop() {
                self.take(1)?;
                for selector in &segment.selectors {
                    self.select(node, selector, &mut selected)?;
                }
                if segment.descends {
                    waiting.extend(children(node).rev());
                }
            }
        }
        Ok(selected)
    }

    fn select(
        &mut self,
        node: &'v Value,
        selector: &Selector,
        selected: &mut Vec<&'v Value>,
    ) -> Result<(), TooLong> {
        match (selector, node) {
            (Selector::Name(name), Value::Object(members)) => selected.extend(members.get(name)),
            (Selector::Index(index), Value::Array(items)) => {
                selected.extend(position(*index, items.len()).and_then(|index| items.get(index)));
            }
            (Selector::Slice { start, end, step }, Value::Array(items)) => {
                let chosen = slice(*start, *end, *step, items.len());
                self.take(chosen.len())?;
                selected.extend(chosen.into_iter().filter_map(|index| items.get(index)));
            }
            (Selector::Wildcard, _) => {
                let before = selected.len();
                selected.extend(children(node));
                self.take(selected.len() - before)?;
            }
            (Selector::Filter(condition), _) => {
                for child in children(node) {
                    if self.holds(condition, child)? {
                        selected.push(child);
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn holds(&mut self, condition: &Condition, current: &'v Value) -> Result<bool, TooLong> {
        self.take(1)?;
        match condition {
            Condition::Any(parts) => {
                for part in parts {
                    if self.holds(part, current)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            Condition::All(parts) => {
                for part in parts {
                    if !self.holds(part, current)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            Condition::Not(part) => Ok(!self.holds(part, current)?),
            Condition::Exists(query) => Ok(!self.query(query, current)?.is_empty()),
            Condition::Compared(left, comparison, right) => {
                let (left, right) = (self.operand(left, current)?, self.operand(right, current)?);
                self.compare(left.as_deref(), *comparison, right.as_deref())
            }
            Condition::Matches { whole, text, pattern } => {
                let text = self.operand(text, current)?;
                let Some(text) = text.as_deref().and_then(Value::as_str) else { return Ok(false) };
                self.take(text.len() / BYTES_A_STEP)?;
                match pattern {
                    Pattern::Known(known) => Ok(known.as_ref().is_some_and(|known| known.is_match(text))),
                    Pattern::Of(operand) => {
                        let pattern = self.operand(operand, current)?;
                        let Some(pattern) = pattern.as_deref().and_then(Value::as_str) else {
                            return Ok(false);
                        };
                        self.take(COMPILING + pattern.len())?;
                        Ok(compiled(pattern, *whole).is_some_and(|pattern| pattern.is_match(text)))
                    }
                }
            }
        }
    }

    /// The value of an operand, if it has one.
    fn operand(&mut self, operand: &Operand, current: &'v Value) -> Result<Option<Known<'v>>, TooLong> {
        self.take(1)?;
        Ok(match operand {
            Operand::Literal(literal) => Some(Known::Made(literal.clone())),
            Operand::Query(query) => self.query(query, current)?.first().copied().map(Known::There),
            Operand::Value(query) => match self.query(query, current)?[..] {
                [one] => Some(Known::There(one)),
                _ => None,
            },
            Operand::Count(query) => Some(Known::Made(self.query(query, current)?.len().into())),
            Operand::Length(operand) => {
                let length = match self.operand(operand, current)?.as_deref() {
                    Some(Value::String(text)) => {
                        self.take(text.len() / BYTES_A_STEP)?;
                        Some(text.chars().count())
                    }
                    Some(Value::Array(items)) => Some(items.len()),
                    Some(Value::Object(members)) => Some(members.len()),
                    _ => None,
                };
                length.map(|length| Known::Made(length.into()))
            }
        })
    }
}

/// A value of the document, or one that is made for a comparison.
enum Known<'v> {
    There(&'v Value),
    Made(Value),
}

impl std::ops::Deref for Known<'_> {
    type Target = Value;

    fn deref(&self) -> &Value {
        match self {
            Self::There(value) => value,
            Self::Made(value) => value,
        }
    }
}

fn children(node: &Value) -> Box<dyn DoubleEndedIterator<Item = &Value> + '_> {
    match node {
        Value::Object(members) => Box::new(members.values()),
        Value::Array(items) => Box::new(items.iter()),
        _ => Box::new(std::iter::empty()),
    }
}

/// Where `index`, which counts from the end if it is negative, is in an array of `length` items.
fn position(index: i64, length: usize) -> Option<usize> {
    let length = i64::try_from(length).ok()?;
    usize::try_from(if index < 0 { length + index } else { index }).ok()
}

/// The indices of a slice (RFC 9535, section 2.3.4.2.2).
fn slice(start: Option<i64>, end: Option<i64>, step: i64, length: usize) -> Vec<usize> {
    let Ok(length) = i64::try_from(length) else { return Vec::new() };
    let normal = |index: i64| if index < 0 { length + index } else { index };
    let (first, last) = if step > 0 {
        (normal(start.unwrap_or(0)).clamp(0, length), normal(end.unwrap_or(length)).clamp(0, length))
    } else {
        let last = end.map_or(-1, normal);
        (normal(start.unwrap_or(length - 1)).clamp(-1, length - 1), last.clamp(-1, length - 1))
    };
    let mut chosen = Vec::new();
    let mut index = first;
    while step != 0 && if step > 0 { index < last } else { index > last } {
        chosen.extend(usize::try_from(index));
        index = index.saturating_add(step);
    }
    chosen
}
