//! What a document says for people and other tools, and a client has no use for.

use super::at::At;
use super::misplaced::others;
use super::reader::Reader;
use crate::diagnostics::codes;

impl Reader<'_> {
    /// Notes those of the `members` that `at` has, one of `what`: nothing uses them.
    pub(super) fn no_use(&mut self, at: &At<'_>, what: &'static str, members: &[&'static str]) {
        for member in members.iter().filter(|member| at.value_of(member).is_some()) {
            self.unused.entry((member, what)).or_default().insert(at.place.child(member));
        }
    }

    /// Reports what has no use, at the first of each kind.
    pub(super) fn report_unused(&mut self) {
        for ((member, what), places) in std::mem::take(&mut self.unused) {
            let Some(first) = places.first() else { continue };
            let message = format!("`{member}` of {what} isn't used{}", others(places.len()));
            let help = "Write what callers should read in the `description` of an operation, a parameter or a schema.";
            self.diagnostics.report(&codes::UNUSED_BY_CLIENTS, first, message, help);
        }
    }
}
