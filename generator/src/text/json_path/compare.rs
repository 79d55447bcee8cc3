//! Compares values (RFC 9535, section 2.3.5.2.2).

use std::cmp::Ordering;

use serde_json::{Number, Value};

use super::evaluate::{Evaluation, TooLong};
use super::query::Comparison;

impl Evaluation<'_> {
    /// Whether `left` and `right` compare as `comparison` says. Nothing equals nothing.
    pub(super) fn compare(
        &mut self,
        left: Option<&Value>,
        comparison: Comparison,
        right: Option<&Value>,
    ) -> Result<bool, TooLong> {
        Ok(match comparison {
            Comparison::Equal => self.equal(left, right)?,
            Comparison::NotEqual => !self.equal(left, right)?,
            Comparison::Less => order(left, right) == Some(Ordering::Less),
            Comparison::Greater => order(left, right) == Some(Ordering::Greater),
            Comparison::LessOrEqual => {
                order(left, right) == Some(Ordering::Less) || self.equal(left, right)?
            }
            Comparison::GreaterOrEqual => {
                order(left, right) == Some(Ordering::Greater) || self.equal(left, right)?
            }
        })
    }

    fn equal(&mut self, left: Option<&Value>, right: Option<&Value>) -> Result<bool, TooLong> {
        match (left, right) {
            (Some(left), Some(right)) => self.same(left, right),
            (None, None) => Ok(true),
            _ => Ok(false),
        }
    }

    fn same(&mut self, left: &Value, right: &Value) -> Result<bool, TooLong> {
        self.take(1)?;
        match (left, right) {
            (Value::Number(left), Value::Number(right)) => Ok(numbers(left, right) == Some(Ordering::Equal)),
            (Value::Array(left), Value::Array(right)) => {
                if left.len() != right.len() {
                    return Ok(false);
                }
                for (left, right) in left.iter().zip(right) {
                    if !self.same(left, right)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            (Value::Object(left), Value::Object(right)) => {
                if left.len() != right.len() {
                    return Ok(false);
                }
                for (name, left) in left {
                    let Some(right) = right.get(name) else { return Ok(false) };
                    if !self.same(left, right)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            _ => Ok(left == right),
        }
    }
}

/// The order of two numbers or two strings; other values have none.
fn order(left: Option<&Value>, right: Option<&Value>) -> Option<Ordering> {
    match (left?, right?) {
        (Value::Number(left), Value::Number(right)) => numbers(left, right),
        (Value::String(left), Value::String(right)) => Some(left.cmp(right)),
        _ => None,
    }
}

fn numbers(left: &Number, right: &Number) -> Option<Ordering> {
    match (left.as_i128(), right.as_i128()) {
        (Some(left), Some(right)) => Some(left.cmp(&right)),
        _ => left.as_f64()?.partial_cmp(&right.as_f64()?),
    }
}
