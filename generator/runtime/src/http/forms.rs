//! Forms (`application/x-www-form-urlencoded`), as bodies and as whole queries, and what else can be a whole query.

use crate::http::request::{PropertyEncoding, RequestWriter, append_pairs};
use crate::http::style;
use crate::http::style::{Pair, Style};
use crate::json::digits::Exact;
use crate::model::object::Field;
use crate::model::rules::Rule;

impl RequestWriter {
    /// Sets an `application/x-www-form-urlencoded` body. A value that isn't an object is a violation.
    pub fn form_body(
        &mut self,
        media_type: &'static str,
        value: &dyn Field,
        encodings: &[PropertyEncoding],
        rules: &[Rule],
    ) {
        let value = self.checked_body(value, rules);
        if !value.is_object() && !value.is_null() {
            self.violation("", "only an object can be sent as a form");
        }
        self.set_body(media_type, form(value.to_exact(), encodings).into());
    }

    /// Adds the whole query as a form, if the value is present. A value that isn't an object is a violation.
    pub fn whole_query_form(
        &mut self,
        name: &str,
        value: &dyn Field,
        encodings: &[PropertyEncoding],
        rules: &[Rule],
    ) {
        if value.is_absent() {
            return;
        }
        let value = self.checked(name, value, rules);
        if !value.is_object() && !value.is_null() {
            self.violation(name, "only an object can be sent as a form");
        }
        let query = form(value.to_exact(), encodings);
        self.push_query(&query);
    }

    /// Adds JSON text as the whole query, if the value is present.
    pub fn whole_query_json(&mut self, name: &str, value: &dyn Field, rules: &[Rule]) {
        if !value.is_absent() {
            let text = self.json_text(name, value, rules);
            self.push_query(&style::encode(&text, false));
        }
    }

    /// Adds the text of a scalar as the whole query, if the value is present.
    pub fn whole_query_text(&mut self, name: &str, value: &dyn Field, rules: &[Rule]) {
        if !value.is_absent() {
            let value = self.checked(name, value, rules);
            self.push_query(&style::encode(&style::text(value.to_exact()), false));
        }
    }

    fn push_query(&mut self, query: &str) {
        if !self.query.is_empty() && !query.is_empty() {
            self.query.push('&');
        }
        self.query.push_str(query);
    }
}

/// The properties of `value` in the format `application/x-www-form-urlencoded`.
fn form(value: Exact<'_>, encodings: &[PropertyEncoding]) -> String {
    let mut text = String::new();
    for (name, value) in value.members() {
        let encoding = encodings.iter().find(|encoding| encoding.wire == name);
        // Forms have no notation for nested objects: they are written as JSON (OpenAPI 3.1, 4.8.14.4).
        let nested = value.0.is_object() || value.0.is_array() && encoding.is_some();
        let pairs = match encoding {
            Some(PropertyEncoding { content_type: Some(types), .. }) if nested && types.contains("json") => {
                vec![Pair::new(name, value.to_text())]
            }
            Some(encoding) => style::pairs(name, value, encoding.style, encoding.explode),
            None if value.0.is_object() => vec![Pair::new(name, value.to_text())],
            None => style::pairs(name, value, Style::Form, true),
        };
        append_pairs(&mut text, &pairs, encoding.is_some_and(|encoding| encoding.allow_reserved));
    }
    text
}

#[cfg(test)]
mod tests {
    use http::Method;
    use serde_json::Value;

    use super::*;
    use crate::json::value::Json;

    #[test]
    fn only_an_object_has_a_form() {
        let sent = |value: Value| {
            let mut request = RequestWriter::default();
            request.path("/");
            request.form_body(
                "application/x-www-form-urlencoded",
                &crate::json::value::Json::from(value),
                &[],
                &[],
            );
            request.finish(Method::POST)
        };
        let object = sent(serde_json::json!({ "a": 1 })).unwrap();
        assert_eq!(object.body().as_bytes().unwrap(), "a=1");
        let error = sent(serde_json::json!(["a"])).unwrap_err();
        assert!(error.to_string().contains("only an object can be sent as a form"), "{error}");
    }

    #[test]
    fn a_whole_query_is_a_form_or_json_or_text() {
        let sent = |write: &dyn Fn(&mut RequestWriter)| {
            let mut request = RequestWriter::default();
            request.path("/");
            write(&mut request);
            request.finish(Method::GET).map(|request| request.uri().to_string())
        };
        let value = Json::from(serde_json::json!({ "a": [1, "x&y"], "b": { "c": null } }));
        let encoding = PropertyEncoding {
            wire: "a",
            content_type: None,
            style: Style::Form,
            explode: false,
            allow_reserved: false,
        };
        for (written, expected) in [
            (
                sent(&|request| request.whole_query_form("q", &value, &[], &[])),
                "/?a=1&a=x%26y&b=%7B%22c%22%3Anull%7D",
            ),
            (
                sent(&|request| request.whole_query_form("q", &value, &[encoding], &[])),
                "/?a=1,x%26y&b=%7B%22c%22%3Anull%7D",
            ),
            (sent(&|request| request.whole_query_json("q", &vec![1_i64, 2], &[])), "/?%5B1%2C2%5D"),
            (sent(&|request| request.whole_query_text("q", &"$.a[1]".to_owned(), &[])), "/?%24.a%5B1%5D"),
            (sent(&|request| request.whole_query_json("q", &None::<String>, &[])), "/"),
            (
                sent(&|request| request.whole_query_form("q", &Json::from(serde_json::json!({})), &[], &[])),
                "/",
            ),
        ] {
            assert_eq!(written.unwrap(), expected);
        }
        let error = sent(&|request| request.whole_query_form("q", &1_i64, &[], &[])).unwrap_err();
        assert!(error.to_string().contains("q: only an object can be sent as a form"), "{error}");
    }
}
