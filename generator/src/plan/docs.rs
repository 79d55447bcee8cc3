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
    let (first, rest) = first_paragraph(&summary);
    let description = if description.trim() == summary { "" } else { description.trim() };
    let mut summary = first.split_whitespace().collect::<Vec<_>>().join(" ");
    if FENCES.iter().any(|fence| summary.starts_with(fence)) {
        // In one line a fence would have no end.
        summary.insert(0, '\\');
    }
    let body = [rest.trim(), description].join("\n\n").trim().to_owned();
    Docs { summary, body }
}

/// Splits after the first paragraph, which ends where a list, a table or a block of code begins. A text that begins
/// with a block of code or a list isn't split.
fn first_paragraph(text: &str) -> (&str, &str) {
    if is_item(text) || FENCES.iter().any(|fence| text.starts_with(fence)) {
        return (text, "");
    }
    let begins =
        |line: &str| is_item(line) || FENCES.iter().chain(&["|"]).any(|start| line.starts_with(start));
    let ends = text.match_indices('\n').map(|(end, _)| end);
    let end = ends.into_iter().find(|end| {
        let rest = &text[end + 1..];
        rest.starts_with('\n') || begins(rest.lines().next().unwrap_or_default().trim_start())
    });
    end.map_or((text, ""), |end| (&text[..end], &text[end + 1..]))
}

