//! Patterns of ECMA-262 in the syntax of Rust's `regex`, which reads many of them otherwise: there, `\d` and `\w` go
//! beyond ASCII, `[a&&b]` is an intersection, `[[:alpha:]]` a class, `\A` an assertion and `\/` an error.
//!
//! A pattern is read as JavaScript does with the flag `u`, which JSON Schema recommends. If it isn't valid then, it is read
//! without the flag, as other validators do.

mod characters;
mod terms;

use regex_syntax::hir::{Class, Hir, HirKind};

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
