//! How the properties of a form or a multipart body are written.

use indexmap::IndexMap;
use serde_json::{Map, Value};

use super::at::At;
use super::content::{WRITE, is_media_type};
use super::document::{Encoding, Parameter, Style};
use super::reader::Reader;
use crate::diagnostics::codes;

const ENCODING: &[&str] = &["contentType", "headers", "style", "explode", "allowReserved"];

impl<'a> Reader<'a> {
    /// The `encoding` of the media type `at`, by property.
    pub(super) fn encodings(&mut self, at: &At<'a>) -> IndexMap<String, Encoding> {
        let mut encodings = IndexMap::new();
        for (property, at) in self.map(at, "encoding") {
            let encoding = self.encoding(&at);
            encodings.insert(property.to_owned(), encoding);
        }
        encodings
    }

    /// The `prefixEncoding` and the `itemEncoding` of the media type `at` (OpenAPI 3.2, 4.14.1).
    pub(super) fn positional_encodings(&mut self, at: &At<'a>) -> (Vec<Encoding>, Option<Encoding>) {
        if !self.is_3_2() {
            return (Vec::new(), None);
        }
        let prefix = self.list(at, "prefixEncoding");
        let prefix = prefix.iter().map(|at| self.encoding(at)).collect();
        let item = self.object(at, "itemEncoding").map(|at| self.encoding(&at));
        (prefix, item)
    }

    fn encoding(&mut self, at: &At<'a>) -> Encoding {
        self.only(at, "an encoding", &[ENCODING]);
        let nested = self.nested_encodings(at);
        Encoding {
            place: at.place.clone(),
            content_type: self.part_type(at),
            headers: self.part_headers(at),
            style: self.style_of_property(at),
            explode: self.optional_boolean(at, "explode"),
            allow_reserved: self.boolean(at, "allowReserved"),
            nested,
        }
    }

    /// The style of a property, which is one of a query's.
    fn style_of_property(&mut self, at: &At<'a>) -> Option<Style> {
        let style = self.style(at)?;
        if style == Style::Cookie {
            let help = "Remove the style, or use one that a query allows.";
            let message = "only cookies can have this style; it is ignored";
            self.diagnostics.report(&codes::MISPLACED_STYLE, &at.place.child("style"), message, help);
            return None;
        }
        Some(style)
    }

    /// Reports the encodings of a part that is multipart itself, and returns them.
    fn nested_encodings(&mut self, at: &At<'a>) -> Option<Box<Map<String, Value>>> {
        let mut nested: Option<Box<Map<String, Value>>> = None;
        for name in ["encoding", "prefixEncoding", "itemEncoding"] {
            if let Some(member) = at.get(name).filter(|_| self.is_3_2()) {
                let message = format!("this `{name}` isn't supported and is ignored");
                let help = "Make the part a file, and write its parts yourself.";
                self.diagnostics.report(&codes::UNSUPPORTED_ENCODING, &member.place, message, help);
                nested.get_or_insert_default().insert(name.to_owned(), member.value.clone());
            }
        }
        nested
    }

    /// The `contentType` of a part: one media type or range, or a list of them.
    fn part_type(&mut self, at: &At<'a>) -> Option<String> {
        let declared = self.string(at, "contentType")?;
        for name in declared.split(',').map(str::trim).filter(|name| !is_media_type(name)) {
            let message = format!("{name:?} isn't a media type");
            self.diagnostics.report(
                &codes::INVALID_MEDIA_TYPE,
                &at.place.child("contentType"),
                message,
                WRITE,
            );
        }
        Some(declared)
    }

    /// The headers of a part. OpenAPI says that `Content-Type` is described by `contentType` alone.
    fn part_headers(&mut self, at: &At<'a>) -> Vec<Parameter> {
        let mut headers = Vec::new();
        for (name, header) in self.map(at, "headers") {
            if name.eq_ignore_ascii_case("content-type") || name.eq_ignore_ascii_case("content-disposition") {
                let message = format!("the header {name:?} of this part is ignored");
                let help = "`contentType` says its media type, and the name of the property its disposition.";
                self.diagnostics.report(&codes::IGNORED_PART_HEADER, &header.place, message, help);
                continue;
            }
            headers.extend(self.header(name, header));
        }
        headers
    }
}
