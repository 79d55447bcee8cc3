//! Lossless conversion between JSON text and values.

pub(crate) mod attempts;
pub(crate) mod decimal;
pub mod decode;
pub mod decode_error;
pub(crate) mod digits;
pub(crate) mod distinct;
pub mod external;
pub mod kinds;
mod lookahead;
pub(crate) mod nearest;
pub mod number;
pub mod reader;
pub(crate) mod redaction;
pub(crate) mod scan;
pub(crate) mod strings;
#[cfg(feature = "unread")]
pub(crate) mod unread;
pub mod value;
pub mod writer;

#[cfg(test)]
mod reader_tests;
#[cfg(test)]
mod unread_tests;
