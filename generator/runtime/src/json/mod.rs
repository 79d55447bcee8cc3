//! Lossless conversion between JSON text and values.

pub(crate) mod attempts;
pub(crate) mod decimal;
pub mod decode;
pub mod decode_error;
pub(crate) mod digits;
pub mod external;
pub mod kinds;
pub(crate) mod nearest;
pub mod number;
pub mod reader;
pub(crate) mod redaction;
pub mod scalars;
pub(crate) mod scan;
pub(crate) mod strings;
pub(crate) mod untyped;
pub mod value;
pub mod writer;

#[cfg(test)]
mod reader_tests;
