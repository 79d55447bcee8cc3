//! Merges a value into another (Overlay Specification 1.1, section 4.4.3).

use serde_json::Value;

use super::actions::Version;
use crate::diagnostics::{Diagnostics, codes};
use crate::text::{Budget, MAX_DEPTH, Origin, Place};

/// The memory that overlays may add to a document.
pub(super) struct Room(Budget);

impl Default for Room {
    fn default() -> Self {
        Self(Budget::of(0))
    }
}

/// What kinds of values there are for a merge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Object,
    Array,
    Scalar,
}

impl Kind {
    /// Several of them, in words.
    pub(super) fn plural(self) -> &'static str {
        match self {
            Self::Object => "objects",
            Self::Array => "arrays",
            Self::Scalar => "other values",
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Object => "an object",
            Self::Array => "an array",
            Self::Scalar => "a single value",
        }
    }
}

/// The kind of `value`.
pub(super) fn kind(value: &Value) -> Kind {
    match value {
        Value::Object(_) => Kind::Object,
        Value::Array(_) => Kind::Array,
        _ => Kind::Scalar,
    }
}

/// Where a merged value comes from.
#[derive(Clone)]
pub(super) enum Source {
    /// Its text is there.
    Text(Place),
    /// It is a copy that the action there makes.
    Whole(Place),
}

impl Source {
    fn child(&self, token: &str) -> Self {
        match self {
            Self::Text(place) => Self::Text(place.child(token)),
            Self::Whole(place) => Self::Whole(place.clone()),
        }
    }

    fn origin(&self) -> Origin {
        match self {
            Self::Text(place) => Origin::at(place.clone()),
            Self::Whole(place) => Origin::whole(place.clone()),
        }
    }

    fn place(&self) -> &Place {
        match self {
            Self::Text(place) | Self::Whole(place) => place,
        }
    }
}

/// A merge into one target.
pub(super) struct Merge<'m> {
    pub version: Version,
    pub room: &'m mut Room,
    pub diagnostics: &'m mut Diagnostics,
}

impl Merge<'_> {
    /// Merges `update` into `target`, which an action selects at `pointer`; `None` if they don't fit.
    pub(super) fn target(
        &mut self,
        target: &mut Value,
        origin: &mut Origin,
        pointer: &str,
        update: &Value,
        source: &Source,
    ) -> Option<()> {
        let depth = pointer.matches('/').count();
        match target {
            // An array takes anything as an item.
            Value::Array(items) if !update.is_array() => {
                let token = items.len().to_string();
                items.push(self.copied(update, depth + 1, source)?);
                *origin.child(&token) = source.origin();
                Some(())
            }
            _ => self.merge(target, origin, depth, update, source),
        }
    }

    fn merge(
        &mut self,
        target: &mut Value,
        origin: &mut Origin,
        depth: usize,
        update: &Value,
        source: &Source,
    ) -> Option<()> {
        match (&mut *target, update) {
            (Value::Object(members), Value::Object(updates)) => {
                for (name, update) in updates {
                    let source = source.child(name);
                    match members.get_mut(name) {
                        Some(member) => {
                            self.merge(member, origin.child(name), depth + 1, update, &source)?;
                        }
                        None => {
                            members.insert(name.clone(), self.copied(update, depth + 1, &source)?);
                            *origin.child(name) = source.origin();
                        }
                    }
                }
                return Some(());
            }
            (Value::Array(items), Value::Array(updates)) => {
                for (index, update) in updates.iter().enumerate() {
                    let source = source.child(&index.to_string());
                    let token = items.len().to_string();
                    items.push(self.copied(update, depth + 1, &source)?);
                    *origin.child(&token) = source.origin();
                }
                return Some(());
            }
            // A name with nothing after it is null in YAML, and means nothing.
            (Value::Object(_) | Value::Array(_), Value::Null) => return Some(()),
            (Value::Null, _) => {}
            (old, new) if kind(old) != kind(new) => self.incompatible(kind(old), kind(new), source)?,
            _ => {}
        }
        *target = self.copied(update, depth, source)?;
        *origin = source.origin();
        Some(())
    }

    /// Reports that a value takes the place of one of another kind; `None` if it must not.
    fn incompatible(&mut self, old: Kind, new: Kind, source: &Source) -> Option<()> {
        let (old, new) = (old.word(), new.word());
        let place = source.place();
        if self.version == Version::V1_0 {
            let message = format!(
                "{new} replaces {old} here, which version 1.1 of the Overlay Specification doesn't allow"
            );
            let help = "Remove the old value in an action of its own, and add the new one in the next.";
            self.diagnostics.report(&codes::REPLACED_KIND, place, message, help);
            return Some(());
        }
        let message = format!("{new} can't be merged with {old}");
        let help = "Remove the old value in an action of its own, and add the new one in the next.";
        self.diagnostics.report(&codes::INCOMPATIBLE_ACTION, place, message, help);
        None
    }

    /// A copy of `value`, if there is room for it at `depth`.
    fn copied(&mut self, value: &Value, depth: usize, source: &Source) -> Option<Value> {
        if self.fits(value, depth).is_none() {
            let message = format!(
                "with this the document becomes too large, or nested more than {MAX_DEPTH} levels deep"
            );
            let help = "Select fewer targets, or copy less.";
            self.diagnostics.report(&codes::OVERLAY_LIMIT, source.place(), message, help);
            return None;
        }
        Some(value.clone())
    }

    fn fits(&mut self, value: &Value, depth: usize) -> Option<()> {
        let length = value.as_str().map_or(0, str::len);
        self.room.0.value(length).ok()?;
        match value {
            Value::Object(_) | Value::Array(_) if depth >= MAX_DEPTH => None,
            Value::Object(members) => members.iter().try_for_each(|(name, value)| {
                self.room.0.value(name.len()).ok()?;
                self.fits(value, depth + 1)
            }),
            Value::Array(items) => items.iter().try_for_each(|item| self.fits(item, depth + 1)),
            _ => Some(()),
        }
    }
}
