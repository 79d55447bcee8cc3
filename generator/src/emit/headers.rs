//! The headers that an operation's responses declare, as a struct.

use quote::quote;

use super::layout::{Page, ident, tokens};
use super::{docs, types};
use crate::api::{Operation, Parameter, TypeRef};

/// The declared headers of all responses, each once; one that has several types is a text.
fn declared(operation: &Operation) -> Vec<(&Parameter, TypeRef)> {
    let mut found: Vec<(&Parameter, TypeRef)> = Vec::new();
    let replies = operation.successes.iter().chain(&operation.failures);
    for header in replies.flat_map(|reply| &reply.headers) {
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

pub(super) fn page(page: &mut Page, operation: &Operation) {
    let headers = declared(operation);
    if headers.is_empty() {
        return;
    }
    let name = ident(&format!("{}Headers", operation.type_name));
    let doc = format!(" The headers that a response to {} can have.", docs::link(operation));
    let fields = headers.iter().map(|(header, ty)| {
        let mut lines = docs::lines(&header.docs, &[]);
        if lines.is_empty() {
            lines.push(format!("The header {}.", docs::code(&header.wire)));
        }
        let (docs, field, ty) = (docs::attributes(&lines), ident(&header.field), tokens(&types::rust(ty)));
        quote! { #docs pub #field: Option<#ty> }
    });
    let reads = headers.iter().map(|(header, _)| {
        let (field, wire, as_json) = (ident(&header.field), header.wire.to_ascii_lowercase(), header.as_json);
        quote! { #field: headers::read(from, #wire, #as_json) }
    });
    page.items(quote! {
        #[doc = #doc]
        ///
        /// One that isn't there, or isn't of its type, is `None`.
        #[derive(Clone, Debug, Default, PartialEq)]
        #[non_exhaustive]
        pub struct #name {
            #(#fields),*
        }

        impl From<&http::HeaderMap> for #name {
            fn from(from: &http::HeaderMap) -> Self {
                Self { #(#reads),* }
            }
        }
    });
}
