//! A client that a build script generates.

use std::collections::BTreeSet;
use std::fmt;
use std::path::{Path, PathBuf};

use openapi_generator::diagnostics::{Diagnostics, Severity};
use openapi_generator::print::{BROWSER_SECTION, MANIFEST, PARTS, SourceFile};
use openapi_generator::settings::Settings;
use openapi_generator::source::{self, Selection};
use serde_json::Value;

use crate::crate_folder::{self, manifest};

/// Generates a client from a build script, and has cargo run it again when the document, its settings or a file that
/// the document refers to changes.
///
/// By default the client is the crate that is built: it is written to `OUT_DIR`, and `src/lib.rs` includes it with
///
/// ```ignore
/// include!(concat!(env!("OUT_DIR"), "/client/src/lib.rs"));
/// ```
///
/// The `Cargo.toml` of that crate must have the dependencies that the client needs; what is missing is an error that
/// lists the lines to add.
#[derive(Clone, Debug)]
#[must_use]
pub struct Build {
    spec: PathBuf,
    settings: Option<PathBuf>,
    name: Option<String>,
    selection: Selection,
    out: Option<PathBuf>,
    embed: bool,
}

/// Why a client can't be generated.
pub struct BuildError(String);

impl Build {
    /// A client for the OpenAPI document in the file `spec`.
    pub fn new(spec: impl Into<PathBuf>) -> Self {
        Self {
            spec: spec.into(),
            settings: None,
            name: None,
            selection: Selection::default(),
            out: None,
            embed: false,
        }
    }

    /// Makes one client of the document and this one. Those of several calls follow in their order, which decides names:
    /// what a later document declares differently under the same name is renamed.
    pub fn and(mut self, spec: impl Into<PathBuf>) -> Self {
        self.selection.others.push(spec.into());
        self
    }

    /// Takes the settings from this file. By default they are in `settings.yaml` beside the document, if that exists.
    pub fn settings(mut self, file: impl Into<PathBuf>) -> Self {
        self.settings = Some(file.into());
        self
    }

    /// Changes the document by this overlay before it is read. Those of several calls are applied in their order, after
    /// those of the settings.
    pub fn overlay(mut self, file: impl Into<PathBuf>) -> Self {
        self.selection.overlays.push(file.into().into());
        self
    }

    /// Calls the crate `name` in its documentation. By default that is the crate being built.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Takes only operations on paths that match, as well as those that match other calls; `*` matches any text.
    pub fn path(mut self, glob: impl Into<String>) -> Self {
        self.selection.paths.push(glob.into());
        self
    }

    /// Takes only operations with this tag, or one that another call names.
    pub fn tag(mut self, tag: impl Into<String>) -> Self {
        self.selection.tags.push(tag.into());
        self
    }

    /// Takes only the operation with this operationId, and those that other calls name.
    pub fn operation(mut self, id: impl Into<String>) -> Self {
        self.selection.operations.push(id.into());
        self
    }

    /// Lets references lead to files below `folder`, which is above the document's own. By default they may lead only to
    /// files below the document's folder.
    pub fn root(mut self, folder: impl Into<PathBuf>) -> Self {
        self.selection.root = Some(folder.into());
        self
    }

    /// Leaves out operations that have errors, with a warning, instead of failing.
    pub fn keep_going(mut self) -> Self {
        self.selection.keep_going = true;
        self
    }

    /// Writes a whole crate to `folder`, with its `Cargo.toml`, instead of files to include in this one.
    pub fn out(mut self, folder: impl Into<PathBuf>) -> Self {
        self.out = Some(folder.into());
        self
    }

    /// Copies the runtime into the client instead of depending on it.
    pub fn embed_runtime(mut self) -> Self {
        self.embed = true;
        self
    }

