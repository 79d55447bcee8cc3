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
            let plain = |name: &str| !encoded.iter().any(|known| known == name);
            let wanted: Vec<(&str, &Value)> =
                fields(value).into_iter().filter(|(name, _)| plain(name)).collect();
            let mut sent: Vec<(String, String)> = form_urlencoded::parse(request.body.as_bytes())
                .into_owned()
                .filter(|(name, _)| plain(name))
                .collect();
            // Those of one name are in order, the names in any.
            let all = wanted.iter().all(|(name, value)| {
                let next = sent.iter().position(|(other, _)| other == name);
                next.is_some_and(|next| is_text_of(&sent.remove(next).1, value))
            });
            (!all || !sent.is_empty()).then(|| format!("{wanted:?}"))
        }
    }
}

/// The fields of a form: one for each element of a list (OpenAPI 3.1, 4.8.14.4).
fn fields(value: &Value) -> Vec<(&str, &Value)> {
    let Value::Object(members) = value else { return vec![("", value)] };
    let mut fields = Vec::new();
    for (name, value) in members {
        match value {
            Value::Array(elements) => fields.extend(elements.iter().map(|element| (name.as_str(), element))),
            value => fields.push((name.as_str(), value)),
        }
    }
    fields
}

/// Whether a field holds a value: nested ones as JSON, others as they are.
fn is_text_of(text: &str, value: &Value) -> bool {
    match value {
        Value::String(wanted) => text == wanted,
        Value::Array(_) | Value::Object(_) => {
            serde_json::from_str(text).is_ok_and(|sent: Value| equal(&sent, value))
        }
        Value::Null => text.is_empty(),
        Value::Bool(wanted) => text.parse() == Ok(*wanted),
        Value::Number(wanted) => {
            serde_json::from_str(text).is_ok_and(|sent: serde_json::Number| sent == *wanted)
        }
    }
}

/// The violations that are about what Prism can't judge, and the others. It takes each field of a form or a part as
/// text, the last one of a name, and makes a list or an object of it only where the document has a `style` for it; so
/// that it misses lists and objects which are there as OpenAPI says they are by default, and the alternative of a union
/// which has them. And what is an empty list in the document is nothing in a form.
pub fn beyond_prism(body: Option<&Sent>, violations: Vec<Violation>) -> (Vec<Violation>, Vec<Violation>) {
    let Some(Sent::Fields { value, encoded, .. }) = body else { return (Vec::new(), violations) };
    let members = || value.as_object().into_iter().flatten();
    let nested = |name: &str| {
        !encoded.iter().any(|known| known == name)
            && value.get(name).is_some_and(|value| value.is_array() || value.is_object())
    };
    let is_union = |violation: &Violation| {
        let message = &violation.message;
        violation.location == ["request", "body"] && (message.contains("oneOf") || message.contains("anyOf"))
    };
    if members().any(|(name, _)| nested(name)) && violations.iter().any(is_union) {
        return (violations, Vec::new());
    }
    let beyond = |violation: &Violation| match &violation.location[..] {
        [request, body, name, ..] if request == "request" && body == "body" => nested(name),
        [request, body] if request == "request" && body == "body" => members().any(|(name, value)| {
            let missing = violation.message.ends_with(&format!("required property '{name}'"));
            missing && value.as_array().is_some_and(Vec::is_empty)
        }),
        _ => false,
    };
    violations.into_iter().partition(beyond)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn form(value: Value) -> Sent {
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
        assert_eq!(difference(&form(value.clone()), &request(body)), None);
        assert!(difference(&form(value.clone()), &request("a=1&b=x%20y")).is_some());
        assert!(difference(&form(value), &request("a=1&b=%7B%22c%22%3A2%7D&b=x%20y")).is_some());
        assert!(difference(&form(json!([1])), &request("")).is_some());
    }

    #[test]
    fn only_nested_values_without_a_style_are_beyond_prism() {
        let body = form(json!({ "list": [1], "empty": [], "text": "a", "styled": [1] }));
        let is_beyond = |body: &Sent, violation: Violation| {
            let (beyond, others) = beyond_prism(Some(body), vec![violation]);
            assert_eq!(beyond.len() + others.len(), 1);
            others.is_empty()
        };
        for (name, beyond) in [("list", true), ("empty", true), ("text", false), ("styled", false)] {
            let wrong = violation(&["request", "body", name], "must be array");
            assert_eq!(is_beyond(&body, wrong), beyond, "{name}");
        }
        for (name, beyond) in [("list", false), ("empty", true), ("other", false)] {
            let missing = violation(
                &["request", "body"],
                &format!("Request body must have required property '{name}'"),
            );
            assert_eq!(is_beyond(&body, missing), beyond, "{name}");
        }
        let union = || violation(&["request", "body"], "Request body must match exactly one schema in oneOf");
        assert!(is_beyond(&body, union()));
        assert!(!is_beyond(&form(json!({ "text": "a" })), union()));
        assert!(!is_beyond(&Sent::Json(json!({ "list": [1] })), violation(&["request", "body", "list"], "")));
    }
}
