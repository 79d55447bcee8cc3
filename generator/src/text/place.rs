//! Where a value is.

use std::sync::Arc;

/// A JSON Pointer (RFC 6901) into one file of the document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// The file, relative to the document's folder; empty for the document itself.
    pub file: Arc<str>,
    /// The pointer, e.g. `/paths/~1pets/get`; empty for the whole file.
    pub pointer: Arc<str>,
}

impl Place {
    /// The place of the member or element `token` of this one. `token` isn't escaped yet.
    pub fn child(&self, token: &str) -> Self {
        let mut pointer = String::with_capacity(self.pointer.len() + 1 + token.len());
        pointer.push_str(&self.pointer);
        pointer.push('/');
        if memchr::memchr2(b'~', b'/', token.as_bytes()).is_some() {
            pointer.push_str(&escape(token));
        } else {
            pointer.push_str(token);
        }
        Self { file: self.file.clone(), pointer: pointer.into() }
    }
}

/// A name as a token of a JSON Pointer (RFC 6901, section 3).
pub fn escape(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// The name that a token of a JSON Pointer stands for (RFC 6901, section 4).
pub fn unescape(token: &str) -> String {
    token.replace("~1", "/").replace("~0", "~")
}
