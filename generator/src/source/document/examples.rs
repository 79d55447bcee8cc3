//! The examples of a document.

use foldhash::HashMap;
use serde_json::Value;

use crate::text::Place;

/// The first example of each media type, parameter and schema that has one, by the place of what it is an example of.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Examples {
    found: HashMap<Place, Value>,
}

impl Examples {
    /// The example of what is at `place`.
    pub fn at(&self, place: &Place) -> Option<&Value> {
        self.found.get(place)
    }

    /// Keeps an example of what is at `place`, unless there is one.
    pub(crate) fn keep<'a>(&mut self, place: &Place, example: impl FnOnce() -> Option<&'a Value>) {
        if !self.found.contains_key(place)
            && let Some(value) = example()
        {
            self.found.insert(place.clone(), value.clone());
        }
    }

    /// Changes the places.
    pub(crate) fn rename(&mut self, change: impl Fn(&Place) -> Place) {
        let found = std::mem::take(&mut self.found).into_iter();
        self.found = found.map(|(place, value)| (change(&place), value)).collect();
    }

    pub(crate) fn join(&mut self, other: Self) {
        self.found.extend(other.found);
    }
}
