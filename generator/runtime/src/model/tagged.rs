//! Writing an object of which a union's alternative determines a property.

use crate::json::decode::from_slice;
use crate::json::value::{Json, JsonObject};
use crate::json::writer::{ToJson, Writer, to_vec};
use crate::model::object::{AnyObject, Field, Fields};
use crate::model::validate::Validate;

/// The value of the property that an alternative determines.
#[derive(Debug)]
pub struct Tag<T>(pub T);

impl ToJson for Tag<&str> {
    fn write(&self, json: &mut Writer) {
        json.text(self.0);
    }
}

impl Validate for Tag<&str> {}

/// Tags of other types. A number has the only type of its kind here, whatever its size.
macro_rules! tags {
    ($($ty:ty),*) => { $(
        impl ToJson for Tag<$ty> {
            fn write(&self, json: &mut Writer) {
                json.serde(&self.0);
            }
        }

        impl Validate for Tag<$ty> {}
    )* };
}
tags!(i64, f64, bool);

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
        json.object(|json| {
            let declared = shape.properties.iter().position(|known| known.wire == property);
            if declared.is_none() {
                json.name(property);
                tag.write(json);
            }
            let fields = Fields { shape, values, rest };
            fields.write_declared(json, declared.map(|index| (index, tag)));
            rest.write(json, &|name| name != property && !fields.has(name));
        });
    });
}

#[cfg(test)]
mod tests {
    use crate::json::writer::to_vec;
    use crate::prelude::*;

    #[derive(Clone, Debug, PartialEq)]
    enum Code {
        Text(JsonObject),
        Large(JsonObject),
        Fraction(JsonObject),
        Truth(JsonObject),
        Unknown(Json),
    }

    tagged_union! {
        Code by "code" {
            Text(JsonObject): "a", [], writes "a";
            Large(JsonObject): "3000000000", [], writes 3000000000;
            Fraction(JsonObject): "0.5", [], writes 0.5;
            Truth(JsonObject): "true", [], writes true;
        } Unknown
    }

    #[test]
    fn a_tag_of_any_type_is_written() {
        for (alternative, tag) in [
            (Code::Text as fn(JsonObject) -> Code, r#""a""#),
            (Code::Large, "3000000000"),
            (Code::Fraction, "0.5"),
            (Code::Truth, "true"),
        ] {
            let written = to_vec(&alternative(JsonObject::default())).unwrap();
            assert_eq!(String::from_utf8(written).unwrap(), format!(r#"{{"code":{tag}}}"#));
        }
    }
}
