//! What the documentation shows compiles: each snippet of the pages for users of this crate stands, word for word, in a file
//! that is compiled.
#![cfg(all(feature = "reqwest", feature = "blocking", feature = "database", feature = "enterprise"))]
#![allow(clippy::unwrap_used, clippy::panic, dead_code, reason = "a test may fail; nothing is sent")]

mod dependencies;
mod features;
mod node_and_go;
mod snippets;

use std::path::{Path, PathBuf};

/// The pages, by their path in the repository. Those of the strategies are compared in `tests/strategies/`.
const PAGES: [&str; 5] = [
    "README.md",
    "generated/README.md",
    "docs/client.md",
    "docs/coming-from-node-and-go.md",
    "docs/strategies/README.md",
];

/// What is compiled: here, and with the crates of golden cases, for which there is nothing like it in this document.
const COMPILED: [&str; 5] = [
    "generated/tests/documentation/snippets.rs",
    "generated/tests/documentation/node_and_go.rs",
    "generator/tests/cases/json-or-stream/tests/page.rs",
    "generator/tests/cases/long-running/tests/page.rs",
    "generator/tests/cases/streams/tests/page.rs",
];

/// Calls of operations that neither this document nor a golden case has. Nothing compiles their snippets yet.
const OF_OTHER_DOCUMENTS: [&str; 2] = ["reports::upload(", "pets::modify("];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn without_space(text: &str) -> String {
    text.split_whitespace().collect()
}

/// The blocks of Rust in a page, each with the line that it begins on.
fn blocks(page: &str) -> Vec<(usize, String)> {
    let mut blocks = Vec::new();
    let mut open: Option<(usize, String)> = None;
    for (index, line) in page.lines().enumerate() {
        match &mut open {
            Some(_) if line == "```" => blocks.extend(open.take()),
            Some((_, text)) => {
                text.push_str(line);
                text.push('\n');
            }
            None if line.starts_with("```rust") => open = Some((index + 1, String::new())),
            None => {}
        }
    }
    blocks
}

#[test]
fn every_snippet_is_compiled() {
    let compiled = COMPILED.map(|path| without_space(&read(path)));
    let mut count = 0;
    for path in PAGES {
        for (line, block) in blocks(&read(path)) {
            let is_excerpt = block.lines().any(|line| line.trim() == "...");
            if OF_OTHER_DOCUMENTS.iter().any(|call| block.contains(call)) {
                continue;
            }
            let wanted = without_space(&block);
            let found = is_excerpt || compiled.iter().any(|text| text.contains(&wanted));
            assert!(found, "{path}:{line}: this is compiled nowhere:\n{block}");
            count += 1;
        }
    }
    assert!(count > 12, "{count}");
}

/// An excerpt of a generated file leaves out lines, and says so with dots. The others stand in the file as they are.
#[test]
fn excerpts_are_of_what_is_generated() {
    let file = read("generated/src/models/update_connection_request_content.rs");
    let blocks = blocks(&read("README.md"));
    let excerpts = blocks.iter().filter(|(_, block)| block.lines().any(|line| line.trim() == "..."));
    let mut count = 0;
    for (line, block) in excerpts {
        let lines = block.lines().map(|line| line.trim().trim_end_matches("...").trim_end());
        for part in lines.filter(|line| !line.is_empty()) {
            assert!(file.contains(part), "README.md:{line}: {part:?} isn't generated");
        }
        count += 1;
    }
    assert_eq!(count, 1);
}
