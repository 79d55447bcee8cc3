//! Lists that come page by page.

use super::{Ident, TypeRef};
pub use crate::settings::PagedBy;

/// A form of an operation's pagination.
#[derive(Clone, Debug, PartialEq)]
pub struct Pagination {
    /// What tells pages apart.
    pub by: PagedBy,
    /// What selects the page; it is optional. None by URL or link, where the whole URL does.
    pub position: Option<Input>,
    /// The number of the first page or item; 0 if pages have checkpoints or URLs.
    pub first: i64,
    /// What requests pages of this form, unless the caller sets it, and its value.
    pub asked: Vec<(Input, Asked)>,
    /// The header of the response with the checkpoint or the URL of the next page, if the body doesn't have it.
    pub next_header: Option<String>,
    /// The struct that an item is, and the property in it, if the last item has the checkpoint of the next page.
    pub next_item: Option<(Ident, Path)>,
    /// The type of an item.
    pub item: TypeRef,
    /// The forms of a page in the response: one for each alternative if it is a union, otherwise one.
    pub forms: Vec<PageForm>,
}

/// A value of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// The parameter with this index.
    Parameter(usize),
    /// The property at this path in the JSON body.
    Body(Path),
}

/// The names on the wire of a property, the object that has it, and so on, from the outside to the inside; never empty.
pub type Path = Vec<String>;

/// The value of a parameter that is set unless the caller sets it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// A number.
    Number(i64),
    /// `true`
    True,
}

/// Where the page is in a response.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageForm {
    /// The union, and the index of its variant; `None` if the response isn't a union.
    pub variant: Option<(Ident, usize)>,
    /// The struct that has the properties below; `None` if the response is the list.
    pub object: Option<Ident>,
    /// The property with the items; `None` if the response is the list.
    pub items: Option<Path>,
    /// The property with the checkpoint or the URL of the next page.
    pub next: Option<Path>,
    /// The name of the next page's checkpoint among the additional properties.
    pub next_in: Option<String>,
    /// The property that says whether another page follows.
    pub more: Option<Path>,
    /// The property with the index of the first item.
    pub start: Option<Path>,
    /// The property with the number of items on all pages.
    pub total: Option<Path>,
    /// The property with the number of pages.
    pub pages: Option<Path>,
    /// Properties that pages of this form lack, by their names on the wire. A value with one of them has another form.
    pub foreign: Vec<String>,
}
