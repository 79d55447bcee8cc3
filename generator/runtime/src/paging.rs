//! Paginated lists: the position of a page, and what its response says about the next one.

use std::collections::HashSet;
use std::fmt;

use crate::http::error::Error;
use crate::http::operation::Operation;
use crate::json::number::Number;
use crate::json::value::JsonObject;
use crate::model::formats::Uuid;
use crate::model::patch::Patch;

/// An operation that returns a list page by page. The position of a page has the type `P`.
pub trait Paged<P>: Operation {
    /// The type of the items.
    type Item;

    /// The position of the first page, if positions are numbers.
    const FIRST: i64 = 0;

    /// Sets the parameters that request this kind of pagination, unless the caller has. Returns the position
    /// to start from, if there is one.
    fn begin(&mut self) -> Option<P>;

    /// Sets the position of the page to request.
    fn turn_to(&mut self, position: P);

    /// Extracts the page from a response, or returns `None` if the response isn't a page of this kind.
    fn found(output: Self::Output) -> Option<Found<Self::Item>>;
}

/// The contents of a page's response.
#[derive(Clone, Debug, PartialEq)]
pub struct Found<T> {
    items: Vec<T>,
    next: Option<String>,
    start: Option<u64>,
    total: Option<u64>,
}

impl<T> Found<T> {
    /// Creates a page with these items.
    pub fn new(items: impl List<T>) -> Self {
        Self { items: items.into_vec(), next: None, start: None, total: None }
    }

    /// Sets the checkpoint of the next page.
    #[must_use]
    pub fn next(mut self, next: &impl Token) -> Self {
        self.next = next.token();
        self
    }

    /// Sets the checkpoint of the next page, found under `name` in the additional properties.
    #[must_use]
    pub fn next_in(mut self, properties: &JsonObject, name: &str) -> Self {
        self.next = properties.get(name).and_then(serde_json::Value::as_str).and_then(Token::token);
        self
    }

    /// Sets the index of the first item on the page.
    #[must_use]
    pub fn start(mut self, start: &impl Count) -> Self {
        self.start = start.count();
        self
    }

    /// Sets the number of items on all pages.
    #[must_use]
    pub fn total(mut self, total: &impl Count) -> Self {
        self.total = total.count();
        self
    }

    /// Splits the page into its items and the pagination details.
    pub(crate) fn into_parts(self) -> (Vec<T>, Told) {
        let told = Told { items: self.items.len(), next: self.next, start: self.start, total: self.total };
        (self.items, told)
    }
}

/// The pagination details in a response.
#[derive(Clone, Debug)]
pub struct Told {
    items: usize,
    next: Option<String>,
    start: Option<u64>,
    pub(crate) total: Option<u64>,
}

/// A page of a list.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Page<T, P> {
    /// The items on the page.
    pub items: Vec<T>,
    /// The position of the page; start from here to request it again. `None` for the first page if positions
    /// are checkpoints.
    pub position: Option<P>,
    /// The position of the next page; start from here to resume later. `None` on the last page.
    pub next: Option<P>,
    /// The number of items on all pages, if the service reports it.
    pub total: Option<u64>,
}

/// Why a list ended early.
#[derive(Debug)]
#[non_exhaustive]
pub enum PageError<E> {
    /// The call for a page failed.
    Call(Error<E>),
    /// The service returned a position that was already visited. Following it would never end.
    Repeated(String),
    /// The response isn't a page of the requested kind, so the next page is unknown.
    NotAPage,
}

impl<E: fmt::Display> fmt::Display for PageError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Call(error) => error.fmt(f),
            Self::Repeated(position) => {
                write!(f, "the service returned {position:?} as the next page, which was already visited")
            }
            Self::NotAPage => f.write_str("the response isn't a page of the requested kind"),
        }
    }
}

impl<E: std::error::Error + 'static> std::error::Error for PageError<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Call(error) => Some(error),
            _ => None,
        }
    }
}

/// A kind of position that can be advanced to the next page.
pub trait Position: Clone + fmt::Debug {
    /// The position after the page at `current`, or `Ok(None)` after the last page.
    ///
    /// # Errors
    /// The position was already visited.
    fn after(current: Option<&Self>, told: &Told, seen: &mut Seen) -> Result<Option<Self>, String>;

    /// Creates a position from a number, if positions of this kind are numbers.
    fn numbered(number: i64) -> Option<Self>;
}

/// The positions visited so far.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    checkpoints: HashSet<String>,
    start: Option<u64>,
    items: u64,
}

/// An opaque position to continue from, assigned by the service.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Checkpoint(pub String);

/// The number of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PageNumber(pub i64);

/// The number of items before a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Offset(pub i64);

impl Position for Checkpoint {
    fn after(current: Option<&Self>, told: &Told, seen: &mut Seen) -> Result<Option<Self>, String> {
        seen.checkpoints.extend(current.map(|checkpoint| checkpoint.0.clone()));
        match &told.next {
            Some(next) if seen.checkpoints.contains(next) => Err(next.clone()),
            next => Ok(next.clone().map(Self)),
        }
    }

    fn numbered(_: i64) -> Option<Self> {
        None
    }
}

impl Position for PageNumber {
    fn after(current: Option<&Self>, told: &Told, seen: &mut Seen) -> Result<Option<Self>, String> {
        let current = current.map_or(0, |page| page.0);
        Ok(more(told, told.start, seen, current)?.then(|| Self(current.saturating_add(1))))
    }

    fn numbered(number: i64) -> Option<Self> {
        Some(Self(number))
    }
}

