//! What the response of a page says: its items, and what follows.

use crate::json::number::Number;
use crate::json::value::JsonObject;
use crate::json::writer::{ToJson, to_value};
use crate::model::formats::Uuid;
use crate::model::patch::Patch;

/// The contents of a page's response.
#[derive(Clone, Debug, PartialEq)]
pub struct Found<T> {
    items: Vec<T>,
    told: Told,
}

/// The pagination details in a response.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Told {
    pub(crate) items: usize,
    pub(crate) next: Option<String>,
    pub(crate) more: Option<bool>,
    pub(crate) start: Option<u64>,
    pub(crate) total: Option<u64>,
    pub(crate) pages: Option<u64>,
}

impl<T> Found<T> {
    /// Creates a page with these items.
    pub fn new(items: impl List<T>) -> Self {
        Self { items: items.into_vec(), told: Told::default() }
    }

    /// Creates a page whose [`items`](Self::items) are set last, because taking them takes what is around them.
    pub fn without_items() -> Self {
        Self { items: Vec::new(), told: Told::default() }
    }

    /// Sets the items.
    #[must_use]
    pub fn items(mut self, items: impl List<T>) -> Self {
        self.items = items.into_vec();
        self
    }

    /// Sets the checkpoint or the URL of the next page.
    #[must_use]
    pub fn next(mut self, next: &impl Token) -> Self {
        self.told.next = next.token();
        self
    }

    /// Sets the checkpoint of the next page, found under `name` in the additional properties.
    #[must_use]
    pub fn next_in(mut self, properties: &JsonObject, name: &str) -> Self {
        self.told.next = properties.get(name).and_then(serde_json::Value::as_str).and_then(Token::token);
        self
    }

    /// Sets the checkpoint of the next page to that of the last item.
    #[must_use]
    pub fn next_of_last(mut self, next: impl FnOnce(&T) -> Option<String>) -> Self {
        self.told.next = self.items.last().and_then(next);
        self
    }

    /// Sets whether another page follows.
    #[must_use]
    pub fn more(mut self, more: &impl Flag) -> Self {
        self.told.more = more.flag();
        self
    }

    /// Sets the index of the first item on the page.
    #[must_use]
    pub fn start(mut self, start: &impl Count) -> Self {
        self.told.start = start.count();
        self
    }

    /// Sets the number of items on all pages.
    #[must_use]
    pub fn total(mut self, total: &impl Count) -> Self {
        self.told.total = total.count();
        self
    }

    /// Sets the number of pages.
    #[must_use]
    pub fn pages(mut self, pages: &impl Count) -> Self {
        self.told.pages = pages.count();
        self
    }

    /// Splits the page into its items and the pagination details.
    pub(crate) fn into_parts(self) -> (Vec<T>, Told) {
        let told = Told { items: self.items.len(), ..self.told };
        (self.items, told)
    }
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

/// A checkpoint or a URL that may be absent, null or empty.
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

impl<T: Token> Token for &T {
    fn token(&self) -> Option<String> {
        T::token(self)
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

/// The checkpoint or the URL in a value that is text on the wire, whatever its type.
pub fn printed(value: &impl ToJson) -> Option<String> {
    to_value(value).ok()?.as_str()?.token()
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
        }

        impl Token for $ty {
            fn token(&self) -> Option<String> {
                Some(self.to_string())
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

impl<T: Count> Count for &T {
    fn count(&self) -> Option<u64> {
        T::count(self)
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

/// A boolean that may be absent or null.
pub trait Flag {
    /// The boolean, if there is one.
    fn flag(&self) -> Option<bool>;
}

impl Flag for bool {
    fn flag(&self) -> Option<bool> {
        Some(*self)
    }
}

impl<T: Flag> Flag for &T {
    fn flag(&self) -> Option<bool> {
        T::flag(self)
    }
}

impl<T: Flag> Flag for Option<T> {
    fn flag(&self) -> Option<bool> {
        self.as_ref().and_then(Flag::flag)
    }
}

impl<T: Flag> Flag for Patch<T> {
    fn flag(&self) -> Option<bool> {
        self.value().and_then(Flag::flag)
    }
}
