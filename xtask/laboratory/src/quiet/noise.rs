//! The lines that an edit changes in the generated files, and those of them that have nothing to do with it.

use std::collections::BTreeMap;

use similar::{ChangeTag, TextDiff};

use super::concern::Concern;

/// What an edit changes.
#[derive(Debug, Default)]
pub struct Noise {
    /// The number of added and removed lines.
    pub lines: usize,
    /// The files changed in place.
    pub files: Vec<String>,
    /// The number of these that only reflect other changes: lists of modules, lists of added or removed
    /// files, and the crate's front page if the edit concerns an operation that it shows.
    pub following: usize,
    /// The number of added, removed or moved files.
    pub whole: usize,
    /// Changed lines that the edit doesn't concern, each with its file.
    pub stray: Vec<String>,
}

/// Compares the files before and after.
pub fn noise(old: &BTreeMap<String, String>, new: &BTreeMap<String, String>, concern: &Concern) -> Noise {
    let mut noise = Noise::default();
    for (before, after) in pairs(old, new) {
        let path = after.or(before).map_or("", |(path, _)| path.as_str());
        let text = |side: Option<(&String, &String)>| side.map_or(String::new(), |(_, text)| text.clone());
        let lines = compare(path, &text(before), &text(after), concern, &mut noise);
        if before.is_some() && after.is_some() && old.contains_key(path) {
            noise.files.push(path.to_owned());
            let is_list = path.ends_with("/mod.rs") && lines.iter().all(|line| is_of_a_list(line));
            let is_page = path == "src/lib.rs" && concern.shown;
            let has_facts = path == "src/document.rs" && concern.service;
            noise.following += usize::from(is_list || is_page || has_facts);
        } else {
            noise.whole += 1;
        }
    }
    noise
}

type File<'a> = Option<(&'a String, &'a String)>;

/// The files that differ, with path and text on each side. As in git, a removed and an added file count as
/// one moved file if at least half of the text is the same.
pub fn pairs<'a>(
    old: &'a BTreeMap<String, String>,
    new: &'a BTreeMap<String, String>,
) -> Vec<(File<'a>, File<'a>)> {
    let mut added: Vec<(&String, &String)> =
        new.iter().filter(|(path, _)| !old.contains_key(*path)).collect();
    let mut found: Vec<(File<'a>, File<'a>)> = Vec::new();
    for (path, before) in old {
        match new.get_key_value(path) {
            Some((_, after)) if before == after => {}
            Some(after) => found.push((Some((path, before)), Some(after))),
            None => {
                let alike = |after: &str| TextDiff::from_lines(before.as_str(), after).ratio();
                let renamed = added.iter().position(|(_, after)| alike(after) >= 0.5);
                found.push((Some((path, before)), renamed.map(|index| added.remove(index))));
            }
        }
    }
    found.extend(added.into_iter().map(|after| (None, Some(after))));
    found
}

/// Whether a line of `mod.rs` declares a module.
fn is_of_a_list(line: &str) -> bool {
    line.is_empty() || ["mod ", "pub mod ", "pub use ", "#[cfg("].iter().any(|start| line.starts_with(start))
}

/// Counts the changed lines, looks for stray ones, and returns the changed lines.
fn compare(path: &str, before: &str, after: &str, concern: &Concern, noise: &mut Noise) -> Vec<String> {
    let changed = |old: &str, new: &str| -> Vec<(ChangeTag, String)> {
        let diff = TextDiff::from_lines(old, new);
        let changes = diff.iter_all_changes().filter(|change| change.tag() != ChangeTag::Equal);
        changes.map(|change| (change.tag(), change.value().trim_end().to_owned())).collect()
    };
    let lines = changed(before, after);
    noise.lines += lines.len();
    let texts = lines.iter().map(|(_, line)| line.clone()).collect();
    if !is_model(path) {
        stray(path, "", lines, concern, noise);
        return texts;
    }
    // Item by item: if items are similar, a diff of the whole file can attribute a change to a neighbouring
    // item.
    let (mut before, mut after) = (items(before), items(after));
    before.retain(|item| match after.iter().position(|other| other == item) {
        Some(index) => {
            after.remove(index);
            false
        }
        None => true,
    });
    for (head, text) in &before {
        let index = after.iter().position(|(other, _)| other == head);
        let new = index.map(|index| after.remove(index).1).unwrap_or_default();
        stray(path, head, changed(text, &new), concern, noise);
    }
    for (head, text) in &after {
        stray(path, head, changed("", text), concern, noise);
    }
    texts
}

