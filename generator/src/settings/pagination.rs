//! How a service pages its lists: names of parameters and of properties of responses.

use serde::Deserialize;
use serde::de::{Deserializer, SeqAccess, Visitor, value::SeqAccessDeserializer};

/// A form in which operations page: those that have the parameter, and a response with a list. A property is its name, or
/// a path: names joined by dots (`meta.next_cursor`), or a JSON Pointer (`/meta/next_cursor`).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "settings-schema", derive(serde::Serialize, schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Paging {
    /// What tells pages apart.
    pub by: PagedBy,
    /// The query parameter that says which page is wanted; if there is none of this name, the property of the JSON body.
    /// By URL or link, only operations that have it page this way.
    #[serde(default)]
    pub position: Option<String>,
    /// The parameter or property with the number of items a page is to have. Unless the caller sets it, its declared
    /// maximum is asked for.
    #[serde(default)]
    pub size: Option<String>,
    /// The boolean parameter or property that asks for an object with `total`.
    #[serde(default)]
    pub totals: Option<String>,
    /// By checkpoint or URL: the property of the response with that of the next page.
    #[serde(default)]
    pub next: Option<String>,
    /// By checkpoint or URL: the header of the response with that of the next page, instead of `next`.
    #[serde(default)]
    pub next_header: Option<String>,
    /// By checkpoint: the property of an item that is the checkpoint after it, instead of `next`. The next page follows
    /// the last item.
    #[serde(default)]
    pub next_item: Option<String>,
    /// The boolean property that says whether another page follows.
    #[serde(default)]
    pub more: Option<String>,
    /// By number: the property with the index of the page's first item.
    #[serde(default)]
    pub start: Option<String>,
    /// By number: the property with the number of items on all pages.
    #[serde(default)]
    pub total: Option<String>,
    /// By page: the property with the number of pages.
    #[serde(default)]
    pub pages: Option<String>,
    /// By number: that of the first page or item.
    #[serde(default)]
    pub first: i64,
    /// The property with the items, if it isn't the only list of the response: the first of these that a response has.
    #[serde(default, deserialize_with = "one_or_several")]
    #[cfg_attr(feature = "settings-schema", schemars(with = "OneOrSeveral"))]
    pub items: Vec<String>,
}

/// What tells pages apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "settings-schema", derive(serde::Serialize, schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum PagedBy {
    /// A text or an integer that the page before gives.
    Checkpoint,
    /// The page's number.
    Page,
    /// The number of items before it.
    Offset,
    /// The whole URL, which the page before gives. It may be relative, and must be on the same server.
    Url,
    /// Likewise, in the header `Link` with the relation `next` (RFC 8288).
    Link,
}

/// What [`one_or_several`] reads.
#[cfg(feature = "settings-schema")]
#[derive(schemars::JsonSchema)]
#[serde(untagged)]
#[allow(dead_code, reason = "it is only described")]
enum OneOrSeveral {
    One(String),
    Several(Vec<String>),
}

/// Reads a text as a list of one.
fn one_or_several<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    struct Texts;

    impl<'de> Visitor<'de> for Texts {
        type Value = Vec<String>;

        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("text or a list")
        }

        fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
            Ok(vec![text.to_owned()])
        }

        fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<Self::Value, A::Error> {
            Vec::deserialize(SeqAccessDeserializer::new(items))
        }
    }

    deserializer.deserialize_any(Texts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_list_needs_no_brackets() {
        let items = |text: &str| {
            let paging: Result<Paging, _> = serde_yaml::from_str(&format!("{{by: link, items: {text}}}"));
            paging.map(|paging| paging.items).map_err(|error| error.to_string())
        };
        assert_eq!(items("/data/items"), Ok(vec!["/data/items".to_owned()]));
        assert_eq!(items("[a, b]"), Ok(vec!["a".to_owned(), "b".to_owned()]));
        assert!(items("{a: b}").unwrap_err().contains("expected text or a list"));
    }
}
