//! Safe partial updates: the function, and the pair of operations behind it.

use proc_macro2::TokenStream;
use quote::quote;

use super::printer::{Page, ident, tokens};
use super::{docs, examples};
use crate::api::{Operation, Parameter};
use crate::rust::{Builder, Crate, Holder, ModificationNames, item_path, rust_type};

/// The modification whose write is this operation.
pub(super) fn page(page: &mut Page, builder: &Builder<'_>, krate: &Crate<'_>) {
    let Some(names) = &builder.modification else { return };
    let Some(read) = krate.index.operation(&names.modification.read) else { return };
    let example = examples::modification(builder, krate, &names.function);
    page.items(function(builder, names, read, example));
    page.items(pair(builder, names, read, krate));
}

fn required(operation: &Operation) -> impl Iterator<Item = &Parameter> {
    operation.parameters.iter().filter(|parameter| parameter.required)
}

fn function(
    builder: &Builder<'_>,
    names: &ModificationNames<'_>,
    read: &Operation,
    example: Vec<String>,
) -> TokenStream {
    let operation = builder.operation;
    let (name, pair) = (ident(&names.function), ident(&names.pair));
    let (body, change) = (ident(&names.modification.body), ident(&names.change));
    let closure = ident(&names.closure);
    let docs = docs::attributes(&docs::with_example(lines(operation, names, read), example));
    let fields = required(operation).map(|parameter| {
        let (field, ty) = (ident(&parameter.field), tokens(&rust_type(&parameter.ty)));
        quote! { #field: #ty }
    });
    let arguments = required(operation).map(|parameter| {
        let (field, ty) = (ident(&parameter.field), tokens(&rust_type(&parameter.ty)));
        quote! { #field: impl Into<#ty> }
    });
    let values = required(operation).map(|parameter| {
        let field = ident(&parameter.field);
        quote! { #field: #field.into() }
    });
    let deprecated = operation.deprecated.then(|| quote! { #[deprecated] });
    let doc = format!(" The operations that [`{}()`] reads and writes with.", names.function.bare());
    quote! {
        #docs
        #deprecated
        pub fn #name<#closure>(#(#arguments,)* #change: #closure) -> modify::Modify<#pair, #closure>
        where
            #closure: FnOnce(&mut #body),
        {
            modify::Modify::new(#pair { #(#values),* }, #change)
        }

        #[doc = #doc]
        #[derive(Clone, Debug)]
        pub struct #pair {
            #(#fields),*
        }
    }
}

fn lines(operation: &Operation, names: &ModificationNames<'_>, read: &Operation) -> Vec<String> {
    let modification = names.modification;
    let list = |wires: &mut dyn Iterator<Item = &String>| {
        wires.map(|wire| docs::code(wire)).collect::<Vec<_>>().join(", ")
    };
    let mut lines = vec![
        format!(
            "Reads with [`{}()`]({}), applies `{}`, and sends the differences with {}.",
            read.name.bare(),
            item_path(read, &read.name),
            names.change,
            docs::link(operation)
        ),
        String::new(),
        "Sends nothing if nothing is different, or if somebody else has made a change in the meantime."
            .to_owned(),
    ];
    if !modification.replaced.is_empty() {
        let names = list(&mut modification.replaced.iter().map(|(wire, _)| wire));
        lines.push(format!(
            "Replaced as a whole, and so sent in full, but never if it was missing from what was read: {names}."
        ));
    }
    if !modification.kept.is_empty() {
        lines.push(format!("Sent with every change: {}.", list(&mut modification.kept.iter())));
    }
    lines
}

fn pair(
    builder: &Builder<'_>,
    names: &ModificationNames<'_>,
    read_operation: &Operation,
    krate: &Crate<'_>,
) -> TokenStream {
    let (operation, modification) = (builder.operation, names.modification);
    let (pair, type_name) = (ident(&names.pair), ident(&operation.type_name));
    let body = ident(&modification.body);
    let read = tokens(&item_path(read_operation, &read_operation.type_name));
    let start = tokens(&item_path(read_operation, &read_operation.name));
    let value = |parameter: &Parameter| {
        let field = ident(&parameter.field);
        if krate.index.behind_aliases(&parameter.ty).is_copy() {
            quote! { self.#field }
        } else {
            quote! { self.#field.clone() }
        }
    };
    let arguments = modification.read_arguments.iter();
    let arguments = arguments.filter_map(|index| operation.parameters.get(*index).map(value));
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
    fields.push(match builder.form.holder() {
        Holder::None => quote! { body },
        Holder::Option => quote! { body: Some(body) },
        Holder::Patch => quote! { body: Patch::Value(body) },
    });
    if !builder.choosers.is_empty() {
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
            type Write = #type_name;
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
                #type_name { #(#fields),* }
            }
        }
    }
}
