//! Patterns of ECMA-262 in the syntax of Rust's `regex`, which reads many of them otherwise: there, `\d` and `\w` go
//! beyond ASCII, `[a&&b]` is an intersection, `[[:alpha:]]` a class, `\A` an assertion and `\/` an error.
//!
//! A pattern is read as JavaScript does with the flag `u`, which JSON Schema recommends. If it isn't valid then, it is read
//! without the flag, as other validators do.

use std::ops::RangeInclusive;

use regex_syntax::hir::{Class, Hir, HirKind};
use regex_syntax::is_meta_character;

/// A pattern that can be checked.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Translated {
    /// The pattern for `regex`.
    pub regex: String,
    /// The limits on the number of characters, if those of the pattern are too large for `regex`.
    pub lengths: Option<(u64, Option<u64>)>,
}

/// A repetition of this many states takes `regex` longer to compile than checking is worth.
const MANY: u64 = 1000;

/// Translates `pattern`. `None` if it isn't one, or needs more than `regex` has.
pub(crate) fn translated(pattern: &str) -> Option<Translated> {
    let chars: Vec<char> = pattern.chars().collect();
    let read = |is_strict| {
        let mut parser = Parser { chars: &chars, at: 0, is_strict, groups: groups(&chars), single: None };
        let regex = parser.disjunction()?;
        if parser.at == chars.len() { Ok((regex, parser.single)) } else { Err(Refusal::Invalid) }
    };
    let (regex, single) = match read(true) {
        Err(Refusal::Invalid) => read(false).ok()?,
        read => read.ok()?,
    };
    if let Some(Single { regex, least, most }) = single
        && most.unwrap_or(least) >= MANY
    {
        return Some(Translated { regex, lengths: Some((least, most)) });
    }
    Some(Translated { regex, lengths: None })
}

impl Translated {
    /// Whether `regex` can compile the pattern.
    pub(super) fn compiles(&self) -> bool {
        match regex_syntax::parse(&self.regex) {
            // Compiling takes most of the time for a document with many patterns.
            Ok(hir) if states(&hir) < SURELY_COMPILED => true,
            Ok(_) => regex::Regex::new(&self.regex).is_ok(),
            Err(_) => false,
        }
    }
}

/// Fewer states than these are far below the size that `regex` refuses, which is 10 MiB.
const SURELY_COMPILED: u64 = 10_000;

/// At most how many states an automaton for `hir` has: `regex` repeats what is repeated.
fn states(hir: &Hir) -> u64 {
    let all = |parts: &[Hir]| parts.iter().map(states).fold(1, u64::saturating_add);
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => 1,
        HirKind::Literal(literal) => literal.0.len() as u64,
        // A range of characters takes a few sequences of up to four ranges of bytes.
        HirKind::Class(Class::Unicode(class)) => 16 * class.ranges().len() as u64,
        HirKind::Class(Class::Bytes(class)) => class.ranges().len() as u64,
        HirKind::Repetition(repetition) => {
            let most = repetition.max.unwrap_or(repetition.min.saturating_add(1));
            states(&repetition.sub).saturating_add(2).saturating_mul(most.into())
        }
        HirKind::Capture(capture) => states(&capture.sub).saturating_add(2),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => all(parts),
    }
}

/// Why a pattern isn't translated.
#[derive(Debug, PartialEq, Eq)]
enum Refusal {
    /// It isn't valid with these flags.
    Invalid,
    /// `regex` can't do this.
    Unsupported,
}

type Read<T> = Result<T, Refusal>;

/// A pattern that is one repeated character: its length can be checked apart.
struct Single {
    regex: String,
    least: u64,
    most: Option<u64>,
}

struct Parser<'a> {
    chars: &'a [char],
    at: usize,
    /// Whether the flag `u` is set.
    is_strict: bool,
    groups: Groups,
    single: Option<Single>,
}

/// What the whole pattern has, which decides what an escape means.
#[derive(Clone, Copy)]
struct Groups {
    count: u32,
    has_names: bool,
}

fn groups(chars: &[char]) -> Groups {
    let (mut found, mut at, mut in_class) = (Groups { count: 0, has_names: false }, 0, false);
    while let Some(c) = chars.get(at) {
        match c {
            '\\' => at += 1,
            '[' => in_class = true,
            ']' => in_class = false,
            '(' if !in_class => match chars.get(at + 1..) {
                Some(['?', '<', next, ..]) if !matches!(next, '=' | '!') => {
                    found.count += 1;
                    found.has_names = true;
                }
                Some(['?', ..]) => {}
                _ => found.count += 1,
            },
            _ => {}
        }
        at += 1;
    }
    found
}

