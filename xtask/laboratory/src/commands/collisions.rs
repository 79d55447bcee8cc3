//! `collisions`: generates crates from random documents whose names collide, and compiles them with all
//! features.

use std::fs;
use std::path::Path;

use openapi_generator::diagnostics::Diagnostics;
use openapi_generator::settings::Settings;
use openapi_generator::source::{self, Selection};
use serde_json::json;

use speccrate::Failure;

/// The generator's own test draws these documents too.
#[path = "../../../../generator/tests/collisions/documents.rs"]
mod documents;

#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// How many documents to draw
    #[arg(long, default_value_t = 6, value_name = "N")]
    documents: u64,
    /// The first document's seed; the others count up from it
    #[arg(long, default_value_t = 10, value_name = "N")]
    seed: u64,
    /// Don't build the crates' documentation
    #[arg(long)]
    no_docs: bool,
}

impl Default for Arguments {
    fn default() -> Self {
        // Each night there are more.
        Self { documents: 4, seed: 10, no_docs: true }
    }
}

pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let folder = super::root().join("target/collisions");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    for seed in arguments.seed..arguments.seed + arguments.documents {
        write(&documents::draw(seed), &folder.join(format!("seed-{seed}")))?;
    }
    super::corpus::run(&super::corpus::Arguments::all_features_of(folder, arguments.no_docs))
}

/// Writes the document and its settings. If the name of a safe partial update is taken, the settings omit
/// safe partial updates, since they would be refused.
fn write(drawn: &documents::Drawn, folder: &Path) -> Result<(), Failure> {
    fs::create_dir_all(folder)?;
    let text = drawn.document.to_string();
    fs::write(folder.join("spec.yaml"), &text)?;
    let mut settings = drawn.settings.clone();
    let mut diagnostics = Diagnostics::default();
    let parsed = Settings::parse(&settings.to_string()).map_err(Failure::Usage)?;
    source::load_text(text.as_bytes(), &Selection::default(), &mut diagnostics)
        .map(|document| openapi_generator::api_of(&document, &parsed, &mut diagnostics));
    if diagnostics.has_errors() {
        settings["modifications"] = json!([]);
    }
    fs::write(folder.join("settings.yaml"), settings.to_string())?;
    Ok(())
}
