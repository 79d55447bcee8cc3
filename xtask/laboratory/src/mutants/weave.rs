//! Puts several mutants into one source text. Which of them is on is asked when the program runs, so a package is built once
//! for all of its mutants rather than once for each (*mutant schemata*).
//!
//! A function with mutants gets a whole body for each of them, beside its own. So each body is checked by itself, and one
//! that isn't valid says nothing about the others.

use std::ops::Range;

use super::list::Mutant;

/// What is appended to the root of a crate that has mutants.
pub const SWITCH: &str = "
/// Which mutant is on.
#[doc(hidden)]
pub mod woven {
    /// Whether it is the one with this number.
    #[must_use]
    pub fn is(number: usize) -> bool {
        static ON: std::sync::LazyLock<Option<usize>> =
            std::sync::LazyLock::new(|| std::env::var(\"WOVEN_MUTANT\").ok()?.parse().ok());
        *ON == Some(number)
    }
}
";

/// A text with mutants.
#[derive(Debug, Default)]
pub struct Woven {
    pub text: String,
    /// The lines that belong to each mutant alone.
    pub own: Vec<(usize, Range<usize>)>,
    /// The lines of each function with mutants, its own and theirs.
    pub functions: Vec<(Vec<usize>, Range<usize>)>,
    /// Those that can't be put into a text with others: they aren't in a function, or in one that the compiler runs.
    pub left: Vec<usize>,
}

/// A mutant with its number, and the place in the text that it replaces.
type Placed<'a> = (usize, &'a Mutant, Range<usize>);

/// `text` with `mutants`, each with its number.
pub fn weave(text: &str, mutants: &[(usize, &Mutant)]) -> Woven {
    let mut woven = Woven::default();
    let mut bodies: Vec<(Range<usize>, Vec<Placed<'_>>)> = Vec::new();
    for &(number, mutant) in mutants {
        let Some((body, place)) = body_of(text, mutant) else {
            woven.left.push(number);
            continue;
        };
        match bodies.iter_mut().find(|(known, _)| *known == body) {
            Some((_, inside)) => inside.push((number, mutant, place)),
            None => bodies.push((body, vec![(number, mutant, place)])),
        }
    }
    bodies.sort_by_key(|(body, _)| body.start);
    let mut done = 0;
    for (body, inside) in bodies {
        if body.start < done {
            // A function inside one that has been copied.
            woven.left.extend(inside.iter().map(|(number, ..)| number));
            continue;
        }
        woven.text.push_str(&text[done..body.start]);
        let first = line(&woven.text);
        woven.text.push_str("{ ");
        for (number, mutant, place) in &inside {
            woven.text.push_str(&format!("if crate::woven::is({number}) {{\n"));
            let own = line(&woven.text);
            woven.text.push_str(&text[body.start + 1..place.start]);
            woven.text.push_str(&mutant.replacement);
            woven.text.push_str(&text[place.end..body.end - 1]);
            woven.text.push('\n');
            woven.own.push((*number, own..line(&woven.text)));
            woven.text.push_str("} else ");
        }
        woven.text.push_str(&text[body.clone()]);
        woven.text.push_str(" }");
        let numbers = inside.iter().map(|(number, ..)| *number).collect();
        woven.functions.push((numbers, first..line(&woven.text) + 1));
        done = body.end;
    }
    woven.text.push_str(&text[done..]);
    woven
}

/// The number of the last line of `text`.
fn line(text: &str) -> usize {
    text.matches('\n').count() + 1
}

/// The body that the mutant is in, with its braces, and the mutant's place.
fn body_of(text: &str, mutant: &Mutant) -> Option<(Range<usize>, Range<usize>)> {
    let function = mutant.function.as_ref()?.span;
    let function = function.start.offset(text)?..function.end.offset(text)?;
    let place = mutant.span.start.offset(text)?..mutant.span.end.offset(text)?;
    let open = function.start + first_brace(text.get(function.clone())?)?;
    let code = text[function.start..open].lines().filter(|line| !line.trim_start().starts_with("//"));
    let is_const = code.into_iter().any(|line| line.contains("const fn "));
    let inside = open < place.start && place.end < function.end;
    (!is_const && inside).then_some((open..function.end, place))
}

/// The first `{` of a function outside of parentheses, brackets, comments and strings: where its body begins.
fn first_brace(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut place = 0;
    while let Some(char) = text.get(place..)?.chars().next() {
        let rest = &text[place..];
        match char {
            '/' if rest.starts_with("//") => {
                place += rest.find('\n')?;
                continue;
            }
            '"' => {
                place += end_of_string(rest)?;
                continue;
            }
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            '{' if depth == 0 => return Some(place),
            _ => {}
        }
        place += char.len_utf8();
    }
    None
}

/// How long the string is that `text` begins with.
fn end_of_string(text: &str) -> Option<usize> {
    let mut escaped = false;
    text.char_indices().skip(1).find_map(|(place, char)| {
        let ends = char == '"' && !escaped;
        escaped = char == '\\' && !escaped;
        ends.then_some(place + 1)
    })
}

#[cfg(test)]
mod tests {
    use super::super::list::{Function, Position, Span};
    use super::*;

    fn position(text: &str, offset: usize) -> Position {
        let before = &text[..offset];
        let begin = before.rfind('\n').map_or(0, |place| place + 1);
        Position { line: line(before), column: before[begin..].chars().count() + 1 }
    }

    fn span(text: &str, part: &str) -> Span {
        let start = text.find(part).unwrap();
        Span { start: position(text, start), end: position(text, start + part.len()) }
    }

    fn mutant(text: &str, function: &str, part: &str, replacement: &str) -> Mutant {
        Mutant {
            name: part.to_owned(),
            file: String::new(),
            function: Some(Function { span: span(text, function) }),
            span: span(text, part),
            replacement: replacement.to_owned(),
        }
    }

    #[test]
    fn each_mutant_has_a_body_of_its_own() {
        let function = "#[doc = \"{\"]\nfn less(a: [u8; {2}]) -> bool\n{\n    a[0] < a[1]\n}";
        let text = format!("// ä\n{function}\nfn other() {{}}\n");
        let mutants = [mutant(&text, function, "<", "<="), mutant(&text, function, "a[0] < a[1]", "true")];
        let woven = weave(&text, &[(3, &mutants[0]), (5, &mutants[1])]);
        assert_eq!(
            woven.text,
            "// ä\n#[doc = \"{\"]\nfn less(a: [u8; {2}]) -> bool\n\
             { if crate::woven::is(3) {\n\n    a[0] <= a[1]\n\n} else if crate::woven::is(5) {\n\n    true\n\n} else \
             {\n    a[0] < a[1]\n} }\nfn other() {}\n"
        );
        assert_eq!(woven.own, [(3, 5..8), (5, 9..12)]);
        assert_eq!(woven.functions, [(vec![3, 5], 4..15)]);
        assert!(woven.left.is_empty());
    }

    #[test]
    fn what_the_compiler_runs_is_left() {
        let (constant, plain) =
            ("const fn one() -> u8 { 1 }", "/// No const fn.\nfn two<const N: u8>() -> u8 { 2 }");
        let text = format!("{constant}\n{plain}\n");
        let mutants = [mutant(&text, constant, "1", "0"), mutant(&text, plain, "2", "0")];
        let woven = weave(&text, &[(0, &mutants[0]), (1, &mutants[1])]);
        assert_eq!(woven.left, [0]);
        assert!(woven.text.starts_with(constant) && woven.text.contains("is(1)"));
    }
}
