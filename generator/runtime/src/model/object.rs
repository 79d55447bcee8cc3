//! Reading, writing and checking objects according to the property table of their type. The code behind
//! `object!`.

use std::fmt;

use crate::json::decode::{FromJson as _, Mode};
use crate::json::decode_error::DecodeError;
use crate::json::kinds::Kinds;
use crate::json::nearest::admits;
pub use crate::json::reader::Fault;
use crate::json::reader::{Reader, below};
#[cfg(feature = "secrets")]
use crate::json::redaction::Hidden;
use crate::json::value::Json;
use crate::json::writer::{ToJson, Writer, to_vec};
pub use crate::model::additional::Additional;
use crate::model::codec::{Checks, Decodes, Encodes};
use crate::model::rules::{Checker, Rule};
pub use crate::model::shape::{Names, Others, Presence, Property, Shape};
pub use crate::model::slots::{NO_RULES, Slot, empty, missing};
use crate::model::validate::Validate;

/// A struct whose traits `object!` implements.
pub trait Object: Sized + 'static {
    /// The property table of this type.
    fn shape() -> &'static Shape;

    /// Creates an object from what `fill` puts into its fields.
    ///
    /// # Errors
    /// The errors of `fill`.
    fn make(fill: Fill<'_>) -> Result<Self, Fault>;

    /// Calls `each` with the fields, in the order of the table, and the additional properties.
    fn fields(&self, each: Each<'_>);
}

/// The codec of objects.
#[derive(Debug)]
pub enum ObjectCodec {}

impl<T: Object> Decodes<T> for ObjectCodec {
    fn kinds() -> Kinds {
        Kinds::OBJECT
    }

    fn read(reader: &mut Reader<'_>) -> Result<T, Fault> {
        let read = |reader: &mut Reader<'_>| {
            T::make(&mut |slots, rest| Filling { shape: T::shape(), slots, rest }.read(reader))
        };
        #[cfg(feature = "nesting")]
        let read = |reader: &mut Reader<'_>| apart(reader, read);
        read(reader)
    }

    fn object_shape() -> Option<(&'static Shape, Slots)> {
        Some(shape_and_slots::<T>())
    }
}

impl<T: Object> Encodes<T> for ObjectCodec {
    fn write(value: &T, json: &mut Writer) {
        value.fields(&mut |values, rest| Fields { shape: T::shape(), values, rest }.write(json));
    }

    fn any_object(value: &T) -> Option<&dyn AnyObject> {
        Some(value)
    }
}

impl<T: Object> Checks<T> for ObjectCodec {
    fn check(value: &T, rules: &[Rule], checker: &mut Checker) {
        let (shape, slots): (_, Slots) = (T::shape(), |fill| T::make(fill).map(drop));
        value.fields(&mut |values, rest| Fields { shape, values, rest }.check(rules, checker, slots));
    }

    fn unknowns(value: &T) -> usize {
        value.unknowns_of_object()
    }
}

/// Fills the slots, in the order of the table, and the additional properties.
pub type Fill<'a> = &'a mut dyn FnMut(&mut [&mut dyn Slot], &mut dyn Additional) -> Result<(), Fault>;

/// Receives the fields, in the order of the table, and the additional properties.
pub type Each<'a> = &'a mut dyn FnMut(&[&dyn Field], &dyn Additional);

/// A field of a model, a parameter or a body.
pub trait Field: Validate + fmt::Debug {}

impl<T: Validate + fmt::Debug> Field for T {}

impl Property {
    /// Whether the property is present if its value is `field`.
    pub fn is_present(&self, field: &dyn Field) -> bool {
        self.presence == Presence::Required || !field.is_absent()
    }
}

/// Calls a function with the empty slots of a type.
pub type Slots = fn(Fill<'_>) -> Result<(), Fault>;

/// The property table and the slots of a type.
pub fn shape_and_slots<T: Object>() -> (&'static Shape, Slots) {
    (T::shape(), |fill| T::make(fill).map(drop))
}

/// Calls `read`, which reads an object: each keeps the digits of its own integers that are out of range.
pub(crate) fn apart<T>(reader: &mut Reader<'_>, read: impl FnOnce(&mut Reader<'_>) -> T) -> T {
    let was_wanted = std::mem::take(&mut reader.nearest.is_wanted);
    let read = read(reader);
    reader.nearest.is_wanted = was_wanted;
    read
}

