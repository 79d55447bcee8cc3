//! Texts that match a format, a pattern and length limits.

use regex_syntax::hir::{Class, Hir, HirKind};

/// The constraints on a text.
#[derive(Debug, Default)]
pub struct TextRules<'a> {
    pub patterns: Vec<&'a str>,
    pub format: Option<&'a str>,
    /// The minimum number of characters.
    pub low: usize,
    /// The maximum number of characters.
    pub high: Option<usize>,
}

/// Texts to try if no match for a pattern could be constructed.
const GUESSES: [&str; 3] = ["https://example.com/a", "a", "1"];

/// The length of a text without a limit.
const USUAL: usize = 24;

/// The maximum length of a text, whatever its limit.
const LONGEST: usize = 4_096;

/// Characters of one to four bytes, and some that URLs and JSON escape.
const LETTERS: [char; 14] = ['a', 'Z', '0', ' ', 'é', '\u{1F600}', '"', '\\', '/', '&', '=', '+', '%', '?'];

/// A text that satisfies `rules`, as short or as long as possible; different `variant`s give different texts.
/// `None` if none was found.
pub fn text(rules: &TextRules<'_>, long: bool, variant: usize) -> Option<String> {
    let fits = |text: &String| {
        let length = text.chars().count();
        // An empty text isn't a valid path segment, and tests little elsewhere.
        length >= rules.low.max(usize::from(rules.high != Some(0)))
            && rules.high.is_none_or(|high| length <= high)
            && rules.patterns.iter().all(|pattern| matches(pattern, text))
    };
    if let Some(text) = rules.format.and_then(|format| formatted(format, variant)).filter(fits) {
        return Some(text);
    }
    match rules.patterns.first() {
        Some(pattern) => {
            let made = candidates(pattern, long, variant, rules).into_iter().flatten();
            made.chain(GUESSES.map(str::to_owned)).find(fits)
        }
        None => Some(plain(rules, long, variant)).filter(fits),
    }
}

/// A text of a well-known format, or of one with a similar name.
fn formatted(format: &str, variant: usize) -> Option<String> {
    let text = match format {
        "date-time" => format!("2024-02-29T23:59:{:02}Z", variant % 60),
        "date" => format!("2024-02-{:02}", 1 + variant % 29),
        "time" => format!("23:59:{:02}Z", variant % 60),
        "duration" => format!("P{variant}DT4H"),
        "uuid" => format!("f81d4fae-7dec-11d0-a765-{variant:012x}"),
        "byte" | "base64" => "aGk=".to_owned(),
        "json-pointer" => format!("/a/{variant}"),
        "regex" => format!("^a{variant}$"),
        "ipv4" => format!("192.0.2.{}", variant % 256),
        "ipv6" => format!("2001:db8::{:x}", variant % 65_536),
        "cidr" => format!("192.0.{}.0/24", variant % 256),
        "ipv6_cidr" => format!("2001:db8:{:x}::/48", variant % 65_536),
        _ if format.contains("email") => format!("a.b+{variant}@example.com"),
        _ if format.contains("hostname") => format!("h{variant}.example.com"),
        _ if format.contains("uri") || format.contains("url") => format!("https://example.com/a/{variant}"),
        _ if format.contains("color") => format!("#{:06x}", variant % 0x100_0000),
        _ => return None,
    };
    Some(text)
}

fn plain(rules: &TextRules<'_>, long: bool, variant: usize) -> String {
    let length = match (long, rules.high) {
        (false, _) => rules.low.max(1),
        (true, Some(high)) => high.min(LONGEST),
        (true, None) => rules.low.max(USUAL),
    };
    let length = rules.high.map_or(length, |high| length.min(high));
    if !long {
        return variant.to_string().chars().rev().chain(std::iter::repeat('a')).take(length).collect();
    }
    let varied = variant.to_string();
    varied.chars().chain(LETTERS.iter().copied().cycle()).take(length).collect()
}

/// Whether `text` matches; an invalid pattern matches everything.
pub fn matches(pattern: &str, text: &str) -> bool {
    regress::Regex::new(pattern).map_or(true, |regex| regex.find(text).is_some())
}

