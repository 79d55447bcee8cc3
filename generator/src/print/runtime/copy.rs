//! A module of the runtime as a module of a crate that contains the runtime.

use std::collections::BTreeSet;

use super::items::{Item, Kind};
use super::module::Module;
use super::modules::{self, Leaf, Statement};
use super::reach::Reach;
use crate::print::SourceFile;
use crate::print::printer::MARKER;

/// The files of the modules of which something is reached, with the lists that hold them together.
pub(super) fn files(reach: &Reach) -> Vec<SourceFile> {
    let modules = &reach.found;
    let mut files: Vec<SourceFile> = modules
        .iter()
        .map(|name| {
            let path = format!("{name}.rs");
            let docs = if reach.is_exported(name) { header(&path) + "\n" } else { String::new() };
            let text = docs + &reached(reach, &reach.modules[name]);
            file(&path, &rewritten(&text, modules))
        })
        .collect();
    let rooms: BTreeSet<&str> =
        modules.iter().filter_map(|name| name.split_once('/')).map(|(room, _)| room).collect();
    for room in &rooms {
        let path = format!("{room}/mod.rs");
        files.push(file(&path, &list(&path, |name| modules.contains(&*format!("{room}/{name}")))));
    }
    files.push(file("mod.rs", &root(reach, &rooms)));
    let prelude = kept("prelude.rs", reach).replace("pub use ", "pub(crate) use ");
    files.push(file("prelude.rs", &rewritten(&prelude, modules)));
    files
}

/// The items of a module that are reached.
fn reached(reach: &Reach, module: &Module) -> String {
    let names = reach.names_in(module);
    let mut out = String::new();
    for item in module.items.iter().filter(|item| reach.has_item(module, item)) {
        let text = match item.kind {
            Kind::Use => used(reach, module, item, &names),
            _ => body(reach, module, item, &names),
        };
        if !text.is_empty() {
            out.push_str(if item.is_apart && !out.is_empty() { "\n" } else { "" });
            out.push_str(&text);
        }
    }
    out
}

/// A `use` of what is reached and, unless others are to see it, named in the module.
fn used(reach: &Reach, module: &Module, item: &Item, names: &BTreeSet<&str>) -> String {
    let is_exported = item.is_exported();
    imported(item.text, &|leaf| {
        let is_named = is_exported || names.contains(leaf.name()) || reach.may_be_trait(leaf);
        is_named
            && match (leaf.target, &leaf.path[..]) {
                (Some(target), _) => reach.has_import(target),
                (None, ["super" | "self", name, ..] | [name]) => reach.has_name(module, name),
                _ => true,
            }
    })
}

/// An item with those of its members that are reached.
fn body(reach: &Reach, module: &Module, item: &Item, names: &BTreeSet<&str>) -> String {
    let is_offered = reach.is_offered(module, item);
    let mut members = String::new();
    for member in item.members.iter().filter(|member| reach.has_member(module, item, member)) {
        let text = match member.kind {
            Kind::Use => used(reach, module, member, names),
            _ => {
                let parts = without_hollows(reach.parts(module.name, member.text, member).concat());
                commented(&parts, is_offered && item.shows(member))
            }
        };
        if !text.is_empty() {
            members.push_str(if member.is_apart && !members.is_empty() { "\n" } else { "" });
            members.push_str(&text);
        }
    }
    let (start, end) = item.frame;
    let start = &without_hollows(reach.parts(module.name, start, item).concat());
    if members.is_empty() && !item.members.is_empty() {
        return match item.kind {
            // Methods that nobody calls.
            Kind::Impl { of: None, .. } => String::new(),
            _ => format!("{}}}\n", commented(start, is_offered).trim_end()),
        };
    }
    format!("{}{members}{end}", commented(start, is_offered))
}

/// `text` without what has no parts left: a `match` that does nothing and a loop or function around it.
fn without_hollows(text: String) -> String {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let mut out: Vec<&str> = Vec::new();
    for line in lines {
        out.push(line);
        while let [.., open, close] = &out[..]
            && close.trim() == "}"
        {
            let is_loop = open.trim_start().starts_with("for ") && open.ends_with("{\n");
            let is_match = open.trim() == "_ => {}"
                && out.len() > 2
                && out[out.len() - 3].trim_start().starts_with("match ");
            let length = if is_loop {
                2
            } else if is_match {
                3
            } else {
                break;
            };
            out.truncate(out.len() - length);
        }
    }
    out.concat()
}

