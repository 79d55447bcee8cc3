//! Names: what the document wishes something to be called, and what it is called in Rust.

use std::borrow::Borrow;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

/// Begins the text of an [`Ident`] that isn't settled, and stands in no identifier.
const UNSETTLED: char = '#';

/// A name in Rust: a valid identifier, raw if it is a keyword (`r#type`), and unique in its scope.
///
/// Only the table of names (`rust::names`) settles one. Until then a type's name is a key that is unique among the
/// types of the [`Api`](super::Api), and any other name is empty.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ident(Arc<str>);

impl Ident {
    /// A stand-in for a name that isn't settled: `key` is unique among what is named.
    pub(crate) fn unsettled(key: &str) -> Self {
        let mut text = String::with_capacity(key.len() + UNSETTLED.len_utf8());
        text.push(UNSETTLED);
        text.push_str(key);
        Self(text.into())
    }

    /// A settled name. Only the table of names may call this; a test enforces it.
    pub(crate) fn settled(text: &str) -> Self {
        Self(text.into())
    }

    /// Whether the table of names has settled it.
    pub fn is_settled(&self) -> bool {
        !self.0.is_empty() && !self.0.starts_with(UNSETTLED)
    }

    /// The key that an unsettled name stands for.
    pub(crate) fn key(&self) -> &str {
        self.0.strip_prefix(UNSETTLED).unwrap_or(&self.0)
    }

    /// What an unsettled type name asks for, in words for people.
    pub(crate) fn wished(&self) -> String {
        self.key().replace(SEPARATOR, " ").trim().to_owned()
    }

    /// The name as Rust writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name without `r#`, as rustdoc's links and file names need it.
    pub fn bare(&self) -> &str {
        self.0.strip_prefix("r#").unwrap_or(&self.0)
    }
}

impl Default for Ident {
    /// The unsettled name of something without a key.
    fn default() -> Self {
        Self("".into())
    }
}

impl Deref for Ident {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for Ident {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for Ident {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl PartialEq<str> for Ident {
    fn eq(&self, other: &str) -> bool {
        &*self.0 == other
    }
}

impl PartialEq<&str> for Ident {
    fn eq(&self, other: &&str) -> bool {
        &*self.0 == *other
    }
}

impl fmt::Display for Ident {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Ident {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.0, f)
    }
}

/// The name that something wishes for, and how binding the wish is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Wish {
    /// The document or the settings name it. It keeps this name unless another has the same one.
    Required(String),
    /// A name made from its surroundings.
    Suggested(String),
    /// Nothing names it: a word for what it is, such as `Object`.
    Unknown(String),
}

impl Wish {
    /// The words of the wish.
    pub fn words(&self) -> &str {
        match self {
            Self::Required(words) | Self::Suggested(words) | Self::Unknown(words) => words,
        }
    }
}

/// Stands between the parts of a key; no name of a document has it, since it is replaced.
const SEPARATOR: char = '\u{1f}';

/// Begins the number of a key that would be another's.
const COUNT: char = '\u{1e}';

/// The key of what stands inside `owner` and is called `words` there.
pub(crate) fn inner_key(owner: &str, words: &str) -> String {
    let words = words.replace([SEPARATOR, COUNT], " ");
    format!("{owner}{SEPARATOR}{words}")
}

/// A key like `key` for the type with this number among those that would have it.
pub(crate) fn counted_key(key: &str, count: usize) -> String {
    format!("{key}{SEPARATOR}{COUNT}{count}")
}

/// The key of the owner, and what the type is called there; `None` of a key that has no owner.
pub(crate) fn split_key(key: &str) -> Option<(&str, &str)> {
    key.rsplit_once(SEPARATOR)
}

/// The key without what [`counted_key`] adds.
pub(crate) fn uncounted_key(key: &str) -> &str {
    split_key(key).filter(|(_, words)| words.starts_with(COUNT)).map_or(key, |(plain, _)| plain)
}
