//! The slots that the fields of an object are read into.

use std::any::TypeId;

use crate::json::decode::FromJson;
use crate::json::decode_error::DecodeError;
use crate::json::reader::{Fault, Reader};
use crate::model::patch::Patch;
use crate::model::rules::Rule;

/// A place to read a field into.
pub trait Slot: 'static {
    /// Reads the next value. If another property determines its type, `tag` is the value of that property.
    ///
    /// # Errors
    /// The value doesn't fit. The slot is empty then.
    fn read(&mut self, reader: &mut Reader<'_>, tag: Option<&str>) -> Result<(), Fault>;

    /// Stores null and returns `true`, or clears the slot and returns `false` if it can't hold null.
    fn set_null(&mut self) -> bool;

    /// The text on the wire, for a value that determines the type of another property.
    fn tag(&self) -> Option<&str>;

    /// The type that identifies this slot.
    fn type_of(&self) -> TypeId {
        TypeId::of::<Self>()
    }
}

/// The error for a missing required property, `wire`.
pub fn missing(wire: &str) -> Fault {
    Box::new(DecodeError::new("missing").below(wire))
}

impl<T: FromJson> Slot for Option<T> {
    fn set_null(&mut self) -> bool {
        *self = T::null();
        self.is_some()
    }

    fn read(&mut self, reader: &mut Reader<'_>, tag: Option<&str>) -> Result<(), Fault> {
        let read = T::read;
        #[cfg(feature = "followers")]
        let read =
            |reader: &mut Reader<'_>| if tag.is_some() { T::read_chosen(reader, tag) } else { read(reader) };
        // What goes into an empty slot is moved once.
        *self = None;
        *self = Some(read(reader)?);
        Ok(())
    }

    fn tag(&self) -> Option<&str> {
        self.as_ref()?.tag()
    }
}

impl<T: FromJson> Slot for Patch<T> {
    fn read(&mut self, reader: &mut Reader<'_>, tag: Option<&str>) -> Result<(), Fault> {
        let read = T::read;
        #[cfg(feature = "followers")]
        let read =
            |reader: &mut Reader<'_>| if tag.is_some() { T::read_chosen(reader, tag) } else { read(reader) };
        *self = Self::Absent;
        *self = Self::Value(read(reader)?);
        Ok(())
    }

    fn set_null(&mut self) -> bool {
        *self = Self::Null;
        true
    }

    fn tag(&self) -> Option<&str> {
        self.value()?.tag()
    }
}

/// No rules. A named constant compiles faster than an empty array that is coerced to a slice.
pub const NO_RULES: &[Rule] = &[];

/// The rules for a property, for the additional properties or for the whole object.
#[doc(hidden)]
#[macro_export]
macro_rules! rules {
    () => {
        $crate::model::slots::NO_RULES
    };
    ($($rule:expr),+) => {
        &[$($rule),+]
    };
}
#[doc(hidden)]
pub use rules;

/// An empty slot for each kind of property, and an empty collection for each kind of additional properties.
pub mod empty {
    use std::collections::BTreeMap;

    use super::Patch;
    use crate::json::value::JsonObject;

    /// For a required property.
    pub const fn required<T>() -> Option<T> {
        None
    }

    /// For a property that may be absent but not null.
    pub const fn optional<T>() -> Option<T> {
        None
    }

    /// For a property that is set only by the server.
    pub const fn read_only<T>() -> Option<T> {
        None
    }

    /// For a property that is required in requests and absent from responses.
    pub const fn required_in_request<T>() -> Option<T> {
        None
    }

    /// For a property that may be absent or null.
    pub const fn patch<T>() -> Patch<T> {
        Patch::Absent
    }

    /// For a property that is required in requests, absent from responses and may be null.
    pub const fn patch_in_request<T>() -> Patch<T> {
        Patch::Absent
    }

    /// For additional properties of any type.
    pub fn open() -> JsonObject {
        JsonObject::default()
    }

    /// For additional properties where none are expected.
    pub fn closed() -> JsonObject {
        JsonObject::default()
    }

    /// For additional properties that all have the same type.
    pub const fn typed<T>() -> BTreeMap<String, T> {
        BTreeMap::new()
    }
}

/// Unwraps what was read into a required slot, and leaves other slots as they are. Avoids `?`, which compiles
/// more slowly.
#[doc(hidden)]
#[macro_export]
macro_rules! take {
    (required $slot:ident $wire:literal) => {
        let Some($slot) = $slot else { return Err($crate::model::slots::missing($wire)) };
    };
    ($other:ident $slot:ident $wire:literal) => {};
}
#[doc(hidden)]
pub use take;
