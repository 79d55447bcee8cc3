//! Responses: successes and failures.

use std::collections::{BTreeMap, BTreeSet};

use openapiv3::StatusCode;

use super::media_types::{essence, is_file, is_json, is_range, is_string, is_xml, sequence};
use super::schemas::is_anything;
use super::{Planner, Sides, docs, xml};
use crate::api::{
    Alternative, Ident, Parameter, Response, ResponseContent, ResponseEncoding, Status, TypeRef, inner_key,
};
use crate::diagnostics::codes;
use crate::source::document::{self, MediaType, Schema, SchemaId};

impl Planner<'_> {
    /// What success and failure look like.
    pub(super) fn responses(
        &mut self,
        operation: &document::Operation,
        owner: &str,
    ) -> (Vec<Response>, Vec<Response>) {
        let (mut successes, mut failures) = (Vec::new(), Vec::new());
        let has_success = operation.responses.iter().any(|response| is_success(status(response)));
        for response in &operation.responses {
            let status = status(response);
            let success = is_success(status) || (status == Status::Default && !has_success);
            // A response to HEAD has no content, whatever is declared (RFC 9110, section 9.3.2).
            let has_content = operation.method != "HEAD" && has_content(status);
            let response = self.response(response, status, owner, success, has_content);
            if success { successes.push(response) } else { failures.push(response) }
        }
        // Several ranges and codes are matched from the most to the least specific.
        successes.sort_by_key(|response| response.status);
        failures.sort_by_key(|response| response.status);
        (successes, failures)
    }

    fn response(
        &mut self,
        response: &document::Response,
        status: Status,
        owner: &str,
        success: bool,
        has_content: bool,
    ) -> Response {
        self.sides = Sides { request: false, response: true };
        let want = inner_key(owner, &if success { "Response".to_owned() } else { status.name() });
        response.content.iter().for_each(|media_type| self.check_response_encodings(media_type));
        response.content.iter().for_each(|media_type| self.check_item_schema(media_type));
        let declared = response.content.iter().filter(|_| has_content);
        let preferred = declared.clone().min_by_key(|media_type| self.rank(media_type));
        let mut read = Contents::default();
        if let Some(media_type) = preferred {
            let others: Vec<&MediaType> = declared.filter(|other| other.name != media_type.name).collect();
            let preferred = self.response_content(media_type, owner, &want, &others);
            let encoding = preferred.encoding;
            read.add(preferred);
            for other in others {
                let alternative = success.then(|| self.alternative(other, owner, encoding, &read));
                match alternative.flatten() {
                    Some(alternative) => read.add(alternative),
                    None if success || self.encoding(other) != ResponseEncoding::Text => {
                        self.tell_unrequested(other, media_type);
                    }
                    // A failure that is text rather than JSON can be read too.
                    None => {}
                }
            }
        }
        let mut contents = read.list.into_iter();
        let (content, alternatives) = (contents.next(), contents.collect());
        self.sides = Sides { request: false, response: true };
        let headers = response.headers.iter().map(|header| self.header(header, &want)).collect();
        let docs = docs::docs(response.summary.as_deref(), Some(&response.description));
        let place = response.place.clone();
        Response { status, docs, content, alternatives, headers, place }
    }

    fn tell_unrequested(&mut self, other: &MediaType, asked: &MediaType) {
        let message = format!("requests ask for {} instead of this media type", asked.name);
        let help = "To use this media type, remove the others from the document.";
        self.diagnostics.report(&codes::UNREQUESTED_MEDIA_TYPE, &other.place, message, help);
    }

    /// The content in a media type that can be asked for instead of the preferred one, which is in the encoding
    /// `preferred`; `None` if it would be the same as one that is `read` already.
    fn alternative(
        &mut self,
        media_type: &MediaType,
        owner: &str,
        preferred: ResponseEncoding,
        read: &Contents,
    ) -> Option<ResponseContent> {
        let encoding = self.encoding(media_type);
        let schema = self.schema_of(media_type);
        let is_text = essence(&media_type.name) == "text/plain";
        // What is declared for text as well as for JSON, and isn't a string, is the JSON.
        let is_json_too = is_text && schema.is_some_and(|schema| !is_string(schema) && !is_anything(schema));
        let is_read = match preferred {
            ResponseEncoding::JsonOrText => encoding == ResponseEncoding::Text,
            ResponseEncoding::Json => is_json_too,
            _ => false,
        };
        if is_read || !media_type.name.contains('/') {
            return None;
        }
        let content = {
            let want = inner_key(owner, &format!("{} Response", media_type.name));
            self.response_content(media_type, owner, &want, &[])
        };
        (!read.has(&content.ty, encoding, &media_type.name)).then_some(content)
    }

    fn response_content(
        &mut self,
        media_type: &MediaType,
        owner: &str,
        want: &str,
        others: &[&MediaType],
    ) -> ResponseContent {
        let mut encoding = self.encoding(media_type);
        let is_text = |other: &&MediaType| self.encoding(other) == ResponseEncoding::Text;
        if encoding == ResponseEncoding::Json
            && self.schema_of(media_type).is_some_and(is_string)
            && others.iter().any(is_text)
        {
            encoding = ResponseEncoding::JsonOrText;
        }
        let ty = match encoding {
            ResponseEncoding::Text | ResponseEncoding::Items => TypeRef::String,
            ResponseEncoding::Bytes => TypeRef::Bytes,
            ResponseEncoding::Json | ResponseEncoding::JsonOrText | ResponseEncoding::Xml => {
                media_type.schema.map_or(TypeRef::Json, |id| self.use_of(id, want, 0).with_null())
            }
        };
        let xml = if encoding == ResponseEncoding::Xml { self.xml_root(media_type) } else { None };
        if encoding == ResponseEncoding::Text {
            self.tell_format_of_text(media_type);
        }
        let items = self.items(media_type, owner);
        let others = others.iter().map(|other| other.name.clone()).collect();
        ResponseContent { media_type: media_type.name.clone(), encoding, ty, xml, items, others }
    }

    /// How the content becomes a value. Where any media type is allowed, the schema says what it can be.
    fn encoding(&self, media_type: &MediaType) -> ResponseEncoding {
        match essence(&media_type.name).as_str() {
            name if is_json(name) => ResponseEncoding::Json,
            name if sequence(name).is_some() => ResponseEncoding::Items,
            name if is_xml(name) && self.is_structured(media_type) => ResponseEncoding::Xml,
            name if name.starts_with("text/") => ResponseEncoding::Text,
            name if is_range(name) => match self.schema_of(media_type) {
                Some(schema) if is_file(schema) => ResponseEncoding::Bytes,
                Some(schema) if is_string(schema) || is_anything(schema) => ResponseEncoding::JsonOrText,
                Some(_) => ResponseEncoding::Json,
                None => ResponseEncoding::Bytes,
            },
            _ => ResponseEncoding::Bytes,
        }
    }

    fn rank(&self, media_type: &MediaType) -> u8 {
        xml::rank_of_response(self.encoding(media_type))
    }

    /// The schema of the content, behind references and wrappers of them.
    pub(super) fn schema_of(&self, media_type: &MediaType) -> Option<&Schema> {
        media_type.schema.map(|id| self.schema_behind(id))
    }

    /// The schema at `id`, behind references and wrappers of them.
    pub(super) fn schema_behind(&self, id: SchemaId) -> &Schema {
        let mut schema = &self.document.schemas[self.behind(id)];
        for _ in 0..16 {
            let [only] = schema.all_of[..] else { break };
            if !schema.types.is_empty() || !schema.values.is_empty() {
                break;
            }
            schema = &self.document.schemas[self.behind(only)];
        }
        schema
    }

    /// A header. Cookies are a list, whatever is declared: each `Set-Cookie` sets one (RFC 6265, section 3).
    pub(super) fn header(&mut self, header: &document::Parameter, owner: &str) -> Parameter {
        let mut planned = self.parameter(header, owner);
        if header.name.eq_ignore_ascii_case("set-cookie") {
            planned.ty = TypeRef::List(Box::new(TypeRef::String));
            planned.rules.clear();
        }
        planned
    }
}

