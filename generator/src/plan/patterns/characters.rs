//! The characters that a term of a pattern matches: escapes and classes (ECMA-262, 22.2.1).

use std::ops::RangeInclusive;

use regex_syntax::is_meta_character;

use super::{Parser, Read, Refusal};

/// The characters that a part of a class stands for.
pub(super) enum Member {
    /// A code point, which may be half of a surrogate pair.
    One(u32),
    /// A set, in the syntax of `regex`.
    Set(String),
}

const DIGITS: &str = "0-9";
const WORDS: &str = "0-9A-Za-z_";
pub(super) const NOT_LINES: &str = r"[^\n\r\x{2028}\x{2029}]";

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
pub(super) fn literal(code: u32) -> String {
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

/// Whether `regex` knows the property and ECMA-262 doesn't (tables 69 and 70).
fn is_foreign(name: &str) -> bool {
    let name = name.split('=').next().unwrap_or_default().replace('_', "").to_ascii_lowercase();
    let foreign = ["age", "gcb", "graphemeclusterbreak", "wb", "wordbreak", "sb", "sentencebreak"];
    foreign.contains(&name.as_str())
}

impl Parser<'_> {
    /// What is behind a backslash.
    pub(super) fn escape(&mut self, in_class: bool) -> Read<Member> {
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
        if !is_plain || is_foreign(&name) {
            return Err(Refusal::Invalid);
        }
        if regex_syntax::parse(&set).is_ok() { Ok(set) } else { Err(Refusal::Unsupported) }
    }

    pub(super) fn class(&mut self) -> Read<String> {
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
