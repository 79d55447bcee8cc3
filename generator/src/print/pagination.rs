//! Operations that page: how a page is asked for and read, and the methods that give streams.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens as _, format_ident, quote};

use super::operations::BodyForm;
use super::printer::{Page, ident, tokens};
use super::{Index, docs, examples, types};
use crate::api::{Asked, Operation, PageForm, PagedBy, Pagination, TypeRef};

/// What an operation has for each form in which it pages.
pub(super) fn page(page: &mut Page, operation: &Operation, form: &BodyForm<'_>, index: &Index<'_>) {
    for pagination in &operation.pagination {
        page.items(trait_of(operation, pagination));
        let example = examples::items(operation, form, index, &pagination.items);
        page.items(methods(operation, pagination, example));
    }
}

fn position(pagination: &Pagination) -> TokenStream {
    match pagination.by {
        PagedBy::Checkpoint => quote! { Checkpoint },
        PagedBy::Page => quote! { PageNumber },
        PagedBy::Offset => quote! { Offset },
    }
}

fn trait_of(operation: &Operation, pagination: &Pagination) -> TokenStream {
    let (builder, position) = (ident(&operation.type_name), position(pagination));
    let item = tokens(&types::rust(&pagination.item));
    let parameter = &operation.parameters[pagination.position];
    let field = ident(&parameter.field);
    let asked = pagination.asked.iter().map(|(index, value)| {
        let field = ident(&operation.parameters[*index].field);
        let value = match value {
            Asked::Number(number) => Literal::i64_unsuffixed(*number).into_token_stream(),
            Asked::True => ident("true"),
        };
        quote! { self.#field.get_or_insert(#value); }
    });
    let (given, taken) = match (pagination.by, &parameter.ty) {
        (PagedBy::Checkpoint, _) => {
            (quote! { self.#field.clone().map(paging::#position) }, quote! { Some(position.0) })
        }
        (_, TypeRef::Int64) => (quote! { self.#field.map(paging::#position) }, quote! { Some(position.0) }),
        _ => (
            quote! { paging::given(self.#field).map(paging::#position) },
            quote! { paging::number(position.0) },
        ),
    };
    let first = (pagination.first != 0).then(|| {
        let first = Literal::i64_unsuffixed(pagination.first);
        quote! { const FIRST: i64 = #first; }
    });
    let found = found(&pagination.forms);
    quote! {
        impl paging::Paged<paging::#position> for #builder {
            type Item = #item;

            #first

            fn begin(&mut self) -> Option<paging::#position> {
                #(#asked)*
                #given
            }

            fn turn_to(&mut self, position: paging::#position) {
                self.#field = #taken;
            }

            fn found(output: Self::Output) -> Option<paging::Found<Self::Item>> {
                #found
            }
        }
    }
}

fn found(forms: &[PageForm]) -> TokenStream {
    let arms = forms.iter().map(|form| {
        let guard = (!form.foreign.is_empty()).then(|| {
            let each = form.foreign.iter().map(|field| {
                let field = ident(field);
                quote! { paging::Present::is_present(&output.#field) }
            });
            quote! { if !(#(#each)||*) }
        });
        let value = of_form(form);
        match &form.variant {
            Some((union, variant)) => {
                let (union, variant) = (ident(union), ident(variant));
                quote! { #union::#variant(output) #guard => Some(#value), }
            }
            None => quote! { output => Some(#value), },
        }
    });
    match forms {
        [only] if only.variant.is_none() => {
            let value = of_form(only);
            quote! { Some(#value) }
        }
        _ => quote! { match output { #(#arms)* _ => None } },
    }
}

/// What a value of this form, `output`, says.
fn of_form(form: &PageForm) -> TokenStream {
    let items = match &form.items {
        Some(field) => {
            let field = ident(field);
            quote! { output.#field }
        }
        None => quote! { output },
    };
    let told = [("next", &form.next), ("start", &form.start), ("total", &form.total)];
    let told = told.into_iter().filter_map(|(method, field)| {
        let (method, field) = (format_ident!("{method}"), ident(field.as_ref()?));
        Some(quote! { .#method(&output.#field) })
    });
    let next_in = form.next_in.as_ref().map(|(field, wire)| {
        let field = ident(field);
        quote! { .next_in(&output.#field, #wire) }
    });
    quote! { paging::Found::new(#items) #(#told)* #next_in }
}

fn methods(operation: &Operation, pagination: &Pagination, example: Vec<String>) -> TokenStream {
    let (builder, position) = (ident(&operation.type_name), position(pagination));
    let (pages, items) = (ident(&pagination.pages), ident(&pagination.items));
    let by = docs::code(&operation.parameters[pagination.position].wire);
    let of_pages = format!(" The pages, by {by}: each is asked for when the stream is polled for it.");
    let of_items =
        format!("The items of all pages, by {by}: a page is asked for when those before it are taken.");
    let of_items = docs::attributes(&docs::with_example(vec![of_items], example));
    quote! {
        #[cfg(feature = "client")]
        impl #builder {
            #[doc = #of_pages]
            pub fn #pages(self, client: &crate::Client) -> crate::runtime::Pages<Self, paging::#position> {
                crate::runtime::Pages::new(self, client)
            }

            #of_items
            pub fn #items(self, client: &crate::Client) -> crate::runtime::Items<Self, paging::#position> {
                crate::runtime::Items::new(self, client)
            }
        }
    }
}
