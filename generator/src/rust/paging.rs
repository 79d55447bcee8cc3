//! Lists by page: the methods that return streams.

use super::names::{Case, Scope, escape, snake};
use crate::api::{Ident, Input, Operation, PagedBy, Pagination};

/// The methods that return a list's streams.
#[derive(Clone, Debug)]
pub struct PagingMethods<'a> {
    /// What they are made from.
    pub pagination: &'a Pagination,
    /// The runtime's type for positions of pages.
    pub position: &'static str,
    /// The name on the wire of what the pages come by.
    pub by: String,
    /// Returns a stream of pages.
    pub pages: Ident,
    /// Returns a stream of items.
    pub items: Ident,
}

impl<'a> PagingMethods<'a> {
    pub(super) fn all(operation: &'a Operation, methods: &mut Scope) -> Vec<Self> {
        let each = operation.pagination.iter().enumerate().map(|(number, pagination)| {
            let by = by(operation, pagination);
            let [pages, items] = ["pages", "items"].map(|word| {
                let name = match number {
                    0 => word.to_owned(),
                    _ => escape(format!("{word}_by_{}", snake(&by))),
                };
                methods.take(&[name.clone(), format!("{name}_of_list")], Case::Snake, &by)
            });
            let position = match pagination.by {
                PagedBy::Checkpoint => "Checkpoint",
                PagedBy::Page => "PageNumber",
                PagedBy::Offset => "Offset",
                PagedBy::Url | PagedBy::Link => "NextUrl",
            };
            Self { pagination, position, by, pages, items }
        });
        each.collect()
    }
}

/// The name on the wire of what says which page is wanted or follows.
fn by(operation: &Operation, pagination: &Pagination) -> String {
    let position = match &pagination.position {
        Some(Input::Parameter(index)) => {
            operation.parameters.get(*index).map(|parameter| parameter.wire.clone())
        }
        Some(Input::Body(path)) => path.last().cloned(),
        None => None,
    };
    let next = || pagination.forms.iter().find_map(|form| form.next.as_ref()?.last().cloned());
    position.or_else(|| pagination.next_header.clone()).or_else(next).unwrap_or_default()
}
