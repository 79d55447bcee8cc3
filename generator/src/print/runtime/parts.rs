//! The parts of an item that only some crates need: a rule with what checks it, and what is behind a feature of the
//! runtime. An item's members are told from each other by name; these stand inside of functions and types.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use openapi_rust_runtime::sources::SOURCES;

use super::items::{self, Brackets, Item, Kind};
use super::modules;

/// The features of the runtime that only tell apart what a crate needs which contains it.
pub(super) const FEATURES: [&str; 6] = ["followers", "nearest", "nesting", "secrets", "unions", "unread"];

/// The fields of the property table, of a type called `Shape`, that something reads in crates of unions, followers or
/// secrets.
pub(super) const TABLE: [&str; 3] = ["followers", "others", "secret_names"];

/// The enum of which a crate has the variants that its files name.
const RULE: &str = "Rule";

/// What decides which parts a crate has.
pub(super) struct Needs {
    rules: BTreeSet<&'static str>,
    features: BTreeSet<&'static str>,
}

impl Needs {
    /// Those of a crate whose files have these `names`.
    pub fn of(names: &BTreeSet<String>, features: BTreeSet<&'static str>) -> Self {
        let rules = modules::text("model/rules.rs").map(variants).unwrap_or_default();
        let rules = rules.into_iter().map(|(name, _)| name).filter(|name| names.contains(*name)).collect();
        Self { rules, features }
    }

    /// The parts of `text` that the crate has, in their order.
    pub fn of_text(&self, text: &'static str) -> Vec<&'static str> {
        let mut kept = Vec::new();
        let (mut start, mut at) = (0, 0);
        let mut drop = |from: usize, to: usize| {
            kept.push(&text[start..from]);
            start = to;
        };
        while at < text.len() {
            let line = line(text, at);
            let after = at + line.len();
            let trimmed = line.trim();
            if self.is_behind_unneeded_feature(trimmed) {
                let end = end_of_piece(text, after);
                drop(start_of_docs(text, at), end);
                at = end;
            } else if trimmed.strip_prefix("pub enum ").is_some_and(|rest| modules::word(rest) == RULE) {
                for (name, variant) in variants(&text[at..]) {
                    let from = variant.as_ptr().addr() - text.as_ptr().addr();
                    at = from + variant.len();
                    if !self.rules.contains(name) {
                        drop(from, at);
                    }
                }
            } else if let Some(arm) = Arm::at(text, at + line.len() - line.trim_start().len()) {
                at = self.arm(&arm, &mut drop);
            } else {
                at = after;
            }
        }
        kept.push(&text[start..]);
        kept
    }

    /// Whether the crate has a feature.
    pub fn has_feature(&self, feature: &str) -> bool {
        self.features.contains(feature)
    }

    fn is_behind_unneeded_feature(&self, line: &str) -> bool {
        let feature = line.strip_prefix("#[cfg(feature = \"").and_then(|rest| rest.strip_suffix("\")]"));
        feature.is_some_and(|feature| FEATURES.contains(&feature) && !self.features.contains(feature))
    }

    /// Drops what the crate has no use for of an arm, and returns where to go on.
    fn arm(&self, arm: &Arm, drop: &mut dyn FnMut(usize, usize)) -> usize {
        let is_kept = |alternative: &&Alternative| self.rules.contains(alternative.rule);
        let Some(first) = arm.alternatives.iter().find(is_kept) else {
            drop(arm.line, arm.end);
            return arm.end;
        };
        let mut end = arm.pattern;
        for alternative in &arm.alternatives {
            match is_kept(&alternative) {
                true if alternative.start == first.start && end < first.start => drop(end, first.start),
                false if alternative.start > first.start => drop(end, alternative.end),
                _ => {}
            }
            if is_kept(&alternative) || alternative.start > first.start {
                end = alternative.end;
            }
        }
        end
    }
}

/// Where the documentation of what is `at` begins, if there is any right before it.
fn start_of_docs(text: &str, at: usize) -> usize {
    let lines = text[..at].split_inclusive('\n').rev();
    at - lines.take_while(|line| line.trim_start().starts_with("///")).map(str::len).sum::<usize>()
}

/// The parts of a macro or of the property table without the functions of the runtime's traits and the fields of the table
/// that aren't `needed`, and without what is of modules `in_vain`.
pub(super) fn of_table(
    text: &'static str,
    needed: &dyn Fn(&str) -> bool,
    in_vain: &dyn Fn(&str) -> bool,
) -> Vec<&'static str> {
    let mut kept = Vec::new();
    let (mut start, mut at) = (0, 0);
    while at < text.len() {
        let line = line(text, at);
        let head = after_attributes(text, at);
        let end = match member(self::line(text, head)) {
            Some(name) => (!needed(name)).then(|| end_of_piece(text, head)),
            None => {
                repetition(&text[at..]).filter(|piece| names(piece, in_vain)).map(|piece| at + piece.len())
            }
        };
        let Some(end) = end else {
            at += line.len();
            continue;
        };
        let closes = self::line(text, end).trim().starts_with('}');
        let before = &text[start..at];
        kept.push(if closes && before.ends_with("\n\n") { &before[..before.len() - 1] } else { before });
        at = end;
        // The empty line that is between it and the next.
        at += if self::line(text, at).trim().is_empty() { self::line(text, at).len() } else { 0 };
        start = at;
    }
    kept.push(&text[start..]);
    kept
}