/// Splits after the first sentence of the first paragraph; a paragraph that is no prose stays in the body.
fn first_sentence(text: &str) -> (String, String) {
    let (paragraph, rest) = text.split_once("\n\n").unwrap_or((text, ""));
    if is_item(paragraph) || paragraph.starts_with(['-', '*', '`', '~', '#', '|', '>', '1']) {
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
    let mut writer = Writer { out: String::with_capacity(text.len() + 16), items: Vec::new() };
    let mut fence: Option<Fence> = None;
    let (mut prose, mut end) = (0, 0);
    for line in text.split_inclusive('\n') {
        let start = end;
        end += line.len();
        let trimmed = line.trim();
        let mark = FENCES.into_iter().find(|mark| trimmed.starts_with(mark));
        match (&fence, mark) {
            (None, Some(mark)) => {
                writer.prose(&text[prose..start]);
                let indent = indent_of(line);
                let begun = Fence { mark, indent, pad: writer.pad_of(indent) };
                writer.code(&begun, &format!("{mark}text"));
                fence = Some(begun);
            }
            (Some(open), Some(mark)) if open.mark == mark && trimmed.chars().all(|c| mark.contains(c)) => {
                writer.code(open, mark);
                fence = None;
                prose = end;
            }
            (Some(open), _) => {
                let line = line.trim_end();
                writer.code(open, &line[indent_of(line).min(open.indent)..]);
            }
            (None, None) => {}
        }
    }
    match &fence {
        Some(open) => writer.code(open, open.mark),
        None => writer.prose(&text[prose..]),
    }
    let mut out = writer.out;
    while out.contains("\n\n\n") {
        out = out.replace("\n\n\n", "\n\n");
    }
    out.trim().to_owned()
}

/// A block of code that has begun.
struct Fence {
    mark: &'static str,
    /// Its indent in the document, which isn't part of the code.
    indent: usize,
    /// The indent that it is written with: that of the list item it belongs to.
    pad: usize,
}

fn indent_of(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
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

/// How deep lists are nested at most.
const MAX_LISTS: usize = 8;

/// Writes the lines of a text.
struct Writer {
    out: String,
    /// The list items that are open, each within the one before: their indent in the document, and that of their text
    /// as it is written.
    items: Vec<(usize, usize)>,
}

impl Writer {
    /// Adds a line of a block of code.
    fn code(&mut self, fence: &Fence, line: &str) {
        if !line.is_empty() {
            self.out.extend(std::iter::repeat_n(' ', fence.pad));
        }
        self.out.extend([line, "\n"]);
    }

    /// The indent to write for what is indented by `indent` in the document: that of the text of the innermost list item
    /// that it can belong to. The items that it doesn't belong to end.
    fn pad_of(&mut self, indent: usize) -> usize {
        while self.items.pop_if(|(own, _)| *own >= indent).is_some() {}
        self.items.last().map_or(0, |(_, text)| *text)
    }

    /// Adds lines outside of blocks of code.
    fn prose(&mut self, prose: &str) {
        // The last line's end is written below; empty lines before a block of code set it apart from the prose.
        let text = inline(prose.strip_suffix('\n').unwrap_or(prose));
        for line in text.split('\n') {
            let trimmed = line.trim();
            if !trimmed.is_empty() {
                self.line(trimmed, line.len() - line.trim_start().len());
            }
            self.out.push('\n');
        }
    }

    /// Adds a line that is indented by `indent` in the document. Four spaces would be a code block, which rustdoc runs as
    /// a test; below a list item they are the item's own text. So the items that are open must be those that a reader of
    /// the Markdown finds open.
    fn line(&mut self, line: &str, indent: usize) {
        let (depth, pad) = (self.items.len(), self.pad_of(indent));
        if line.starts_with(['|', '#']) || is_rule(line) {
            self.items.clear();
            self.out.push_str(line);
            return;
        }
        let is_next = self.items.len() < depth;
        self.out.extend(std::iter::repeat_n(' ', pad));
        let mut hang = pad;
        if is_item(line) {
            hang += line.find(' ').map_or(0, |end| end + 1);
            // Within a paragraph only a bullet or the number 1 begins a list.
            let before = self.out.trim_end_matches(' ');
            let begins = line.starts_with(['-', '*']) || line.starts_with("1. ");
            let is_open = begins || is_next || before.is_empty() || before.ends_with("\n\n");
            if is_open && self.items.len() < MAX_LISTS {
                self.items.push((indent, hang));
            }
        }
        wrap(line, hang, &mut self.out);
    }
}

/// Whether a line is drawn, which ends all lists.
fn is_rule(line: &str) -> bool {
    line.chars().all(|c| matches!(c, '-' | '*' | '_' | '=' | ' '))
}

fn is_item(line: &str) -> bool {
    match line.bytes().next() {
        Some(b'-' | b'*') => line[1..].starts_with(' '),
        Some(b'0'..=b'9') => line
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
    fn lists_stay_nested() {
        for (text, expected) in [
            ("1. a\n   - b\n     - c\n2. d", "1. a\n   - b\n     - c\n2. d"),
            ("* a\n    * b\n        * c\n* d", "* a\n  * b\n    * c\n* d"),
            ("  - a\n  - b\n    more", "- a\n- b\n  more"),
            ("- a\n\n  ```sh\n  x\n    y\n  ```\n- b", "- a\n\n  ```text\n  x\n    y\n  ```\n- b"),
            ("- a\n\ntext\n\n    more", "- a\n\ntext\n\nmore"),
            (". a\n  . b\n\n      code", ". a\n. b\n\ncode"),
            ("- - -\n  - - -\n\n      code", "- - -\n- - -\n\ncode"),
            ("a\n2. b\n   2. c\n\n         code", "a\n2. b\n2. c\n\ncode"),
            ("- a\n  - b\n    # c\n\n      code", "- a\n  - b\n# c\n\ncode"),
        ] {
            assert_eq!(body(text), expected);
        }
    }

    #[test]
    fn a_summary_keeps_its_paragraphs() {
        for (summary, first, rest) in [
            ("One\nline.", "One line.", "Body."),
            ("One.\n\nTwo.\n\nThree.", "One.", "Two.\n\nThree.\n\nBody."),
            ("Any of:\n- a\n- b", "Any of:", "- a\n- b\n\nBody."),
            ("Send\n```\na\n\nb\n```", "Send", "```text\na\n\nb\n```\n\nBody."),
            ("Body.", "Body.", ""),
        ] {
            let docs = docs(Some(summary), Some("Body."));
            assert_eq!((docs.summary.as_str(), docs.body.as_str()), (first, rest));
        }
    }

    #[test]
    fn summary_is_the_first_sentence() {
        let docs = docs(None, Some("One, e.g. this. Two."));
        assert_eq!((docs.summary.as_str(), docs.body.as_str()), ("One, e.g. this.", "Two."));
    }
}