/// Texts of several lengths that match the pattern without its lookarounds; `None` if none can be
/// constructed.
fn candidates(
    pattern: &str,
    long: bool,
    variant: usize,
    rules: &TextRules<'_>,
) -> Option<impl Iterator<Item = String>> {
    let hir = regex_syntax::parse(&with_literals_escaped(&without_look_around(pattern))).ok()?;
    let usual: Vec<u32> = if long { (0..=12).rev().collect() } else { (0..=12).collect() };
    let bound = u32::try_from(rules.low.max(rules.high.unwrap_or(0)).min(LONGEST)).unwrap_or(0);
    let more = (13..=bound).step_by(1 + bound as usize / 256).chain([bound]);
    let turns = usual.into_iter().chain(more).flat_map(|extra| (0..3).map(move |turn| (extra, turn)));
    Some(turns.map(move |(extra, turn)| {
        let mut writer = Writer { extra, turn: variant + turn, text: String::new() };
        writer.write(&hir);
        writer.text
    }))
}

/// Writes a text that matches an expression.
struct Writer {
    /// The number of repetitions beyond the minimum.
    extra: u32,
    /// Advances with each choice.
    turn: usize,
    text: String,
}

impl Writer {
    fn write(&mut self, hir: &Hir) {
        match hir.kind() {
            HirKind::Empty | HirKind::Look(_) => {}
            HirKind::Literal(literal) => self.text.push_str(&String::from_utf8_lossy(&literal.0)),
            HirKind::Class(class) => {
                let letters = letters(class);
                if !letters.is_empty() {
                    self.text.push(letters[self.turn % letters.len()]);
                }
                self.turn += 1;
            }
            HirKind::Repetition(repetition) => {
                let most = repetition.max.unwrap_or(u32::MAX);
                let count = repetition.min.saturating_add(self.extra).min(most);
                for _ in 0..count {
                    if self.text.len() > LONGEST * 4 {
                        return;
                    }
                    self.write(&repetition.sub);
                }
            }
            HirKind::Capture(capture) => self.write(&capture.sub),
            HirKind::Concat(parts) => parts.iter().for_each(|part| self.write(part)),
            HirKind::Alternation(parts) => {
                let chosen = self.turn % parts.len();
                self.turn += 1;
                self.write(&parts[chosen]);
            }
        }
    }
}

/// Some characters of a class: printable ASCII if it has any, otherwise its first ones.
fn letters(class: &Class) -> Vec<char> {
    let ranges: Vec<(char, char)> = match class {
        Class::Unicode(class) => class.iter().map(|range| (range.start(), range.end())).collect(),
        Class::Bytes(class) => {
            class.iter().map(|range| (char::from(range.start()), char::from(range.end()))).collect()
        }
    };
    let has = |letter: &char| ranges.iter().any(|(first, last)| (first..=last).contains(&letter));
    let seen: Vec<char> =
        ('a'..='z').chain('0'..='9').chain('A'..='Z').chain('!'..='~').filter(has).collect();
    if seen.is_empty() { ranges.first().map(|(first, _)| *first).into_iter().collect() } else { seen }
}

/// The pattern without its lookarounds, which consume no text.
fn without_look_around(pattern: &str) -> String {
    let mut rest = pattern;
    let mut kept = String::new();
    while let Some(start) = ["(?!", "(?=", "(?<!", "(?<="].iter().filter_map(|head| rest.find(head)).min() {
        kept.push_str(&rest[..start]);
        let mut depth = 0_usize;
        let mut escaped = false;
        let end = rest[start..].char_indices().find(|(_, letter)| {
            if escaped {
                escaped = false;
                return false;
            }
            match letter {
                '\\' => escaped = true,
                '(' => depth += 1,
                ')' => depth -= 1,
                _ => {}
            }
            depth == 0
        });
        match end {
            Some((length, _)) => rest = &rest[start + length + 1..],
            None => return pattern.to_owned(),
        }
    }
    kept + rest
}

