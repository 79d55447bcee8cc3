//! References where OpenAPI allows none, as in place of an operation or of a map. They can mean only one thing, and so
//! are followed.

use serde_json::Value;

use super::at::At;
use super::reader::{MAX_HOPS, Reader};
use crate::diagnostics::codes;
use crate::text::{Place, unescape};

impl<'a> Reader<'a> {
    /// `at`, which stands for `what`, and, while that is a reference, what it refers to. Members of the ones before take
    /// precedence over those of the ones after.
    pub(super) fn beyond_references(&mut self, at: At<'a>, what: &str) -> Vec<At<'a>> {
        // The value of a member whose name happens to be `$ref` isn't a string.
        if !at.value_of("$ref").is_some_and(Value::is_string) {
            return vec![at];
        }
        self.misplaced.entry(what.to_owned()).or_default().insert(at.place.child("$ref"));
        let mut hops = vec![at];
        while let Some(reference) = hops.last().and_then(|last| last.get("$ref")) {
            let Some(text) = reference.value.as_str() else { break };
            if hops.len() > MAX_HOPS {
                self.circle(&reference.place);
                break;
            }
            match self.target_of(&reference.place, text, "") {
                Some(target) => hops.push(target),
                None => break,
            }
        }
        hops
    }

    /// The last of them: what stands for `what` after all; `None` if a reference leads nowhere.
    pub(super) fn beyond_reference(&mut self, at: At<'a>, what: &str) -> Option<At<'a>> {
        let mut hops = self.beyond_references(at, what);
        let last = hops.pop();
        hops.iter().for_each(|reference| self.only_reference(reference));
        last.filter(|last| !last.value_of("$ref").is_some_and(Value::is_string))
    }

    /// The value at `place`, even if the way there leads through references.
    pub(super) fn find(&self, place: &Place) -> Option<At<'a>> {
        if let Some(value) = self.files.get(place) {
            return Some(At { value, place: place.clone() });
        }
        let start = Place { file: place.file.clone(), pointer: "".into() };
        let mut at = At { value: self.files.get(&start)?, place: start };
        let mut hops = 0;
        for token in place.pointer.strip_prefix('/')?.split('/') {
            let name = unescape(token);
            loop {
                let child = match at.value {
                    Value::Object(members) => members.get(&name),
                    Value::Array(items) => name.parse().ok().and_then(|index: usize| items.get(index)),
                    _ => None,
                };
                if let Some(value) = child {
                    at = At { value, place: at.place.child(&name) };
                    break;
                }
                let reference = at.value_of("$ref")?.as_str()?;
                hops += 1;
                let target = self.files.resolve(&at.place, reference);
                let value = self.files.get(&target).filter(|_| hops <= MAX_HOPS)?;
                at = At { value, place: target };
            }
        }
        Some(at)
    }

    /// Reports the references that stand where OpenAPI allows none, at the first of each kind: some documents write
    /// all their operations so.
    pub(super) fn report_misplaced(&mut self) {
        for (what, places) in std::mem::take(&mut self.misplaced) {
            let Some(first) = places.first() else { continue };
            let others = others(places.len());
            let message = format!("OpenAPI allows no `$ref` in place of {what}{others}; it is followed");
            let help = "Other tools may ignore it: write what it refers to here instead.";
            self.diagnostics.report(&codes::MISPLACED_REFERENCE, first, message, help);
        }
    }
}

/// Says how many of `places` there are besides the one where the message is.
pub(super) fn others(places: usize) -> String {
    match places.saturating_sub(1) {
        0 => String::new(),
        1 => ", here and in one other place".to_owned(),
        many => format!(", here and in {many} other places"),
    }
}
