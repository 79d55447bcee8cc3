//! Types that the settings give to formats of scalar values.

use super::TypeRef;

/// The type of the values of a format.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Formatted {
    /// `format`.
    pub format: String,
    /// What it would be without the settings, which don't reach the wire.
    pub plain: TypeRef,
    /// The type in Rust.
    pub given: FormatType,
}

/// A type that a format can have.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum FormatType {
    /// A type of a library that the runtime knows, which is text on the wire.
    Text {
        /// The library.
        library: Library,
        /// The type, by its path in Rust.
        path: &'static str,
        /// A text that means a value.
        sample: &'static str,
    },
    /// `runtime::Quoted<T>`: a number that is text on the wire.
    Quoted(&'static str),
    /// `runtime::Own<T>`: a type of the caller's own, by its path in Rust.
    Own(String),
}

impl FormatType {
    /// Whether it is known to be `Copy`.
    pub(crate) fn is_copy(&self) -> bool {
        match self {
            Self::Text { path, .. } => !matches!(*path, "Vec<u8>" | "::url::Url"),
            Self::Quoted(number) => *number != "Number",
            Self::Own(_) => false,
        }
    }
}

/// A library whose types the runtime reads and writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Library {
    /// `chrono`
    Chrono,
    /// `jiff`
    Jiff,
    /// `rust_decimal`
    RustDecimal,
    /// Rust's standard library.
    Std,
    /// `time`
    Time,
    /// `url`
    Url,
    /// `uuid`
    Uuid,
}

impl Library {
    /// All of them, sorted by name.
    pub const ALL: [Self; 7] =
        [Self::Chrono, Self::Jiff, Self::RustDecimal, Self::Std, Self::Time, Self::Url, Self::Uuid];

    /// The name of the crate, which is also that of the runtime's feature.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Chrono => "chrono",
            Self::Jiff => "jiff",
            Self::RustDecimal => "rust_decimal",
            Self::Std => "std",
            Self::Time => "time",
            Self::Url => "url",
            Self::Uuid => "uuid",
        }
    }
}