/// Where the line begins that the attributes at `at` belong to; `at` if there are none.
fn after_attributes(text: &str, mut at: usize) -> usize {
    while line(text, at).trim().starts_with("#[") && line(text, at).trim().ends_with(']') {
        at += line(text, at).len();
    }
    at
}

/// The function of a trait that a line of a macro begins with, or the field that only some objects' tables need.
fn member(line: &str) -> Option<&str> {
    let line = line.trim_start();
    match line.strip_prefix("fn ").map(modules::word) {
        Some(name) => Some(name).filter(|name| TRAIT_FUNCTIONS.contains(name)),
        None => field(line),
    }
}

/// The field of the property table that a line begins with, where it's declared or where it gets its value.
fn field(line: &str) -> Option<&str> {
    let name = modules::word(line.strip_prefix("pub ").unwrap_or(line));
    let is_field = line.contains(&format!("{name}: ")) && TABLE.contains(&name);
    is_field.then_some(name)
}

/// The arm of a macro, the repetition or the call of another macro that `text` begins with, unless there are repetitions
/// in it.
fn repetition(text: &'static str) -> Option<&'static str> {
    let first = line(text, 0).trim();
    let is_arm = first.starts_with('(') && first.ends_with("=> {");
    if !is_arm && !first.starts_with("$(") && !first.starts_with("$crate::") {
        return None;
    }
    let mut brackets = Brackets::default();
    let mut end = 0;
    while end < text.len() {
        let line = line(text, end);
        if end > 0 && line.trim_start().starts_with("$(") {
            return None;
        }
        end += line.len();
        brackets.read(line);
        if !brackets.is_open() {
            break;
        }
    }
    Some(&text[..end])
}

/// Whether a path in a macro leads to one of the modules.
fn names(text: &str, module: &dyn Fn(&str) -> bool) -> bool {
    text.match_indices("$crate::").any(|(at, start)| {
        let path: Vec<&str> = text[at + start.len()..].split("::").take(2).map(modules::word).collect();
        modules::module_of(&path).is_some_and(module)
    })
}

/// The functions of the runtime's traits.
static TRAIT_FUNCTIONS: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| {
    let all = SOURCES.iter().flat_map(|(_, text)| items::items(modules::without_tests(text)));
    let members = all.filter(Item::is_trait).flat_map(|item| item.members);
    members.filter_map(|member| if let Kind::Named(name) = member.kind { Some(name) } else { None }).collect()
});

/// An arm of a `match` whose pattern is of rules, or an `if let`.
struct Arm {
    /// Where its first line begins.
    line: usize,
    /// Where its pattern begins.
    pattern: usize,
    alternatives: Vec<Alternative>,
    end: usize,
}

/// A rule in a pattern.
struct Alternative {
    rule: &'static str,
    start: usize,
    end: usize,
}

impl Arm {
    /// The arm whose pattern begins at `start`, if one does.
    fn at(text: &'static str, start: usize) -> Option<Self> {
        let mut alternatives = Vec::new();
        let is_condition = text[start..].starts_with("if let ");
        let mut at = if is_condition { start + "if let ".len() } else { start };
        loop {
            let rule = modules::word(text[at..].strip_prefix(RULE)?.strip_prefix("::")?);
            let name = at + RULE.len() + "::".len() + rule.len();
            let fields = if text[name..].starts_with('(') { text[name..].find(')')? + 1 } else { 0 };
            alternatives.push(Alternative { rule, start: at, end: name + fields });
            let rest = text[name + fields..].trim_start();
            match rest.strip_prefix("| ") {
                Some(next) => at = text.len() - next.len(),
                None if is_condition && rest.starts_with("= ") => break,
                None if rest.starts_with("=>") || rest.starts_with("if ") => break,
                None => return None,
            }
        }
        let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
        Some(Self { line, pattern: alternatives.first()?.start, alternatives, end: end_of_piece(text, line) })
    }
}

/// The line that begins at `at`.
fn line(text: &str, at: usize) -> &str {
    text[at..].split_inclusive('\n').next().unwrap_or_default()
}

/// Where the statement, the field or the arm ends that begins at `at`.
fn end_of_piece(text: &str, mut at: usize) -> usize {
    let mut brackets = Brackets::default();
    while at < text.len() {
        let line = line(text, at);
        at += line.len();
        brackets.read(line);
        let is_comment = line.trim_start().starts_with("//");
        if !is_comment && !brackets.is_open() && line.trim_end().ends_with([',', ';', '}']) {
            break;
        }
    }
    at
}

