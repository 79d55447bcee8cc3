//! XML to and from the values that models read and write, as a table of names and nodes says.
//!
//! A text in XML becomes the JSON that the models are read from, so constraints, unions, nulls and unknown members are
//! treated as they are in JSON. What the table doesn't know is kept: an unknown element as a member with its name, an
//! attribute as `@name`, text beside elements as `#text`, each as `{namespace}name` if its namespace isn't the one
//! around it. Not kept are prefixes, comments, the order of different elements, what `xsi` says except `xsi:nil`, and
//! unknown attributes of elements that are a scalar or a list.

pub mod nodes;
mod parse;
pub mod read;
mod scope;
mod text;
pub mod write;

#[cfg(test)]
mod random_tests;
#[cfg(test)]
mod tests;
