//! The files that any crate has: changelog, workflow and what git ignores.

use super::super::docs::code;
use super::super::manifest::FIRST_VERSION;
use super::file;
use crate::RUNTIME_VERSION;
use crate::print::SourceFile;
use crate::rust::Crate;

pub(super) fn files(krate: &Crate<'_>, is_configured: bool) -> [SourceFile; 3] {
    [
        file(".gitignore", "/target\n".to_owned()),
        file("CHANGELOG.md", changelog(krate)),
        file(".github/workflows/ci.yml", workflow(is_configured)),
    ]
}

fn changelog(krate: &Crate<'_>) -> String {
    let title = match krate.api.title.trim() {
        "" => "the service".to_owned(),
        title => code(title),
    };
    let version = match krate.api.version.trim() {
        "" => String::new(),
        version => format!(", version {}", code(version)),
    };
    let operations = match krate.builders.len() {
        0 => "the types".to_owned(),
        1 => "the operation".to_owned(),
        count => format!("the {count} operations"),
    };
    format!(
        "# Changelog\n\n\
         The format is that of [Keep a Changelog](https://keepachangelog.com/en/1.1.0/), and versions follow\n\
         [Semantic Versioning](https://semver.org/spec/v2.0.0.html). `speccrate diff --changelog` drafts an entry from what has\n\
         changed in the document.\n\n\
         ## [Unreleased]\n\n\
         ## [{FIRST_VERSION}]\n\n\
         ### Added\n\n\
         - A client with {operations} of {title}{version}.\n"
    )
}

/// The workflow. Actions are named by commit: a tag can be moved.
fn workflow(is_configured: bool) -> String {
    let mut text = String::from(
        "name: CI
on:
  push:
    branches: [main]
  pull_request:
permissions:
  contents: read
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2
      - run: rustup toolchain install stable --profile minimal --component clippy,rustfmt
      - run: rustup default stable
      - run: cargo fmt --check
      - run: cargo clippy --all-targets --all-features -- -D warnings
      - run: cargo test --all-features
      # Without its features the crate does no I/O.
      - run: cargo check --no-default-features
",
    );
    if is_configured {
        text.push_str(&format!(
            "  # The sources are what the document gives.
  generated:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2
      - run: cargo install speccrate --version {RUNTIME_VERSION} --locked
      - run: speccrate check
"
        ));
    }
    text
}