    /// Generates the client. Files that don't change aren't written. Warnings are passed to cargo.
    ///
    /// # Errors
    /// The document has errors, a dependency is missing in `Cargo.toml`, or the files can't be written.
    pub fn write(self) -> Result<(), BuildError> {
        let beside = self.spec.with_file_name("settings.yaml");
        let settings_file = self.settings.clone().or_else(|| beside.exists().then_some(beside));
        let mut inputs = BTreeSet::new();
        inputs.extend(settings_file.clone());
        for document in std::iter::once(&self.spec).chain(&self.selection.others) {
            inputs.insert(document.clone());
            referred(document, document, &mut inputs);
        }
        for overlay in self.overlays(settings_file.as_deref()) {
            // An overlay's references are those of the document that it changes.
            for document in std::iter::once(&self.spec).chain(&self.selection.others) {
                referred(&overlay, document, &mut inputs);
            }
            inputs.insert(overlay);
        }
        for input in &inputs {
            println!("cargo::rerun-if-changed={}", input.display());
        }
        let name = match &self.name {
            Some(name) => name.clone(),
            None => variable("CARGO_PKG_NAME")?,
        };
        let included = self.out.is_none();
        let folder = match &self.out {
            Some(out) => out.clone(),
            None => PathBuf::from(variable("OUT_DIR")?).join("client"),
        };
        let files = self.files(settings_file.as_deref(), &name, &folder)?;
        let files = if included { for_inclusion(files)? } else { files };
        let told = |error: crate_folder::TreeError| BuildError(error.to_string());
        let changes = crate_folder::compare(&folder, files).map_err(told)?;
        crate_folder::apply(&folder, &changes).map_err(told)
    }

    /// The overlays of the settings and of the calls.
    fn overlays(&self, settings: Option<&Path>) -> Vec<PathBuf> {
        let settings = settings.and_then(|file| Settings::load(file, &mut Diagnostics::default()));
        let selection = self.selection.with_settings(&settings.unwrap_or_default());
        selection.overlays.into_iter().map(|overlay| overlay.path).collect()
    }

    fn files(
        &self,
        settings: Option<&Path>,
        name: &str,
        folder: &Path,
    ) -> Result<Vec<SourceFile>, BuildError> {
        let mut diagnostics = Diagnostics::default();
        let settings = match settings {
            Some(file) => Settings::load(file, &mut diagnostics),
            None => Some(Settings::default()),
        };
        let files = settings.and_then(|settings| {
            let selection = self.selection.with_settings(&settings);
            let document = source::load(&self.spec, &selection, &mut diagnostics)?;
            let api = openapi_generator::api_of(&document, &settings, &mut diagnostics);
            (!diagnostics.has_errors())
                .then(|| crate::print::print(&api, name, folder, &settings, self.embed))
        });
        let Some(files) = files else { return Err(BuildError(diagnostics.render(&self.spec))) };
        let files = files.map_err(|error| BuildError(error.to_string()))?;
        for warning in diagnostics.iter().filter(|diagnostic| diagnostic.severity() == Severity::Warning) {
            let file = match &*warning.place.file {
                "" => self.spec.clone(),
                other => self.spec.with_file_name(other),
            };
            let (file, place) = (file.display(), &warning.place.pointer);
            println!(
                "cargo::warning={file}{place}: {} [{}]",
                warning.message.replace('\n', " "),
                warning.code
            );
        }
        Ok(files)
    }
}

fn variable(name: &str) -> Result<String, BuildError> {
    std::env::var(name).map_err(|_| {
        BuildError(format!(
            "{name} isn't set: call this from a build script, or say where and what with `out` and `name`"
        ))
    })
}

/// Adds the files that the text in `file` refers to as if it were in the file `base`, and those that these refer to.
fn referred(file: &Path, base: &Path, found: &mut BTreeSet<PathBuf>) {
    let text = std::fs::read(file).unwrap_or_default();
    // What can't be read is told where the document is loaded.
    let Ok(value) = source::value(&text) else { return };
    let mut values = vec![&value];
    while let Some(value) = values.pop() {
        match value {
            Value::Object(members) => values.extend(members.values()),
            Value::Array(items) => values.extend(items),
            Value::String(text) => {
                let named = text.split('#').next().unwrap_or_default();
                let is_document = [".yaml", ".yml", ".json"].iter().any(|end| named.ends_with(end));
                let other = base.with_file_name(named);
                if is_document && other.is_file() && found.insert(other.clone()) {
                    referred(&other, &other, found);
                }
            }
            _ => {}
        }
    }
}

