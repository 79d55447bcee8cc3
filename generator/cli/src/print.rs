//! The sources of a crate.

use std::path::Path;

use openapi_generator::api::Api;
use openapi_generator::print::{self, SourceFile};
use openapi_generator::settings::Settings;

/// The files of the crate `name`, which is to stand in `folder`.
pub fn print(api: &Api, name: &str, _folder: &Path, _settings: &Settings, _embed: bool) -> Vec<SourceFile> {
    print::print(api, name)
}
