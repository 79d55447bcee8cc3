//! How a builder reads its response, and the enums of successes and failures.

use super::code::Code;
use super::declarations::Declaration;
use super::docs;
use super::printer::{Page, invocation};
use crate::api::{Operation, Response, ResponseEncoding, Status};
use crate::rust::{Builder, Crate, response_type};

/// Whether the operation declares a status whose first digit is `digit`.
fn has_code_in(operation: &Operation, digit: u8) -> bool {
    let responses = operation.successes.iter().chain(&operation.failures);
    responses
        .map(|response| response.status)
        .any(|status| matches!(status, Status::Code(code) if code / 100 == u16::from(digit)))
}

/// The arms that read a response by its status.
pub(super) fn arms(builder: &Builder<'_>, code: &mut Code) {
    let operation = builder.operation;
    let successes = operation.successes.iter().map(|response| (response, read(builder, response)));
    let error = builder.error.as_deref().unwrap_or_default();
    let failure = |response: &Response| format!("reply.failure({error}::{})", response.status.name());
    let failures = operation.failures.iter().map(|response| (response, failure(response)));
    let mut responses: Vec<(&Response, String)> = successes.chain(failures).collect();
    responses.sort_by_key(|(response, _)| response.status);
    for (response, value) in responses {
        let pattern = match response.status {
            Status::Code(status) => status.to_string(),
            Status::Range(digit) => {
                let range = format!("{digit}00..={digit}99");
                // Clippy reports a status within a later range as a mistake.
                if has_code_in(operation, digit) {
                    format!("status if ({range}).contains(&status)")
                } else {
                    range
                }
            }
            // If the success is `default`, failing statuses are still failures.
            Status::Default if operation.successes.contains(response) => "200..=299".to_owned(),
            Status::Default => "_".to_owned(),
        };
        code.line(&format!("{pattern} => {value},"));
    }
    if operation.successes.is_empty() {
        code.line("200..=299 => Ok(()),");
    }
    if operation.failures.iter().all(|response| response.status != Status::Default) {
        code.line("_ => reply.unexpected(),");
    }
}

/// How a success is read.
fn read(builder: &Builder<'_>, response: &Response) -> String {
    let variant = format!("{}::{}", builder.output, response.status.name());
    let value = match response.content.as_ref().map(|content| content.encoding) {
        None if builder.has_output_enum => return format!("Ok({variant})"),
        None => return "Ok(())".to_owned(),
        Some(ResponseEncoding::Json) => "reply.json()",
        Some(ResponseEncoding::Text | ResponseEncoding::Events) => "reply.text()",
        Some(ResponseEncoding::Bytes) => "reply.bytes()",
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
    for response in &operation.successes {
        let variant = match &response.content {
            Some(_) => format!("{}({})", response.status.name(), response_type(response)),
            None => response.status.name(),
        };
        variants.member(&response_lines(response), false, &variant);
    }
    page.block(&variants.finish());
}

/// How a mock turns an output into a response.
pub(super) fn answer(page: &mut Page, builder: &Builder<'_>) {
    let operation = builder.operation;
    let answer = |response: &Response| {
        let status = match response.status {
            Status::Code(code) => code,
            Status::Range(digit) => u16::from(digit) * 100,
            Status::Default => 200,
        };
        match response.content.as_ref().map(|content| content.encoding) {
            None => format!("mock::raw({status}, \"\")"),
            Some(ResponseEncoding::Json) => format!("mock::json({status}, &output)"),
            Some(_) => format!("mock::raw({status}, output)"),
        }
    };
    let unit = |response: &Response| response.content.is_none();
    let several = builder.has_output_enum;
    let used = several || operation.successes.first().is_some_and(|response| !unit(response));
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
                for response in &operation.successes {
                    let payload = if unit(response) { "" } else { "(output)" };
                    let pattern = format!("{}::{}{payload}", builder.output, response.status.name());
                    code.line(&format!("{pattern} => {},", answer(response)));
                }
            });
        });
    });
    page.block(&code.finish());
}

fn response_lines(response: &Response) -> Vec<String> {
    let status = match response.status {
        Status::Code(code) => code.to_string(),
        Status::Range(digit) => format!("{digit}XX"),
        Status::Default => "Any other status".to_owned(),
    };
    let mut lines = docs::lines(&response.docs, &[]);
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
    for response in &operation.failures {
        let ty = krate.index.failure_body(response);
        variants.member(
            &response_lines(response),
            false,
            &format!("{}(Failure<{ty}>)", response.status.name()),
        );
    }
    page.block(&variants.finish());
    let rows: Vec<String> =
        operation.failures.iter().map(|response| format!("{};", response.status.name())).collect();
    page.block(&invocation("operation_error", name, &rows, &[]));
}