/// The variants of the enum of rules in `text`, by name, with their documentation.
fn variants(text: &'static str) -> Vec<(&'static str, &'static str)> {
    let head = format!("pub enum {RULE} {{\n");
    let Some(mut at) = text.find(&head).map(|at| at + head.len()) else { return Vec::new() };
    let mut found = Vec::new();
    let mut start = at;
    while at < text.len() && line(text, at).trim() != "}" {
        let line = line(text, at).trim_start();
        at += self::line(text, at).len();
        if !line.starts_with("//") {
            found.push((modules::word(line), &text[start..at]));
            start = at;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "/// A rule.
pub enum Rule {
    /// `minLength`.
    MinLength(u64),
    /// `maxLength`.
    MaxLength(u64),
    UniqueItems,
}

fn f() {
    match rule {
        Rule::MinLength(limit) | Rule::UniqueItems if limit > 1 => a(),
        Rule::MinLength(_)
        | Rule::MaxLength(_) => {
            b();
        }
        Rule::UniqueItems => c(),
        _ => {}
    }
    if let Rule::UniqueItems = rule {
        f();
    }
    #[cfg(feature = \"unions\")]
    if d {
        e();
    }
}
";

    fn kept(names: &[&str], features: &[&'static str]) -> String {
        let rules = variants(TEXT).iter().map(|one| one.0).filter(|name| names.contains(name)).collect();
        Needs { rules, features: features.iter().copied().collect() }.of_text(TEXT).concat()
    }

    #[test]
    fn everything_is_kept_that_is_needed() {
        assert_eq!(kept(&["MinLength", "MaxLength", "UniqueItems"], &["unions"]), TEXT);
    }

    #[test]
    fn a_rule_takes_its_variant_and_its_part_of_patterns() {
        let text = kept(&["MaxLength"], &[]);
        assert_eq!(
            text,
            "/// A rule.
pub enum Rule {
    /// `maxLength`.
    MaxLength(u64),
}

fn f() {
    match rule {
        Rule::MaxLength(_) => {
            b();
        }
        _ => {}
    }
}
"
        );
        let unique = kept(&["UniqueItems"], &[]);
        assert!(
            unique.contains(
                "        Rule::UniqueItems if limit > 1 => a(),\n        Rule::UniqueItems => c(),\n"
            )
        );
        let shortest = kept(&["MinLength"], &[]);
        assert!(shortest.contains(
            "        Rule::MinLength(limit) if limit > 1 => a(),\n        Rule::MinLength(_) => {\n"
        ));
    }

    #[test]
    fn what_a_feature_gates_goes_with_its_documentation() {
        let text = "pub struct S {
    /// A.
    a: u8,
    /// B,
    /// of two lines.
    #[cfg(feature = \"unions\")]
    b: u8,
}
";
        let of = |features: &[&'static str]| {
            let needs = Needs { rules: BTreeSet::new(), features: features.iter().copied().collect() };
            needs.of_text(text).concat()
        };
        assert_eq!(of(&["unions"]), text);
        assert_eq!(of(&[]), "pub struct S {\n    /// A.\n    a: u8,\n}\n");
    }

    const MACRO: &str = "macro_rules! m {
    ($name:ident => $body:tt) => {
        $crate::model::patch::m! { $name }
    };
    ($name:ident $null:ident) => {
        const TABLE: Shape = Shape {
            index: 1,
            others: $crate::model::slots::open,
        };
        $(
            $crate::model::patch::null!($null);
        )?
        $crate::model::patch::all! {
            $null
        }

        #[inline]
        fn unknowns(&self) {
            f();
        }
    };
}
";

    #[test]
    fn a_macro_keeps_what_is_needed_of_it() {
        let kept = |needed: bool| of_table(MACRO, &|_| needed, &|module| !needed && module == "model/patch");
        assert_eq!(kept(true).concat(), MACRO);
        assert_eq!(
            kept(false).concat(),
            "macro_rules! m {
    ($name:ident $null:ident) => {
        const TABLE: Shape = Shape {
            index: 1,
        };
    };
}
"
        );
    }

    /// Whatever else names a rule would be left without it.
    #[test]
    fn the_runtime_names_rules_in_patterns_of_arms_alone() {
        let nothing = Needs { rules: BTreeSet::new(), features: BTreeSet::new() };
        for (path, text) in SOURCES {
            let text = nothing.of_text(modules::without_tests(text)).concat();
            let named = text.lines().filter(|line| !line.trim_start().starts_with("//"));
            for line in named.filter(|line| line.contains("Rule::")) {
                assert!(line.contains("Rule::*;"), "{path}: {line}");
            }
        }
    }
}
