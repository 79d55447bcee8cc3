//! Which types of a group that is divided each of its pieces has for itself.

use std::collections::{BTreeSet, HashMap};

use super::features::{mentioned, used};
use super::pieces::Piece;
use crate::api::{Ident, Model, Operation};

/// For each of a group's `own` models the piece that alone needs it; none if several do, or nothing.
///
/// What a model mentions is where it is itself, or where all pieces see it.
pub(super) fn of(own: &[&Model], operations: &[&Operation], pieces: &[Piece]) -> Vec<Option<usize>> {
    let mut reach = Reach::new(own);
    if pieces.is_empty() {
        return vec![None; own.len()];
    }
    for (index, piece) in pieces.iter().enumerate() {
        let roots = piece.operations.iter().flat_map(|at| used(operations[*at]));
        let roots = roots.filter_map(|name| reach.file_of.get(name).copied()).collect();
        reach.walk(index, roots);
    }
    // What no operation reaches, such as a schema that others only merge, is with what it mentions.
    let unreached = (0..own.len()).filter(|model| reach.pieces[*model].is_empty()).collect::<Vec<_>>();
    let needed = unreached.iter().map(|model| reach.needed_by(*model)).collect::<Vec<_>>();
    for (model, needed) in unreached.into_iter().zip(needed) {
        for piece in needed {
            reach.walk(piece, BTreeSet::from([model]));
        }
    }
    reach.pieces.iter().map(only).collect()
}

/// The piece, if it is one.
fn only(pieces: &BTreeSet<usize>) -> Option<usize> {
    pieces.first().copied().filter(|_| pieces.len() == 1)
}

/// Which models reach which.
struct Reach<'a> {
    file_of: HashMap<&'a Ident, usize>,
    edges: Vec<BTreeSet<usize>>,
    /// The pieces that reach each.
    pieces: Vec<BTreeSet<usize>>,
}

impl<'a> Reach<'a> {
    fn new(own: &[&'a Model]) -> Self {
        let files = own.iter().enumerate();
        let types = files.flat_map(|(file, model)| model.types.iter().map(move |ty| (&ty.name, file)));
        let file_of: HashMap<&Ident, usize> = types.collect();
        let edges = own.iter().map(|model| {
            let names = model.types.iter().flat_map(mentioned);
            names.filter_map(|name| file_of.get(name).copied()).collect()
        });
        Self { edges: edges.collect(), pieces: vec![BTreeSet::new(); own.len()], file_of }
    }

    /// Notes that the piece needs these models, and all that they mention.
    fn walk(&mut self, piece: usize, mut queue: BTreeSet<usize>) {
        while let Some(model) = queue.pop_first() {
            if self.pieces[model].insert(piece) {
                queue.extend(&self.edges[model]);
            }
        }
    }

    /// The pieces that have what the model mentions. All see what several need.
    fn needed_by(&self, model: usize) -> BTreeSet<usize> {
        let (mut seen, mut queue) = (BTreeSet::new(), BTreeSet::from([model]));
        let mut found = BTreeSet::new();
        while let Some(model) = queue.pop_first() {
            if seen.insert(model) {
                found.extend(only(&self.pieces[model]));
                queue.extend(&self.edges[model]);
            }
        }
        found
    }
}
