//! What a value must fulfil beside its type.

use serde_json::{Number, Value};

/// A constraint on a value besides its type, checked before it is sent (JSON Schema 2020-12 validation, section 6).
/// Lengths of strings are in characters.
#[derive(Clone, Debug, PartialEq)]
pub enum Rule {
    /// `minLength`
    MinLength(u64),
    /// `maxLength`
    MaxLength(u64),
    /// `pattern`, if Rust's `regex` crate supports it.
    Pattern(String),
    /// `minimum`
    Minimum(Number),
    /// `maximum`
    Maximum(Number),
    /// `exclusiveMinimum`
    ExclusiveMinimum(Number),
    /// `exclusiveMaximum`
    ExclusiveMaximum(Number),
    /// `multipleOf`
    MultipleOf(Number),
    /// `minItems`
    MinItems(u64),
    /// `maxItems`
    MaxItems(u64),
    /// `uniqueItems`
    UniqueItems,
    /// `minProperties`
    MinProperties(u64),
    /// `maxProperties`
    MaxProperties(u64),
    /// Rules on each element of a list.
    Items(Vec<Rule>),
    /// Rules on each element of a tuple, by position.
    PrefixItems(Vec<Vec<Rule>>),
    /// Rules on each value of a map.
    Values(Vec<Rule>),
    /// Rules on each property name of a map or object (`propertyNames`).
    Keys(Vec<Rule>),
    /// Names of properties that must be present and aren't declared (`required`).
    RequiredNames(Vec<String>),
    /// The only values allowed: nulls, booleans and strings (`const`, or `enum` where there is no type for it). None is
    /// `false`.
    ListedValues(Vec<Value>),
}
