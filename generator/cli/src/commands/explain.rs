//! `explain`: what a diagnostic's code means.

use openapi_generator::diagnostics::codes;

use crate::{Failure, terminal};

/// The arguments of `explain`.
#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// The code, such as E0014
    #[arg(required_unless_present = "list")]
    code: Option<String>,
    /// List all codes
    #[arg(long, conflicts_with = "code")]
    list: bool,
}

/// Explains a code, or lists all.
///
/// # Errors
/// There is no such code.
pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let Some(code) = &arguments.code else {
        let list: String = codes::all().map(|known| format!("{}  {}\n", known.id, known.title)).collect();
        return terminal::print(list);
    };
    let wanted = code.to_ascii_uppercase();
    match codes::all().find(|known| known.id == wanted) {
        Some(known) => {
            terminal::print(format_args!("{}: {}\n\n{}\n", known.id, known.title, known.explanation))
        }
        None => Err(Failure::Usage(format!(
            "there is no diagnostic with the code {code:?}; `speccrate explain --list` lists them"
        ))),
    }
}
