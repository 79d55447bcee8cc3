//! The settings file beside a document: what the document can't say.

mod families;
mod mistakes;
mod modifications;
mod pagination;
mod webhooks;

use std::path::Path;

use indexmap::IndexMap;
use serde::Deserialize;

pub use self::families::Family;
pub use self::modifications::Modifying;
pub use self::pagination::{PagedBy, Paging};
pub use self::webhooks::{
    SignatureEncoding, SignatureFields, SignatureHash, SignatureScheme, SignatureSettings, Webhooks,
};
use crate::diagnostics::{Diagnostics, Place, codes};

/// What a document is generated with beside itself.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Names of properties whose values are secrets wherever they stand.
    pub secrets: Vec<String>,
    /// Which component schemas become types.
    pub schemas: Schemas,
    /// Extensions that mark what is deprecated, with the value that says so.
    pub deprecated: IndexMap<String, String>,
    /// Names of the headers that responses carry whether or not the document says so.
    pub headers: Headers,
    /// The body of failures for which the document has none.
    pub error: Option<ErrorBody>,
    /// The forms in which operations page, the preferred ones first.
    pub pagination: Vec<Paging>,
    /// Pairs of operations that read and write the same thing, for safe partial updates.
    pub modifications: Vec<Modifying>,
    /// Cargo features that compile alternatives of unions.
    pub features: Vec<Family>,
    /// The requests that the service sends.
    pub webhooks: Webhooks,
    /// Whether the crate depends on the runtime or contains it.
    pub runtime: Runtime,
}

/// How a generated crate gets its runtime: the code that every client needs, whatever its document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Runtime {
    /// It depends on the library `openapi-rust-runtime`.
    #[default]
    Library,
    /// The modules that it needs are copied into it, below `src/runtime/`.
    Embedded,
}

/// Which component schemas become types.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Schemas {
    /// Those that an operation reaches.
    #[default]
    Reachable,
    /// All.
    All,
}

/// Names of headers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Headers {
    /// Calls allowed in the window.
    pub rate_limit: Option<String>,
    /// Calls left in the window.
    pub rate_limit_remaining: Option<String>,
    /// Unix time in seconds at which the window ends.
    pub rate_limit_reset: Option<String>,
    /// The service's own id of the request.
    pub request_id: Option<String>,
}

/// The body of a failure: an object of scalars, all of them optional.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ErrorBody {
    /// The type's name.
    pub title: String,
    /// What it is.
    #[serde(default)]
    pub description: Option<String>,
    /// Its properties.
    pub properties: IndexMap<String, ErrorProperty>,
    /// JSON Pointer to the text for people.
    #[serde(default)]
    pub message: Option<String>,
    /// JSON Pointer to the code for programs.
    #[serde(default)]
    pub code: Option<String>,
}

/// A property of [`ErrorBody`].
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ErrorProperty {
    /// Its type.
    #[serde(rename = "type")]
    pub kind: ScalarKind,
    /// What it is.
    #[serde(default)]
    pub description: Option<String>,
}

/// The type of a scalar property.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScalarKind {
    /// A string.
    String,
    /// An integer.
    Integer,
    /// A boolean.
    Boolean,
}

impl Settings {
    /// Reads the settings file at `path`; an error is noted in `diagnostics`.
    pub fn load(path: &Path, diagnostics: &mut Diagnostics) -> Option<Self> {
        let read = crate::text::read(path).map_err(|error| error.to_string());
        let text = read.and_then(|text| String::from_utf8(text).map_err(|_| "it isn't UTF-8".to_owned()));
        let settings = text.and_then(|text| Self::parse(&text));
        settings
            .map_err(|error| {
                let message = format!("invalid settings in {}: {error}", path.display());
                diagnostics.report(
                    &codes::INVALID_SETTINGS,
                    &Place::default(),
                    message,
                    "Correct the settings file.",
                );
            })
            .ok()
    }

    /// Reads settings from YAML.
    ///
    /// # Errors
    /// What is wrong with the text.
    pub fn parse(text: &str) -> Result<Self, String> {
        if text.trim().is_empty() {
            return Ok(Self::default());
        }
        serde_yaml::from_str(text).map_err(|error| mistakes::told(&error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_read_and_unknown_keys_refused() {
        let settings = Settings::parse("secrets: [a]\nheaders: {rate_limit: X}\nschemas: all").unwrap();
        assert_eq!(settings.runtime, Runtime::Library);
        assert_eq!((settings.secrets, settings.schemas), (vec!["a".to_owned()], Schemas::All));
        assert_eq!(Settings::parse(" ").unwrap(), Settings::default());
        assert_eq!(Settings::parse("runtime: embedded").unwrap().runtime, Runtime::Embedded);
        assert!(Settings::parse("secret: [a]").unwrap_err().contains("unknown key `secret`"));
    }

    #[test]
    fn mistakes_are_told_without_words_of_rust() {
        for (text, told) in [
            ("secret: [a]", "line 1, column 1: unknown key `secret`; the keys here are `secrets`, `schemas`"),
            (
                "runtime: own",
                "line 1, column 10: `runtime`: unknown value `own`; the values here are `library`",
            ),
            ("secrets: a", "line 1, column 10: `secrets`: expected a list, got the text \"a\""),
            ("headers: [1]", "`headers`: expected keys with values, got a list"),
            ("headers: {rate_limit: [a]}", "`headers.rate_limit`: expected text, got a list"),
            ("error: {title: A}", "`error`: the key `properties` is missing"),
            (
                "pagination: [{by: x, position: a}]",
                "`pagination[0].by`: unknown value `x`; the values here are",
            ),
            ("pagination: [{by: page, position: a, first: x}]", "expected an integer, got the text \"x\""),
            ("a", "expected keys with values, got the text \"a\""),
            ("[", "line "),
        ] {
            let error = Settings::parse(text).unwrap_err();
            assert!(error.contains(told), "{told} isn't in {error}");
            for word in ["field", "variant", "map", "sequence", "struct", "invalid type"] {
                assert!(!error.contains(word) || text == "[", "{word} is in {error}");
            }
        }
    }
}
