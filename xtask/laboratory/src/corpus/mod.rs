//! Measures a folder of documents: which crates compile, and what each document contains.

pub mod compile;
mod count;
pub mod documents;
pub mod families;
pub mod generate;
pub mod row;
pub mod testing;

use std::path::Path;

use crate::workspace;
use speccrate::Failure;

/// Runs cargo in the crates' workspace, and returns whether it succeeded.
fn cargo(folder: &Path, arguments: &[&str]) -> Result<bool, Failure> {
    let status = workspace::cargo_in(folder).args(arguments).env("RUSTDOCFLAGS", "-D warnings").status()?;
    Ok(status.success())
}
