//! [`Document`] to [`Api`]: every decision about the generated crate.

// The pipeline that calls these isn't here yet.
#[allow(dead_code)]
mod docs;
#[allow(dead_code)]
mod names;

use crate::{api::Api, diagnostics::Diagnostics, settings::Settings, source::document::Document};

/// Plans the crate for `document`.
pub fn plan(_document: &Document, _settings: &Settings, _diagnostics: &mut Diagnostics) -> Api {
    Api::default()
}
