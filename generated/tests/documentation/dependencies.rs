//! What the crate's dependencies are, with its default features: what a review of a service's dependencies asks for.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use super::root;

/// What may be in the tree: all allow use in closed sources, and ask for no more than a notice.
const PERMISSIVE: [&str; 10] = [
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "CC0-1.0",
    "ISC",
    "MIT",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// The packages that are compiled into what depends on the crate, or make code for it, each with its version and licence.
fn packages(target: &str) -> BTreeSet<(String, String, String)> {
    let tree = Command::new(env!("CARGO"))
        .current_dir(root())
        .args([
            "tree",
            "--locked",
            "--package",
            env!("CARGO_PKG_NAME"),
            "--edges",
            "normal",
            "--target",
            target,
        ])
        .args(["--prefix", "none", "--format", "{p}|{l}"])
        .output()
        .unwrap();
    assert!(tree.status.success(), "{}", String::from_utf8_lossy(&tree.stderr));
    let lines = String::from_utf8(tree.stdout).unwrap();
    let package = |line: &str| {
        let (package, licence) = line.split_once('|')?;
        let mut words = package.split(' ');
        let (name, version) = (words.next()?, words.next()?);
        // Those of this repository have their path.
        let is_ours = words.any(|word| word.starts_with("(/") || word.contains(":\\"));
        let licence = licence.trim_end_matches(" (*)");
        (!is_ours).then(|| (name.to_owned(), version.to_owned(), licence.to_owned()))
    };
    lines.lines().filter_map(package).collect()
}

/// Whether an expression of SPDX is met by permissive licences alone.
fn is_permissive(licence: &str) -> bool {
    let flat = licence.replace(['(', ')'], "").replace('/', " OR ");
    flat.split(" AND ").all(|choice| choice.split(" OR ").any(|one| PERMISSIVE.contains(&one.trim())))
}

#[test]
fn the_default_features_need_few_packages_each_in_one_version() {
    let packages = packages("x86_64-unknown-linux-gnu");
    assert!((50..110).contains(&packages.len()), "{} packages", packages.len());
    let mut versions: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (name, version, _) in &packages {
        versions.entry(name).or_default().push(version);
    }
    versions.retain(|_, versions| versions.len() > 1);
    assert!(versions.is_empty(), "more than one version: {versions:?}");
}

#[test]
fn every_licence_is_permissive() {
    for target in ["x86_64-unknown-linux-gnu", "wasm32-unknown-unknown"] {
        for (name, version, licence) in packages(target) {
            assert!(is_permissive(&licence), "{name} {version}: {licence:?}");
        }
    }
    assert!(is_permissive("(MIT OR GPL-3.0) AND Unicode-3.0") && is_permissive("MIT/Apache-2.0"));
    assert!(!is_permissive("MIT AND GPL-3.0") && !is_permissive("MPL-2.0") && !is_permissive(""));
}

#[test]
fn what_browsers_need_is_for_them_alone() {
    let has = |target: &str, name: &str| packages(target).iter().any(|(package, ..)| package == name);
    for (native, browser) in
        [("tokio", "web-time"), ("hyper", "wasm-bindgen-futures"), ("rustls", "gloo-timers")]
    {
        assert!(has("x86_64-unknown-linux-gnu", native) && !has("x86_64-unknown-linux-gnu", browser));
        assert!(!has("wasm32-unknown-unknown", native) && has("wasm32-unknown-unknown", browser));
    }
}
