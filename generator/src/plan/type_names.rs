//! The table of type names: unique whatever the casing, and none that means something else.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use foldhash::{HashMap, HashSet, HashSetExt as _};

use super::names::{free_of_prelude, hash, joined, key, pascal, shorten};
use super::reserved::TAKEN_TYPES;

/// The names that are taken so far.
#[derive(Clone, Debug, Default)]
pub(super) struct TypeNames {
    taken: HashSet<String>,
    /// Who would have each name of an inline type.
    wanted: HashMap<String, Wanted>,
    /// Of a name that several would have, the place of the one that has it.
    keepers: Keepers,
}

/// The place of the inline type that has the name which several would have.
pub(super) type Keepers = HashMap<String, Arc<str>>;

/// The places of the inline types that would have one name.
#[derive(Clone, Debug)]
struct Wanted {
    outermost: Arc<str>,
    several: bool,
}

/// What a part of the plan asked of the table, and was answered.
#[derive(Clone, Debug)]
pub(super) enum Asked {
    /// A name for the inline type at `pointer`, which would have that with the key `key`.
    Name { key: String, pointer: Arc<str>, given: Given },
    /// Whether a type of the document has a name with this key.
    IsTaken { key: String, answer: bool },
}

/// Which name was given.
#[derive(Clone, Debug)]
pub(super) enum Given {
    /// That which was wanted.
    Wanted,
    /// With a hash of the place.
    Hashed,
    /// Something else, with this key.
    Other(String),
}

impl TypeNames {
    /// Settles the names of all components at once. Of those that collide the one whose wire name is the Rust
    /// name keeps it; the others get a hash of their wire name.
    pub(super) fn components<'a>(&mut self, wires: impl IntoIterator<Item = &'a str>) -> Vec<String> {
        let wires: Vec<&str> = wires.into_iter().collect();
        let plain: Vec<String> = wires.iter().map(|wire| free_of_prelude(pascal(wire))).collect();
        let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, name) in plain.iter().enumerate() {
            groups.entry(key(name)).or_default().push(index);
        }
        let mut names = vec![String::new(); wires.len()];
        for indices in groups.values() {
            let keeper = match indices.as_slice() {
                [only] => Some(*only),
                several => {
                    let exact: Vec<usize> =
                        several.iter().copied().filter(|&i| plain[i] == wires[i]).collect();
                    exact.iter().copied().min_by_key(|&index| wires[index])
                }
            };
            for &index in indices {
                names[index] = if Some(index) == keeper {
                    plain[index].clone()
                } else {
                    joined(&format!("{}X{}", plain[index], hash(wires[index])))
                };
            }
        }
        self.taken.extend(names.iter().map(|name| key(name)));
        names
    }

    /// The same table with contests settled.
    pub(super) fn with(&self, keepers: Keepers) -> Self {
        Self { keepers, ..self.clone() }
    }

    /// Takes the names that a part was given, if they are what it would be given now.
    pub(super) fn accept(&mut self, asked: &[Asked]) -> bool {
        let mut added = Vec::new();
        for question in asked {
            let (fits, new) = match question {
                Asked::IsTaken { key, answer } => (self.taken.contains(key) == *answer, None),
                Asked::Name { key, pointer, given } => {
                    let free = self.keeps(key, pointer) && !self.taken.contains(key);
                    match given {
                        Given::Wanted => (free, Some(key.clone())),
                        Given::Hashed => (!free, Some(hashed(key, pointer))),
                        Given::Other(_) => (false, None),
                    }
                }
            };
            let free = fits && new.as_ref().is_none_or(|new| self.taken.insert(new.clone()));
            if !free {
                for key in &added {
                    self.taken.remove(key);
                }
                return false;
            }
            added.extend(new);
        }
        self.want(asked);
        true
    }

    /// Takes the names that a part was given by this table.
    pub(super) fn take(&mut self, asked: &[Asked]) {
        for question in asked {
            if let Asked::Name { key, pointer, given } = question {
                self.taken.insert(match given {
                    Given::Wanted => key.clone(),
                    Given::Hashed => hashed(key, pointer),
                    Given::Other(key) => key.clone(),
                });
            }
        }
        self.want(asked);
    }

    fn want(&mut self, asked: &[Asked]) {
        let outer = |pointer: &Arc<str>| (pointer.matches('/').count(), pointer.clone());
        for question in asked {
            let Asked::Name { key, pointer, .. } = question else { continue };
            match self.wanted.get_mut(key) {
                Some(wanted) if wanted.outermost == *pointer => {}
                Some(wanted) => {
                    wanted.several = true;
                    if outer(pointer) < outer(&wanted.outermost) {
                        wanted.outermost = pointer.clone();
                    }
                }
                None => {
                    let wanted = Wanted { outermost: pointer.clone(), several: false };
                    self.wanted.insert(key.clone(), wanted);
                }
            }
        }
    }

    /// What to begin another round with, in which what inline types of several places would be called goes to the
    /// one that stands outermost, whichever is met first; `None` if nothing is left to be settled.
    pub(super) fn contested(&self) -> Option<Keepers> {
        let several = self.wanted.iter().filter(|(_, wanted)| wanted.several);
        let keepers: Keepers =
            several.map(|(name, wanted)| (name.clone(), wanted.outermost.clone())).collect();
        (keepers != self.keepers).then_some(keepers)
    }

    /// Whether nothing but the type at `pointer` keeps the name with this key.
    fn keeps(&self, key: &str, pointer: &str) -> bool {
        self.keepers.get(key).is_none_or(|keeper| **keeper == *pointer)
    }
}

