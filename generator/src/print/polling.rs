//! Long-running operations: how the end of the work is recognised, and the method that polls.

use proc_macro2::TokenStream;
use quote::quote;

use super::printer::{Page, ident, tokens};
use super::{docs, examples, paths};
use crate::api::{LongRunning, Operation, WorkArgument};
use crate::rust::{Builder, Crate, Holder, PollingMethod, item_path};

/// The long-running operation that this operation starts.
pub(super) fn page(page: &mut Page, builder: &Builder<'_>, krate: &Crate<'_>) {
    let Some(polling) = &builder.polling else { return };
    let Some(read) = krate.index.operation(&polling.long_running.read) else { return };
    page.items(trait_of(builder.operation, polling.long_running, read, krate));
    let example = examples::polling(builder, krate, &polling.poll);
    page.items(method(builder.operation, polling, read, example));
}

fn trait_of(operation: &Operation, work: &LongRunning, read: &Operation, krate: &Crate<'_>) -> TokenStream {
    let builder = ident(&operation.type_name);
    let read_type = tokens(&item_path(read, &read.type_name));
    let location = match &work.location {
        Some(name) => quote! { Some(#name) },
        None => quote! { None },
    };
    let (succeeded, failed) = (&work.succeeded, &work.failed);
    let reading = work.location.is_none().then(|| reading(operation, work, read, krate));
    let status = work.status.as_ref().and_then(|(object, path)| {
        let (steps, _) = krate.index.steps(object, path)?;
        let value = paths::referred(quote! { read }, &steps);
        Some(quote! {
            #[inline]
            fn status(read: &<Self::Read as Operation>::Output) -> Option<String> {
                long_running::status(#value)
            }
        })
    });
    let result = work.is_result.then(|| {
        quote! {
            #[inline]
            fn result(output: Self::Output) -> Option<<Self::Read as Operation>::Output> {
                Some(output)
            }
        }
    });
    quote! {
        impl long_running::LongRunning for #builder {
            type Read = #read_type;

            const MONITOR: long_running::Monitor = long_running::Monitor {
                location: #location,
                succeeded: &[#(#succeeded),*],
                failed: &[#(#failed),*],
            };

            #reading

            #status

            #result
        }
    }
}

/// The method that makes the operation that reads.
fn reading(operation: &Operation, work: &LongRunning, read: &Operation, krate: &Crate<'_>) -> TokenStream {
    let start = tokens(&item_path(read, &read.name));
    let arguments = work.arguments.iter().filter_map(|argument| match argument {
        WorkArgument::Parameter(index) => {
            let parameter = operation.parameters.get(*index)?;
            let field = ident(&parameter.field);
            Some(if krate.index.behind_aliases(&parameter.ty).is_copy() {
                quote! { self.#field }
            } else {
                quote! { self.#field.clone() }
            })
        }
        WorkArgument::Response(path) => {
            let (steps, ty) = krate.index.steps(work.response.as_ref()?, path)?;
            if steps.iter().all(|step| step.holder == Holder::None) {
                // Always there, so nothing has to be borrowed.
                return Some(paths::copy_of(paths::taken(quote! { output }, &steps), &ty));
            }
            let value = paths::borrowed(quote! { output }, &steps);
            let value = if paths::is_optional(&steps) {
                quote! { #value? }
            } else {
                quote! { (#value) }
            };
            // What holds the property itself.
            let is_held = steps.last().is_some_and(|step| step.holder != Holder::None);
            let value = if is_held {
                quote! { presence::held(#value)? }
            } else {
                value
            };
            Some(paths::copied(value, &ty))
        }
    });
    let is_used = work.arguments.iter().any(|argument| matches!(argument, WorkArgument::Response(_)));
    let output = ident(if is_used { "output" } else { "_output" });
    quote! {
        #[inline]
        fn reading(&self, #output: &Self::Output) -> Option<Self::Read> {
            Some(#start(#(#arguments),*))
        }
    }
}

fn method(
    operation: &Operation,
    polling: &PollingMethod<'_>,
    read: &Operation,
    example: Vec<String>,
) -> TokenStream {
    let (builder, poll) = (ident(&operation.type_name), ident(&polling.poll));
    let lines = vec![format!(
        "Starts the work, and then reads with [`{}()`]({}) how it is going until it has ended. Nothing is sent until it is polled.",
        read.name.bare(),
        item_path(read, &read.name)
    )];
    let docs = docs::attributes(&docs::with_example(lines, example));
    quote! {
        #[cfg(feature = "client")]
        impl #builder {
            #docs
            #[inline]
            pub fn #poll(self, client: &crate::Client) -> crate::runtime::Poller<Self> {
                crate::runtime::Poller::new(self, client)
            }
        }
    }
}
