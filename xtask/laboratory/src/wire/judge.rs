//! Whether what arrived and what came back is what a case says.

use serde_json::Value;

use super::exact::Exact;
use super::multipart;
use super::server::Arrived;
use super::suite::{Any, Body, Case, Outcome, Request};

/// What stands for no error among the kinds of error that are expected.
const NONE: &str = "none";

/// What is wrong with the requests of a case.
pub fn requests(case: &Case, arrived: &[Arrived]) -> Vec<String> {
    let mut faults = Vec::new();
    let steps = case.steps();
    let (least, most) = case.requests.unwrap_or((steps.len(), steps.len()));
    if !(least..=most).contains(&arrived.len()) {
        let lines: Vec<String> =
            arrived.iter().map(|request| format!("{} {}", request.method, request.target)).collect();
        faults.push(format!("{least} to {most} requests are expected, {} arrived: {lines:?}", arrived.len()));
    }
    for (step, request) in steps.iter().zip(arrived) {
        faults.extend(of_request(&step.request, request));
        if let Some((least, most)) = step.after_ms {
            let after = request.after.as_millis();
            if !(u128::from(least)..=u128::from(most)).contains(&after) {
                faults.push(format!("the request came after {after} ms, not {least} to {most}"));
            }
        }
    }
    faults
}

fn of_request(expected: &Request, request: &Arrived) -> Vec<String> {
    let mut faults = Vec::new();
    let mut differs = |what: &str, expected: &dyn std::fmt::Debug, found: &dyn std::fmt::Debug| {
        faults.push(format!("{what}: expected {expected:?}, found {found:?}"));
    };
    if let Some(method) = expected.method.as_ref().filter(|method| **method != request.method) {
        differs("method", method, &request.method);
    }
    if let Some(origin) = expected.origin.as_ref().filter(|origin| **origin != request.origin) {
        differs("origin", origin, &request.origin);
    }
    if let Some(target) = &expected.target
        && !target.iter().any(|target| same_target(target, &request.target))
    {
        differs("target", target, &request.target);
    }
    for (name, expected) in &expected.headers {
        let found = request.header(name);
        let fits = match (expected, &found) {
            (None, None) => true,
            (Some(any), Some(found)) => any.iter().any(|value| same_header(name, value, found)),
            _ => false,
        };
        if !fits {
            differs(name, expected, &found);
        }
    }
    if let Some(body) = &expected.body {
        let reasons: Vec<String> = body.iter().filter_map(|body| of_body(body, request).err()).collect();
        if reasons.len() == body.iter().count() {
            differs("body", &reasons, &String::from_utf8_lossy(&request.body));
        }
    }
    faults
}

/// Whether two targets are equivalent (RFC 3986, section 6.2.2), the pairs of different names in the query in any order.
fn same_target(expected: &str, found: &str) -> bool {
    let parts = |target: &str| {
        let (path, query) = match target.split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (target, None),
        };
        let mut pairs: Option<Vec<String>> = query.map(|query| query.split('&').map(normal).collect());
        if let Some(pairs) = &mut pairs {
            pairs.sort_by_key(|pair| pair.split('=').next().unwrap_or_default().to_owned());
        }
        (normal(path), pairs)
    };
    parts(expected) == parts(found)
}

/// Unreserved characters as they are, and capital hexadecimal digits.
fn normal(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut normal = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let escaped = text.get(at + 1..at + 3).filter(|_| bytes[at] == b'%');
        match escaped.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
                    normal.push(byte);
                } else {
                    normal.extend(format!("%{byte:02X}").bytes());
                }
                at += 3;
            }
            None => {
                normal.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&normal).into_owned()
}

fn same_header(name: &str, expected: &str, found: &str) -> bool {
    if name.eq_ignore_ascii_case("content-type") && !expected.contains(';') {
        return multipart::essence(found).eq_ignore_ascii_case(expected);
    }
    if name.eq_ignore_ascii_case("cookie") {
        let pairs = |text: &str| {
            let mut pairs: Vec<String> = text.split("; ").map(normal).collect();
            pairs.sort();
            pairs
        };
        return pairs(expected) == pairs(found);
    }
    expected == found
}

fn of_body(expected: &Body, request: &Arrived) -> Result<(), String> {
    let text = String::from_utf8_lossy(&request.body);
    let check = |fits: bool| if fits { Ok(()) } else { Err(format!("{expected:?}")) };
    match expected {
        Body::None(none) => check(request.body.is_empty() == *none),
        Body::Text(expected) => check(text == *expected),
        Body::Base64(expected) => check(super::base64(expected).as_deref() == Some(&request.body[..])),
        Body::Json(expected) => check(Exact::parse(&text)? == Exact::of(expected)?),
        Body::Xml(expected) => check(plain_xml(&text) == plain_xml(expected)),
        Body::Lines(expected) => {
            let lines: Result<Vec<Exact>, String> = text.lines().map(Exact::parse).collect();
            let expected: Result<Vec<Exact>, String> = expected.iter().map(Exact::of).collect();
            check(lines? == expected?)
        }
        Body::Form(expected) => {
            let mut found: Vec<(String, String)> = form_urlencoded::parse(&request.body)
                .map(|(name, value)| (name.into(), value.into()))
                .collect();
            let mut expected = expected.clone();
            found.sort_by(|left, right| left.0.cmp(&right.0));
            expected.sort_by(|left, right| left.0.cmp(&right.0));
            check(found == expected)
        }
        Body::Parts(expected) => {
            let found = multipart::parts(&request.header("content-type").unwrap_or_default(), &request.body)?;
            if found.len() != expected.len() {
                return Err(format!("{} parts are expected, {} found", expected.len(), found.len()));
            }
            let mut left: Vec<_> = found.iter().collect();
            for part in expected {
                // Parts of different names can be in any order.
                let place = left.iter().position(|found| found.name() == part.name);
                let found = left.remove(place.ok_or_else(|| format!("no part {:?}", part.name))?);
                multipart::compare(part, found)?;
            }
            Ok(())
        }
    }
}

