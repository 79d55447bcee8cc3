//! A server's text in a message: on one line, without anything that moves or hides other text, and cut.

/// The most characters that are printed.
const MOST: usize = 300;

/// `text` as it may be printed: white space becomes single spaces, control characters and marks that change the
/// direction of writing are left out, and what is too long is cut.
pub(crate) fn printable(text: &str) -> String {
    let mut printed = String::new();
    let mut count = 0;
    let mut gap = false;
    for character in text.chars() {
        if character.is_whitespace() {
            gap = !printed.is_empty();
            continue;
        }
        if is_hidden(character) {
            continue;
        }
        if count >= MOST {
            printed.push('…');
            break;
        }
        if std::mem::take(&mut gap) {
            printed.push(' ');
        }
        printed.push(character);
        count += 1;
    }
    printed
}

fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
        || matches!(character, '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_stays_on_its_line() {
        assert_eq!(printable("  no\r\n2026 INFO fine\u{1b}[2J\u{202e}\t "), "no 2026 INFO fine[2J");
        assert_eq!(printable("ä – 日本"), "ä – 日本");
        assert_eq!(printable(" \n"), "");
    }

    #[test]
    fn a_long_text_is_cut() {
        let printed = printable(&"é".repeat(1 << 20));
        assert_eq!(printed.chars().count(), MOST + 1);
        assert!(printed.ends_with("é…"));
        assert_eq!(printable(&"x".repeat(MOST)), "x".repeat(MOST));
    }
}
