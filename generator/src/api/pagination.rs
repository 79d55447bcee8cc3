//! Lists that come page by page.

use super::{Ident, TypeRef};
pub use crate::settings::PagedBy;

/// A form of an operation's pagination.
#[derive(Clone, Debug, PartialEq)]
pub struct Pagination {
    /// What tells pages apart.
    pub by: PagedBy,
    /// The index of the parameter that selects the page; it is optional.
    pub position: usize,
    /// The number of the first page or item; 0 if pages have checkpoints.
    pub first: i64,
    /// Parameters that request pages of this form, unless the caller sets them: their indices and values.
    pub asked: Vec<(usize, Asked)>,
    /// The type of an item.
    pub item: TypeRef,
    /// The forms of a page in the response: one for each alternative if it is a union, otherwise one.
    pub forms: Vec<PageForm>,
}

/// The value of a parameter that is set unless the caller sets it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// A number.
    Number(i64),
    /// `true`
    True,
}

/// Where the page is in a response. Properties have their names on the wire.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageForm {
    /// The union, and the index of its variant; `None` if the response isn't a union.
    pub variant: Option<(Ident, usize)>,
    /// The struct that has the properties below; `None` if the response is the list.
    pub object: Option<Ident>,
    /// The property with the items; `None` if the response is the list.
    pub items: Option<String>,
    /// The property with the checkpoint of the next page.
    pub next: Option<String>,
    /// The name of the next page's checkpoint among the additional properties.
    pub next_in: Option<String>,
    /// The property with the index of the first item.
    pub start: Option<String>,
    /// The property with the number of items on all pages.
    pub total: Option<String>,
    /// Properties that pages of this form lack. A value with one of them has another form.
    pub foreign: Vec<String>,
}
