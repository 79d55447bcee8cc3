//! Bytes that travel as text.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::model::formats::formatted;

formatted! {
    /// Bytes as text in base64 (RFC 4648, section 4).
    Base64, "base64", is_base64
}

impl Base64 {
    /// Encodes `bytes`.
    pub fn from_bytes(bytes: &[u8]) -> Self {
        Self(STANDARD.encode(bytes))
    }

    /// The bytes.
    ///
    /// # Errors
    /// The text isn't base64.
    pub fn decode(&self) -> Result<Vec<u8>, base64::DecodeError> {
        STANDARD.decode(&self.0)
    }
}

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
    }
}
