//! The terms of a pattern: alternatives, groups and quantifiers (ECMA-262, 22.2.1).

use super::characters::{Member, NOT_LINES, literal};
use super::{Parser, Read, Refusal, Single};

impl Parser<'_> {
    pub(super) fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    pub(super) fn eat(&mut self, text: &str) -> bool {
        let count = text.chars().count();
        let is_next = self
            .chars
            .get(self.at..self.at + count)
            .is_some_and(|next| text.chars().eq(next.iter().copied()));
        self.at += if is_next { count } else { 0 };
        is_next
    }

    pub(super) fn next(&mut self) -> Read<char> {
        let next = self.peek().ok_or(Refusal::Invalid)?;
        self.at += 1;
        Ok(next)
    }

    pub(super) fn disjunction(&mut self) -> Read<String> {
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
