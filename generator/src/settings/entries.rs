//! Entries of the settings that name parts of the document: by JSON Pointer, by name, or by a glob.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::diagnostics::{Diagnostics, Place, codes};
use crate::text::{glob, most_like};

/// The entries of one setting. The more exact one wins: a JSON Pointer over a name, a name over a glob, a glob with more
/// characters over one with fewer, and of equals the first.
#[derive(Debug)]
pub struct Entries<'s, V> {
    /// The keys that lead to the setting.
    path: &'static [&'static str],
    list: Vec<Entry<'s, V>>,
}

#[derive(Debug)]
struct Entry<'s, V> {
    pattern: &'s str,
    value: &'s V,
    /// The key, or the index as text.
    token: String,
    has_matched: AtomicBool,
}

/// An entry that matches something.
#[derive(Debug)]
pub struct Found<'e, 't, V> {
    /// Its value.
    pub value: &'e V,
    /// What the `*`s of its glob stand for; `None` if it isn't one.
    pub captured: Option<Vec<&'t str>>,
    /// Its position among the entries.
    pub index: usize,
}

/// How exact a match is.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Glob(usize),
    Name,
    Pointer,
}

impl<'s, V> Entries<'s, V> {
    /// Those of a map at `path` in the settings, or some of them.
    pub fn of_map(path: &'static [&'static str], map: impl IntoIterator<Item = (&'s String, &'s V)>) -> Self {
        let entry = |(pattern, value): (&'s String, &'s V)| Entry::new(pattern, value, pattern.clone());
        Self { path, list: map.into_iter().map(entry).collect() }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The entry for what is at `place` and has these `names`, if there is one.
    pub fn find<'t>(&self, place: &Place, names: &[&'t str]) -> Option<Found<'_, 't, V>> {
        let mut best: Option<(Rank, Found<'_, 't, V>)> = None;
        for (index, entry) in self.list.iter().enumerate() {
            let Some((rank, captured)) = entry.matched(place, names) else { continue };
            entry.has_matched.store(true, Ordering::Relaxed);
            if best.as_ref().is_none_or(|(other, _)| rank > *other) {
                best = Some((rank, Found { value: entry.value, captured, index }));
            }
        }
        best.map(|(_, found)| found)
    }

    /// The keys that lead to the entry at `index`.
    pub fn path(&self, index: usize) -> Vec<&str> {
        let token = self.list.get(index).map(|entry| entry.token.as_str());
        self.path.iter().copied().chain(token).collect()
    }

    /// The key of the entry at `index`.
    pub fn pattern(&self, index: usize) -> &str {
        self.list.get(index).map_or("", |entry| entry.pattern)
    }

    /// Reports those that have matched nothing. `what` they could match has these `names`; `place` is that of an entry.
    pub fn report_unmatched<N: AsRef<str>>(
        &self,
        what: &str,
        names: impl Fn() -> Vec<N>,
        place: impl Fn(&[&str]) -> Place,
        diagnostics: &mut Diagnostics,
    ) {
        for (index, entry) in self.list.iter().enumerate() {
            if entry.has_matched.load(Ordering::Relaxed) {
                continue;
            }
            let fault = match entry.pattern {
                pointer if is_pointer(pointer) => format!("no {what} is at {pointer:?}"),
                glob if glob.contains('*') => format!("no {what} has a name like {glob:?}"),
                name => format!("no {what} is called {name:?}"),
            };
            let message = format!("`{}` in the settings matches nothing: {fault}", self.path.join("."));
            let near = (!entry.pattern.contains('*') && !is_pointer(entry.pattern))
                .then(|| {
                    let names = names();
                    most_like(entry.pattern, names.iter().map(AsRef::as_ref)).map(str::to_owned)
                })
                .flatten();
            let help = match near {
                Some(near) => format!("Did you mean `{near}`?"),
                None => "Compare it with the names in the document, or remove the entry.".to_owned(),
            };
            diagnostics.report(&codes::UNMATCHED_SETTING, &place(&self.path(index)), message, help);
        }
    }
}

impl<'s> Entries<'s, String> {
    /// Those of a list at `path` in the settings.
    pub fn of_list(path: &'static [&'static str], list: &'s [String]) -> Self {
        let entry = |(index, pattern): (usize, &'s String)| Entry::new(pattern, pattern, index.to_string());
        Self { path, list: list.iter().enumerate().map(entry).collect() }
    }
}

impl<V> Found<'_, '_, V>
where
    V: AsRef<str>,
{
    /// The new name that the entry gives, with what is captured in place of its `*`s.
    pub fn name(&self) -> String {
        let value = self.value.as_ref();
        self.captured.as_ref().map_or_else(|| value.to_owned(), |captured| glob::filled(value, captured))
    }
}

impl<'s, V> Entry<'s, V> {
    fn new(pattern: &'s str, value: &'s V, token: String) -> Self {
        Self { pattern, value, token, has_matched: AtomicBool::new(false) }
    }

    fn matched<'t>(&self, place: &Place, names: &[&'t str]) -> Option<(Rank, Option<Vec<&'t str>>)> {
        if is_pointer(self.pattern) {
            let (file, pointer) = self.pattern.split_once('#').unwrap_or(("", self.pattern));
            return (*place.file == *file && *place.pointer == *pointer).then_some((Rank::Pointer, None));
        }
        if names.contains(&self.pattern) {
            return Some((Rank::Name, None));
        }
        let captured = names.iter().find_map(|name| glob::captures(self.pattern, name))?;
        Some((Rank::Glob(self.pattern.len()), Some(captured)))
    }
}

/// Whether the key of an entry is a JSON Pointer, perhaps after the name of a file.
fn is_pointer(pattern: &str) -> bool {
    pattern.starts_with('/') || pattern.contains("#/")
}

#[cfg(test)]
mod tests {
    use indexmap::IndexMap;

    use super::*;

    #[test]
    fn the_more_exact_entry_wins() {
        let pairs =
            [("*", "a"), ("Pet*", "b"), ("PetList", "c"), ("/x/PetList", "d"), ("P*", "e"), ("Dog", "f")];
        let map: IndexMap<String, String> =
            pairs.into_iter().map(|(key, value)| (key.into(), value.into())).collect();
        let entries = Entries::of_map(&["names", "types"], &map);
        let at = |pointer: &str| Place { pointer: pointer.into(), ..Place::default() };
        let value = |pointer: &str, names: &[&str]| {
            entries.find(&at(pointer), names).map(|found| found.value.as_str())
        };
        assert_eq!(value("/x/PetList", &["PetList"]), Some("d"));
        assert_eq!(value("/x/Other", &["Other", "PetList"]), Some("c"));
        assert_eq!(value("/x/Pets", &["Pets"]), Some("b"));
        assert_eq!(value("/x/Pan", &["Pan"]), Some("e"));
        assert_eq!(value("/x/Cat", &["Cat"]), Some("a"));
        let mut diagnostics = Diagnostics::default();
        let place = |path: &[&str]| at(&path.join("/"));
        entries.report_unmatched("type", || vec!["Dogs", "Cat"], place, &mut diagnostics);
        let all: Vec<_> = diagnostics.iter().collect();
        assert_eq!(all.len(), 1);
        assert_eq!((&*all[0].place.pointer, &*all[0].help), ("names/types/Dog", "Did you mean `Dogs`?"));
    }
}
