//! Where the text of changed values is: a document that overlays or an upgrade have changed is made of several texts.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::place::{Place, escape};

/// Where the values of changed files come from. Files that aren't here weren't changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origins {
    /// The changes in the order they were made.
    layers: Vec<HashMap<Arc<str>, Origin>>,
}

/// Where a value comes from, and what in it comes from elsewhere.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Origin {
    /// Where it comes from; like the value around it if absent.
    place: Option<Place>,
    /// Whether everything in it comes from just there.
    whole: bool,
    children: HashMap<String, Origin>,
}

impl Origins {
    /// Adds a change that was made to the values of `file`.
    pub(crate) fn add(&mut self, file: Arc<str>, origin: Origin) {
        if origin != Origin::default() {
            self.layers.push(HashMap::from([(file, origin)]));
        }
    }

    /// The same with other names for the files.
    pub(crate) fn renamed(&self, seen: &impl Fn(&Place) -> Place) -> Self {
        let file = |file: &Arc<str>| seen(&Place { file: file.clone(), pointer: "".into() }).file;
        let layer = |layer: &HashMap<Arc<str>, Origin>| {
            layer.iter().map(|(name, origin)| (file(name), origin.renamed(seen))).collect()
        };
        Self { layers: self.layers.iter().map(layer).collect() }
    }

    /// Adds the changes of another document. Those of files that both have in common are the same ones.
    pub(crate) fn join(&mut self, other: Self) {
        for (file, origin) in other.layers.into_iter().flatten() {
            match self.layers.iter_mut().rev().find_map(|layer| layer.get_mut(&file)) {
                Some(known) => known.fill(origin),
                None => self.add(file, origin),
            }
        }
    }

    /// Where the text of the value at `place` is.
    pub fn of(&self, place: &Place) -> Place {
        self.layers.iter().rev().fold(place.clone(), |place, layer| match layer.get(&place.file) {
            Some(origin) => origin.of(&place),
            None => place,
        })
    }
}

impl Origin {
    /// That of a value which comes from `place`.
    pub(crate) fn at(place: Place) -> Self {
        Self { place: Some(place), ..Self::default() }
    }

    /// That of a value which comes from `place` together with everything in it.
    pub(crate) fn whole(place: Place) -> Self {
        Self { whole: true, ..Self::at(place) }
    }

    /// That of the value at `pointer` below this one.
    pub(crate) fn below(&mut self, pointer: &str) -> &mut Self {
        let tokens = pointer.split('/').skip(1);
        tokens.fold(self, |origin, token| origin.children.entry(token.to_owned()).or_default())
    }

    /// That of the member or element `token`, which isn't escaped yet.
    pub(crate) fn child(&mut self, token: &str) -> &mut Self {
        self.children.entry(escape(token)).or_default()
    }

    /// Forgets the member or element `token`, which isn't escaped yet.
    pub(crate) fn forget(&mut self, token: &str) {
        self.children.remove(&escape(token));
    }

    /// Adds what `other` has and this one lacks.
    fn fill(&mut self, other: Self) {
        for (token, child) in other.children {
            match self.children.get_mut(&token) {
                Some(known) => known.fill(child),
                None => {
                    self.children.insert(token, child);
                }
            }
        }
    }

    fn renamed(&self, seen: &impl Fn(&Place) -> Place) -> Self {
        let children = self.children.iter().map(|(token, child)| (token.clone(), child.renamed(seen)));
        Self { place: self.place.as_ref().map(seen), whole: self.whole, children: children.collect() }
    }

    /// Adds the members of `other`.
    pub(crate) fn join(&mut self, other: Self) {
        self.children.extend(other.children);
    }

    /// Moves those of the elements that stay when those at the indices `removed` leave an array of `length` elements,
    /// which came from `place`.
    pub(crate) fn remove(&mut self, place: &Place, removed: &BTreeSet<usize>, length: usize) {
        let first = removed.first().copied().unwrap_or(length);
        let mut before = std::mem::take(&mut self.children);
        for (now, was) in (0..length).filter(|index| !removed.contains(index)).enumerate() {
            let was_token = was.to_string();
            let mut origin = before.remove(&was_token).unwrap_or_default();
            if was > first && origin.place.is_none() {
                origin.place = Some(place.child(&was_token));
            }
            if origin != Self::default() {
                self.children.insert(now.to_string(), origin);
            }
        }
    }

    /// Where the text of the value at `place` is.
    pub(crate) fn of(&self, place: &Place) -> Place {
        let mut origin = self;
        let mut found = (origin.place.as_ref(), 0, origin.whole);
        let mut depth = 0;
        for token in place.pointer.split('/').skip(1) {
            let Some(child) = origin.children.get(token) else { break };
            origin = child;
            depth += 1;
            if origin.place.is_some() {
                found = (origin.place.as_ref(), depth, origin.whole);
            }
        }
        let (Some(start), depth, whole) = found else { return place.clone() };
        let mut pointer = start.pointer.to_string();
        if !whole {
            place.pointer.split('/').skip(1 + depth).for_each(|token| {
                pointer.push('/');
                pointer.push_str(token);
            });
        }
        Place { file: start.file.clone(), pointer: pointer.into() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(file: &str, pointer: &str) -> Place {
        Place { file: file.into(), pointer: pointer.into() }
    }

    #[test]
    fn the_nearest_origin_counts() {
        let mut origin = Origin::default();
        *origin.below("/a/x~1y") = Origin::at(place("o", "/1"));
        *origin.below("/a/x~1y/copy") = Origin::whole(place("o", "/2"));
        let mut origins = Origins::default();
        origins.add("".into(), origin);
        for (from, to) in [
            (place("", "/a"), place("", "/a")),
            (place("", "/a/x~1y"), place("o", "/1")),
            (place("", "/a/x~1y/b/c"), place("o", "/1/b/c")),
            (place("", "/a/x~1y/copy/c"), place("o", "/2")),
            (place("p", "/a/x~1y/copy/c"), place("p", "/a/x~1y/copy/c")),
        ] {
            assert_eq!(origins.of(&from), to);
        }
    }

    #[test]
    fn elements_are_found_where_they_were() {
        let mut origin = Origin::default();
        *origin.below("/a/3") = Origin::at(place("o", "/new"));
        let list = place("", "/a");
        origin.below("/a").remove(&list, &BTreeSet::from([1]), 4);
        origin.below("/a").remove(&list, &BTreeSet::from([0]), 3);
        let mut origins = Origins::default();
        origins.add("".into(), origin);
        assert_eq!(origins.of(&place("", "/a/0/x")), place("", "/a/2/x"));
        assert_eq!(origins.of(&place("", "/a/1/x")), place("o", "/new/x"));
        // A later change is undone first.
        let mut later = Origin::default();
        *later.below("/b") = Origin::at(place("", "/a/0"));
        origins.add("".into(), later);
        assert_eq!(origins.of(&place("", "/b/x")), place("", "/a/2/x"));
    }
}
