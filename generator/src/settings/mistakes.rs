//! What is wrong with a settings file, in the words of YAML and of the settings.

use crate::text::most_like;

/// The problem that `error` tells in the words of Rust, and where in the file it is.
pub(super) fn told(error: &serde_yaml::Error) -> String {
    let text = error.to_string();
    // It ends with the place, which goes to the front.
    let text = text.rfind(" at line ").map_or(&*text, |at| &text[..at]);
    let (path, problem) = match text.split_once(": ") {
        Some((path, problem)) if !path.contains(' ') => (Some(path), problem),
        _ => (None, text),
    };
    let place = error.location().map(|place| format!("line {}, column {}: ", place.line(), place.column()));
    let path = path.filter(|path| *path != ".").map(|path| format!("`{path}`: "));
    format!("{}{}{}", place.unwrap_or_default(), path.unwrap_or_default(), in_words(problem))
}

fn in_words(problem: &str) -> String {
    if let Some(name) = problem.strip_prefix("missing field ") {
        return format!("the key {name} is missing");
    }
    if let Some(rest) = problem.strip_prefix("duplicate field ") {
        return format!("the key {rest} is there twice");
    }
    let choices = |rest: &str| rest.trim_start_matches("one of ").replace("there are no fields", "none");
    if let Some((name, rest)) =
        problem.strip_prefix("unknown field ").and_then(|rest| rest.split_once(", expected "))
    {
        let known = || format!("the keys here are {}", choices(rest));
        return format!("unknown key {name}; {}", meant(name, rest).unwrap_or_else(known));
    }
    if let Some((name, rest)) =
        problem.strip_prefix("unknown variant ").and_then(|rest| rest.split_once(", expected "))
    {
        let known = || format!("the values here are {}", choices(rest));
        return format!("unknown value {name}; {}", meant(name, rest).unwrap_or_else(known));
    }
    let mismatch = problem.strip_prefix("invalid type: ").or_else(|| problem.strip_prefix("invalid value: "));
    if let Some((got, wanted)) = mismatch.and_then(|rest| rest.rsplit_once(", expected ")) {
        return format!("expected {}, got {}", wanted_in_words(wanted), got_in_words(got));
    }
    problem.to_owned()
}

/// Asks whether the one of `choices` that is most like `name` is meant. Each is between backticks.
fn meant(name: &str, choices: &str) -> Option<String> {
    let known = choices.split('`').skip(1).step_by(2);
    most_like(name.trim_matches('`'), known).map(|near| format!("did you mean `{near}`?"))
}

/// A type, as the settings have it.
fn wanted_in_words(wanted: &str) -> &str {
    match wanted {
        "a sequence" => "a list",
        "a map" => "keys with values",
        "a boolean" => "`true` or `false`",
        "i64" | "u64" | "usize" => "an integer",
        "a string" | "str" => "text",
        "string or map" => "one of its values",
        _ if wanted.starts_with("struct ") => "keys with values",
        _ if wanted.starts_with("enum ") => "one of its values",
        other => other,
    }
}

fn got_in_words(got: &str) -> String {
    match got {
        "sequence" => "a list".to_owned(),
        "map" => "keys with values".to_owned(),
        "unit value" | "null" => "nothing".to_owned(),
        _ => match got.split_once(' ') {
            Some(("string", text)) => format!("the text {text}"),
            Some(("integer" | "floating", rest)) => {
                format!("the number {}", rest.trim_start_matches("point "))
            }
            Some(("boolean", value)) => value.to_owned(),
            _ => got.to_owned(),
        },
    }
}
