//! Problems with a document. Each has a code and a place, and says what is wrong and what to do.

pub mod codes;
mod render;
mod report;
mod severity;

pub use codes::Code;
pub use render::{Notes, Printing};
pub use report::{Diagnostic, Diagnostics};
pub use severity::Severity;

pub use crate::text::{Place, escape, lines, unescape};
