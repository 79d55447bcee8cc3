//! The program that makes the calls of a document's cases: a typed call of each operation, compiled once, which reads
//! line by line what to pass.

use std::fmt::Write as _;

use openapi_generator::api::{FileField, ResponseContent, ResponseEncoding};
use openapi_generator::rust::{Builder, Outcome, Setting, Subject, rust_type};

use super::values;

/// What every program begins with.
const HEAD: &str = "#![allow(deprecated, unused_imports, unused_mut, dead_code, unreachable_patterns)]

use std::collections::BTreeMap;
use std::pin::Pin;

use tested::models::*;
use tested::runtime::{
    Base64, Body, Date, DateTime, Error, Inferred, Json, JsonObject, Number, Patch, Quoted, Secret, Uuid,
};
use tested::Client;
use support::{Answer, Call};

type Calling = Pin<Box<dyn Future<Output = Answer>>>;

fn main() {
    support::run(make);
}

fn make(call: Call, client: Client) -> Calling {
    match call.operation {
";

/// The source of the program. The crate is called `tested` in it.
pub fn source(builders: &[Builder<'_>]) -> String {
    let mut text = format!("//! Generated: makes calls.\n{HEAD}");
    for index in 0..builders.len() {
        let _ = writeln!(text, "        {index} => Box::pin(call_{index}(call, client)),");
    }
    text.push_str(
        "        _ => Box::pin(async { support::refused(\"no such operation\".to_owned()) }),\n    }\n}\n",
    );
    for (index, builder) in builders.iter().enumerate() {
        made(&mut text, builder, index);
        called(&mut text, builder, index);
    }
    text
}

/// The path of what is in the operation's module.
fn path(builder: &Builder<'_>, name: &str) -> String {
    format!("tested::{}::{name}", builder.module_path())
}

/// The function that makes the builder.
fn made(text: &mut String, builder: &Builder<'_>, index: usize) {
    let operation = builder.operation;
    let argument = |argument: &Setting<'_>| {
        let key = values::key(&argument.subject);
        match argument.subject {
            Subject::BodyEnum(_) => format!("body_{index}(call)?.ok_or(\"a body is needed\")?"),
            Subject::File(declared) => required_file(declared),
            _ if argument.ty == "Body" => format!("call.body({key:?})?.ok_or(\"a body is needed\")?"),
            _ => format!("call.take::<{}>({key:?})?", argument.ty),
        }
    };
    let arguments: Vec<String> = builder.arguments.iter().map(argument).collect();
    let _ = write!(
        text,
        "\nfn make_{index}(call: &mut Call) -> Result<{}, String> {{\n    let mut builder = {}({});\n",
        path(builder, operation.type_name.as_str()),
        path(builder, operation.name.as_str()),
        arguments.join(", ")
    );
    let is_argument = builder.arguments.iter().any(|argument| values::key(&argument.subject) == values::BODY);
    if let Some(body) = builder.body.as_ref().filter(|_| !is_argument) {
        let null = body.null.as_ref();
        if let Some(null) = null {
            let _ = writeln!(text, "    if call.is_null(\"body\") {{ builder = builder.{null}(); }}");
        }
        let value = match body.subject {
            Subject::BodyEnum(_) => format!("body_{index}(call)?"),
            _ => optional(&body.ty, values::BODY),
        };
        let _ = writeln!(text, "    if let Some(value) = {value} {{ builder = builder.body(value); }}");
    }
    let own = |setter: &&Setting<'_>| !matches!(setter.subject, Subject::Property(_));
    for setter in builder.setters.iter().filter(own) {
        let (key, name) = (values::key(&setter.subject), &setter.name);
        if let Some(null) = &setter.null {
            let _ = writeln!(text, "    if call.is_null({key:?}) {{ builder = builder.{null}(); }}");
        }
        match setter.subject {
            Subject::File(declared) if declared.many => {
                let _ = writeln!(
                    text,
                    "    for file in call.files({key:?})? {{ builder = builder.{name}(file); }}"
                );
            }
            Subject::File(_) => {
                let _ = writeln!(
                    text,
                    "    if let Some(file) = call.file({key:?})? {{ builder = builder.{name}(file); }}"
                );
            }
            _ => {
                let value = optional(&setter.ty, &key);
                let _ =
                    writeln!(text, "    if let Some(value) = {value} {{ builder = builder.{name}(value); }}");
            }
        }
    }
    for (name, content) in &builder.choosers {
        let _ = writeln!(text, "    if call.content() == {content} {{ builder = builder.{name}(); }}");
    }
    text.push_str("    call.finish()?;\n    Ok(builder)\n}\n");
    if let Some(body) = &builder.body {
        body_enum(text, builder, body, index);
    }
}

fn required_file(declared: &FileField) -> String {
    let key = values::file_key(declared);
    if declared.many {
        format!("call.files({key:?})?")
    } else {
        format!("call.file({key:?})?.ok_or(\"a file is needed\")?")
    }
}

fn optional(ty: &str, key: &str) -> String {
    match ty {
        "Body" => format!("call.body({key:?})?"),
        _ => format!("call.optional::<{ty}>({key:?})?"),
    }
}

/// The function that makes a body in the chosen media type.
fn body_enum(text: &mut String, builder: &Builder<'_>, body: &Setting<'_>, index: usize) {
    let Subject::BodyEnum(contents) = body.subject else { return };
    let ty = path(builder, &body.ty);
    let _ = write!(
        text,
        "\nfn body_{index}(call: &mut Call) -> Result<Option<{ty}>, String> {{\n    Ok(match call.content() {{\n"
    );
    for (content, declared) in contents.iter().enumerate() {
        let value = optional(&rust_type(&declared.ty), values::BODY);
        if declared.files.is_empty() {
            let _ = writeln!(text, "        {content} => {value}.map({ty}::{}),", declared.variant);
            continue;
        }
        let form = path(builder, &format!("{}{}", builder.operation.type_name, declared.variant));
        let required = declared.files.iter().filter(|file| file.required);
        let arguments: String = required.map(|file| format!(", {}", required_file(file))).collect();
        let _ = writeln!(text, "        {content} => match {value} {{\n            Some(value) => {{");
        let _ = writeln!(text, "                let mut form = {form}::new(value{arguments});");
        let forms = builder.file_forms.iter().filter(|form| std::ptr::eq(form.content, declared));
        for file in forms.flat_map(|form| &form.files) {
            let Some(setter) = &file.setter else { continue };
            let key = values::file_key(file.declared);
            let _ = writeln!(
                text,
                "                for file in call.files({key:?})? {{ form = form.{setter}(file); }}"
            );
        }
        let _ = writeln!(
            text,
            "                Some({ty}::{}(form))\n            }}\n            None => None,\n        }},",
            declared.variant
        );
    }
    text.push_str("        _ => None,\n    })\n}\n");
}

/// The function that makes the call and shows what comes back.
fn called(text: &mut String, builder: &Builder<'_>, index: usize) {
    let _ = write!(
        text,
        "\nasync fn call_{index}(mut call: Call, client: Client) -> Answer {{\n    \
         let builder = match make_{index}(&mut call) {{\n        Ok(builder) => builder,\n        \
         Err(reason) => return support::refused(reason),\n    }};\n"
    );
    for accepting in &builder.accepting {
        let (media_type, chooser) = (&accepting.alternative.media_type, &accepting.chooser);
        let _ = writeln!(text, "    if call.accept() == {media_type:?} {{");
        if let Some(stream) = accepting.stream() {
            streamed(
                text,
                builder,
                &format!("builder.{chooser}()"),
                stream.name.as_str(),
                stream.items.ty.is_none(),
            );
        }
        let _ = writeln!(text, "        let result = client.respond(&builder.{chooser}()).await;");
        shown_outcome(text, builder, &accepting.outcome);
        text.push_str("    }\n");
    }
    if let Some(stream) = &builder.stream {
        streamed(text, builder, "builder", stream.name.as_str(), stream.items.ty.is_none());
    }
    if let Some(paging) = builder.paging.first() {
        let _ = writeln!(
            text,
            "    if call.wants() == \"pages\" {{ return support::paged(&call, builder.{}(&client), support::shown).await; }}",
            paging.items
        );
    }
    text.push_str("    let result = client.respond(&builder).await;\n");
    shown_outcome(text, builder, &builder.outcome);
    text.push_str("}\n");
}

/// The statement that shows the items of a stream, if they are wanted.
fn streamed(text: &mut String, builder: &Builder<'_>, sender: &str, method: &str, is_event: bool) {
    let show = if is_event { "support::shown_event" } else { "support::shown" };
    let _ = write!(
        text,
        "    if call.wants() == \"items\" {{\n        match {sender}.{method}(&client).await {{\n            \
         Ok(stream) => return support::items(&call, stream, {show}).await,\n"
    );
    failures(text, builder);
    text.push_str("        }\n    }\n");
}

/// The expression that shows `result`.
fn shown_outcome(text: &mut String, builder: &Builder<'_>, outcome: &Outcome<'_>) {
    text.push_str("    return match result {\n        Ok(response) => {\n            let status = response.status().as_u16();\n");
    if outcome.has_output_enum {
        text.push_str("            match response.into_body() {\n");
        let mut known: Vec<String> = Vec::new();
        for success in &outcome.successes {
            let variant = success.response.status.name().to_string();
            let output = path(builder, &outcome.output);
            let arm = match success.content {
                None => format!("{output}::{variant} => support::nothing(status),"),
                Some(content) => {
                    let shown = shown(content, "output");
                    format!("{output}::{variant}(output) => support::success(status, {shown}),")
                }
            };
            if !known.contains(&arm) {
                let _ = writeln!(text, "                {arm}");
                known.push(arm);
            }
        }
        text.push_str("                _ => support::unlisted(status),\n            }\n");
    } else if let Some(content) = outcome.successes.first().and_then(|success| success.content) {
        let _ = writeln!(text, "            let output = response.into_body();");
        let _ = writeln!(text, "            support::success(status, {})", shown(content, "output"));
    } else {
        text.push_str("            support::nothing(status)\n");
    }
    text.push_str("        }\n");
    failures(text, builder);
    text.push_str("    };\n");
}

/// The arms that show an error.
fn failures(text: &mut String, builder: &Builder<'_>) {
    for failure in builder.outcome.failures {
        let error =
            path(builder, &format!("{}Error::{}", builder.operation.type_name, failure.status.name()));
        let body = failure.content.as_ref().map_or_else(
            || "Some(serde_json::json!({}))".to_owned(),
            |content| format!("failure.body.as_deref().map(|body| {})", shown(content, "body")),
        );
        let _ = writeln!(
            text,
            "            Err(Error::Api({error}(failure))) => return support::declared(&failure.response, {body}),"
        );
    }
    text.push_str("            Err(error) => return support::failed(&error),\n");
}

fn shown(content: &ResponseContent, variable: &str) -> String {
    match content.encoding {
        ResponseEncoding::Bytes => format!("support::shown_bytes({variable}.as_ref())"),
        _ if variable == "body" => format!("support::shown({variable})"),
        _ => format!("support::shown(&{variable})"),
    }
}
