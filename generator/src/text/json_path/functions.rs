//! The functions of filters (RFC 9535, section 2.4).

use regex::{Regex, RegexBuilder};
use serde_json::Value;

use super::parse::Parser;
use super::problem::PathError;
use super::query::{Condition, Operand, Pattern};

/// The memory that a compiled pattern may take, in bytes.
const MAX_PATTERN: usize = 1 << 20;

impl Parser<'_> {
    /// The call of the function `name`, whose first parenthesis is behind: a condition, or else an operand.
    pub(super) fn function(&mut self, name: &str) -> Result<Result<Condition, Operand>, PathError> {
        self.skip_space();
        let call = match name {
            "length" => Err(Operand::Length(Box::new(self.operand()?))),
            "count" => Err(Operand::Count(self.query()?)),
            "value" => Err(Operand::Value(self.query()?)),
            "match" | "search" => {
                let whole = name == "match";
                let text = self.operand()?;
                self.skip_space();
                self.expect(",")?;
                self.skip_space();
                let pattern = match self.operand()? {
                    Operand::Literal(Value::String(text)) => Pattern::Known(compiled(&text, whole)),
                    Operand::Literal(_) => Pattern::Known(None),
                    operand => Pattern::Of(operand),
                };
                Ok(Condition::Matches { whole, text, pattern })
            }
            _ => {
                return Err(self.error(format!(
                    "unknown function {name:?}; there are `length`, `count`, `value`, `match` and `search`"
                )));
            }
        };
        self.skip_space();
        self.expect(")")?;
        Ok(call)
    }
}

/// The pattern `text` (RFC 9485); `None` if it isn't one.
pub(super) fn compiled(text: &str, whole: bool) -> Option<Regex> {
    let text = dots(text);
    let text = if whole { format!(r"\A(?:{text})\z") } else { text };
    RegexBuilder::new(&text).size_limit(MAX_PATTERN).build().ok()
}

/// `pattern` with dots that match no line break of any kind (RFC 9485, section 5.3).
fn dots(pattern: &str) -> String {
    let mut text = String::with_capacity(pattern.len());
    let (mut is_escaped, mut in_class) = (false, false);
    for c in pattern.chars() {
        match c {
            '.' if !is_escaped && !in_class => text.push_str("[^\\n\\r]"),
            _ => text.push(c),
        }
        match c {
            '[' if !is_escaped => in_class = true,
            ']' if !is_escaped => in_class = false,
            _ => {}
        }
        is_escaped = c == '\\' && !is_escaped;
    }
    text
}
