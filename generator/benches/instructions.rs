//! Generates the crate of a document once, in memory: what `cargo xtask instructions` counts the instructions of.

use std::path::PathBuf;
use std::process::ExitCode;

use openapi_generator::Package;
use openapi_generator::diagnostics::Diagnostics;
use openapi_generator::settings::Settings;
use openapi_generator::source::Selection;

fn main() -> ExitCode {
    let spec = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../spec/connections.yaml");
    let mut diagnostics = Diagnostics::default();
    let files =
        Settings::load(&spec.with_file_name("settings.yaml"), &mut diagnostics).and_then(|settings| {
            let selection = Selection::default();
            openapi_generator::generate(
                &spec,
                &Package::new("connections"),
                &selection,
                &settings,
                &mut diagnostics,
            )
            .ok()
        });
    match files {
        Some(files) => {
            println!("{} bytes", files.iter().map(|file| file.text.len()).sum::<usize>());
            ExitCode::SUCCESS
        }
        None => {
            eprintln!("{}", diagnostics.render(&spec));
            ExitCode::FAILURE
        }
    }
}
