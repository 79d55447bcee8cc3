//! Lists that come page by page: where a page stands, and what its response says of the one that follows.

use std::collections::HashSet;
use std::fmt;

use crate::http::error::Error;
use crate::http::operation::Operation;
use crate::json::number::Number;
use crate::json::value::JsonObject;
use crate::model::formats::Uuid;
use crate::model::patch::Patch;

/// An operation that gives a list page by page, each at a position of type `P`.
pub trait Paged<P>: Operation {
    /// What is listed.
    type Item;

    /// The position of the first page, where positions are numbers.
    const FIRST: i64 = 0;

    /// Asks for pages of this form, where the caller didn't. Gives the position to begin at, if there is one.
    fn begin(&mut self) -> Option<P>;

    /// Moves to a page.
    fn turn_to(&mut self, position: P);

    /// What a response says; `None` if it isn't a page of this form.
    fn found(output: Self::Output) -> Option<Found<Self::Item>>;
}

/// What a response says about its page.
#[derive(Clone, Debug, PartialEq)]
pub struct Found<T> {
    items: Vec<T>,
    next: Option<String>,
    start: Option<u64>,
    total: Option<u64>,
}

impl<T> Found<T> {
    /// A page with these items.
    pub fn new(items: impl List<T>) -> Self {
        Self { items: items.into_vec(), next: None, start: None, total: None }
    }

    /// With the checkpoint of the page that follows.
    #[must_use]
    pub fn next(mut self, next: &impl Token) -> Self {
        self.next = next.token();
        self
    }

    /// With the checkpoint of the page that follows, where it is among the properties without a field.
    #[must_use]
    pub fn next_in(mut self, properties: &JsonObject, name: &str) -> Self {
        self.next = properties.get(name).and_then(serde_json::Value::as_str).and_then(Token::token);
        self
    }

    /// With the index of the first item.
    #[must_use]
    pub fn start(mut self, start: &impl Count) -> Self {
        self.start = start.count();
        self
    }

    /// With the number of items on all pages.
    #[must_use]
    pub fn total(mut self, total: &impl Count) -> Self {
        self.total = total.count();
        self
    }

    /// The items, and what is known beside them.
    pub(crate) fn into_parts(self) -> (Vec<T>, Told) {
        let told = Told { items: self.items.len(), next: self.next, start: self.start, total: self.total };
        (self.items, told)
    }
}

/// What a response says beside the items themselves.
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
    /// What is on it.
    pub items: Vec<T>,
    /// Where it stands; `None` on the first by checkpoint. To ask for this page again begin here.
    pub position: Option<P>,
    /// Where the next one stands; `None` on the last. To go on another time begin there.
    pub next: Option<P>,
    /// How many items all pages have, if the service tells.
    pub total: Option<u64>,
}

/// Why a list ended early.
#[derive(Debug)]
#[non_exhaustive]
pub enum PageError<E> {
    /// The call for a page failed.
    Call(Error<E>),
    /// The service named a page as the next that was there already: going on would never end.
    Repeated(String),
    /// The response isn't a page of the form that was asked for, so that what follows isn't known.
    NotAPage,
}

impl<E: fmt::Display> fmt::Display for PageError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Call(error) => error.fmt(f),
            Self::Repeated(position) => {
                write!(f, "the service names the page at {position:?} as the next, which was there already")
            }
            Self::NotAPage => f.write_str("the response isn't a page of the form that was asked for"),
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

/// A kind of position, and how the next one follows from a page.
pub trait Position: Clone + fmt::Debug {
    /// The position after the page at `self`; `Ok(None)` after the last.
    ///
    /// # Errors
    /// The position was there already.
    fn after(current: Option<&Self>, told: &Told, seen: &mut Seen) -> Result<Option<Self>, String>;

    /// The position with this number, if positions are numbers.
    fn numbered(number: i64) -> Option<Self>;
}

/// The positions that were there.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    checkpoints: HashSet<String>,
    start: Option<u64>,
    items: u64,
}

/// A place to go on from, as the service names it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Checkpoint(pub String);

/// The number of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PageNumber(pub i64);

/// How many items stand before a page.
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

/// Whether a page follows: the total tells, else the first page without items. A short page doesn't: services
/// give fewer items than they are asked for.
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
    // Where the page begins isn't always told; what was seen so far ends no later than the page does.
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

/// A position as a parameter of a narrower type.
pub fn number<T: TryFrom<i64> + TryFrom<u32>>(position: i64) -> Option<T> {
    T::try_from(position).or_else(|_| T::try_from(i32::MAX.unsigned_abs())).ok()
}

/// A number that a caller set, as a position.
pub fn given<T: Copy + TryInto<i64>>(number: Option<T>) -> Option<i64> {
    number.and_then(|number| number.try_into().ok())
}

/// A list, or nothing where a list may be.
pub trait List<T> {
    /// The items.
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

/// The text of a checkpoint, if there is one.
pub trait Token {
    /// The text; `None` if it is empty.
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

/// A number of items, if there is one.
pub trait Count {
    /// The number.
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
        // A total of 3.0 is one of 3.
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

/// Whether a property is there.
pub trait Present {
    /// Whether it is.
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

    /// The pages that follow until one is the last, of three items each.
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
