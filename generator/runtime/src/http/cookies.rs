//! Cookies of a request.

use crate::http::request::{RequestWriter, append_pairs};
use crate::http::style;
use crate::http::style::{Pair, Style};
use crate::model::object::Field;
use crate::model::rules::Rule;

impl RequestWriter {
    /// Adds a cookie, if the value is present.
    pub fn cookie(&mut self, name: &str, value: &dyn Field, explode: bool, rules: &[Rule]) {
        if value.is_absent() {
            return;
        }
        let value = self.checked(name, value, rules);
        let mut pairs = String::new();
        append_pairs(&mut pairs, &style::pairs(name, value.to_exact(), Style::Form, explode), false);
        // An ampersand in a value is escaped.
        self.push_cookies(&[pairs.replace('&', "; ")]);
    }

    /// Adds a cookie, if the value is present, whose reserved characters are sent as they are, but for those that a cookie
    /// can't have.
    pub fn cookie_reserved(&mut self, name: &str, value: &dyn Field, explode: bool, rules: &[Rule]) {
        if value.is_absent() {
            return;
        }
        let value = self.checked(name, value, rules);
        let pairs = style::pairs(name, value.to_exact(), Style::Form, explode);
        let written = pairs.iter().map(|pair| {
            let parts: Vec<String> = pair.parts.iter().map(|part| style::encode_in_cookie(part)).collect();
            format!("{}={}", style::encode(&pair.name, false), parts.join(","))
        });
        let written: Vec<String> = written.collect();
        self.push_cookies(&written);
    }

    /// Adds a cookie as it is, if the value is present (OpenAPI 3.2, 4.12.5). Characters that end a cookie are a violation.
    pub fn cookie_unescaped(&mut self, name: &str, value: &dyn Field, explode: bool, rules: &[Rule]) {
        if value.is_absent() {
            return;
        }
        let value = self.checked(name, value, rules);
        let mut written = Vec::new();
        for pair in style::pairs(name, value.to_exact(), Style::Form, explode) {
            let ends = |text: &str| text.contains(|c: char| c == ';' || c.is_control() || !c.is_ascii());
            if pair.name.contains('=') || ends(&pair.name) || pair.parts.iter().any(|part| ends(part)) {
                self.violation(name, "has characters that a cookie can't have");
            }
            written.push(format!("{}={}", pair.name, pair.parts.join(",")));
        }
        self.push_cookies(&written);
    }

    /// Adds a cookie as JSON text, if the value is present.
    pub fn cookie_json(&mut self, name: &str, value: &dyn Field, rules: &[Rule]) {
        if !value.is_absent() {
            let text = self.json_text(name, value, rules);
            let mut pair = String::new();
            append_pairs(&mut pair, &[Pair::new(name, text)], false);
            self.push_cookies(&[pair]);
        }
    }

    fn push_cookies(&mut self, pairs: &[String]) {
        for pair in pairs.iter().filter(|pair| !pair.is_empty()) {
            if !self.cookies.is_empty() {
                self.cookies.push_str("; ");
            }
            self.cookies.push_str(pair);
        }
    }
}

#[cfg(test)]
mod tests {
    use http::Method;
    use serde_json::{Value, json};

    use super::*;
    use crate::json::value::Json;

    /// The `Cookie` header with what `write` writes, or what is wrong with it.
    fn sent(write: impl Fn(&mut RequestWriter)) -> Result<String, String> {
        let mut request = RequestWriter::default();
        request.path("/");
        write(&mut request);
        let request = request.finish(Method::GET).map_err(|error| error.to_string())?;
        Ok(request.headers()["cookie"].to_str().unwrap().to_owned())
    }

    /// The rows for cookies of the table of OpenAPI 3.2, 4.12.6.
    #[test]
    fn the_style_cookie() {
        let (array, object) = (json!(["blue", "black", "brown"]), json!({ "R": 100, "G": 200, "B": 150 }));
        let written = |value: &Value, explode| {
            let value = Json::from(value.clone());
            sent(|request| request.cookie_unescaped("color", &value, explode, &[])).unwrap()
        };
        for (value, explode, expected) in [
            (&json!(""), false, "color="),
            (&json!("blue"), true, "color=blue"),
            (&array, false, "color=blue,black,brown"),
            (&array, true, "color=blue; color=black; color=brown"),
            (&object, false, "color=R,100,G,200,B,150"),
            (&object, true, "R=100; G=200; B=150"),
            (&json!("a=b&c%20 \"d\""), true, "color=a=b&c%20 \"d\""),
        ] {
            assert_eq!(written(value, explode), expected);
        }
    }

    #[test]
    fn a_cookie_can_t_end_itself() {
        for value in
            [json!("a; b=c"), json!("a\r\nb"), json!({ "a=b; c": 1 }), json!(["a", "b;"]), json!("é")]
        {
            let value = Json::from(value);
            let error = sent(|request| request.cookie_unescaped("c", &value, true, &[])).unwrap_err();
            assert!(error.contains("characters"), "{error}");
        }
    }

    #[test]
    fn reserved_characters_and_others_beside_them() {
        let written = sent(|request| {
            request.cookie_reserved("a", &json_of(json!(["x/y=", "b;c, d"])), true, &[]);
            request.cookie_reserved("b", &json_of(json!(["1", "2"])), false, &[]);
            request.cookie_reserved("c", &None::<String>, true, &[]);
            request.cookie("d", &"a&b".to_owned(), true, &[]);
        });
        assert_eq!(written.unwrap(), "a=x/y=; a=b%3Bc%2C%20d; b=1,2; d=a%26b");
    }

    fn json_of(value: Value) -> Json {
        value.into()
    }
}
