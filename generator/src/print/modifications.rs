//! Safe partial updates: the function, and the pair of operations that it stands for.

use proc_macro2::TokenStream;
use quote::quote;

use super::operations::BodyForm;
use super::printer::{Page, ident, tokens};
use super::{Index, docs, examples, types};
use crate::api::{Modification, Operation, Parameter, TypeRef};

/// The modification that the operation is the write of.
pub(super) fn page(page: &mut Page, operation: &Operation, form: &BodyForm<'_>, index: &Index<'_>) {
    let Some(modification) = &operation.modification else { return };
    let example = examples::modification(operation, form, index, &modification.name);
    page.items(function(operation, modification, example));
    page.items(pair(operation, modification, form, index));
}

fn required(operation: &Operation) -> impl Iterator<Item = &Parameter> {
    operation.parameters.iter().filter(|parameter| parameter.required)
}

fn function(operation: &Operation, modification: &Modification, example: Vec<String>) -> TokenStream {
    let (name, pair) = (ident(&modification.name), ident(&modification.type_name));
    let body = ident(&modification.body);
    let docs = docs::attributes(&docs::with_example(lines(operation, modification), example));
    let fields = required(operation).map(|parameter| {
        let (field, ty) = (ident(&parameter.field), tokens(&types::rust(&parameter.ty)));
        quote! { #field: #ty }
    });
    let arguments = required(operation).map(|parameter| {
        let (field, ty) = (ident(&parameter.field), tokens(&types::rust(&parameter.ty)));
        quote! { #field: impl Into<#ty> }
    });
    let values = required(operation).map(|parameter| {
        let field = ident(&parameter.field);
        quote! { #field: #field.into() }
    });
    let deprecated = operation.deprecated.then(|| quote! { #[deprecated] });
    let doc = format!(" What [`{}()`] reads and writes.", modification.name.trim_start_matches("r#"));
    quote! {
        #docs
        #deprecated
        pub fn #name<C>(#(#arguments,)* change: C) -> modify::Modify<#pair, C>
        where
            C: FnOnce(&mut #body),
        {
            modify::Modify::new(#pair { #(#values),* }, change)
        }

        #[doc = #doc]
        #[derive(Clone, Debug)]
        pub struct #pair {
            #(#fields),*
        }
    }
}

fn lines(operation: &Operation, modification: &Modification) -> Vec<String> {
    let list = |wires: &mut dyn Iterator<Item = &String>| {
        wires.map(|wire| docs::code(wire)).collect::<Vec<_>>().join(", ")
    };
    let mut lines = vec![
        format!(
            "Reads with [`{}()`]({}), lets `change` change it, and sends with {} what is different.",
            modification.read_name.trim_start_matches("r#"),
            read_path(modification),
            docs::link(operation)
        ),
        String::new(),
        "Nothing is sent if nothing is different, or if somebody else has changed it in the meantime."
            .to_owned(),
    ];
    if !modification.replaced.is_empty() {
        let names = list(&mut modification.replaced.iter().map(|(wire, _)| wire));
        lines.push(format!(
            "Sent complete, since it is replaced as a whole, and never if it wasn't among what was read: {names}."
        ));
    }
    if !modification.kept.is_empty() {
        lines.push(format!("Sent along with any change: {}.", list(&mut modification.kept.iter())));
    }
    lines
}

fn read_path(modification: &Modification) -> String {
    let group: String = modification.read_group.iter().map(|part| format!("{part}::")).collect();
    format!("crate::operations::{group}{}", modification.read_name)
}

fn pair(
    operation: &Operation,
    modification: &Modification,
    form: &BodyForm<'_>,
    index: &Index<'_>,
) -> TokenStream {
    let (pair, builder) = (ident(&modification.type_name), ident(&operation.type_name));
    let body = ident(&modification.body);
    let group: String = modification.read_group.iter().map(|part| format!("{part}::")).collect();
    let read = tokens(&format!("crate::operations::{group}{}", modification.read_type));
    let start = tokens(&read_path(modification));
    let value = |parameter: &Parameter| {
        let field = ident(&parameter.field);
        match index.behind_aliases(&parameter.ty, 0) {
            TypeRef::Boolean | TypeRef::Int32 | TypeRef::Int64 | TypeRef::UInt64 => quote! { self.#field },
            _ => quote! { self.#field.clone() },
        }
    };
    let arguments = modification.read_arguments.iter().filter_map(|field| {
        operation.parameters.iter().find(|parameter| parameter.field == *field).map(value)
    });
    let mut fields: Vec<TokenStream> = Vec::new();
    for parameter in &operation.parameters {
        let field = ident(&parameter.field);
        let value = if parameter.required {
            value(parameter)
        } else {
            quote! { None }
        };
        fields.push(quote! { #field: #value });
    }
    let content = operation.body.iter().flat_map(|body| &body.content);
    let nullable = content.into_iter().any(|content| matches!(content.ty, TypeRef::Nullable(_)));
    let optional = !matches!(form, BodyForm::Single { required: true, .. });
    fields.push(match (optional, nullable) {
        (false, false) => quote! { body },
        (true, true) => quote! { body: Some(Some(body)) },
        _ => quote! { body: Some(body) },
    });
    if super::operations::content_choices(form).len() > 1 {
        fields.push(quote! { encoding: 0 });
    }
    let replaced = modification.replaced.iter().map(|(wire, needs)| match needs {
        Some(needs) => quote! { (#wire, Some(#needs)) },
        None => quote! { (#wire, None) },
    });
    let (merged, kept) = (&modification.merged, &modification.kept);
    quote! {
        impl modify::Modification for #pair {
            type Read = #read;
            type Write = #builder;
            type Body = #body;

            const PROPERTIES: modify::Properties = modify::Properties {
                replaced: &[#(#replaced),*],
                merged: &[#(#merged),*],
                kept: &[#(#kept),*],
            };

            fn read(&self) -> Self::Read {
                #start(#(#arguments),*)
            }

            fn write(&self, body: Self::Body) -> Self::Write {
                #builder { #(#fields),* }
            }
        }
    }
}
