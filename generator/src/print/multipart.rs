//! The files of a multipart body: arguments, fields and setters of the builder.

use proc_macro2::TokenStream;
use quote::quote;

use super::printer::{Page, ident, quoted, tokens};
use super::{docs, types};
use crate::api::{BodyContent, FileField, Operation};

/// The files that the operation's body has.
pub(super) fn of(operation: &Operation) -> &[FileField] {
    operation.body.as_ref().map_or(&[], |body| &body.files)
}

/// The argument if there is one, the builder's field, and its first value.
pub(super) fn parts(file: &FileField) -> (Option<String>, String, String) {
    let field = &file.field;
    match (file.required, file.many) {
        (true, false) => (
            Some(format!("{field}: impl Into<FilePart>")),
            format!("{field}: FilePart"),
            format!("{field}: {field}.into()"),
        ),
        (true, true) => {
            (Some(format!("{field}: Vec<FilePart>")), format!("{field}: Vec<FilePart>"), field.clone())
        }
        (false, false) => (None, format!("{field}: Option<FilePart>"), format!("{field}: None")),
        (false, true) => (None, format!("{field}: Vec<FilePart>"), format!("{field}: Vec::new()")),
    }
}

/// The wire name and the files of `owner`, for `multipart_body`.
pub(super) fn written(file: &FileField, owner: &str) -> String {
    let (wire, field) = (quoted(&file.wire), &file.field);
    match (file.required, file.many) {
        (_, true) => format!("({wire}, &{owner}.{field})"),
        (true, false) => format!("({wire}, std::slice::from_ref(&{owner}.{field}))"),
        (false, false) => format!("({wire}, {owner}.{field}.as_slice())"),
    }
}

/// The struct of a multipart body with files that stands beside other media types.
pub(super) fn form_name(operation: &Operation, content: &BodyContent) -> String {
    format!("{}{}", operation.type_name, content.variant)
}

/// These structs.
pub(super) fn forms(page: &mut Page, operation: &Operation) {
    let contents = operation.body.iter().flat_map(|body| &body.content);
    for content in contents.filter(|content| !content.files.is_empty()) {
        form(page, operation, content);
    }
}

fn form(page: &mut Page, operation: &Operation, content: &BodyContent) {
    let name = ident(&form_name(operation, content));
    let ty = tokens(&types::rust(&content.ty));
    let doc = format!(" The body of {} as {}.", docs::link(operation), docs::code(&content.media_type));
    let mut arguments = Vec::new();
    let mut fields = Vec::new();
    let mut values = Vec::new();
    for file in &content.files {
        let (argument, field, value) = parts(file);
        arguments.extend(argument.as_deref().map(tokens));
        let docs = docs::attributes(&lines(file));
        let field = tokens(&field);
        fields.push(quote! { #docs pub #field });
        values.push(tokens(&value));
    }
    let setters = content.files.iter().filter(|file| !file.required);
    let setters = setters.map(|file| setter(file, &format!("with_{}", file.field.trim_start_matches("r#"))));
    page.items(quote! {
        #[doc = #doc]
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub struct #name {
            /// All but the files.
            pub values: #ty,
            #(#fields),*
        }

        impl #name {
            /// A body with what must be there.
            pub fn new(values: impl Into<#ty>, #(#arguments),*) -> Self {
                Self { values: values.into(), #(#values),* }
            }

            #(#setters)*
        }
    });
}

/// Setters of the files that needn't be given.
pub(super) fn setters(page: &mut Page, operation: &Operation) {
    let builder = ident(&operation.type_name);
    let setters: Vec<TokenStream> =
        of(operation).iter().filter(|file| !file.required).map(|file| setter(file, &file.field)).collect();
    if !setters.is_empty() {
        page.items(quote! { impl #builder { #(#setters)* } });
    }
}

fn lines(file: &FileField) -> Vec<String> {
    let mut lines = docs::lines(&file.docs, &[]);
    if lines.is_empty() {
        let what = if file.many { "The files" } else { "The file" };
        lines.push(format!("{what} {}.", docs::code(&file.wire)));
    }
    lines
}

fn setter(file: &FileField, name: &str) -> TokenStream {
    let (field, name) = (ident(&file.field), ident(name));
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
        pub fn #name(mut self, file: impl Into<FilePart>) -> Self {
            #set
            self
        }
    }
}
