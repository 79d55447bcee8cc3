//! Measures a folder of documents: which crates compile, and what each document contains.

pub mod compile;
pub mod count;
