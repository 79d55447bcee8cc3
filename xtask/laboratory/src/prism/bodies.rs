//! Bodies: whether the sent body matches the values that the builder received, and what Prism can't check.

use serde_json::Value;

use super::exchange::Violation;
use crate::exercise::{Case, Request, Sent};
use crate::json_schema::equal;

/// The expected body, if the sent one differs. In forms, only properties without a declared encoding are
/// compared; multipart bodies aren't compared.
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
            // Fields of the same name are in order; the order of names is arbitrary.
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

/// Whether a field has a value; nested values are written as JSON.
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

/// Prism's message if several alternatives of a union match, or none.
const EXACTLY_ONE: &str = "must match exactly one schema in oneOf";

/// Splits off the violations of unions whose alternative Prism can't determine: only a format distinguishes
/// the text at that place, and Prism accepts any text for a format that it doesn't know.
pub fn told_by_format(case: &Case, violations: Vec<Violation>) -> (Vec<Violation>, Vec<Violation>) {
    let Some(body) = case.body.as_ref().and_then(Sent::json) else { return (Vec::new(), violations) };
    let is_mistakable = |location: &[String]| {
        let [request, part, place @ ..] = location else { return false };
        let mut steps = place.iter();
        let value = steps.try_fold(body, |value, step| match value {
            Value::Array(elements) => elements.get(step.parse::<usize>().ok()?),
            value => value.get(step),
        });
        let text = value.and_then(Value::as_str);
        request == "request"
            && part == "body"
            && text.is_some_and(|text| case.told_by_format.iter().any(|known| known == text))
    };
    let is_union = |violation: &Violation| violation.message.ends_with(EXACTLY_ONE);
    let unions =
        violations.iter().filter(|violation| is_union(violation) && is_mistakable(&violation.location));
    let unions: Vec<Vec<String>> = unions.map(|violation| violation.location.clone()).collect();
    violations.into_iter().partition(|violation| unions.contains(&violation.location))
}

/// Splits off the violations that are about things Prism can't check. It reads each form field or part as
/// text, keeps only the last of each name, and makes a list or an object of it only if the document declares
/// a `style`. It therefore misses lists and objects in OpenAPI's default encoding, and union alternatives
/// that contain them. An empty list, too, doesn't appear in a form at all.
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
    // A failed union is reported once for each alternative, then for the union itself.
    let is_of_nested = |violation: &Violation| matches!(&violation.location[..], [request, body, name, ..] if request == "request" && body == "body" && nested(name));
    let is_cut_off = violations.iter().any(Violation::is_cut_off) && violations.iter().any(is_of_nested);
    if members().any(|(name, _)| nested(name)) && (is_cut_off || violations.iter().any(is_union)) {
        return (violations, Vec::new());
    }
    let beyond = |violation: &Violation| match &violation.location[..] {
        [request, body, name, rest @ ..] if request == "request" && body == "body" => {
            // In a form, a number is also text.
            let number = rest.is_empty()
                && value.get(name).is_some_and(|value| value.is_number() || value.is_boolean());
            nested(name) || (number && violation.message.ends_with(EXACTLY_ONE))
        }
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
    fn only_the_union_of_a_text_that_a_format_tells_is_beyond_prism() {
        let case = Case {
            name: "maximal".to_owned(),
            call: 0,
            values: serde_json::Map::new(),
            body: Some(Sent::Json(json!({ "allow": ["192.0.2.0/24"], "name": "a" }))),
            told_by_format: vec!["192.0.2.0/24".to_owned()],
        };
        let at = |location: &[&str], message: &str| {
            violation(location, &format!("Request body property {message}"))
        };
        let place = ["request", "body", "allow", "0"];
        let format = || at(&place, "allow.0 must match format \"ipv4\"");
        let beyond = |violations: Vec<Violation>| told_by_format(&case, violations).0.len();
        assert_eq!(beyond(vec![format(), at(&place, EXACTLY_ONE)]), 2);
        assert_eq!(beyond(vec![format()]), 0);
        assert_eq!(beyond(vec![at(&["request", "body", "name"], EXACTLY_ONE)]), 0);
        assert_eq!(beyond(vec![at(&["request", "body", "allow"], EXACTLY_ONE)]), 0);
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
        let number = || form(json!({ "id": 7 }));
        assert!(is_beyond(&number(), violation(&["request", "body", "id"], EXACTLY_ONE)));
        assert!(!is_beyond(&number(), violation(&["request", "body", "id"], "must be <= 6")));
        let cut_off = || Violation::whole("Prism's list of violations is cut off");
        assert!(!is_beyond(&body, cut_off()));
        let both = vec![violation(&["request", "body", "list"], "must be array"), cut_off()];
        assert_eq!(beyond_prism(Some(&body), both).0.len(), 2);
        let union = || violation(&["request", "body"], "Request body must match exactly one schema in oneOf");
        assert!(is_beyond(&body, union()));
        assert!(!is_beyond(&form(json!({ "text": "a" })), union()));
        assert!(!is_beyond(&Sent::Json(json!({ "list": [1] })), violation(&["request", "body", "list"], "")));
    }
}
