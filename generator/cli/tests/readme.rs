//! What the README shows and no doctest can compile is what the example has, which CI builds.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use std::path::Path;

#[test]
fn the_snippet_of_a_crate_with_a_build_script_is_that_of_the_example() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let example = folder.join("examples/build-script/src/lib.rs");
    if !example.exists() {
        // It isn't in the package.
        return;
    }
    let compiled = std::fs::read_to_string(example).unwrap();
    let readme = std::fs::read_to_string(folder.join("README.md")).unwrap();
    let snippets: Vec<&str> = readme.split("```rust,ignore\n").skip(1).collect();
    assert_eq!(snippets.len(), 1);
    let code = snippets[0].split("```").next().unwrap().trim();
    assert!(compiled.contains(code), "{code}");
}
