//! A module of the runtime as a module of a crate that contains the runtime.

use std::collections::BTreeSet;

use super::modules::{self, Statement};
use crate::print::SourceFile;
use crate::print::printer::MARKER;

/// The files of the modules, with the lists that hold them together.
pub(super) fn files(modules: &BTreeSet<&'static str>) -> Vec<SourceFile> {
    let mut files: Vec<SourceFile> = modules
        .iter()
        .map(|name| {
            let path = format!("{name}.rs");
            let text = modules::without_tests(modules::text(&path).unwrap_or_default());
            file(&path, &rewritten(text, modules))
        })
        .collect();
    let rooms: BTreeSet<&str> =
        modules.iter().filter_map(|name| name.split_once('/')).map(|(room, _)| room).collect();
    for room in &rooms {
        let path = format!("{room}/mod.rs");
        let docs = header(&path);
        let list = list(&path, |name| modules.contains(&*format!("{room}/{name}")));
        files.push(file(&path, &format!("{docs}\n{list}")));
    }
    files.push(file("mod.rs", &root(modules, &rooms)));
    let prelude = kept("prelude.rs", modules).replace("pub use ", "pub(crate) use ");
    files.push(file("prelude.rs", &format!("{}\n{}", header("prelude.rs"), rewritten(&prelude, modules))));
    files
}

fn file(path: &str, text: &str) -> SourceFile {
    SourceFile { path: format!("src/runtime/{path}"), text: format!("// {MARKER}\n\n{}\n", text.trim_end()) }
}

/// The module's own documentation.
fn header(path: &str) -> String {
    let lines = modules::text(path).unwrap_or_default().lines().take_while(|line| line.starts_with("//!"));
    lines.map(|line| format!("{line}\n")).collect()
}

/// The runtime's root: its modules, and every public item by its name alone.
fn root(modules: &BTreeSet<&'static str>, rooms: &BTreeSet<&str>) -> String {
    let is_there = |name: &str| name == "prelude" || rooms.contains(name) || modules.contains(name);
    format!(
        "//! The runtime of the crate: JSON that loses nothing, models that are checked, requests, responses and the \
         client.\n\n\
         // Which parts of a module a crate uses depends on its document.\n\
         #![allow(dead_code, unused_imports, unused_macros)]\n\
         // The facts of the document are the crate's.\n\
         #![allow(clippy::crate_in_macro_def)]\n\n{}\n{}",
        list("lib.rs", is_there),
        rewritten(&kept("facade.rs", modules), modules)
    )
}

/// The statements of the prelude or the facade that export from the modules, and from the standard library.
fn kept(path: &str, modules: &BTreeSet<&'static str>) -> String {
    let is_kept = |statement: &Statement| {
        let Some(path) = statement.item.strip_prefix("use crate::") else {
            return statement.item.starts_with("use std::");
        };
        let path: Vec<&str> = path.split("::").collect();
        modules::module_of(&path).is_some_and(|module| modules.contains(module))
    };
    modules::statements(path).iter().filter(|statement| is_kept(statement)).map(|one| one.text).collect()
}

/// The declarations of the modules that are there.
fn list(path: &str, is_there: impl Fn(&str) -> bool) -> String {
    let is_listed = |statement: &Statement| statement.item.strip_prefix("mod ").is_some_and(&is_there);
    let texts = modules::statements(path);
    let texts: String = texts.iter().filter(|statement| is_listed(statement)).map(|one| one.text).collect();
    ungated(&texts)
}

/// The features of the runtime that every crate has whose files name something behind them.
const LAYERS: [&str; 2] = ["#[cfg(feature = \"models\")]", "#[cfg(feature = \"http\")]"];

fn ungated(text: &str) -> String {
    let lines = text.split_inclusive('\n').filter(|line| !LAYERS.contains(&line.trim()));
    lines.collect()
}

/// `text` with the paths it has in a crate, whose macros are its own and not its users'.
fn rewritten(text: &str, modules: &BTreeSet<&'static str>) -> String {
    let macros: Vec<&str> = text
        .match_indices("macro_rules! ")
        .filter_map(|(at, start)| text[at + start.len()..].split_whitespace().next())
        .collect();
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    for line in ungated(text).lines() {
        if line.trim() == "#[macro_export]" {
            continue;
        }
        let export = line.strip_prefix("pub use ").and_then(|rest| rest.strip_suffix(';'));
        match export.filter(|name| macros.contains(name)) {
            Some(name) => out.push_str(&format!("pub(crate) use {name};")),
            None if line.trim_start().starts_with("//") => out.push_str(&below(&unlinked(line, modules))),
            None => out.push_str(&below(line)),
        }
        out.push('\n');
    }
    out
}

/// The line with each path of the runtime's as one below `crate::runtime`.
fn below(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + 16);
    let mut rest = line;
    while let Some(at) = rest.find("crate::") {
        let (before, path) = rest.split_at(at + "crate::".len());
        out.push_str(before);
        let is_part = before[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
        // These are the crate's own wherever its runtime is.
        let is_own = path.starts_with("document::") || path.starts_with("runtime::");
        if !is_part && !is_own {
            out.push_str("runtime::");
        }
        rest = path;
    }
    out.push_str(rest);
    out
}

/// The line of documentation without links to modules that aren't there.
fn unlinked(line: &str, modules: &BTreeSet<&'static str>) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some(at) = rest.find("](crate::") {
        let (before, link) = rest.split_at(at);
        let (target, after) = link["](crate::".len()..].split_once(')').unwrap_or((link, ""));
        let path: Vec<&str> = target.split("::").collect();
        let is_there = modules::module_of(&path).is_none_or(|module| modules.contains(module));
        match before.rfind('[').filter(|_| !is_there) {
            Some(open) => {
                out.push_str(&before[..open]);
                out.push_str(&before[open + 1..]);
            }
            None => {
                out.push_str(before);
                out.push_str(&format!("](crate::{target})"));
            }
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_those_of_the_crate_but_for_its_document() {
        assert_eq!(below("use crate::json::value::Json;"), "use crate::runtime::json::value::Json;");
        assert_eq!(below("$crate::http::body::Body"), "$crate::runtime::http::body::Body");
        assert_eq!(below("&crate::document::FACTS"), "&crate::document::FACTS");
    }

    #[test]
    fn macros_stay_inside_the_crate() {
        let text = "#[doc(hidden)]\n#[macro_export]\nmacro_rules! object {\n    () => {};\n}\n#[doc(hidden)]\npub use object;\npub use serde;\n";
        let expected = "#[doc(hidden)]\nmacro_rules! object {\n    () => {};\n}\n#[doc(hidden)]\npub(crate) use object;\npub use serde;\n";
        assert_eq!(rewritten(text, &BTreeSet::new()), expected);
    }

    #[test]
    fn links_lead_nowhere_but_to_what_is_there() {
        let line = "/// See [`A`](crate::client::client::A) and [b](crate::json::value::B).";
        let with = BTreeSet::from(["json/value"]);
        assert_eq!(unlinked(line, &with), "/// See `A` and [b](crate::json::value::B).");
    }
}
