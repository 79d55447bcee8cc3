//! The public items of two crates, compared, and what each difference comes from.

mod attribution;
mod origins;
mod renaming;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::rules::{self, Kind};
use super::wire::Pairs;
use super::{Group, ItemLine, Origin, Part, RustLevel};
use crate::api::{Alias, Location, Operation};
use crate::rust::{Argument, Crate, Item, Key, What, call, rust_type};
pub(super) use attribution::attribute;
use origins::Origins;
use renaming::{Renaming, replaced};

/// A difference between the public items of two crates.
#[derive(Clone, Debug)]
pub(super) struct ItemChange {
    /// The part that the item is made from.
    pub(super) subject: Origin,
    /// What changed, if no change of that part accounts for it.
    kind: &'static Kind,
    arguments: BTreeMap<&'static str, String>,
    line: ItemLine,
}

/// The types and functions that operations are made of, by the end of their names.
pub(super) const SUFFIXES: &[&str] = &["", "Error", "Output", "Body", "Headers"];

/// Compares the public items of two crates.
pub(super) fn compare(old: &Crate<'_>, new: &Crate<'_>, pairs: &Pairs<'_>) -> Vec<ItemChange> {
    let (old_items, new_items) = rayon::join(|| old.items(), || new.items());
    let renaming = Renaming::new(pairs);
    let origins = Origins::new(pairs);
    let mut before: BTreeMap<Key, Item> = BTreeMap::new();
    for (key, item) in old_items {
        let (key, item) = renaming.apply(&key, origins.of_old(item));
        before.insert(key, item);
    }
    let new_items: BTreeMap<Key, Item> =
        new_items.into_iter().map(|(key, item)| (key, origins.of_new(item))).collect();
    let mut comparer = Comparer { changes: Vec::new(), pairs };
    let mut gone: Vec<(&Key, &Item)> = Vec::new();
    let mut fresh: Vec<(&Key, &Item)> = Vec::new();
    for (key, item) in &before {
        match new_items.get(key) {
            // What a call returns is what succeeds, whatever its status is.
            Some(other) if key.what == What::Output && item.signature == other.signature => {}
            Some(other) if stand_for_others(&item.origin, &other.origin) => {
                gone.push((key, item));
                fresh.push((key, other));
            }
            Some(other) => comparer.changed(key, item, other),
            None => gone.push((key, item)),
        }
    }
    fresh.extend(new_items.iter().filter(|(key, _)| !before.contains_key(key)));
    without_members(&mut gone);
    without_members(&mut fresh);
    comparer.gone_and_fresh(gone, fresh);
    for (old, new) in &pairs.operations {
        if call(old) != call(new) {
            let subject = Origin::new(&Group::operation(new), Part::Whole);
            let line = line(RustLevel::Major, call(new), Some(call(old)), Some(call(new)));
            comparer.push(subject, &rules::FUNCTION_RENAMED, line, &[]);
        }
    }
    for (old, new) in &pairs.renamed {
        let subject = Origin::new(&Group::Type((*new).to_owned()), Part::Whole);
        let line = line(
            RustLevel::Major,
            format!("models::{new}"),
            Some((*old).to_owned()),
            Some((*new).to_owned()),
        );
        comparer.push(subject, &rules::TYPE_RENAMED, line, &[]);
    }
    comparer.changes
}

/// Leaves out members of a type that is itself gone or new.
fn without_members(items: &mut Vec<(&Key, &Item)>) {
    let types = items.iter().filter(|(key, ..)| key.what == What::Type);
    let types: BTreeSet<String> = types.map(|(key, ..)| key.owner.clone()).collect();
    items.retain(|(key, ..)| key.what == What::Type || !types.contains(&key.owner));
}

