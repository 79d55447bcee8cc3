//! Bodies: whether what was sent is what the builder was given, and what Prism can't judge of it.

use serde_json::Value;

use super::exchange::Violation;
use crate::equal::equal;
use crate::exercise::{Request, Sent};

/// What the body should have been, if it isn't that. Of a form only properties without an encoding of their own are
/// compared, and parts aren't.
pub fn difference(wanted: &Sent, request: &Request) -> Option<String> {
    match wanted {
        Sent::Json(wanted) => {
            let body: Option<Value> = serde_json::from_str(&request.body).ok();
            (!body.is_some_and(|body| equal(&body, wanted))).then(|| wanted.to_string())
        }
        Sent::Fields { multipart: true, .. } => None,
        Sent::Fields { value, encoded, multipart: false } => {
            let plain = |(name, _): &(String, String)| !encoded.contains(name);
            let wanted: Vec<(String, String)> = pairs(value).into_iter().filter(plain).collect();
            let sent = form_urlencoded::parse(request.body.as_bytes()).into_owned().filter(plain);
            (sent.collect::<Vec<_>>() != wanted).then(|| format!("{wanted:?}"))
        }
    }
}

/// The pairs of a form: one for each element of a list, nested values as JSON (OpenAPI 3.1, 4.8.14.4).
fn pairs(value: &Value) -> Vec<(String, String)> {
    let Value::Object(members) = value else { return vec![("?".to_owned(), value.to_string())] };
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let pair = |(name, value): (&String, &Value)| match value {
        Value::Array(elements) => elements.iter().map(|element| (name.clone(), text(element))).collect(),
        value => vec![(name.clone(), text(value))],
    };
    members.iter().flat_map(pair).collect()
}

/// Whether a violation is about what Prism can't judge. It takes each field of a form or a part as text, the last one
/// of a name, and makes a list or an object of it only where the document has a `style` for it; so that it misses
/// lists and objects which are there as OpenAPI says they are by default. And what is an empty list in the document
/// is nothing in a form.
pub fn is_beyond_prism(body: &Sent, violation: &Violation) -> bool {
    let Sent::Fields { value, encoded, .. } = body else { return false };
    let place: Vec<&str> = violation.location.iter().map(String::as_str).collect();
    let nested = |name: &str| {
        !encoded.iter().any(|known| known == name)
            && value.get(name).is_some_and(|value| value.is_array() || value.is_object())
    };
    match &place[..] {
        ["request", "body", name, ..] => nested(name),
        ["request", "body"] => value.as_object().into_iter().flatten().any(|(name, value)| {
            let missing = violation.message.ends_with(&format!("required property '{name}'"));
            missing && value.as_array().is_some_and(Vec::is_empty)
        }),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn fields(value: Value) -> Sent {
        Sent::Fields { value, encoded: vec!["styled".to_owned()], multipart: false }
    }

    fn violation(location: &[&str], message: &str) -> Violation {
        let location = location.iter().map(|part| (*part).to_owned()).collect();
        Violation { location, message: message.to_owned() }
    }

    #[test]
    fn a_form_is_what_was_given() {
        let body = "a=1&b=x%20y&b=%7B%22c%22%3A2%7D&styled=1,2";
        let request = |body: &str| Request {
            method: "POST".to_owned(),
            uri: "/".to_owned(),
            headers: Vec::new(),
            body: body.to_owned(),
        };
        let value = json!({ "a": 1, "b": ["x y", { "c": 2 }], "styled": [1, 2] });
        assert_eq!(difference(&fields(value.clone()), &request(body)), None);
        assert!(difference(&fields(value), &request("a=1&b=x%20y")).is_some());
        assert!(difference(&fields(json!([1])), &request("")).is_some());
    }

    #[test]
    fn only_nested_values_without_a_style_are_beyond_prism() {
        let body = fields(json!({ "list": [1], "empty": [], "text": "a", "styled": [1] }));
        for (name, beyond) in [("list", true), ("empty", true), ("text", false), ("styled", false)] {
            let wrong = violation(&["request", "body", name], "must be array");
            assert_eq!(is_beyond_prism(&body, &wrong), beyond, "{name}");
        }
        for (name, beyond) in [("list", false), ("empty", true), ("other", false)] {
            let missing =
                violation(&["request", "body"], &format!("Request body must have required property '{name}'"));
            assert_eq!(is_beyond_prism(&body, &missing), beyond, "{name}");
        }
        assert!(!is_beyond_prism(&Sent::Json(json!({ "list": [1] })), &violation(&["request", "body", "list"], "")));
    }
}
