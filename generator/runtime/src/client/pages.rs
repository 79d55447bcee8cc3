//! Lists as streams of pages and of items. A page is requested only when the stream is polled for it.

use std::convert::Infallible;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use http::{HeaderMap, Uri};

use crate::client::client::Client;
use crate::client::followed;
use crate::client::response_future::ResponseFuture;
use crate::facts::Facts;
use crate::http::found::Told;
use crate::http::operation::Operation;
use crate::http::page_error::PageError;
use crate::http::positions::{Position, Seen};
use crate::paging::{NextIn, Page, Paged};

/// A response to `O`, and the URL that was requested.
type Answer<O> = (Uri, http::Response<<O as Operation>::Output>);

type Call<O> = ResponseFuture<'static, Answer<O>, <O as Operation>::Error>;

/// The most pages in a row without items.
const MOST_EMPTY: u32 = 1000;

/// The pages of a list, as a stream. It ends after an error; [`position`](Self::position) then tells where to
/// resume.
#[must_use = "nothing is sent until it is polled"]
pub struct Pages<O: Paged<P>, P> {
    client: Client<O::Document>,
    operation: O,
    /// The position of the next page to request.
    position: Option<P>,
    seen: Seen,
    /// How many pages in a row had no items.
    empty: u32,
    call: Option<Call<O>>,
    /// An error to return before the end.
    last: Option<PageError<O::Error>>,
    ended: bool,
}

impl<O: Paged<P>, P> Unpin for Pages<O, P> {}

impl<O, P> Pages<O, P>
where
    O: Paged<P, Output: Send> + Clone + Send + Sync + 'static,
    P: Position,
{
    /// The pages from the position that `operation` sets, or else from the first.
    pub fn new(mut operation: O, client: &Client<O::Document>) -> Self {
        let position = operation.begin().or_else(|| P::numbered(O::FIRST));
        Self {
            client: client.clone(),
            operation,
            position,
            seen: Seen::nothing(O::FIRST),
            empty: 0,
            call: None,
            last: None,
            ended: false,
        }
    }

    /// The pages from `position` on, such as the [`next`](Page::next) of a page that was read earlier.
    pub fn starting_at(mut self, position: P) -> Self {
        self.position = Some(position);
        self.call = None;
        self
    }

    /// The position of the next page, or of the page that failed; `None` before the first page of a list by
    /// checkpoint, and after the last page.
    pub fn position(&self) -> Option<&P> {
        self.position.as_ref()
    }

    /// The next page; `None` after the last. If the future is dropped, the next `try_next` continues its
    /// request.
    ///
    /// # Errors
    /// The call failed, or the response doesn't say what follows.
    pub async fn try_next(&mut self) -> Result<Option<Page<O::Item, P>>, PageError<O::Error>> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await.transpose()
    }

    fn start(&self) -> Call<O> {
        let (client, mut operation) = (self.client.clone(), self.operation.clone());
        let url = self.position.as_ref().and_then(P::url).map(str::to_owned);
        if let Some(position) = self.position.clone().filter(|_| url.is_none()) {
            operation.turn_to(position);
        }
        ResponseFuture::new(async move { client.respond_at(&operation, url.as_deref()).await })
    }

    /// Reads the page in a response and records the position of the next one.
    fn page(&mut self, (requested, response): Answer<O>) -> Result<Page<O::Item, P>, PageError<O::Error>> {
        let (parts, output) = response.into_parts();
        let (items, mut told) = O::found(output).ok_or(PageError::NotAPage)?.into_parts();
        let base = P::IS_URL.then_some(&requested);
        let read = read(O::NEXT, &parts.headers, base, O::INFO.facts, &mut told);
        let next = read.and_then(|()| self.next(&told)).unwrap_or_else(|error| {
            self.last = Some(error.widen());
            None
        });
        self.empty = if items.is_empty() { self.empty + 1 } else { 0 };
        let is_endless = next.is_some() && self.empty >= MOST_EMPTY;
        if is_endless {
            self.last = Some(PageError::Empty(self.empty));
        }
        self.ended = next.is_none() || is_endless;
        let position = std::mem::replace(&mut self.position, next.clone());
        Ok(Page { items, position, next, total: told.total })
    }

    fn next(&mut self, told: &Told) -> Result<Option<P>, PageError<Infallible>> {
        let next = P::after(self.position.as_ref(), told, &mut self.seen)?;
        if next.as_ref().is_some_and(|next| !O::accepts(next)) {
            return Err(PageError::Unreadable("it doesn't fit the parameter's type".to_owned()));
        }
        Ok(next)
    }
}