/// Whether a name now belongs to another part, so that code that uses it compiles but means something else.
fn stand_for_others(old: &Origin, new: &Origin) -> bool {
    let (old_part, new_part) = (&old.part, &new.part);
    // In a path a value goes where its place is; a parameter of the same name is the same wherever it is sent.
    let same_parameter = match (old_part, new_part) {
        (Part::Parameter(Location::Path, _), Part::Parameter(Location::Path, _)) => true,
        // The names of headers have no case.
        (Part::Parameter(Location::Header, old), Part::Parameter(Location::Header, new))
        | (Part::Header(old), Part::Header(new)) => old.eq_ignore_ascii_case(new),
        (Part::Parameter(_, old_name), Part::Parameter(_, new_name)) => old_name == new_name,
        _ => false,
    };
    old != new
        && old.group != Group::Service
        && *old_part != Part::Whole
        && *new_part != Part::Whole
        && !same_parameter
}

fn line(level: RustLevel, path: String, before: Option<String>, after: Option<String>) -> ItemLine {
    ItemLine { level, path, before, after }
}

struct Comparer<'p, 'a> {
    changes: Vec<ItemChange>,
    pairs: &'p Pairs<'a>,
}

/// The rules for an item that is new, gone, renamed, or of another type.
struct Rules {
    added: &'static Kind,
    removed: &'static Kind,
    renamed: Option<&'static Kind>,
    changed: &'static Kind,
}

fn rules_of(key: &Key) -> Rules {
    let rules = |added, removed, renamed, changed| Rules { added, removed, renamed, changed };
    match key.what {
        What::Feature => rules(&rules::FEATURE_ADDED, &rules::FEATURE_REMOVED, None, &rules::FEATURE_REMOVED),
        What::Type => rules(&rules::TYPE_ADDED, &rules::TYPE_REMOVED, None, &rules::DEFINITION_CHANGED),
        What::Field => rules(
            &rules::FIELD_ADDED,
            &rules::FIELD_REMOVED,
            Some(&rules::FIELD_RENAMED),
            &rules::FIELD_CHANGED,
        ),
        What::Variant => rules(
            &rules::VARIANT_ADDED,
            &rules::VARIANT_REMOVED,
            Some(&rules::VARIANT_RENAMED),
            &rules::VARIANT_CHANGED,
        ),
        What::Function => rules(
            &rules::FUNCTION_ADDED,
            &rules::FUNCTION_REMOVED,
            Some(&rules::FUNCTION_RENAMED),
            &rules::OUTPUT_CHANGED,
        ),
        What::Output => rules(&rules::OUTPUT_CHANGED, &rules::OUTPUT_CHANGED, None, &rules::OUTPUT_CHANGED),
        What::Trait if key.name.starts_with("From<") => {
            rules(&rules::CONVERSION_GAINED, &rules::CONVERSION_LOST, None, &rules::CONVERSION_LOST)
        }
        What::Trait => rules(&rules::TRAIT_GAINED, &rules::TRAIT_LOST, None, &rules::TRAIT_LOST),
    }
}

