//! What an overlay says: its actions, in their order.

use serde_json::Value;

use crate::diagnostics::{Diagnostics, codes};
use crate::source::at::At;
use crate::source::likeness::instead_of;
use crate::text::{JsonPath, Place};

/// An overlay that has been read.
pub(super) struct Overlay<'o> {
    pub version: Version,
    pub extends: Option<At<'o>>,
    pub actions: Vec<Action<'o>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Version {
    V1_0,
    V1_1,
}

/// An action.
pub(super) struct Action<'o> {
    /// What it changes.
    pub target: Target<'o>,
    pub change: Change<'o>,
}

/// A JSONPath of an action.
pub(super) struct Target<'o> {
    pub place: Place,
    pub text: &'o str,
    pub path: JsonPath,
}

pub(super) enum Change<'o> {
    Remove,
    Update(At<'o>),
    Copy(Target<'o>),
}

/// The overlay in `value`; `None` if it is malformed.
pub(super) fn read<'o>(
    value: &'o Value,
    place: &Place,
    diagnostics: &mut Diagnostics,
) -> Option<Overlay<'o>> {
    let at = At { value, place: place.clone() };
    let mut reading = Reading { diagnostics, is_malformed: false };
    reading.object(&at, "an overlay", &["overlay", "info", "extends", "actions"])?;
    let version = reading.version(&at);
    if let Some(info) = reading.required(&at, "info")
        && reading.object(&info, "the overlay's `info`", &["title", "version", "description"]).is_some()
    {
        for name in ["title", "version"] {
            let _ = reading.required(&info, name);
        }
    }
    let extends = at.get("extends");
    if let Some(extends) = extends.as_ref().filter(|extends| !extends.value.is_string()) {
        reading.malformed(
            &extends.place,
            "`extends` must be a string",
            "Write the path or the URL of the document.",
        );
    }
    let list = reading.required(&at, "actions")?;
    if list.value.as_array().is_none_or(Vec::is_empty) {
        reading.malformed(&list.place, "`actions` must be a list of at least one action", "Add an action.");
    }
    let actions = list.items().filter_map(|action| reading.action(action, version)).collect();
    let is_malformed = reading.is_malformed;
    version.filter(|_| !is_malformed).map(|version| Overlay { version, extends, actions })
}

struct Reading<'d> {
    diagnostics: &'d mut Diagnostics,
    is_malformed: bool,
}

impl Reading<'_> {
    fn malformed(&mut self, place: &Place, message: impl Into<String>, help: &str) {
        self.is_malformed = true;
        self.diagnostics.report(&codes::INVALID_OVERLAY, place, message, help);
    }

    /// Reports members other than `known`; `None` if `at` isn't an object.
    fn object(&mut self, at: &At<'_>, what: &str, known: &[&str]) -> Option<()> {
        if !at.value.is_object() {
            self.malformed(&at.place, format!("{what} must be an object"), "Correct the overlay.");
            return None;
        }
        for (name, member) in at.members() {
            if !name.starts_with("x-") && !known.contains(&name) {
                let message = format!("unknown member {name:?} in {what}; it is ignored");
                let help = instead_of(name, known.iter().copied());
                self.diagnostics.report(&codes::UNKNOWN_MEMBER, &member.place, message, help);
            }
        }
        Some(())
    }

    fn required<'o>(&mut self, at: &At<'o>, name: &str) -> Option<At<'o>> {
        let member = at.get(name);
        if member.is_none() {
            self.malformed(
                &at.place,
                format!("`{name}` is missing"),
                "Add it; the Overlay Specification requires it.",
            );
        }
        member
    }

    fn version(&mut self, at: &At<'_>) -> Option<Version> {
        let at = self.required(at, "overlay")?;
        let text = match at.value {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        let is =
            |minor: &str| text == minor || text.strip_prefix(minor).is_some_and(|rest| rest.starts_with('.'));
        match (is("1.0"), is("1.1")) {
            (true, _) => return Some(Version::V1_0),
            (_, true) => return Some(Version::V1_1),
            _ => {}
        }
        let message = format!("version {text} of the Overlay Specification isn't supported");
        self.malformed(&at.place, message, "Write an overlay of version 1.0.0 or 1.1.0.");
        None
    }

    fn action<'o>(&mut self, at: At<'o>, version: Option<Version>) -> Option<Action<'o>> {
        self.object(&at, "an action", &["target", "description", "update", "copy", "remove"])?;
        let target = self.required(&at, "target");
        let target = target.and_then(|target| self.path(&target, "target"));
        if let Some(description) = at.get("description").filter(|description| !description.value.is_string())
        {
            self.malformed(&description.place, "`description` must be a string", "Put it in quotes.");
        }
        let copy = at.get("copy");
        if let Some(copy) = copy.as_ref().filter(|_| version == Some(Version::V1_0)) {
            let message = "`copy` requires version 1.1 of the Overlay Specification; it is read as there";
            self.later(&copy.place, message);
        }
        // Null is a value to replace others with.
        let update = at.members().find(|(name, _)| *name == "update").map(|(_, update)| update);
        let removes = match at.get("remove") {
            None => false,
            Some(remove) => remove.value.as_bool().unwrap_or_else(|| {
                self.malformed(&remove.place, "`remove` must be true or false", "Correct the value.");
                false
            }),
        };
        let ignored = [&update, &copy].into_iter().flatten().filter(|_| removes);
        for ignored in ignored {
            let message = "this says nothing, since the action removes its targets";
            let help = "Remove it, or remove `remove`.";
            self.diagnostics.report(&codes::IDLE_ACTION, &ignored.place, message, help);
        }
        let change = match (removes, update, copy) {
            (true, ..) => Change::Remove,
            (false, Some(_), Some(copy)) => {
                self.malformed(
                    &copy.place,
                    "an action can't have both `update` and `copy`",
                    "Write two actions.",
                );
                return None;
            }
            (false, Some(update), None) => Change::Update(update),
            (false, None, Some(copy)) => Change::Copy(self.path(&copy, "copy")?),
            (false, None, None) => {
                let message = "this action changes nothing: it has no `update`, `copy` or `remove`";
                self.diagnostics.report(
                    &codes::IDLE_ACTION,
                    &at.place,
                    message,
                    "Complete the action, or remove it.",
                );
                return None;
            }
        };
        Some(Action { target: target?, change })
    }

    fn later(&mut self, place: &Place, message: &str) {
        let help = "Write `overlay: 1.1.0`.";
        self.diagnostics.report(&codes::LATER_OVERLAY, place, message, help);
    }

    fn path<'o>(&mut self, at: &At<'o>, name: &str) -> Option<Target<'o>> {
        let Some(text) = at.value.as_str() else {
            self.malformed(
                &at.place,
                format!("`{name}` must be a string"),
                "Write a JSONPath, such as `$.info`.",
            );
            return None;
        };
        let parsed = JsonPath::parse(text).map_err(|error| {
            let read = text.chars().count().saturating_sub(error.left);
            let read: String = text.chars().take(read).collect();
            let message = format!("this isn't a JSONPath (RFC 9535): after {read:?}, {}", error.message);
            self.malformed(&at.place, message, "Correct the expression, for example `$.paths['/pets'].get`.");
        });
        let path = parsed.ok()?;
        for name in &path.hyphenated {
            let message = format!(
                "after a dot, RFC 9535 allows no name with a hyphen, such as {name:?}; it is read as one"
            );
            let help = format!("Write `['{name}']`.");
            self.diagnostics.report(&codes::LENIENT_PATH, &at.place, message, help);
        }
        Some(Target { place: at.place.clone(), text, path })
    }
}