/// Adds to `told` what the headers say, and resolves the URL of the next page against `base`, the one requested, if
/// positions are URLs.
fn read(
    next: NextIn,
    headers: &HeaderMap,
    base: Option<&Uri>,
    facts: &Facts,
    told: &mut Told,
) -> Result<(), PageError<Infallible>> {
    next.read(headers, told)?;
    if let (Some(base), Some(next)) = (base, &mut told.next) {
        *next = followed::without_key(base, next, facts).map_err(PageError::Refused)?.to_string();
    }
    Ok(())
}

impl<O, P> Stream for Pages<O, P>
where
    O: Paged<P, Output: Send> + Clone + Send + Sync + 'static,
    P: Position,
{
    type Item = Result<Page<O::Item, P>, PageError<O::Error>>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        if this.ended {
            return Poll::Ready(this.last.take().map(Err));
        }
        if this.call.is_none() {
            this.call = Some(this.start());
        }
        let Some(call) = &mut this.call else { return Poll::Ready(None) };
        let result = ready!(Pin::new(call).poll(context));
        this.call = None;
        let page = result.map_err(PageError::Call).and_then(|output| this.page(output));
        if page.is_err() {
            this.ended = true;
        }
        Poll::Ready(Some(page))
    }
}

impl<O: Paged<P> + fmt::Debug, P: fmt::Debug> fmt::Debug for Pages<O, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("operation", &self.operation)
            .field("position", &self.position)
            .field("ended", &self.ended)
            .finish_non_exhaustive()
    }
}

/// The items of a list, as a stream. It ends after an error; [`position`](Self::position) then tells where to
/// resume.
#[must_use = "nothing is sent until it is polled"]
pub struct Items<O: Paged<P>, P> {
    pages: Pages<O, P>,
    page: std::vec::IntoIter<O::Item>,
    position: Option<P>,
}

impl<O: Paged<P>, P> Unpin for Items<O, P> {}

impl<O, P> Items<O, P>
where
    O: Paged<P, Output: Send> + Clone + Send + Sync + 'static,
    P: Position,
{
    /// The items from the position that `operation` sets, or else from the first.
    pub fn new(operation: O, client: &Client<O::Document>) -> Self {
        Self::of(Pages::new(operation, client))
    }

    /// The items from the page at `position` on, such as the [`next`](Page::next) of a page that was read earlier.
    pub fn starting_at(self, position: P) -> Self {
        Self::of(self.pages.starting_at(position))
    }

    fn of(pages: Pages<O, P>) -> Self {
        Self { position: pages.position.clone(), pages, page: Vec::new().into_iter() }
    }

    /// The position of the page that the last item came from. To resume later, start there and skip the items
    /// that were already returned.
    pub fn position(&self) -> Option<&P> {
        self.position.as_ref()
    }

    /// The next item; `None` after the last. If the future is dropped, the next `try_next` continues its
    /// request.
    ///
    /// # Errors
    /// The call for a page failed, or its response doesn't say what follows.
    pub async fn try_next(&mut self) -> Result<Option<O::Item>, PageError<O::Error>> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await.transpose()
    }
}

impl<O, P> Stream for Items<O, P>
where
    O: Paged<P, Output: Send> + Clone + Send + Sync + 'static,
    P: Position,
{
    type Item = Result<O::Item, PageError<O::Error>>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        loop {
            if let Some(item) = this.page.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            if !this.pages.ended {
                this.position.clone_from(&this.pages.position);
            }
            match ready!(Pin::new(&mut this.pages).poll_next(context)) {
                Some(Ok(page)) => this.page = page.items.into_iter(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<O: Paged<P> + fmt::Debug, P: fmt::Debug> fmt::Debug for Items<O, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").field("pages", &self.pages).field("left", &self.page.len()).finish()
    }
}
