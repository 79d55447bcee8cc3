//! The program that calls every operation of a generated crate. It contains typed calls of all builders and
//! setters and is compiled once; it reads the values to pass line by line.

use std::fmt::Write as _;

use openapi_generator::api::{FileField, Response, ResponseEncoding};
use openapi_generator::rust::{Builder, Setting, Subject, rust_type};

use super::cases;

/// The part that all such programs share.
const SUPPORT: &str = include_str!("support.txt");

/// The source of the program for the crate `module`.
/// The types in `unions` are enums whose alternative another value chooses.
pub fn source(calls: &[Builder<'_>], unions: &[&str], module: &str) -> String {
    let support = SUPPORT.replace("CRATE", module).replace("CHOSEN", cases::CHOSEN);
    let mut text = format!("//! Calls every operation of `{module}`.\n{support}");
    text.push_str("\nfn make(call: usize, values: &mut Values) -> Made {\n    match call {\n");
    for index in 0..calls.len() {
        let _ = writeln!(text, "        {index} => make_{index}(values),");
    }
    text.push_str("        _ => Err(\"no such operation\".to_owned()),\n    }\n}\n");
    text.push_str("\nfn read(call: usize, response: Response) -> Value {\n    match call {\n");
    for index in 0..calls.len() {
        let _ = writeln!(text, "        {index} => read_{index}(response),");
    }
    text.push_str("        _ => Value::Null,\n    }\n}\n");
    for (index, call) in calls.iter().enumerate() {
        make(&mut text, call, index, unions, module);
        read(&mut text, call, index, module);
    }
    text
}

fn make(text: &mut String, call: &Builder<'_>, index: usize, unions: &[&str], module: &str) {
    let function = format!("{module}::{}::{}", call.module_path(), call.operation.name);
    let arguments: Vec<String> = call
        .arguments
        .iter()
        .map(|argument| {
            let key = cases::key(argument, call);
            match argument.subject {
                Subject::BodyEnum(_) => format!("body_{index}(values)?.ok_or(\"a body is needed\")?"),
                Subject::File(declared) if declared.many => format!("vec![{}]", file(&key)),
                Subject::File(_) => file(&key),
                _ => taken(&argument.ty, &key),
            }
        })
        .collect();
    let _ = write!(
        text,
        "\n/// `{}`\nfn make_{index}(values: &mut Values) -> Made {{\n    #[allow(unused_mut)]\n    \
         let mut builder = {function}({});\n",
        call.operation.id.replace(['\n', '`'], " "),
        arguments.join(", ")
    );
    if let Some(body) = &call.body {
        let is_argument = call.arguments.iter().any(|argument| cases::key(argument, call) == "body");
        let value = match body.subject {
            Subject::BodyEnum(_) => format!("body_{index}(values)?"),
            _ => optional(&body.ty, "body"),
        };
        if !is_argument {
            let _ = writeln!(text, "    if let Some(value) = {value} {{ builder = builder.body(value); }}");
        }
    }
    for setter in &call.setters {
        let (key, name) = (cases::key(setter, call), &setter.name);
        if let Some(null) = &setter.null {
            let _ = writeln!(text, "    if values.is_null({key:?}) {{ builder = builder.{null}(); }}");
        }
        let value = match setter.subject {
            Subject::File(_) => optional_file(&key),
            _ if unions.contains(&setter.ty.as_str()) => {
                let (ty, chosen) = (&setter.ty, cases::chosen_key(&key));
                format!("values.chosen::<{ty}>({key:?}, {chosen:?}, |tag, value| {ty}::typed(tag, value))?")
            }
            _ => optional(&setter.ty, &key),
        };
        let _ = writeln!(text, "    if let Some(value) = {value} {{ builder = builder.{name}(value); }}");
    }
    for (name, content) in &call.choosers {
        let _ = writeln!(text, "    if values.has_content({content}) {{ builder = builder.{name}(); }}");
    }
    text.push_str("    values.finish()?;\n    made(builder.build())\n}\n");
    if let Some(body) = &call.body {
        body_enum(text, call, body, index, module);
    }
}

/// The expression for a required file; only crates that send files have a type for them.
fn file(key: &str) -> String {
    format!("{FILE}(values.take::<String>({key:?})?)")
}

fn optional_file(key: &str) -> String {
    format!("values.optional::<String>({key:?})?.map({FILE})")
}

/// The function that makes a file from its text.
const FILE: &str = "(|text| tested::runtime::FilePart::new(\"file.txt\", text))";

/// The function that makes a body with the chosen media type.
fn body_enum(text: &mut String, call: &Builder<'_>, body: &Setting<'_>, index: usize, module: &str) {
    let Subject::BodyEnum(contents) = body.subject else { return };
    let ty = format!("{module}::{}::{}", call.module_path(), body.ty);
    let _ = write!(
        text,
        "\nfn body_{index}(values: &mut Values) -> Result<Option<{ty}>, String> {{\n    \
         Ok(match values.content() {{\n"
    );
    for (content, declared) in contents.iter().enumerate() {
        let value = optional(&rust_type(&declared.ty), "body");
        if declared.files.is_empty() {
            let _ = writeln!(text, "        {content} => {value}.map({ty}::{}),", declared.variant);
            continue;
        }
        let form =
            format!("{module}::{}::{}{}", call.module_path(), call.operation.type_name, declared.variant);
        let (required, optional): (Vec<&FileField>, Vec<_>) =
            declared.files.iter().partition(|file| file.required);
        let mut arguments = "value".to_owned();
        for file in required {
            let one = self::file(&cases::file_key(file));
            let _ = write!(arguments, ", {}", if file.many { format!("vec![{one}]") } else { one });
        }
        let _ = writeln!(text, "        {content} => match {value} {{\n            Some(value) => {{");
        let mutable = if optional.is_empty() { "" } else { "mut " };
        let _ = writeln!(text, "                let {mutable}form = {form}::new({arguments});");
        let files = call.file_forms.iter().filter(|form| std::ptr::eq(form.content, declared));
        for file in files.flat_map(|form| &form.files) {
            let Some(setter) = &file.setter else { continue };
            let key = cases::file_key(file.declared);
            let _ = writeln!(
                text,
                "                if let Some(file) = {} {{ form = form.{setter}(file); }}",
                optional_file(&key)
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

fn taken(ty: &str, key: &str) -> String {
    match ty {
        "Body" => format!("values.body({key:?})?.ok_or(\"a body is needed\")?"),
        _ => format!("values.take::<{ty}>({key:?})?"),
    }
}

fn optional(ty: &str, key: &str) -> String {
    match ty {
        "Body" => format!("values.body({key:?})?"),
        _ => format!("values.optional::<{ty}>({key:?})?"),
    }
}

fn read(text: &mut String, call: &Builder<'_>, index: usize, module: &str) {
    let path = format!("{module}::{}", call.module_path());
    let builder = &call.operation.type_name;
    let _ = write!(
        text,
        "\nfn read_{index}(response: Response) -> Value {{\n    match {path}::{builder}::parse(response) {{\n"
    );
    if call.outcome.has_output_enum {
        for reply in &call.operation.successes {
            let (variant, output) = (reply.status.name(), &call.outcome.output);
            let _ = match shown(reply) {
                Shown::Nothing if reply.content.is_none() => {
                    writeln!(text, "        Ok({path}::{output}::{variant}) => nothing(),")
                }
                shown => writeln!(
                    text,
                    "        Ok({path}::{output}::{variant}(output)) => {}(&output),",
                    shown.function()
                ),
            };
        }
        text.push_str("        Ok(_) => unlisted(),\n");
    } else {
        let shown = call.operation.successes.first().map_or(Shown::Nothing, shown);
        let _ = match shown {
            Shown::Nothing => writeln!(text, "        Ok(_) => nothing(),"),
            shown => writeln!(text, "        Ok(output) => {}(&output),", shown.function()),
        };
    }
    for reply in &call.operation.failures {
        let expected = reply.content.is_some();
        let _ = writeln!(
            text,
            "        Err(Error::Api({path}::{builder}Error::{}(failure))) => declared({:?}, failure.body.is_some(), {expected}),",
            reply.status.name(),
            reply.status.name()
        );
    }
    text.push_str("        Err(error) => failed(&error),\n    }\n}\n");
}

/// The expression with which the program prints an output.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shown {
    Nothing,
    Json,
    Other,
}

impl Shown {
    fn function(self) -> &'static str {
        match self {
            Self::Json => "json_output",
            Self::Nothing | Self::Other => "other_output",
        }
    }
}

fn shown(reply: &Response) -> Shown {
    match reply.content.as_ref().map(|content| content.encoding) {
        None => Shown::Nothing,
        Some(ResponseEncoding::Json) => Shown::Json,
        Some(_) => Shown::Other,
    }
}
