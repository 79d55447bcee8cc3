//! `Cargo.toml`: the whole file if the crate has none, otherwise what must be in it.

use openapi_rust_runtime::dependencies::{Dependency, TURNED_ON, Target};

use super::SourceFile;
use super::printer::quoted;
use super::runtime::{has_xml, libraries};
use crate::api::{Api, Events, Feature, Library, TypeRef};
use crate::rust::{RUST_VERSION, SIGNATURES};
use crate::settings;
use crate::{Package, RUNTIME, RUNTIME_VERSION, RuntimeSource};

/// The name of the manifest, the only generated file that its owner may edit.
pub const MANIFEST: &str = "Cargo.toml";

/// The version of a crate that is new.
pub(super) const FIRST_VERSION: &str = "0.1.0";

/// The cargo features of a crate with operations, and those that each turns on.
pub(super) const FEATURES: [(&str, &[&str]); 14] = [
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

/// Those that are on by default.
pub(super) const DEFAULTS: [&str; 3] = ["reqwest", "rustls", "gzip"];

/// The manifest of a crate that depends on the runtime.
pub(super) fn library(api: &Api, package: &Package, has_properties: bool) -> SourceFile {
    let dependencies = runtime_line(api, &package.runtime, has_properties) + &library_lines(api, package);
    let forwarded = |feature: &str| vec![format!("{RUNTIME}/{feature}")];
    manifest(api, package, &forwarded, &conversions(api), &dependencies)
}

/// The lines of the dependencies on libraries of which fields have types.
pub(super) fn library_lines(api: &Api, package: &Package) -> String {
    // The settings can say more of a library, such as its features.
    let is_own = |name: &str| package.dependencies.iter().any(|(own, _)| own == name);
    let libraries = libraries(api).filter(|library| !is_own(library.name));
    libraries.map(|library| format!("{}\n", line(&library))).collect()
}

/// The line of the dependency on the runtime. `has_properties` says whether a pattern has a property of Unicode.
pub(super) fn runtime_line(api: &Api, runtime: &RuntimeSource, has_properties: bool) -> String {
    let path = match runtime {
        RuntimeSource::Path(path) => format!(", path = {}", quoted(path)),
        RuntimeSource::Registry | RuntimeSource::Embedded => String::new(),
    };
    let layer = if api.operations.is_empty() && api.events.is_empty() { "models" } else { "http" };
    let mut layers = vec![layer];
    layers.extend(has_xml(api).then_some("xml"));
    layers.extend(has_properties.then_some("unicode"));
    layers.extend(libraries(api).map(|library| library.name));
    format!(
        "{RUNTIME} = {{ version = \"{RUNTIME_VERSION}\"{path}, default-features = false, features = {layers:?} }}\n"
    )
}

/// The manifest of a crate that contains the runtime, whose modules depend on `dependencies`.
pub(super) fn embedded(api: &Api, package: &Package, dependencies: &[Dependency]) -> SourceFile {
    let turned_on = |feature: &str| {
        let of_feature = dependencies.iter().filter(|dependency| dependency.feature == Some(feature));
        let mut list: Vec<String> = of_feature.map(|dependency| format!("dep:{}", dependency.name)).collect();
        let more = TURNED_ON.iter().filter(|(name, _)| *name == feature).flat_map(|(_, more)| *more);
        list.extend(more.map(|more| (*more).to_owned()));
        if feature == SIGNATURES {
            // The client needs them too.
            list.extend(["dep:secrecy".to_owned(), "dep:web-time".to_owned()]);
        }
        list
    };
    let lines = |target: Target| -> String {
        let of_target = dependencies.iter().filter(|dependency| dependency.target == target);
        of_target.map(|dependency| format!("{}\n", line(dependency))).collect()
    };
    let mut manifest = manifest(api, package, &turned_on, "", &lines(Target::Any));
    for target in [Target::Browser, Target::Native] {
        let lines = lines(target);
        if !lines.is_empty() {
            manifest.text.push_str(&format!("\n[{}]\n{lines}", target.section()));
        }
    }
    manifest
}

/// The lines of the features with which values of formats convert to types of libraries.
pub(super) fn conversions(api: &Api) -> String {
    let lines = conversion_features(api).into_iter();
    let lines: String =
        lines.map(|(name, library)| format!("{name} = [\"{RUNTIME}/{}\"]\n", library.name())).collect();
    if lines.is_empty() {
        lines
    } else {
        format!("# Dates, times and ids as types of these crates.\n{lines}")
    }
}

/// The features with which values of formats convert to types of libraries, where there are such values. Those that fields
/// have types of are there anyway.
pub fn conversion_features(api: &Api) -> Vec<(String, Library)> {
    let (mut has_time, mut has_id) = (false, false);
    api.visit_types(&mut |ty| {
        has_time |= matches!(ty, TypeRef::DateTime | TypeRef::Date);
        has_id |= *ty == TypeRef::Uuid;
    });
    let libraries = [
        (Library::Chrono, has_time),
        (Library::Jiff, has_time),
        (Library::Time, has_time),
        (Library::Uuid, has_id),
    ];
    let used = api.libraries();
    let wanted = libraries.into_iter().filter(|(library, is_wanted)| *is_wanted && !used.contains(library));
    let named = wanted.map(|(library, _)| {
        // A group of operations can have the name.
        let is_taken = api.features.iter().any(|other| other.name == library.name());
        (format!("{}{}", library.name(), if is_taken { "-types" } else { "" }), library)
    });
    named.collect()
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
pub(super) fn own_line(name: &str, from: &settings::Dependency) -> String {
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
    conversions: &str,
    dependencies: &str,
) -> SourceFile {
    // The runtime's own may be among them.
    let has = |name: &str| dependencies.lines().any(|line| line.split(' ').next() == Some(name));
    let own = package.dependencies.iter().filter(|(name, _)| !has(name));
    let own = own.map(|(name, from)| own_line(name, from));
    let dependencies = own.fold(dependencies.to_owned(), |all, line| all + &line);
    let has_client = !api.operations.is_empty();
    let mut default: Vec<&str> = if has_client { DEFAULTS.to_vec() } else { Vec::new() };
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
    features.push_str(conversions);
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
    let description =
        package.metadata.description.as_deref().unwrap_or("A client generated from an OpenAPI document");
    let about = about(package, &package.name, description);
    let text = format!("{about}\n[features]\n{features}\n[dependencies]\n{dependencies}");
    SourceFile { path: MANIFEST.to_owned(), text }
}

/// The section `package` of the crate `name`, which is `package` or a part of it.
pub(super) fn about(package: &Package, name: &str, description: &str) -> String {
    let about = &package.metadata;
    let (major, minor) = RUST_VERSION;
    let rust_version = about.rust_version.clone().unwrap_or_else(|| format!("{major}.{minor}"));
    let mut text = format!(
        "[package]\nname = {}\nversion = {}\nedition = \"2024\"\nrust-version = {}\ndescription = {}\n",
        quoted(name),
        quoted(FIRST_VERSION),
        toml(&rust_version),
        toml(description)
    );
    let texts = [
        ("license", &about.license),
        ("repository", &about.repository),
        ("homepage", &about.homepage),
        ("documentation", &about.documentation),
    ];
    for (key, value) in texts {
        text.extend(value.iter().map(|value| format!("{key} = {}\n", toml(value))));
    }
    let lists =
        [("authors", &about.authors), ("keywords", &about.keywords), ("categories", &about.categories)];
    for (key, list) in lists.into_iter().filter(|(_, list)| !list.is_empty()) {
        let list: Vec<String> = list.iter().map(|entry| toml(entry)).collect();
        text.push_str(&format!("{key} = [{}]\n", list.join(", ")));
    }
    text.extend(about.publish.map(|publish| format!("publish = {publish}\n")));
    text.push_str("\n[package.metadata.docs.rs]\nall-features = true\n");
    text
}

/// A string of TOML, in which only quotes, backslashes and control characters are escaped.
fn toml(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => quoted.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}
