//! The building blocks of generated types: property tables, enums, unions and constraints.

pub mod additional;
pub mod alternatives;
pub mod base64_text;
pub mod collections;
pub mod comparison;
pub mod convert;
pub mod discriminated;
pub mod enums;
pub mod followers;
pub mod formats;
pub mod gather;
pub mod inferred;
pub mod macros;
pub mod object;
pub mod own;
pub mod patch;
pub mod presence;
pub mod rules;
pub mod secret;
pub mod setters;
pub mod shape;
pub mod shared_tags;
pub mod slots;
pub mod tagged;
pub mod tuples;
pub mod typed_additional;
pub mod unions;
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
mod union_tests;
#[cfg(test)]
mod validate_tests;
