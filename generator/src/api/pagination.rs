//! Lists that come page by page.

use super::TypeRef;
pub use crate::settings::PagedBy;

/// A form in which an operation pages.
#[derive(Clone, Debug, PartialEq)]
pub struct Pagination {
    /// What tells pages apart.
    pub by: PagedBy,
    /// The index in the operation's parameters of the one that says which page is wanted; it is optional.
    pub position: usize,
    /// The number of the first page or item; 0 by checkpoint.
    pub first: i64,
    /// Parameters that are set unless the caller does, so that pages of this form come: their indices, and the
    /// values.
    pub asked: Vec<(usize, Asked)>,
    /// The type of an item.
    pub item: TypeRef,
    /// What the response looks like: one for each alternative of a union that is a page, else one.
    pub forms: Vec<PageForm>,
    /// The method that gives a stream of pages.
    pub pages: String,
    /// The method that gives a stream of items.
    pub items: String,
}

/// The value of a parameter that is set unless the caller does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// A number.
    Number(i64),
    /// `true`
    True,
}

/// Where a response has its page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageForm {
    /// The union and its variant; `None` if the response is no union.
    pub variant: Option<(String, String)>,
    /// The field with the items; `None` if the response is the list.
    pub items: Option<String>,
    /// The field with the checkpoint of the next page.
    pub next: Option<String>,
    /// The field of properties without one, and the name on the wire that the next page's checkpoint has among
    /// them.
    pub next_in: Option<(String, String)>,
    /// The field with the index of the first item.
    pub start: Option<String>,
    /// The field with the number of items on all pages.
    pub total: Option<String>,
    /// Fields that pages of this form don't have: with one of them there it is of another form.
    pub foreign: Vec<String>,
}