/// The sources as another crate can include them. Its own `Cargo.toml` takes the place of the client's.
fn for_inclusion(files: Vec<SourceFile>) -> Result<Vec<SourceFile>, BuildError> {
    if files.iter().any(|file| file.path.starts_with(PARTS)) {
        let what = "a crate for each group can't be included: give its folder with `out`, or remove `crate_per: group`";
        return Err(BuildError(what.to_owned()));
    }
    let wanted = files.iter().find(|file| file.path == MANIFEST).map_or("", |file| &file.text);
    let own = PathBuf::from(variable("CARGO_MANIFEST_DIR")?).join("Cargo.toml");
    let text = crate::text_file::read(&own)
        .map_err(|error| BuildError(format!("can't read {}: {error}", own.display())))?;
    // What is needed in browsers alone isn't asked of a crate that is compiled for something else.
    let is_built_for = |name: &str, value: &str| std::env::var(name).is_ok_and(|known| known == value);
    let is_browser =
        is_built_for("CARGO_CFG_TARGET_FAMILY", "wasm") && is_built_for("CARGO_CFG_TARGET_OS", "unknown");
    let lacking = manifest::lacking(&text, wanted, |section| is_browser || section != BROWSER_SECTION)
        .map_err(|error| BuildError(format!("can't use {}: {error}", own.display())))?;
    if !lacking.is_empty() {
        return Err(BuildError(format!(
            "the client needs more dependencies; add to [dependencies] in {}:\n\n{lacking}",
            own.display()
        )));
    }
    // The features that the sources ask for are known, whether or not the crate has them.
    let features = manifest::features(wanted).into_iter().map(|feature| format!("{feature:?}"));
    println!("cargo::rustc-check-cfg=cfg(feature, values({}))", features.collect::<Vec<_>>().join(", "));
    let sources = files.into_iter().filter(|file| file.path.starts_with("src/"));
    let included = sources.map(|file| match file.path.as_str() {
        "src/lib.rs" => SourceFile { text: outer(&file.text), ..file },
        _ => file,
    });
    Ok(included.collect())
}

/// The text of a `lib.rs` with what may only begin a file moved to each module, since `include!` takes no inner
/// attributes.
fn outer(library: &str) -> String {
    let is_inner = |line: &&str| line.starts_with("//!") || line.starts_with("#![");
    let inner = library.lines().filter_map(|line| line.strip_prefix("#!["));
    // These are of a whole crate: no module can have them.
    const OF_CRATE: [&str; 3] = ["mixed_script_confusables", "docsrs", "doc(test("];
    let is_of_crate = |attribute: &str| OF_CRATE.iter().any(|name| attribute.contains(name));
    let inner = inner.filter(|attribute| !is_of_crate(attribute));
    let attributes: String = inner.map(|attribute| format!("#[{attribute}\n")).collect();
    let mut text = String::new();
    for line in library.lines().filter(|line| !is_inner(line)) {
        if line.starts_with("mod ") || line.starts_with("pub mod ") {
            text.push_str(&attributes);
        }
        text.push_str(line);
        text.push('\n');
    }
    text
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// As a build script that returns the error prints it.
impl fmt::Debug for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for BuildError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inner_attributes_move_to_the_modules() {
        let text = "// @generated\n\n//! Docs.\n#![allow(deprecated)]\n#![allow(mixed_script_confusables)]\n#![cfg_attr(docsrs, feature(doc_cfg))]\n#![doc(test(attr(allow(deprecated))))]\n\nmod a;\npub use a::B;\n";
        assert_eq!(outer(text), "// @generated\n\n\n#[allow(deprecated)]\nmod a;\npub use a::B;\n");
    }

    #[test]
    fn several_documents_give_one_client() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        for name in ["orders", "invoices"] {
            let operation =
                format!("get: {{operationId: {name}.list, responses: {{'204': {{description: All.}}}}}}");
            let text = format!(
                "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths:\n  /{name}:\n    {operation}\n"
            );
            std::fs::write(at(&format!("{name}.yaml")), text).unwrap();
        }
        let build = Build::new(at("orders.yaml")).and(at("invoices.yaml"));
        build.name("shop").out(at("client")).write().unwrap();
        for name in ["orders", "invoices"] {
            assert!(at(&format!("client/src/operations/{name}/list.rs")).is_file(), "{name}");
        }
    }

    #[test]
    fn files_that_others_name_are_found() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
        write("api.yaml", "a: {$ref: 'b.yaml#/x'}\nb: 'no-such.yaml'\nc: text\n");
        write("b.yaml", "x: {$ref: 'c.json'}\n");
        write("c.json", "{\"$ref\": \"b.yaml\"}");
        let mut found = BTreeSet::new();
        let document = folder.path().join("api.yaml");
        referred(&document, &document, &mut found);
        let names: Vec<_> = found.iter().filter_map(|path| path.file_name()?.to_str()).collect();
        assert_eq!(names, ["b.yaml", "c.json"]);
    }
}