fn stray(path: &str, head: &str, lines: Vec<(ChangeTag, String)>, concern: &Concern, noise: &mut Noise) {
    let mut strays = Vec::new();
    let mut after = None;
    for (tag, line) in lines.into_iter().rev() {
        if line.is_empty() {
            after = None;
            continue;
        }
        // In the manifest a comment belongs to the line after it, and in a table the rule below the head.
        let is_joined = path == "Cargo.toml" && line.starts_with('#')
            || path.ends_with(".md") && line.starts_with("| ---");
        let concerned = is_concerned(path, &line, head, concern) || (is_joined && after == Some((tag, true)));
        after = Some((tag, concerned));
        strays.extend((!concerned).then(|| format!("{path}: {tag}{line}")));
    }
    noise.stray.extend(strays.into_iter().rev());
}

/// Whether the file contains the types of a named schema.
fn is_model(path: &str) -> bool {
    path.starts_with("src/models/") && path != "src/models/mod.rs"
}

fn is_concerned(path: &str, line: &str, head: &str, concern: &Concern) -> bool {
    if is_model(path) {
        // The lines at the start of each file are added and removed with it.
        return head.is_empty() || words(head).any(|word| concern.types.contains(word));
    }
    concern.operations.contains(path)
        || words(line).any(|word| concern.words.contains(word))
        || concern.words.iter().any(|word| is_text(word) && line.contains(&format!("`{word}`")))
        // An attribute belongs to the line after it.
        || line.starts_with("#[cfg(")
        || (path.ends_with("mod.rs") && (line.starts_with("//") || line == "};"))
        || (path == "Cargo.toml" && concern.declares_feature(line))
        || (path == "src/lib.rs" && (concern.shown || concern.lists_features(line)))
        || concern.service
            && ["src/lib.rs", "src/document.rs", "src/servers.rs", "Cargo.toml"].contains(&path)
}

/// Whether the word is more than an identifier, such as a path.
fn is_text(word: &str) -> bool {
    word.contains(|c: char| !(c.is_alphanumeric() || c == '_'))
}

fn words(line: &str) -> impl Iterator<Item = &str> {
    line.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|word| !word.is_empty())
}

