//! How a builder writes its request.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::layout::{ident, tokens};
use super::operations::{BodyForm, content_choices};
use super::{files, types};
use crate::api::{
    BodyContent, BodyEncoding, FileField, Location, Operation, Parameter, PathPiece, PropertyEncoding, Style,
};

pub(super) fn writes(operation: &Operation, form: &BodyForm<'_>) -> TokenStream {
    let mut writes = TokenStream::new();
    for piece in &operation.path_pieces {
        writes.extend(match piece {
            PathPiece::Literal(text) => quote! { request.path(#text); },
            PathPiece::Parameter(index) => match operation.parameters.get(*index) {
                Some(parameter) => write_parameter(parameter),
                None => TokenStream::new(),
            },
        });
    }
    let others = operation.parameters.iter().filter(|parameter| parameter.location != Location::Path);
    writes.extend(others.map(write_parameter));
    if let Some(accepted) = accepted(operation) {
        writes.extend(quote! { request.accept(#accepted); });
    }
    let several = content_choices(form).len() > 1;
    match form {
        BodyForm::None => {}
        BodyForm::Single { body, required, .. } => {
            let bound = match (*required, body.files.is_empty()) {
                (true, true) => quote! { &self.body },
                (true, false) => quote! { Some(&self.body) },
                (false, true) => quote! { body },
                (false, false) => quote! { self.body.as_ref() },
            };
            let write = if several {
                let arms = body.content.iter().enumerate().skip(1).map(|(index, content)| {
                    let index = proc_macro2::Literal::u8_unsuffixed(u8::try_from(index).unwrap_or(0));
                    let write = write_body(content, &bound, &body.files);
                    quote! { #index => { #write } }
                });
                let first = write_body(&body.content[0], &bound, &body.files);
                quote! { match self.encoding { #(#arms)* _ => { #first } } }
            } else {
                write_body(&body.content[0], &bound, &body.files)
            };
            writes.extend(if *required || !body.files.is_empty() {
                write
            } else {
                quote! { if let Some(body) = &self.body { #write } }
            });
        }
        BodyForm::Several { body, ty } => {
            let ty = tokens(ty);
            let arms = body.content.iter().map(|content| {
                let variant = ident(&content.variant);
                let write = write_content(content);
                quote! { #ty::#variant(body) => { #write } }
            });
            let arms = quote! { #(#arms)* };
            writes.extend(if body.required {
                quote! { match &self.body { #arms } }
            } else {
                quote! { if let Some(body) = &self.body { match body { #arms } } }
            });
        }
    }
    writes
}

/// The media types that can be read, if the server could choose another one.
fn accepted(operation: &Operation) -> Option<String> {
    let replies = operation.successes.iter().chain(&operation.failures);
    let contents = || replies.clone().filter_map(|reply| reply.content.as_ref());
    if contents().all(|content| content.others.is_empty()) {
        return None;
    }
    let mut accepted: Vec<&str> = Vec::new();
    for content in contents() {
        if !accepted.contains(&&*content.media_type) {
            accepted.push(&content.media_type);
        }
    }
    Some(accepted.join(", "))
}

fn write_parameter(parameter: &Parameter) -> TokenStream {
    let (wire, field) = (&parameter.wire, ident(&parameter.field));
    let rules = tokens(&format!("&[{}]", types::rules(&parameter.rules)));
    let (style, explode, reserved) = (style(parameter.style), parameter.explode, parameter.allow_reserved);
    let value = if parameter.required {
        quote! { Some(&self.#field) }
    } else {
        quote! { self.#field.as_ref() }
    };
    match parameter.location {
        Location::Path => quote! { request.path_parameter(#wire, &self.#field, #style, #explode, #rules)?; },
        Location::Query if parameter.as_json => quote! { request.query_json(#wire, #value, #rules)?; },
        Location::Query => quote! { request.query(#wire, #value, #style, #explode, #reserved, #rules)?; },
        Location::Header => quote! { request.header(#wire, #value, #explode, #rules)?; },
        Location::Cookie => quote! { request.cookie(#wire, #value, #explode, #rules)?; },
    }
}

fn style(style: Style) -> TokenStream {
    let name = format_ident!("{}", format!("{style:?}"));
    quote! { Style::#name }
}

fn write_body(content: &BodyContent, value: &TokenStream, files: &[FileField]) -> TokenStream {
    let media_type = &content.media_type;
    let rules = tokens(&format!("&[{}]", types::rules(&content.rules)));
    match &content.encoding {
        BodyEncoding::Json => quote! { request.json_body(#media_type, #value, #rules)?; },
        BodyEncoding::Form(encodings) => {
            let encodings = property_encodings(encodings);
            quote! { request.form_body(#media_type, #value, &[#encodings], #rules)?; }
        }
        BodyEncoding::Multipart(encodings) => {
            let encodings = property_encodings(encodings);
            let value = if files.is_empty() {
                quote! { Some(#value) }
            } else {
                value.clone()
            };
            let files = files.iter().map(|file| files::written(file, &quote! { self }));
            quote! { request.multipart_body(#media_type, #value, &[#encodings], &[#(#files),*], #rules)?; }
        }
        BodyEncoding::Text => quote! { request.text_body(#media_type, #value); },
        BodyEncoding::Bytes => quote! { request.bytes_body(#media_type, #value); },
    }
}

/// Writes `body`, what a variant of the body enum holds.
fn write_content(content: &BodyContent) -> TokenStream {
    let body = quote! { body };
    let BodyEncoding::Multipart(encodings) = &content.encoding else {
        return write_body(content, &body, &[]);
    };
    if content.files.is_empty() {
        return write_body(content, &body, &[]);
    }
    let (media_type, encodings) = (&content.media_type, property_encodings(encodings));
    let rules = tokens(&format!("&[{}]", types::rules(&content.rules)));
    let files = content.files.iter().map(|file| files::written(file, &body));
    quote! {
        request.multipart_body(#media_type, Some(&body.values), &[#encodings], &[#(#files),*], #rules)?;
    }
}

fn property_encodings(encodings: &[PropertyEncoding]) -> TokenStream {
    let each = encodings.iter().map(|encoding| {
        let (wire, style, explode) = (&encoding.wire, style(encoding.style), encoding.explode);
        let reserved = encoding.allow_reserved;
        let content_type = match &encoding.content_type {
            Some(content_type) => quote! { Some(#content_type) },
            None => quote! { None },
        };
        quote! {
            PropertyEncoding {
                wire: #wire, content_type: #content_type, style: #style, explode: #explode, allow_reserved: #reserved
            }
        }
    });
    quote! { #(#each),* }
}
