//! The limits of several schemas at once: the strictest of each kind.

use serde_json::Number;

use crate::source::document::{LimitKeywords, Limits};

/// Adds the limits of `part` to `into`. Returns a word on each that can't be added.
pub(super) fn merge(into: &mut Limits, part: &Limits) -> Vec<&'static str> {
    if part.is_empty() {
        return Vec::new();
    }
    let least = |own: Option<u64>, other: Option<u64>| own.max(other);
    let most = |own: Option<u64>, other: Option<u64>| match (own, other) {
        (Some(own), Some(other)) => Some(own.min(other)),
        (own, other) => own.or(other),
    };
    into.min_length = least(into.min_length, part.min_length);
    into.min_items = least(into.min_items, part.min_items);
    into.min_properties = least(into.min_properties, part.min_properties);
    into.max_length = most(into.max_length, part.max_length);
    into.max_items = most(into.max_items, part.max_items);
    into.max_properties = most(into.max_properties, part.max_properties);
    into.minimum = stricter(into.minimum.take(), &part.minimum, is_less);
    into.exclusive_minimum = stricter(into.exclusive_minimum.take(), &part.exclusive_minimum, is_less);
    let is_more = |one: &Number, other: &Number| is_less(other, one);
    into.maximum = stricter(into.maximum.take(), &part.maximum, is_more);
    into.exclusive_maximum = stricter(into.exclusive_maximum.take(), &part.exclusive_maximum, is_more);
    into.unique_items |= part.unique_items;
    let mut left = Vec::new();
    match (into.pattern.as_ref(), &part.pattern) {
        (Some(own), Some(other)) if own != other => left.push("pattern"),
        (None, Some(_)) => into.pattern.clone_from(&part.pattern),
        _ => {}
    }
    match (into.multiple_of.as_ref(), &part.multiple_of) {
        (Some(own), Some(other)) if own != other => match common_multiple(own, other) {
            Some(both) => into.multiple_of = Some(both.into()),
            None => left.push("multipleOf"),
        },
        (None, Some(_)) => into.multiple_of.clone_from(&part.multiple_of),
        _ => {}
    }
    left
}

/// Of two bounds the one that the other is `below`.
fn stricter(
    own: Option<Number>,
    other: &Option<Number>,
    below: impl Fn(&Number, &Number) -> bool,
) -> Option<Number> {
    match (own, other) {
        (Some(own), Some(other)) if !below(&own, other) => Some(own),
        (own, None) => own,
        (_, other) => other.clone(),
    }
}

fn is_less(one: &Number, other: &Number) -> bool {
    match (one.as_i128(), other.as_i128()) {
        (Some(one), Some(other)) => one < other,
        _ => one.as_f64() < other.as_f64(),
    }
}

fn common_multiple(one: &Number, other: &Number) -> Option<u64> {
    let (one, other) = (one.as_u64()?, other.as_u64()?);
    let (mut a, mut b) = (one, other);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    one.checked_div(a)?.checked_mul(other)
}

/// Whether no value is within the limits.
pub(super) fn exclude_all(limits: &LimitKeywords) -> bool {
    let above = |least: Option<u64>, most: Option<u64>| least.zip(most).is_some_and(|(a, b)| a > b);
    let beyond = |least: &Option<Number>, most: &Option<Number>| {
        least.as_ref().zip(most.as_ref()).is_some_and(|(least, most)| is_less(most, least))
    };
    above(limits.min_length, limits.max_length)
        || above(limits.min_items, limits.max_items)
        || above(limits.min_properties, limits.max_properties)
        || beyond(&limits.minimum, &limits.maximum)
        || beyond(&limits.exclusive_minimum, &limits.exclusive_maximum)
}
