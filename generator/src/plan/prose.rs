//! A document's prose, in Markdown or HTML, as Markdown that means to rustdoc what it meant to the author.

/// Prose outside of code fences: tags, links, bare URLs and brackets.
pub(super) fn inline(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    let mut link: Vec<Option<String>> = Vec::new();
    loop {
        // Most of a text means nothing in Markdown.
        let means = |byte| matches!(byte, b'`' | b'<' | b'&' | b'[' | b'\\' | b'h' | b']' | b'>');
        let plain = rest.bytes().position(means).unwrap_or(rest.len());
        out.push_str(&rest[..plain]);
        rest = &rest[plain..];
        let Some(c) = rest.chars().next() else { break };
        if c == '`' {
            let ticks = rest.chars().take_while(|&c| c == '`').count();
            let mark = &rest[..ticks];
            match rest[ticks..].find(mark) {
                Some(end) if !rest[ticks..ticks + end].contains("\n\n") => {
                    out.push_str(&rest[..ticks + end + ticks].replace('\n', " "));
                    rest = &rest[ticks + end + ticks..];
                }
                _ => {
                    out.extend(std::iter::repeat_n("\\`", ticks));
                    rest = &rest[ticks..];
                }
            }
        } else if c == '<' {
            rest = tag(rest, &mut out, &mut link);
        } else if c == '&' {
            let (text, after) = entity(rest);
            out.push_str(text);
            rest = after;
        } else if c == '[' {
            rest = bracket(rest, &mut out);
        } else if c == '\\' {
            // An escape of the document's own stays; one of a letter was only ever a backslash.
            let next = rest[1..].chars().next().filter(char::is_ascii_punctuation);
            out.push('\\');
            out.push(next.unwrap_or('\\'));
            rest = &rest[1 + next.map_or(0, char::len_utf8)..];
        } else if rest.starts_with("http://") || rest.starts_with("https://") {
            let end =
                rest.find(|c: char| c.is_whitespace() || "<>\"'`)]}|".contains(c)).unwrap_or(rest.len());
            let url = rest[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_', '\\']);
            if url.len() > 8 {
                out.push_str(&format!("<{url}>"))
            } else {
                out.push_str(&url.replace(':', "\\:"))
            }
            rest = &rest[url.len()..];
        } else {
            if c == ']' || c == '>' && !out.ends_with('\n') && !out.is_empty() {
                out.push('\\');
            }
            out.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    for target in link.into_iter().rev().flatten() {
        out.push_str(&format!("]({target})"));
    }
    out
}

/// Whether a link may lead there.
fn is_safe(target: &str) -> bool {
    ["http://", "https://", "mailto:"].iter().any(|scheme| target.starts_with(scheme))
        && !target.contains(|c: char| c.is_whitespace() || "<>()\"\\".contains(c))
}

/// `[text](target)` is a link if its target is safe, else text; any other bracket is escaped, since rustdoc
/// would look for an item of that name.
fn bracket<'t>(rest: &'t str, out: &mut String) -> &'t str {
    if let Some(close) = rest.find("](")
        && !rest[1..close].contains(['[', ']'])
        && let Some(end) = rest[close..].find(')')
    {
        let text = rest[1..close].replace(['<', '>'], "").replace('\n', " ");
        let target = rest[close + 2..close + end].split_whitespace().next().unwrap_or("");
        let text = if text.matches('`').count() % 2 == 1 { text.replace('`', "") } else { text };
        if is_safe(target) {
            let text = text.replace("https://", "").replace("http://", "");
            out.push_str(&format!("[{text}]({target})"));
        } else {
            out.push_str(&text.replace("https://", "").replace("http://", ""));
        }
        return &rest[close + end + 1..];
    }
    out.push_str("\\[");
    &rest[1..]
}

/// One HTML tag, comment or autolink at the start of `rest`.
fn tag<'t>(rest: &'t str, out: &mut String, link: &mut Vec<Option<String>>) -> &'t str {
    if rest.starts_with("<!--") {
        return rest.find("-->").map_or("", |end| &rest[end + 3..]);
    }
    let Some(end) = rest.find('>') else {
        out.push_str("\\<");
        return &rest[1..];
    };
    let inside = &rest[1..end];
    let after = &rest[end + 1..];
    if is_safe(inside) {
        out.push_str(&rest[..=end]);
        return after;
    }
    let closing = inside.starts_with('/');
    let name = inside.trim_matches('/').split([' ', '\n', '/']).next().unwrap_or("").to_ascii_lowercase();
    match name.as_str() {
        "b" | "strong" => out.push_str("**"),
        "i" | "em" => out.push('*'),
        "br" => out.push_str("\n\n"),
        "p" | "ul" | "ol" | "div" | "table" | "tr" | "blockquote" => out.push_str("\n\n"),
        "li" => {
            if !closing {
                out.push_str("\n- ");
            }
        }
        "td" | "th" => out.push(' '),
        "span" | "u" | "small" | "tbody" | "thead" | "sup" | "sub" | "nobr" => {}
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => out.push_str(if closing { "**\n\n" } else { "\n\n**" }),
        "code" | "pre" | "tt" | "kbd" if !closing => {
            let close = format!("</{name}>");
            if let Some(stop) = after.find(&close) {
                let code = strip(&after[..stop]).replace('`', "'");
                let code = code.split_whitespace().collect::<Vec<_>>().join(" ");
                if !code.is_empty() {
                    out.push_str(&format!("`{code}`"));
                }
                return &after[stop + close.len()..];
            }
        }
        "code" | "pre" | "tt" | "kbd" => {}
        "a" => {
            if closing {
                if let Some(Some(target)) = link.pop() {
                    out.push_str(&format!("]({target})"));
                }
            } else {
                let target = inside
                    .split_once("href=")
                    .map(|(_, value)| value.trim_start_matches(['"', '\'']))
                    .and_then(|value| value.split(['"', '\'', ' ']).next())
                    .filter(|target| is_safe(target) && link.iter().all(Option::is_none));
                if target.is_some() {
                    out.push('[');
                }
                link.push(target.map(str::to_owned));
            }
        }
        _ => {
            out.push_str("\\<");
            return &rest[1..];
        }
    }
    after
}

/// Text without its tags, its entities resolved.
fn strip(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if c == '&' {
            let (text, after) = entity(rest);
            out.push_str(text.trim_start_matches('\\'));
            rest = after;
        } else if c == '<'
            && let Some(end) = rest.find('>')
        {
            rest = &rest[end + 1..];
        } else {
            out.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    out
}

fn entity(rest: &str) -> (&'static str, &str) {
    for (name, text) in [
        ("&lt;", "\\<"),
        ("&gt;", "\\>"),
        ("&amp;", "&"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&apos;", "'"),
        ("&nbsp;", " "),
    ] {
        if let Some(after) = rest.strip_prefix(name) {
            return (text, after);
        }
    }
    ("&", &rest[1..])
}
