//! What the documentation shows compiles: each block of Rust on any page of the repository stands, word for word, in a file
//! that is compiled.
#![cfg(all(feature = "reqwest", feature = "blocking", feature = "database", feature = "enterprise"))]
#![allow(clippy::unwrap_used, clippy::panic, dead_code, reason = "a test may fail; nothing is sent")]

mod dependencies;
mod features;
mod node_and_go;
mod snippets;

use std::path::{Path, PathBuf};

/// What is compiled: here, and with the crates of golden cases, for which there is nothing like it in this document.
const COMPILED: [&str; 13] = [
    "generated/tests/documentation/snippets.rs",
    "generated/tests/documentation/node_and_go.rs",
    "generator/cli/examples/build-script/src/lib.rs",
    "generator/tests/cases/crate-per-group/tests/page.rs",
    "generator/tests/cases/json-or-stream/tests/page.rs",
    "generator/tests/cases/long-running/tests/page.rs",
    "generator/tests/cases/multipart/tests/page.rs",
    "generator/tests/cases/responses/tests/page.rs",
    "generator/tests/cases/scaffold/tests/page.rs",
    "generator/tests/cases/several-documents/tests/page.rs",
    "generator/tests/cases/streams/tests/page.rs",
    "generator/tests/cases/wire/tests/page.rs",
    "generator/tests/cases/xml/tests/page.rs",
];

/// Pages whose blocks are compiled as the documentation of a library, apart from those that are marked `ignore`.
const DOCUMENTATION: [&str; 3] =
    ["generator/README.md", "generator/cli/README.md", "generator/runtime/docs/webhooks.md"];

/// Pages that show parts of files, and these files.
const EXCERPTS: [(&str, &[&str]); 3] = [
    ("README.md", &["generated/src/models/update_connection_request_content.rs"]),
    (
        "docs/generated-code.md",
        &[
            "generated/src/models/connection_key_use_enum.rs",
            "generated/src/models/connection_options.rs",
            "generated/src/models/get_connection_response_content.rs",
            "generated/src/models/update_connection_request_content.rs",
            "generated/src/operations/connections/update.rs",
            "generator/tests/cases/annotated-enums/expected/src/models/lamp.rs",
            "generator/tests/cases/annotated-enums/expected/src/models/state.rs",
            "generator/tests/cases/derives/expected/src/models/pet.rs",
            "generator/tests/cases/external-tags/expected/src/models/stroke.rs",
            "generator/tests/cases/tags/expected/src/models/car.rs",
        ],
    ),
    ("CONTRIBUTING.md", &["generator/src/plan/tests/all_of.rs"]),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn without_space(text: &str) -> String {
    text.split_whitespace().collect()
}

/// The pages, by their path in the repository. Those of the strategies are compared in `tests/strategies/`, and of what is
/// generated for golden cases only what a new crate gets is a page.
fn pages() -> Vec<String> {
    let mut pages = vec!["generator/tests/cases/scaffold/expected/README.md".to_owned()];
    let mut folders = vec![root()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            if path.is_dir() && ![".git", "cases", "node_modules", "src", "target"].contains(&name) {
                folders.push(path);
            } else if name.ends_with(".md") {
                let path = path.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/");
                pages.push(path);
            }
        }
    }
    pages.retain(|page| !page.starts_with("docs/strategies/") || page.ends_with("README.md"));
    pages.sort();
    pages
}

/// A block of Rust in a page.
struct Block {
    line: usize,
    text: String,
    is_ignored: bool,
}

/// The blocks of Rust in a page.
fn blocks(page: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Option<Block> = None;
    for (index, line) in page.lines().enumerate() {
        let fence = line.trim_start();
        match &mut open {
            Some(_) if fence == "```" => blocks.extend(open.take()),
            Some(block) => {
                block.text.push_str(line);
                block.text.push('\n');
            }
            None if fence.starts_with("```rust") => {
                let is_ignored = fence.contains("ignore");
                open = Some(Block { line: index + 1, text: String::new(), is_ignored });
            }
            None => {}
        }
    }
    blocks
}

/// Looks for each line of a block in the files that the page shows parts of. An excerpt has dots where it leaves out lines.
fn excerpted(block: &Block, paths: &[&str]) -> Result<(), String> {
    let is_comment = |line: &&str| line.trim_start().starts_with("//");
    let files: Vec<String> = paths.iter().map(|path| read(path)).collect();
    // Where a line of the block holds several of the file, the comments between these are left out.
    let code = files.iter().map(|file| file.lines().filter(|line| !is_comment(line)).collect::<String>());
    let texts: Vec<String> = files.iter().cloned().chain(code).map(|text| without_space(&text)).collect();
    for line in block.text.lines() {
        let code = if is_comment(&line) { line } else { line.split(" // ").next().unwrap() };
        for part in code.split("...").map(without_space) {
            if !texts.iter().any(|text| text.contains(&part)) {
                return Err(format!("{part:?} is in none of the files that the page shows parts of"));
            }
        }
    }
    Ok(())
}

#[test]
fn every_block_of_rust_is_compiled() {
    let compiled = COMPILED.map(|path| without_space(&read(path)));
    let mut count = 0;
    for path in pages() {
        let is_documentation = DOCUMENTATION.contains(&path.as_str());
        let shown = EXCERPTS.iter().find(|(page, _)| *page == path).map_or(&[][..], |(_, files)| files);
        for block in blocks(&read(&path)) {
            count += 1;
            let wanted = without_space(&block.text);
            if is_documentation && !block.is_ignored || compiled.iter().any(|text| text.contains(&wanted)) {
                continue;
            }
            if let Err(why) = excerpted(&block, shown) {
                panic!("{path}:{}: this is compiled nowhere: {why}\n{}", block.line, block.text);
            }
        }
    }
    assert!(count > 40, "{count}");
}
