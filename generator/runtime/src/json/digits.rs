//! The digits of numbers in untyped JSON that `serde_json` would write in another way, or can't hold.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use serde_json::{Number, Value};

use crate::json::decimal::Decimal;
use crate::json::redaction::is_secret;
use crate::json::writer::{ToJson, Writer, to_vec};

/// The digits of the numbers in a value. They count for as long as the value has the number that was read.
#[derive(Clone, Debug)]
pub(crate) enum Digits {
    /// Those of the number that the value is.
    Number(Box<str>),
    #[cfg(feature = "nearest")]
    /// Those of an integer that a type can't hold, which the value has the nearest one of.
    Nearest(Number, Box<str>),
    /// Those in the members of an object by their names, or in the items of an array by their indexes.
    Within(BTreeMap<String, Self>),
}

impl Digits {
    /// `digits`, unless there are none.
    pub fn within(digits: BTreeMap<String, Self>) -> Option<Self> {
        (!digits.is_empty()).then_some(Self::Within(digits))
    }

    /// The digits of `number`, if these are those of its text.
    pub fn of_number(&self, number: &Number) -> Option<&str> {
        match self {
            Self::Number(text) => (nearest(text) == *number).then_some(text),
            #[cfg(feature = "nearest")]
            Self::Nearest(nearest, text) => (nearest == number).then_some(text),
            Self::Within(_) => None,
        }
    }

    /// The digits in a part of the value.
    pub fn of_part(&self, name: &str) -> Option<&Self> {
        if let Self::Within(parts) = self { parts.get(name) } else { None }
    }
}

/// The number nearest to `text`, a valid JSON number, that `serde_json` can hold.
pub(crate) fn nearest(text: &str) -> Number {
    let limit = if text.starts_with('-') { f64::MIN } else { f64::MAX };
    serde_json::from_str(text).ok().or_else(|| Number::from_f64(limit)).unwrap_or_else(|| 0.into())
}

/// The number nearest to `text`, a valid JSON number, and its digits if `serde_json` would write others.
pub(crate) fn number(text: &str) -> (Number, Option<Digits>) {
    let bytes = text.as_bytes();
    if bytes.len() < 19 && bytes.iter().all(u8::is_ascii_digit) {
        return (text.parse::<u64>().unwrap_or_default().into(), None);
    }
    let number = nearest(text);
    let digits = (!is_shortest(text) && number.to_string() != text).then(|| Digits::Number(text.into()));
    (number, digits)
}

/// Whether `serde_json` writes the number `text` as it stands, which is certain for fractions of few digits. It
/// takes an exponent for those that are very small.
fn is_shortest(text: &str) -> bool {
    let is_plain = |digits: &str| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let Some((whole, fraction)) = text.split_once('.').filter(|_| text.len() <= 16) else { return false };
    let is_short = fraction == "0" || !fraction.ends_with('0');
    is_short && is_plain(whole) && is_plain(fraction) && (whole != "0" || !fraction.starts_with("000"))
}

/// An untyped value and the digits in it.
#[derive(Clone, Copy)]
pub(crate) struct Exact<'a>(pub &'a Value, pub Option<&'a Digits>);

impl<'a> Exact<'a> {
    /// The text of the number that the value is.
    pub fn number(self) -> Option<Cow<'a, str>> {
        let number = self.0.as_number()?;
        let digits = self.1.and_then(|digits| digits.of_number(number));
        Some(digits.map_or_else(|| number.to_string().into(), Cow::Borrowed))
    }

    /// The items of an array.
    pub fn items(self) -> impl Iterator<Item = Self> + Clone {
        let digits = move |index: usize| self.1.and_then(|digits| digits.of_part(&index.to_string()));
        let items = self.0.as_array().into_iter().flatten().enumerate();
        items.map(move |(index, item)| Self(item, digits(index)))
    }

    /// The members of an object.
    pub fn members(self) -> impl Iterator<Item = (&'a String, Self)> {
        let digits = move |name: &str| self.1.and_then(|digits| digits.of_part(name));
        self.0.as_object().into_iter().flatten().map(move |(name, member)| (name, Self(member, digits(name))))
    }

    /// The value as JSON.
    pub fn to_text(self) -> String {
        String::from_utf8(to_vec(&self).unwrap_or_default()).unwrap_or_default()
    }

    /// Whether its numbers are the same with `digits`, to the last digit.
    pub fn is_same_with(self, digits: Option<&'a Digits>) -> bool {
        if self.1.is_none() && digits.is_none() {
            return true;
        }
        let other = Self(self.0, digits);
        if let (Some(number), Some(other)) = (self.number(), other.number()) {
            return Decimal::parse(&number) == Decimal::parse(&other);
        }
        let mut items = self.items().zip(other.items());
        let mut members = self.members().zip(other.members());
        items.all(|(item, other)| item.is_same_with(other.1))
            && members.all(|((_, member), (_, other))| member.is_same_with(other.1))
    }
}

impl ToJson for Exact<'_> {
    fn write(&self, json: &mut Writer) {
        match self.0 {
            _ if self.1.is_none() => json.serde(self.0),
            Value::Array(_) => json.array(self.items(), ToJson::write),
            Value::Object(_) => json.object(|json| json.members(self.members())),
            value => match self.number() {
                Some(digits) => json.json_text(&digits),
                None => json.serde(value),
            },
        }
    }
}

impl fmt::Debug for Exact<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Value::Array(_) => f.debug_list().entries(self.items()).finish(),
            Value::Object(_) => show_members(self.members(), f),
            value => match self.number() {
                Some(digits) => f.write_str(&digits),
                None => fmt::Display::fmt(value, f),
            },
        }
    }
}

/// Formats an object that has `members` for `Debug`, without its secrets.
pub(crate) fn show_members<'a>(
    members: impl Iterator<Item = (&'a String, Exact<'a>)>,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    let mut shown = f.debug_map();
    for (name, value) in members {
        match is_secret(name) {
            true => shown.entry(name, &format_args!("[redacted]")),
            false => shown.entry(name, &value),
        };
    }
    shown.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_kept_where_serde_json_would_write_others() {
        let mut texts = vec![];
        for whole in ["0", "1", "10", "-2", "123456789012345", "1234567890123456789", "18446744073709551616"]
        {
            texts.push(whole.to_owned());
            for fraction in ["0", "1", "5", "50", "05", "0005", "00005", "123456789", "14159265358979323846"]
            {
                texts.push(format!("{whole}.{fraction}"));
                texts.push(format!("{whole}.{fraction}e3"));
                texts.push(format!("{whole}e-{fraction}"));
            }
        }
        for text in texts {
            let (number, digits) = number(&text);
            assert_eq!(digits.is_none(), number.to_string() == text, "{text}");
        }
    }
}
