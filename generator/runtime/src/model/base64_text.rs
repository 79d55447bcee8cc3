//! Bytes that are sent as text.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::model::formats::formatted;

formatted! {
    /// Bytes encoded as base64 text (RFC 4648, section 4).
    Base64, "base64", is_base64
}

impl Base64 {
    /// Encodes `bytes`.
    pub fn from_bytes(bytes: &[u8]) -> Self {
        Self(STANDARD.encode(bytes))
    }

    /// Decodes the bytes.
    ///
    /// # Errors
    /// The text isn't valid base64.
    pub fn decode(&self) -> Result<Vec<u8>, InvalidBase64> {
        STANDARD.decode(&self.0).map_err(|error| InvalidBase64(error.to_string()))
    }
}

/// A text isn't valid base64.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidBase64(String);

impl fmt::Display for InvalidBase64 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not base64: {}", self.0)
    }
}

impl std::error::Error for InvalidBase64 {}

fn is_base64(text: &str) -> bool {
    Base64(text.to_owned()).decode().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        assert_eq!(Base64::from_bytes(b"hi").decode().unwrap(), b"hi");
        assert!(!Base64::from("h").is_valid());
        let error = Base64::from("aGk$").decode().unwrap_err();
        assert!(error.to_string().starts_with("not base64: "), "{error}");
    }
}
