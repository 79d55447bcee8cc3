//! The namespaces that are declared where something is written.

use crate::xml::text::XML;

/// The declarations that are in force, the innermost last.
#[derive(Debug, Default)]
pub(super) struct Scope {
    /// Prefixes and namespaces. The prefix of the default namespace is empty.
    bindings: Vec<(String, String)>,
}

/// The declarations that a start tag adds, and the prefixes that it uses.
#[derive(Debug, Default)]
pub(super) struct Tag {
    new: Vec<(String, String)>,
    used: Vec<(String, String)>,
}

impl Scope {
    /// The namespace of a prefix; empty if there is none.
    fn namespace(&self, prefix: &str) -> &str {
        let binding = self.bindings.iter().rev().find(|(known, _)| known == prefix);
        binding.map_or("", |(_, namespace)| namespace)
    }

    /// Makes unprefixed names be in `namespace`.
    pub fn set_default(&self, tag: &mut Tag, namespace: &str) {
        if self.namespace("") != namespace {
            tag.new.push((String::new(), namespace.to_owned()));
        }
    }

    /// A prefix for `namespace` in the tag: the `wanted` one, unless the tag has another use for it.
    pub fn prefix(&self, tag: &mut Tag, wanted: &str, namespace: &str) -> String {
        if namespace == XML {
            return "xml".to_owned();
        }
        let is_free = |prefix: &str| tag.used.iter().all(|(used, of)| used != prefix || of == namespace);
        let invented = (0..).map(|number| format!("ns{number}"));
        let wanted = (!matches!(wanted, "" | "xml" | "xmlns")).then(|| wanted.to_owned());
        let prefix = wanted.into_iter().chain(invented).find(|prefix| is_free(prefix)).unwrap_or_default();
        if !tag.new.iter().any(|(known, _)| *known == prefix) && self.namespace(&prefix) != namespace {
            tag.new.push((prefix.clone(), namespace.to_owned()));
        }
        tag.used.push((prefix.clone(), namespace.to_owned()));
        prefix
    }

    /// Enters the tag, and returns what to leave it with.
    pub fn enter(&mut self, tag: Tag) -> usize {
        let before = self.bindings.len();
        self.bindings.extend(tag.new);
        before
    }

    /// Leaves a tag.
    pub fn leave(&mut self, before: usize) {
        self.bindings.truncate(before);
    }
}

impl Tag {
    /// The declarations to write.
    pub fn declarations(&self) -> impl Iterator<Item = (&str, &str)> {
        self.new.iter().map(|(prefix, namespace)| (&**prefix, &**namespace))
    }
}
