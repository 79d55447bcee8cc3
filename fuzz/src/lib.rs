//! What the fuzz targets do with their bytes. See docs/fuzzing.md.

mod client;
mod document;
mod generator;
mod instance;
mod json;
mod model;
mod multipart;
mod overlay;
mod parameters;
mod settings;
mod streams;
mod webhooks;
mod xml;

pub use client::client;
pub use generator::{diff, pipeline, plan, rust, source};
pub use json::json;
pub use model::model;
pub use multipart::multipart;
pub use overlay::overlay;
pub use parameters::parameters;
pub use settings::settings;
pub use streams::{events, items};
pub use webhooks::webhooks;
pub use xml::xml;

/// Whether `FUZZ_SHOW` asks for what is drawn from an input.
fn is_shown() -> bool {
    std::env::var_os("FUZZ_SHOW").is_some()
}

/// Asserts that nothing in a message could move, hide or forge other text of a log.
fn assert_printable(message: &str) {
    let is_bad = |c: char| {
        (c.is_control() && c != '\n') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    assert!(!message.contains(is_bad), "{message:?}");
}

/// The two parts of `bytes` before and after the first byte 0xFF, which UTF-8 doesn't have.
fn halves(bytes: &[u8]) -> (&[u8], &[u8]) {
    let at = bytes.iter().position(|byte| *byte == 0xff).unwrap_or(bytes.len());
    (&bytes[..at], bytes.get(at + 1..).unwrap_or_default())
}
