//! Lossless conversion between JSON text and values.

pub mod decode;
pub mod decode_error;
pub mod external;
pub mod kinds;
pub mod number;
pub mod reader;
pub(crate) mod redaction;
pub mod scalars;
pub(crate) mod strings;
pub mod value;
pub mod writer;
