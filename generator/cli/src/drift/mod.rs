//! What the vendor's document says otherwise than ours, beyond what a comparison of two clients says.

pub mod exceptions;
pub(crate) mod mapping;
pub(crate) mod patch;
