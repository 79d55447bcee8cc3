//! The files of a multipart body: arguments, fields and setters of the builder.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use super::layout::{Page, ident};
use crate::api::{FileField, Operation};

/// The files that the operation's body has.
pub(super) fn of(operation: &Operation) -> &[FileField] {
    operation.body.as_ref().map_or(&[], |body| &body.files)
}

/// The argument if there is one, the builder's field, and its first value.
pub(super) fn parts(file: &FileField) -> (Option<TokenStream>, String, TokenStream) {
    let field = ident(&file.field);
    match (file.required, file.many) {
        (true, false) => (
            Some(quote! { #field: impl Into<FilePart> }),
            format!("{}: FilePart", file.field),
            quote! { #field: #field.into() },
        ),
        (true, true) => (
            Some(quote! { #field: Vec<FilePart> }),
            format!("{}: Vec<FilePart>", file.field),
            quote! { #field },
        ),
        (false, false) => (None, format!("{}: Option<FilePart>", file.field), quote! { #field: None }),
        (false, true) => (None, format!("{}: Vec<FilePart>", file.field), quote! { #field: Vec::new() }),
    }
}

/// The wire name and the files, for `multipart_body`.
pub(super) fn written(file: &FileField) -> TokenStream {
    let (wire, field) = (&file.wire, ident(&file.field));
    match (file.required, file.many) {
        (_, true) => quote! { (#wire, &self.#field) },
        (true, false) => quote! { (#wire, std::slice::from_ref(&self.#field)) },
        (false, false) => quote! { (#wire, self.#field.as_slice()) },
    }
}

/// Setters of the files that needn't be given.
pub(super) fn setters(page: &mut Page, operation: &Operation) {
    let builder = ident(&operation.type_name);
    let setters: Vec<TokenStream> = of(operation).iter().filter(|file| !file.required).map(setter).collect();
    if !setters.is_empty() {
        page.items(quote! { impl #builder { #(#setters)* } });
    }
}

fn setter(file: &FileField) -> TokenStream {
    let field = ident(&file.field);
    let mut lines = docs::lines(&file.docs, &[]);
    if lines.is_empty() {
        let what = if file.many { "Adds a file" } else { "Sets the file" };
        lines.push(format!("{what} {}.", docs::code(&file.wire)));
    }
    let docs = docs::attributes(&lines);
    let set = if file.many {
        quote! { self.#field.push(file.into()); }
    } else {
        quote! { self.#field = Some(file.into()); }
    };
    quote! {
        #docs
        pub fn #field(mut self, file: impl Into<FilePart>) -> Self {
            #set
            self
        }
    }
}
