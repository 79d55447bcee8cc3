//! Structs and enums as text. They hold no expressions that would have to be broken over lines, and are most of
//! what is generated, so that they are laid out here instead of by way of tokens and `prettyplease`.

use super::docs;

/// A struct or an enum in the making.
pub(super) struct Declaration {
    text: String,
    empty: bool,
}

impl Declaration {
    /// One that begins with `docs`, `attributes` and `head`, e.g. `pub struct Name`.
    pub(super) fn new(docs: &[String], attributes: &[&str], head: &str) -> Self {
        let mut text = docs::comment(docs);
        for attribute in attributes {
            text.push_str(attribute);
            text.push('\n');
        }
        text.push_str(head);
        text.push_str(" {");
        Self { text, empty: true }
    }

    /// Adds a field or a variant.
    pub(super) fn member(&mut self, docs: &[String], deprecated: bool, member: &str) {
        if self.empty {
            self.text.push('\n');
            self.empty = false;
        }
        docs::write_comment(&mut self.text, "    ", docs);
        if deprecated {
            self.text.push_str("    #[deprecated]\n");
        }
        self.text.push_str("    ");
        self.text.push_str(member);
        self.text.push_str(",\n");
    }

    /// The text.
    pub(super) fn finish(mut self) -> String {
        self.text.push_str("}\n");
        self.text
    }
}

/// The conversion to a variant from its payload, or from `value`, of which `payload` is made.
pub(super) fn from_payload(ty: &str, name: &str, variant: &str, value: &str, payload: &str) -> String {
    format!(
        "impl From<{ty}> for {name} {{\n    #[inline]\n    fn from({value}: {ty}) -> Self {{\n        \
         Self::{variant}({payload})\n    }}\n}}\n"
    )
}
