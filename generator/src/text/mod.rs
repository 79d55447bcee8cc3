//! Bytes to values, and where in a text each value is. This is the lowest stage: it imports nothing of the crate.

mod budget;
mod characters;
mod conflicts;
mod format;
pub(crate) mod glob;
mod invisible;
mod json;
mod json_marks;
mod json_path;
mod likeness;
mod marks;
mod origins;
mod parse;
mod parsed;
mod place;
mod references;
mod scalars;
mod split;
mod walk;
mod yaml;

pub(crate) use budget::{Budget, MAX_DEPTH};
pub use conflicts::conflict;
pub use invisible::is_invisible;
pub(crate) use json_path::{JsonPath, Steps};
pub(crate) use likeness::most_like;
pub use marks::lines;
pub(crate) use marks::nearest;
pub(crate) use origins::Origin;
pub use origins::Origins;
pub use parse::value;
pub(crate) use parse::{parse, read};
pub(crate) use parsed::{Outside, SyntaxError};
pub use place::{Place, escape, unescape};
pub use references::DISCRIMINATED_BY;
pub(crate) use references::{joined, resolve};
pub use walk::Mark;
