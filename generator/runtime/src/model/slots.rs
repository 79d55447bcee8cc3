//! What the fields of an object are read into.

use std::any::TypeId;
use std::collections::BTreeMap;

use crate::json::decode::FromJson;
use crate::json::decode_error::DecodeError;
use crate::json::reader::{Fault, Reader};
use crate::json::value::JsonObject;
use crate::model::patch::Patch;
use crate::model::rules::Rule;

/// What a field is read into.
pub trait Slot: 'static {
    /// Reads the next value, of the alternative that `tag` chooses if another property chooses.
    ///
    /// # Errors
    /// It doesn't fit.
    fn read(&mut self, reader: &mut Reader<'_>, tag: Option<&str>) -> Result<(), Fault>;

    /// Takes null, and tells whether it could; if not it is empty.
    fn set_null(&mut self) -> bool {
        self.clear();
        false
    }

    /// Empties it.
    fn clear(&mut self);

    /// The text on the wire, of a value that chooses the type of another.
    fn tag(&self) -> Option<&str>;

    /// The type that tells it from others.
    fn type_of(&self) -> TypeId {
        TypeId::of::<Self>()
    }
}

/// A property that is always there.
#[derive(Debug)]
pub struct Required<T>(pub Option<T>);

/// Nothing was read as the property `wire`, which must be there.
pub fn missing(wire: &str) -> Fault {
    Box::new(DecodeError::new("missing").below(wire))
}

impl<T: FromJson> Slot for Required<T> {
    fn read(&mut self, reader: &mut Reader<'_>, tag: Option<&str>) -> Result<(), Fault> {
        self.0 = Some(T::read_chosen(reader, tag)?);
        Ok(())
    }

    fn clear(&mut self) {
        self.0 = None;
    }

    fn tag(&self) -> Option<&str> {
        self.0.as_ref()?.tag()
    }

    fn type_of(&self) -> TypeId {
        TypeId::of::<Self>()
    }
}

impl<T: FromJson> Slot for Option<T> {
    fn read(&mut self, reader: &mut Reader<'_>, tag: Option<&str>) -> Result<(), Fault> {
        *self = Some(T::read_chosen(reader, tag)?);
        Ok(())
    }

    fn clear(&mut self) {
        *self = None;
    }

    fn tag(&self) -> Option<&str> {
        self.as_ref()?.tag()
    }
}

impl<T: FromJson> Slot for Patch<T> {
    fn read(&mut self, reader: &mut Reader<'_>, tag: Option<&str>) -> Result<(), Fault> {
        *self = Self::Value(T::read_chosen(reader, tag)?);
        Ok(())
    }

    fn set_null(&mut self) -> bool {
        *self = Self::Null;
        true
    }

    fn clear(&mut self) {
        *self = Self::Absent;
    }

    fn tag(&self) -> Option<&str> {
        self.value()?.tag()
    }
}

/// No rules: a name costs the compiler less than an empty array that becomes a slice.
pub const NO_RULES: &[Rule] = &[];

/// The rules of a property, of the others or of the whole.
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

/// An empty slot for each kind of property.
pub mod empty {
    use super::{Patch, Required};

    pub use self::{optional as read_only, optional as required_in_request, patch as patch_in_request};

    /// Of a property that is always there.
    pub const fn required<T>() -> Required<T> {
        Required(None)
    }

    /// Of one that may be absent but not null.
    pub const fn optional<T>() -> Option<T> {
        None
    }

    /// Of one that may be absent or null.
    pub const fn patch<T>() -> Patch<T> {
        Patch::Absent
    }
}

/// Makes of the slot of each kind of property what was read into it. Written out, since `?` costs the compiler more.
#[doc(hidden)]
#[macro_export]
macro_rules! take {
    (required $slot:ident $wire:literal) => {
        let $crate::model::slots::Required(Some($slot)) = $slot else {
            return Err($crate::model::slots::missing($wire));
        };
    };
    ($other:ident $slot:ident $wire:literal) => {};
}
#[doc(hidden)]
pub use take;

/// When each kind of property must be there.
#[expect(non_upper_case_globals, reason = "named as the rows of `object!` name them")]
pub mod presence {
    use crate::model::shape::Presence;

    /// Always.
    pub const required: Presence = Presence::Required;
    /// It may be absent but not null.
    pub const optional: Presence = Presence::Optional;
    /// Only the server sets it (`readOnly`).
    pub const read_only: Presence = Presence::Optional;
    /// It may be absent or null.
    pub const patch: Presence = Presence::Optional;
    /// A request must have it and a response can't.
    pub const required_in_request: Presence = Presence::RequiredInRequest;
    /// The same, and it may be null.
    pub const patch_in_request: Presence = Presence::RequiredInRequest;
}

/// No properties yet that the document doesn't name, for each kind of them.
pub mod rest {
    use super::{BTreeMap, JsonObject};

    /// Any are welcome.
    pub fn open() -> JsonObject {
        JsonObject::default()
    }

    /// There should be none.
    pub fn closed() -> JsonObject {
        JsonObject::default()
    }

    /// They have a type.
    pub const fn typed<T>() -> BTreeMap<String, T> {
        BTreeMap::new()
    }
}

/// What each kind of them is.
#[expect(non_upper_case_globals, reason = "named as the rows of `object!` name them")]
pub mod others {
    use crate::model::shape::Others;

    /// Any are welcome.
    pub const open: Others = Others::Open;
    /// There should be none.
    pub const closed: Others = Others::Closed;
    /// They have a type.
    pub const typed: Others = Others::Typed;
}
