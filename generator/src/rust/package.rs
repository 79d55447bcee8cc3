//! The crate to generate: its name, and where it takes its runtime from.

use std::path::{Component, Path, PathBuf};

use super::names::is_keyword;
use crate::diagnostics::{Diagnostics, codes};
use crate::settings::{CratePer, Dependency, Metadata, Runtime, Settings};

/// The version of the runtime that generated crates depend on, which is the generator's own.
pub const RUNTIME_VERSION: &str = env!("CARGO_PKG_VERSION");

/// The package name of the runtime.
pub const RUNTIME: &str = "openapi-rust-runtime";

/// The crate to generate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Package {
    /// The package's name, as in its `Cargo.toml`.
    pub name: String,
    /// Where its runtime comes from.
    pub runtime: RuntimeSource,
    /// What there is a crate for.
    pub crate_per: CratePer,
    /// What else it depends on, by name.
    pub dependencies: Vec<(String, Dependency)>,
    /// What its `Cargo.toml` says about it.
    pub metadata: Metadata,
}

/// Where a generated crate takes its runtime from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum RuntimeSource {
    /// It depends on the version in the registry, [`RUNTIME_VERSION`].
    #[default]
    Registry,
    /// It depends on the runtime at this path, relative to the crate's folder and with `/`, and on the same version.
    Path(String),
    /// The runtime's modules are copied into the crate.
    Embedded,
}

/// The longest name that registries take.
const MAX_NAME: usize = 64;

/// Crates that every program has.
const SYSROOT: [&str; 5] = ["alloc", "core", "proc_macro", "std", "test"];

impl Package {
    /// Whether a package can have this name, and callers can write it: letters, digits, `-` and `_`, a letter first, at
    /// most 64 in all; no keyword, no crate that every program has, and not the runtime.
    pub fn is_name(name: &str) -> bool {
        let is_part = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        let in_rust = name.replace('-', "_");
        name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name.chars().all(is_part)
            && name.len() <= MAX_NAME
            && !is_keyword(&in_rust)
            && !SYSROOT.contains(&in_rust.as_str())
            && name != RUNTIME
    }

    /// The crate `name`, which takes its runtime from the registry.
    pub fn new(name: impl Into<String>) -> Self {
        Self::of(name.into(), RuntimeSource::Registry)
    }

    /// The crate `name` in `folder`, which takes its runtime from the generator's checkout if there is one. See
    /// [`RuntimeSource::for_folder`].
    pub fn in_folder(name: impl Into<String>, folder: &Path) -> Self {
        Self::of(name.into(), RuntimeSource::for_folder(folder))
    }

    fn of(name: String, runtime: RuntimeSource) -> Self {
        let (crate_per, metadata) = (CratePer::Document, Metadata::default());
        Self { name, runtime, crate_per, dependencies: Vec::new(), metadata }
    }

    /// The same crate, with the dependencies and the metadata of the settings, divided and with the runtime embedded if they
    /// ask for it.
    #[must_use]
    pub fn with_settings(mut self, settings: &Settings) -> Self {
        let dependencies = settings.dependencies.iter();
        self.dependencies = dependencies.map(|(name, from)| (name.clone(), from.clone())).collect();
        self.metadata = settings.package.clone();
        self.crate_per = settings.crate_per;
        if settings.runtime == Runtime::Embedded {
            self.runtime = RuntimeSource::Embedded;
        }
        self
    }
}

/// Reports dependencies in the settings that cargo can't resolve.
pub(super) fn check_dependencies(settings: &Settings, diagnostics: &mut Diagnostics) {
    for (name, from) in &settings.dependencies {
        let problem = if !Package::is_name(name) {
            "isn't the name of a crate that can be added"
        } else if from.version.is_none() && from.path.is_none() && from.git.is_none() {
            "has neither a `version` nor a `path` nor a `git` repository"
        } else {
            continue;
        };
        let message = format!("the dependency {name:?} in the settings {problem}");
        let help = "Write it as in `Cargo.toml`, such as `my_crate: {version: \"1\"}`.";
        let place = settings.place(&["dependencies", name]);
        diagnostics.report(&codes::INVALID_TYPE_SETTING, &place, message, help);
    }
}

impl RuntimeSource {
    /// A dependency that works for a crate in `folder`: the path to the runtime if the generator was built from a
    /// checkout that still exists, otherwise the version in the registry.
    ///
    /// The path is relative if the two folders have a common parent other than the root, otherwise absolute.
    pub fn for_folder(folder: &Path) -> Self {
        let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("runtime");
        if !runtime.join("Cargo.toml").is_file() {
            return Self::Registry;
        }
        let path = path_between(&resolved(folder), &resolved(&runtime));
        Self::Path(path.to_string_lossy().replace('\\', "/"))
    }
}

/// The absolute path, with links resolved as far as the path exists.
pub fn resolved(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    for ancestor in path.ancestors() {
        if let (Ok(resolved), Ok(rest)) = (ancestor.canonicalize(), path.strip_prefix(ancestor)) {
            return if rest.as_os_str().is_empty() { resolved } else { resolved.join(rest) };
        }
    }
    path
}

/// The path from the folder `from` to `to`, both absolute: relative if they have a folder in common other than the root.
pub fn path_between(from: &Path, to: &Path) -> PathBuf {
    let is_name = |component: &Component<'_>| matches!(component, Component::Normal(_));
    let common = from.components().zip(to.components()).take_while(|(a, b)| a == b).count();
    if !to.components().take(common).any(|component| is_name(&component)) {
        return to.to_owned();
    }
    let up = from.components().skip(common).map(|_| Component::ParentDir);
    up.chain(to.components().skip(common)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crate_in_the_checkout_has_a_relative_path_to_the_runtime() {
        let checkout = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        if !checkout.join("generator/runtime").is_dir() {
            // A packaged generator has no runtime beside it.
            return assert_eq!(
                RuntimeSource::for_folder(&checkout.join("generated")),
                RuntimeSource::Registry
            );
        }
        for (folder, path) in [("generated", "../generator/runtime"), ("a/b c", "../../generator/runtime")] {
            let source = RuntimeSource::for_folder(&checkout.join(folder));
            assert_eq!(source, RuntimeSource::Path(path.to_owned()));
        }
    }

    #[test]
    fn paths_are_relative_only_below_a_common_folder() {
        let between = |from: &str, to: &str| path_between(Path::new(from), Path::new(to));
        assert_eq!(between("/a/b/c", "/a/d/e"), Path::new("../../d/e"));
        assert_eq!(between("/a", "/a/d"), Path::new("d"));
        assert_eq!(between("/x/b", "/a/d"), Path::new("/a/d"));
    }

    #[test]
    fn a_file_that_exists_has_no_slash_at_its_end() {
        let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
        assert!(resolved(&manifest).is_file() && !resolved(&manifest).to_string_lossy().ends_with('/'));
    }

    #[test]
    fn names_are_those_that_callers_can_write() {
        assert!(["a", "my-client", "self-service", "a_1"].into_iter().all(Package::is_name));
        let long = "a".repeat(65);
        let refused =
            ["", "1a", "a/b", "a b", "self", "Self", "async", "try", "std", "proc-macro", RUNTIME, &long];
        assert!(!refused.into_iter().any(Package::is_name));
    }

    #[test]
    fn settings_embed_the_runtime_of_any_package() {
        let settings = Settings::parse("runtime: embedded").unwrap();
        let package = Package::new("a");
        assert_eq!(package.clone().with_settings(&Settings::default()), package);
        assert_eq!(package.with_settings(&settings).runtime, RuntimeSource::Embedded);
    }
}