/// `text` with its documentation if users can name what it's of, and without other comments.
fn commented(text: &str, is_documented: bool) -> String {
    let is_kept = |line: &&str| {
        let start = line.trim_start();
        !start.starts_with("//") || (is_documented && start.starts_with("///"))
    };
    text.split_inclusive('\n').filter(is_kept).collect()
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
fn root(reach: &Reach, rooms: &BTreeSet<&str>) -> String {
    let modules = &reach.found;
    let is_there = |name: &str| name == "prelude" || rooms.contains(name) || modules.contains(name);
    format!(
        "//! The runtime of the crate: JSON that loses nothing, models that are checked, requests, responses and the \
         client.\n\n\
         // Which parts of a module a crate uses, its facts and its rules depend on its document.\n\
         #![allow(dead_code, unreachable_patterns, unused_imports, unused_macros, unused_variables)]\n\
         #![allow(clippy::crate_in_macro_def, clippy::match_single_binding, clippy::single_match)]\n\n{}\n{}",
        list("lib.rs", is_there),
        rewritten(&kept("facade.rs", reach), modules)
    )
}

/// The statements of the prelude or the facade, as far as they export what is reached, and from the standard library.
fn kept(path: &str, reach: &Reach) -> String {
    let texts = modules::statements(path);
    let is_there = |leaf: &Leaf| leaf.target.is_none_or(|target| reach.has_import(target));
    texts.iter().map(|one| imported(one.text, &is_there)).collect()
}

/// The `use` in `text` with what `is_kept`.
fn imported(text: &'static str, is_kept: &dyn Fn(&Leaf) -> bool) -> String {
    let leaves = modules::leaves(text);
    let kept: Vec<&Leaf> = leaves.iter().filter(|leaf| is_kept(leaf)).collect();
    if kept.len() == leaves.len() {
        return text.to_owned();
    }
    let Some(first) = kept.first() else { return String::new() };
    let start = text.split("use ").next().unwrap_or_default();
    let (parent, _) = first.path.split_at(first.parent);
    let is_flat = kept.iter().all(|leaf| leaf.path[..leaf.parent] == *parent);
    let names = |leaf: &Leaf| leaf.path[leaf.parent..].join("::").replace("::as::", " as ");
    if is_flat && kept.len() > 1 {
        let names: Vec<String> = kept.iter().map(|leaf| names(leaf)).collect();
        return format!("{start}use {}::{{{}}};\n", parent.join("::"), names.join(", "));
    }
    kept.iter()
        .map(|leaf| format!("{start}use {};\n", leaf.path.join("::").replace("::as::", " as ")))
        .collect()
}

/// The declarations of the modules that are there.
fn list(path: &str, is_there: impl Fn(&str) -> bool) -> String {
    let is_listed = |statement: &Statement| statement.item.strip_prefix("mod ").is_some_and(&is_there);
    let texts = modules::statements(path);
    let texts: String = texts.iter().filter(|statement| is_listed(statement)).map(|one| one.text).collect();
    ungated(&texts)
}

/// The features of the runtime that every crate has whose files name something behind them.
const LAYERS: [&str; 15] = [
    "#[cfg(feature = \"models\")]",
    "#[cfg(feature = \"followers\")]",
    "#[cfg(feature = \"nearest\")]",
    "#[cfg(feature = \"nesting\")]",
    "#[cfg(feature = \"secrets\")]",
    "#[cfg(feature = \"unions\")]",
    "#[cfg(feature = \"unread\")]",
    "#[cfg(feature = \"http\")]",
    "#[cfg(feature = \"xml\")]",
    "#[cfg(feature = \"chrono\")]",
    "#[cfg(feature = \"jiff\")]",
    "#[cfg(feature = \"rust_decimal\")]",
    "#[cfg(feature = \"time\")]",
    "#[cfg(feature = \"url\")]",
    "#[cfg(feature = \"uuid\")]",
];

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
    let text = ungated(text).replace("#[doc(hidden)]\n#[macro_export]\n", "");
    for line in text.lines() {
        let export = line.strip_prefix("pub use ").and_then(|rest| rest.strip_suffix(';'));
        match export.filter(|name| macros.contains(name)) {
            Some(name) => {
                out.truncate(out.strip_suffix("#[doc(hidden)]\n").unwrap_or(&out).len());
                out.push_str(&format!("pub(crate) use {name};"));
            }
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
        let expected = "macro_rules! object {\n    () => {};\n}\npub(crate) use object;\npub use serde;\n";
        assert_eq!(rewritten(text, &BTreeSet::new()), expected);
    }

    #[test]
    fn links_lead_nowhere_but_to_what_is_there() {
        let line = "/// See [`A`](crate::client::client::A) and [b](crate::json::value::B).";
        let with = BTreeSet::from(["json/value"]);
        assert_eq!(unlinked(line, &with), "/// See `A` and [b](crate::json::value::B).");
    }
}
