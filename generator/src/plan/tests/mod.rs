//! Tests of the plan on data: small documents, and what is planned for them.
//!
//! Nothing here names a Rust item: types, properties and operations are found by where they stand in the document and
//! by their names on the wire, with [`snippet`].
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

mod all_of;
mod bodies;
mod composition;
mod conversions;
mod discriminated;
mod docs;
mod enums;
mod events;
mod families;
mod features;
mod formats;
mod modifications;
mod multipart;
mod objects;
mod operation_names;
mod operations;
mod pagination;
mod patterns;
mod reach;
mod recursion;
mod responses;
mod rules;
mod schemas;
mod service;
mod snippet;
mod streams;
mod unions;
mod xml;
