//! Items of the old crate under their names in the new one.

use std::collections::BTreeMap;

use super::{SUFFIXES, type_path};
use crate::api::Operation;
use crate::diff::wire::Pairs;
use crate::rust::{Argument, Item, Key, What, call, words};

/// The text with each identifier that `other` knows replaced.
pub(super) fn replaced(text: &str, other: impl Fn(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        match other(word) {
            Some(replacement) => out.push_str(&replacement),
            None => out.push_str(word),
        }
        let next = after.chars().next().map_or(0, char::len_utf8);
        out.push_str(&after[..next]);
        rest = &after[next..];
    }
    out
}

/// The names of the old crate that changed in the new one.
pub(super) struct Renaming<'p, 'a> {
    pairs: &'p Pairs<'a>,
    /// By the path of a type of an operation, the operation's old and new name and path.
    operations: BTreeMap<String, (&'a Operation, &'a Operation)>,
    functions: BTreeMap<String, (&'a Operation, &'a Operation)>,
}

impl<'p, 'a> Renaming<'p, 'a> {
    pub(super) fn new(pairs: &'p Pairs<'a>) -> Self {
        let mut operations = BTreeMap::new();
        let mut functions = BTreeMap::new();
        for (old, new) in &pairs.operations {
            if (&old.group, &old.name, &old.type_name) == (&new.group, &new.name, &new.type_name) {
                continue;
            }
            functions.insert(call(old), (*old, *new));
            for suffix in SUFFIXES {
                operations.insert(type_path(old, suffix), (*old, *new));
            }
        }
        Self { pairs, operations, functions }
    }

    /// The key and the item of the old crate with the names of the new one.
    pub(super) fn apply(&self, key: &Key, item: Item) -> (Key, Item) {
        let mut key = key.clone();
        let mut operation = None;
        if let Some(name) = key.owner.strip_prefix("models::")
            && let Some(new) = self.pairs.renamed.get(name)
        {
            key.owner = format!("models::{new}");
        } else if let Some((old, new)) = self.operations.get(&key.owner) {
            operation = Some((*old, *new));
            let suffix = SUFFIXES.iter().find(|suffix| type_path(old, suffix) == key.owner);
            key.owner = type_path(new, suffix.unwrap_or(&""));
        } else if let (What::Function, Some((old, new))) = (key.what, self.functions.get(&key.path())) {
            operation = Some((*old, *new));
            key.owner = new.group.join("::");
            key.name = new.name.to_string();
        }
        let rename = |text: &str| {
            if words(text).next().is_none() {
                return text.to_owned();
            }
            replaced(text, |word| {
                if let Some(new) = self.pairs.renamed.get(word) {
                    return Some((*new).to_owned());
                }
                let (old, new) = operation?;
                let suffix = word.strip_prefix(old.type_name.as_str())?;
                SUFFIXES.contains(&suffix).then(|| format!("{}{suffix}", new.type_name))
            })
        };
        let arguments = item.arguments.iter();
        let arguments =
            arguments.map(|argument| Argument { ty: rename(&argument.ty), ..argument.clone() }).collect();
        let signature = rename(&item.signature);
        if key.what == What::Trait {
            key.name = rename(&key.name);
        }
        (key, Item { signature, arguments, ..item })
    }
}