/// The characters that a part of a class stands for.
enum Member {
    /// A code point, which may be half of a surrogate pair.
    One(u32),
    /// A set, in the syntax of `regex`.
    Set(String),
}

const DIGITS: &str = "0-9";
const WORDS: &str = "0-9A-Za-z_";
const NOT_LINES: &str = r"[^\n\r\x{2028}\x{2029}]";

/// The set behind `\d` and its like. `None` for another letter.
fn set(letter: char) -> Option<String> {
    Some(match letter {
        'd' => format!("[{DIGITS}]"),
        'D' => format!("[^{DIGITS}]"),
        'w' => format!("[{WORDS}]"),
        'W' => format!("[^{WORDS}]"),
        's' => r"[\s\x{FEFF}--\x{85}]".to_owned(),
        'S' => r"[\S\x{85}--\x{FEFF}]".to_owned(),
        _ => return None,
    })
}

/// A code point as a literal. Nothing stands for half of a surrogate pair, since no text has one.
fn literal(code: u32) -> String {
    escaped(code, |c| is_meta_character(c) && !"-&~#".contains(c))
}

/// A code point in a class.
fn class_literal(code: u32) -> String {
    escaped(code, |c| r"[]\^-&~".contains(c))
}

fn escaped(code: u32, is_special: impl Fn(char) -> bool) -> String {
    match char::from_u32(code) {
        Some(c) if is_special(c) => format!("\\{c}"),
        Some(c) if c.is_control() || (c.is_whitespace() && c != ' ') => format!("\\x{{{code:X}}}"),
        Some(c) => c.to_string(),
        None => r"[^\x{0}-\x{10FFFF}]".to_owned(),
    }
}

