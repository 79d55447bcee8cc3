//! Applies the actions of an overlay.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

use indexmap::IndexMap;
use serde_json::Value;

use super::actions::{Action, Change, Overlay, Target, Version};
use super::merge::{Kind, Merge, Room, Source, kind};
use crate::diagnostics::{Diagnostics, codes};
use crate::text::{Origin, Place, Steps, unescape};

/// What all overlays together may do.
#[derive(Default)]
pub(super) struct Changes {
    steps: Steps,
    room: Room,
}

impl Changes {
    /// Applies the actions of `overlay` to `value`, the value of `file`; `None` if one of them can't be applied.
    pub(super) fn apply(
        &mut self,
        overlay: &Overlay<'_>,
        file: &Arc<str>,
        value: &mut Value,
        origin: &mut Origin,
        diagnostics: &mut Diagnostics,
    ) -> Option<()> {
        for action in &overlay.actions {
            let targets = self.select(&action.target, value, diagnostics)?;
            if targets.is_empty() {
                let message = format!(
                    "the document has nothing at `{}`, so this action changes nothing",
                    action.target.text
                );
                let help = "Correct the target, or remove the action if the document no longer needs it.";
                diagnostics.report(&codes::UNMATCHED_ACTION, &action.target.place, message, help);
                continue;
            }
            let (update, source) = match &action.change {
                Change::Remove => {
                    remove(&targets, action, file, value, origin, diagnostics)?;
                    continue;
                }
                Change::Update(update) => (Cow::Borrowed(update.value), Source::Text(update.place.clone())),
                Change::Copy(copy) => {
                    let copied = self.select(copy, value, diagnostics)?;
                    let [one] = &copied[..] else {
                        let message = format!("`copy` must select one value, but selects {}", copied.len());
                        diagnostics.report(
                            &codes::INCOMPATIBLE_ACTION,
                            &copy.place,
                            message,
                            "Correct the expression.",
                        );
                        return None;
                    };
                    (Cow::Owned(value.pointer(one)?.clone()), Source::Whole(copy.place.clone()))
                }
            };
            same_kind(&targets, action, overlay.version, value, diagnostics)?;
            for target in &targets {
                // An action that replaces a value also replaces the targets in it.
                let Some(value) = value.pointer_mut(target) else { continue };
                let mut merge = Merge { version: overlay.version, room: &mut self.room, diagnostics };
                merge.target(value, origin.below(target), target, &update, &source)?;
            }
        }
        Some(())
    }

    fn select(
        &mut self,
        target: &Target<'_>,
        value: &Value,
        diagnostics: &mut Diagnostics,
    ) -> Option<Vec<String>> {
        let selected = target.path.select(value, &mut self.steps).map_err(|_| {
            let message = format!("finding what `{}` selects takes too long", target.text);
            let help = "Name the way to the values, instead of searching with `..` and filters in filters.";
            diagnostics.report(&codes::OVERLAY_LIMIT, &target.place, message, help);
        });
        selected.ok()
    }
}

/// Checks that the targets of an update are of one kind, as version 1.1 requires.
fn same_kind(
    targets: &[String],
    action: &Action<'_>,
    version: Version,
    value: &Value,
    diagnostics: &mut Diagnostics,
) -> Option<()> {
    let kinds: BTreeSet<Kind> = targets.iter().filter_map(|target| value.pointer(target)).map(kind).collect();
    if version == Version::V1_0 && kinds.contains(&Kind::Scalar) {
        let message = "targets other than objects and arrays require version 1.1 of the Overlay Specification; they are \
                       replaced as there";
        diagnostics.report(&codes::LATER_OVERLAY, &action.target.place, message, "Write `overlay: 1.1.0`.");
    }
    if version == Version::V1_1 && kinds.len() > 1 {
        let kinds: Vec<&str> = kinds.into_iter().map(Kind::plural).collect();
        let message = format!("the targets must be of one kind, but are {}", kinds.join(" and "));
        let help = "Write an action for each kind, or correct the target.";
        diagnostics.report(&codes::INCOMPATIBLE_ACTION, &action.target.place, message, help);
        return None;
    }
    Some(())
}

/// Removes the values at `targets`, which are in the document's order.
fn remove(
    targets: &[String],
    action: &Action<'_>,
    file: &Arc<str>,
    value: &mut Value,
    origin: &mut Origin,
    diagnostics: &mut Diagnostics,
) -> Option<()> {
    let mut by_parent: IndexMap<&str, Vec<&str>> = IndexMap::new();
    for target in targets {
        let Some((parent, token)) = target.rsplit_once('/') else {
            let message = "the whole document can't be removed";
            diagnostics.report(
                &codes::INCOMPATIBLE_ACTION,
                &action.target.place,
                message,
                "Correct the target.",
            );
            return None;
        };
        by_parent.entry(parent).or_default().push(token);
    }
    // Backwards, so that no index changes before it is used.
    for (parent, tokens) in by_parent.into_iter().rev() {
        let place = origin.of(&Place { file: file.clone(), pointer: parent.into() });
        match value.pointer_mut(parent) {
            Some(Value::Object(members)) => {
                let names: BTreeSet<String> = tokens.into_iter().map(unescape).collect();
                members.retain(|name, _| !names.contains(name));
                names.iter().for_each(|name| origin.below(parent).forget(name));
            }
            Some(Value::Array(items)) => {
                let indices: BTreeSet<usize> =
                    tokens.into_iter().filter_map(|token| token.parse().ok()).collect();
                origin.below(parent).remove(&place, &indices, items.len());
                let mut index = 0..;
                items.retain(|_| index.next().is_none_or(|index| !indices.contains(&index)));
            }
            _ => {}
        }
    }
    Some(())
}
