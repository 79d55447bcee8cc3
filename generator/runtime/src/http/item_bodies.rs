//! Request bodies that are sequences of items.

use std::ops::Deref;

use crate::http::request::RequestWriter;
use crate::json::writer::{ToJson, to_vec};
use crate::model::object::Field;
use crate::model::rules::Rule;

impl RequestWriter {
    /// Sets a body with an item on each line: JSON Lines, NDJSON.
    pub fn lines_body<T: ToJson>(
        &mut self,
        media_type: &'static str,
        items: &(impl Field + Deref<Target = [T]>),
        rules: &[Rule],
    ) {
        self.items_body(media_type, items, items, "", rules);
    }

    /// Sets a body that is a JSON text sequence (RFC 7464).
    pub fn sequence_body<T: ToJson>(
        &mut self,
        media_type: &'static str,
        items: &(impl Field + Deref<Target = [T]>),
        rules: &[Rule],
    ) {
        self.items_body(media_type, items, items, "\u{1e}", rules);
    }

    fn items_body<T: ToJson>(
        &mut self,
        media_type: &'static str,
        checked: &dyn Field,
        items: &[T],
        before: &str,
        rules: &[Rule],
    ) {
        self.check("", checked, rules);
        let mut body = Vec::new();
        for item in items {
            body.extend_from_slice(before.as_bytes());
            match to_vec(item) {
                Ok(text) => body.extend_from_slice(&text),
                Err(_) => self.violation("", "a value can't be written as JSON"),
            }
            body.push(b'\n');
        }
        self.set_body(media_type, body.into());
    }
}

#[cfg(test)]
mod tests {
    use http::Method;

    use super::*;

    #[test]
    fn each_item_is_a_text_of_its_own() {
        let items = vec!["a\nb".to_owned(), "é".to_owned()];
        let mut request = RequestWriter::default();
        request.path("/");
        request.lines_body("application/jsonl", &items, &[]);
        let request = request.finish(Method::POST).unwrap();
        assert_eq!(request.body().as_bytes().unwrap(), "\"a\\nb\"\n\"é\"\n".as_bytes());
        let mut request = RequestWriter::default();
        request.path("/");
        request.sequence_body("application/json-seq", &items, &[]);
        let request = request.finish(Method::POST).unwrap();
        assert_eq!(request.headers()["content-type"], "application/json-seq");
        assert_eq!(request.body().as_bytes().unwrap(), "\u{1e}\"a\\nb\"\n\u{1e}\"é\"\n".as_bytes());
    }

    #[test]
    fn the_items_are_checked() {
        let mut request = RequestWriter::default();
        request.lines_body("application/jsonl", &vec![1_i64, 2], &[Rule::MaxItems(1)]);
        assert!(request.finish(Method::POST).is_err());
    }
}
