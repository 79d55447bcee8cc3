//! The contents of bodies, by media type.

use indexmap::IndexMap;
use serde_json::Value;

use super::at::At;
use super::document::{Encoding, MediaType};
use super::reader::Reader;

pub(super) const MEDIA_TYPE: &[&str] = &["schema", "example", "examples", "encoding"];

const ENCODING: &[&str] = &["contentType", "headers", "style", "explode", "allowReserved"];

impl<'a> Reader<'a> {
    /// The `content` of the body `at`.
    pub(super) fn content(&mut self, at: &At<'a>) -> Vec<MediaType> {
        let mut content = Vec::new();
        for (name, media_type) in self.map(at, "content") {
            let Some(media_type) = self.beyond_reference(media_type, "a media type") else { continue };
            // YAML reads `application/json:` with nothing after it as null.
            if !media_type.value.is_null()
                && self.object_only(&media_type, "a media type", &[MEDIA_TYPE]).is_none()
            {
                continue;
            }
            let mut encoding = IndexMap::new();
            for (property, at) in self.map(&media_type, "encoding") {
                self.only(&at, "an encoding", &[ENCODING]);
                let of_property = Encoding {
                    content_type: self.string(&at, "contentType"),
                    style: self.style(&at),
                    explode: self.optional_boolean(&at, "explode"),
                    allow_reserved: self.boolean(&at, "allowReserved"),
                };
                encoding.insert(property.to_owned(), of_property);
            }
            content.push(MediaType {
                place: media_type.place.clone(),
                name: name.to_owned(),
                schema: self.schema_member(&media_type, "schema"),
                encoding,
            });
            self.examples(&media_type);
        }
        content
    }

    /// Reports `examples` that don't exist; the others have no use. Examples in a list are a schema's.
    fn examples(&mut self, media_type: &At<'a>) {
        if media_type.value.get("examples").is_some_and(Value::is_array) {
            return;
        }
        for (_, example) in self.map(media_type, "examples") {
            self.dispensable("the example is ignored", |reader| reader.follow(example, "examples"));
        }
    }
}
