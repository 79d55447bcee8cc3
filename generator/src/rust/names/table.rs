//! The table of names: the one place where a wish becomes an [`Ident`], and where collisions are found.

use std::collections::{BTreeMap, HashSet};

use super::casing::{escape, hash, key, pascal_of, snake_of};
use super::reserved::{RESERVED_METHODS, RESERVED_METHODS_OF_MODELS, RESERVED_METHODS_OF_STREAMS};
use crate::api::{Ident, Operation};

/// How the names of a scope are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Case {
    /// `PascalCase`: types and variants.
    Pascal,
    /// `snake_case`, raw if it is a keyword: fields, arguments and functions.
    Snake,
}

impl Case {
    /// The name that words have if no other has it.
    pub(super) fn plain(self, words: &str) -> String {
        self.make(words, false)
    }

    fn make(self, words: &str, spelled: bool) -> String {
        match self {
            Self::Pascal => pascal_of(words, spelled),
            Self::Snake => escape(snake_of(words, spelled)),
        }
    }

    /// The name with a hash of `words`, on which alone it then depends.
    fn hashed(self, name: &str, words: &str) -> String {
        let separator = if self == Self::Pascal { "X" } else { "_" };
        format!("{}{separator}{}", name.trim_start_matches("r#").trim_end_matches('_'), hash(words))
    }
}

/// What a member wants to be called.
#[derive(Clone, Copy, Debug)]
pub(super) enum Wanted<'a> {
    /// By the settings, which have made sure that it is free.
    Name(&'a str),
    /// By the document.
    Words(&'a str),
}

impl<'a> Wanted<'a> {
    /// What the member wants to be called that is `words` in the document. Until it is settled, `name` has what the
    /// settings say, if they say anything.
    pub(super) fn of(name: &'a Ident, words: &'a str) -> Self {
        match name.key() {
            "" => Self::Words(words),
            name => Self::Name(name),
        }
    }
}

/// The names of one scope, each of which is unique in it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scope {
    taken: HashSet<String>,
    /// Reserved names, which get an underscore.
    reserved: &'static [&'static str],
}

