//! What came of a case with a peer's client. Results are compared in the form that it can give.

use base64::Engine as _;
use serde_json::{Value, json};

use super::runner::Runner;
use crate::wire::exact::Exact;
use crate::wire::judge;
use crate::wire::server::Server;
use crate::wire::suite::{Any, Case, Outcome};

/// What came of a case.
#[derive(Clone, Debug)]
pub enum Came {
    Passed,
    /// What is wrong.
    Wrong(Vec<String>),
    Not(NotRun),
}

/// Why a case wasn't run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotRun {
    /// Whether the peer refuses the operation, or what it generates of it doesn't compile.
    pub is_refused: bool,
    pub kind: String,
    /// In the words of the peer or the compiler.
    pub detail: String,
}

impl NotRun {
    /// There is no crate with the operation.
    pub fn refused(kind: &str, detail: &str) -> Self {
        Self { is_refused: true, kind: kind.to_owned(), detail: detail.to_owned() }
    }

    /// The peer's interface lacks something.
    pub fn inexpressible(kind: &str) -> Self {
        Self { is_refused: false, kind: kind.to_owned(), detail: String::new() }
    }

    /// The laboratory's call of the function doesn't compile.
    pub fn caller(detail: &str) -> Self {
        Self {
            is_refused: false,
            kind: "no call of the function compiles".to_owned(),
            detail: detail.to_owned(),
        }
    }
}

/// The kind of a value that the peer's types don't hold.
const UNHELD: &str = "the argument's type doesn't hold the value";

/// Makes the calls of a case.
pub fn judge(case: &Case, server: &Server, runner: &mut Runner<'_>) -> Came {
    server.begin(&case.steps());
    let mut faults = Vec::new();
    let mut is_held = true;
    let mut results = case.results();
    for call in case.calls() {
        let expected = results.next().cloned().unwrap_or_default();
        let answer = match runner.call(call, &case.id) {
            Ok(answer) => answer,
            Err(not) => return Came::Not(not),
        };
        is_held &= holds(&answer);
        match compared(expected, answer) {
            Ok(found) => faults.extend(found),
            Err(not) => return Came::Not(not),
        }
    }
    faults.extend(judge::requests(case, &server.arrived()));
    match (faults.is_empty(), is_held) {
        (true, _) => Came::Passed,
        (false, true) => Came::Wrong(faults),
        // What is wrong may be what the types lost, and not what was made of them.
        (false, false) => Came::Not(NotRun { detail: faults.join("; "), ..NotRun::inexpressible(UNHELD) }),
    }
}

/// Whether the peer's types held each given value.
fn holds(answer: &Value) -> bool {
    let held = answer["held"].as_object().into_iter().flatten();
    held.into_iter().all(|(key, held)| {
        let exact = |text: &Value| Exact::parse(text.as_str().unwrap_or_default()).ok();
        answer["given"].get(key).is_none_or(|given| exact(given) == exact(held))
    })
}

/// Whether `expected` allows one of `kinds`, and which.
fn allowed<'a>(expected: &'a Outcome, kinds: &[&str]) -> Option<&'a str> {
    let all = expected.error.iter().flat_map(Any::iter);
    all.map(String::as_str).find(|kind| kinds.contains(kind))
}