/// XML without the declaration, white space between elements and empty pairs of tags.
fn plain_xml(text: &str) -> String {
    let text = match text.trim().strip_prefix("<?xml") {
        Some(rest) => rest.split_once("?>").map_or("", |(_, rest)| rest),
        None => text,
    };
    let mut plain = String::new();
    for piece in text.trim().split_inclusive('>') {
        let piece = if piece.trim_start().starts_with('<') { piece.trim_start() } else { piece };
        let name = piece.strip_prefix("</").and_then(|rest| rest.strip_suffix('>'));
        let start = name.map(|name| format!("<{name}"));
        let open = plain.rfind('<').map(|at| (at, plain[at..].to_owned()));
        match (start, open) {
            (Some(start), Some((_, open)))
                if !open.ends_with("/>")
                    && open.strip_prefix(&start).is_some_and(|rest| rest == ">" || rest.starts_with(' '))
                    && open.ends_with('>') =>
            {
                plain.pop();
                plain.push_str("/>");
            }
            _ => plain.push_str(&piece.replace(" />", "/>")),
        }
    }
    plain
}

/// What is wrong with a result.
pub fn result(expected: &Outcome, answer: &Value) -> Vec<String> {
    compared(expected, answer).unwrap_or_else(|reason| vec![reason])
}

fn compared(expected: &Outcome, answer: &Value) -> Result<Vec<String>, String> {
    let mut faults = Vec::new();
    let error = answer["error"].as_str();
    let fits = match &expected.error {
        None => error.is_none(),
        Some(any) => any.iter().any(|kind| kind == error.unwrap_or(NONE)),
    };
    if !fits {
        let kinds = expected.error.as_ref().map(|any: &Any<String>| any.iter().collect::<Vec<_>>());
        return Ok(vec![format!("error: expected {kinds:?}, found {answer}")]);
    }
    let may_fail = expected.error.as_ref().is_some_and(|any| any.iter().any(|kind| kind == NONE));
    if error.is_some() && may_fail {
        return Ok(faults);
    }
    if let Some(status) = expected.status
        && answer["status"] != status
    {
        faults.push(format!("status: expected {status}, found {}", answer["status"]));
    }
    let found = answer["value"].as_str().map(Exact::parse).transpose()?;
    let mut values = Vec::new();
    if let Some(value) = &expected.value {
        values.push(Exact::of(value)?);
    }
    if let Some(text) = &expected.json {
        values.push(Exact::parse(text)?);
    }
    for value in expected.any_value.iter().flatten() {
        values.push(Exact::of(value)?);
    }
    if !values.is_empty() && !values.iter().any(|value| Some(value) == found.as_ref()) {
        faults.push(format!("value: expected {}, found {answer}", values[0]));
    }
    if let Some(expected) = &expected.base64
        && answer["base64"] != **expected
    {
        faults.push(format!("bytes: expected {expected}, found {answer}"));
    }
    if let Some(items) = &expected.items {
        let found = answer["items"].as_array().cloned().unwrap_or_default();
        let same = |(expected, found): (&Value, &Value)| match expected.get("$unread") {
            Some(text) => Ok(found["unread"] == *text),
            None => Ok(Some(Exact::of(expected)?) == found["value"].as_str().map(Exact::parse).transpose()?),
        };
        let same: Result<Vec<bool>, String> = items.iter().zip(&found).map(same).collect();
        if items.len() != found.len() || same?.contains(&false) {
            faults.push(format!("items: expected {}, found {answer}", Value::from(items.clone())));
        }
    }
    Ok(faults)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_compared_as_uris() {
        assert!(same_target("/a%2fb?x=1&y=%7E", "/a%2Fb?y=~&x=1"));
        assert!(!same_target("/a?x=1&x=2", "/a?x=2&x=1"));
        assert!(!same_target("/a?", "/a"));
        assert!(!same_target("/a%2Fb", "/a/b"));
    }

    #[test]
    fn xml_is_compared_without_its_layout() {
        let plain = plain_xml("<?xml version=\"1.0\"?>\n<a b=\"1\">\n  <c></c>\n  <d>x y</d>\n</a>\n");
        assert_eq!(plain, "<a b=\"1\"><c/><d>x y</d></a>");
        assert_eq!(plain_xml("<a/>"), plain_xml("<a></a>"));
    }

    #[test]
    fn results_are_compared_by_what_is_expected() {
        let expected = |text: &str| serde_json::from_str::<Outcome>(text).unwrap();
        let answer = serde_json::json!({"status": 200, "value": "{\"a\":1.0}"});
        assert!(result(&expected("{\"value\": {\"a\": 1}, \"status\": 200}"), &answer).is_empty());
        assert!(!result(&expected("{\"value\": {\"a\": 2}}"), &answer).is_empty());
        assert!(!result(&expected("{\"value\": null}"), &answer).is_empty());
        assert!(!result(&expected("{\"error\": \"decode\"}"), &answer).is_empty());
        assert!(
            !result(&expected("{\"items\": []}"), &serde_json::json!({"items": [{"value": "1"}]})).is_empty()
        );
    }
}
