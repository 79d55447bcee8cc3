//! The tables of features have the features that there are.

use std::collections::BTreeSet;

use super::read;

/// The names in the section `[features]` of a manifest, without `default`.
fn declared(manifest: &str) -> BTreeSet<String> {
    let text = read(manifest);
    let section = text.split("\n[features]\n").nth(1).unwrap().split("\n[").next().unwrap();
    let names = section.lines().filter(|line| !line.starts_with([' ', '#', ']', '"']));
    let names = names.filter_map(|line| Some(line.split_once(" = ")?.0.to_owned()));
    names.filter(|name| name != "default").collect()
}

/// The features that are on by default.
fn defaults(manifest: &str) -> BTreeSet<String> {
    let text = read(manifest);
    let list = text.split("\ndefault = [").nth(1).unwrap().split(']').next().unwrap();
    list.split(',').map(|name| name.trim().trim_matches('"').to_owned()).collect()
}

/// The rows of the table of features in a page.
fn rows(page: &str) -> Vec<String> {
    let text = read(page);
    let is_head = |line: &&str| line.to_lowercase().starts_with("| feature |");
    let rows = text.lines().skip_while(|line| !is_head(line)).skip(2);
    rows.take_while(|line| line.starts_with('|')).map(str::to_owned).collect()
}

/// The names in the first cell of a row.
fn names(row: &str) -> Vec<String> {
    let cell = row.split('|').nth(1).unwrap();
    cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// What tells apart what a crate gets that contains the runtime. Nobody turns these on by themselves.
const INTERNAL: [&str; 6] = ["followers", "nearest", "nesting", "secrets", "unions", "unread"];

#[test]
fn every_feature_is_in_each_table() {
    for (manifest, page) in [
        ("generated/Cargo.toml", "generated/README.md"),
        ("generated/Cargo.toml", "docs/client.md"),
        ("generator/runtime/Cargo.toml", "generator/runtime/README.md"),
    ] {
        let listed: BTreeSet<String> = rows(page).iter().flat_map(|row| names(row)).collect();
        let mut declared = declared(manifest);
        declared.retain(|name| !INTERNAL.contains(&name.as_str()));
        assert!(declared.len() >= 8, "{declared:?}");
        assert_eq!(listed, declared, "{page}");
    }
}

#[test]
fn the_tables_say_what_is_on_by_default() {
    for (manifest, page) in [
        ("generated/Cargo.toml", "generated/README.md"),
        ("generated/Cargo.toml", "docs/client.md"),
        ("generator/runtime/Cargo.toml", "generator/runtime/README.md"),
    ] {
        let defaults = defaults(manifest);
        for row in rows(page) {
            let says = row.contains("default");
            for name in names(&row).iter().filter(|_| !row.contains("(default),")) {
                assert_eq!(defaults.contains(name), says, "{page}: {row}");
            }
        }
    }
}