/// What is wrong with a result.
fn compared(mut expected: Outcome, mut answer: Value) -> Result<Vec<String>, NotRun> {
    let has_value = expected.value.is_some() || expected.json.is_some() || expected.any_value.is_some();
    if answer["error"] == "inexpressible" {
        let why = answer["why"].as_str().unwrap_or_default();
        let detail = answer["reason"].as_str().unwrap_or_default().to_owned();
        return match why {
            // The language's types don't let a caller write the call.
            "value" if allowed(&expected, &["invalid"]).is_some() => Ok(Vec::new()),
            "value" => Err(NotRun { detail, ..NotRun::inexpressible(UNHELD) }),
            _ => Err(NotRun { detail, ..NotRun::inexpressible(why) }),
        };
    }
    // Each failure as the expected kind that the peer doesn't tell apart from it.
    let alike: &[&str] = match answer["error"].as_str() {
        Some("status") => &["declared", "undeclared"],
        Some("incomplete") => &["reset", "protocol", "truncated", "coding", "other"],
        Some("decode") => &["decode", "unlisted"],
        _ => &[],
    };
    if let Some(kind) = allowed(&expected, alike) {
        if answer["bodiless"] == true && kind == "declared" && has_value {
            return Err(NotRun::inexpressible("the body of a failure"));
        }
        answer["error"] = json!(kind);
    }
    if answer["error"].is_null() {
        if answer["nothing"] == true && (has_value || expected.base64.is_some()) {
            return Err(NotRun::inexpressible("the body of a success: the function returns nothing"));
        }
        same_form(&expected, &mut answer);
    }
    if answer["status"].is_null() {
        expected.status = None;
    }
    Ok(judge::result(&expected, &answer))
}

/// A text as bytes or bytes as a text, as they are expected.
fn same_form(expected: &Outcome, answer: &mut Value) {
    let text = |value: &Value| serde_json::from_str::<String>(value.as_str()?).ok();
    if expected.base64.is_some() && answer["base64"].is_null() {
        if let Some(text) = text(&answer["value"]) {
            answer["base64"] = json!(base64::engine::general_purpose::STANDARD.encode(text));
        }
    } else if expected.value.is_some() && answer["value"].is_null() {
        let bytes = answer["base64"].as_str().and_then(crate::wire::base64);
        if let Some(text) = bytes.and_then(|bytes| String::from_utf8(bytes).ok()) {
            let is_text = matches!(expected.value, Some(Value::String(_)));
            answer["value"] = if is_text { json!(json!(text).to_string()) } else { json!(text) };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(text: &str) -> Outcome {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn results_are_compared_in_the_form_that_a_peer_gives() {
        let passes = |expected: &str, answer: Value| {
            compared(outcome(expected), answer).map(|faults| faults.is_empty())
        };
        let value = "{\"status\": 200, \"value\": {\"a\": 1}}";
        assert_eq!(passes(value, json!({"value": "{\"a\":1.0}"})), Ok(true));
        assert_eq!(passes(value, json!({"value": "{\"a\":2}"})), Ok(false));
        assert!(passes(value, json!({"nothing": true})).is_err());
        let declared = "{\"error\": \"declared\", \"status\": 404, \"value\": {}}";
        assert_eq!(passes(declared, json!({"error": "status", "status": 404, "value": "{}"})), Ok(true));
        assert_eq!(passes(declared, json!({"error": "status", "status": 404})), Ok(false));
        assert!(passes(declared, json!({"error": "status", "status": 404, "bodiless": true})).is_err());
        assert_eq!(passes("{\"error\": \"reset\"}", json!({"error": "incomplete"})), Ok(true));
        assert_eq!(passes("{\"error\": \"timeout\"}", json!({"error": "incomplete"})), Ok(false));
        let unheld = json!({"error": "inexpressible", "why": "value"});
        assert_eq!(passes("{\"error\": \"invalid\"}", unheld.clone()), Ok(true));
        assert_eq!(passes(value, unheld).map_err(|not| not.kind), Err(UNHELD.to_owned()));
        assert_eq!(passes("{\"base64\": \"YQ==\"}", json!({"value": "\"a\""})), Ok(true));
    }

    #[test]
    fn a_value_that_types_lose_is_no_fault_of_the_wire() {
        assert!(holds(&json!({"given": {"body": "{\"a\":1}"}, "held": {"body": "{\"a\":1.0}"}})));
        assert!(!holds(&json!({"given": {"body": "{\"a\":null}"}, "held": {"body": "{}"}})));
    }
}
