//! `settings-schema`: the JSON Schema of the settings file.

use crate::{Failure, terminal};

pub(super) const EXAMPLES: &str = "Examples:
  speccrate settings-schema > settings.schema.json

A settings file that begins with this line is completed and checked by editors with a YAML language server:
  # yaml-language-server: $schema=settings.schema.json";

/// Prints the schema.
///
/// # Errors
/// Standard output is closed.
pub fn run() -> Result<(), Failure> {
    let schema = openapi_generator::settings::schema();
    terminal::print(format_args!("{schema:#}\n"))
}
