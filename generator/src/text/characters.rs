//! The characters of a YAML text, for the parser. It asks for the same one several times, so the next one is kept.

use saphyr_parser::Input;
use saphyr_parser::input::{is_blank_or_breakz, is_flow};

/// What the parser may ask for ahead, in characters: about a line. Nothing is copied for it.
const AHEAD: usize = 128;

const BYTE_ORDER_MARK: char = '\u{FEFF}';

/// A text that is read from its start to its end. Past the end, each character is `\0`, as the parser expects.
pub(super) struct Characters<'a> {
    text: &'a str,
    bytes: &'a [u8],
    next: char,
    /// Where the next character starts.
    at: usize,
    ahead: usize,
}

impl<'a> Characters<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        let mut characters = Self { text, bytes: text.as_bytes(), next: '\0', at: 0, ahead: 0 };
        characters.next = characters.starting(0);
        characters
    }

    /// The character that starts at the byte `at`. Most are ASCII, and are the byte that they start with.
    fn starting(&self, at: usize) -> char {
        if at >= self.bytes.len() {
            return '\0';
        }
        let byte = self.bytes[at];
        if byte < 0x80 {
            return byte as char;
        }
        self.text[at..].chars().next().unwrap_or('\0')
    }

    fn is_at_end(&self) -> bool {
        self.at >= self.bytes.len()
    }
}

impl Input for Characters<'_> {
    fn lookahead(&mut self, count: usize) {
        if count > self.ahead {
            self.ahead = count;
        }
    }

    fn buflen(&self) -> usize {
        self.ahead
    }

    fn bufmaxlen(&self) -> usize {
        AHEAD
    }

    fn raw_read_ch(&mut self) -> char {
        let character = self.next;
        self.skip();
        character
    }

    fn raw_read_non_breakz_ch(&mut self) -> Option<char> {
        let character = self.next;
        if matches!(character, '\n' | '\r' | '\0' | BYTE_ORDER_MARK) {
            return None;
        }
        self.skip();
        Some(character)
    }

    fn skip(&mut self) {
        if self.at < self.bytes.len() {
            self.at += if self.next < '\u{80}' { 1 } else { self.next.len_utf8() };
            self.next = self.starting(self.at);
        }
    }

    fn skip_n(&mut self, count: usize) {
        for _ in 0..count {
            self.skip();
        }
    }

    fn peek(&self) -> char {
        self.next
    }

    fn peek_nth(&self, n: usize) -> char {
        if n == 0 {
            return self.next;
        }
        if n == 1 && self.next < '\u{80}' {
            return self.starting(self.at + 1);
        }
        self.text[self.at..].chars().nth(n).unwrap_or('\0')
    }

    fn peek_opt(&self) -> Option<char> {
        if self.is_at_end() { None } else { Some(self.next) }
    }

    fn next_is_blank_or_breakz(&self) -> bool {
        matches!(self.next, ' ' | '\t' | '\n' | '\r' | '\0')
    }

    fn next_is_blank_or_break(&self) -> bool {
        matches!(self.next, ' ' | '\t' | '\n' | '\r')
    }

    fn next_is_blank(&self) -> bool {
        matches!(self.next, ' ' | '\t')
    }

    fn next_can_be_plain_scalar(&self, in_flow: bool) -> bool {
        match self.next {
            // A mapping's key ends here, and not before any other character (YAML 1.2.2, section 7.3.3).
            ':' => {
                let next = self.peek_nth(1);
                !(is_blank_or_breakz(next) || (in_flow && is_flow(next)))
            }
            BYTE_ORDER_MARK => false,
            character => !(in_flow && is_flow(character)),
        }
    }
}

#[cfg(test)]
mod tests {
    use saphyr_parser::Parser;

    use super::*;

    /// What a parser makes of its input up to the first error, with the place of each event.
    fn events<T: Input>(parser: Parser<'_, T>) -> Vec<String> {
        let mut events = Vec::new();
        for event in parser {
            match event {
                Ok((event, span)) => events.push(format!("{event:?} {:?}", span.start)),
                Err(error) => {
                    events.push(error.to_string());
                    break;
                }
            }
        }
        events
    }

    #[test]
    fn the_parser_sees_what_it_sees_of_a_str() {
        let texts = [
            "",
            "a: b\nc: [d, 'e: f', {g: h}]\n",
            "a:b: c #d\n- e: # f\n  - \"g\\n\"\n",
            "naïve: ключ\n\"😀\": 値 # é\n",
            "\u{FEFF}a: b\u{FEFF}c\n",
            "a: |\n  one\n\n  two 😀\nb: >-\r\n  three\r\n  four\r\n",
            "a: one\n  two\n\n  three: \n",
            "%YAML 1.2\n---\na: &x !!str é\nb: *x\n...\n",
            "a: b\0c\n",
            "a:\t- b\n",
            "- - :\n- ?\n- [:, a:b]\n- -\n",
            "\"unfinished",
        ];
        let long = format!("a: {}\n{}: b\n", "é word ".repeat(200), "k".repeat(900));
        for text in texts.into_iter().chain([long.as_str()]) {
            let ours = events(Parser::new(Characters::of(text)));
            assert_eq!(ours, events(Parser::new_from_str(text)), "{text:?}");
        }
    }
}
