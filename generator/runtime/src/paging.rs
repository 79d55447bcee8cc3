//! Paginated lists: how a page is requested, and what its response says about the next one.

use std::convert::Infallible;

use http::HeaderMap;

pub use crate::http::found::{Count, Flag, Found, List, Token, Told, printed};
use crate::http::links;
use crate::http::operation::Operation;
use crate::http::page_error::PageError;
pub use crate::http::positions::{
    Checkpoint, NextUrl, Offset, PageNumber, Position, Seen, checkpoint, counted, given, number, parsed,
    reread,
};
use crate::http::printable::printable;
pub use crate::model::presence::Present;

/// An operation that returns a list page by page. The position of a page has the type `P`.
pub trait Paged<P>: Operation {
    /// The type of the items.
    type Item;

    /// The position of the first page, if positions are numbers.
    const FIRST: i64 = 0;

    /// Where the response says what follows.
    const NEXT: NextIn = NextIn::Body;

    /// Sets the parameters that request this kind of pagination, unless the caller has. Returns the position
    /// to start from, if there is one.
    fn begin(&mut self) -> Option<P>;

    /// Sets the position of the page to request.
    fn turn_to(&mut self, position: P);

    /// Whether a request can hold this position.
    fn accepts(_position: &P) -> bool {
        true
    }

    /// Extracts the page from a response, or returns `None` if the response isn't a page of this kind.
    fn found(output: Self::Output) -> Option<Found<Self::Item>>;
}

/// Where a response says what follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NextIn {
    /// In its body.
    Body,
    /// In the named header.
    Header(&'static str),
    /// In the `Link` header, by the relation `next` (RFC 8288).
    Link,
}

impl NextIn {
    /// Adds to `told` what the headers say.
    pub(crate) fn read(self, headers: &HeaderMap, told: &mut Told) -> Result<(), PageError<Infallible>> {
        match self {
            Self::Body => {}
            Self::Header(name) => {
                let unreadable = |_| PageError::Unreadable(format!("the header `{name}` isn't text"));
                let text = headers.get(name).map(|value| value.to_str().map_err(unreadable)).transpose()?;
                told.next = text.and_then(|text| text.trim().token());
            }
            Self::Link => {
                let unreadable =
                    |why: String| PageError::Unreadable(format!("the `Link` header: {}", printable(&why)));
                told.next = links::related(headers, "next").map_err(unreadable)?;
            }
        }
        Ok(())
    }
}

/// A page of a list.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Page<T, P> {
    /// The items on the page.
    pub items: Vec<T>,
    /// The position of the page; start from here to request it again. `None` for the first page if positions
    /// are checkpoints or URLs.
    pub position: Option<P>,
    /// The position of the next page; start from here to resume later. `None` on the last page.
    pub next: Option<P>,
    /// The number of items on all pages, if the service reports it.
    pub total: Option<u64>,
}
