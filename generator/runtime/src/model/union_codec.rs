//! How unions are written and checked: as the alternative that they hold.

use crate::json::kinds::Kinds;
use crate::json::reader::{Fault, Reader};
use crate::json::value::Json;
use crate::json::writer::Writer;
use crate::model::codec::{Checks, Decodes, Encodes};
use crate::model::object::{AnyObject, Field};
use crate::model::rules::{Checker, Rule};
use crate::model::tagged::write_tagged;
use crate::model::validate::Validate;

/// A union.
pub trait Union: Sized + 'static {
    /// Reads the alternative that fits.
    ///
    /// # Errors
    /// The text isn't JSON.
    fn read_union(reader: &mut Reader<'_>) -> Result<Self, Fault>;

    /// The alternative that this value holds.
    fn alternative(&self) -> Alternative<'_>;
}

/// What a union holds.
#[allow(
    missing_debug_implementations,
    reason = "each program would have the code that prints each alternative"
)]
#[derive(Clone, Copy)]
pub struct Alternative<'v> {
    value: &'v dyn Validate,
    /// The rules for the value, or `None` if it fits no alternative.
    rules: Option<&'static [Rule]>,
    tag: Option<Tag>,
}

/// The name and the value of the property that an alternative determines, and that is written with it.
type Tag = (&'static str, &'static dyn Field);

impl<'v> Alternative<'v> {
    /// A value that fits an alternative, with its rules and its tag if it has one that selects nothing else.
    #[inline]
    pub fn known(value: &'v dyn Validate, rules: &'static [Rule], tag: Option<Tag>) -> Self {
        Self { value, rules: Some(rules), tag }
    }

    /// A value that fits none.
    #[inline]
    pub fn unknown(value: &'v Json) -> Self {
        Self { value, rules: None, tag: None }
    }
}

/// The codec of unions.
#[derive(Debug)]
pub enum UnionCodec {}

impl<T: Union> Decodes<T> for UnionCodec {
    fn kinds() -> Kinds {
        Kinds::ANY
    }

    fn read(reader: &mut Reader<'_>) -> Result<T, Fault> {
        T::read_union(reader)
    }
}

impl<T: Union> Encodes<T> for UnionCodec {
    fn write(value: &T, json: &mut Writer) {
        value.alternative().write(json);
    }
}

impl<T: Union> Checks<T> for UnionCodec {
    fn check(value: &T, _: &[Rule], checker: &mut Checker) {
        let Alternative { value, rules, .. } = value.alternative();
        if let Some(rules) = rules {
            value.check(rules, checker);
        }
    }

    fn unknowns(value: &T) -> usize {
        let Alternative { value, rules, .. } = value.alternative();
        if rules.is_some() { value.unknowns() } else { 1 }
    }

    fn plain_object(value: &T) -> Option<&dyn AnyObject> {
        let Alternative { value, rules, .. } = value.alternative();
        value.plain_object().filter(|_| rules.is_some_and(<[Rule]>::is_empty))
    }
}

impl Alternative<'_> {
    fn write(self, json: &mut Writer) {
        match self.tag {
            Some((property, tag)) => write_tagged(self.value, property, tag, json),
            None => self.value.write(json),
        }
    }
}

/// The tag of an alternative, if a row has one.
#[doc(hidden)]
#[macro_export]
macro_rules! tag {
    () => {
        None
    };
    ($property:literal $tag:literal) => {
        Some(($property, &$crate::model::tagged::Tag($tag)))
    };
}
#[doc(hidden)]
pub use tag;