/// An object that is being read.
pub(crate) struct Filling<'f, 's> {
    pub(crate) shape: &'static Shape,
    pub(crate) slots: &'f mut [&'s mut dyn Slot],
    pub(crate) rest: &'f mut dyn Additional,
}

impl Filling<'_, '_> {
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), Fault> {
        self.shape.read_object(reader, |reader, property| match property {
            Ok(index) => self.property(index, reader),
            Err(name) => self.rest.read(name, reader),
        })
    }

    /// Reads the next value as the property at `index`. What is rare has functions of its own, so that a level of
    /// nesting takes little of the stack.
    pub(crate) fn property(&mut self, index: usize, reader: &mut Reader<'_>) -> Result<(), Fault> {
        if reader.peek() == Some(b'n') && self.null(index, reader)? {
            return Ok(());
        }
        #[cfg(feature = "nearest")]
        reader.nearest.expect_value();
        let read = reader.attempt(|reader| self.slots[index].read(reader, None));
        read.or_else(|fault| self.misfit(index, reader, fault))
    }

    /// Stores null as the property at `index`, or among the additional properties if its type has none, and returns `true`.
    /// Returns `false` if the property must be present or the next value isn't null.
    fn null(&mut self, index: usize, reader: &mut Reader<'_>) -> Result<bool, Fault> {
        let Property { wire, presence, .. } = self.shape.properties[index];
        if presence == Presence::Required || !reader.null() {
            return Ok(false);
        }
        if !self.slots[index].set_null() {
            self.rest.keep(wire, Json::default(), Box::new(DecodeError::new("can't be null").below(wire)))?;
        }
        Ok(true)
    }

    /// Keeps the next value, which isn't one of the property at `index`, among the additional properties. Fails with
    /// `fault` if that would leave a required property without a value.
    fn misfit(&mut self, index: usize, reader: &mut Reader<'_>, fault: Fault) -> Result<(), Fault> {
        let property = &self.shape.properties[index];
        let fault = below(fault, property.wire);
        #[cfg(feature = "nearest")]
        if reader.mode == Mode::Lenient && property.presence == Presence::Required {
            return self.hold_nearest(index, reader, fault);
        }
        if reader.mode == Mode::Strict || property.presence == Presence::Required {
            return Err(fault);
        }
        self.rest.keep(property.wire, Json::read(reader)?, fault)
    }

    /// Reads a value with integers that are out of their type's range as the nearest ones, so that the rest isn't
    /// lost, and keeps the value itself among the additional properties. Fails with `fault` for any other value.
    fn hold_nearest(&mut self, index: usize, reader: &mut Reader<'_>, fault: Fault) -> Result<(), Fault> {
        if !std::mem::take(&mut reader.nearest.is_missed) {
            return Err(fault);
        }
        match reader.read_nearest(|reader| self.slots[index].read(reader, None)) {
            Ok(value) => self.rest.keep(self.shape.properties[index].wire, value, fault),
            Err(_) => Err(fault),
        }
    }
}

/// The fields of an object, with its property table.
pub(crate) struct Fields<'f> {
    pub shape: &'static Shape,
    pub values: &'f [&'f dyn Field],
    pub rest: &'f dyn Additional,
}

