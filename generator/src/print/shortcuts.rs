//! Shortcuts: functions that start an operation for one alternative of a property of its body.
//!
//! ```ignore
//! pub struct CreateWith<T> { operation: Create, wrap: fn(Box<T>) -> Settings }
//!
//! fn create_with(title: impl Into<String>, tag: &str) -> Create { ... }
//!
//! shortcuts! { CreateWith for Create(NewAlarm), settings: optional settings in Settings { muted: ...; }
//!     create_with(title: impl Into<String>) { create_mail(Mail): Mail, "mail"; } }
//! ```

use proc_macro2::TokenStream;
use quote::quote;

use super::printer::{Page, gate, ident, quoted, tokens};
use super::{docs, models};
use crate::api::Presence;
use crate::rust::{BodyForm, Builder, Markers, Shortcuts, payload, rust_type};

/// The functions and their builder.
pub(super) fn page(page: &mut Page, builder: &Builder<'_>) {
    let (Some(shortcuts), BodyForm::Single { ty, .. }) = (&builder.shortcuts, &builder.form) else { return };
    let operation = builder.operation;
    let (name, union) = (ident(&shortcuts.builder), ident(&shortcuts.union));
    let type_name = ident(&operation.type_name);
    let payload = ident(&shortcuts.payload);
    let doc = format!(
        " Builds the request of {}, with a `{}` as its {}.",
        docs::link(operation),
        shortcuts.payload,
        docs::code(&shortcuts.property.wire)
    );
    let gate = gate(shortcuts.gate());
    let attribute = tokens(&gate);
    let start = start(builder, shortcuts, ty);
    page.items(quote! {
        #[doc = #doc]
        #[derive(Clone, Debug)]
        #[must_use = "nothing is sent until `send` is called"]
        #attribute
        pub struct #name<#payload> {
            operation: #type_name,
            wrap: fn(Box<#payload>) -> #union,
        }

        #attribute
        #start
    });
    page.block(&format!("{gate}{}", table(builder, shortcuts, ty)));
}

/// The function that makes the operation from the required values and the tag.
fn start(builder: &Builder<'_>, shortcuts: &Shortcuts<'_>, ty: &str) -> TokenStream {
    let operation = builder.operation;
    let (ty, function, type_name) = (tokens(ty), ident(&operation.name), ident(&operation.type_name));
    let (helper, tag) = (ident(&shortcuts.helper), ident(&shortcuts.tag_argument));
    let mut markers = Markers::default();
    let each = shortcuts.arguments.iter().map(|(name, passed)| {
        let (name, ty) = (ident(name), tokens(&passed.ty(&mut markers)));
        quote! { #name: #ty }
    });
    let each: Vec<TokenStream> = each.collect();
    let markers = markers.parameters().into_iter().map(|marker| tokens(&marker));
    let parameters: Vec<TokenStream> =
        builder.required_parameters().map(|parameter| ident(&parameter.field)).collect();
    let own = builder
        .form
        .required()
        .map(|(property, name)| if property.wire == shortcuts.tag.wire { tag.clone() } else { ident(name) });
    let own: Vec<TokenStream> = own.collect();
    let is_required = builder.form.declared().is_some_and(|body| body.required);
    let made = match (is_required, builder.form.has_own_arguments()) {
        (true, true) => quote! { #function(#(#parameters,)* #(#own),*) },
        (true, false) => quote! { #function(#(#parameters,)* #ty::new(#(#own),*)) },
        (false, _) => quote! { #function(#(#parameters),*).body(#ty::new(#(#own),*)) },
    };
    quote! {
        #[inline]
        fn #helper<#(#markers),*>(#(#each,)* #tag: &str) -> #type_name {
            #made
        }
    }
}

fn table(builder: &Builder<'_>, shortcuts: &Shortcuts<'_>, ty: &str) -> String {
    let owner = (!ty.contains('<')).then_some(ty);
    let setters: String = shortcuts
        .setters
        .iter()
        .map(|setter| models::setter_row(setter, owner))
        .flat_map(|row| row.lines().map(|line| format!("        {line}\n")).collect::<Vec<_>>())
        .collect();
    let rows: String = shortcuts
        .functions
        .iter()
        .map(|shortcut| {
            let variant = shortcut.variant;
            let ty = payload(variant);
            let tag = variant.tags.first().map(|tag| quoted(tag)).unwrap_or_default();
            let gate = gate(&variant.feature).replace('\n', "\n        ");
            format!("        {gate}{}({}): {}, {tag};\n", shortcut.name, rust_type(ty), variant.variant)
        })
        .collect();
    let presence = if shortcuts.property.presence == Presence::Patch { "patch" } else { "optional" };
    let mut markers = Markers::default();
    let arguments = shortcuts.arguments.iter();
    let arguments: Vec<String> =
        arguments.map(|(name, passed)| format!("{name}: {}", passed.ty(&mut markers))).collect();
    let markers = markers.parameters().join(", ");
    let markers = if markers.is_empty() { markers } else { format!("; {markers}") };
    format!(
        "shortcuts! {{\n    {name} for {operation}({ty}), {field}: {presence} {setter} in {union} {{\n{setters}    }}\n    \
         {helper}({arguments}{markers}) {{\n{rows}    }}\n}}\n",
        name = shortcuts.builder,
        operation = builder.operation.type_name,
        field = shortcuts.property.field,
        setter = shortcuts.setter,
        union = shortcuts.union,
        helper = shortcuts.helper,
        arguments = arguments.join(", "),
    )
}
