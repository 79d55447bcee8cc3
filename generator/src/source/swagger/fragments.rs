//! Parts of other files that the document refers to. They are rewritten where they are.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::media_types::{Defaults, media_types};
use super::node::Node;

use super::upgrade::{Fragment, Kind, Upgrade};
use crate::source::at::At;
use crate::text::Place;

impl Upgrade<'_> {
    /// Notes the `reference` at `place`, to have what it leads to rewritten if that is in another file.
    pub(super) fn refer(&mut self, place: &Place, reference: &str, kind: Kind) {
        let target = self.files.resolve(place, reference);
        if target.file.is_empty() {
            return;
        }
        let fragment = Fragment { file: target.file, pointer: target.pointer, kind };
        if self.fragments.insert(fragment.clone()) {
            self.waiting.push(fragment);
        }
    }

    /// What the parts of other files become, inner ones after those around them.
    pub(super) fn changed_fragments(&mut self) -> Vec<(Fragment, Node)> {
        let files = self.files;
        let place = Place::default();
        let Some(root) = files.get(&place).map(|value| At { value, place }) else { return Vec::new() };
        let defaults = Defaults::of(&root);
        let mut changed = Vec::new();
        while let Some(fragment) = self.waiting.pop() {
            let place = Place { file: fragment.file.clone(), pointer: fragment.pointer.clone() };
            let Some(value) = files.get(&place) else { continue };
            self.take(value);
            let at = At { value, place };
            let node = match fragment.kind {
                Kind::Schema => self.schema(&at),
                Kind::Response => self.response(&at, &defaults.produces),
                Kind::Parameter => self.parameter(&at),
                Kind::Body => self.body(&at, &media_types(root.get("consumes"), &at.place), None),
                Kind::PathItem => self.path_item(&at, &root, &defaults),
            };
            changed.push((fragment, node));
        }
        changed.sort_by(|(one, _), (other, _)| one.cmp(other));
        // A part that is within another one of its kind is rewritten with that.
        let mut covered: BTreeSet<(Arc<str>, Kind, String)> = BTreeSet::new();
        changed.retain(|(fragment, _)| {
            let is_covered = fragment.pointer.match_indices('/').any(|(end, _)| {
                covered.contains(&(fragment.file.clone(), fragment.kind, fragment.pointer[..end].to_owned()))
            });
            covered.insert((fragment.file.clone(), fragment.kind, fragment.pointer.to_string()));
            !is_covered
        });
        changed
    }
}
