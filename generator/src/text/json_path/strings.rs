//! String literals, in single or double quotes (RFC 9535, section 2.3.1.1).

use super::parse::Parser;
use super::problem::PathError;

impl Parser<'_> {
    /// The string that starts here.
    pub(super) fn string(&mut self) -> Result<String, PathError> {
        let Some(quote) = self.next() else { return Err(self.error("expected a string")) };
        let mut text = String::new();
        loop {
            match self.next() {
                None => return Err(self.error(format!("the string isn't closed with {quote}"))),
                Some(c) if c == quote => return Ok(text),
                Some('\\') => text.push(self.escaped(quote)?),
                Some(c) if c < ' ' => return Err(self.error("a control character must be escaped")),
                Some(c) => text.push(c),
            }
        }
    }

    /// The character after a backslash.
    fn escaped(&mut self, quote: char) -> Result<char, PathError> {
        Ok(match self.next() {
            Some(c) if c == quote || c == '\\' || c == '/' => c,
            Some('b') => '\u{8}',
            Some('f') => '\u{c}',
            Some('n') => '\n',
            Some('r') => '\r',
            Some('t') => '\t',
            Some('u') => self.code_point()?,
            _ => return Err(self.error("unknown escape in a string")),
        })
    }

    fn code_point(&mut self) -> Result<char, PathError> {
        let mut units = vec![self.unit()?];
        if (0xd800..0xdc00).contains(&units[0]) {
            self.expect("\\u")?;
            units.push(self.unit()?);
        }
        let decoded = String::from_utf16(&units).ok();
        let mut characters = decoded.iter().flat_map(|text| text.chars());
        characters.next().ok_or_else(|| self.error("this escape is half a character"))
    }

    fn unit(&mut self) -> Result<u16, PathError> {
        let digits = self.rest.get(..4).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let unit = digits.and_then(|digits| u16::from_str_radix(digits, 16).ok());
        let unit = unit.ok_or_else(|| self.error("expected four hexadecimal digits"))?;
        self.rest = &self.rest[4..];
        Ok(unit)
    }
}
