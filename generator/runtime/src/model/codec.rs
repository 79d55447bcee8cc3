//! How generated types are read, written and checked: in the same way as all of their sort. A generated type only names
//! its codec, since each function that it implements itself takes the compiler time in every dependent's build.

use crate::json::decode::FromJson;
use crate::json::kinds::Kinds;
use crate::json::reader::{Fault, Reader};
use crate::json::writer::{ToJson, Writer};
use crate::model::object::{AnyObject, Shape, Slots};
use crate::model::rules::{Checker, Rule};
use crate::model::validate::Validate;

/// A type that implements [`FromJson`], [`ToJson`] and [`Validate`] by its codec.
pub trait Model {
    /// Reads, writes and checks values of this type, as far as it implements [`Decodes`], [`Encodes`] and [`Checks`] for it.
    type Codec;
}

/// Reads values of the type `T`. The functions are those of [`FromJson`].
pub trait Decodes<T> {
    /// See [`FromJson::kinds`].
    fn kinds() -> Kinds;

    /// See [`FromJson::read`].
    ///
    /// # Errors
    /// The text isn't JSON, or the value doesn't fit `T`.
    fn read(reader: &mut Reader<'_>) -> Result<T, Fault>;

    /// See [`FromJson::read_chosen`].
    ///
    /// # Errors
    /// The same as for [`read`](Self::read).
    fn read_chosen(reader: &mut Reader<'_>, _tag: Option<&str>) -> Result<T, Fault> {
        Self::read(reader)
    }

    /// See [`FromJson::tag`].
    fn tag(_value: &T) -> Option<&str> {
        None
    }

    /// See [`FromJson::object_shape`].
    fn object_shape() -> Option<(&'static Shape, Slots)> {
        None
    }
}

/// Writes values of the type `T`. The functions are those of [`ToJson`].
pub trait Encodes<T> {
    /// See [`ToJson::write`].
    fn write(value: &T, json: &mut Writer);

    /// See [`ToJson::any_object`].
    fn any_object(_value: &T) -> Option<&dyn AnyObject> {
        None
    }
}

/// Checks values of the type `T`. The functions are those of [`Validate`].
pub trait Checks<T>: Encodes<T> {
    /// See [`Validate::check`].
    fn check(value: &T, rules: &[Rule], checker: &mut Checker);

    /// See [`Validate::unknowns`].
    fn unknowns(value: &T) -> usize;

    /// See [`Validate::plain_object`].
    fn plain_object(value: &T) -> Option<&dyn AnyObject> {
        Self::any_object(value)
    }
}

impl<T: Model<Codec: Decodes<T>> + 'static> FromJson for T {
    fn kinds() -> Kinds {
        T::Codec::kinds()
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        T::Codec::read(reader)
    }

    fn read_chosen(reader: &mut Reader<'_>, tag: Option<&str>) -> Result<Self, Fault> {
        T::Codec::read_chosen(reader, tag)
    }

    fn tag(&self) -> Option<&str> {
        T::Codec::tag(self)
    }

    fn object_shape() -> Option<(&'static Shape, Slots)> {
        T::Codec::object_shape()
    }
}

impl<T: Model<Codec: Encodes<T>>> ToJson for T {
    fn write(&self, json: &mut Writer) {
        T::Codec::write(self, json);
    }

    fn any_object(&self) -> Option<&dyn AnyObject> {
        T::Codec::any_object(self)
    }
}

impl<T: Model<Codec: Checks<T>>> Validate for T {
    fn check(&self, rules: &[Rule], checker: &mut Checker) {
        T::Codec::check(self, rules, checker);
    }

    fn unknowns(&self) -> usize {
        T::Codec::unknowns(self)
    }

    fn plain_object(&self) -> Option<&dyn AnyObject> {
        T::Codec::plain_object(self)
    }
}

/// The codec of a box or a reference: that of what is in it. They have one because any crate may implement a trait for a box
/// of its own type, so that an implementation for boxes beside that for models would be ambiguous.
#[derive(Debug)]
pub enum PointerCodec {}

impl<T> Model for Box<T> {
    type Codec = PointerCodec;
}

impl<T: ?Sized> Model for &T {
    type Codec = PointerCodec;
}

impl<T: FromJson> Decodes<Box<T>> for PointerCodec {
    fn kinds() -> Kinds {
        T::kinds()
    }

    fn read(reader: &mut Reader<'_>) -> Result<Box<T>, Fault> {
        // What is moved into a box that is there is moved once.
        let place = Box::new_uninit();
        Ok(Box::write(place, T::read(reader)?))
    }

    fn read_chosen(reader: &mut Reader<'_>, tag: Option<&str>) -> Result<Box<T>, Fault> {
        T::read_chosen(reader, tag).map(Box::new)
    }

    fn tag(value: &Box<T>) -> Option<&str> {
        (**value).tag()
    }

    fn object_shape() -> Option<(&'static Shape, Slots)> {
        T::object_shape()
    }
}

impl<P: std::ops::Deref<Target: ToJson>> Encodes<P> for PointerCodec {
    fn write(value: &P, json: &mut Writer) {
        (**value).write(json);
    }

    fn any_object(value: &P) -> Option<&dyn AnyObject> {
        (**value).any_object()
    }
}

impl<P: std::ops::Deref<Target: Validate>> Checks<P> for PointerCodec {
    fn check(value: &P, rules: &[Rule], checker: &mut Checker) {
        (**value).check(rules, checker);
    }

    fn unknowns(value: &P) -> usize {
        (**value).unknowns()
    }

    fn plain_object(value: &P) -> Option<&dyn AnyObject> {
        (**value).plain_object()
    }
}
