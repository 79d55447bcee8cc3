//! Writing an object of which a union's alternative determines a property.

use serde::Serialize;

use crate::json::decode::from_slice;
use crate::json::value::{Json, JsonObject};
use crate::json::writer::{ToJson, Writer, to_vec};
use crate::model::object::{AnyObject, Field, Fields};
use crate::model::validate::Validate;

/// The value of the property that an alternative determines.
#[derive(Debug)]
pub struct Tag<T>(pub T);

impl<T: Serialize> ToJson for Tag<T> {
    fn write(&self, json: &mut Writer) {
        json.serde(&self.0);
    }
}

impl<T: Serialize> Validate for Tag<T> {}

/// Writes the payload of an alternative whose `property` is `tag`. The alternative says so, not its payload.
pub(crate) fn write_tagged(payload: &dyn Validate, property: &str, tag: &dyn Field, json: &mut Writer) {
    if let Some(object) = payload.any_object() {
        return write_object(object, property, tag, json);
    }
    // A map, or a union of its own, which has the tag unless it was made without it.
    let map = to_vec(payload).ok().and_then(|text| from_slice::<JsonObject>(&text).ok());
    let tag = to_vec(tag).ok().and_then(|text| from_slice::<Json>(&text).ok());
    match (map, tag) {
        (Some(mut map), Some(tag)) => {
            if !map.contains_key(property) {
                map.put(property.to_owned(), tag);
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
        json.object(|json| {
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
        });
    });
}
