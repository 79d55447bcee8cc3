//! How a builder reads its response, and the enums of successes and failures.

use super::code::{Code, Expression};
use super::declarations::Declaration;
use super::docs;
use super::printer::{Page, quoted};
use super::xml::Roots;
use crate::api::{Operation, Response, ResponseContent, ResponseEncoding, Status};
use crate::rust::{Builder, Crate, Outcome, Success};

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

/// How a reply is read, and what a mock answers.
pub(super) fn reading(outcome: &Outcome<'_>, roots: &Roots<'_>, code: &mut Code) {
    code.short_block("read(reply)", |code| arms(outcome, roots, code));
    answer(outcome, roots, code);
}

/// The arms that read a response by its status.
fn arms(outcome: &Outcome<'_>, roots: &Roots<'_>, code: &mut Code) {
    let failure = |response: &Response| Arm::new(response.status, failure(outcome, response, roots));
    let failures = outcome.failures.iter().map(failure);
    let mut arms: Vec<Arm> = successes(outcome, roots).into_iter().chain(failures).collect();
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
fn successes(outcome: &Outcome<'_>, roots: &Roots<'_>) -> Vec<Arm> {
    let successes = &outcome.successes;
    let own = |success: &Success<'_>| {
        // If the success is `default`, failing statuses are still failures.
        let status = success.response.status;
        let status = if status == Status::Default { Status::Range(2) } else { status };
        Arm::new(status, read(outcome, success, roots))
    };
    let mut arms: Vec<Arm> = successes.iter().map(own).collect();
    let of_2xx = successes
        .iter()
        .filter(|success| code_of(success.response.status).is_some_and(|code| code / 100 == 2));
    let of_2xx: Vec<&Success<'_>> = of_2xx.collect();
    if successes.is_empty() {
        arms.push(Arm::new(Status::Range(2), "Ok(())".to_owned()));
    } else if of_2xx.is_empty() || successes.iter().any(|success| is_range(success.response.status)) {
        // All are declared, or none is.
    } else if outcome.has_output_enum {
        arms.push(Arm::new(Status::Range(2), undeclared(outcome, &of_2xx, roots)));
    } else {
        let value = read(outcome, of_2xx[0], roots);
        if of_2xx.iter().all(|success| read(outcome, success, roots) == value) {
            arms.retain(|arm| code_of(arm.status).is_none_or(|code| code / 100 != 2));
        }
        arms.push(Arm::new(Status::Range(2), value));
    }
    arms
}

/// How an undeclared success is read where the declared ones differ: as the first of them that it fits.
fn undeclared(outcome: &Outcome<'_>, declared: &[&Success<'_>], roots: &Roots<'_>) -> Expression {
    let mut types: Vec<String> = Vec::new();
    let mut reads: Vec<Expression> = Vec::new();
    let (with_body, without): (Vec<&Success<'_>>, Vec<&Success<'_>>) =
        declared.iter().partition(|success| success.content.is_some());
    for success in without.into_iter().chain(with_body) {
        let ty = success.ty();
        if !types.contains(&ty) {
            types.push(ty);
            let read = match success.content {
                Some(_) => read(outcome, success, roots),
                None => format!("reply.nothing({}::{})", outcome.output, success.response.status.name()),
            };
            reads.push(format!("|reply| {read}").into());
        }
    }
    Expression::call("reply.first_that_fits", vec![Expression::slice(reads)])
}

/// How a failure is read.
fn failure(outcome: &Outcome<'_>, response: &Response, roots: &Roots<'_>) -> String {
    let error = outcome.error.as_deref().unwrap_or_default();
    let variant = format!("{error}::{}", response.status.name());
    if let Some(root) = response.content.as_ref().and_then(|content| root(content, roots)) {
        return format!("reply.xml_failure({root}, {variant})");
    }
    let method = match response.content.as_ref().map(|content| content.encoding) {
        None | Some(ResponseEncoding::Json | ResponseEncoding::Xml) => "failure",
        Some(ResponseEncoding::Text | ResponseEncoding::Items | ResponseEncoding::JsonOrText) => {
            "text_failure"
        }
        Some(ResponseEncoding::Bytes) => "bytes_failure",
    };
    format!("reply.{method}({variant})")
}

