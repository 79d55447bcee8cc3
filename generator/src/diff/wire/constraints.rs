//! Constraints, compared one by one.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Number, Value};

use super::index::Index;
use crate::api::{Rule, TypeRef};
use crate::diff::rules::{self, Kind};

/// A constraint that became tighter or looser.
#[derive(Clone, Debug)]
pub(super) struct ConstraintChange {
    pub(super) kind: &'static Kind,
    /// Where in the value: empty, or a prefix like `items of `.
    pub(super) path: String,
    pub(super) before: Option<String>,
    pub(super) after: Option<String>,
}

/// The rules that a type and a place put on a value.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ruled<'a> {
    pub(super) index: &'a Index<'a>,
    pub(super) ty: &'a TypeRef,
    pub(super) rules: &'a [Rule],
}

/// Compares the rules of two values, apart from those of an alias. Each use repeats these, and they are reported
/// where the alias is defined.
pub(super) fn compare(old: Ruled<'_>, new: Ruled<'_>) -> Vec<ConstraintChange> {
    if old.rules == new.rules {
        return Vec::new();
    }
    compare_flat(&old.own(), &new.own())
}

/// Compares the rules of two values.
pub(super) fn compare_rules(old: &[Rule], new: &[Rule]) -> Vec<ConstraintChange> {
    let [old, new] = [old, new].map(|rules| {
        let mut flat = Flat::new();
        flatten(rules, "", &mut flat);
        flat
    });
    compare_flat(&old, &new)
}

fn compare_flat(old: &Flat, new: &Flat) -> Vec<ConstraintChange> {
    let keys: BTreeSet<&(String, Keyword)> = old.keys().chain(new.keys()).collect();
    let none = Limits::default();
    let mut changes = Vec::new();
    for key in keys {
        let (path, keyword) = key;
        let (before, after) = (old.get(key).unwrap_or(&none), new.get(key).unwrap_or(&none));
        keyword.compare(path, before, after, &mut changes);
    }
    changes
}

/// The keywords, and the rules for their changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Keyword {
    MinLength,
    MaxLength,
    Pattern,
    Minimum,
    Maximum,
    ExclusiveMinimum,
    ExclusiveMaximum,
    MultipleOf,
    MinItems,
    MaxItems,
    UniqueItems,
    MinProperties,
    MaxProperties,
    RequiredNames,
    ListedValues,
}

/// The constraints of one keyword, each once.
#[derive(Clone, Debug, Default, PartialEq)]
struct Limits {
    numbers: Vec<Number>,
    texts: BTreeSet<String>,
}

impl Keyword {
    fn kinds(self) -> (&'static Kind, &'static Kind) {
        match self {
            Self::MinLength => (&rules::MIN_LENGTH_TIGHTENED, &rules::MIN_LENGTH_LOOSENED),
            Self::MaxLength => (&rules::MAX_LENGTH_TIGHTENED, &rules::MAX_LENGTH_LOOSENED),
            Self::Pattern => (&rules::PATTERN_TIGHTENED, &rules::PATTERN_LOOSENED),
            Self::Minimum => (&rules::MINIMUM_TIGHTENED, &rules::MINIMUM_LOOSENED),
            Self::Maximum => (&rules::MAXIMUM_TIGHTENED, &rules::MAXIMUM_LOOSENED),
            Self::ExclusiveMinimum => {
                (&rules::EXCLUSIVE_MINIMUM_TIGHTENED, &rules::EXCLUSIVE_MINIMUM_LOOSENED)
            }
            Self::ExclusiveMaximum => {
                (&rules::EXCLUSIVE_MAXIMUM_TIGHTENED, &rules::EXCLUSIVE_MAXIMUM_LOOSENED)
            }
            Self::MultipleOf => (&rules::MULTIPLE_OF_TIGHTENED, &rules::MULTIPLE_OF_LOOSENED),
            Self::MinItems => (&rules::MIN_ITEMS_TIGHTENED, &rules::MIN_ITEMS_LOOSENED),
            Self::MaxItems => (&rules::MAX_ITEMS_TIGHTENED, &rules::MAX_ITEMS_LOOSENED),
            Self::UniqueItems => (&rules::UNIQUE_ITEMS_TIGHTENED, &rules::UNIQUE_ITEMS_LOOSENED),
            Self::MinProperties => (&rules::MIN_PROPERTIES_TIGHTENED, &rules::MIN_PROPERTIES_LOOSENED),
            Self::MaxProperties => (&rules::MAX_PROPERTIES_TIGHTENED, &rules::MAX_PROPERTIES_LOOSENED),
            Self::RequiredNames => (&rules::REQUIRED_NAMES_TIGHTENED, &rules::REQUIRED_NAMES_LOOSENED),
            Self::ListedValues => (&rules::LISTED_VALUES_TIGHTENED, &rules::LISTED_VALUES_LOOSENED),
        }
    }

