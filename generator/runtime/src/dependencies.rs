//! The crates that the runtime's sources depend on, as a manifest lists them, for the generator.

/// A crate that the sources depend on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dependency {
    /// The name of the package.
    pub name: &'static str,
    /// The required version.
    pub version: &'static str,
    /// Whether its default features are enabled.
    pub default_features: bool,
    /// The features to enable.
    pub features: &'static [&'static str],
    /// The Cargo feature that enables the dependency. `None` if it is always enabled when a copied source
    /// uses it.
    pub feature: Option<&'static str>,
    /// Where the sources use it.
    pub target: Target,
}

/// The targets that a dependency is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// All of them.
    Any,
    /// `wasm32-unknown-unknown`, in a browser or another JavaScript engine.
    Browser,
    /// All others.
    Native,
}

impl Target {
    /// The section of a manifest that lists dependencies for it.
    pub const fn section(self) -> &'static str {
        match self {
            Self::Any => "dependencies",
            Self::Browser => {
                "target.'cfg(all(target_family = \"wasm\", target_os = \"unknown\"))'.dependencies"
            }
            Self::Native => {
                "target.'cfg(not(all(target_family = \"wasm\", target_os = \"unknown\")))'.dependencies"
            }
        }
    }
}

const fn dependency(name: &'static str, version: &'static str) -> Dependency {
    Dependency { name, version, default_features: true, features: &[], feature: None, target: Target::Any }
}

impl Dependency {
    const fn only(mut self, features: &'static [&'static str]) -> Self {
        self.default_features = false;
        self.features = features;
        self
    }

    const fn with(mut self, features: &'static [&'static str]) -> Self {
        self.features = features;
        self
    }

    const fn of(mut self, feature: &'static str) -> Self {
        self.feature = Some(feature);
        self
    }

    const fn on(mut self, target: Target) -> Self {
        self.target = target;
        self
    }
}

/// The dependencies of the sources, sorted by name.
pub const DEPENDENCIES: &[Dependency] = &[
    dependency("backon", "1.6").only(&["std"]).of("client"),
    dependency("base64", "0.23"),
    dependency("brotli-decompressor", "6.3").of("brotli"),
    dependency("bytes", "1.10"),
    dependency("chrono", "0.4.40").only(&["std"]).of("chrono"),
    dependency("flate2", "1.1.11").only(&["zlib-rs"]).of("gzip"),
    dependency("futures-channel", "0.3").only(&["std"]).of("client").on(Target::Browser),
    dependency("futures-core", "0.3.31").only(&["std"]),
    dependency("futures-util", "0.3.31").only(&["std"]).of("client"),
    dependency("getrandom", "0.4").with(&["wasm_js"]).on(Target::Browser),
    dependency("gloo-timers", "0.4").with(&["futures"]).of("client").on(Target::Browser),
    dependency("hmac", "0.13").of("webhook-signatures"),
    dependency("http", "1.3"),
    dependency("http-body", "1.0.1").of("tower"),
    dependency("http-body-util", "0.1.3").of("tower"),
    dependency("httpdate", "1.0.3").of("client"),
    dependency("hyper", "1.6").only(&[]).of("reqwest").on(Target::Native),
    dependency("jiff", "1").only(&["std"]).of("jiff"),
    dependency("native-tls", "0.2.14").of("native-tls").on(Target::Native),
    dependency("percent-encoding", "2.3.2"),
    dependency("quick-xml", "0.42").only(&[]),
    dependency("regex", "1.11.1").only(&["std", "perf-backtrack", "perf-onepass", "unicode-perl"]),
    dependency("reqwest", "0.13").only(&["stream"]).of("reqwest"),
    dependency("rust_decimal", "1.37").only(&["std"]).of("rust_decimal"),
    dependency("rustls", "0.23.27").only(&["std"]).of("rustls").on(Target::Native),
    dependency("secrecy", "0.10.3").of("client"),
    dependency("serde", "1.0.228").only(&["std"]),
    dependency("serde_json", "1.0.145").with(&["preserve_order", "float_roundtrip"]),
    dependency("sha1", "0.11").of("webhook-signatures"),
    dependency("sha2", "0.11").of("webhook-signatures"),
    dependency("time", "0.3.41").only(&["formatting", "parsing", "std"]).of("time"),
    dependency("tokio", "1.44").with(&["rt", "time"]).of("client").on(Target::Native),
    dependency("tower-service", "0.3.3").of("tower"),
    dependency("tracing", "0.1.41").only(&["std"]).of("tracing"),
    dependency("url", "2.5.4").of("client"),
    dependency("uuid", "1.16").only(&["std"]).of("uuid"),
    dependency("wasm-bindgen-futures", "0.4").of("client").on(Target::Browser),
    dependency("web-time", "1.1").of("client").on(Target::Browser),
    dependency("zstd-safe", "8.3").only(&[]).of("zstd"),
];

