//! Long-running operations: the method that polls.

use super::names::{Case, Scope};
use crate::api::{Ident, LongRunning, Operation};

/// The method of a builder that starts work which goes on after the response.
#[derive(Clone, Debug)]
pub struct PollingMethod<'a> {
    /// What it is made from.
    pub long_running: &'a LongRunning,
    /// The method.
    pub poll: Ident,
}

impl<'a> PollingMethod<'a> {
    pub(super) fn new(operation: &'a Operation, methods: &mut Scope) -> Option<Self> {
        let long_running = operation.long_running.as_ref()?;
        let wanted = ["poll", "poll_until_done"].map(str::to_owned);
        Some(Self { long_running, poll: methods.take(&wanted, Case::Snake, &operation.id) })
    }
}
