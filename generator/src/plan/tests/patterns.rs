//! Patterns match what they match in JavaScript. `patterns/answers.mjs` has asked Node.

use regex::Regex;
use serde::Deserialize;

use crate::plan::patterns::{Translated, translated};

#[derive(Deserialize)]
struct Table {
    texts: Vec<String>,
    /// Each pattern, and a digit for each text. None if it isn't a pattern.
    answers: Vec<(String, Option<String>)>,
}

#[test]
fn patterns_match_what_they_match_in_node() {
    let table: Table = serde_json::from_str(include_str!("patterns/answers.json")).unwrap();
    assert!(table.answers.len() >= 200 && table.texts.len() >= 100);
    let mut wrong = Vec::new();
    for (pattern, answers) in &table.answers {
        let Some(answers) = answers else {
            assert_eq!(translated(pattern), None, "{pattern}");
            continue;
        };
        let Some(Translated { regex, lengths }) = translated(pattern) else {
            wrong.push(format!("{pattern} isn't translated"));
            continue;
        };
        let compiled = Regex::new(&regex).unwrap();
        let (least, most) = lengths.unwrap_or((0, None));
        for (text, answer) in table.texts.iter().zip(answers.chars()) {
            let length = text.chars().count() as u64;
            let found = compiled.is_match(text) && length >= least && most.is_none_or(|most| length <= most);
            if found != (answer == '1') {
                wrong.push(format!("{pattern} as {regex} and {text:?}: {found}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} are wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn what_regex_does_not_have_is_not_translated() {
    for pattern in ["(?=a)", "(?!a)b", "(?<=a)b", "(?<!a)b", r"(a)\1", r"(?<n>a)\k<n>", "^(.{1,9000}){900}$"]
    {
        assert!(!translated(pattern).is_some_and(|pattern| pattern.compiles()), "{pattern}");
    }
}

/// JavaScript reads the name as text, too, where it isn't one of a property.
#[test]
fn a_property_that_only_regex_has_is_text() {
    for (pattern, regex) in [
        (r"\p{Age=V6_0}", r"p\{Age=V6_0\}"),
        (r"\p{Grapheme_Cluster_Break=Extend}", r"p\{Grapheme_Cluster_Break=Extend\}"),
        (r"\P{wb=Extend}", r"P\{wb=Extend\}"),
        (r"\p{Script_Extensions=Greek}", r"\p{Script_Extensions=Greek}"),
    ] {
        assert_eq!(translated(pattern).unwrap().regex, regex);
    }
}

#[test]
fn long_repetitions_are_limits_of_the_length() {
    let found = translated(r"^[^\s]{1,4096}$").unwrap();
    assert_eq!((found.regex.as_str(), found.lengths), (r"^[^[\s\x{FEFF}--\x{85}]]*$", Some((1, Some(4096)))));
    assert_eq!(translated("^a{2,}$").unwrap().lengths, None);
    assert_eq!(translated("^a{2,5000}|b$").unwrap().lengths, None);
}

#[test]
fn digits_behind_a_backslash_are_octal_where_they_can_be() {
    for (pattern, text) in [
        (r"^\400$", " 0"),
        (r"^\377$", "\u{ff}"),
        (r"^\78$", "\u{7}8"),
        (r"^\0$", "\0"),
        (r"^\1011$", "A1"),
        (r"^\9$", "9"),
        (r"^[\101]$", "A"),
    ] {
        let regex = Regex::new(&translated(pattern).unwrap().regex).unwrap();
        assert!(regex.is_match(text), "{pattern} as {regex} and {text:?}");
    }
}
