//! Safe partial updates: the function, and the pair of operations behind it.

use proc_macro2::TokenStream;
use quote::quote;

use super::printer::{Page, ident, tokens};
use super::{docs, examples};
use crate::api::{Operation, Parameter};
use crate::rust::{Builder, Crate, Holder, Markers, ModificationNames, Passed, item_path, rust_type};

/// The modification whose write is this operation.
pub(super) fn page(page: &mut Page, builder: &Builder<'_>, krate: &Crate<'_>) {
    let Some(names) = &builder.modification else { return };
    let Some(read) = krate.index.operation(&names.modification.read) else { return };
    let example = examples::modification(builder, krate, &names.function);
    page.items(function(builder, names, read, example, krate));
    page.items(pair(builder, names, read, krate));
}

fn function(
    builder: &Builder<'_>,
    names: &ModificationNames<'_>,
    read: &Operation,
    example: Vec<String>,
    krate: &Crate<'_>,
) -> TokenStream {
    let operation = builder.operation;
    let (name, pair) = (ident(&names.function), ident(&names.pair));
    let (body, change) = (ident(&names.modification.body), ident(&names.change));
    let (closure, outcome) = (ident(&names.closure), ident(&names.outcome));
    let docs = docs::attributes(&docs::with_example(lines(operation, names, read), example));
    let fields = names.parameters(operation).map(|parameter| {
        let (field, ty) = (ident(&parameter.field), tokens(&rust_type(&parameter.ty)));
        quote! { #field: #ty }
    });
    let mut markers = Markers::default();
    let passed = names.parameters(operation).map(|parameter| {
        let passed = Passed::new(&parameter.ty, &krate.index);
        let (field, ty) = (ident(&parameter.field), tokens(&passed.ty(&mut markers)));
        let value = tokens(&passed.value(&parameter.field));
        (quote! { #field: #ty }, quote! { #field: #value })
    });
    let (arguments, values): (Vec<TokenStream>, Vec<TokenStream>) = passed.unzip();
    let markers = markers.parameters().into_iter().map(|marker| tokens(&marker));
    let deprecated = operation.deprecated.then(|| quote! { #[deprecated] });
    let doc = format!(" The operations that [`{}()`] reads and writes with.", names.function.bare());
    quote! {
        #docs
        #deprecated
        pub fn #name<#closure, #outcome #(, #markers)*>(#(#arguments,)* #change: #closure) -> modify::Modify<#pair, #closure>
        where
            #closure: FnMut(&mut #body) -> #outcome,
            #outcome: modify::Changed,
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
        format!("`{}` may return a `Result`: an error of it is returned, and nothing is sent.", names.change),
        String::new(),
        if modification.if_match.is_some() {
            "Sends nothing if nothing is different. If somebody else has made a change in the meantime, the service \
             refuses the write by its `If-Match`, and the change is applied again to what is there now."
        } else {
            "Sends nothing if nothing is different, or if a second read shows that somebody else has made a change. \
             A change between that read and the write goes unnoticed."
        }
        .to_owned(),
    ];
    if !modification.replaced.is_empty() {
        let names = list(&mut modification.replaced.iter().map(|(wire, _)| wire));
        lines.push(format!(
            "Replaced as a whole, and so sent in full, but never if it was missing from what was read: {names}."
        ));
    }
    if !modification.unread.is_empty() {
        lines.push(format!(
            "Not in the response that is read, and so sent only if `{}` sets it: {}.",
            names.change,
            list(&mut modification.unread.iter())
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
    for (index, parameter) in operation.parameters.iter().enumerate() {
        let field = ident(&parameter.field);
        let value = match (modification.if_match == Some(index), parameter.required) {
            // The resource must be there, at least.
            (true, true) => quote! { tag.unwrap_or("*").to_owned() },
            (true, false) => quote! { tag.map(str::to_owned) },
            (false, true) => value(parameter),
            (false, false) => quote! { None },
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
    let (conditional, tag) = match modification.if_match {
        Some(_) => (Some(quote! { const CONDITIONAL: bool = true; }), quote! { tag }),
        None => (None, quote! { _ }),
    };
    quote! {
        impl modify::Modification for #pair {
            type Read = #read;
            type Write = #type_name;
            type Body = #body;

            #conditional
            const PROPERTIES: modify::Properties = modify::Properties {
                replaced: &[#(#replaced),*],
                merged: &[#(#merged),*],
                kept: &[#(#kept),*],
            };

            #[inline]
            fn read(&self) -> Self::Read {
                #start(#(#arguments),*)
            }

            #[inline]
            fn write(&self, body: Self::Body, #tag: Option<&str>) -> Self::Write {
                #type_name { #(#fields),* }
            }
        }
    }
}
