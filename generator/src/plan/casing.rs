//! `snake_case` and `PascalCase` as `heck` gives them, without its formatter for what is ASCII: most names are, and
//! every property has one.

use heck::{ToSnakeCase, ToUpperCamelCase};

/// The text in `snake_case`.
pub(super) fn snake(text: &str) -> String {
    if !text.is_ascii() {
        return text.to_snake_case();
    }
    let mut name = String::with_capacity(text.len() + 4);
    words(text, |word| {
        if !name.is_empty() {
            name.push('_');
        }
        name.extend(word.chars().map(|c| c.to_ascii_lowercase()));
    });
    name
}

/// The text in `PascalCase`.
pub(super) fn pascal(text: &str) -> String {
    if !text.is_ascii() {
        return text.to_upper_camel_case();
    }
    let mut name = String::with_capacity(text.len());
    words(text, |word| {
        let mut letters = word.chars();
        name.extend(letters.next().map(|c| c.to_ascii_uppercase()));
        name.extend(letters.map(|c| c.to_ascii_lowercase()));
    });
    name
}

/// Calls `each` with the words of an ASCII text: runs of letters and digits, cut before a capital that follows a
/// small letter, and before the last of several capitals that a small letter follows (`HTTPServer`).
fn words(text: &str, mut each: impl FnMut(&str)) {
    for run in text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|run| !run.is_empty()) {
        let mut start = 0;
        // The last letter of the word so far that has a case: whether it is a capital.
        let mut capital: Option<bool> = None;
        for (index, pair) in run.as_bytes().windows(2).enumerate() {
            let (this, next) = (pair[0], pair[1]);
            let cased = if this.is_ascii_alphabetic() { Some(this.is_ascii_uppercase()) } else { capital };
            if cased == Some(false) && next.is_ascii_uppercase() {
                each(&run[start..=index]);
                (start, capital) = (index + 1, None);
            } else if capital == Some(true) && this.is_ascii_uppercase() && next.is_ascii_lowercase() {
                each(&run[start..index]);
                (start, capital) = (index, None);
            } else {
                capital = cased;
            }
        }
        each(&run[start..]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_heck() {
        let letters = ['a', 'b', 'A', 'B', '1', '_', ' '];
        for number in 0..letters.len().pow(6) {
            let text: String =
                (0..6).map(|place| letters[number / letters.len().pow(place) % letters.len()]).collect();
            assert_eq!(snake(&text), text.to_snake_case());
            assert_eq!(pascal(&text), text.to_upper_camel_case());
        }
        assert_eq!(
            (snake("HTTPServer"), pascal("x-\u{e9}A")),
            ("http_server".to_owned(), "X\u{c9}A".to_owned())
        );
    }
}
