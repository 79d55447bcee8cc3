//! Types of the caller's own in place of generated ones.

use std::any::type_name;
use std::ops::{Deref, DerefMut};

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::json::decode::FromJson;
use crate::json::decode_error::DecodeError;
use crate::json::reader::{Fault, Reader};
use crate::json::value::Json;
use crate::json::writer::{ToJson, Writer, to_value};
use crate::model::rules::{Checker, Rule};
use crate::model::validate::Validate;

/// A value of a type that isn't generated: the settings name it in place of a schema. It is read and written with serde,
/// derefs to the type, and is made from it with `into`.
///
/// The type implements `Serialize`, `DeserializeOwned`, `Clone`, `Debug` and `PartialEq`, is `Send` and `Sync` if clients
/// are to be used from several threads, and holds whatever the server may send: an optional value that doesn't fit it is
/// preserved among the additional properties, but a required one is an error.
///
/// ```
/// # use openapi_rust_runtime as runtime;
/// use runtime::{Own, decode, encode};
/// use serde::{Deserialize, Serialize};
///
/// #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
/// struct Money {
///     currency: String,
///     cents: u64,
/// }
///
/// let price: Own<Money> = decode::from_slice(br#"{"currency": "EUR", "cents": 250}"#)?;
/// assert_eq!(price.cents, 250);
/// let double: Own<Money> = Money { cents: price.cents * 2, ..price.into_inner() }.into();
/// assert_eq!(encode::to_vec(&double)?, br#"{"currency":"EUR","cents":500}"#);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Own<T>(T);

impl<T> Own<T> {
    /// The value.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T> From<T> for Own<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl<T> Deref for Own<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> DerefMut for Own<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

impl<T: DeserializeOwned + 'static> FromJson for Own<T> {
    fn read(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        let text = reader.raw()?;
        // What serde says may contain the value, which may be secret.
        let fault = |_| Box::new(DecodeError::new(format!("expected a `{}`", type_name::<T>())));
        serde_json::from_str(text).map(Self).map_err(fault)
    }
}

impl<T: Serialize> ToJson for Own<T> {
    fn write(&self, json: &mut Writer) {
        json.serde(&self.0);
    }
}

impl<T: Serialize> Validate for Own<T> {
    fn check(&self, rules: &[Rule], checker: &mut Checker) {
        if !rules.is_empty()
            && let Ok(value) = to_value(self)
        {
            Json::from(value).check(rules, checker);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::decode::{Mode, from_text};

    #[test]
    fn what_does_not_fit_is_refused_without_its_value() {
        let error = from_text::<Own<u8>>("\"hunter2\"", Mode::Lenient).unwrap_err().to_string();
        assert!(error.contains("expected a `u8`") && !error.contains("hunter2"), "{error}");
        assert!(from_text::<Own<u8>>("[1", Mode::Lenient).is_err());
        assert_eq!(from_text::<Vec<Own<u8>>>(" [ 1 , 2 ] ", Mode::Lenient).unwrap(), [Own(1), Own(2)]);
    }

    #[test]
    fn rules_beside_it_are_checked() {
        let mut checker = Checker::default();
        Own("a").check(&[Rule::MinLength(2)], &mut checker);
        assert!(checker.finish().is_err());
    }
}