    /// Whether a larger limit is tighter.
    fn is_lower_bound(self) -> bool {
        matches!(
            self,
            Self::MinLength | Self::Minimum | Self::ExclusiveMinimum | Self::MinItems | Self::MinProperties
        )
    }

    /// Whether the constraint allows every value.
    fn allows_all(self, text: &str) -> bool {
        const ANYTHING: [&str; 8] = ["", "^", "$", ".*", "^.*", ".*$", "^.*$", r"^[\s\S]*$"];
        self == Self::Pattern && ANYTHING.contains(&text)
    }

    /// The effective limit: the tightest.
    fn tightest(self, limits: &Limits) -> Option<&Number> {
        let value = |number: &&Number| number.as_f64().unwrap_or_default();
        let by = |a: &&Number, b: &&Number| value(a).total_cmp(&value(b));
        if self.is_lower_bound() {
            limits.numbers.iter().max_by(by)
        } else {
            limits.numbers.iter().min_by(by)
        }
    }

    fn compare(self, path: &str, old: &Limits, new: &Limits, changes: &mut Vec<ConstraintChange>) {
        let (tightened, loosened) = self.kinds();
        let mut change = |kind, before: Option<String>, after: Option<String>| {
            changes.push(ConstraintChange { kind, path: path.to_owned(), before, after });
        };
        let texts = |limits: &Limits| {
            let texts: Vec<&str> = limits.texts.iter().map(String::as_str).collect();
            (!texts.is_empty()).then(|| texts.join(" and "))
        };
        if old.texts != new.texts {
            if !new.texts.iter().all(|text| old.texts.contains(text) || self.allows_all(text)) {
                change(tightened, texts(old), texts(new));
            }
            if !old.texts.is_subset(&new.texts) {
                change(loosened, texts(old), texts(new));
            }
        }
        let (before, after) = (self.tightest(old), self.tightest(new));
        let text = |number: Option<&Number>| number.map(Number::to_string);
        match (before, after) {
            (before, after) if before == after => {}
            (None, _) => change(tightened, None, text(after)),
            (_, None) => change(loosened, text(before), None),
            (Some(old), Some(new)) => {
                let (low, high) = (old.as_f64().unwrap_or_default(), new.as_f64().unwrap_or_default());
                if self == Self::MultipleOf {
                    // A multiple of 4 is one of 2: the new limit allows less if it is a multiple of the old.
                    let multiple = |of: f64, value: f64| (value / of).fract() == 0.0;
                    if !multiple(high, low) {
                        change(tightened, text(before), text(after));
                    }
                    if !multiple(low, high) {
                        change(loosened, text(before), text(after));
                    }
                } else {
                    let tighter = (high > low) == self.is_lower_bound();
                    change(if tighter { tightened } else { loosened }, text(before), text(after));
                }
            }
        }
    }
}

type Flat = BTreeMap<(String, Keyword), Limits>;

impl Ruled<'_> {
    /// The rules that aren't those of an alias.
    fn own(&self) -> Flat {
        let mut rules = self.rules.to_vec();
        for inherited in inherited(self.index, self.ty, 0) {
            remove(&mut rules, &inherited);
        }
        let mut flat = Flat::new();
        flatten(&rules, "", &mut flat);
        flat
    }
}