impl Parser<'_> {
    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn eat(&mut self, text: &str) -> bool {
        let count = text.chars().count();
        let is_next = self
            .chars
            .get(self.at..self.at + count)
            .is_some_and(|next| text.chars().eq(next.iter().copied()));
        self.at += if is_next { count } else { 0 };
        is_next
    }

    fn next(&mut self) -> Read<char> {
        let next = self.peek().ok_or(Refusal::Invalid)?;
        self.at += 1;
        Ok(next)
    }

    fn disjunction(&mut self) -> Read<String> {
        let mut regex = self.alternative()?;
        while self.eat("|") {
            self.single = None;
            regex.push('|');
            regex += &self.alternative()?;
        }
        Ok(regex)
    }

    fn alternative(&mut self) -> Read<String> {
        let (mut terms, mut single) = (Vec::new(), None);
        while let Some(next) = self.peek() {
            if matches!(next, '|' | ')') {
                break;
            }
            let start = self.at;
            if self.eat("^") || self.eat("$") {
                terms.push(next.to_string());
                continue;
            }
            if self.eat("\\b") || self.eat("\\B") {
                terms.push(format!(r"(?-u:{})", self.chars[start..self.at].iter().collect::<String>()));
                continue;
            }
            let is_group = next == '(';
            let atom = self.atom()?;
            let repeated = self.quantifier()?;
            single =
                repeated.as_ref().filter(|_| !is_group).map(|(_, least, most)| (atom.clone(), *least, *most));
            terms.push(atom + repeated.as_ref().map_or("", |(text, ..)| text));
        }
        self.single = match (&terms[..], single) {
            ([first, _, last], Some((atom, least, most))) if first == "^" && last == "$" => {
                Some(Single { regex: format!("^{atom}*$"), least, most })
            }
            _ => None,
        };
        Ok(terms.concat())
    }

    fn atom(&mut self) -> Read<String> {
        match self.next()? {
            '.' => Ok(NOT_LINES.to_owned()),
            '[' => self.class(),
            '(' => self.group(),
            '\\' => match self.escape(false)? {
                Member::One(code) => Ok(literal(code)),
                Member::Set(set) => Ok(set),
            },
            '*' | '+' | '?' => Err(Refusal::Invalid),
            '{' if self.is_strict || self.braces().is_some() => Err(Refusal::Invalid),
            ']' | '}' if self.is_strict => Err(Refusal::Invalid),
            c => Ok(literal(c.into())),
        }
    }

    fn group(&mut self) -> Read<String> {
        let mut open = "(";
        if self.eat("?") {
            match self.next()? {
                ':' => open = "(?:",
                '=' | '!' => return Err(Refusal::Unsupported),
                '<' if matches!(self.peek(), Some('=' | '!')) => return Err(Refusal::Unsupported),
                '<' => while self.next()? != '>' {},
                _ => return Err(Refusal::Invalid),
            }
        }
        let regex = self.disjunction()?;
        if self.eat(")") { Ok(format!("{open}{regex})")) } else { Err(Refusal::Invalid) }
    }

    /// The quantifier that follows, as text and as numbers. Whether it is lazy makes no difference to whether a text
    /// matches.
    fn quantifier(&mut self) -> Read<Option<(String, u64, Option<u64>)>> {
        let found = match self.peek() {
            Some('*') => Some(("*".to_owned(), 0, None)),
            Some('+') => Some(("+".to_owned(), 1, None)),
            Some('?') => Some(("?".to_owned(), 0, Some(1))),
            Some('{') => {
                self.at += 1;
                let braces = self.braces();
                self.at -= 1;
                match braces {
                    Some((least, most, end)) => {
                        self.at = end - 1;
                        Some((braces_text(least, most)?, least, most))
                    }
                    None if self.is_strict => return Err(Refusal::Invalid),
                    None => None,
                }
            }
            _ => None,
        };
        if found.is_some() {
            self.at += 1;
            self.eat("?");
        }
        Ok(found)
    }

    /// The numbers in braces that have just been opened, and the position after them.
    fn braces(&self) -> Option<(u64, Option<u64>, usize)> {
        let length = self.chars.get(self.at..)?.iter().position(|c| *c == '}')?;
        let text: String = self.chars[self.at..self.at + length].iter().collect();
        let number = |text: &str| {
            let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
            is_number.then(|| text.parse().unwrap_or(u64::MAX))
        };
        let (least, most) = match text.split_once(',') {
            None => (number(&text)?, Some(number(&text)?)),
            Some((least, "")) => (number(least)?, None),
            Some((least, most)) => (number(least)?, Some(number(most)?)),
        };
        Some((least, most, self.at + length + 1))
    }

    /// What is behind a backslash.
    fn escape(&mut self, in_class: bool) -> Read<Member> {
        let letter = self.next()?;
        if let Some(set) = set(letter) {
            return Ok(Member::Set(set));
        }
        Ok(Member::One(match letter {
            't' => 9,
            'n' => 10,
            'v' => 11,
            'f' => 12,
            'r' => 13,
            'b' if in_class => 8,
            'p' | 'P' if self.is_strict => return self.property(letter).map(Member::Set),
            'c' => match self.peek() {
                Some(control) if control.is_ascii_alphabetic() => {
                    self.at += 1;
                    u32::from(control) % 32
                }
                _ if self.is_strict => return Err(Refusal::Invalid),
                _ => {
                    self.at -= 1;
                    u32::from('\\')
                }
            },
            'x' => match self.hex(2) {
                Some(code) => code,
                None if self.is_strict => return Err(Refusal::Invalid),
                None => u32::from('x'),
            },
            'u' => return self.unicode_escape(),
            'k' if !in_class && (self.is_strict || self.groups.has_names) => {
                return Err(Refusal::Unsupported);
            }
            '0' if !self.peek().is_some_and(|next| next.is_ascii_digit()) => 0,
            '0'..='9' => return self.number(letter, in_class),
            '-' if self.is_strict && in_class => u32::from('-'),
            c if self.is_strict && !"^$\\.*+?()[]{}|/".contains(c) => return Err(Refusal::Invalid),
            c => u32::from(c),
        }))
    }

    /// A digit behind a backslash: a backreference, or the number of a character in octal.
    fn number(&mut self, first: char, in_class: bool) -> Read<Member> {
        let start = self.at - 1;
        let end = self.chars[start..]
            .iter()
            .position(|c| !c.is_ascii_digit())
            .map_or(self.chars.len(), |count| start + count);
        let group: String = self.chars[start..end].iter().collect();
        let is_group = first != '0' && group.parse::<u32>().is_ok_and(|group| group <= self.groups.count);
        if is_group && !in_class {
            return Err(Refusal::Unsupported);
        }
        if self.is_strict {
            return Err(Refusal::Invalid);
        }
        let Some(mut code) = first.to_digit(8) else { return Ok(Member::One(first.into())) };
        for _ in 0..if code < 4 { 2 } else { 1 } {
            let Some(digit) = self.peek().and_then(|next| next.to_digit(8)) else { break };
            code = code * 8 + digit;
            self.at += 1;
        }
        Ok(Member::One(code))
    }

    fn unicode_escape(&mut self) -> Read<Member> {
        if self.is_strict && self.eat("{") {
            let mut code = 0_u32;
            loop {
                match self.next()? {
                    '}' => break,
                    c => {
                        let digit = c.to_digit(16).ok_or(Refusal::Invalid)?;
                        code = code.checked_mul(16).map(|code| code + digit).ok_or(Refusal::Invalid)?;
                    }
                }
            }
            return if code <= 0x0010_ffff { Ok(Member::One(code)) } else { Err(Refusal::Invalid) };
        }
        let Some(code) = self.hex(4) else {
            return if self.is_strict { Err(Refusal::Invalid) } else { Ok(Member::One('u'.into())) };
        };
        if !(0xd800..0xdc00).contains(&code) {
            return Ok(Member::One(code));
        }
        let start = self.at;
        if self.eat("\\u")
            && let Some(low @ 0xdc00..0xe000) = self.hex(4)
        {
            return Ok(Member::One(0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00)));
        }
        self.at = start;
        Ok(Member::One(code))
    }

    fn hex(&mut self, count: usize) -> Option<u32> {
        let digits = self.chars.get(self.at..self.at + count)?;
        let code = digits.iter().try_fold(0, |code, digit| Some(code * 16 + digit.to_digit(16)?))?;
        self.at += count;
        Some(code)
    }

    /// `\p{...}`, whose names are mostly the same.
    fn property(&mut self, letter: char) -> Read<String> {
        if !self.eat("{") {
            return Err(Refusal::Invalid);
        }
        let start = self.at;
        while self.next()? != '}' {}
        let name: String = self.chars[start..self.at - 1].iter().collect();
        let set = format!("\\{letter}{{{name}}}");
        let is_plain =
            !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '='));
        if !is_plain {
            return Err(Refusal::Invalid);
        }
        if regex_syntax::parse(&set).is_ok() { Ok(set) } else { Err(Refusal::Unsupported) }
    }

    fn class(&mut self) -> Read<String> {
        let is_negated = self.eat("^");
        let mut members = String::new();
        while !self.eat("]") {
            let first = self.member()?;
            let is_range =
                self.peek() == Some('-') && !matches!(self.chars.get(self.at + 1), Some(']') | None);
            if !is_range {
                push(&mut members, &first);
                continue;
            }
            self.at += 1;
            match (first, self.member()?) {
                (Member::One(first), Member::One(last)) if first <= last => {
                    push_range(&mut members, first..=last)
                }
                (Member::One(_), Member::One(_)) => return Err(Refusal::Invalid),
                _ if self.is_strict => return Err(Refusal::Invalid),
                (first, last) => {
                    push(&mut members, &first);
                    push(&mut members, &Member::One('-'.into()));
                    push(&mut members, &last);
                }
            }
        }
        Ok(match (members.is_empty(), is_negated) {
            (false, false) => format!("[{members}]"),
            (false, true) => format!("[^{members}]"),
            (true, false) => r"[^\x{0}-\x{10FFFF}]".to_owned(),
            (true, true) => r"[\x{0}-\x{10FFFF}]".to_owned(),
        })
    }

    fn member(&mut self) -> Read<Member> {
        match self.next()? {
            '\\' => self.escape(true),
            c => Ok(Member::One(c.into())),
        }
    }
}

fn braces_text(least: u64, most: Option<u64>) -> Read<String> {
    if most.is_some_and(|most| most < least) {
        return Err(Refusal::Invalid);
    }
    Ok(match most {
        Some(most) if most == least => format!("{{{least}}}"),
        Some(most) if u32::try_from(most).is_ok() => format!("{{{least},{most}}}"),
        _ => format!("{{{least},}}"),
    })
}

fn push(members: &mut String, member: &Member) {
    match member {
        Member::One(code) if char::from_u32(*code).is_some() => members.push_str(&class_literal(*code)),
        Member::One(_) => {}
        Member::Set(set) => {
            let plain = [DIGITS, WORDS].into_iter().find(|plain| format!("[{plain}]") == **set);
            members.push_str(plain.unwrap_or(set));
        }
    }
}

fn push_range(members: &mut String, range: RangeInclusive<u32>) {
    let is_surrogate = |code: &u32| (0xd800..0xe000).contains(code);
    let first = if is_surrogate(range.start()) { 0xe000 } else { *range.start() };
    let last = if is_surrogate(range.end()) { 0xd7ff } else { *range.end() };
    if first <= last {
        members.push_str(&format!("{}-{}", class_literal(first), class_literal(last)));
    }
}