/// The features of `regex` that patterns with properties of Unicode need: those that it has anyway, and those of the
/// runtime's feature `unicode`.
pub const UNICODE: &[&str] = &[
    "std",
    "perf-backtrack",
    "perf-onepass",
    "unicode-perl",
    "unicode-bool",
    "unicode-gencat",
    "unicode-script",
];

/// What features turn on beside the dependencies that are theirs.
pub const TURNED_ON: &[(&str, &[&str])] = &[
    ("rustls", &["reqwest?/rustls"]),
    ("rustls-ring", &["dep:rustls", "reqwest?/rustls-no-provider", "rustls?/ring"]),
    ("native-tls", &["reqwest?/native-tls"]),
    ("http2", &["reqwest?/http2"]),
    ("socks", &["reqwest?/socks"]),
    ("blocking", &["tokio/rt-multi-thread"]),
];

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn what_is_turned_on_is_that_of_the_manifest() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
        let manifest = std::fs::read_to_string(path).unwrap();
        for (feature, list) in TURNED_ON {
            // In the manifest of a packaged crate, each entry is on a line of its own.
            let (_, rest) = manifest.split_once(&format!("\n{feature} = [")).expect(feature);
            let (entries, _) = rest.split_once(']').expect(feature);
            for turned_on in *list {
                assert!(entries.contains(&format!("\"{turned_on}\"")), "{feature}: {turned_on}");
            }
        }
    }

    #[test]
    fn properties_of_unicode_need_the_features_of_the_manifest() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
        let manifest = std::fs::read_to_string(path).unwrap();
        let (_, rest) = manifest.split_once("\nunicode = [").unwrap();
        let (entries, _) = rest.split_once(']').unwrap();
        let turned_on = entries.split('"').filter_map(|entry| entry.strip_prefix("regex?/"));
        let regex = DEPENDENCIES.iter().find(|dependency| dependency.name == "regex").unwrap();
        let all: Vec<&str> = regex.features.iter().copied().chain(turned_on).collect();
        assert_eq!(UNICODE, all);
    }

    #[test]
    fn dependencies_are_those_of_the_manifest() {
        let manifest =
            std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml")).unwrap();
        let manifest: Vec<&str> = manifest.lines().collect();
        // In the manifest of a packaged crate, Cargo writes a section for each dependency.
        let section = |dependency: &Dependency| {
            manifest.contains(&&*format!("[{}.{}]", dependency.target.section(), dependency.name))
        };
        let lines = |target: Target| {
            let section = format!("[{}]", target.section());
            let lines = manifest.iter().skip_while(move |line| **line != section).skip(1);
            lines.take_while(|line| !line.starts_with('['))
        };
        for dependency in DEPENDENCIES.iter().filter(|dependency| !section(dependency)) {
            let start = format!("{} =", dependency.name);
            let line = lines(dependency.target).find(|line| line.starts_with(&start));
            let line = line.unwrap_or_else(|| panic!("{} is missing", dependency.name));
            let mut wanted = format!("{} = {{ version = \"{}\"", dependency.name, dependency.version);
            if !dependency.default_features {
                wanted.push_str(", default-features = false");
            }
            if !dependency.features.is_empty() {
                wanted.push_str(&format!(", features = {:?}", dependency.features));
            }
            assert_eq!(*line, format!("{wanted}, optional = true }}"));
        }
        let listed = [Target::Any, Target::Browser, Target::Native].into_iter().flat_map(lines);
        let count = listed.filter(|line| line.contains(" = ")).count();
        assert!(count == DEPENDENCIES.len() || count == 0, "{count} dependencies");
    }
}
