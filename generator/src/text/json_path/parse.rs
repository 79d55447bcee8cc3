//! Parses segments and selectors.

use super::problem::PathError;
use super::query::{Segment, Selector};

/// How deep filters and parentheses may be nested.
const MAX_DEPTH: usize = 32;

/// The largest integer that an expression can have (RFC 9535, section 2.1).
const MAX_INTEGER: i64 = (1 << 53) - 1;

pub(super) struct Parser<'t> {
    pub rest: &'t str,
    pub hyphenated: Vec<String>,
    depth: usize,
}

impl<'t> Parser<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { rest: text, hyphenated: Vec::new(), depth: 0 }
    }

    /// The segments of an expression that is a text of its own.
    pub(super) fn whole(&mut self) -> Result<Vec<Segment>, PathError> {
        self.expect("$")?;
        let segments = self.segments()?;
        if self.rest.is_empty() { Ok(segments) } else { Err(self.error("expected `.`, `..` or `[`")) }
    }

    pub(super) fn error(&self, message: impl Into<String>) -> PathError {
        PathError { message: message.into(), left: self.rest.chars().count() }
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    pub(super) fn next(&mut self) -> Option<char> {
        let next = self.peek()?;
        self.rest = &self.rest[next.len_utf8()..];
        Some(next)
    }

    /// Skips `text` if it stands here.
    pub(super) fn skips(&mut self, text: &str) -> bool {
        let rest = self.rest.strip_prefix(text);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    pub(super) fn expect(&mut self, text: &str) -> Result<(), PathError> {
        if self.skips(text) { Ok(()) } else { Err(self.error(format!("expected `{text}`"))) }
    }

    pub(super) fn skip_space(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\t', '\n', '\r']);
    }

    /// What `parse` parses one level deeper.
    pub(super) fn nested<T>(
        &mut self,
        parse: impl FnOnce(&mut Self) -> Result<T, PathError>,
    ) -> Result<T, PathError> {
        if self.depth >= MAX_DEPTH {
            return Err(self.error(format!("this is nested more than {MAX_DEPTH} levels deep")));
        }
        self.depth += 1;
        let parsed = parse(self);
        self.depth -= 1;
        parsed
    }

    pub(super) fn segments(&mut self) -> Result<Vec<Segment>, PathError> {
        let mut segments = Vec::new();
        loop {
            // What follows the spaces may belong to an expression around this one.
            let before = self.rest;
            self.skip_space();
            let (descends, selectors) = match self.peek() {
                Some('[') => (false, self.bracketed()?),
                Some('.') if self.skips("..") => match self.peek() {
                    Some('[') => (true, self.bracketed()?),
                    _ => (true, vec![self.shorthand()?]),
                },
                Some('.') => {
                    self.next();
                    (false, vec![self.shorthand()?])
                }
                _ => {
                    self.rest = before;
                    return Ok(segments);
                }
            };
            segments.push(Segment { descends, selectors });
        }
    }

    /// A name or a wildcard after a dot.
    fn shorthand(&mut self) -> Result<Selector, PathError> {
        if self.skips("*") {
            return Ok(Selector::Wildcard);
        }
        let starts = |c: char| c.is_ascii_alphabetic() || c == '_' || !c.is_ascii();
        let goes_on = |c: char| starts(c) || c.is_ascii_digit() || c == '-';
        if !self.peek().is_some_and(starts) {
            return Err(self.error("expected a name or `*`; other names are written as in `['/pets']`"));
        }
        let end = self.rest.find(|c| !goes_on(c)).unwrap_or(self.rest.len());
        let (name, rest) = self.rest.split_at(end);
        self.rest = rest;
        if name.contains('-') {
            self.hyphenated.push(name.to_owned());
        }
        Ok(Selector::Name(name.to_owned()))
    }

    /// The selectors between brackets.
    fn bracketed(&mut self) -> Result<Vec<Selector>, PathError> {
        self.expect("[")?;
        let mut selectors = Vec::new();
        loop {
            self.skip_space();
            selectors.push(self.selector()?);
            self.skip_space();
            if self.skips("]") {
                return Ok(selectors);
            }
            if !self.skips(",") {
                return Err(self.error("expected `,` or `]`"));
            }
        }
    }

    fn selector(&mut self) -> Result<Selector, PathError> {
        match self.peek() {
            Some('*') => {
                self.next();
                Ok(Selector::Wildcard)
            }
            Some('?') => {
                self.next();
                self.skip_space();
                Ok(Selector::Filter(self.nested(Self::condition)?))
            }
            Some('\'' | '"') => Ok(Selector::Name(self.string()?)),
            Some(c) if c == ':' || c == '-' || c.is_ascii_digit() => self.index_or_slice(),
            _ => Err(self.error("expected a name in quotes, an index, `*` or a filter `?`")),
        }
    }

    fn index_or_slice(&mut self) -> Result<Selector, PathError> {
        let start = self.optional_integer()?;
        let before = self.rest;
        self.skip_space();
        if !self.skips(":") {
            self.rest = before;
            return start.map(Selector::Index).ok_or_else(|| self.error("expected an index"));
        }
        self.skip_space();
        let end = self.optional_integer()?;
        self.skip_space();
        let mut step = None;
        if self.skips(":") {
            self.skip_space();
            step = self.optional_integer()?;
        }
        Ok(Selector::Slice { start, end, step: step.unwrap_or(1) })
    }

    fn optional_integer(&mut self) -> Result<Option<i64>, PathError> {
        let digits = self.rest.strip_prefix('-').unwrap_or(self.rest);
        let digits = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
        let length = digits + usize::from(self.rest.starts_with('-'));
        if length == 0 {
            return Ok(None);
        }
        let (text, rest) = self.rest.split_at(length);
        let plain = text.strip_prefix('-').unwrap_or(text);
        let is_integer = text == "0" || !(plain.is_empty() || plain.starts_with('0'));
        let integer = text.parse().ok().filter(|integer| (-MAX_INTEGER..=MAX_INTEGER).contains(integer));
        match integer.filter(|_| is_integer) {
            Some(integer) => {
                self.rest = rest;
                Ok(Some(integer))
            }
            None => Err(self.error(format!("{text:?} isn't an index"))),
        }
    }
}