impl Fields<'_> {
    /// The declared properties.
    fn declared(&self) -> impl Iterator<Item = (&'static Property, &dyn Field)> {
        self.shape.properties.iter().zip(self.values.iter().copied())
    }

    /// The declared properties that are present.
    fn present(&self) -> impl Iterator<Item = (&'static Property, &dyn Field)> {
        self.declared().filter(|(property, value)| property.is_present(*value))
    }

    /// Whether the property `name` is declared and present.
    pub fn has(&self, name: &str) -> bool {
        self.declared().any(|(property, value)| property.wire == name && property.is_present(value))
    }

    fn write(&self, json: &mut Writer) {
        json.object(|json| {
            self.write_declared(json, None);
            self.rest.write(json, &|name| !self.has(name));
        });
    }

    /// Writes the declared properties, one of which may have its digits among the others, and one another value: `instead`
    /// has its index.
    pub fn write_declared(&self, json: &mut Writer, instead: Option<(usize, &dyn Field)>) {
        #[cfg(feature = "nearest")]
        let keeps_digits = self.rest.keeps_digits();
        let Names { labels, places, .. } = self.shape.names();
        for (index, (value, (presence, start, end))) in self.values.iter().zip(places).enumerate() {
            let value = instead.filter(|(at, _)| *at == index).map_or(*value, |(_, value)| value);
            if *presence == Presence::Required || !value.is_absent() {
                json.label(&labels[*start..*end]);
                #[cfg(feature = "nearest")]
                if keeps_digits {
                    let wire = self.shape.properties[index].wire;
                    json.restored(value, |written| self.rest.exact_instead_of(wire, written));
                    continue;
                }
                value.write(json);
            }
        }
    }

    /// Checks an object against `rules`, which apply where it is used, and against its type's own. Also checks
    /// its declared and additional properties.
    fn check(&self, rules: &[Rule], checker: &mut Checker, slots: Slots) {
        for rule in rules.iter().chain(self.shape.rules) {
            match rule {
                Rule::Keys(rules) => {
                    self.rest
                        .each_name(&mut |name| checker.property(name, |checker| checker.text(rules, name)));
                }
                Rule::MinProperties(_) | Rule::MaxProperties(_) => {
                    checker.size(*rule, self.present().count() + self.rest.count(), ("entry", "entries"));
                }
                Rule::RequiredNames(_) => {
                    checker.required_names(*rule, |name| self.has(name) || self.rest.has_name(name));
                }
                _ => {}
            }
        }
        for (property, value) in self.declared() {
            checker.property(property.wire, |checker| {
                if property.is_present(value) {
                    value.check(property.rules, checker);
                } else if property.presence != Presence::Optional {
                    checker.violation("must be present");
                }
            });
        }
        // Unless its field can't hold it, a declared property has no place among the others.
        let is_misplaced = |name: &str, value: Option<&dyn ToJson>| {
            let mut declared = self.declared();
            let missing = declared.position(|(known, value)| known.wire == name && !known.is_present(value));
            missing.is_some_and(|index| !value.is_some_and(|value| is_admitted(slots, index, value)))
        };
        self.rest.check_rest(self.shape.rules_of_others, &is_misplaced, checker);
    }

    fn show(&self, shown: &mut fmt::DebugStruct<'_, '_>) {
        for (property, value) in self.present() {
            shown.field(property.wire, &value);
        }
        if self.rest.count() > 0 {
            shown.field("additional_properties", &self.rest);
        }
    }
}

/// Whether the property at `index` may be `value`, although its type can't hold an integer in it.
fn is_admitted(slots: Slots, index: usize, value: &dyn ToJson) -> bool {
    let text = to_vec(value).ok().and_then(|text| String::from_utf8(text).ok());
    let mut is_admitted = false;
    // Only the slots matter here, not whether they can be turned into an object.
    let _ = slots(&mut |slots, _| {
        is_admitted = text.as_deref().is_some_and(|text| admits(text, slots[index]));
        Ok(())
    });
    is_admitted
}

/// Formats an object for `Debug`, with its present properties by their names on the wire.
///
/// # Errors
/// The formatter's errors.
pub fn debug<T: Object>(object: &T, name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    #[cfg(feature = "secrets")]
    let _hidden = Hidden::of(T::shape().secret_names);
    let mut shown = f.debug_struct(name);
    object.fields(&mut |values, rest| Fields { shape: T::shape(), values, rest }.show(&mut shown));
    shown.finish()
}

/// An object of any type.
pub trait AnyObject {
    /// Counts the parts of the object that the document doesn't declare.
    fn unknowns_of_object(&self) -> usize;

    /// The property table and the slots of the object's type.
    fn shape_and_slots_of_object(&self) -> (&'static Shape, Slots);

    /// See [`Object::fields`].
    fn fields_of_object(&self, each: Each<'_>);
}

impl<T: Object> AnyObject for T {
    fn unknowns_of_object(&self) -> usize {
        let mut unknowns = 0;
        self.fields(&mut |fields, rest| {
            unknowns = fields.iter().map(|field| field.unknowns()).sum::<usize>()
                + rest.unknown_rest() * T::shape().others.weight();
        });
        unknowns
    }

    fn shape_and_slots_of_object(&self) -> (&'static Shape, Slots) {
        shape_and_slots::<T>()
    }

    fn fields_of_object(&self, each: Each<'_>) {
        self.fields(each);
    }
}
