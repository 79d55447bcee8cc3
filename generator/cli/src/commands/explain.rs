//! `explain`: what a diagnostic's code means.

use openapi_generator::diagnostics::codes;

use crate::Failure;

pub fn run(code: &str) -> Result<(), Failure> {
    let wanted = code.to_ascii_uppercase();
    match codes().find(|known| known.code == wanted) {
        Some(known) => {
            println!("{}: {}\n\n{}", known.code, known.title, known.explanation);
            Ok(())
        }
        None => {
            let known: Vec<&str> = codes().map(|known| known.code).collect();
            Err(Failure::Usage(format!("there is no code {code:?}; there are {}", known.join(", "))))
        }
    }
}
