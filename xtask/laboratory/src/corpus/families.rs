//! The features that compile alternatives of unions, each linted alone.

use std::path::Path;

use openapi_generator::api::Api;

use super::cargo;
use super::row::Row;
use speccrate::Failure;

/// The features that compile alternatives of unions.
pub fn families(api: &Api) -> Vec<String> {
    let families = api.features.iter().filter(|feature| !feature.alternatives.is_empty());
    families.map(|feature| feature.name.clone()).collect()
}

/// The cargo arguments that lint the crate `name` with each of `families` alone, and with none.
pub fn alone<'a>(name: &str, families: &'a [String]) -> Vec<(&'a str, Vec<String>)> {
    let arguments = |family: &str| {
        let features = format!("client,{family}");
        let arguments = ["clippy", "--package", name, "--no-default-features", "--features", &features];
        arguments.into_iter().chain(["--", "-D", "warnings"]).map(str::to_owned).collect()
    };
    let each = families.iter().map(String::as_str).chain([""]).filter(|_| !families.is_empty());
    each.map(|family| (family, arguments(family))).collect()
}

/// Lints the crate of a row with each of its families alone.
///
/// # Errors
/// Cargo can't be run.
pub fn lint_alone(folder: &Path, row: &mut Row) -> Result<(), Failure> {
    for (family, arguments) in alone(row.name.as_deref().unwrap_or_default(), &row.families) {
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        if !cargo(folder, &arguments)? {
            row.problem = format!("doesn't compile without a warning with {family:?} alone");
        }
    }
    Ok(())
}