/// The root element of a content in XML.
fn root(content: &ResponseContent, roots: &Roots<'_>) -> Option<String> {
    content.xml.as_ref().map(|root| roots.name(&content.ty, root))
}

/// How a success is read.
fn read(outcome: &Outcome<'_>, success: &Success<'_>, roots: &Roots<'_>) -> String {
    let variant = format!("{}::{}", outcome.output, success.response.status.name());
    let of_xml = success.content.and_then(|content| root(content, roots));
    let of_xml = of_xml.map(|root| format!("reply.xml({root})"));
    let value = match success.content.map(|content| content.encoding) {
        None if outcome.has_output_enum => return format!("Ok({variant})"),
        None => return "Ok(())".to_owned(),
        Some(ResponseEncoding::Json) => "reply.json()",
        Some(ResponseEncoding::JsonOrText) => "reply.json_or_text()",
        Some(ResponseEncoding::Text | ResponseEncoding::Items) => "reply.text()",
        Some(ResponseEncoding::Xml) => of_xml.as_deref().unwrap_or("reply.json()"),
        Some(ResponseEncoding::Bytes) => "reply.bytes()",
    };
    if outcome.has_output_enum { format!("{value}.map({variant})") } else { value.to_owned() }
}

pub(super) fn output_enum(page: &mut Page, operation: &Operation, outcome: &Outcome<'_>) {
    if !outcome.has_output_enum {
        return;
    }
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
    let mut variants = Declaration::new(docs, &attributes, &format!("pub enum {}", outcome.output));
    for success in &outcome.successes {
        let variant = match &success.content {
            Some(_) => format!("{}({})", success.response.status.name(), success.ty()),
            None => success.response.status.name(),
        };
        variants.member(&response_lines(success.response), false, &variant);
    }
    page.block(&variants.finish());
}

/// How a mock turns an output into a response.
fn answer(outcome: &Outcome<'_>, roots: &Roots<'_>, code: &mut Code) {
    let answer = |success: &Success<'_>| {
        let status = match success.response.status {
            Status::Code(code) => code,
            Status::Range(digit) => u16::from(digit) * 100,
            Status::Default => 200,
        };
        if let Some(content) = success.content
            && let Some(root) = root(content, roots)
        {
            let media_type = quoted(&content.media_type);
            return format!("mock::xml({status}, {media_type}, &output, {root})");
        }
        match success.content.map(|content| content.encoding) {
            None => format!("mock::raw({status}, \"\")"),
            Some(ResponseEncoding::Json | ResponseEncoding::JsonOrText) => {
                format!("mock::json({status}, &output)")
            }
            Some(_) => format!("mock::raw({status}, output)"),
        }
    };
    let unit = |success: &Success<'_>| success.content.is_none();
    if outcome.has_output_enum {
        return code.block("answer(output)", |code| {
            code.block("match output", |code| {
                for success in &outcome.successes {
                    let payload = if unit(success) { "" } else { "(output)" };
                    let pattern = format!("{}::{}{payload}", outcome.output, success.response.status.name());
                    code.line(&format!("{pattern} => {},", answer(success)));
                }
            });
        });
    }
    let first = outcome.successes.first();
    let argument = if first.is_some_and(|success| !unit(success)) { "output" } else { "()" };
    let answer = first.map_or_else(|| "mock::raw(200, \"\")".to_owned(), answer);
    code.line(&format!("answer({argument}) {{ {answer} }}"));
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
    let (operation, Some(name)) = (builder.operation, &builder.outcome.error) else { return };
    let docs = [format!("The declared failures of {}, by status.", docs::link(operation))];
    let mut variants = Declaration::new(&docs, &[], &format!("pub enum {name}"));
    for response in &operation.failures {
        let ty = krate.index.failure_body(response);
        variants.member(
            &response_lines(response),
            false,
            &format!("{}(Failure<{ty}>)", response.status.name()),
        );
    }
    let variants = variants.finish();
    let mut code = Code::default();
    code.block("operation_error!", |code| variants.lines().for_each(|line| code.line(line)));
    page.block(&code.finish());
}
