//! The digits of numbers in untyped JSON that `serde_json` would write in another way, or can't hold.

use std::collections::BTreeMap;

use serde_json::{Number, Value};

use crate::json::writer::{ToJson, Writer, to_vec};

/// The digits of the numbers in a value. They count for as long as the value has the number that was read.
#[derive(Clone, Debug)]
pub(crate) enum Digits {
    /// Those of the number that the value is.
    Number(Box<str>),
    /// Those of an integer that a type can't hold, which the value has the nearest one of.
    Nearest(Number, Box<str>),
    /// Those in the items of an array.
    Items(BTreeMap<usize, Self>),
    /// Those in the members of an object.
    Members(BTreeMap<String, Self>),
}

impl Digits {
    /// The digits of `number`, if these are those of its text.
    pub fn of_number(&self, number: &Number) -> Option<&str> {
        match self {
            Self::Number(text) => (nearest(text) == *number).then_some(text),
            Self::Nearest(nearest, text) => (nearest == number).then_some(text),
            _ => None,
        }
    }

    /// The digits in the item at `index` of an array.
    pub fn item(&self, index: usize) -> Option<&Self> {
        if let Self::Items(items) = self { items.get(&index) } else { None }
    }

    /// The digits in the member `name` of an object.
    pub fn member(&self, name: &str) -> Option<&Self> {
        if let Self::Members(members) = self { members.get(name) } else { None }
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
    /// The items of an array; none if it is something else.
    pub fn items(self) -> impl Iterator<Item = Self> + Clone {
        let items = self.0.as_array().into_iter().flatten().enumerate();
        items.map(move |(index, item)| Self(item, self.1.and_then(|digits| digits.item(index))))
    }

    /// The members of an object; none if it is something else.
    pub fn members(self) -> impl Iterator<Item = (&'a String, Self)> {
        let members = self.0.as_object().into_iter().flatten();
        members.map(move |(name, member)| (name, Self(member, self.member_digits(name))))
    }

    /// The digits in the member `name` of an object.
    pub fn member_digits(self, name: &str) -> Option<&'a Digits> {
        self.1.and_then(|digits| digits.member(name))
    }

    /// The value as JSON.
    pub fn json(self) -> String {
        let text = to_vec(&self).unwrap_or_default();
        String::from_utf8(text).unwrap_or_default()
    }
}

impl ToJson for Exact<'_> {
    fn write(&self, json: &mut Writer) {
        let Some(digits) = self.1 else { return json.serde(self.0) };
        match self.0 {
            Value::Number(number) => match digits.of_number(number) {
                Some(text) => json.digits(text),
                None => json.serde(number),
            },
            Value::Array(_) => {
                json.begin_array();
                for item in self.items() {
                    json.item();
                    item.write(json);
                }
                json.end_array();
            }
            Value::Object(_) => {
                json.begin_object();
                for (name, member) in self.members() {
                    json.name(name);
                    member.write(json);
                }
                json.end_object();
            }
            other => json.serde(other),
        }
    }
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
