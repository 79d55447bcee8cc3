//! Declared headers as a struct: those of an operation's responses, or of events.

use super::code::{Code, Expression};
use super::declarations::Declaration;
use super::docs;
use super::printer::{Page, quoted};
use crate::api::{Operation, Parameter, TypeRef};
use crate::rust::{declared_headers, rust_type};

pub(super) fn page(page: &mut Page, operation: &Operation) {
    let headers = declared_headers(operation);
    if headers.is_empty() {
        return;
    }
    let name = format!("{}Headers", operation.type_name);
    let docs = format!("The declared headers of a response to {}.", docs::link(operation));
    structure(page, &name, docs, &headers);
}

/// The struct called `name`, which `docs` describe.
pub(super) fn structure(page: &mut Page, name: &str, docs: String, headers: &[(&Parameter, TypeRef)]) {
    let docs =
        [docs, String::new(), "A header that is missing or doesn't fit its type is `None`.".to_owned()];
    let attributes = ["#[derive(Clone, Debug, Default, PartialEq)]", "#[non_exhaustive]"];
    let mut fields = Declaration::new(&docs, &attributes, &format!("pub struct {name}"));
    for (header, ty) in headers {
        let mut lines = docs::lines(&header.docs, &[]);
        if lines.is_empty() {
            lines.push(format!("The header {}.", docs::code(&header.wire)));
        }
        fields.member(&lines, false, &format!("pub {}: Option<{}>", header.field, rust_type(ty)));
    }
    page.block(&fields.finish());
    let reads = headers.iter().map(|(header, _)| {
        let (field, wire) = (&header.field, quoted(&header.wire.to_ascii_lowercase()));
        format!("{field}: headers::read(from, {wire}, {})", header.as_json)
    });
    let mut code = Code::default();
    code.block(&format!("impl From<&http::HeaderMap> for {name}"), |code| {
        let parameters = vec!["from: &http::HeaderMap".to_owned()];
        code.function("fn from", parameters, "Self", |code| {
            code.expression(&Expression::braces("Self", reads.collect()), "");
        });
    });
    page.block(&code.finish());
}
