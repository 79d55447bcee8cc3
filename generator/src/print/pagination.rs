//! Pagination: how a page is requested and read, and the methods that return streams.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens as _, format_ident, quote};

use super::printer::{Page, ident, tokens};
use super::{docs, examples};
use crate::api::{Asked, Object, Operation, PageForm, PagedBy, Pagination, TypeKind, TypeRef};
use crate::rust::{Builder, Crate, Index, PagingMethods, rust_type};

/// The code for each form of an operation's pagination.
pub(super) fn page(page: &mut Page, builder: &Builder<'_>, krate: &Crate<'_>) {
    for methods in &builder.paging {
        page.items(trait_of(builder.operation, methods.pagination, &krate.index));
        let example = examples::items(builder, krate, &methods.items);
        page.items(self::methods(builder.operation, methods, example));
    }
}

fn position(pagination: &Pagination) -> TokenStream {
    match pagination.by {
        PagedBy::Checkpoint => quote! { Checkpoint },
        PagedBy::Page => quote! { PageNumber },
        PagedBy::Offset => quote! { Offset },
    }
}

fn trait_of(operation: &Operation, pagination: &Pagination, index: &Index<'_>) -> TokenStream {
    let (builder, position) = (ident(&operation.type_name), position(pagination));
    let item = tokens(&rust_type(&pagination.item));
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
    let found = found(&pagination.forms, index);
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

fn found(forms: &[PageForm], index: &Index<'_>) -> TokenStream {
    let arms = forms.iter().map(|form| {
        let fields = Fields::new(form, index);
        let guard = (!form.foreign.is_empty()).then(|| {
            let each = form.foreign.iter().filter_map(|wire| {
                let field = fields.of(wire)?;
                Some(quote! { paging::Present::is_present(&output.#field) })
            });
            quote! { if !(#(#each)||*) }
        });
        let value = of_form(form, &fields);
        match variant(form, index) {
            Some(variant) => quote! { #variant(output) #guard => Some(#value), },
            None => quote! { output => Some(#value), },
        }
    });
    match forms {
        [only] if only.variant.is_none() => {
            let value = of_form(only, &Fields::new(only, index));
            quote! { Some(#value) }
        }
        _ => quote! { match output { #(#arms)* _ => None } },
    }
}

/// The union variant of values of this form.
fn variant(form: &PageForm, index: &Index<'_>) -> Option<TokenStream> {
    let (union, variant) = form.variant.as_ref()?;
    let TypeKind::Union(declared) = index.kind(union)? else { return None };
    let (union, variant) = (ident(union), ident(&declared.variants.get(*variant)?.variant));
    Some(quote! { #union::#variant })
}

/// The fields of the struct that has a page.
struct Fields<'a>(Option<&'a Object>);

impl<'a> Fields<'a> {
    fn new(form: &PageForm, index: &Index<'a>) -> Self {
        Self(form.object.as_ref().and_then(|name| index.object(&TypeRef::Named(name.clone()))))
    }

    fn of(&self, wire: &str) -> Option<TokenStream> {
        let property = self.0?.properties.iter().find(|property| property.wire == wire)?;
        Some(ident(&property.field))
    }

    fn additional(&self) -> Option<TokenStream> {
        self.0.map(|object| ident(&object.additional_field))
    }
}

/// What a value of this form, `output`, says about its page.
fn of_form(form: &PageForm, fields: &Fields<'_>) -> TokenStream {
    let items = match form.items.as_ref().and_then(|wire| fields.of(wire)) {
        Some(field) => quote! { output.#field },
        None => quote! { output },
    };
    let told = [("next", &form.next), ("start", &form.start), ("total", &form.total)];
    let told = told.into_iter().filter_map(|(method, wire)| {
        let (method, field) = (format_ident!("{method}"), fields.of(wire.as_ref()?)?);
        Some(quote! { .#method(&output.#field) })
    });
    let next_in = form.next_in.as_ref().and_then(|wire| {
        let field = fields.additional()?;
        Some(quote! { .next_in(&output.#field, #wire) })
    });
    quote! { paging::Found::new(#items) #(#told)* #next_in }
}

fn methods(operation: &Operation, methods: &PagingMethods<'_>, example: Vec<String>) -> TokenStream {
    let pagination = methods.pagination;
    let (builder, position) = (ident(&operation.type_name), position(pagination));
    let (pages, items) = (ident(&methods.pages), ident(&methods.items));
    let by = docs::code(&operation.parameters[pagination.position].wire);
    let of_pages =
        format!(" Streams the pages, by {by}. A page is requested when the stream is polled for it.");
    let of_items = format!(
        "Streams the items of all pages, by {by}. A page is requested once the items before it are taken."
    );
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
