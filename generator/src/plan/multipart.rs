//! The files in a multipart body. They are streamed, and so aren't part of the body's type.

use super::media_types::{is_binary, is_json, is_xml};
use super::schemas::is_anything;
use super::{Planner, docs};
use crate::api::{Body, BodyContent, BodyEncoding, FileField, Ident, PartHeader, inner_key};
use crate::diagnostics::codes;
use crate::source::document::{MediaType, Parameter, Schema, SchemaId, Type};

impl Planner<'_> {
    /// A multipart body with files: the body without them, and the files. `None` if it has no files.
    pub(super) fn multipart_with_files(
        &mut self,
        media_type: &MediaType,
        encoding: BodyEncoding,
        owner: &str,
        required: bool,
    ) -> Option<Body> {
        let (schema, files) = self.files_of(media_type, required)?;
        let used = self.shape(&schema, &inner_key(owner, "Body"), false, 0);
        let content = BodyContent {
            media_type: media_type.name.clone(),
            encoding,
            ty: used.ty,
            rules: used.rules,
            xml: None,
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
        required: bool,
    ) -> Option<BodyContent> {
        let (schema, files) = self.files_of(media_type, required)?;
        let used = self.shape(&schema, &inner_key(owner, "Form"), false, 0);
        let (media_type, variant) = (media_type.name.clone(), Ident::default());
        Some(BodyContent { media_type, encoding, ty: used.ty, rules: used.rules, xml: None, variant, files })
    }

    /// A multipart body without its files, and the files. `None` if it has no files.
    fn files_of(&mut self, media_type: &MediaType, required: bool) -> Option<(Schema, Vec<FileField>)> {
        let Some(mut schema) = self.object_of(media_type.schema?) else {
            return self.nameless_file(media_type, required);
        };
        let part = |wire: &String| media_type.encoding.get(wire);
        let is_file = |(wire, id): (&String, &SchemaId)| {
            let content_type = part(wire).and_then(|part| part.content_type.as_deref());
            self.file_kind(*id, content_type, 0).map(|many| (wire.clone(), many, *id))
        };
        let found: Vec<(String, bool, SchemaId)> = schema.properties.iter().filter_map(is_file).collect();
        self.check_part_headers(media_type, |wire| found.iter().any(|(file, ..)| file == wire));
        if found.is_empty() {
            return None;
        }
        for (wire, _, id) in &found {
            let content_type = part(wire).and_then(|part| part.content_type.as_deref());
            if content_type.is_some_and(is_xml) && !self.schema_behind(*id).properties.is_empty() {
                let message =
                    format!("the part {wire:?} is sent as it is: its schema and its `xml` aren't used");
                let help = "Write it with a library for XML.";
                let place = &self.document.schemas[*id].place;
                self.diagnostics.report(&codes::XML_AS_IT_IS, place, message, help);
            }
        }
        let required = |wire: &String| schema.required.iter().any(|name| name == wire);
        let headers = |wire: &String| part(wire).into_iter().flat_map(|part| &part.headers);
        let files = found
            .iter()
            .map(|(wire, many, id)| FileField {
                wire: wire.clone(),
                docs: docs::docs(None, self.document.schemas[*id].description.as_deref()),
                required: required(wire),
                many: *many,
                headers: headers(wire).map(part_header).collect(),
            })
            .collect();
        schema.properties.retain(|wire, _| !found.iter().any(|(file, ..)| file == wire));
        schema.required.retain(|wire| schema.properties.contains_key(wire));
        Some((schema, files))
    }

    /// A body that is a file itself, or a list of files: the part `file` beside no values.
    fn nameless_file(&mut self, media_type: &MediaType, required: bool) -> Option<(Schema, Vec<FileField>)> {
        let id = media_type.schema?;
        if is_anything(self.schema_of(media_type)?) {
            return None;
        }
        let many = self.file_kind(id, None, 0)?;
        let message = "this body isn't an object but a file, so it is sent as the part `file`";
        let help = "Declare an object with a property for each part.";
        self.diagnostics.report(&codes::NAMELESS_FILE, &media_type.place, message, help);
        let description = self.document.schemas[id].description.as_deref();
        let docs = docs::docs(None, description);
        let file = FileField { wire: "file".to_owned(), docs, required, many, headers: Vec::new() };
        let place = self.document.schemas[id].place.clone();
        Some((Schema { place, types: vec![Type::Object], ..Schema::default() }, vec![file]))
    }

    /// Reports headers of parts that aren't files.
    fn check_part_headers(&mut self, media_type: &MediaType, is_file: impl Fn(&str) -> bool) {
        for (wire, encoding) in media_type.encoding.iter().filter(|(wire, _)| !is_file(wire)) {
            for header in &encoding.headers {
                let message = format!(
                    "the header {:?} of the part {wire:?} can't be set, so it isn't sent",
                    header.name
                );
                let help = "Headers can be set for parts that are files.";
                self.diagnostics.report(&codes::UNSENT_PART_HEADER, &header.place, message, help);
            }
        }
    }

    /// The object schema at `id`, behind references.
    pub(super) fn object_of(&self, id: SchemaId) -> Option<Schema> {
        let schema = self.document.schemas[self.behind(id)].clone();
        (!schema.properties.is_empty()).then_some(schema)
    }

    /// Whether a property is a file (`false`) or a list of files (`true`); `None` if it is neither
    /// (OpenAPI 3.0, 4.7.14.2; 3.1, 4.8.14.3).
    pub(super) fn file_kind(&self, id: SchemaId, content_type: Option<&str>, depth: usize) -> Option<bool> {
        let schema = self.schema_behind(id);
        let types: Vec<Type> = schema.types.iter().copied().filter(|ty| *ty != Type::Null).collect();
        if let Some(items) = schema.items.filter(|_| matches!(types[..], [] | [Type::Array])) {
            return self.is_file_part(self.schema_behind(items), content_type).then_some(true);
        }
        let alternatives = [&schema.one_of, &schema.any_of].into_iter().flatten();
        let is_null = |id: &SchemaId| self.schema_behind(*id).types[..] == [Type::Null];
        let alternatives: Vec<SchemaId> = alternatives.copied().filter(|id| !is_null(id)).collect();
        if alternatives.is_empty() || depth > MAX_DEPTH {
            return self.is_file_part(schema, content_type).then_some(false);
        }
        let kinds: Option<Vec<bool>> =
            alternatives.iter().map(|id| self.file_kind(*id, content_type, depth + 1)).collect();
        kinds.map(|kinds| kinds.contains(&true))
    }

    fn is_file_part(&self, schema: &Schema, content_type: Option<&str>) -> bool {
        let types: Vec<Type> = schema.types.iter().copied().filter(|ty| *ty != Type::Null).collect();
        let media_type = schema.content_media_type.as_deref().or(content_type);
        match types[..] {
            [] if is_anything(schema) => {
                // What says nothing of itself is bytes, unless something says that it is text.
                let says = schema.default.is_some() || !schema.limits.is_empty();
                match (schema.format.as_deref(), media_type) {
                    (Some("binary"), _) => true,
                    (_, Some(media_type)) => is_binary(media_type),
                    (None, None) => !says && schema.content_encoding.is_none(),
                    (Some(_), None) => false,
                }
            }
            [Type::String] => {
                let binary = schema.format.as_deref() == Some("binary") || media_type.is_some_and(is_binary);
                binary && schema.content_encoding.is_none() && schema.values.is_empty()
            }
            // The types of objects write JSON only.
            [Type::Object] | [] if !schema.properties.is_empty() => {
                content_type.is_some_and(|types| is_xml(types) && !types.split(',').any(is_json))
            }
            _ => false,
        }
    }
}

/// How deep alternatives are searched for files.
const MAX_DEPTH: usize = 16;

fn part_header(header: &Parameter) -> PartHeader {
    PartHeader { wire: header.name.clone(), required: header.required }
}
