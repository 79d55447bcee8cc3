//! Responses: successes and failures.

use openapiv3::StatusCode;

use super::media_types::{essence, is_json};
use super::{Planner, Sides, docs};
use crate::api::{Response, ResponseContent, ResponseEncoding, Status, TypeRef, inner_key};
use crate::diagnostics::codes;
use crate::source::document::{self, MediaType};

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
            let response = self.response(response, status, owner, success);
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
    ) -> Response {
        self.sides = Sides { request: false, response: true };
        let want = inner_key(owner, &if success { "Response".to_owned() } else { status.name() });
        let declared = response.content.iter().filter(|_| has_content(status));
        let preferred = declared.clone().min_by_key(|media_type| rank(media_type));
        let content = preferred.map(|media_type| {
            let others = declared.filter(|other| other.name != media_type.name);
            let content = self.response_content(media_type, &want, others.clone());
            for other in others {
                let message = format!("requests ask for {} instead of this media type", media_type.name);
                let help = "To use this media type, remove the others from the document.";
                self.diagnostics.report(&codes::UNREQUESTED_MEDIA_TYPE, &other.place, message, help);
            }
            content
        });
        self.sides = Sides { request: false, response: true };
        let headers = response.headers.iter().map(|header| self.parameter(header, &want)).collect();
        let docs = docs::docs(None, Some(&response.description));
        let place = response.place.clone();
        Response { status, docs, content, headers, place }
    }

    fn response_content<'m>(
        &mut self,
        media_type: &MediaType,
        want: &str,
        others: impl Iterator<Item = &'m MediaType>,
    ) -> ResponseContent {
        let encoding = encoding(media_type, self.is_binary(media_type));
        let ty = match encoding {
            ResponseEncoding::Text | ResponseEncoding::Events => TypeRef::String,
            ResponseEncoding::Bytes => TypeRef::Bytes,
            ResponseEncoding::Json => {
                media_type.schema.map_or(TypeRef::Json, |id| self.use_of(id, want, 0).with_null())
            }
        };
        let others = others.map(|other| other.name.clone()).collect();
        ResponseContent { media_type: media_type.name.clone(), encoding, ty, others }
    }

    fn is_binary(&self, media_type: &MediaType) -> bool {
        media_type.schema.is_some_and(|id| self.document.schemas[id].format.as_deref() == Some("binary"))
    }
}

fn status(response: &document::Response) -> Status {
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

fn rank(media_type: &MediaType) -> u8 {
    match encoding(media_type, false) {
        ResponseEncoding::Json => 0,
        ResponseEncoding::Text => 1,
        ResponseEncoding::Events => 2,
        ResponseEncoding::Bytes => 3,
    }
}

fn encoding(media_type: &MediaType, binary: bool) -> ResponseEncoding {
    match essence(&media_type.name).as_str() {
        name if is_json(name) => ResponseEncoding::Json,
        "*/*" | "application/*" if media_type.schema.is_some() && !binary => ResponseEncoding::Json,
        "text/event-stream" => ResponseEncoding::Events,
        name if name.starts_with("text/") => ResponseEncoding::Text,
        _ => ResponseEncoding::Bytes,
    }
}
