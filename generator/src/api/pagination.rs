//! Lists that come page by page.

use super::{Ident, TypeRef};
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
}

/// The value of a parameter that is set unless the caller does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// A number.
    Number(i64),
    /// `true`
    True,
}

/// Where a response has its page. Properties are named as they are on the wire.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageForm {
    /// The union, and the index of its variant; `None` if the response is no union.
    pub variant: Option<(Ident, usize)>,
    /// The struct that has the properties below; `None` if the response is the list.
    pub object: Option<Ident>,
    /// The property with the items; `None` if the response is the list.
    pub items: Option<String>,
    /// The property with the checkpoint of the next page.
    pub next: Option<String>,
    /// What the next page's checkpoint is called among the additional properties.
    pub next_in: Option<String>,
    /// The property with the index of the first item.
    pub start: Option<String>,
    /// The property with the number of items on all pages.
    pub total: Option<String>,
    /// Properties that pages of this form don't have: a value with one of them is of another form.
    pub foreign: Vec<String>,
}
