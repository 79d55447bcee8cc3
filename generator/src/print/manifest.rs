//! `Cargo.toml`: the whole file if the crate has none, otherwise what must be in it.

use openapi_rust_runtime::sources::{Dependency, TURNED_ON};

use super::SourceFile;
use super::printer::quoted;
use crate::api::{Api, Events, Feature};
use crate::rust::SIGNATURES;
use crate::settings;
use crate::{Package, RUNTIME, RUNTIME_VERSION, RuntimeSource};

/// The name of the manifest, the only generated file that its owner may edit.
pub const MANIFEST: &str = "Cargo.toml";

/// The cargo features of a crate with operations, and those that each turns on.
const FEATURES: [(&str, &[&str]); 14] = [
    ("client", &[]),
    ("reqwest", &["client"]),
    ("rustls", &["reqwest"]),
    ("rustls-ring", &["reqwest"]),
    ("native-tls", &["reqwest"]),
    ("http2", &["reqwest"]),
    ("socks", &["reqwest"]),
    ("gzip", &["client"]),
    ("brotli", &["client"]),
    ("zstd", &["client"]),
    ("blocking", &["client"]),
    ("tower", &["client"]),
    ("tracing", &["client"]),
    ("test-util", &["client"]),
];

/// The manifest of a crate that depends on the runtime.
pub(super) fn library(api: &Api, package: &Package) -> SourceFile {
    let path = match &package.runtime {
        RuntimeSource::Path(path) => format!(", path = {}", quoted(path)),
        RuntimeSource::Registry | RuntimeSource::Embedded => String::new(),
    };
    let layer = if api.operations.is_empty() && api.events.is_empty() { "models" } else { "http" };
    let dependencies = format!(
        "{RUNTIME} = {{ version = \"{RUNTIME_VERSION}\"{path}, default-features = false, features = [\"{layer}\"] }}\n"
    );
    let forwarded = |feature: &str| vec![format!("{RUNTIME}/{feature}")];
    manifest(api, package, &forwarded, &dependencies)
}

/// The manifest of a crate that contains the runtime, whose modules depend on `dependencies`.
pub(super) fn embedded(api: &Api, package: &Package, dependencies: &[&Dependency]) -> SourceFile {
    let turned_on = |feature: &str| {
        let of_feature = dependencies.iter().filter(|dependency| dependency.feature == Some(feature));
        let mut list: Vec<String> = of_feature.map(|dependency| format!("dep:{}", dependency.name)).collect();
        let more = TURNED_ON.iter().filter(|(name, _)| *name == feature).flat_map(|(_, more)| *more);
        list.extend(more.map(|more| (*more).to_owned()));
        if feature == SIGNATURES {
            // The client needs it too.
            list.push("dep:secrecy".to_owned());
        }
        list
    };
    let lines: String = dependencies.iter().map(|dependency| format!("{}\n", line(dependency))).collect();
    manifest(api, package, &turned_on, &lines)
}

fn line(dependency: &Dependency) -> String {
    let mut parts = vec![format!("version = {}", quoted(dependency.version))];
    if !dependency.default_features {
        parts.push("default-features = false".to_owned());
    }
    if !dependency.features.is_empty() {
        parts.push(format!("features = {:?}", dependency.features));
    }
    if dependency.feature.is_some() {
        parts.push("optional = true".to_owned());
    }
    match &parts[..] {
        [_] => format!("{} = {}", dependency.name, quoted(dependency.version)),
        parts => format!("{} = {{ {} }}", dependency.name, parts.join(", ")),
    }
}

/// The line of a dependency that the settings name.
fn own_line(name: &str, from: &settings::Dependency) -> String {
    let settings::Dependency { version, path, git, rev, package, features, default_features } = from;
    let texts = [("version", version), ("path", path), ("git", git), ("rev", rev), ("package", package)];
    let texts =
        texts.into_iter().filter_map(|(key, text)| Some(format!("{key} = {}", quoted(text.as_ref()?))));
    let mut parts: Vec<String> = texts.collect();
    parts.extend(default_features.map(|on| format!("default-features = {on}")));
    if !features.is_empty() {
        parts.push(format!("features = {features:?}"));
    }
    format!("{name} = {{ {} }}\n", parts.join(", "))
}

fn manifest(
    api: &Api,
    package: &Package,
    turned_on: &dyn Fn(&str) -> Vec<String>,
    dependencies: &str,
) -> SourceFile {
    // The runtime's own may be among them.
    let has = |name: &str| dependencies.lines().any(|line| line.split(' ').next() == Some(name));
    let own = package.dependencies.iter().filter(|(name, _)| !has(name));
    let own = own.map(|(name, from)| own_line(name, from));
    let dependencies = own.fold(dependencies.to_owned(), |all, line| all + &line);
    let has_client = !api.operations.is_empty();
    let mut default: Vec<&str> = if has_client { vec!["reqwest", "rustls", "gzip"] } else { Vec::new() };
    default.extend(api.features.iter().map(|feature| feature.name.as_str()));
    let mut features = format!("default = {default:?}\n");
    for (feature, others) in FEATURES.iter().filter(|_| has_client) {
        let mut list: Vec<String> = others.iter().map(|&other| other.to_owned()).collect();
        list.extend(turned_on(feature));
        features.push_str(&format!("{feature} = {list:?}\n"));
    }
    if api.events.iter().any(Events::are_webhooks) {
        features.push_str(&format!("{SIGNATURES} = {:?}\n", turned_on(SIGNATURES)));
    }
    let section = |of_groups: bool, said: &str| {
        let is_it = |feature: &&Feature| feature.group.is_some() == of_groups && !feature.events;
        let features = api.features.iter().filter(is_it);
        let lines: String = features.map(|feature| format!("{} = []\n", feature.name)).collect();
        if lines.is_empty() { lines } else { format!("# {said}\n{lines}") }
    };
    features.push_str(&section(true, "Operations, by their first module, with the models that they need."));
    if let Some(feature) = api.feature_of_events() {
        features.push_str(&format!(
            "# Webhooks and callbacks, with the models that they need.\n{feature} = []\n"
        ));
    }
    features.push_str(&section(false, "Alternatives of unions, with the models that only they need."));
    let text = format!(
        r#"[package]
name = {}
version = "0.1.0"
edition = "2024"
rust-version = "1.88"
description = "A client generated from an OpenAPI document"

[features]
{features}
[dependencies]
{dependencies}"#,
        quoted(&package.name)
    );
    SourceFile { path: MANIFEST.to_owned(), text }
}