/// The rules that `ty` has through aliases.
fn inherited(index: &Index<'_>, ty: &TypeRef, depth: usize) -> Vec<Rule> {
    if depth > 32 {
        return Vec::new();
    }
    match ty {
        TypeRef::Named(name) => match index.alias(name) {
            Some(alias) => {
                let mut rules = alias.rules.clone();
                rules.extend(inherited(index, &alias.ty, depth + 1));
                rules
            }
            None => Vec::new(),
        },
        TypeRef::Nullable(inner)
        | TypeRef::Inferred(inner)
        | TypeRef::Boxed(inner)
        | TypeRef::Secret(inner) => inherited(index, inner, depth + 1),
        TypeRef::List(inner) => nested(Rule::Items(inherited(index, inner, depth + 1))),
        TypeRef::Map(inner) => nested(Rule::Values(inherited(index, inner, depth + 1))),
        TypeRef::Tuple(items) => {
            vec![Rule::PrefixItems(items.iter().map(|item| inherited(index, item, depth + 1)).collect())]
        }
        _ => Vec::new(),
    }
}

fn nested(rule: Rule) -> Vec<Rule> {
    match &rule {
        Rule::Items(inner) | Rule::Values(inner) if inner.is_empty() => Vec::new(),
        _ => vec![rule],
    }
}

/// Takes one rule out of a list, or those within it out of that of the same place.
fn remove(rules: &mut Vec<Rule>, gone: &Rule) {
    let lists = |rules: &mut Vec<Rule>, gone: &[Rule]| gone.iter().for_each(|rule| remove(rules, rule));
    for rule in rules.iter_mut() {
        match (rule, gone) {
            (Rule::Items(inner), Rule::Items(gone)) | (Rule::Values(inner), Rule::Values(gone)) => {
                return lists(inner, gone);
            }
            (Rule::PrefixItems(inner), Rule::PrefixItems(gone)) => {
                return inner.iter_mut().zip(gone).for_each(|(inner, gone)| lists(inner, gone));
            }
            _ => {}
        }
    }
    if let Some(at) = rules.iter().position(|rule| rule == gone) {
        rules.remove(at);
    }
}

fn flatten(rules: &[Rule], path: &str, flat: &mut Flat) {
    for rule in rules {
        let mut number = |keyword: Keyword, limit: Number| {
            flat.entry((path.to_owned(), keyword)).or_default().numbers.push(limit);
        };
        match rule {
            Rule::MinLength(limit) => number(Keyword::MinLength, (*limit).into()),
            Rule::MaxLength(limit) => number(Keyword::MaxLength, (*limit).into()),
            Rule::Minimum(limit) => number(Keyword::Minimum, limit.clone()),
            Rule::Maximum(limit) => number(Keyword::Maximum, limit.clone()),
            Rule::ExclusiveMinimum(limit) => number(Keyword::ExclusiveMinimum, limit.clone()),
            Rule::ExclusiveMaximum(limit) => number(Keyword::ExclusiveMaximum, limit.clone()),
            Rule::MultipleOf(limit) => number(Keyword::MultipleOf, limit.clone()),
            Rule::MinItems(limit) => number(Keyword::MinItems, (*limit).into()),
            Rule::MaxItems(limit) => number(Keyword::MaxItems, (*limit).into()),
            Rule::MinProperties(limit) => number(Keyword::MinProperties, (*limit).into()),
            Rule::MaxProperties(limit) => number(Keyword::MaxProperties, (*limit).into()),
            Rule::UniqueItems => text(flat, path, Keyword::UniqueItems, "true"),
            Rule::Pattern(pattern) => text(flat, path, Keyword::Pattern, pattern),
            Rule::RequiredNames(names) => {
                names.iter().for_each(|name| text(flat, path, Keyword::RequiredNames, name));
            }
            // That nothing is a value is told of the schema.
            Rule::ListedValues(values) if values.is_empty() => {}
            Rule::ListedValues(values) => {
                text(flat, path, Keyword::ListedValues, &Value::from(values.clone()).to_string());
            }
            Rule::Items(inner) => flatten(inner, &format!("{path}items of "), flat),
            Rule::Values(inner) => flatten(inner, &format!("{path}values of "), flat),
            Rule::Keys(inner) => flatten(inner, &format!("{path}names in "), flat),
            Rule::PrefixItems(lists) => {
                for (index, inner) in lists.iter().enumerate() {
                    flatten(inner, &format!("{path}item {index} of "), flat);
                }
            }
        }
    }
}

fn text(flat: &mut Flat, path: &str, keyword: Keyword, text: &str) {
    flat.entry((path.to_owned(), keyword)).or_default().texts.insert(text.to_owned());
}
