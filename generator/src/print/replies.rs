//! How a builder reads its reply, and the enums of successes and failures.

use super::code::Code;
use super::declarations::Declaration;
use super::printer::{Page, invocation};
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

/// The arms that read a reply by its status.
pub(super) fn arms(operation: &Operation, code: &mut Code) {
    let successes = operation.successes.iter().map(|reply| (reply, read(operation, reply)));
    let failure = |reply: &Reply| format!("reply.failure({}Error::{})", operation.type_name, reply.variant);
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
fn read(operation: &Operation, reply: &Reply) -> String {
    let value = match reply.content.as_ref().map(|content| content.encoding) {
        None if has_output_enum(operation) => return format!("Ok({}::{})", output(operation), reply.variant),
        None => return "Ok(())".to_owned(),
        Some(ReplyEncoding::Json) => "reply.json()",
        Some(ReplyEncoding::Text | ReplyEncoding::Events) => "reply.text()",
        Some(ReplyEncoding::Bytes) => "reply.bytes()",
    };
    if has_output_enum(operation) {
        format!("{value}.map({}::{})", output(operation), reply.variant)
    } else {
        value.to_owned()
    }
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

/// How a mock makes an output a response.
pub(super) fn answer(page: &mut Page, operation: &Operation) {
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
    let several = has_output_enum(operation);
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
                    let pattern = format!("{}::{}{payload}", output(operation), reply.variant);
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

pub(super) fn failures(page: &mut Page, operation: &Operation, index: &Index<'_>) {
    if operation.failures.is_empty() {
        return;
    }
    let name = format!("{}Error", operation.type_name);
    let docs = [format!("Why {} failed, by status.", docs::link(operation))];
    let mut variants = Declaration::new(&docs, &["#[non_exhaustive]"], &format!("pub enum {name}"));
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
