//! How a builder reads its response, and the enums of successes and failures.

use super::code::{Code, Expression};
use super::declarations::Declaration;
use super::docs;
use super::printer::{Page, invocation};
use crate::api::{Response, ResponseEncoding, Status};
use crate::rust::{Builder, Crate, response_type};

/// An arm: the statuses, which are sorted as they are matched, and the value.
struct Arm {
    status: Status,
    value: Expression,
}

impl Arm {
    fn new(status: Status, value: impl Into<Expression>) -> Self {
        Self { status, value: value.into() }
    }
}

/// The arms that read a response by its status.
pub(super) fn arms(builder: &Builder<'_>, code: &mut Code) {
    let operation = builder.operation;
    let failures =
        operation.failures.iter().map(|response| Arm::new(response.status, failure(builder, response)));
    let mut arms: Vec<Arm> = successes(builder).into_iter().chain(failures).collect();
    let codes: Vec<u16> = arms.iter().filter_map(|arm| code_of(arm.status)).collect();
    let in_range = |digit: u8| codes.iter().any(|code| code / 100 == u16::from(digit));
    // A range that no code belongs to can come before the failures.
    arms.sort_by_key(|arm| {
        if arm.status == Status::Range(2) && !in_range(2) { Status::Code(200) } else { arm.status }
    });
    for Arm { status, value } in arms {
        let pattern = match status {
            Status::Code(status) => status.to_string(),
            Status::Range(digit) => {
                let range = format!("{digit}00..={digit}99");
                // Clippy reports a status within a later range as a mistake.
                if in_range(digit) { format!("status if ({range}).contains(&status)") } else { range }
            }
            Status::Default => "_".to_owned(),
        };
        code.expression(&value.behind(&format!("{pattern} => ")), ",");
    }
    if operation.failures.iter().all(|response| response.status != Status::Default) {
        code.line("_ => reply.unexpected(),");
    }
}

fn code_of(status: Status) -> Option<u16> {
    if let Status::Code(code) = status { Some(code) } else { None }
}

/// Whether it stands for every 2XX.
const fn is_range(status: Status) -> bool {
    matches!(status, Status::Range(2) | Status::Default)
}

/// The arms of successes. A server that answers with another success than it declares has acted, so every 2XX is
/// read as the declared ones are.
fn successes(builder: &Builder<'_>) -> Vec<Arm> {
    let successes = &builder.operation.successes;
    let own = |response: &Response| {
        // If the success is `default`, failing statuses are still failures.
        let status = if response.status == Status::Default { Status::Range(2) } else { response.status };
        Arm::new(status, read(builder, response))
    };
    let mut arms: Vec<Arm> = successes.iter().map(own).collect();
    let of_2xx =
        successes.iter().filter(|response| code_of(response.status).is_some_and(|code| code / 100 == 2));
    let of_2xx: Vec<&Response> = of_2xx.collect();
    if successes.is_empty() {
        arms.push(Arm::new(Status::Range(2), "Ok(())".to_owned()));
    } else if of_2xx.is_empty() || successes.iter().any(|response| is_range(response.status)) {
        // All are declared, or none is.
    } else if builder.has_output_enum {
        arms.push(Arm::new(Status::Range(2), undeclared(builder, &of_2xx)));
    } else {
        let value = read(builder, of_2xx[0]);
        if of_2xx.iter().all(|response| read(builder, response) == value) {
            arms.retain(|arm| code_of(arm.status).is_none_or(|code| code / 100 != 2));
        }
        arms.push(Arm::new(Status::Range(2), value));
    }
    arms
}

/// How an undeclared success is read where the declared ones differ: as the first of them that it fits.
fn undeclared(builder: &Builder<'_>, declared: &[&Response]) -> Expression {
    let mut types: Vec<String> = Vec::new();
    let mut reads: Vec<Expression> = Vec::new();
    let (with_body, without): (Vec<&Response>, Vec<&Response>) =
        declared.iter().partition(|response| response.content.is_some());
    for response in without.into_iter().chain(with_body) {
        let ty = response_type(response);
        if !types.contains(&ty) {
            types.push(ty);
            let read = match response.content {
                Some(_) => read(builder, response),
                None => format!("reply.nothing({}::{})", builder.output, response.status.name()),
            };
            reads.push(format!("|reply| {read}").into());
        }
    }
    Expression::call("reply.first_that_fits", vec![Expression::slice(reads)])
}

/// How a failure is read.
fn failure(builder: &Builder<'_>, response: &Response) -> String {
    let method = match response.content.as_ref().map(|content| content.encoding) {
        None | Some(ResponseEncoding::Json) => "failure",
        Some(ResponseEncoding::Text | ResponseEncoding::Events | ResponseEncoding::JsonOrText) => {
            "text_failure"
        }
        Some(ResponseEncoding::Bytes) => "bytes_failure",
    };
    let error = builder.error.as_deref().unwrap_or_default();
    format!("reply.{method}({error}::{})", response.status.name())
}

/// How a success is read.
fn read(builder: &Builder<'_>, response: &Response) -> String {
    let variant = format!("{}::{}", builder.output, response.status.name());
    let value = match response.content.as_ref().map(|content| content.encoding) {
        None if builder.has_output_enum => return format!("Ok({variant})"),
        None => return "Ok(())".to_owned(),
        Some(ResponseEncoding::Json) => "reply.json()",
        Some(ResponseEncoding::JsonOrText) => "reply.json_or_text()",
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
    let docs = [
        format!("The successful responses to {}, by status.", docs::link(operation)),
        String::new(),
        "Another 2XX is read as the first of these that its body fits.".to_owned(),
    ];
    let docs = if operation.successes.iter().any(|response| is_range(response.status)) {
        &docs[..1]
    } else {
        &docs[..]
    };
    let attributes = ["#[derive(Clone, Debug, PartialEq)]", "#[non_exhaustive]"];
    let mut variants = Declaration::new(docs, &attributes, &format!("pub enum {}", builder.output));
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
            Some(ResponseEncoding::Json | ResponseEncoding::JsonOrText) => {
                format!("mock::json({status}, &output)")
            }
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
