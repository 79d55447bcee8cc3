//! Values that must not be printed.

use std::fmt;

use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};

use crate::json::decode::FromJson;
use crate::json::kinds::Kinds;
use crate::json::reader::{Fault, Reader};
use crate::json::writer::{ToJson, Writer};
use crate::model::rules::{Checker, Rule};
use crate::model::validate::Validate;

/// A secret value. It prints as `[redacted]`; read it with [`expose_secret`](Self::expose_secret). It isn't
/// wiped from memory on drop.
#[derive(Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Secret<T>(T);

impl<T> Secret<T> {
    /// Wraps `value` as a secret.
    pub const fn new(value: T) -> Self {
        Self(value)
    }

    /// The secret value.
    pub const fn expose_secret(&self) -> &T {
        &self.0
    }

    /// The secret value.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T> From<T> for Secret<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl From<&str> for Secret<String> {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// For example, for a client secret from a response.
#[cfg(feature = "client")]
impl From<Secret<String>> for secrecy::SecretString {
    fn from(secret: Secret<String>) -> Self {
        secret.into_inner().into()
    }
}

impl<T> fmt::Debug for Secret<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

impl<T> fmt::Display for Secret<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

impl<T: Serialize> Serialize for Secret<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Secret<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(Self)
    }
}

impl<T: FromJson> FromJson for Secret<T> {
    fn kinds() -> Kinds {
        T::kinds()
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        T::read(reader).map(Self::new)
    }
}

impl<T: ToJson> ToJson for Secret<T> {
    fn write(&self, json: &mut Writer) {
        self.expose_secret().write(json);
    }
}

impl<T: Validate> Validate for Secret<T> {
    fn check(&self, rules: &[Rule], checker: &mut Checker) {
        self.expose_secret().check(rules, checker);
    }

    fn unknowns(&self) -> usize {
        self.expose_secret().unknowns()
    }
}
