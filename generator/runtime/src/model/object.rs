//! Reading, writing and checking objects according to the property table of their type. The code behind
//! `object!`.

use std::cell::LazyCell;
use std::fmt;

use crate::json::decode::{FromJson, Mode};
use crate::json::decode_error::DecodeError;
pub use crate::json::reader::Fault;
use crate::json::reader::{Reader, below};
use crate::json::redaction::hiding;
use crate::json::value::Json;
use crate::json::writer::{ToJson, Writer, to_vec};
pub use crate::model::additional::Additional;
use crate::model::rules::{Checker, Rule};
pub use crate::model::shape::{Names, Others, Presence, Property, Shape};
pub use crate::model::slots::{NO_RULES, Required, Slot, empty, missing, others, presence, rest};
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

/// Calls `fill` with the empty slots of a type.
///
/// # Errors
/// The errors of `fill`.
pub fn slots<T: Object>(fill: Fill<'_>) -> Result<(), Fault> {
    T::make(fill).map(drop)
}

/// Reads an object.
///
/// # Errors
/// The value isn't an object, or a required property is missing or doesn't fit.
pub fn read<T: Object>(reader: &mut Reader<'_>) -> Result<T, Fault> {
    apart(reader, |reader| {
        T::make(&mut |slots, rest| Filling { shape: T::shape(), slots, rest }.read(reader))
    })
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
        let mut next = 0;
        reader.object(|reader, name| match self.shape.find(&name, next) {
            Some(index) => {
                next = index + 1;
                self.property(index, reader)
            }
            None => self.rest.read(name, reader),
        })
    }

    /// Reads the next value as the property at `index`.
    pub(crate) fn property(&mut self, index: usize, reader: &mut Reader<'_>) -> Result<(), Fault> {
        let (property, start) = (&self.shape.properties[index], reader.place());
        if reader.null() && property.presence != Presence::Required {
            if !self.slots[index].set_null() {
                self.rest.keep(property.wire, Json::default(), no_null(property.wire))?;
            }
            return Ok(());
        }
        reader.go_to(start);
        reader.nearest.is_missed = false;
        let read = reader.attempt(|reader| self.slots[index].read(reader, None));
        let Err(fault) = read.map_err(|fault| below(fault, property.wire)) else { return Ok(()) };
        if reader.mode == Mode::Strict {
            return Err(fault);
        }
        if property.presence == Presence::Required {
            return self.nearest(index, reader, fault);
        }
        self.slots[index].clear();
        self.rest.keep(property.wire, Json::read(reader)?, fault)
    }

    /// Reads a value with integers that are out of their type's range as the nearest ones, so that the rest isn't
    /// lost, and keeps the value itself among the additional properties. Fails with `fault` for any other value.
    fn nearest(&mut self, index: usize, reader: &mut Reader<'_>, fault: Fault) -> Result<(), Fault> {
        if !std::mem::take(&mut reader.nearest.is_missed) {
            return Err(fault);
        }
        match reader.read_nearest(|reader| self.slots[index].read(reader, None)) {
            Ok(value) => self.rest.keep(self.shape.properties[index].wire, value, fault),
            Err(_) => Err(fault),
        }
    }
}

fn no_null(wire: &str) -> Fault {
    Box::new(DecodeError::new("can't be null").below(wire))
}

/// Writes an object.
pub fn write<T: Object>(object: &T, json: &mut Writer) {
    object.fields(&mut |fields, rest| write_fields(T::shape(), fields, rest, json));
}

fn write_fields(shape: &Shape, fields: &[&dyn Field], rest: &dyn Additional, json: &mut Writer) {
    let tag = json.take_tag();
    let is_tag = |name: &str| tag.as_ref().is_some_and(|(own, _)| *own == name);
    json.begin_object();
    if let Some((name, value)) = &tag
        && !shape.properties.iter().any(|property| property.wire == *name)
    {
        json.name(name);
        json.prepared(value);
    }
    let keeps_digits = rest.keeps_digits();
    for ((property, label), field) in shape.properties.iter().zip(shape.labels()).zip(fields) {
        if let Some((_, value)) = tag.as_ref().filter(|(name, _)| *name == property.wire) {
            json.label(label);
            json.prepared(value);
        } else if property.is_present(*field) {
            json.label(label);
            let start = json.length();
            field.write(json);
            if keeps_digits && let Some(exact) = rest.exact_instead_of(property.wire, json.since(start)) {
                json.replace(start, &exact);
            }
        }
    }
    rest.write(json, &|name| !is_tag(name) && !is_present(shape.properties, fields, name));
    json.end_object();
}

