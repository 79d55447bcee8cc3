//! Text of a document in Markdown that people read and edit as it is: only what Markdown would take for its own is escaped.

use super::inert::{inert, shortened};

/// How many characters of a text of the document are shown.
const SHOWN: usize = 300;

/// A message, in which what stands between backticks is code.
pub(super) fn sentence(message: &str) -> String {
    let parts: Vec<&str> = message.split('`').collect();
    if parts.len().is_multiple_of(2) {
        return prose(message);
    }
    let part = |(index, part): (usize, &&str)| if index % 2 == 1 { code(part) } else { prose(part) };
    parts.iter().enumerate().map(part).collect()
}

/// Text as a code span, in which nothing is markup.
pub(super) fn code(text: &str) -> String {
    let text = shortened(&inert(text), SHOWN);
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    match text.trim().is_empty() {
        true => text,
        // Next to the fence a backtick, or a space that matters, needs a space.
        false if text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']) => {
            format!("{fence} {text} {fence}")
        }
        false => format!("{fence}{text}{fence}"),
    }
}

/// Text as text.
pub(super) fn prose(text: &str) -> String {
    let text = shortened(&inert(text), SHOWN);
    text.split_inclusive(' ').map(word).collect()
}

/// A word with the space after it.
fn word(text: &str) -> String {
    let (word, space) = text.strip_suffix(' ').map_or((text, ""), |word| (word, " "));
    // A bare address would be a link, and a name after `@` calls somebody.
    let lower = word.to_ascii_lowercase();
    if word.contains('@') || word.contains("://") || lower.contains("www.") {
        return format!("{}{space}", code(word));
    }
    let mut out = String::with_capacity(text.len());
    let mut before = None;
    let mut rest = word.chars().peekable();
    while let Some(c) = rest.next() {
        let in_word =
            before.is_some_and(char::is_alphanumeric) && rest.peek().is_some_and(|c| c.is_alphanumeric());
        let is_markup = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '>' | '~' => true,
            '_' => !in_word,
            // A reference begins with a letter or `#`.
            '&' => rest.peek().is_some_and(|next| next.is_ascii_alphabetic() || *next == '#'),
            _ => false,
        };
        if is_markup {
            out.push('\\');
        }
        out.push(c);
        before = Some(c);
    }
    format!("{out}{space}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_markdown_needs_is_escaped() {
        for (text, expected) in [
            ("the property trait_id is gone (2 > 1)", "the property trait_id is gone (2 \\> 1)"),
            ("a & b, A&B; {x}|y! #1 $a", "a & b, A\\&B; {x}|y! #1 $a"),
            ("_a_ *b* [c](d) <e>", "\\_a\\_ \\*b\\* \\[c\\](d) \\<e\\>"),
            ("by @team, see https://e.example", "by `@team,` see `https://e.example`"),
            ("a\nb\u{1b}", "a b\u{fffd}"),
        ] {
            assert_eq!(prose(text), expected);
        }
        assert_eq!(sentence("`a_b` is <new>"), "`a_b` is \\<new\\>");
        assert_eq!(sentence("a ` b"), "a \\` b");
        assert_eq!(code("a`b"), "``a`b``");
        assert_eq!(code("`"), "`` ` ``");
    }
}