impl Position for Offset {
    fn after(current: Option<&Self>, told: &Told, seen: &mut Seen) -> Result<Option<Self>, String> {
        let current = current.map_or(0, |offset| offset.0);
        let start = told.start.or_else(|| u64::try_from(current).ok());
        let items = i64::try_from(told.items).unwrap_or(i64::MAX);
        Ok(more(told, start, seen, current)?.then(|| Self(current.saturating_add(items))))
    }

    fn numbered(number: i64) -> Option<Self> {
        Some(Self(number))
    }
}

/// Whether another page follows. If the total isn't known, the list ends at the first page without items. A
/// short page doesn't end it, since services may return fewer items than requested.
fn more(told: &Told, start: Option<u64>, seen: &mut Seen, current: i64) -> Result<bool, String> {
    if told.items == 0 {
        return Ok(false);
    }
    if let (Some(before), Some(start)) = (seen.start, start)
        && start <= before
    {
        return Err(current.to_string());
    }
    seen.start = start;
    let items = told.items as u64;
    seen.items = seen.items.saturating_add(items);
    // Not every response says where its page starts. If it doesn't, the items seen so far give a lower bound
    // for the end.
    let end = start.map_or(seen.items, |start| start.saturating_add(items));
    Ok(told.total.is_none_or(|total| end < total))
}

impl fmt::Display for Checkpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<Checkpoint> for String {
    fn from(checkpoint: Checkpoint) -> Self {
        checkpoint.0
    }
}

impl From<PageNumber> for i64 {
    fn from(page: PageNumber) -> Self {
        page.0
    }
}

impl From<Offset> for i64 {
    fn from(offset: Offset) -> Self {
        offset.0
    }
}

/// Converts a position to a parameter's type. If it doesn't fit, converts `i32::MAX` instead.
pub fn number<T: TryFrom<i64> + TryFrom<u32>>(position: i64) -> Option<T> {
    T::try_from(position).or_else(|_| T::try_from(i32::MAX.unsigned_abs())).ok()
}

/// Converts a number that the caller set to a position.
pub fn given<T: Copy + TryInto<i64>>(number: Option<T>) -> Option<i64> {
    number.and_then(|number| number.try_into().ok())
}

/// A list that may be absent or null.
pub trait List<T> {
    /// The items, or none if there is no list.
    fn into_vec(self) -> Vec<T>;
}

impl<T> List<T> for Vec<T> {
    fn into_vec(self) -> Vec<T> {
        self
    }
}

impl<T, L: List<T>> List<T> for Option<L> {
    fn into_vec(self) -> Vec<T> {
        self.map_or_else(Vec::new, List::into_vec)
    }
}

impl<T, L: List<T>> List<T> for Patch<L> {
    fn into_vec(self) -> Vec<T> {
        self.into_value().into_vec()
    }
}

/// A checkpoint that may be absent, null or empty.
pub trait Token {
    /// The text of the checkpoint. `None` if it is missing or empty.
    fn token(&self) -> Option<String>;
}

impl Token for str {
    fn token(&self) -> Option<String> {
        (!self.is_empty()).then(|| self.to_owned())
    }
}

impl Token for String {
    fn token(&self) -> Option<String> {
        self.as_str().token()
    }
}

impl Token for Uuid {
    fn token(&self) -> Option<String> {
        self.as_str().token()
    }
}

impl<T: Token> Token for Option<T> {
    fn token(&self) -> Option<String> {
        self.as_ref().and_then(Token::token)
    }
}

impl<T: Token> Token for Patch<T> {
    fn token(&self) -> Option<String> {
        self.value().and_then(Token::token)
    }
}

/// A number of items that may be absent or null.
pub trait Count {
    /// The number, if there is one and it isn't negative.
    fn count(&self) -> Option<u64>;
}

macro_rules! integers {
    ($($ty:ty),*) => {
        $(impl Count for $ty {
            fn count(&self) -> Option<u64> {
                u64::try_from(*self).ok()
            }
        })*
    };
}

integers!(i32, i64, u64);

impl Count for Number {
    fn count(&self) -> Option<u64> {
        // A total of `3.0` means 3.
        self.to_string().trim_end_matches(".0").parse().ok()
    }
}

impl<T: Count> Count for Option<T> {
    fn count(&self) -> Option<u64> {
        self.as_ref().and_then(Count::count)
    }
}

impl<T: Count> Count for Patch<T> {
    fn count(&self) -> Option<u64> {
        self.value().and_then(Count::count)
    }
}

/// A property that may be absent.
pub trait Present {
    /// Whether the property is present.
    fn is_present(&self) -> bool;
}

impl<T> Present for Option<T> {
    fn is_present(&self) -> bool {
        self.is_some()
    }
}

impl<T> Present for Patch<T> {
    fn is_present(&self) -> bool {
        !self.is_absent()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Counts the pages of three items that follow the first one.
    fn followed(total: Option<u64>, starts: [Option<u64>; 4]) -> usize {
        let mut seen = Seen::default();
        let mut page = PageNumber(0);
        for (index, start) in starts.into_iter().enumerate() {
            let told = Told { items: 3, next: None, start, total };
            match PageNumber::after(Some(&page), &told, &mut seen).unwrap() {
                Some(next) => page = next,
                None => return index,
            }
        }
        4
    }

    #[test]
    fn the_total_ends_a_list_whether_or_not_pages_say_where_they_begin() {
        assert_eq!(followed(Some(7), [Some(0), Some(3), Some(6), Some(9)]), 2);
        assert_eq!(followed(Some(7), [None; 4]), 2);
        assert_eq!(followed(Some(9), [None; 4]), 2);
        assert_eq!(followed(None, [None; 4]), 4);
    }
}
