//! Starts of an operation for one alternative of a property of its body.
//!
//! ```ignore
//! pub struct CreateWith<T> { operation: Create, wrap: fn(Box<T>) -> Settings }
//!
//! fn create_with(title: String, tag: &str) -> Create { ... }
//!
//! starts! { CreateWith for Create(NewAlarm), settings: optional settings in Settings { muted: ...; }
//!     create_with(title: String) { create_mail(Mail): Mail, "mail"; } }
//! ```

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::operations::BodyForm;
use super::printer::{Page, gate, ident, quoted, tokens};
use super::{docs, models, types};
use crate::api::{Operation, Presence, Property, Starts, TypeRef};

/// The functions and their builder.
pub(super) fn page(page: &mut Page, operation: &Operation, form: &BodyForm<'_>) {
    let (Some(starts), BodyForm::Single { properties, ty, .. }) = (&operation.starts, form) else { return };
    let find = |wire: &str| properties.iter().find(|(property, _)| property.wire == wire);
    let (Some((property, setter)), Some((tag, _))) = (find(&starts.property), find(&starts.tag)) else {
        return;
    };
    let (name, union, builder) =
        (ident(&starts.type_name), ident(&starts.union), ident(&operation.type_name));
    let doc = format!(" Builder of {} whose `{}` are `T`.", docs::link(operation), property.wire);
    let arguments = arguments(operation, properties, tag);
    let start = start(operation, form, properties, tag, &arguments);
    let gate = gate(any_start(starts));
    let attribute = tokens(&gate);
    page.items(quote! {
        #[doc = #doc]
        #[derive(Clone, Debug)]
        #[must_use = "nothing is sent until `send` is called"]
        #attribute
        pub struct #name<T> {
            operation: #builder,
            wrap: fn(Box<T>) -> #union,
        }

        #attribute
        #start
    });
    let table = table(operation, starts, ty, properties, property, setter, &arguments);
    page.block(&format!("{gate}{table}"));
}

/// The features with any of which there is a start; none if there always is.
fn any_start(starts: &Starts) -> BTreeSet<&String> {
    let features: Option<BTreeSet<&String>> =
        starts.starts.iter().map(|start| start.variant.feature.as_ref()).collect();
    features.unwrap_or_default()
}

/// Name and type of each value that a start asks for: what must be given, without the tag.
fn arguments(
    operation: &Operation,
    properties: &[(&Property, &str)],
    tag: &Property,
) -> Vec<(String, String)> {
    let parameters = operation.parameters.iter().filter(|parameter| parameter.required);
    let own = properties
        .iter()
        .filter(|(property, _)| property.presence == Presence::Required && property.wire != tag.wire);
    parameters
        .map(|parameter| (parameter.field.clone(), types::rust(&parameter.ty)))
        .chain(own.map(|(property, name)| ((*name).to_owned(), types::rust(&property.ty))))
        .collect()
}

fn helper(operation: &Operation) -> TokenStream {
    let name = format_ident!("{}_with", operation.name.trim_start_matches("r#"));
    quote! { #name }
}

/// The function that makes the operation from these values and the tag.
fn start(
    operation: &Operation,
    form: &BodyForm<'_>,
    properties: &[(&Property, &str)],
    tag: &Property,
    arguments: &[(String, String)],
) -> TokenStream {
    let BodyForm::Single { ty, required, own_arguments, .. } = form else { return TokenStream::new() };
    let (ty, function, builder) = (tokens(ty), ident(&operation.name), ident(&operation.type_name));
    let helper = helper(operation);
    let each = arguments.iter().map(|(name, ty)| {
        let (name, ty) = (ident(name), tokens(ty));
        quote! { #name: #ty }
    });
    let parameters = operation.parameters.iter().filter(|parameter| parameter.required);
    let parameters: Vec<TokenStream> = parameters.map(|parameter| ident(&parameter.field)).collect();
    let own: Vec<TokenStream> = properties
        .iter()
        .filter(|(property, _)| property.presence == Presence::Required)
        .map(|(property, name)| {
            if property.wire == tag.wire {
                quote! { tag }
            } else {
                ident(name)
            }
        })
        .collect();
    let made = match (*required, *own_arguments) {
        (true, true) => quote! { #function(#(#parameters,)* #(#own),*) },
        (true, false) => quote! { #function(#(#parameters,)* #ty::new(#(#own),*)) },
        (false, _) => quote! { #function(#(#parameters),*).body(#ty::new(#(#own),*)) },
    };
    quote! {
        fn #helper(#(#each,)* tag: &str) -> #builder {
            #made
        }
    }
}

fn table(
    operation: &Operation,
    starts: &Starts,
    ty: &str,
    properties: &[(&Property, &str)],
    property: &Property,
    setter: &str,
    arguments: &[(String, String)],
) -> String {
    let settable = properties.iter().filter(|(other, _)| {
        other.presence != Presence::Required && !other.read_only && other.wire != property.wire
    });
    let taken = |name: &str| properties.iter().any(|(_, other)| *other == name);
    let setters: String = settable
        .map(|(property, name)| models::setter_row(property, name, "(body)", taken))
        .flat_map(|row| row.lines().map(|line| format!("        {line}\n")).collect::<Vec<_>>())
        .collect();
    let rows: String = starts
        .starts
        .iter()
        .map(|start| {
            let ty = if let TypeRef::Boxed(ty) = &start.variant.ty { ty } else { &start.variant.ty };
            let tag = start.variant.tags.first().map(|tag| quoted(tag)).unwrap_or_default();
            let gate = gate(&start.variant.feature).replace('\n', "\n        ");
            format!("        {gate}{}({}): {}, {tag};\n", start.name, types::rust(ty), start.variant.variant)
        })
        .collect();
    let presence = if property.presence == Presence::Patch { "patch" } else { "optional" };
    let arguments: Vec<String> = arguments.iter().map(|(name, ty)| format!("{name}: {ty}")).collect();
    format!(
        "shortcuts! {{\n    {builder} for {operation}({ty}), {field}: {presence} {setter} in {union} {{\n{setters}    }}\n    \
         {helper}({arguments}) {{\n{rows}    }}\n}}\n",
        builder = starts.type_name,
        operation = operation.type_name,
        field = property.field,
        union = starts.union,
        helper = helper(operation),
        arguments = arguments.join(", "),
    )
}
