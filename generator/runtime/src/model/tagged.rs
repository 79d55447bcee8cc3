//! Writing an object of which a union's alternative determines a property.

use std::fmt;

use serde::Serialize;

use crate::json::decode::from_slice;
use crate::json::value::JsonObject;
use crate::json::writer::{ToJson, Writer, to_vec};
use crate::model::object::{AnyObject, Field, Fields};
use crate::model::validate::Validate;

/// The value of the property that an alternative determines.
#[derive(Debug)]
struct Tag<'t, T>(&'t T);

impl<T: Serialize> ToJson for Tag<'_, T> {
    fn write(&self, json: &mut Writer) {
        json.serde(self.0);
    }
}

impl<T: Serialize> Validate for Tag<'_, T> {}

/// Writes the payload of an alternative whose `property` is `tag`. The alternative says so, not its payload.
pub fn write_tagged<T: Serialize + fmt::Debug>(
    payload: &impl ToJson,
    property: &str,
    tag: &T,
    json: &mut Writer,
) {
    if let Some(object) = payload.any_object() {
        return write_object(object, property, &Tag(tag), json);
    }
    // A map, or a union of its own, which has the tag unless it was made without it.
    let map = to_vec(payload).ok().and_then(|text| from_slice::<JsonObject>(&text).ok());
    match (map, serde_json::to_value(tag)) {
        (Some(mut map), Ok(tag)) => {
            if !map.contains_key(property) {
                map.put(property.to_owned(), tag.into());
            }
            map.write(json);
        }
        _ => payload.write(json),
    }
}

/// Writes `object` with `tag` as its `property`, which comes first if it isn't declared.
fn write_object(object: &dyn AnyObject, property: &str, tag: &dyn Field, json: &mut Writer) {
    let (shape, _) = object.shape_and_slots_of_object();
    object.fields_of_object(&mut |values, rest| {
        let mut values: Vec<&dyn Field> = values.to_vec();
        json.begin_object();
        let declared = shape.properties.iter().position(|known| known.wire == property);
        match declared.and_then(|index| values.get_mut(index)) {
            Some(value) => *value = tag,
            None => {
                json.name(property);
                tag.write(json);
            }
        }
        let fields = Fields { shape, values: &values, rest };
        fields.write_declared(json);
        rest.write(json, &|name| name != property && !fields.has(name));
        json.end_object();
    });
}