/// Whether the property `name` is declared and present.
fn is_present(properties: &[Property], fields: &[&dyn Field], name: &str) -> bool {
    properties
        .iter()
        .zip(fields)
        .any(|(property, field)| property.wire == name && property.is_present(*field))
}

/// Checks an object against `rules`, which apply where it is used, and against its type's own. Also checks
/// its declared and additional properties.
pub fn check<T: Object>(object: &T, rules: &[Rule], checker: &mut Checker) {
    object.fields(&mut |fields, rest| check_fields(T::shape(), fields, rest, rules, checker));
}

fn check_fields(
    shape: &Shape,
    fields: &[&dyn Field],
    rest: &dyn Additional,
    rules: &[Rule],
    checker: &mut Checker,
) {
    let properties = || shape.properties.iter().zip(fields.iter().copied());
    let declared =
        LazyCell::new(|| properties().filter(|(property, field)| property.is_present(*field)).count());
    for rule in rules.iter().chain(shape.rules) {
        match rule {
            Rule::Keys(_) => rest.check_keys(*rule, checker),
            Rule::MinProperties(_) | Rule::MaxProperties(_) => {
                checker.size(*rule, *declared + rest.count(), ("entry", "entries"));
            }
            rule => checker.names(*rule, |name| is_present(shape.properties, fields, name) || rest.has(name)),
        }
    }
    for (property, field) in properties() {
        checker.property(property.wire, |checker| {
            if property.is_present(field) {
                field.check(property.rules, checker);
            } else if property.presence != Presence::Optional {
                checker.violation("must be present");
            }
        });
    }
    let misplaced = |name: &str, value: Option<&dyn ToJson>| {
        let is_missing = |property: &Property, field| property.wire == name && !property.is_present(field);
        let text = |value: &dyn ToJson| String::from_utf8(to_vec(value).ok()?).ok();
        let admits = |index: usize| value.and_then(text).is_some_and(|text| shape.admits(index, &text));
        let index = properties().position(|(property, field)| is_missing(property, field));
        index.is_some_and(|index| !admits(index))
    };
    rest.check_rest(shape.rules_of_others, &misplaced, checker);
}

/// Counts the parts of an object that the document doesn't declare.
pub fn unknowns<T: Object>(object: &T) -> usize {
    let mut unknowns = 0;
    object.fields(&mut |fields, rest| {
        unknowns = fields.iter().map(|field| field.unknowns()).sum::<usize>()
            + rest.unknown_rest() * T::shape().others.weight();
    });
    unknowns
}

/// Formats an object for `Debug`, with its present properties by their names on the wire.
///
/// # Errors
/// The formatter's errors.
pub fn debug<T: Object>(object: &T, name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    hiding(T::shape().secret_names, || {
        let mut shown = f.debug_struct(name);
        object.fields(&mut |fields, rest| show_fields(T::shape(), fields, rest, &mut shown));
        shown.finish()
    })
}

fn show_fields(
    shape: &Shape,
    fields: &[&dyn Field],
    rest: &dyn Additional,
    shown: &mut fmt::DebugStruct<'_, '_>,
) {
    for (property, field) in shape.properties.iter().zip(fields) {
        if property.is_present(*field) {
            shown.field(property.wire, field);
        }
    }
    if rest.count() > 0 {
        shown.field("additional_properties", &rest);
    }
}

/// An object of any type.
pub trait AnyObject {
    /// See [`write`].
    fn write_object(&self, json: &mut Writer);

    /// See [`check`].
    fn check_object(&self, rules: &[Rule], checker: &mut Checker);

    /// See [`unknowns`].
    fn unknowns_of_object(&self) -> usize;

    /// The property table of the object's type.
    fn shape_of_object(&self) -> &'static Shape;

    /// See [`Object::fields`].
    fn fields_of_object(&self, each: Each<'_>);
}

impl<T: Object> AnyObject for T {
    fn write_object(&self, json: &mut Writer) {
        write(self, json);
    }

    fn check_object(&self, rules: &[Rule], checker: &mut Checker) {
        check(self, rules, checker);
    }

    fn unknowns_of_object(&self) -> usize {
        unknowns(self)
    }

    fn shape_of_object(&self) -> &'static Shape {
        T::shape()
    }

    fn fields_of_object(&self, each: Each<'_>) {
        self.fields(each);
    }
}
