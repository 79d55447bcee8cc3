//! JSON whose numbers keep their digits, and are equal if they are the same number.

use std::fmt;

use serde_json::{Map, Value};

/// A JSON value.
#[derive(Clone, Debug)]
pub enum Exact {
    Null,
    Boolean(bool),
    /// The digits, as written.
    Number(String),
    Text(String),
    List(Vec<Exact>),
    Object(Vec<(String, Exact)>),
}

/// The member of an object that stands for a number with exactly these digits.
const NUMBER: &str = "$number";

impl Exact {
    /// The value of a case, where `{"$number": DIGITS}` is a number.
    ///
    /// # Errors
    /// The digits aren't a number of JSON.
    pub fn of(value: &Value) -> Result<Self, String> {
        Ok(match value {
            Value::Null => Self::Null,
            Value::Bool(value) => Self::Boolean(*value),
            Value::Number(number) => Self::Number(number.to_string()),
            Value::String(text) => Self::Text(text.clone()),
            Value::Array(items) => Self::List(items.iter().map(Self::of).collect::<Result<_, _>>()?),
            Value::Object(members) => match digits(members) {
                Some(digits) => match Self::parse(digits)? {
                    number @ Self::Number(_) => number,
                    _ => return Err(format!("{digits:?} isn't a number")),
                },
                None => {
                    let member = |(name, value): (&String, &Value)| Ok((name.clone(), Self::of(value)?));
                    Self::Object(members.iter().map(member).collect::<Result<_, String>>()?)
                }
            },
        })
    }

    /// The value of a JSON text.
    ///
    /// # Errors
    /// It isn't JSON.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut parser = Parser { text, at: 0 };
        let value = parser.value()?;
        parser.space();
        if parser.at == text.len() { Ok(value) } else { Err(format!("{:?} isn't JSON", text)) }
    }
}

fn digits(members: &Map<String, Value>) -> Option<&str> {
    members.get(NUMBER).filter(|_| members.len() == 1)?.as_str()
}

impl PartialEq for Exact {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Null, Self::Null) => true,
            (Self::Boolean(left), Self::Boolean(right)) => left == right,
            (Self::Number(left), Self::Number(right)) => left == right || decimal(left) == decimal(right),
            (Self::Text(left), Self::Text(right)) => left == right,
            (Self::List(left), Self::List(right)) => left == right,
            (Self::Object(left), Self::Object(right)) => {
                left.len() == right.len() && left.iter().all(|member| right.contains(member))
            }
            _ => false,
        }
    }
}

/// The sign, the digits without zeros at either end, and the power of ten of the last one.
fn decimal(number: &str) -> (bool, String, i64) {
    let (mantissa, exponent) = number.split_once(['e', 'E']).unwrap_or((number, "0"));
    let (is_negative, mantissa) = match mantissa.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, mantissa),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}");
    let kept = digits.trim_end_matches('0');
    let dropped = digits.len() - kept.len();
    let kept = kept.trim_start_matches('0');
    if kept.is_empty() {
        return (false, String::new(), 0);
    }
    let exponent: i64 = exponent.parse().unwrap_or(i64::MAX / 4);
    let length = |length: usize| i64::try_from(length).unwrap_or(0);
    (is_negative, kept.to_owned(), exponent + length(dropped) - length(fraction.len()))
}

impl fmt::Display for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Boolean(value) => write!(f, "{value}"),
            Self::Number(digits) => f.write_str(digits),
            Self::Text(text) => write!(f, "{}", Value::from(text.as_str())),
            Self::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    write!(f, "{}{item}", if index == 0 { "[" } else { "," })?;
                }
                f.write_str(if items.is_empty() { "[]" } else { "]" })
            }
            Self::Object(members) => {
                for (index, (name, value)) in members.iter().enumerate() {
                    let name = Value::from(name.as_str());
                    write!(f, "{}{name}:{value}", if index == 0 { "{" } else { "," })?;
                }
                f.write_str(if members.is_empty() { "{}" } else { "}" })
            }
        }
    }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
}

