//! Events: the modules that contain them, and what compiles these.

use super::names::unique;
use crate::api::{Api, Events, Ident};

/// A module of events, whose file is `src/{module}.rs`.
#[derive(Clone, Debug)]
pub struct EventModule<'a> {
    /// The module: `webhooks` or `callbacks`, unless a group of operations has that name.
    pub module: Ident,
    /// Whether it is for the webhooks of the document rather than for callbacks.
    pub is_webhooks: bool,
    /// What is in it.
    pub events: Vec<&'a Events>,
}

impl<'a> EventModule<'a> {
    pub(super) fn all(api: &'a Api) -> Vec<Self> {
        let (webhooks, callbacks): (Vec<&Events>, Vec<&Events>) =
            api.events.iter().partition(|events| events.are_webhooks());
        let modules = [
            (true, ["webhooks", "webhook_events"], webhooks),
            (false, ["callbacks", "operation_callbacks"], callbacks),
        ];
        let modules = modules.into_iter().filter(|(_, _, events)| !events.is_empty());
        let module = |(is_webhooks, names, events): (bool, [&str; 2], _)| {
            let is_group = |name: &str| {
                let mut groups = api.operations.iter().filter_map(|operation| operation.group.first());
                groups.any(|group| *group == *name)
            };
            let mut name = names[0].to_owned();
            while is_group(&name) {
                name = if name == names[0] { names[1].to_owned() } else { format!("{name}_") };
            }
            Self { module: unique(&name), is_webhooks, events }
        };
        modules.map(module).collect()
    }
}

/// The cargo feature that compiles the verification of signatures; no group of operations has a name like it.
pub(crate) const SIGNATURES: &str = "webhook-signatures";
