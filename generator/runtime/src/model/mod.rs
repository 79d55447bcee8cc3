//! The building blocks of generated types: property tables, enums, unions and constraints.

pub mod additional;
pub mod alternatives;
pub mod base64_text;
#[cfg(feature = "chrono")]
pub mod chrono_types;
pub mod codec;
pub mod collections;
pub mod comparison;
pub mod convert;
#[cfg(feature = "rust_decimal")]
pub mod decimal_type;
pub mod discriminated;
pub mod enums;
pub mod followers;
#[cfg(any(feature = "jiff", feature = "chrono", feature = "time", feature = "uuid"))]
mod format_conversions;
pub mod formats;
pub mod gather;
pub mod inferred;
#[cfg(feature = "jiff")]
pub mod jiff_types;
pub mod macros;
pub mod object;
pub mod own;
pub mod patch;
pub mod presence;
pub mod quoted;
pub mod response_setters;
pub mod rules;
pub mod secret;
pub mod setters;
pub mod shape;
pub mod shared_tags;
pub mod slots;
pub mod standard_types;
pub mod tagged;
pub mod text_types;
#[cfg(feature = "time")]
pub mod time_types;
pub mod tuples;
pub mod typed_additional;
pub mod union_codec;
pub mod unions;
#[cfg(feature = "url")]
pub mod url_type;
#[cfg(feature = "uuid")]
pub mod uuid_type;
pub mod validate;

#[cfg(test)]
mod depth_tests;
#[cfg(test)]
mod discriminated_tests;
#[cfg(test)]
mod object_tests;
#[cfg(test)]
mod shape_tests;
#[cfg(test)]
#[cfg(all(
    feature = "jiff",
    feature = "chrono",
    feature = "time",
    feature = "uuid",
    feature = "url",
    feature = "rust_decimal"
))]
mod text_types_tests;
#[cfg(test)]
mod union_tests;
#[cfg(test)]
mod validate_tests;
