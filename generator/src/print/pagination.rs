//! Pagination: how a page is requested and read, and the methods that return streams.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens as _, format_ident, quote};

use super::printer::{Page, ident, tokens};
use super::{docs, examples, paths};
use crate::api::{Asked, Input, Object, Operation, PageForm, PagedBy, Pagination, Path, TypeKind, TypeRef};
use crate::rust::{Builder, Crate, Holder, Index, PagingMethods, Step, rust_type};

/// The code for each form of an operation's pagination.
pub(super) fn page(page: &mut Page, builder: &Builder<'_>, krate: &Crate<'_>) {
    for methods in &builder.paging {
        page.items(trait_of(builder.operation, methods, &krate.index));
        let example = examples::items(builder, krate, &methods.items);
        page.items(self::methods(builder.operation, methods, example));
    }
}

fn trait_of(operation: &Operation, methods: &PagingMethods<'_>, index: &Index<'_>) -> TokenStream {
    let pagination = methods.pagination;
    let (builder, position) = (ident(&operation.type_name), ident(methods.position));
    let item = tokens(&rust_type(&pagination.item));
    let asked = pagination.asked.iter().filter_map(|(input, value)| {
        let (steps, _) = index.input_steps(operation, input)?;
        let field = paths::opened(quote! { self }, &steps);
        let value = match value {
            Asked::Number(number) => Literal::i64_unsuffixed(*number).into_token_stream(),
            Asked::True => ident("true"),
        };
        Some(match steps.last()?.holder {
            Holder::Patch => quote! { if #field.is_absent() { #field = Patch::Value(#value); } },
            _ => quote! { #field.get_or_insert(#value); },
        })
    });
    let first = (pagination.first != 0).then(|| {
        let first = Literal::i64_unsuffixed(pagination.first);
        quote! { const FIRST: i64 = #first; }
    });
    let next = pagination.next_header.as_ref().map(|name| match pagination.by {
        PagedBy::Link => quote! { const NEXT: paging::NextIn = paging::NextIn::Link; },
        _ => quote! { const NEXT: paging::NextIn = paging::NextIn::Header(#name); },
    });
    let turn = Turn::new(operation, pagination, index);
    let (given, turned, accepts) = (turn.given(&position), turn.turned(&position), turn.accepts());
    let found = found(pagination, index);
    quote! {
        impl paging::Paged<paging::#position> for #builder {
            type Item = #item;

            #first
            #next

            #[inline]
            fn begin(&mut self) -> Option<paging::#position> {
                #(#asked)*
                #given
            }

            #turned

            #accepts

            #[inline]
            fn found(output: Self::Output) -> Option<paging::Found<Self::Item>> {
                #found
            }
        }
    }
}

/// How the position of a page is read from the builder, and written to it.
struct Turn<'p> {
    by: PagedBy,
    /// The fields on the way to it, and its type; none if positions are URLs.
    steps: Vec<Step>,
    ty: TypeRef,
    input: Option<&'p Input>,
}

impl<'p> Turn<'p> {
    fn new(operation: &Operation, pagination: &'p Pagination, index: &Index<'_>) -> Self {
        let input = pagination.position.as_ref();
        let found = input.and_then(|input| index.input_steps(operation, input));
        let (steps, ty) = found.unwrap_or((Vec::new(), TypeRef::String));
        Self { by: pagination.by, steps, ty, input }
    }

    /// Whether it is a checkpoint that is a number in requests.
    fn is_parsed(&self) -> bool {
        self.by == PagedBy::Checkpoint && self.ty != TypeRef::String
    }

    /// The position that the caller has set.
    fn given(&self, position: &TokenStream) -> TokenStream {
        let Some(input) = self.input else { return quote! { None } };
        let value = paths::referred(quote! { self }, &self.steps);
        let place = paths::opened(quote! { self }, &self.steps);
        match (self.by, &self.ty, input) {
            (PagedBy::Checkpoint, TypeRef::Formatted(_), _) => {
                quote! { paging::printed(#value).map(paging::#position) }
            }
            (PagedBy::Checkpoint, TypeRef::String, Input::Parameter(_)) => {
                quote! { #place.clone().map(paging::#position) }
            }
            (PagedBy::Checkpoint, ..) => quote! { paging::checkpoint(#value) },
            (_, _, Input::Body(_)) => quote! { paging::counted(#value).map(paging::#position) },
            (_, TypeRef::Int64, _) => quote! { #place.map(paging::#position) },
            _ => quote! { paging::given(#place).map(paging::#position) },
        }
    }

    /// The method that sets the position.
    fn turned(&self, position: &TokenStream) -> TokenStream {
        if self.input.is_none() {
            return quote! { #[inline] fn turn_to(&mut self, _position: paging::#position) {} };
        }
        let place = paths::opened(quote! { self }, &self.steps);
        let is_patch = self.steps.last().is_some_and(|step| step.holder == Holder::Patch);
        let converted = match (self.is_parsed(), self.by, &self.ty) {
            (true, _, TypeRef::Formatted(_)) => Some(quote! { paging::reread(&position) }),
            (true, ..) => Some(quote! { paging::parsed(&position) }),
            (_, PagedBy::Checkpoint, _) | (.., TypeRef::Int64) => None,
            _ => Some(quote! { paging::number(position.0) }),
        };
        let value = match (converted, is_patch) {
            (None, false) => quote! { Some(position.0) },
            (None, true) => quote! { Patch::Value(position.0) },
            (Some(converted), false) => converted,
            (Some(converted), true) => quote! { #converted.map_or(Patch::Absent, Patch::Value) },
        };
        quote! {
            #[inline]
            fn turn_to(&mut self, position: paging::#position) {
                #place = #value;
            }
        }
    }

    /// The method that tells whether a request can hold a position, if not every one can.
    fn accepts(&self) -> Option<TokenStream> {
        let ty = tokens(&rust_type(&self.ty));
        let read = ident(if matches!(self.ty, TypeRef::Formatted(_)) { "reread" } else { "parsed" });
        self.is_parsed().then(|| {
            quote! {
                #[inline]
                fn accepts(position: &paging::Checkpoint) -> bool {
                    paging::#read::<#ty>(position).is_some()
                }
            }
        })
    }
}

fn found(pagination: &Pagination, index: &Index<'_>) -> TokenStream {
    let forms = &pagination.forms;
    let of_form = |form: &PageForm, fields: &Fields<'_, '_>| {
        let (value, last) = (of_form(form, fields), next_of_last(pagination, index));
        quote! { #value #last }
    };
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
    match &forms[..] {
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
struct Fields<'i, 'a> {
    form: &'i PageForm,
    index: &'i Index<'a>,
    object: Option<&'a Object>,
}

impl<'i, 'a> Fields<'i, 'a> {
    fn new(form: &'i PageForm, index: &'i Index<'a>) -> Self {
        let object = form.object.as_ref().and_then(|name| index.object(&TypeRef::Named(name.clone())));
        Self { form, index, object }
    }

    fn of(&self, wire: &str) -> Option<TokenStream> {
        let property = self.object?.properties.iter().find(|property| property.wire == wire)?;
        Some(ident(&property.field))
    }

    fn steps(&self, path: &Path) -> Option<(Vec<Step>, TypeRef)> {
        self.index.steps(self.form.object.as_ref()?, path)
    }

    fn additional(&self) -> Option<TokenStream> {
        self.object.map(|object| ident(&object.additional_field))
    }
}

/// The call that takes the checkpoint of the next page from the last item, if it is there.
fn next_of_last(pagination: &Pagination, index: &Index<'_>) -> Option<TokenStream> {
    let (item, path) = pagination.next_item.as_ref()?;
    let (steps, ty) = index.steps(item, path)?;
    let value = paths::referred(quote! { item }, &steps);
    Some(match ty {
        TypeRef::Formatted(_) => quote! { .next_of_last(|item| paging::printed(#value)) },
        _ => quote! { .next_of_last(|item| paging::Token::token(#value)) },
    })
}

/// What a value of this form, `output`, says about its page.
fn of_form(form: &PageForm, fields: &Fields<'_, '_>) -> TokenStream {
    let steps = form.items.as_ref().and_then(|path| fields.steps(path));
    let steps = steps.map(|(steps, _)| steps).unwrap_or_default();
    let items = paths::taken(quote! { output }, &steps);
    let told = [
        ("next", &form.next),
        ("more", &form.more),
        ("start", &form.start),
        ("total", &form.total),
        ("pages", &form.pages),
    ];
    let told = told.into_iter().filter_map(|(method, path)| {
        let (method, (steps, ty)) = (format_ident!("{method}"), fields.steps(path.as_ref()?)?);
        let value = paths::referred(quote! { output }, &steps);
        let value = match ty {
            TypeRef::Formatted(_) => quote! { &paging::printed(#value) },
            _ => value,
        };
        Some(quote! { .#method(#value) })
    });
    let next_in = form.next_in.as_ref().and_then(|wire| {
        let field = fields.additional()?;
        Some(quote! { .next_in(&output.#field, #wire) })
    });
    if steps.len() > 1 {
        // Taking the items takes the object around them, which may have the rest too.
        quote! { paging::Found::without_items() #(#told)* #next_in .items(#items) }
    } else {
        quote! { paging::Found::new(#items) #(#told)* #next_in }
    }
}

fn methods(operation: &Operation, methods: &PagingMethods<'_>, example: Vec<String>) -> TokenStream {
    let (builder, position) = (ident(&operation.type_name), ident(methods.position));
    let (pages, items) = (ident(&methods.pages), ident(&methods.items));
    let by = match methods.pagination.by {
        PagedBy::Url => format!("the URL in {}", docs::code(&methods.by)),
        PagedBy::Link => "the header `Link`".to_owned(),
        _ => docs::code(&methods.by),
    };
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
            #[inline]
            pub fn #pages(self, client: &crate::Client) -> crate::runtime::Pages<Self, paging::#position> {
                crate::runtime::Pages::new(self, client)
            }

            #of_items
            #[inline]
            pub fn #items(self, client: &crate::Client) -> crate::runtime::Items<Self, paging::#position> {
                crate::runtime::Items::new(self, client)
            }
        }
    }
}
