//! How a service pages its lists: names of parameters and of properties of responses.

use serde::Deserialize;

/// A form in which operations page: those that have the parameter, and a response with a list.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "settings-schema", derive(serde::Serialize, schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Paging {
    /// What tells pages apart.
    pub by: PagedBy,
    /// The parameter that says which page is wanted.
    pub position: String,
    /// The parameter with the number of items a page is to have. Unless the caller sets it, its declared maximum
    /// is asked for.
    #[serde(default)]
    pub size: Option<String>,
    /// The boolean parameter that asks for an object with `total`.
    #[serde(default)]
    pub totals: Option<String>,
    /// By checkpoint: the property of the response with that of the next page.
    #[serde(default)]
    pub next: Option<String>,
    /// By number: the property with the index of the page's first item.
    #[serde(default)]
    pub start: Option<String>,
    /// By number: the property with the number of items on all pages.
    #[serde(default)]
    pub total: Option<String>,
    /// By number: that of the first page or item.
    #[serde(default)]
    pub first: i64,
    /// The property with the items, if a response has several lists: the first of these that it has.
    #[serde(default)]
    pub items: Vec<String>,
}

/// What tells pages apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "settings-schema", derive(serde::Serialize, schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum PagedBy {
    /// A text that the page before gives.
    Checkpoint,
    /// The page's number.
    Page,
    /// The number of items before it.
    Offset,
}
