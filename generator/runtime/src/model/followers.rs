//! Reading objects in which some properties determine the types of others.

use crate::json::kinds::Kinds;
use crate::json::reader::{Fault, Place, Reader, below};
use crate::json::writer::Writer;
use crate::model::codec::{Checks, Decodes, Encodes};
use crate::model::object::{AnyObject, Filling, Object, ObjectCodec, Slots, apart};
use crate::model::rules::{Checker, Rule};
use crate::model::shape::{Presence, Shape};

/// An object in which some properties determine the types of others.
pub trait Followers: Object {
    /// Checks the properties whose types others determine.
    fn check_followers(&self, checker: &mut Checker);
}

/// The codec of such objects: that of objects, but for how they are read and checked.
#[derive(Debug)]
pub enum FollowersCodec {}

impl<T: Followers> Decodes<T> for FollowersCodec {
    fn kinds() -> Kinds {
        Kinds::OBJECT
    }

    fn read(reader: &mut Reader<'_>) -> Result<T, Fault> {
        read(reader)
    }

    fn object_shape() -> Option<(&'static Shape, Slots)> {
        <ObjectCodec as Decodes<T>>::object_shape()
    }
}

impl<T: Followers> Encodes<T> for FollowersCodec {
    fn write(value: &T, json: &mut Writer) {
        ObjectCodec::write(value, json);
    }

    fn any_object(value: &T) -> Option<&dyn AnyObject> {
        ObjectCodec::any_object(value)
    }
}

impl<T: Followers> Checks<T> for FollowersCodec {
    fn check(value: &T, rules: &[Rule], checker: &mut Checker) {
        ObjectCodec::check(value, rules, checker);
        value.check_followers(checker);
    }

    fn unknowns(value: &T) -> usize {
        ObjectCodec::unknowns(value)
    }
}

/// Reads an object.
///
/// # Errors
/// The value isn't an object, or a required property is missing or doesn't fit.
fn read<T: Object>(reader: &mut Reader<'_>) -> Result<T, Fault> {
    apart(reader, |reader| {
        T::make(&mut |slots, rest| {
            Following { filling: Filling { shape: T::shape(), slots, rest }, chosen: None, more: Vec::new() }
                .read(reader)
        })
    })
}

/// An object that is being read.
struct Following<'f, 's> {
    filling: Filling<'f, 's>,
    /// The position of a value whose type another property determines.
    chosen: Option<Chosen>,
    /// Those of others. Few types have any.
    more: Vec<Chosen>,
}

/// A value whose type another property determines.
struct Chosen {
    index: usize,
    chooser: usize,
    place: Place,
    /// Whether it must be read again, because the property that determines its type came later.
    is_stale: bool,
}

impl Following<'_, '_> {
    fn read(mut self, reader: &mut Reader<'_>) -> Result<(), Fault> {
        let shape = self.filling.shape;
        shape.read_object(reader, |reader, property| match property {
            Ok(index) => self.property(index, reader),
            Err(name) => self.filling.rest.read(name, reader),
        })?;
        self.choose(reader)
    }

    fn property(&mut self, index: usize, reader: &mut Reader<'_>) -> Result<(), Fault> {
        let property = &self.filling.shape.properties[index];
        for chosen in self.chosen.iter_mut().chain(&mut self.more) {
            chosen.is_stale |= chosen.chooser == index;
        }
        self.chosen.take_if(|chosen| chosen.index == index);
        self.more.retain(|chosen| chosen.index != index);
        let is_null = reader.kind() == Kinds::NULL && property.presence != Presence::Required;
        match self.chooser(property.wire).filter(|_| !is_null) {
            Some(chooser) => self.follower(index, chooser, reader),
            None => self.filling.property(index, reader),
        }
    }

    /// The index of the property that determines the type of `wire`, if there is one.
    fn chooser(&self, wire: &str) -> Option<usize> {
        let shape = self.filling.shape;
        let (_, chooser) = shape.followers.iter().find(|(follower, _)| *follower == wire)?;
        shape.find(chooser, 0)
    }

    /// Reads a value whose type another property determines, if that property came first. Otherwise skips the
    /// value.
    fn follower(&mut self, index: usize, chooser: usize, reader: &mut Reader<'_>) -> Result<(), Fault> {
        let place = reader.place();
        let is_stale = self.filling.slots[chooser].tag().is_none();
        if is_stale {
            reader.pass()?;
        } else {
            self.read_chosen(index, chooser, reader)?;
        }
        let chosen = self.chosen.replace(Chosen { index, chooser, place, is_stale });
        self.more.extend(chosen);
        Ok(())
    }

    /// Reads the values that were skipped, or read as another type, before their type was known.
    fn choose(&mut self, reader: &mut Reader<'_>) -> Result<(), Fault> {
        let end = reader.place();
        for Chosen { index, chooser, place, is_stale } in
            self.chosen.take().into_iter().chain(std::mem::take(&mut self.more))
        {
            if is_stale {
                reader.go_to(place);
                self.read_chosen(index, chooser, reader)?;
            }
        }
        reader.go_to(end);
        Ok(())
    }

    /// Reads a value as the type that another property determines.
    fn read_chosen(&mut self, index: usize, chooser: usize, reader: &mut Reader<'_>) -> Result<(), Fault> {
        let wire = self.filling.shape.properties[index].wire;
        // No property determines its own type.
        let Ok([value, chooser]) = self.filling.slots.get_disjoint_mut([index, chooser]) else {
            return Ok(());
        };
        value.read(reader, chooser.tag()).map_err(|fault| below(fault, wire))
    }
}

/// The codec of objects in which some properties determine the types of others.
#[doc(hidden)]
#[macro_export]
macro_rules! follows {
    ($name:ident $($follower:ident: $follower_wire:literal by $tag:ident: $tag_wire:literal),+) => {
        impl $crate::model::codec::Model for $name {
            type Codec = $crate::model::followers::FollowersCodec;
        }

        impl $crate::model::followers::Followers for $name {
            #[inline]
            fn check_followers(&self, checker: &mut $crate::model::rules::Checker) {
                $(checker.property($follower_wire, |checker| {
                    $crate::model::discriminated::check(&self.$follower, &self.$tag, $tag_wire, checker);
                });)+
            }
        }
    };
}
#[doc(hidden)]
pub use follows;
