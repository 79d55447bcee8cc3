//! The headers that an operation's responses declare.

use crate::api::{Operation, Parameter, TypeRef};

/// The declared headers of all responses, each once; one that has several types is a text.
pub(crate) fn declared_headers(operation: &Operation) -> Vec<(&Parameter, TypeRef)> {
    let mut found: Vec<(&Parameter, TypeRef)> = Vec::new();
    let responses = operation.successes.iter().chain(&operation.failures);
    for header in responses.flat_map(|response| &response.headers) {
        // Two names that differ in more than case can share a field: the first has it.
        match found.iter_mut().find(|(known, _)| known.field == header.field) {
            Some((known, ty)) if known.wire.eq_ignore_ascii_case(&header.wire) && *ty != header.ty => {
                *ty = TypeRef::String;
            }
            Some(_) => {}
            None => found.push((header, header.ty.clone())),
        }
    }
    found
}