impl Parser<'_> {
    fn space(&mut self) {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
    }

    fn takes(&mut self, token: &str) -> bool {
        self.space();
        let found = self.text[self.at..].starts_with(token);
        if found {
            self.at += token.len();
        }
        found
    }

    fn fault<T>(&self) -> Result<T, String> {
        Err(format!("{:?} isn't JSON from byte {}", self.text, self.at))
    }

    fn value(&mut self) -> Result<Exact, String> {
        if self.takes("{") {
            return self.members();
        }
        if self.takes("[") {
            let mut items = Vec::new();
            if self.takes("]") {
                return Ok(Exact::List(items));
            }
            loop {
                items.push(self.value()?);
                if self.takes("]") {
                    return Ok(Exact::List(items));
                }
                if !self.takes(",") {
                    return self.fault();
                }
            }
        }
        for (word, value) in
            [("null", Exact::Null), ("true", Exact::Boolean(true)), ("false", Exact::Boolean(false))]
        {
            if self.takes(word) {
                return Ok(value);
            }
        }
        let rest = &self.text[self.at..];
        if rest.starts_with('"') {
            return self.string().map(Exact::Text);
        }
        let end =
            rest.find(|c: char| !matches!(c, '0'..='9' | '-' | '+' | '.' | 'e' | 'E')).unwrap_or(rest.len());
        let digits = &rest[..end];
        if serde_json::from_str::<serde_json::value::Value>(digits).is_err() && !is_huge(digits) {
            return self.fault();
        }
        self.at += end;
        Ok(Exact::Number(digits.to_owned()))
    }

    fn members(&mut self) -> Result<Exact, String> {
        let mut members = Vec::new();
        if self.takes("}") {
            return Ok(Exact::Object(members));
        }
        loop {
            self.space();
            let name = self.string()?;
            if !self.takes(":") {
                return self.fault();
            }
            members.push((name, self.value()?));
            if self.takes("}") {
                return Ok(Exact::Object(members));
            }
            if !self.takes(",") {
                return self.fault();
            }
        }
    }

    fn string(&mut self) -> Result<String, String> {
        let rest = &self.text[self.at..];
        let mut escaped = false;
        let end = rest.char_indices().skip(1).find(|(_, c)| {
            let ends = *c == '"' && !escaped;
            escaped = *c == '\\' && !escaped;
            ends
        });
        let Some((end, _)) = end.filter(|_| rest.starts_with('"')) else { return self.fault() };
        let string = serde_json::from_str(&rest[..=end]).map_err(|error| error.to_string())?;
        self.at += end + 1;
        Ok(string)
    }
}

/// Whether a number that is beyond what `serde_json` holds is one all the same.
fn is_huge(digits: &str) -> bool {
    let Some((mantissa, exponent)) = digits.split_once(['e', 'E']) else { return false };
    let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    serde_json::from_str::<Value>(mantissa).is_ok()
        && !exponent.is_empty()
        && exponent.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_compared_by_all_their_digits() {
        for (left, right, expected) in [
            ("1.10", "1.1", true),
            ("1e2", "100", true),
            ("1E400", "1E401", false),
            ("12345678901234567890123", "12345678901234567890124", false),
            ("-0", "0", true),
            ("[1, {\"b\": 2, \"a\": 0.10}]", "[1.0,{\"a\":1e-1,\"b\":2}]", true),
            ("{\"a\": null}", "{}", false),
        ] {
            let (left, right) = (Exact::parse(left).unwrap(), Exact::parse(right).unwrap());
            assert_eq!(left == right, expected, "{left} {right}");
        }
        assert!(Exact::parse("[1,]").is_err() && Exact::parse("01").is_err() && Exact::parse("\"a").is_err());
    }
}