/// What the client reads of a response: the preferred content, then the others.
#[derive(Default)]
struct Contents {
    list: Vec<ResponseContent>,
    by_media_type: BTreeMap<String, Vec<usize>>,
}

impl Contents {
    fn add(&mut self, content: ResponseContent) {
        let index = self.list.len();
        self.by_media_type.entry(essence(&content.media_type)).or_default().push(index);
        self.list.push(content);
    }

    /// Whether there is the same content already. JSON and XML are the same in any media type.
    fn has(&self, ty: &TypeRef, encoding: ResponseEncoding, media_type: &str) -> bool {
        let same = |other: &ResponseContent| (&other.ty, other.encoding) == (ty, encoding);
        if matches!(encoding, ResponseEncoding::Json | ResponseEncoding::Xml) {
            return self.list.iter().any(same);
        }
        let in_it = self.by_media_type.get(&essence(media_type));
        in_it.into_iter().flatten().any(|index| same(&self.list[*index]))
    }
}

/// The media types beside the preferred ones that the successes have.
pub(super) fn alternatives(successes: &[Response]) -> Vec<Alternative> {
    let (mut found, mut known): (Vec<Alternative>, _) = (Vec::new(), BTreeSet::new());
    for content in successes.iter().flat_map(|response| &response.alternatives) {
        if known.insert(&content.media_type) {
            found.push(Alternative { media_type: content.media_type.clone(), word: Ident::default() });
        }
    }
    found
}

pub(crate) fn status(response: &document::Response) -> Status {
    match response.status {
        Some(StatusCode::Code(code)) => Status::Code(code),
        Some(StatusCode::Range(digit)) => Status::Range(u8::try_from(digit).unwrap_or(u8::MAX)),
        None => Status::Default,
    }
}

const fn is_success(status: Status) -> bool {
    matches!(status, Status::Code(100..400) | Status::Range(1..=3))
}

/// Whether a response of this status has any content, whatever is declared (RFC 9110, sections 6.4.1 and 15.3.6).
const fn has_content(status: Status) -> bool {
    !matches!(status, Status::Code(100..=199 | 204 | 205 | 304) | Status::Range(1))
}
