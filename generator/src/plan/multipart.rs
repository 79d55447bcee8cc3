//! The files in a multipart body. They are streamed, and so aren't part of the body's type.

use super::media_types::is_binary;
use super::{Planner, docs};
use crate::api::{Body, BodyContent, BodyEncoding, FileField, Ident, inner_key};
use crate::source::document::{MediaType, Schema, SchemaId, Type};

impl Planner<'_> {
    /// A multipart body with files: the body without them, and the files. `None` if it has no files.
    pub(super) fn multipart_with_files(
        &mut self,
        media_type: &MediaType,
        encoding: BodyEncoding,
        owner: &str,
    ) -> Option<Body> {
        let (schema, files) = self.files_of(media_type)?;
        let used = self.shape(&schema, &inner_key(owner, "Body"), false, 0);
        let content = BodyContent {
            media_type: media_type.name.clone(),
            encoding,
            ty: used.ty,
            rules: used.rules,
            variant: Ident::default(),
            files: Vec::new(),
        };
        // Without required properties the body is made when the first property is set.
        let required = !schema.required.is_empty();
        let docs = crate::api::Docs::default();
        Some(Body { docs, required, content: vec![content], files })
    }

    /// Likewise if there are other media types: a value of its own that includes the files.
    pub(super) fn form_with_files(
        &mut self,
        media_type: &MediaType,
        encoding: BodyEncoding,
        owner: &str,
    ) -> Option<BodyContent> {
        let (schema, files) = self.files_of(media_type)?;
        let used = self.shape(&schema, &inner_key(owner, "Form"), false, 0);
        let (media_type, variant) = (media_type.name.clone(), Ident::default());
        Some(BodyContent { media_type, encoding, ty: used.ty, rules: used.rules, variant, files })
    }

    /// A multipart body without its files, and the files. `None` if it has no files.
    fn files_of(&mut self, media_type: &MediaType) -> Option<(Schema, Vec<FileField>)> {
        let mut schema = self.object_of(media_type.schema?)?;
        let is_file = |(wire, id): (&String, &SchemaId)| {
            let content_type = media_type.encoding.get(wire).and_then(|part| part.content_type.as_deref());
            self.file_kind(*id, content_type).map(|many| (wire.clone(), many, *id))
        };
        let found: Vec<(String, bool, SchemaId)> = schema.properties.iter().filter_map(is_file).collect();
        if found.is_empty() {
            return None;
        }
        let required = |wire: &String| schema.required.iter().any(|name| name == wire);
        let files = found
            .iter()
            .map(|(wire, many, id)| FileField {
                wire: wire.clone(),
                docs: docs::docs(None, self.document.schemas[*id].description.as_deref()),
                required: required(wire),
                many: *many,
            })
            .collect();
        schema.properties.retain(|wire, _| !found.iter().any(|(file, ..)| file == wire));
        schema.required.retain(|wire| schema.properties.contains_key(wire));
        Some((schema, files))
    }

    /// The object schema at `id`, behind references.
    fn object_of(&self, id: SchemaId) -> Option<Schema> {
        let schema = self.document.schemas[self.behind(id)].clone();
        (!schema.properties.is_empty()).then_some(schema)
    }

    /// Whether a property is a file (`false`) or a list of files (`true`); `None` if it is neither
    /// (OpenAPI 3.0, 4.7.14.2; 3.1, 4.8.14.3).
    fn file_kind(&self, id: SchemaId, content_type: Option<&str>) -> Option<bool> {
        let schema = &self.document.schemas[self.behind(id)];
        let items = schema.items.filter(|_| schema.types.contains(&Type::Array));
        let single = items.map_or(schema, |items| &self.document.schemas[self.behind(items)]);
        let text = matches!(single.types[..], [] | [Type::String]) && single.content_encoding.is_none();
        let plain = text && single.properties.is_empty() && single.values.is_empty();
        let media_type = single.content_media_type.as_deref().or(content_type);
        let binary = single.format.as_deref() == Some("binary") || media_type.is_some_and(is_binary);
        (plain && binary).then_some(items.is_some())
    }
}