/// The items of a file, each with its head (`pub struct X {`, `object! { X {`). The text before the first
/// item has an empty head.
fn items(text: &str) -> Vec<(String, String)> {
    let lines: Vec<&str> = text.lines().collect();
    let mut items = Vec::new();
    let mut start = 0;
    for index in 0..=lines.len() {
        let ends = lines.get(index).is_none_or(|line| line.is_empty())
            && lines.get(index + 1).is_none_or(|next| !next.starts_with([' ', '}']));
        if !ends {
            continue;
        }
        let item = &lines[start..index];
        let is_head = |line: &&&str| !line.is_empty() && !line.starts_with("//") && !line.starts_with("#[");
        let mut from = item.iter().skip_while(|line| !is_head(line));
        // A macro call names its item on the next line, and long heads continue there.
        let first = from.next().copied().unwrap_or_default();
        let goes_on = first.ends_with("! {") || (first.starts_with("impl ") && !first.contains('{'));
        let second = from.next().filter(|_| goes_on).copied();
        let head = second.map_or_else(|| first.to_owned(), |second| format!("{first} {second}"));
        let head = if head.starts_with("use ") { String::new() } else { head };
        items.push((head, item.iter().flat_map(|line| [line, "\n"]).collect()));
        start = (index + 1).min(lines.len());
    }
    items
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_belong_to_items() {
        let text = "// marker\n\nuse a::*;\n\n/// X.\n#[derive(Debug)]\npub struct X {\n    pub a: A,\n\n    pub b: B,\n}\n\nobject! {\n    X {\n    }\n}\n";
        let items = items(text);
        assert_eq!(items.len(), 4, "{items:#?}");
        assert_eq!((items[0].0.as_str(), items[1].0.as_str()), ("", ""));
        assert!(
            items[2].0.starts_with("pub struct X {") && items[2].1.ends_with("pub b: B,\n}\n"),
            "{items:#?}"
        );
        assert!(items[3].0.contains("object! {     X {"), "{items:#?}");
    }

    #[test]
    fn heads_of_two_lines_are_whole() {
        let items = items("impl From<A>\nfor X {\n    a();\n}\n");
        assert_eq!(items[0].0, "impl From<A> for X {");
    }

    #[test]
    fn lists_and_the_page_follow() {
        let files = |list: &str, page: &str| {
            let list = ("src/models/mod.rs".to_owned(), list.to_owned());
            BTreeMap::from([list, ("src/lib.rs".to_owned(), page.to_owned())])
        };
        let (old, new) = (files("mod x;\n", "//! x()\n"), files("mod y;\n", "//! y()\n"));
        let following = |shown| noise(&old, &new, &Concern { shown, ..Concern::default() }).following;
        assert_eq!((following(false), following(true)), (1, 2));
        let words = files("//! Types.\n", "//! x()\n");
        assert_eq!(noise(&old, &words, &Concern::default()).following, 0);
        let facts = |text: &str| BTreeMap::from([("src/document.rs".to_owned(), text.to_owned())]);
        let following = |service| {
            noise(&facts("a\n"), &facts("b\n"), &Concern { service, ..Concern::default() }).following
        };
        assert_eq!((following(false), following(true)), (0, 1));
    }

    #[test]
    fn what_is_not_concerned_is_stray() {
        let file = |text: &str| BTreeMap::from([("src/models/x.rs".to_owned(), text.to_owned())]);
        let concern = Concern { types: ["X".to_owned()].into(), ..Concern::default() };
        let old = file("pub struct X {\n    a: A,\n}\n\npub struct Y {\n    a: A,\n}\n");
        let new = file("pub struct X {\n    b: A,\n}\n\npub struct Y {\n    b: A,\n}\n");
        let noise = noise(&old, &new, &concern);
        assert_eq!((noise.lines, noise.files.len()), (4, 1));
        assert_eq!(noise.stray, ["src/models/x.rs: -    a: A,", "src/models/x.rs: +    b: A,"]);
    }

    #[test]
    fn features_that_one_plan_has_are_concerned_and_others_are_not() {
        let files = |manifest: &str, page: &str| {
            let manifest = ("Cargo.toml".to_owned(), manifest.to_owned());
            BTreeMap::from([manifest, ("src/lib.rs".to_owned(), page.to_owned())])
        };
        let old = files("a = []\n", "//! - `a`: there.\n");
        let new = files(
            "# Not of it.\n\n# Ids.\nuuid = [\"r/uuid\"]\nchrono = []\na = []\n",
            "//! - `a`: there.\n//! - `uuid`: ids.\n//! - `uuid`, `b`: planted.\n",
        );
        let features = [[].into(), ["uuid".to_owned()].into()];
        let concern = Concern { features, ..Concern::default() };
        let planted = [
            "Cargo.toml: +# Not of it.",
            "Cargo.toml: +chrono = []",
            "src/lib.rs: +//! - `uuid`, `b`: planted.",
        ];
        let stray = noise(&old, &new, &concern).stray;
        assert_eq!(stray, planted, "{stray:#?}");
        // Where both plans have the features, nothing explains such a line.
        let features = [["uuid".to_owned()].into(), ["uuid".to_owned()].into()];
        let concern = Concern { features, ..Concern::default() };
        assert_eq!(noise(&old, &new, &concern).stray.len(), 6);
    }
}
