//! What the comparison of two documents tells. The cases of `diff_cases/` and the example of each rule have programs of
//! their own.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

mod checks;
#[path = "../diffs/mod.rs"]
mod diffs;
mod keywords;
mod members;
mod places;
mod renames;
mod v32;
mod values;
