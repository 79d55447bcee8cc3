//! Rules as Rust text.

use serde_json::Number;

use super::SourceFile;
use super::printer::quoted;
use crate::api::Rule;
use crate::plan::patterns::translated;

/// Whether a rule in `files` has a pattern with a property of Unicode (ECMA-262, 22.2.1), for which the runtime needs
/// tables. Another literal with the same text costs no more than these.
pub(super) fn have_properties(files: &[SourceFile]) -> bool {
    files.iter().any(|file| [r"\\p{", r"\\P{"].iter().any(|property| file.text.contains(property)))
}

/// Rules as the elements of an array.
pub(super) fn list(rules: &[Rule]) -> String {
    rules.iter().map(rule).collect::<Vec<_>>().join(", ")
}

/// One rule.
pub(super) fn rule(rule: &Rule) -> String {
    match rule {
        Rule::MinLength(limit) => format!("MinLength({limit})"),
        Rule::MaxLength(limit) => format!("MaxLength({limit})"),
        Rule::Pattern(pattern) => {
            let translated = translated(pattern).map(|translated| translated.regex);
            format!("Pattern({})", quoted(translated.as_deref().unwrap_or(pattern)))
        }
        Rule::Minimum(number) => format!("Minimum({})", limit(number)),
        Rule::Maximum(number) => format!("Maximum({})", limit(number)),
        Rule::ExclusiveMinimum(number) => format!("ExclusiveMinimum({})", limit(number)),
        Rule::ExclusiveMaximum(number) => format!("ExclusiveMaximum({})", limit(number)),
        Rule::MultipleOf(number) => format!("MultipleOf({})", limit(number)),
        Rule::MinItems(limit) => format!("MinItems({limit})"),
        Rule::MaxItems(limit) => format!("MaxItems({limit})"),
        Rule::UniqueItems => "UniqueItems".to_owned(),
        Rule::MinProperties(limit) => format!("MinProperties({limit})"),
        Rule::MaxProperties(limit) => format!("MaxProperties({limit})"),
        Rule::Items(inner) => format!("Items(&[{}])", list(inner)),
        Rule::PrefixItems(lists) => {
            let lists: Vec<String> = lists.iter().map(|list| format!("&[{}]", self::list(list))).collect();
            format!("PrefixItems(&[{}])", lists.join(", "))
        }
        Rule::Values(inner) => format!("Values(&[{}])", list(inner)),
        Rule::Keys(inner) => format!("Keys(&[{}])", list(inner)),
        Rule::RequiredNames(names) => {
            let names: Vec<String> = names.iter().map(|name| quoted(name)).collect();
            format!("RequiredNames(&[{}])", names.join(", "))
        }
        Rule::ListedValues(values) => {
            let values: Vec<String> = values.iter().map(|value| quoted(&value.to_string())).collect();
            format!("ListedValues(&[{}])", values.join(", "))
        }
    }
}

fn limit(number: &Number) -> String {
    match (number.as_i128(), number.as_f64()) {
        (Some(integer), _) => format!("Limit::Integer({integer})"),
        (None, float) => format!("Limit::Float({:?}_f64)", float.unwrap_or_default()),
    }
}
