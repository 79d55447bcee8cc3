//! Streams of items as answers of a mock.

use serde::Serialize;

use crate::http::items::Streamed;
use crate::mock::{Answer, Expected, raw};

impl<O: Answer> Expected<'_, O> {
    /// Answers with these items, as they are on the wire.
    pub fn streams<T: Serialize>(self, items: impl IntoIterator<Item = T>)
    where
        O: Streamed<Item = T>,
    {
        let values = items.into_iter().filter_map(|item| serde_json::to_value(item).ok());
        let body: String = values.map(|value| O::FORMAT.written(&value)).collect();
        self.responds(raw(200, body));
    }
}
