//! What a setter makes of its value, by the kind of the property.

use super::Patch;

/// The value as it is.
pub fn required<T>(value: T) -> T {
    value
}

/// There, with this value.
pub fn optional<T>(value: T) -> Option<T> {
    Some(value)
}

/// There, with this value.
pub fn patch<T>(value: T) -> Patch<T> {
    Patch::Value(value)
}