/// Escapes the braces and hyphens of a pattern that are literal (ECMA-262, B.1.2): a brace that doesn't start
/// a quantifier, and a hyphen after a class such as `\\w`, which can't start a range.
fn with_literals_escaped(pattern: &str) -> String {
    let mut kept = String::new();
    for (place, letter) in pattern.char_indices() {
        let before = &pattern[..place];
        let is_after = |escapes: &[char]| {
            let Some(start) = before.strip_suffix(escapes) else { return false };
            (start.len() - start.trim_end_matches('\\').len()) % 2 == 1
        };
        let is_escaped = (before.len() - before.trim_end_matches('\\').len()) % 2 == 1;
        let is_literal = match letter {
            '{' => !is_escaped && !is_after(&['p', 'P', 'u']) && !is_quantifier(&pattern[place + 1..]),
            '-' => is_after(&['d', 'D', 's', 'S', 'w', 'W']),
            _ => false,
        };
        if is_literal {
            kept.push('\\');
        }
        kept.push(letter);
    }
    kept
}

/// Whether the text after a brace completes a quantifier, such as `2}` or `2,5}`.
fn is_quantifier(rest: &str) -> bool {
    let is_count = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let Some((counts, _)) = rest.split_once('}') else { return false };
    let (low, high) = counts.split_once(',').unwrap_or((counts, ""));
    !low.is_empty() && is_count(low) && is_count(high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_obey_their_rules() {
        for (pattern, low, high) in [
            ("^con_[A-Za-z0-9]{16}$", 0, None),
            ("[a-z0-9][-a-z0-9]{1,62}[a-z0-9]", 3, Some(63)),
            ("^[a-zA-Z0-9](-[a-zA-Z0-9]|[a-zA-Z0-9])*$", 1, Some(128)),
            ("^((id)|(name))(,((id)|(name)))*$", 0, Some(256)),
            ("^https:\\/\\/.*", 32, Some(256)),
            ("^[^<>]*$", 200, Some(200)),
            ("^(?:(?!org_))[a-z0-9]([a-z0-9-_]*[a-z0-9])?$", 3, Some(50)),
            ("^\\d+$", 10, Some(10)),
            ("^(?!-)(?!.*--)(?:[a-zA-Z0-9-]|{org_id}|{org_name})*$", 8, Some(30)),
            ("^\\+[0-9]{8, 20}", 0, None),
            (
                "^$|^(?=.)(?!https?:\\/(?:$|[^/]))https:\\/\\/[\\w-\\.~%]{1,255}(?:\\?[\\w-\\.]*(?=#|$))?$",
                0,
                None,
            ),
        ] {
            for (long, variant) in [(false, 0), (true, 0), (true, 7)] {
                let rules = TextRules { patterns: vec![pattern], low, high, format: None };
                let text = text(&rules, long, variant);
                assert!(text.as_ref().is_some_and(|text| matches(pattern, text)), "{pattern}: {text:?}");
                let length = text.as_ref().map(|text| text.chars().count());
                assert!(length.is_some_and(|length| length >= low), "{pattern}: {text:?}");
                assert!(high.is_none_or(|high| length <= Some(high)), "{pattern}: {text:?}");
            }
        }
    }

    #[test]
    fn what_looks_around_is_judged() {
        assert!(matches("^(?!org_)[a-z_]+$", "or_a"));
        assert!(!matches("^(?!org_)[a-z_]+$", "org_a"));
        let rules = TextRules { patterns: vec!["^(?!a)[ab]$"], ..TextRules::default() };
        assert_eq!(text(&rules, false, 0).as_deref(), Some("b"));
    }

    #[test]
    fn what_nothing_obeys_is_not_made_up() {
        let rules = TextRules { patterns: vec!["^a$"], low: 2, ..TextRules::default() };
        assert_eq!(text(&rules, true, 0), None);
    }

    #[test]
    fn a_long_text_is_as_long_as_it_may_be() {
        let rules = TextRules { high: Some(128), ..TextRules::default() };
        assert_eq!(text(&rules, true, 3).map(|text| text.chars().count()), Some(128));
        assert_eq!(text(&rules, false, 3).as_deref(), Some("3"));
    }
}
