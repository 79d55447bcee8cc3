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
    if let Some((line, others)) = paragraph.split_once('\n')
        && others.split('\n').any(|other| ["- ", "* ", "|"].iter().any(|start| other.starts_with(start)))
    {
        return (line.to_owned(), format!("{others}\n\n{rest}").trim().to_owned());
    }
    let joined = paragraph.split('\n').map(str::trim).collect::<Vec<_>>().join(" ");
    let ends = memchr::memchr_iter(b'.', joined.as_bytes()).map(|at| at + 1);
    let end = ends.filter(|&at| joined[at..].starts_with(' ')).find(|&at| {
        let head = &joined[..at];
        !head.ends_with("e.g.") && !head.ends_with("i.e.") && !head.ends_with("etc.") && balanced(head)
    });
    match end {
        Some(at) => {
            let mut others = String::with_capacity(text.len());
            wrap(joined[at..].trim(), 0, &mut others);
            (joined[..at].to_owned(), format!("{others}\n\n{rest}").trim().to_owned())
        }
        None => (joined, rest.trim().to_owned()),
    }
}

/// Whether no code span, link or emphasis is open at the end.
fn balanced(text: &str) -> bool {
    let count = |mark: u8| text.bytes().filter(|byte| *byte == mark).count();
    count(b'`').is_multiple_of(2)
        && count(b'[') == count(b']')
        && count(b'(') == count(b')')
        && text.matches("**").count().is_multiple_of(2)
        && count(b'<') == count(b'>')
}

/// What begins and ends a block of code.
const FENCES: [&str; 2] = ["```", "~~~"];

/// Markdown or HTML to Markdown.
fn clean(text: &str) -> String {
    let text = visible(text);
    let mut out = String::with_capacity(text.len() + 16);
    let mut fence: Option<&str> = None;
    let (mut prose, mut end) = (0, 0);
    for line in text.split_inclusive('\n') {
        let start = end;
        end += line.len();
        let trimmed = line.trim();
        let mark = FENCES.into_iter().find(|mark| trimmed.starts_with(mark));
        match (fence, mark) {
            (None, Some(mark)) => {
                write_prose(&text[prose..start], &mut out);
                fence = Some(mark);
                out.extend([mark, "text\n"]);
            }
            (Some(open), Some(mark)) if open == mark && trimmed.chars().all(|c| mark.contains(c)) => {
                out.extend([open, "\n"]);
                fence = None;
                prose = end;
            }
            (Some(_), _) => out.extend([line.trim_end(), "\n"]),
            (None, None) => {}
        }
    }
    match fence {
        Some(open) => out.push_str(open),
        None => write_prose(&text[prose..], &mut out),
    }
    while out.contains("\n\n\n") {
        out = out.replace("\n\n\n", "\n\n");
    }
    out.trim().to_owned()
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

/// Adds lines outside of blocks of code.
fn write_prose(prose: &str, out: &mut String) {
    // The last line's end is written below; empty lines before a block of code set it apart from the prose.
    let text = inline(prose.strip_suffix('\n').unwrap_or(prose));
    let mut in_list = false;
    for line in text.split('\n') {
        let trimmed = line.trim();
        let indent = line.len() - line.trim_start().len();
        let item = is_item(trimmed);
        // Four spaces would be a code block, which rustdoc runs as a test; below a list item they are the
        // item's own text.
        let kept = if in_list || item { indent.min(if in_list { 6 } else { 0 }) } else { 0 };
        let kept = if in_list && !item { kept.min(2) } else { kept };
        if !trimmed.is_empty() {
            in_list = item || (in_list && indent > 0);
            if trimmed.starts_with(['|', '#']) {
                out.push_str(trimmed);
            } else {
                let pad = if item { kept / 2 * 2 } else { kept }.min(4);
                out.extend(std::iter::repeat_n(' ', pad));
                wrap(trimmed, if item { pad + 2 } else { pad }, out);
            }
        }
        out.push('\n');
    }
}

fn is_item(line: &str) -> bool {
    match line.bytes().next() {
        Some(b'-' | b'*') => line[1..].starts_with(' '),
        Some(b'0'..=b'9' | b'.') => line
            .split_once(". ")
            .is_some_and(|(number, _)| number.len() < 3 && number.bytes().all(|byte| byte.is_ascii_digit())),
        _ => false,
    }
}

/// Adds a line of prose, broken between words, but never before what would begin a list, heading or quote. What is
/// broken off is indented by `hang`.
fn wrap(line: &str, hang: usize, out: &mut String) {
    let is_ascii = line.is_ascii();
    let mut column = 0;
    let mut code = false;
    for word in line.split(' ').filter(|word| !word.is_empty()) {
        let length = if is_ascii { word.len() } else { word.chars().count() };
        if column == 0 {
            column = length;
        } else if column + 1 + length > WIDTH && !code && !begins_a_block(word) {
            out.push('\n');
            out.extend(std::iter::repeat_n(' ', hang));
            column = length;
        } else {
            out.push(' ');
            column += 1 + length;
        }
        out.push_str(word);
        if word.bytes().filter(|byte| *byte == b'`').count() % 2 == 1 {
            code = !code;
        }
    }
}

/// Whether a line that begins with `word` could begin a list, heading, quote or the like.
fn begins_a_block(word: &str) -> bool {
    match word.bytes().next() {
        Some(b'-' | b'*' | b'+' | b'#' | b'>' | b'|' | b'=' | b'~' | b'`') => true,
        Some(b'0'..=b'9' | b'.' | b')') => {
            word.trim_end_matches(['.', ')']).bytes().all(|byte| byte.is_ascii_digit())
        }
        _ => false,
    }
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
