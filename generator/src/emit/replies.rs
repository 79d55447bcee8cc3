//! How a builder reads its reply, and the enums of successes and failures.

use proc_macro2::TokenStream;
use quote::quote;

use super::declarations::Declaration;
use super::layout::{Page, ident, invocation, tokens};
use super::{Index, docs, types};
use crate::api::{Operation, Reply, ReplyEncoding, Status};

/// The type of one success.
fn reply_type(reply: &Reply) -> String {
    reply.content.as_ref().map_or_else(|| "()".to_owned(), |content| types::rust(&content.ty))
}

/// Whether successes differ in type, so that the output is an enum.
pub(super) fn has_output_enum(operation: &Operation) -> bool {
    operation.successes.windows(2).any(|pair| reply_type(&pair[0]) != reply_type(&pair[1]))
}

pub(super) fn output(operation: &Operation) -> String {
    if has_output_enum(operation) {
        return format!("{}Output", operation.type_name);
    }
    operation.successes.first().map_or_else(|| "()".to_owned(), reply_type)
}

/// Whether the operation declares a status in the hundred that begins with `digit`.
fn has_code_in(operation: &Operation, digit: u8) -> bool {
    let replies = operation.successes.iter().chain(&operation.failures);
    replies
        .map(|reply| reply.status)
        .any(|status| matches!(status, Status::Code(code) if code / 100 == u16::from(digit)))
}

pub(super) fn arms(operation: &Operation) -> TokenStream {
    let wrap = has_output_enum(operation);
    let output = tokens(&output(operation));
    let error = tokens(&format!("{}Error", operation.type_name));
    let mut arms = TokenStream::new();
    let mut has_default = false;
    let mut replies: Vec<(&Reply, bool)> = operation.successes.iter().map(|reply| (reply, true)).collect();
    replies.extend(operation.failures.iter().map(|reply| (reply, false)));
    replies.sort_by_key(|(reply, _)| reply.status);
    for (reply, success) in replies {
        let pattern = match reply.status {
            Status::Code(code) => {
                let code = proc_macro2::Literal::u16_unsuffixed(code);
                quote! { #code }
            }
            Status::Range(digit) => {
                let first = proc_macro2::Literal::u16_unsuffixed(u16::from(digit) * 100);
                let last = proc_macro2::Literal::u16_unsuffixed(u16::from(digit) * 100 + 99);
                // Clippy takes a status and the range around it for a mistake.
                if has_code_in(operation, digit) {
                    quote! { status if (#first..=#last).contains(&status) }
                } else {
                    quote! { #first..=#last }
                }
            }
            // A success under `default` leaves the failing statuses to be failures.
            Status::Default if success => quote! { 200..=299 },
            Status::Default => {
                has_default = true;
                quote! { _ }
            }
        };
        let variant = ident(&reply.variant);
        let value = if success {
            let value = match &reply.content {
                None => quote! { Ok(()) },
                Some(content) => match content.encoding {
                    ReplyEncoding::Json => quote! { reply.json() },
                    ReplyEncoding::Text | ReplyEncoding::Events => quote! { reply.text() },
                    ReplyEncoding::Bytes => quote! { reply.bytes() },
                },
            };
            match (wrap, &reply.content) {
                (false, _) => value,
                (true, None) => quote! { Ok(#output::#variant) },
                (true, Some(_)) => quote! { #value.map(#output::#variant) },
            }
        } else {
            quote! { Err(reply.failure(#error::#variant)) }
        };
        arms.extend(quote! { #pattern => #value, });
    }
    if operation.successes.is_empty() {
        arms.extend(quote! { 200..=299 => Ok(()), });
    }
    if !has_default {
        arms.extend(quote! { _ => Err(reply.unexpected()), });
    }
    arms
}

pub(super) fn output_enum(page: &mut Page, operation: &Operation) {
    if !has_output_enum(operation) {
        return;
    }
    let docs = [format!("What {} gives, by status.", docs::link(operation))];
    let attributes = ["#[derive(Clone, Debug, PartialEq)]", "#[non_exhaustive]"];
    let mut variants = Declaration::new(&docs, &attributes, &format!("pub enum {}", output(operation)));
    for reply in &operation.successes {
        let variant = match &reply.content {
            Some(_) => format!("{}({})", reply.variant, reply_type(reply)),
            None => reply.variant.clone(),
        };
        variants.member(&reply_lines(reply), false, &variant);
    }
    page.block(&variants.finish());
}

/// How a test's double makes an output a response.
pub(super) fn answer(page: &mut Page, operation: &Operation) {
    let builder = ident(&operation.type_name);
    let answer = |reply: &Reply| {
        let status = proc_macro2::Literal::u16_unsuffixed(match reply.status {
            Status::Code(code) => code,
            Status::Range(digit) => u16::from(digit) * 100,
            Status::Default => 200,
        });
        match reply.content.as_ref().map(|content| content.encoding) {
            None => quote! { double::raw(#status, "") },
            Some(ReplyEncoding::Json) => quote! { double::json(#status, &output) },
            Some(_) => quote! { double::raw(#status, output) },
        }
    };
    let unit = |reply: &Reply| reply.content.is_none();
    let body = if has_output_enum(operation) {
        let output = tokens(&output(operation));
        let arms = operation.successes.iter().map(|reply| {
            let (variant, answer) = (ident(&reply.variant), answer(reply));
            let payload = (!unit(reply)).then(|| quote! { (output) });
            quote! { #output::#variant #payload => #answer, }
        });
        quote! { match output { #(#arms)* } }
    } else {
        operation.successes.first().map_or_else(|| quote! { double::raw(200, "") }, answer)
    };
    let used = has_output_enum(operation) || operation.successes.first().is_some_and(|reply| !unit(reply));
    let argument = if used {
        quote! { output: Self::Output }
    } else {
        quote! { (): Self::Output }
    };
    page.items(quote! {
        #[cfg(feature = "test-util")]
        impl double::Answer for #builder {
            fn answer(#argument) -> http::Response<Bytes> {
                #body
            }
        }
    });
}

fn reply_lines(reply: &Reply) -> Vec<String> {
    let status = match reply.status {
        Status::Code(code) => code.to_string(),
        Status::Range(digit) => format!("{digit}XX"),
        Status::Default => "Any other status".to_owned(),
    };
    let mut lines = docs::lines(&reply.docs, &[]);
    match lines.first_mut() {
        Some(first) => *first = format!("{status}: {first}"),
        None => lines.push(format!("{status}.")),
    }
    lines
}

pub(super) fn failures(page: &mut Page, operation: &Operation, index: &Index<'_>) {
    if operation.failures.is_empty() {
        return;
    }
    let name = format!("{}Error", operation.type_name);
    let docs = [format!("Why {} failed, by status.", docs::link(operation))];
    let attributes = ["#[derive(Clone, Debug)]", "#[non_exhaustive]"];
    let mut variants = Declaration::new(&docs, &attributes, &format!("pub enum {name}"));
    for reply in &operation.failures {
        let ty = match &reply.content {
            Some(content) if content.encoding == ReplyEncoding::Json => types::rust(&content.ty),
            None => index.error_body.clone(),
            Some(_) => "Json".to_owned(),
        };
        variants.member(&reply_lines(reply), false, &format!("{}(Failure<{ty}>)", reply.variant));
    }
    page.block(&variants.finish());
    let rows: Vec<String> = operation.failures.iter().map(|reply| format!("{};", reply.variant)).collect();
    page.block(&invocation("operation_error", &name, &rows, &[]));
}
