//! The pieces of a huge group of operations, each a crate: a compiler process that had to hold all of it would need too
//! much memory.
//!
//! Where an operation is depends on its own path, and on how many there are beside it: one more operation moves others only
//! if their piece has to be divided. A piece is a leaf of a trie over the bits of a hash of how the path begins, so that
//! operations on the same thing, which share types, stay together. What begins in the same way and is still too much has a
//! trie of its own, over how the path goes on.

use std::collections::{BTreeMap, HashMap};

use super::names::{fnv, hash};
use crate::api::Operation;

/// A group with more operations than this is divided.
pub(super) const MOST_OPERATIONS: usize = 192;

/// The fixed segments that a path begins with: the first is often the name of the group.
const FIRST_SEGMENTS: usize = 2;

/// A piece of a group.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// What tells it from the others: letters, digits and `-`.
    pub name: String,
    /// The indices of its operations, sorted.
    pub operations: Vec<usize>,
}

/// The pieces, sorted by name, of a group of these operations; none if there are at most `most`, or if all of them refer to
/// each other.
pub(super) fn divide(operations: &[&Operation], most: usize) -> Vec<Piece> {
    if operations.len() <= most {
        return Vec::new();
    }
    let mut trie = Trie { most, pieces: Vec::new() };
    trie.divide(linked(operations), Start::Segments(FIRST_SEGMENTS), "");
    let mut pieces = trie.pieces;
    pieces.sort_by(|a, b| a.name.cmp(&b.name));
    if pieces.len() < 2 { Vec::new() } else { pieces }
}

/// Operations that refer to each other, which stay together.
struct Linked<'a> {
    /// The path of the one that the others refer to.
    path: &'a str,
    /// The segments of the path that are the same in every call.
    fixed: Vec<&'a str>,
    operations: Vec<usize>,
}

impl Linked<'_> {
    /// How the path begins.
    fn start(&self, start: Start) -> String {
        match start {
            Start::Whole => self.path.to_owned(),
            // What ends here begins otherwise than what goes on.
            Start::Segments(count) if self.fixed.len() < count => format!("{}/", self.fixed.join("/")),
            Start::Segments(count) => self.fixed[..count].join("/"),
        }
    }
}

/// How much of a path is looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Start {
    /// This many fixed segments.
    Segments(usize),
    /// All of it.
    Whole,
}

/// The sets of operations that refer to each other.
fn linked<'a>(operations: &[&'a Operation]) -> Vec<Linked<'a>> {
    let ids: HashMap<&str, usize> =
        operations.iter().enumerate().map(|(index, operation)| (operation.id.as_str(), index)).collect();
    let mut sets = Sets((0..operations.len()).collect());
    let mut refers = vec![false; operations.len()];
    for (index, operation) in operations.iter().enumerate() {
        for other in operation.referred().filter_map(|id| ids.get(id)) {
            sets.join(index, *other);
            refers[index] |= index != *other;
        }
    }
    let mut of_sets: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for index in 0..operations.len() {
        of_sets.entry(sets.first(index)).or_default().push(index);
    }
    let set = |members: Vec<usize>| {
        // Those that refer to others come and go without moving what they refer to.
        let paths = members.iter().map(|&index| (refers[index], operations[index].path.as_str()));
        let path = paths.min().map_or("", |(_, path)| path);
        Linked { path, fixed: fixed(path), operations: members }
    };
    of_sets.into_values().map(set).collect()
}

/// Disjoint sets of indices: each has an index of its set that isn't greater than itself.
struct Sets(Vec<usize>);

impl Sets {
    /// The least index in the set.
    fn first(&mut self, index: usize) -> usize {
        let mut first = index;
        while self.0[first] != first {
            self.0[first] = self.0[self.0[first]];
            first = self.0[first];
        }
        first
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.first(one), self.first(other));
        self.0[one.max(other)] = one.min(other);
    }
}

/// The segments of a path without variables, up to a query or fragment.
fn fixed(path: &str) -> Vec<&str> {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    path.split('/').filter(|segment| !segment.is_empty() && !segment.contains('{')).collect()
}

/// Operations, and a hash of how their path begins.
type Placed<'a> = (u64, Linked<'a>);

struct Trie {
    /// The most operations of a piece, unless they refer to each other.
    most: usize,
    pieces: Vec<Piece>,
}

impl Trie {
    /// Makes pieces, whose names begin with `name`, by how the paths begin.
    fn divide(&mut self, all: Vec<Linked<'_>>, start: Start, name: &str) {
        let placed = all.into_iter().map(|linked| (mixed(fnv(&linked.start(start))), linked)).collect();
        self.node(placed, 0, start, name);
    }

    /// Makes pieces of what has the same first `depth` bits, which are in `name`.
    fn node(&mut self, all: Vec<Placed<'_>>, depth: u32, start: Start, name: &str) {
        let count: usize = all.iter().map(|(_, linked)| linked.operations.len()).sum();
        let Some((first, linked)) = all.first() else { return };
        let (first, beginning) = (*first, linked.start(start));
        if count <= self.most || all.len() == 1 {
            return self.leaf(all, name);
        }
        if all.iter().all(|(bits, _)| *bits == first) {
            // However many others there are: the name doesn't depend on them.
            let name = format!("k{}", hash(&beginning));
            let next = match start {
                Start::Segments(count) if all.iter().any(|(_, linked)| linked.fixed.len() >= count) => {
                    Start::Segments(count + 1)
                }
                Start::Segments(_) => Start::Whole,
                Start::Whole => return self.leaf(all, &name),
            };
            return self.divide(all.into_iter().map(|(_, linked)| linked).collect(), next, &name);
        }
        let name = if depth == 0 && !name.is_empty() { format!("{name}-") } else { name.to_owned() };
        let (ones, zeros) = all.into_iter().partition(|(bits, _)| (bits >> (u64::BITS - 1 - depth)) & 1 == 1);
        self.node(zeros, depth + 1, start, &format!("{name}0"));
        self.node(ones, depth + 1, start, &format!("{name}1"));
    }

    fn leaf(&mut self, all: Vec<Placed<'_>>, name: &str) {
        let mut operations: Vec<usize> = all.into_iter().flat_map(|(_, linked)| linked.operations).collect();
        operations.sort_unstable();
        self.pieces.push(Piece { name: name.to_owned(), operations });
    }
}

/// The hash with every bit dependent on all others (the last step of `MurmurHash3`).
fn mixed(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    let hash = (hash ^ (hash >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    hash ^ (hash >> 33)
}
