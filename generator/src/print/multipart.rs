//! The files of a multipart body: the builder's arguments, fields and setters.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use super::printer::{Page, ident, quoted, tokens};
use crate::api::{FileField, PartHeader};
use crate::rust::{Builder, File, FileForm, rust_type};

/// The argument, if there is one, the builder's field, and its initial value.
pub(super) fn parts(file: &File<'_>) -> (Option<String>, String, String) {
    let field = &file.field;
    match (file.declared.required, file.declared.many) {
        (true, false) => (
            Some(format!("{field}: impl Into<FilePart>")),
            format!("{field}: FilePart"),
            format!("{field}: {field}.into()"),
        ),
        (true, true) => {
            (Some(format!("{field}: Vec<FilePart>")), format!("{field}: Vec<FilePart>"), field.to_string())
        }
        (false, false) => (None, format!("{field}: Option<FilePart>"), format!("{field}: None")),
        (false, true) => (None, format!("{field}: Vec<FilePart>"), format!("{field}: Vec::new()")),
    }
}

/// The wire name and the files of `owner`, for `multipart_body`.
pub(super) fn written(file: &File<'_>, owner: &str) -> String {
    let (wire, files) = names_and_files(file, owner);
    format!("({wire}, {files})")
}

/// The wire name, and the files of `owner` as a slice.
pub(super) fn names_and_files(file: &File<'_>, owner: &str) -> (String, String) {
    let field = &file.field;
    let files = match (file.declared.required, file.declared.many) {
        (_, true) => format!("&{owner}.{field}"),
        (true, false) => format!("std::slice::from_ref(&{owner}.{field})"),
        (false, false) => format!("{owner}.{field}.as_slice()"),
    };
    (quoted(&file.declared.wire), files)
}

/// What the documentation of the operation says of the headers of the required files, which have no setters.
pub(super) fn argument_lines(builder: &Builder<'_>) -> Vec<String> {
    let required = builder.files.iter().filter(|file| file.declared.required);
    let with_headers = required.filter(|file| !file.declared.headers.is_empty());
    with_headers.map(|file| format!("- `{}`: {}", file.field, header_lines(file.declared).concat())).collect()
}

/// What the documentation says of the headers of a file's parts.
fn header_lines(file: &FileField) -> Vec<String> {
    let word = |header: &PartHeader| {
        let name = docs::code(&header.wire);
        if header.required { format!("{name} (required)") } else { name }
    };
    let names: Vec<String> = file.headers.iter().map(word).collect();
    if names.is_empty() {
        return Vec::new();
    }
    let text = format!("Headers of its part, set with [`FilePart::header`]: {}.", names.join(", "));
    vec![String::new(), text]
}

/// The structs of multipart bodies with files, where the body has other media types too.
pub(super) fn forms(page: &mut Page, builder: &Builder<'_>) {
    builder.file_forms.iter().for_each(|form| self::form(page, builder, form));
}

fn form(page: &mut Page, builder: &Builder<'_>, form: &FileForm<'_>) {
    let content = form.content;
    let name = ident(&form.name);
    let ty = tokens(&rust_type(&content.ty));
    let doc =
        format!(" The body of {} as {}.", docs::link(builder.operation), docs::code(&content.media_type));
    let mut arguments = Vec::new();
    let mut fields = Vec::new();
    let mut values = Vec::new();
    for file in &form.files {
        let (argument, field, value) = parts(file);
        arguments.extend(argument.as_deref().map(tokens));
        let docs = docs::attributes(&lines(file));
        let field = tokens(&field);
        fields.push(quote! { #docs pub #field });
        values.push(tokens(&value));
    }
    let setters = form.files.iter().filter_map(setter);
    page.items(quote! {
        #[doc = #doc]
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub struct #name {
            /// The body except its files.
            pub values: #ty,
            #(#fields),*
        }

        impl #name {
            /// Creates a body from its values and its required files.
            pub fn new(values: impl Into<#ty>, #(#arguments),*) -> Self {
                Self { values: values.into(), #(#values),* }
            }

            #(#setters)*
        }
    });
}

/// Setters of the optional files.
pub(super) fn setters(page: &mut Page, builder: &Builder<'_>) {
    let name = ident(&builder.operation.type_name);
    let setters: Vec<TokenStream> = builder.files.iter().filter_map(setter).collect();
    if !setters.is_empty() {
        page.items(quote! { impl #name { #(#setters)* } });
    }
}

fn lines(file: &File<'_>) -> Vec<String> {
    let file = file.declared;
    let mut lines = docs::lines(&file.docs, &[]);
    if lines.is_empty() {
        let what = if file.many { "The files" } else { "The file" };
        lines.push(format!("{what} {}.", docs::code(&file.wire)));
    }
    lines.extend(header_lines(file));
    lines
}

fn setter(file: &File<'_>) -> Option<TokenStream> {
    let (field, name) = (ident(&file.field), ident(file.setter.as_ref()?));
    let file = file.declared;
    let mut lines = docs::lines(&file.docs, &[]);
    if lines.is_empty() {
        lines.push(format!("The file {}.", docs::code(&file.wire)));
    }
    if file.many {
        lines.extend([String::new(), "Each call adds a file.".to_owned()]);
    }
    lines.extend(header_lines(file));
    let docs = docs::attributes(&lines);
    let set = if file.many {
        quote! { self.#field.push(file.into()); }
    } else {
        quote! { self.#field = Some(file.into()); }
    };
    Some(quote! {
        #docs
        pub fn #name(mut self, file: impl Into<FilePart>) -> Self {
            #set
            self
        }
    })
}
