//! The sources of a crate, with a runtime that works where the crate is.

use std::path::Path;

use openapi_generator::api::Api;
use openapi_generator::print::{PrintError, SourceFile};
use openapi_generator::rust::Crate;
use openapi_generator::settings::Settings;
use openapi_generator::{Package, RuntimeSource};

/// The crate `name` in `folder`. Its runtime is embedded if `embed` or the settings ask for it; otherwise
/// it is that of the checkout which this command was built from, if that is still there, or the version in the
/// registry.
pub(crate) fn crate_of<'a>(
    api: &'a Api,
    name: &str,
    folder: &Path,
    settings: &Settings,
    embed: bool,
) -> Crate<'a> {
    let mut package = Package::in_folder(name, folder).with_settings(settings);
    if embed {
        package.runtime = RuntimeSource::Embedded;
    }
    Crate::new(api, package)
}

/// The files of such a crate.
///
/// # Errors
/// The crate can't be printed.
pub(crate) fn print(
    api: &Api,
    name: &str,
    folder: &Path,
    settings: &Settings,
    embed: bool,
) -> Result<Vec<SourceFile>, PrintError> {
    openapi_generator::print::print(&crate_of(api, name, folder, settings, embed))
}
