//! How a builder reads its reply, and the enums of successes and failures.

use super::code::Code;
use super::declarations::Declaration;
use super::docs;
use super::printer::{Page, invocation};
use crate::api::{Operation, Reply, ReplyEncoding, Status};
use crate::rust::{Builder, Crate, reply_type, rust_type};

/// Whether the operation declares a status in the hundred that begins with `digit`.
fn has_code_in(operation: &Operation, digit: u8) -> bool {
    let replies = operation.successes.iter().chain(&operation.failures);
    replies
        .map(|reply| reply.status)
        .any(|status| matches!(status, Status::Code(code) if code / 100 == u16::from(digit)))
}

/// The arms that read a reply by its status.
pub(super) fn arms(builder: &Builder<'_>, code: &mut Code) {
    let operation = builder.operation;
    let successes = operation.successes.iter().map(|reply| (reply, read(builder, reply)));
    let error = builder.error.as_deref().unwrap_or_default();
    let failure = |reply: &Reply| format!("reply.failure({error}::{})", reply.status.name());
    let failures = operation.failures.iter().map(|reply| (reply, failure(reply)));
    let mut replies: Vec<(&Reply, String)> = successes.chain(failures).collect();
    replies.sort_by_key(|(reply, _)| reply.status);
    for (reply, value) in replies {
        let pattern = match reply.status {
            Status::Code(status) => status.to_string(),
            Status::Range(digit) => {
                let range = format!("{digit}00..={digit}99");
                // Clippy takes a status and the range around it for a mistake.
                if has_code_in(operation, digit) {
                    format!("status if ({range}).contains(&status)")
                } else {
                    range
                }
            }
            // A success under `default` leaves the failing statuses to be failures.
            Status::Default if operation.successes.contains(reply) => "200..=299".to_owned(),
            Status::Default => "_".to_owned(),
        };
        code.line(&format!("{pattern} => {value},"));
    }
    if operation.successes.is_empty() {
        code.line("200..=299 => Ok(()),");
    }
    if operation.failures.iter().all(|reply| reply.status != Status::Default) {
        code.line("_ => reply.unexpected(),");
    }
}

/// How a success is read.
fn read(builder: &Builder<'_>, reply: &Reply) -> String {
    let variant = format!("{}::{}", builder.output, reply.status.name());
    let value = match reply.content.as_ref().map(|content| content.encoding) {
        None if builder.has_output_enum => return format!("Ok({variant})"),
        None => return "Ok(())".to_owned(),
        Some(ReplyEncoding::Json) => "reply.json()",
        Some(ReplyEncoding::Text | ReplyEncoding::Events) => "reply.text()",
        Some(ReplyEncoding::Bytes) => "reply.bytes()",
    };
    if builder.has_output_enum { format!("{value}.map({variant})") } else { value.to_owned() }
}

pub(super) fn output_enum(page: &mut Page, builder: &Builder<'_>) {
    if !builder.has_output_enum {
        return;
    }
    let operation = builder.operation;
    let docs = [format!("The successful responses to {}, by status.", docs::link(operation))];
    let attributes = ["#[derive(Clone, Debug, PartialEq)]", "#[non_exhaustive]"];
    let mut variants = Declaration::new(&docs, &attributes, &format!("pub enum {}", builder.output));
    for reply in &operation.successes {
        let variant = match &reply.content {
            Some(_) => format!("{}({})", reply.status.name(), reply_type(reply)),
            None => reply.status.name(),
        };
        variants.member(&reply_lines(reply), false, &variant);
    }
    page.block(&variants.finish());
}

/// How a mock makes an output a response.
pub(super) fn answer(page: &mut Page, builder: &Builder<'_>) {
    let operation = builder.operation;
    let answer = |reply: &Reply| {
        let status = match reply.status {
            Status::Code(code) => code,
            Status::Range(digit) => u16::from(digit) * 100,
            Status::Default => 200,
        };
        match reply.content.as_ref().map(|content| content.encoding) {
            None => format!("mock::raw({status}, \"\")"),
            Some(ReplyEncoding::Json) => format!("mock::json({status}, &output)"),
            Some(_) => format!("mock::raw({status}, output)"),
        }
    };
    let unit = |reply: &Reply| reply.content.is_none();
    let several = builder.has_output_enum;
    let used = several || operation.successes.first().is_some_and(|reply| !unit(reply));
    let argument = if used { "output" } else { "()" };
    let mut code = Code::default();
    code.line("#[cfg(feature = \"test-util\")]");
    code.block(&format!("impl mock::Answer for {}", operation.type_name), |code| {
        code.block(&format!("fn answer({argument}: Self::Output) -> http::Response<Bytes>"), |code| {
            if !several {
                let first = operation.successes.first();
                return code.line(&first.map_or_else(|| "mock::raw(200, \"\")".to_owned(), answer));
            }
            code.block("match output", |code| {
                for reply in &operation.successes {
                    let payload = if unit(reply) { "" } else { "(output)" };
                    let pattern = format!("{}::{}{payload}", builder.output, reply.status.name());
                    code.line(&format!("{pattern} => {},", answer(reply)));
                }
            });
        });
    });
    page.block(&code.finish());
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

pub(super) fn failures(page: &mut Page, builder: &Builder<'_>, krate: &Crate<'_>) {
    let (operation, Some(name)) = (builder.operation, &builder.error) else { return };
    let docs = [format!("The declared failures of {}, by status.", docs::link(operation))];
    let mut variants = Declaration::new(&docs, &["#[non_exhaustive]"], &format!("pub enum {name}"));
    for reply in &operation.failures {
        let ty = match &reply.content {
            Some(content) if content.encoding == ReplyEncoding::Json => rust_type(&content.ty),
            None => krate.index.error_body.clone(),
            Some(_) => "Json".to_owned(),
        };
        variants.member(&reply_lines(reply), false, &format!("{}(Failure<{ty}>)", reply.status.name()));
    }
    page.block(&variants.finish());
    let rows: Vec<String> =
        operation.failures.iter().map(|reply| format!("{};", reply.status.name())).collect();
    page.block(&invocation("operation_error", name, &rows, &[]));
}
