//! What operations and their modules wish to be called.

use serde_json::Value;

use crate::api::Wish;
use crate::source::document::Operation;

/// The document's names for the operation's modules and the operation: from extensions, or else the `operationId`,
/// which can contain both, or else the first tag, or else method and path.
pub(super) fn wishes(operation: &Operation) -> (Vec<String>, Wish) {
    let extension = |name: &str| operation.extensions.get(name);
    let words = |value: &Value| match value {
        Value::String(word) => vec![word.clone()],
        Value::Array(words) => words.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        _ => Vec::new(),
    };
    let mut group = extension("x-operation-group").map(words).unwrap_or_default();
    let name = extension("x-operation-name").and_then(Value::as_str).filter(|name| !name.is_empty());
    let wish = match (name, operation.operation_id.as_deref().filter(|id| !id.is_empty())) {
        (Some(name), _) => Wish::Required(name.to_owned()),
        (None, Some(id)) => {
            let (prefix, wish) = of_id(id, operation);
            if group.is_empty() {
                group = prefix;
            }
            wish
        }
        (None, None) => method(operation),
    };
    if group.is_empty() {
        group.extend(operation.tags.first().cloned());
    }
    (group, wish)
}

/// The modules and the name that an `operationId` asks for.
fn of_id(id: &str, operation: &Operation) -> (Vec<String>, Wish) {
    if let Some(rest) = without_path(id, operation) {
        return (Vec::new(), rest.map_or_else(|| method(operation), Wish::Suggested));
    }
    if let Some(summary) = operation.summary.as_deref()
        && is_spelled_out(id, summary)
    {
        return (Vec::new(), Wish::Suggested(summary.to_owned()));
    }
    match divided(id) {
        Some((prefix, name)) => {
            let parts = prefix.split(['/', '.']).filter(|part| !part.is_empty());
            (parts.map(str::to_owned).collect(), Wish::Suggested(name.to_owned()))
        }
        None => (Vec::new(), Wish::Suggested(id.to_owned())),
    }
}

/// Nothing but the method and the path, which `rust` makes a name of.
fn method(operation: &Operation) -> Wish {
    Wish::Unknown(operation.method.to_lowercase())
}

/// Splits an `operationId` into modules and a name.
fn divided(id: &str) -> Option<(&str, &str)> {
    id.rsplit_once(['/', '.']).filter(|(prefix, name)| !prefix.is_empty() && !name.is_empty())
}

/// What an `operationId` says besides its own path and method, if it holds its path: as a template, or as words between a
/// name and the method, as FastAPI writes them. The inner option is `None` if that is nothing.
fn without_path(id: &str, operation: &Operation) -> Option<Option<String>> {
    let (all, path) = (words(id), words(&operation.path));
    let method = operation.method.to_lowercase();
    let at = all.windows(path.len().max(1)).rposition(|window| window == path)?;
    let is_request = id.contains('/') && (all[0] == method || id.starts_with('/')) && at <= 1;
    let is_template =
        id.contains(['{', '}']) || is_request || (path.len() > 1 && id.contains(&operation.path));
    let is_long = path.len() > 2 && id.contains(['/', '.']);
    let is_between = path.len() > 1 && at > 0 && all.last() == Some(&method) && all[0] != method;
    if !is_template && !is_long && !is_between {
        return None;
    }
    let is_said = |words: &[String]| words.iter().any(|word| *word != method && !path.contains(word));
    let (before, after) = (&all[..at], &all[at + path.len()..]);
    let said = [before, after].into_iter().find(|words| is_said(words));
    let rest = said.map(|words| {
        let own = words.strip_prefix(std::slice::from_ref(&method)).unwrap_or(words);
        own.strip_suffix(std::slice::from_ref(&method)).unwrap_or(own).join(" ")
    });
    Some(rest)
}

/// The words of a text, as signs divide them.
fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

/// Whether the summary is the id with spaces between its words, which casing alone may not tell.
fn is_spelled_out(id: &str, summary: &str) -> bool {
    let is_name = |c: char| c.is_ascii_alphanumeric();
    id.chars().all(is_name) && summary.contains(' ') && words(summary).concat() == id.to_lowercase()
}
