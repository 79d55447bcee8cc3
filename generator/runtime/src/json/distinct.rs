//! Which values are equal in JSON Schema (2020-12 core, section 4.2.2).

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::json::decimal::Decimal;
use crate::json::decode::Mode;
use crate::json::reader::{Fault, Reader};
use crate::json::writer::{ToJson, to_vec};

/// Whether two of the values are equal.
pub(crate) fn has_duplicates(items: &[impl ToJson]) -> bool {
    let mut seen = BTreeSet::new();
    let texts = items.iter().filter_map(|item| String::from_utf8(to_vec(item).ok()?).ok());
    texts.into_iter().any(|text| !seen.insert(canonical(&text)))
}

/// The canonical text of the JSON text `text`, the same for all values that are equal in JSON Schema. Text
/// that can't be read equals itself only.
fn canonical(text: &str) -> String {
    let mut canonical = String::new();
    match Reader::new(text, Mode::Strict).canonical(&mut canonical) {
        Ok(()) => canonical,
        Err(_) => text.to_owned(),
    }
}

impl Reader<'_> {
    /// Writes the next value to `text` so that values that are equal have the same text, regardless of the order of properties and of how numbers are written.
    fn canonical(&mut self, text: &mut String) -> Result<(), Fault> {
        match self.peek() {
            Some(b'-' | b'0'..=b'9') => {
                text.push_str(&Decimal::parse(self.number("a number")?).canonical_text());
            }
            Some(b'[') => {
                text.push('[');
                self.read_array(|reader, _| {
                    reader.canonical(text)?;
                    text.push(',');
                    Ok(())
                })?;
                text.push(']');
            }
            Some(b'{') => {
                let mut members = BTreeMap::new();
                self.read_object(|reader| {
                    let (name, mut member) = (reader.name()?.into_owned(), String::new());
                    reader.canonical(&mut member)?;
                    members.insert(name, member);
                    Ok(())
                })?;
                let _ = write!(text, "{members:?}");
            }
            _ => {
                let scalar = self.value()?;
                let _ = write!(text, "{}", *scalar);
            }
        }
        Ok(())
    }
}
