//! The positions of pages, and which one follows.

use std::collections::HashSet;
use std::convert::Infallible;
use std::fmt;

use crate::http::found::{Count, Token, Told};
use crate::http::page_error::PageError;
use crate::json::decode::{FromJson, Mode};

/// A kind of position that can be advanced to the next page.
pub trait Position: Clone + fmt::Debug {
    /// Whether positions are URLs that the service gives. The URL is then requested in place of the operation's own.
    const IS_URL: bool = false;

    /// The position after the page at `current`, or `Ok(None)` after the last page.
    ///
    /// # Errors
    /// The position was already visited, or isn't known although another page follows.
    fn after(
        current: Option<&Self>,
        told: &Told,
        seen: &mut Seen,
    ) -> Result<Option<Self>, PageError<Infallible>>;

    /// Creates a position from a number, if positions of this kind are numbers.
    fn numbered(number: i64) -> Option<Self>;

    /// The URL, if positions are URLs.
    fn url(&self) -> Option<&str> {
        None
    }
}

/// The positions visited so far.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// The number of the first page or item.
    first: i64,
    texts: HashSet<String>,
    start: Option<u64>,
    items: u64,
}

impl Seen {
    /// No positions of a list whose first page or item has the number `first`.
    pub(crate) fn nothing(first: i64) -> Self {
        Self { first, ..Self::default() }
    }
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

/// The URL of a page, assigned by the service. Only URLs of the server that the operation is sent to are requested. It
/// may hold secrets, and prints as `[redacted]`.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct NextUrl(pub String);

impl Position for Checkpoint {
    fn after(
        current: Option<&Self>,
        told: &Told,
        seen: &mut Seen,
    ) -> Result<Option<Self>, PageError<Infallible>> {
        let next = unvisited(current.map(|checkpoint| &checkpoint.0), told, seen)?;
        next.map(|next| next.map(Self)).map_err(PageError::Repeated)
    }

    fn numbered(_: i64) -> Option<Self> {
        None
    }
}

impl Position for NextUrl {
    const IS_URL: bool = true;

    fn after(
        current: Option<&Self>,
        told: &Told,
        seen: &mut Seen,
    ) -> Result<Option<Self>, PageError<Infallible>> {
        let next = unvisited(current.map(|url| &url.0), told, seen)?;
        // A URL may hold secrets, and errors are printed.
        next.map(|next| next.map(Self)).map_err(|_| PageError::Repeated(String::new()))
    }

    fn numbered(_: i64) -> Option<Self> {
        None
    }

    fn url(&self) -> Option<&str> {
        Some(&self.0)
    }
}

/// What the service says that follows, or `Err` of it if it was already visited.
fn unvisited(
    current: Option<&String>,
    told: &Told,
    seen: &mut Seen,
) -> Result<Result<Option<String>, String>, PageError<Infallible>> {
    seen.texts.extend(current.cloned());
    match (&told.next, told.more) {
        (_, Some(false)) => Ok(Ok(None)),
        (None, Some(true)) => Err(PageError::NoPosition),
        (Some(next), _) if seen.texts.contains(next) => Ok(Err(next.clone())),
        (next, _) => Ok(Ok(next.clone())),
    }
}

impl Position for PageNumber {
    fn after(
        current: Option<&Self>,
        told: &Told,
        seen: &mut Seen,
    ) -> Result<Option<Self>, PageError<Infallible>> {
        let current = current.map_or(seen.first, |page| page.0);
        let is_last = told.pages.is_some_and(|pages| {
            let number = current.saturating_sub(seen.first).saturating_add(1);
            u64::try_from(number).is_ok_and(|number| number >= pages)
        });
        let follows = more(told, told.start, seen, current)?;
        Ok((follows && !is_last).then(|| Self(current.saturating_add(1))))
    }

    fn numbered(number: i64) -> Option<Self> {
        Some(Self(number))
    }
}

impl Position for Offset {
    fn after(
        current: Option<&Self>,
        told: &Told,
        seen: &mut Seen,
    ) -> Result<Option<Self>, PageError<Infallible>> {
        let current = current.map_or(seen.first, |offset| offset.0);
        // The first item has the number `first`, and 0 items before it.
        let before = |number: i64| u64::try_from(number.saturating_sub(seen.first)).ok();
        let told_start = told.start.and_then(|start| i64::try_from(start).ok());
        let start = told_start.and_then(before).or_else(|| before(current));
        let items = i64::try_from(told.items).unwrap_or(i64::MAX);
        let follows = more(told, start, seen, current)?;
        if follows && items == 0 {
            return Err(PageError::Repeated(current.to_string()));
        }
        Ok(follows.then(|| Self(current.saturating_add(items))))
    }

    fn numbered(number: i64) -> Option<Self> {
        Some(Self(number))
    }
}

/// Whether another page follows. If neither the service nor the total says so, the list ends at the first page
/// without items. A short page doesn't end it, since services may return fewer items than requested.
fn more(
    told: &Told,
    start: Option<u64>,
    seen: &mut Seen,
    current: i64,
) -> Result<bool, PageError<Infallible>> {
    if told.more == Some(false) || (told.items == 0 && told.more.is_none()) {
        return Ok(false);
    }
    if let (Some(before), Some(start)) = (seen.start, start)
        && start <= before
        && told.items > 0
    {
        return Err(PageError::Repeated(current.to_string()));
    }
    seen.start = start;
    let items = told.items as u64;
    seen.items = seen.items.saturating_add(items);
    // Not every response says where its page starts. If it doesn't, the items seen so far give a lower bound
    // for the end.
    let end = start.map_or(seen.items, |start| start.saturating_add(items));
    Ok(told.more == Some(true) || told.total.is_none_or(|total| end < total))
}

impl fmt::Display for Checkpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for NextUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NextUrl([redacted])")
    }
}

