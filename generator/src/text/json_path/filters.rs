//! Parses the conditions of filters (RFC 9535, section 2.3.5).

use serde_json::{Number, Value};

use super::parse::Parser;
use super::problem::PathError;
use super::query::{Comparison, Condition, Operand, Query};

/// What can stand alone in a condition or on a side of a comparison.
enum Term {
    Condition(Condition),
    Operand(Operand),
    /// A query, which is an operand only if it is singular.
    Query(Query),
}

impl Parser<'_> {
    /// Conditions with `||` between them.
    pub(super) fn condition(&mut self) -> Result<Condition, PathError> {
        self.chain("||", Self::all, Condition::Any)
    }

    fn all(&mut self) -> Result<Condition, PathError> {
        self.chain("&&", Self::basic, Condition::All)
    }

    fn chain(
        &mut self,
        operator: &str,
        part: fn(&mut Self) -> Result<Condition, PathError>,
        joined: fn(Vec<Condition>) -> Condition,
    ) -> Result<Condition, PathError> {
        let first = part(self)?;
        let mut parts = vec![first];
        loop {
            let before = self.rest;
            self.skip_space();
            if !self.skips(operator) {
                self.rest = before;
                break;
            }
            self.skip_space();
            parts.push(part(self)?);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { joined(parts) })
    }

    fn basic(&mut self) -> Result<Condition, PathError> {
        if self.rest.starts_with('!') {
            self.next();
            self.skip_space();
            let negated = match self.peek() {
                Some('(') => self.parenthesized()?,
                _ => match self.term()? {
                    Term::Condition(condition) => condition,
                    Term::Query(query) => Condition::Exists(query),
                    Term::Operand(_) => return Err(self.error("`!` needs a query or a condition")),
                },
            };
            return Ok(Condition::Not(Box::new(negated)));
        }
        if self.rest.starts_with('(') {
            return self.parenthesized();
        }
        let left = self.term()?;
        let before = self.rest;
        self.skip_space();
        let Some(comparison) = self.comparison() else {
            self.rest = before;
            return match left {
                Term::Condition(condition) => Ok(condition),
                Term::Query(query) => Ok(Condition::Exists(query)),
                Term::Operand(_) => Err(self.error("expected a comparison, such as `== 1`")),
            };
        };
        let left = self.compared(left)?;
        self.skip_space();
        let right = self.term()?;
        Ok(Condition::Compared(left, comparison, self.compared(right)?))
    }

    fn parenthesized(&mut self) -> Result<Condition, PathError> {
        self.expect("(")?;
        self.skip_space();
        let condition = self.nested(Self::condition)?;
        self.skip_space();
        self.expect(")")?;
        Ok(condition)
    }

    fn comparison(&mut self) -> Option<Comparison> {
        let operators = [
            ("==", Comparison::Equal),
            ("!=", Comparison::NotEqual),
            ("<=", Comparison::LessOrEqual),
            (">=", Comparison::GreaterOrEqual),
            ("<", Comparison::Less),
            (">", Comparison::Greater),
        ];
        operators.into_iter().find(|(text, _)| self.skips(text)).map(|(_, comparison)| comparison)
    }

    fn compared(&self, term: Term) -> Result<Operand, PathError> {
        match term {
            Term::Operand(operand) => Ok(operand),
            Term::Query(query) if query.is_singular() => Ok(Operand::Query(query)),
            Term::Query(_) => Err(self.error("a query that can select several values can't be compared")),
            Term::Condition(_) => Err(self.error("`match` and `search` can't be compared")),
        }
    }

    /// A literal, a singular query, or a function whose result is a value.
    pub(super) fn operand(&mut self) -> Result<Operand, PathError> {
        let term = self.term()?;
        self.compared(term)
    }

    /// A query that is an argument.
    pub(super) fn query(&mut self) -> Result<Query, PathError> {
        match self.term()? {
            Term::Query(query) => Ok(query),
            _ => Err(self.error("expected a query, such as `@.a`")),
        }
    }

    fn term(&mut self) -> Result<Term, PathError> {
        match self.peek() {
            Some('@' | '$') => {
                let from_root = self.next() == Some('$');
                Ok(Term::Query(Query { from_root, segments: self.segments()? }))
            }
            Some('\'' | '"') => Ok(Term::Operand(Operand::Literal(Value::String(self.string()?)))),
            Some(c) if c == '-' || c.is_ascii_digit() => Ok(Term::Operand(Operand::Literal(self.number()?))),
            Some(c) if c.is_ascii_lowercase() => self.word(),
            _ => Err(self.error("expected a query, a literal or a function")),
        }
    }

    /// A literal or a function.
    fn word(&mut self) -> Result<Term, PathError> {
        let goes_on = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        let end = self.rest.find(|c| !goes_on(c)).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        if let Some(arguments) = rest.strip_prefix('(') {
            self.rest = arguments;
            return self.nested(|parser| match parser.function(word)? {
                Ok(condition) => Ok(Term::Condition(condition)),
                Err(operand) => Ok(Term::Operand(operand)),
            });
        }
        let literal = match word {
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            "null" => Value::Null,
            _ => return Err(self.error(format!("unknown word {word:?}; a text needs quotes"))),
        };
        self.rest = rest;
        Ok(Term::Operand(Operand::Literal(literal)))
    }

    /// A number, in the grammar of JSON.
    fn number(&mut self) -> Result<Value, PathError> {
        let is_part = |c: char| c.is_ascii_digit() || ".eE+-".contains(c);
        let end = self.rest.find(|c| !is_part(c)).unwrap_or(self.rest.len());
        let (text, rest) = self.rest.split_at(end);
        let number: Number =
            text.parse().map_err(|_| self.error(format!("{text:?} isn't a number, as JSON has them")))?;
        self.rest = rest;
        Ok(Value::Number(number))
    }
}