impl Comparer<'_, '_> {
    fn push(
        &mut self,
        subject: Origin,
        kind: &'static Kind,
        line: ItemLine,
        more: &[(&'static str, String)],
    ) {
        let none = || "none".to_owned();
        let mut arguments: BTreeMap<&'static str, String> = more.iter().cloned().collect();
        arguments.entry("name").or_insert_with(|| line.path.clone());
        arguments.insert("before", line.before.clone().unwrap_or_else(none));
        arguments.insert("after", line.after.clone().unwrap_or_else(none));
        self.changes.push(ItemChange { subject, kind, arguments, line });
    }

    /// Items that only one crate has. A new item and a gone item of the same part are a renamed item.
    fn gone_and_fresh(&mut self, gone: Vec<(&Key, &Item)>, fresh: Vec<(&Key, &Item)>) {
        let alike = |key: &Key, item: &Item| {
            (key.what, key.owner.clone(), item.origin.clone(), item.signature.clone())
        };
        let mut candidates: BTreeMap<_, VecDeque<(&Key, &Item)>> = BTreeMap::new();
        for (key, item) in &fresh {
            candidates.entry(alike(key, item)).or_default().push_back((*key, *item));
        }
        let mut renamed: BTreeSet<&Key> = BTreeSet::new();
        for (key, item) in gone {
            let rules = rules_of(key);
            let is_named = rules.renamed.is_some() && item.origin.part != Part::Whole;
            let candidates = candidates.get_mut(&alike(key, item)).filter(|_| is_named);
            let other = candidates.and_then(|candidates| {
                let same = |(_, other): &(&Key, &Item)| same_arguments(&other.arguments, &item.arguments);
                candidates.iter().position(same).and_then(|at| candidates.remove(at))
            });
            match (other, rules.renamed) {
                (Some((other, _)), Some(kind)) => {
                    renamed.insert(other);
                    let names = [&key.name, &other.name].map(|name| Some(name.clone()));
                    let [before, after] = names;
                    let line = line(RustLevel::Major, other.path(), before, after);
                    self.push(item.origin.clone(), kind, line, &[]);
                }
                _ => {
                    let line = line(RustLevel::Major, key.path(), Some(shown(key, item)), None);
                    self.push(item.origin.clone(), rules.removed, line, &[]);
                }
            }
        }
        for (key, item) in fresh.into_iter().filter(|(key, _)| !renamed.contains(key)) {
            let line = line(RustLevel::Minor, key.path(), None, Some(shown(key, item)));
            self.push(item.origin.clone(), rules_of(key).added, line, &[]);
        }
    }

    /// An item that both crates have.
    fn changed(&mut self, key: &Key, old: &Item, new: &Item) {
        let subject = new.origin.clone();
        if !self.same_type(&old.signature, &new.signature) {
            let line = line(RustLevel::Major, key.path(), Some(shown(key, old)), Some(shown(key, new)));
            self.push(subject.clone(), rules_of(key).changed, line, &[]);
        }
        if key.what == What::Function {
            self.arguments(key, old, new);
        }
        if !old.deprecated && new.deprecated {
            let line = line(RustLevel::Minor, key.path(), None, Some("deprecated".to_owned()));
            self.push(subject.clone(), &rules::DEPRECATED, line, &[]);
        }
        self.gate(subject, key, old, new);
    }

    /// What compiles the item. For a file, its types report that; for a conversion, the variant that it makes.
    fn gate(&mut self, subject: Origin, key: &Key, old: &Item, new: &Item) {
        let told = match key.what {
            What::Type => (&old.file_gate, &old.own_gate) != (&new.file_gate, &new.own_gate),
            What::Variant | What::Function => old.own_gate != new.own_gate,
            _ => false,
        };
        if told {
            let words = |item: &Item| {
                let gates = [&item.file_gate, &item.own_gate].into_iter().filter(|gate| !gate.is_empty());
                let any = |gate: &BTreeSet<String>| {
                    gate.iter().map(String::as_str).collect::<Vec<_>>().join(" or ")
                };
                let words: Vec<String> = gates.map(any).collect();
                if words.is_empty() { "any features".to_owned() } else { words.join(", and ") }
            };
            let less = |old: &BTreeSet<String>, new: &BTreeSet<String>| {
                !new.is_empty() && (old.is_empty() || !old.is_subset(new))
            };
            let narrower = less(&old.file_gate, &new.file_gate) || less(&old.own_gate, &new.own_gate);
            let (kind, level) = if narrower {
                (&rules::GATE_NARROWED, RustLevel::Major)
            } else {
                (&rules::GATE_WIDENED, RustLevel::Patch)
            };
            let line = line(level, key.path(), Some(words(old)), Some(words(new)));
            self.push(subject, kind, line, &[]);
        }
    }

    /// A function's arguments, each compared with the one of the same name.
    fn arguments(&mut self, key: &Key, old_item: &Item, new_item: &Item) {
        let (old, new) = (&old_item.arguments[..], &new_item.arguments[..]);
        let function = ("function", key.path());
        let mut common = Vec::new();
        for (index, argument) in old.iter().enumerate() {
            let Argument { name, ty, origin } = argument;
            let more = [function.clone(), ("name", name.clone())];
            match position(new, name) {
                Some(other) => {
                    common.push(other);
                    let other = &new[other];
                    if !self.same_type(ty, &other.ty) {
                        let line =
                            line(RustLevel::Major, key.path(), Some(ty.clone()), Some(other.ty.clone()));
                        self.push(other.origin.clone(), &rules::ARGUMENT_CHANGED, line, &more);
                    }
                }
                None if is_renamed(index, old, new) => common.push(index),
                None => {
                    let before = Some(format!("{name}: {ty}"));
                    let line = line(RustLevel::Major, key.path(), before, None);
                    self.push(origin.clone(), &rules::ARGUMENT_REMOVED, line, &more);
                }
            }
        }
        for (index, Argument { name, ty, origin }) in new.iter().enumerate() {
            if position(old, name).is_none() && !is_renamed(index, new, old) {
                let line = line(RustLevel::Major, key.path(), None, Some(format!("{name}: {ty}")));
                let more = [function.clone(), ("name", name.clone())];
                self.push(origin.clone(), &rules::ARGUMENT_ADDED, line, &more);
            }
        }
        if !common.is_sorted() {
            let names = |list: &[Argument]| {
                list.iter().map(|argument| argument.name.as_str()).collect::<Vec<_>>().join(", ")
            };
            let line = line(RustLevel::Major, key.path(), Some(names(old)), Some(names(new)));
            self.push(new_item.origin.clone(), &rules::ARGUMENTS_REORDERED, line, &[function]);
        }
    }

    /// Whether two types are the same to the compiler, which resolves aliases.
    fn same_type(&self, old: &str, new: &str) -> bool {
        if old == new {
            return true;
        }
        let expand = |text: &str, alias: &dyn Fn(&str) -> Option<String>| {
            let mut text = text.to_owned();
            for _ in 0..16 {
                let next = replaced(&text, |word| alias(word));
                if next == text {
                    break;
                }
                text = next;
            }
            text
        };
        let target = |alias: &Alias| rust_type(&alias.ty);
        let old_alias = |name: &str| {
            // Names of the old crate have been replaced by the new ones.
            let renamed = self.pairs.renamed.iter().find(|(_, new)| **new == name).map(|(old, _)| *old);
            self.pairs.old.alias(renamed.unwrap_or(name)).map(target)
        };
        let new_alias = |name: &str| self.pairs.new.alias(name).map(target);
        expand(old, &old_alias) == expand(new, &new_alias)
    }
}

/// The position of the argument called `name`.
fn position(arguments: &[Argument], name: &str) -> Option<usize> {
    arguments.iter().position(|argument| argument.name == name)
}

/// Whether the argument of `from` at `index` has another name in `to`. Callers pass arguments by position, so a name
/// alone is no change, unless what they pass goes elsewhere.
fn is_renamed(index: usize, from: &[Argument], to: &[Argument]) -> bool {
    let (Some(own), Some(other)) = (from.get(index), to.get(index)) else { return false };
    from.len() == to.len()
        && own.ty == other.ty
        && !stand_for_others(&own.origin, &other.origin)
        && position(to, &own.name).is_none()
        && position(from, &other.name).is_none()
}

/// Whether callers pass the same arguments.
fn same_arguments(one: &[Argument], other: &[Argument]) -> bool {
    let pairs = one.iter().zip(other);
    one.len() == other.len()
        && pairs.into_iter().all(|(one, other)| (&one.name, &one.ty) == (&other.name, &other.ty))
}

/// An item in Rust.
fn shown(key: &Key, item: &Item) -> String {
    let arguments: Vec<String> =
        item.arguments.iter().map(|argument| format!("{}: {}", argument.name, argument.ty)).collect();
    match key.what {
        What::Function if item.arguments.is_empty() => item.signature.trim().to_owned(),
        What::Function => format!("({}) {}", arguments.join(", "), item.signature.trim()),
        What::Trait => key.name.clone(),
        What::Feature => "a feature".to_owned(),
        What::Variant if item.signature.is_empty() => "no value".to_owned(),
        _ => item.signature.clone(),
    }
}

/// The path of a type of an operation.
pub(super) fn type_path(operation: &Operation, suffix: &str) -> String {
    let group: String = operation.group.iter().map(|part| format!("{part}::")).collect();
    format!("{group}{}{suffix}", operation.type_name)
}