impl Scope {
    /// A scope in which these names are reserved.
    pub(crate) fn without(reserved: &'static [&'static str]) -> Self {
        Self { taken: HashSet::new(), reserved }
    }

    /// The scope of the methods of an operation's builder.
    pub(crate) fn of_methods(operation: &Operation) -> Self {
        Self::without(if operation.streams() { RESERVED_METHODS_OF_STREAMS } else { RESERVED_METHODS })
    }

    /// The scope of the setters of a model.
    pub(crate) fn of_setters() -> Self {
        Self::without(RESERVED_METHODS_OF_MODELS)
    }

    /// A scope that already has these names.
    pub(crate) fn with<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        Self { taken: names.into_iter().map(|name| bare(name).to_owned()).collect(), reserved: &[] }
    }

    /// The name, with an underscore if it is reserved.
    pub(crate) fn free_of_reserved(&self, name: &Ident) -> String {
        let end = if self.reserved.contains(&name.as_str()) { "_" } else { "" };
        format!("{name}{end}")
    }

    fn make(&self, words: &str, case: Case, spelled: bool) -> String {
        let mut name = case.make(words, spelled);
        if self.reserved.contains(&name.as_str()) {
            name.push('_');
        }
        name
    }

    /// Takes a name that is already settled.
    pub(crate) fn reserve(&mut self, name: &str) {
        self.taken.insert(bare(name).to_owned());
    }

    /// Whether the name is taken or reserved.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.reserved.contains(&name) || self.taken.contains(bare(name))
    }

    /// Takes the first of the `wanted` names that is free, or else the last one with a hash of `place`, which
    /// identifies what is named.
    pub(crate) fn take(&mut self, wanted: &[String], case: Case, place: &str) -> Ident {
        let mut name = wanted
            .iter()
            .find(|name| !self.has(name))
            .cloned()
            .unwrap_or_else(|| case.hashed(wanted.last().map_or("", String::as_str), place));
        while !self.taken.insert(bare(&name).to_owned()) {
            name = case.hashed(&name, &format!("{place} {name}"));
        }
        Ident::settled(&name)
    }

    /// Takes a name for each of `wanted`, all at once: first those of the settings, then as [`take_all`](Self::take_all).
    pub(super) fn take_wanted(&mut self, wanted: &[Wanted<'_>], case: Case) -> Vec<Ident> {
        let mut words = Vec::with_capacity(wanted.len());
        for wanted in wanted {
            match wanted {
                Wanted::Name(name) => self.reserve(name),
                Wanted::Words(own) => words.push(*own),
            }
        }
        let mut settled = self.take_all(words, case).into_iter();
        let name = |wanted: &Wanted<'_>| match wanted {
            Wanted::Name(name) => Ident::settled(name),
            Wanted::Words(_) => settled.next().unwrap_or_default(),
        };
        wanted.iter().map(name).collect()
    }

    /// Takes a name for each of `words`, all at once, so that no name depends on their order. Words with the same
    /// name are distinguished by their signs, or else by a hash.
    pub(crate) fn take_all<'a>(
        &mut self,
        words: impl IntoIterator<Item = &'a str>,
        case: Case,
    ) -> Vec<Ident> {
        let words: Vec<&str> = words.into_iter().collect();
        let plain: Vec<String> = words.iter().map(|word| self.make(word, case, false)).collect();
        let mut count: BTreeMap<&str, u32> = BTreeMap::new();
        for name in &plain {
            *count.entry(name).or_default() += 1;
        }
        let mut names = vec![None; words.len()];
        for (index, (name, word)) in plain.iter().zip(&words).enumerate() {
            // What is called in the document as it is in Rust keeps its name.
            let is_alone = count.get(name.as_str()) == Some(&1) || bare(name) == *word;
            if is_alone && self.taken.insert(bare(name).to_owned()) {
                names[index] = Some(Ident::settled(name));
            }
        }
        let pairs = plain.iter().zip(&words);
        let each = names
            .into_iter()
            .zip(pairs)
            .map(|(settled, (name, word))| settled.unwrap_or_else(|| self.take_apart(name, word, case)));
        each.collect()
    }

    /// Takes a name for `word`, whose plain name is taken.
    fn take_apart(&mut self, plain: &str, word: &str, case: Case) -> Ident {
        let mut name = self.make(word, case, true);
        while !self.taken.insert(bare(&name).to_owned()) {
            name = case.hashed(if name == case.hashed(plain, word) { &name } else { plain }, word);
            if self.has(&name) {
                name = case.hashed(&name, &format!("{word} {name}"));
            }
        }
        Ident::settled(&name)
    }
}

/// The names of types, which are unique whatever their casing: a type is told from a module by it, and files of two
/// types that differ in case alone are one file on some systems.
#[derive(Clone, Debug, Default)]
pub(super) struct TypeScope {
    taken: HashSet<String>,
}

impl TypeScope {
    pub(super) fn has(&self, name: &str) -> bool {
        self.taken.contains(&key(name))
    }

    /// Takes the name if it is free.
    pub(super) fn take(&mut self, name: &str) -> Option<Ident> {
        self.taken.insert(key(name)).then(|| Ident::settled(name))
    }
}

/// A name that is unique by construction.
pub(crate) fn unique(name: &str) -> Ident {
    Ident::settled(name)
}

fn bare(name: &str) -> &str {
    name.strip_prefix("r#").unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn variants(words: &[&str]) -> Vec<Ident> {
        Scope::default().take_all(words.iter().copied(), Case::Pascal)
    }

    #[test]
    fn collisions_do_not_depend_on_neighbours() {
        let both = variants(&["asc", "ASC"]);
        assert!(both[0] != both[1], "{both:?}");
        let two = variants(&["a b", "a-b"]);
        let three = variants(&["a-b", "a+b", "a b"]);
        assert_eq!(two[1], three[0]);
    }

    #[test]
    fn every_name_of_a_scope_is_another() {
        let words = ["a", "A", "a ", "a-", "-a", "+a", "a_", "A_A", "a a", "aa", "type", "Type", ""];
        let mut scope = Scope::with(["aa", "r#type"]);
        let names = scope.take_all(words, Case::Snake);
        let all: HashSet<&str> = names.iter().map(|name| name.bare()).collect();
        assert_eq!(all.len(), words.len(), "{names:?}");
        assert!(!all.contains("aa") && !all.contains("type"));
        let more = scope.take(&["a".to_owned(), "aa".to_owned()], Case::Snake, "x");
        assert!(more.starts_with("aa_") && !all.contains(more.as_str()), "{more}");
    }
}
