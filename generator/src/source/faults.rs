//! What errors in schemas and operations mean for the whole: a fault that no operation needs is only a warning, and a
//! caller may ask to go on without the operations that have one.

use std::sync::Arc;

use super::document::{Operation, SchemaId};
use super::reader::Reader;
use crate::diagnostics::{Code, Diagnostics, codes};

/// The errors about what a reference leads to.
pub(super) const NO_TARGET: &[&Code] =
    &[&codes::WRONG_TYPE, &codes::DANGLING_REFERENCE, &codes::MISMATCHED_REFERENCE];

/// The errors about references that don't matter in a schema that no operation uses.
const NO_USE: &[&Code] = &[&codes::FORBIDDEN_REFERENCE, &codes::CIRCULAR_REFERENCE];

impl Reader<'_> {
    /// What `read` reads, and what it reports.
    pub(super) fn apart<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> (T, Diagnostics) {
        let before = std::mem::take(&mut self.diagnostics);
        let value = read(self);
        (value, std::mem::replace(&mut self.diagnostics, before))
    }

    /// What `read` reads. Its errors are reported as warnings of the kind `code`, each followed by its `consequence`.
    pub(super) fn leniently<T>(
        &mut self,
        code: &'static Code,
        consequence: &str,
        read: impl FnOnce(&mut Self) -> T,
    ) -> T {
        let (value, found) = self.apart(read);
        self.diagnostics.extend(found.with_errors_as(code, consequence, |_| true));
        value
    }

    /// What `read` reads, which the client can do without: if it reads nothing, its errors are only warnings.
    pub(super) fn dispensable<T>(
        &mut self,
        consequence: &str,
        read: impl FnOnce(&mut Self) -> Option<T>,
    ) -> Option<T> {
        let (value, found) = self.apart(read);
        let is_nothing = |_: &_| value.is_none();
        let found = found.with_errors_as(&codes::IGNORED_FAULT, consequence, is_nothing);
        self.diagnostics.extend(found);
        value
    }

    /// The operations that `read` reads, which `what` names. With errors there are none, if the caller wants to go on.
    pub(super) fn whole<T>(&mut self, what: &str, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let (value, found) = self.apart(read);
        if !found.has_errors() {
            self.diagnostics.extend(found);
            return value;
        }
        if self.keep_going {
            let consequence = format!("{what} is left out");
            self.diagnostics.extend(found.with_errors_as(&codes::LEFT_OUT, &consequence, |_| true));
            return None;
        }
        let advice = format!("With `--keep-going`, {what} is left out instead.");
        self.diagnostics.extend(found.with_advice(&advice));
        value
    }

    /// Reports the errors in schemas, as warnings where no operation uses the schema.
    pub(super) fn settle_faults(&mut self, operations: &mut [Operation]) {
        let circles = self.circles();
        for id in &circles {
            let place = self.schemas[*id].place.clone();
            let ((), found) = self.apart(|reader| reader.circle(&place));
            self.faults.push((*id, found));
        }
        if self.faults.is_empty() {
            return;
        }
        let reached = self.reached(operations);
        for (id, found) in std::mem::take(&mut self.faults) {
            let consequence = "no operation uses this schema, so it is ignored";
            let is_unused = |code: &_| !reached[id.0 as usize] && NO_USE.contains(&code);
            let found = found.with_errors_as(&codes::IGNORED_FAULT, consequence, is_unused);
            self.diagnostics.extend(match self.keep_going {
                true => found.with_errors_as(&codes::UNTYPED, "it is ignored", |_| true),
                false => {
                    found.with_advice("With `--keep-going`, this part of the schema is ignored instead.")
                }
            });
        }
        for id in circles {
            Arc::make_mut(&mut self.schemas.0[id.0 as usize]).reference = None;
        }
    }

    /// A schema of each circle of schemas that only refer to each other.
    fn circles(&self) -> Vec<SchemaId> {
        let mut circles = Vec::new();
        let mut state = vec![0_usize; self.schemas.0.len()];
        for start in 0..self.schemas.0.len() {
            let mut current = start;
            while state[current] == 0 {
                state[current] = start + 1;
                match self.schemas.0[current].reference {
                    Some(next) => current = next.0 as usize,
                    None => break,
                }
            }
            if state[current] == start + 1 && self.schemas.0[current].reference.is_some() {
                circles.extend(u32::try_from(current).map(SchemaId));
            }
        }
        circles
    }

    /// Whether the operations, or the requests that the service sends, reach each schema. Without any of them the schemas
    /// are all that is wanted.
    fn reached(&mut self, operations: &mut [Operation]) -> Vec<bool> {
        if operations.is_empty() && self.received.is_empty() {
            return vec![true; self.schemas.0.len()];
        }
        let mut reached = vec![false; self.schemas.0.len()];
        let requests = self.received.iter_mut().map(|received| &mut received.request);
        let used = operations.iter_mut().chain(requests).flat_map(Operation::ids_mut);
        let mut queue: Vec<SchemaId> = used.map(|id| *id).collect();
        while let Some(id) = queue.pop() {
            if !std::mem::replace(&mut reached[id.0 as usize], true) {
                let schema = Arc::make_mut(&mut self.schemas.0[id.0 as usize]);
                queue.extend(schema.ids_mut().map(|id| *id));
            }
        }
        reached
    }
}