fn hashed(key: &str, pointer: &str) -> String {
    format!("{key}x{}", hash(pointer))
}

/// A table as a part of the plan sees it: with the names that it is given itself.
#[derive(Debug)]
pub(super) struct Asking<'a> {
    table: &'a TypeNames,
    own: HashSet<String>,
    asked: RefCell<Vec<Asked>>,
}

impl<'a> Asking<'a> {
    pub(super) fn new(table: &'a TypeNames) -> Self {
        Self { table, own: HashSet::new(), asked: RefCell::default() }
    }

    /// A free name for an inline type: `wanted`, else that with a hash of where its schema stands.
    pub(super) fn inline(&mut self, wanted: &str, pointer: &Arc<str>) -> String {
        let wanted = free_of_prelude(shorten(joined(wanted), wanted, "X"));
        let key_wanted = key(&wanted);
        if self.table.keeps(&key_wanted, pointer) && self.insert(&key_wanted) {
            self.note(key_wanted, pointer, Given::Wanted);
            return wanted;
        }
        let mut name = format!("{wanted}X{}", hash(pointer));
        while !self.insert(&key(&name)) {
            name = format!("{wanted}X{}", hash(&name));
        }
        let key = key(&name);
        let given = if key == hashed(&key_wanted, pointer) { Given::Hashed } else { Given::Other(key) };
        self.note(key_wanted, pointer, given);
        name
    }

    fn insert(&mut self, key: &str) -> bool {
        !self.table.taken.contains(key) && self.own.insert(key.to_owned())
    }

    fn note(&mut self, key: String, pointer: &Arc<str>, given: Given) {
        self.asked.get_mut().push(Asked::Name { key, pointer: pointer.clone(), given });
    }

    /// Whether a type has this name, in whatever casing.
    pub(super) fn is_taken(&self, name: &str) -> bool {
        if TAKEN_TYPES.contains(&name) {
            return true;
        }
        let key = key(name);
        let answer = self.own.contains(&key) || self.table.taken.contains(&key);
        self.asked.borrow_mut().push(Asked::IsTaken { key, answer });
        answer
    }

    /// All that was asked.
    pub(super) fn asked(self) -> Vec<Asked> {
        self.asked.into_inner()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn components_keep_the_names_that_they_have() {
        let mut names = TypeNames::default();
        let found = names.components(["Pet", "pet", "Error"]);
        assert_eq!(found[0], "Pet");
        assert!(found[1].starts_with("PetX"));
        assert_eq!(found[2], "ErrorModel");
        assert_ne!(Asking::new(&names).inline("Pet", &"/a".into()), "Pet");
    }

    #[test]
    fn what_was_planned_apart_is_taken_if_it_would_be_the_same() {
        let mut names = TypeNames::default();
        let ask = |names: &TypeNames, pointer: &str| {
            let mut asking = Asking::new(names);
            asking.inline("First", &format!("{pointer}/1").into());
            let name = asking.inline("Item", &pointer.into());
            asking.is_taken("Other");
            (name, asking.asked())
        };
        let ((_, one), (_, two)) = (ask(&names, "/a/b"), ask(&names, "/a"));
        assert!(names.accept(&one[..]));
        assert!(!names.accept(&two));
        let (name, again) = ask(&names, "/a");
        assert!(name.starts_with("ItemX"));
        // What was refused has left nothing behind.
        assert!(names.clone().accept(&again));
        names.take(&again);
        let keepers = names.contested().unwrap();
        assert_eq!(&*keepers["item"], "/a");
        let mut settled = TypeNames::default().with(keepers);
        assert!(!settled.accept(&one));
        assert!(settled.accept(&two));
    }
}
