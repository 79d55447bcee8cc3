//! What a folder of documents is measured by: what compiles, and what each document holds.

pub mod compile;
pub mod count;
