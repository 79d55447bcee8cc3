//! Doc comments.

use std::borrow::Cow;

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

use crate::api::{Docs, Operation, Rule};

/// The lines of a doc comment: the parts as paragraphs.
pub(super) fn lines(docs: &Docs, more: &[String]) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let parts =
        [docs.summary.as_str(), docs.body.as_str()].into_iter().chain(more.iter().map(String::as_str));
    for part in parts.map(str::trim_end).filter(|part| !part.is_empty()) {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.extend(part.lines().map(|line| line.trim_end().to_owned()));
    }
    lines
}

/// A sentence on the default; empty if there is none.
pub(super) fn default(value: Option<&Value>) -> String {
    value.map_or_else(String::new, |value| format!("Default: {}.", code(&value.to_string())))
}

/// The lines, and an example below them.
pub(super) fn with_example(mut lines: Vec<String>, example: Vec<String>) -> Vec<String> {
    if !lines.is_empty() && !example.is_empty() {
        lines.push(String::new());
    }
    lines.extend(example);
    lines
}

/// The lines as attributes, which `prettyplease` writes as `///`.
pub(super) fn attributes(lines: &[String]) -> TokenStream {
    let texts =
        lines.iter().map(|line| if line.is_empty() { String::new() } else { format!(" {}", visible(line)) });
    quote! { #(#[doc = #texts])* }
}

/// The lines as text.
pub(super) fn comment(lines: &[String]) -> String {
    let mut text = String::new();
    write_comment(&mut text, "", lines);
    text
}

/// Adds the lines to `text`, each behind `indent`.
pub(super) fn write_comment(text: &mut String, indent: &str, lines: &[String]) {
    for line in lines {
        text.push_str(indent);
        text.push_str(if line.is_empty() { "///" } else { "/// " });
        text.push_str(&visible(line));
        text.push('\n');
    }
}

/// The text without invisible characters, which could show reviewers other code than there is.
fn visible(text: &str) -> Cow<'_, str> {
    if is_printable_ascii(text) {
        return Cow::Borrowed(text);
    }
    let hidden = |c: char| c.is_control() || is_direction(c);
    Cow::Owned(text.chars().map(|c| if hidden(c) { '\u{fffd}' } else { c }).collect())
}

/// Marks that change the direction of the text after them.
fn is_direction(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether `text` is printable ASCII alone. Nearly all lines are, so that eight bytes are tested at a time.
fn is_printable_ascii(text: &str) -> bool {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = ONES * 0x80;
    let (chunks, rest) = text.as_bytes().as_chunks();
    for chunk in chunks {
        let bytes = u64::from_le_bytes(*chunk);
        // The high bit of a byte: it is below a space, it is delete, it isn't ASCII.
        if (bytes.wrapping_sub(ONES * 0x20) | bytes.wrapping_add(ONES) | bytes) & HIGH != 0 {
            return false;
        }
    }
    rest.iter().all(|byte| matches!(byte, b' '..=b'~'))
}

/// The rules in words, as one paragraph; empty if there is nothing to say.
pub(super) fn rules(rules: &[Rule]) -> String {
    let mut sentences = Vec::new();
    for rule in rules {
        sentences.extend(sentence(rule));
    }
    sentences.join(" ")
}

fn sentence(rule: &Rule) -> Option<String> {
    let plural =
        |count: u64, one: &str| if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") };
    Some(match rule {
        Rule::MinLength(limit) => format!("At least {}.", plural(*limit, "character")),
        Rule::MaxLength(limit) => format!("At most {}.", plural(*limit, "character")),
        Rule::Pattern(pattern) => format!("Matches {}.", code(pattern)),
        Rule::Minimum(limit) => format!("At least {limit}."),
        Rule::Maximum(limit) => format!("At most {limit}."),
        Rule::ExclusiveMinimum(limit) => format!("More than {limit}."),
        Rule::ExclusiveMaximum(limit) => format!("Less than {limit}."),
        Rule::MultipleOf(limit) => format!("A multiple of {limit}."),
        Rule::MinItems(limit) => format!("At least {}.", plural(*limit, "item")),
        Rule::MaxItems(limit) => format!("At most {}.", plural(*limit, "item")),
        Rule::UniqueItems => "No two items are equal.".to_owned(),
        Rule::MinProperties(1) => "At least 1 entry.".to_owned(),
        Rule::MinProperties(limit) => format!("At least {limit} entries."),
        Rule::MaxProperties(1) => "At most 1 entry.".to_owned(),
        Rule::MaxProperties(limit) => format!("At most {limit} entries."),
        Rule::Items(inner) => return of_each("item", inner),
        Rule::PrefixItems(lists) => {
            let each =
                lists.iter().enumerate().filter_map(|(index, list)| of_each(&format!("item {index}"), list));
            return Some(each.collect::<Vec<_>>().join(" ").replace("Each item ", "Item "));
        }
        Rule::Values(inner) => return of_each("value", inner),
        Rule::Keys(inner) => return of_each("name", inner),
        Rule::RequiredNames(names) => {
            format!("Must have {}.", series(names.iter().map(|name| code(name)), "and"))
        }
        Rule::ListedValues(values) if values.is_empty() => "No value is allowed.".to_owned(),
        Rule::ListedValues(values) => {
            format!("Must be {}.", series(values.iter().map(|value| code(&value.to_string())), "or"))
        }
    })
}

/// `a`, `a and b`, `a, b and c`.
pub(super) fn series(words: impl Iterator<Item = String>, last: &str) -> String {
    let mut words: Vec<String> = words.collect();
    match words.pop() {
        Some(only) if words.is_empty() => only,
        Some(end) => format!("{} {last} {end}", words.join(", ")),
        None => String::new(),
    }
}

fn of_each(what: &str, inner: &[Rule]) -> Option<String> {
    let inner = rules(inner);
    let mut letters = inner.trim_end_matches('.').chars();
    let first = letters.next()?;
    Some(format!("Each {what}: {}{}.", first.to_lowercase(), letters.as_str()))
}

/// A link to the operation's function.
pub(super) fn link(operation: &Operation) -> String {
    format!("[`{}()`]", operation.name.bare())
}

/// `text` as inline code, whatever it contains.
pub(super) fn code(text: &str) -> String {
    let is_plain = |byte| matches!(byte, b' '..=b'~') && byte != b'`';
    if text.bytes().all(is_plain) {
        return ["`", text, "`"].concat();
    }
    // Not every page goes through `write_comment`.
    let shown = |c: char| match c {
        c if c.is_control() => ' ',
        c if is_direction(c) => '\u{fffd}',
        c => c,
    };
    let text: String = text.chars().map(shown).collect();
    let mut fence = "`".to_owned();
    while text.contains(&fence) {
        fence.push('`');
    }
    let space = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_hidden_is_found_wherever_it_stands() {
        assert!(is_printable_ascii("") && is_printable_ascii(" the quick brown ~ fox"));
        for hidden in ['\0', '\u{1f}', '\u{7f}', '\u{80}', '\u{ff}', '\u{202e}'] {
            for before in 0..20 {
                let text = format!("{}{hidden}{}", "~".repeat(before), " ".repeat(20 - before));
                assert!(!is_printable_ascii(&text), "{text:?}");
            }
        }
    }
}
