//! A document's text as Markdown that is safe in a doc comment.

use std::borrow::Cow;

use super::prose::inline;
use crate::api::Docs;

/// Lines of prose are broken at this column.
const WIDTH: usize = 100;

/// Documentation from `summary` and `description`: without a summary the description's first sentence is it.
pub(super) fn docs(summary: Option<&str>, description: Option<&str>) -> Docs {
    let summary = summary.map(clean).unwrap_or_default();
    let description = description.map(clean).unwrap_or_default();
    if summary.is_empty() {
        let (first, rest) = first_sentence(&description);
        return Docs { summary: first, body: rest };
    }
    let mut summary = summary.split_whitespace().collect::<Vec<_>>().join(" ");
    if summary.starts_with("```") || summary.starts_with("~~~") {
        // In one line a fence would have no end.
        summary.insert(0, '\\');
    }
    let body = if description.trim() == summary { String::new() } else { description };
    Docs { summary, body }
}

/// Splits after the first sentence of the first paragraph; a paragraph that is no prose stays in the body.
fn first_sentence(text: &str) -> (String, String) {
    let (paragraph, rest) = text.split_once("\n\n").unwrap_or((text, ""));
    if paragraph.starts_with(['-', '*', '`', '~', '#', '|', '>', '1']) {
        return (String::new(), text.to_owned());
    }
    let joined = paragraph.split('\n').map(str::trim).collect::<Vec<_>>().join(" ");
    if paragraph.contains("\n- ") || paragraph.contains("\n* ") || paragraph.contains("\n|") {
        let (line, others) = paragraph.split_once('\n').unwrap_or((paragraph, ""));
        return (line.to_owned(), format!("{others}\n\n{rest}").trim().to_owned());
    }
    let end = joined.match_indices(". ").map(|(at, _)| at + 1).find(|&at| {
        let head = &joined[..at];
        !head.ends_with("e.g.") && !head.ends_with("i.e.") && !head.ends_with("etc.") && balanced(head)
    });
    match end {
        Some(at) => {
            let others = wrap(joined[at..].trim());
            (joined[..at].to_owned(), format!("{others}\n\n{rest}").trim().to_owned())
        }
        None => (joined, rest.trim().to_owned()),
    }
}

/// Whether no code span, link or emphasis is open at the end.
fn balanced(text: &str) -> bool {
    let count = |needle: &str| text.matches(needle).count();
    count("`") % 2 == 0
        && count("[") == count("]")
        && count("(") == count(")")
        && count("**") % 2 == 0
        && count("<") == count(">")
}

/// Markdown or HTML to Markdown.
fn clean(text: &str) -> String {
    let text = visible(text);
    let mut out: Vec<String> = Vec::new();
    let mut fence: Option<String> = None;
    let mut prose: Vec<String> = Vec::new();
    for line in text.lines() {
        let trimmed = line.trim_start();
        let mark = ["```", "~~~"].into_iter().find(|mark| trimmed.starts_with(mark));
        match (&fence, mark) {
            (None, Some(mark)) => {
                flush(&mut prose, &mut out);
                fence = Some(mark.to_owned());
                out.push(format!("{mark}text"));
            }
            (Some(open), Some(mark))
                if open == mark && trimmed.trim_end().chars().all(|c| mark.contains(c)) =>
            {
                out.push(open.clone());
                fence = None;
            }
            (Some(_), _) => out.push(line.trim_end().to_owned()),
            (None, None) => prose.push(line.to_owned()),
        }
    }
    flush(&mut prose, &mut out);
    if let Some(open) = fence {
        out.push(open);
    }
    let mut joined = out.join("\n");
    while joined.contains("\n\n\n") {
        joined = joined.replace("\n\n\n", "\n\n");
    }
    joined.trim().to_owned()
}

