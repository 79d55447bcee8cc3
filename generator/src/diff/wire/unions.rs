//! Unions: their alternatives, and what selects one.

use std::collections::{BTreeMap, BTreeSet};

use super::relation::{Relation, describe, relation};
use super::values::Slot;
use super::{At, Comparison};
use crate::api::{Tagging, Union, Variant};
use crate::diff::Part;
use crate::diff::rules;

impl Comparison<'_> {
    pub(super) fn union(&mut self, at: &At, old: &Union, new: &Union) {
        let Union { tagging, variants, unknown: _ } = old;
        let (before, after) = (distinction(old), distinction(new));
        if *tagging != new.tagging || before != after {
            self.report(&rules::DISCRIMINATOR_CHANGED, at, Some(before), Some(after));
        }
        let place = |variant: &Variant| At {
            subject: crate::diff::Origin::new(
                &at.subject.group,
                Part::Alternative(variant.variant.to_string()),
            ),
            ..at.called(format!("`{}`", variant.variant))
        };
        let matched = self.matched(variants, &new.variants);
        for (variant, other) in variants.iter().zip(&matched) {
            match other.map(|other| &new.variants[other]) {
                Some(other) => {
                    // What is written follows from the tags, and the default belongs to the union.
                    let Variant {
                        variant: _,
                        wish: _,
                        ty,
                        rules,
                        tags,
                        written: _,
                        is_default: _,
                        docs,
                        feature: _,
                        place: _,
                    } = variant;
                    let at = place(other);
                    self.docs(&at, docs, &other.docs);
                    self.value(&at, Slot::of(ty, rules), Slot::of(&other.ty, &other.rules));
                    if *tagging == new.tagging {
                        self.tags(&at, (old, tags), (new, &other.tags));
                    }
                }
                None => {
                    let before = Some(describe(&variant.ty));
                    self.report(&rules::ALTERNATIVE_REMOVED, &place(variant), before, None);
                }
            }
        }
        let counterparts: BTreeSet<usize> = matched.into_iter().flatten().collect();
        for (index, variant) in new.variants.iter().enumerate() {
            if !counterparts.contains(&index) {
                let after = Some(describe(&variant.ty));
                self.report(&rules::ALTERNATIVE_ADDED, &place(variant), None, after);
            }
        }
    }

    /// The new counterpart of each old alternative: the one with the same name and type, or else with one of its
    /// tags, or else with the same type, or else with the same name.
    fn matched(&self, old: &[Variant], new: &[Variant]) -> Vec<Option<usize>> {
        let by_name: BTreeMap<&str, usize> =
            new.iter().enumerate().map(|(at, variant)| (variant.variant.as_str(), at)).collect();
        let tags =
            new.iter().enumerate().flat_map(|(at, variant)| variant.tags.iter().map(move |tag| (tag, at)));
        let by_tag: BTreeMap<&String, usize> = tags.collect();
        let has_type =
            |one: &Variant, at: usize| relation(self.pairs, &one.ty, &new[at].ty) == Relation::Equal;
        let called = |one: &Variant| by_name.get(one.variant.as_str()).copied();
        let mut pairing = Pairing::new(old.len(), new.len());
        pairing.pass(old, |one, _| called(one).filter(|at| has_type(one, *at)));
        pairing.pass(old, |one, is_free| {
            one.tags.iter().filter_map(|tag| by_tag.get(tag).copied()).filter(|at| is_free[*at]).min()
        });
        pairing.pass(old, |one, is_free| (0..new.len()).find(|at| is_free[*at] && has_type(one, *at)));
        pairing.pass(old, |one, _| called(one));
        pairing.matched
    }

    /// Compares what selects an alternative.
    fn tags(&mut self, at: &At, old: (&Union, &[String]), new: (&Union, &[String])) {
        let alternative = ("alternative", at.name.clone());
        let selected = |union: &Union, tag: &String| {
            let variant = union.variants.iter().find(|variant| variant.tags.contains(tag))?;
            Some(format!("`{}`", variant.variant))
        };
        for tag in old.1.iter().filter(|tag| !new.1.contains(tag)) {
            let more = [("name", tag.clone()), alternative.clone()];
            match selected(new.0, tag) {
                Some(after) => {
                    let before = Some(at.name.clone());
                    self.report_with(&rules::TAG_MOVED, at, before, Some(after), &more);
                }
                None => self.report_with(&rules::TAG_REMOVED, at, Some(tag.clone()), None, &more),
            }
        }
        for tag in new.1.iter().filter(|tag| !old.1.contains(tag) && selected(old.0, tag).is_none()) {
            let more = [("name", tag.clone()), alternative.clone()];
            self.report_with(&rules::TAG_ADDED, at, None, Some(tag.clone()), &more);
        }
    }
}

/// How the alternatives of a union are told apart.
fn distinction(union: &Union) -> String {
    let default = union.variants.iter().find(|variant| variant.is_default);
    let default = default.map_or_else(String::new, |default| format!(", by default `{}`", default.variant));
    match &union.tagging {
        Tagging::Property(name) => format!("by the property {name}{default}"),
        Tagging::Discriminated => "by a property beside it".to_owned(),
        Tagging::Untagged => "by their form".to_owned(),
    }
}

/// The new counterparts of old alternatives, of which no two have the same.
struct Pairing {
    matched: Vec<Option<usize>>,
    is_free: Vec<bool>,
}

impl Pairing {
    fn new(old: usize, new: usize) -> Self {
        Self { matched: vec![None; old], is_free: vec![true; new] }
    }

    /// Gives each old alternative without a counterpart the one that `find` gives, if it is free. `find` is told which are.
    fn pass(&mut self, old: &[Variant], find: impl Fn(&Variant, &[bool]) -> Option<usize>) {
        for (one, matched) in old.iter().zip(&mut self.matched).filter(|(_, matched)| matched.is_none()) {
            *matched = find(one, &self.is_free).filter(|at| self.is_free[*at]);
            if let Some(at) = *matched {
                self.is_free[at] = false;
            }
        }
    }
}
