//! The changes of one group, an operation or a type, by what is asked of them when the cause of another is looked for.

use std::collections::BTreeMap;

use openapi_generator::diff::rules::{Direction, RustLevel};
use openapi_generator::diff::{Change, Part};

use super::causes::is_item;

/// The changes of one group, by their indices.
#[derive(Default)]
pub(super) struct Mates<'r> {
    /// The first of each kind.
    firsts: BTreeMap<&'static str, usize>,
    /// The first of a variant or a field of each part.
    owners: BTreeMap<&'r Part, usize>,
    /// What alters the items of each part most.
    shaping_part: BTreeMap<&'r Part, usize>,
    /// What alters the items of the group most.
    shaping: Option<usize>,
    properties: BTreeMap<Option<Direction>, Properties>,
}

/// The properties that are gone and new.
#[derive(Default)]
struct Properties {
    gone: Vec<usize>,
    new: usize,
}

impl<'r> Mates<'r> {
    /// Adds the change at `index`, which is greater than those before.
    pub fn add(&mut self, index: usize, changes: &'r [Change]) {
        let change = &changes[index];
        let (name, part) = (change.rule.kind().name, &change.subject.part);
        self.firsts.entry(name).or_insert(index);
        if *part != Part::Whole && (name.starts_with("variant-") || name.starts_with("field-")) {
            self.owners.entry(part).or_insert(index);
        }
        if shapes(change) {
            let is_worse = |than: usize| weight(change) > weight(&changes[than]);
            if self.shaping.is_none_or(is_worse) {
                self.shaping = Some(index);
            }
            let of_part = self.shaping_part.entry(part).or_insert(index);
            if is_worse(*of_part) {
                *of_part = index;
            }
        }
        let properties = self.properties.entry(change.rule.direction()).or_default();
        match name {
            "required-property-removed" | "optional-property-removed" | "closed-property-removed" => {
                properties.gone.push(index);
            }
            "required-property-added" | "optional-property-added" => properties.new += 1,
            _ => {}
        }
    }

    /// The first change of one of these kinds.
    pub fn first(&self, kinds: &[&str]) -> Option<usize> {
        kinds.iter().filter_map(|kind| self.firsts.get(kind)).min().copied()
    }

    /// The change of the field or the variant that functions of this part are called after.
    pub fn owner(&self, part: &Part) -> Option<usize> {
        self.owners.get(part).copied()
    }

    /// What alters the items of this part most; else what alters those of the group.
    pub fn shaping(&self, part: &Part) -> Option<usize> {
        self.shaping_part.get(part).copied().or(self.shaping)
    }

    /// The one property that is gone, if there is one that is new.
    pub fn replaced_property(&self, direction: Option<Direction>) -> Option<usize> {
        let properties = self.properties.get(&direction)?;
        let [gone] = properties.gone[..] else { return None };
        (properties.new == 1).then_some(gone)
    }
}

/// Whether the change can alter what other items of its group look like.
fn shapes(change: &Change) -> bool {
    let kind = change.rule.kind();
    !is_item(change) && kind.rust > RustLevel::Patch && !matches!(kind.name, "deprecated" | "type-renamed")
}

/// How much the change alters.
fn weight(change: &Change) -> impl PartialOrd + use<> {
    (change.rule.kind().rust, change.wire())
}