/// The text without what can't be seen, its lines ending alike.
fn visible(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n')) {
        return Cow::Borrowed(text);
    }
    let text = text.replace("\r\n", "\n");
    let characters = text.chars().map(|c| if c == '\t' { ' ' } else { c });
    characters.filter(|&c| c == '\n' || !(c.is_control() || is_direction(c))).collect()
}

/// Characters that change the direction of the text around them.
fn is_direction(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn flush(prose: &mut Vec<String>, out: &mut Vec<String>) {
    if prose.is_empty() {
        return;
    }
    let text = inline(&prose.join("\n"));
    prose.clear();
    let mut in_list = false;
    for line in text.lines() {
        let trimmed = line.trim();
        let indent = line.len() - line.trim_start().len();
        let item = is_item(trimmed);
        // Four spaces would be a code block, which rustdoc runs as a test; below a list item they are the
        // item's own text.
        let kept = if in_list || item { indent.min(if in_list { 6 } else { 0 }) } else { 0 };
        let kept = if in_list && !item { kept.min(2) } else { kept };
        if trimmed.is_empty() {
            out.push(String::new());
            continue;
        }
        in_list = item || (in_list && indent > 0);
        let pad = " ".repeat(if item { kept / 2 * 2 } else { kept }.min(4));
        if trimmed.starts_with('|') || trimmed.starts_with('#') {
            out.push(trimmed.to_owned());
        } else {
            let hang = if item { format!("{pad}  ") } else { pad.clone() };
            for (index, piece) in wrap(trimmed).lines().enumerate() {
                out.push(format!("{}{piece}", if index == 0 { &pad } else { &hang }));
            }
        }
    }
}

fn is_item(line: &str) -> bool {
    line.starts_with("- ")
        || line.starts_with("* ")
        || line.split_once(". ").is_some_and(|(n, _)| n.len() < 3 && n.chars().all(|c| c.is_ascii_digit()))
}

/// Breaks a line of prose between words, never before what would begin a list, heading or quote.
fn wrap(line: &str) -> String {
    let mut out = String::new();
    let mut column = 0;
    let mut code = false;
    for word in line.split(' ').filter(|word| !word.is_empty()) {
        let length = word.chars().count();
        let starts = word.starts_with(['-', '*', '+', '#', '>', '|', '=', '~', '`'])
            || word.trim_end_matches(['.', ')']).chars().all(|c| c.is_ascii_digit());
        if column == 0 {
            column = length;
        } else if column + 1 + length > WIDTH && !starts && !code {
            out.push('\n');
            column = length;
        } else {
            out.push(' ');
            column += 1 + length;
        }
        out.push_str(word);
        if word.matches('`').count() % 2 == 1 {
            code = !code;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(text: &str) -> String {
        docs(Some("S"), Some(text)).body
    }

    #[test]
    fn html_becomes_markdown() {
        assert_eq!(body("a <b>bold</b> <code>x&lt;y</code>"), "a **bold** `x<y`");
        assert_eq!(body("<a href=\"https://a.b/c\">t</a>"), "[t](https://a.b/c)");
        assert_eq!(body("<script>x</script>"), "\\<script\\>x\\</script\\>");
        assert_eq!(body("<ul><li>a</li><li>b</li></ul>"), "- a\n- b");
    }

    #[test]
    fn nothing_runs_and_nothing_is_linked_by_accident() {
        assert_eq!(body("see [x] and https://a.b/c."), "see \\[x\\] and <https://a.b/c>.");
        assert_eq!(body("[t](javascript:x)"), "t");
        assert_eq!(body("```\nlet x\n"), "```text\nlet x\n```");
        assert_eq!(body("a\n\n    code"), "a\n\ncode");
        assert_eq!(body("a ` b"), "a \\` b");
    }

    #[test]
    fn summary_is_the_first_sentence() {
        let docs = docs(None, Some("One, e.g. this. Two."));
        assert_eq!((docs.summary.as_str(), docs.body.as_str()), ("One, e.g. this.", "Two."));
    }
}