impl From<Checkpoint> for String {
    fn from(checkpoint: Checkpoint) -> Self {
        checkpoint.0
    }
}

impl From<NextUrl> for String {
    fn from(url: NextUrl) -> Self {
        url.0
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

/// Converts a number that the caller set in a body to a position.
pub fn counted(number: &impl Count) -> Option<i64> {
    number.count().and_then(|number| number.try_into().ok())
}

/// The checkpoint that the caller set.
pub fn checkpoint(given: &impl Token) -> Option<Checkpoint> {
    given.token().map(Checkpoint)
}

/// Converts a checkpoint to a type that is text on the wire. `None` if it isn't such a text.
pub fn reread<T: FromJson>(checkpoint: &Checkpoint) -> Option<T> {
    T::from_json(checkpoint.0.as_str().into(), Mode::Strict).ok()
}

/// Converts a checkpoint to the type of a parameter that is a number. `None` if it isn't such a number.
pub fn parsed<T: std::str::FromStr>(checkpoint: &Checkpoint) -> Option<T> {
    checkpoint.0.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_caller_set_is_a_position_if_it_fits() {
        assert_eq!([Some(7), Some(0), None].map(|number| counted(&number)), [Some(7), Some(0), None]);
        assert_eq!(counted(&Some(u64::MAX)), None);
        assert_eq!([Some(7), None].map(given::<i32>), [Some(7), None]);
        assert_eq!([7, i64::MAX].map(number::<i32>), [Some(7), Some(i32::MAX)]);
        assert_eq!(number::<u64>(-1), Some(i32::MAX as u64));
        let token = Checkpoint("12".to_owned());
        assert_eq!((parsed::<i64>(&token), reread::<String>(&token)), (Some(12), Some("12".to_owned())));
        assert_eq!((parsed::<bool>(&token), reread::<i64>(&token)), (None, None));
    }

    /// Counts the pages of three items that follow the first one.
    fn followed(total: Option<u64>, starts: [Option<u64>; 4]) -> usize {
        let mut seen = Seen::default();
        let mut page = PageNumber(0);
        for (index, start) in starts.into_iter().enumerate() {
            let told = Told { items: 3, start, total, ..Told::default() };
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

    /// The positions of pages like `told`, from `first`; four at most.
    fn positions<P: Position>(first: i64, told: &Told) -> Result<Vec<P>, PageError<Infallible>> {
        let mut seen = Seen::nothing(first);
        let mut found: Vec<P> = P::numbered(first).into_iter().collect();
        while found.len() < 4 {
            match P::after(found.last(), told, &mut seen)? {
                Some(next) => found.push(next),
                None => break,
            }
        }
        Ok(found)
    }

    #[test]
    fn the_number_of_pages_counts_from_the_first() {
        let told = Told { items: 3, pages: Some(2), ..Told::default() };
        for first in [0, 1] {
            assert_eq!(
                positions::<PageNumber>(first, &told).unwrap(),
                [PageNumber(first), PageNumber(first + 1)]
            );
        }
    }

    #[test]
    fn offsets_that_begin_at_one_reach_the_last_item() {
        let told = Told { items: 3, total: Some(7), ..Told::default() };
        assert_eq!(positions::<Offset>(1, &told).unwrap(), [Offset(1), Offset(4), Offset(7)]);
        assert_eq!(positions::<Offset>(0, &told).unwrap(), [Offset(0), Offset(3), Offset(6)]);
    }

    #[test]
    fn a_flag_says_whether_more_follows() {
        let told = |items, more| Told { items, more: Some(more), ..Told::default() };
        assert_eq!(positions::<PageNumber>(0, &told(3, false)).unwrap(), [PageNumber(0)]);
        assert_eq!(positions::<PageNumber>(0, &told(0, true)).unwrap().len(), 4);
        assert!(matches!(positions::<Offset>(0, &told(0, true)), Err(PageError::Repeated(_))));
        assert!(matches!(positions::<Checkpoint>(0, &told(3, true)), Err(PageError::NoPosition)));
        let ended = Told { next: Some("a".to_owned()), ..told(3, false) };
        assert_eq!(positions::<Checkpoint>(0, &ended).unwrap(), []);
    }

    #[test]
    fn urls_are_not_printed() {
        let told = Told { next: Some("https://a.test/b?key=secret".to_owned()), ..Told::default() };
        let mut seen = Seen::nothing(0);
        let next = NextUrl::after(None, &told, &mut seen).unwrap();
        assert_eq!(format!("{next:?}"), "Some(NextUrl([redacted]))");
        let error = NextUrl::after(next.as_ref(), &told, &mut seen).unwrap_err();
        assert_eq!(error.to_string(), "the service returned the URL of a page that was already visited");
    }
}
