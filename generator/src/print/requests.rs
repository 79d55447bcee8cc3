//! How a builder writes its request.

use super::code::{Code, Expression};
use super::multipart;
use super::printer::quoted;
use super::xml::Roots;
use crate::api::{
    BodyContent, BodyEncoding, Framing, Location, Parameter, PathPiece, PropertyEncoding, Style, TypeRef,
};
use crate::rust::{BodyForm, Builder, File, Holder, Outcome, Success};

/// The statements of `write`.
pub(super) fn writes(builder: &Builder<'_>, roots: &Roots<'_>, code: &mut Code) {
    let operation = builder.operation;
    for piece in &operation.path_pieces {
        match piece {
            PathPiece::Literal(text) => code.line(&format!("request.path({});", quoted(text))),
            PathPiece::Parameter(roots) => {
                operation
                    .parameters
                    .get(*roots)
                    .into_iter()
                    .for_each(|parameter| write_parameter(parameter, code));
            }
        }
    }
    let others = operation.parameters.iter().filter(|parameter| parameter.location != Location::Path);
    others.for_each(|parameter| write_parameter(parameter, code));
    if let Some(accepted) = accepted(&builder.outcome) {
        code.line(&format!("request.accept({});", quoted(&accepted)));
    }
    let Some(body) = builder.form.declared() else { return };
    let is_always_there = body.required || !builder.files.is_empty();
    let is_patch = builder.form.holder() == Holder::Patch;
    let value = if is_always_there || is_patch { "&self.body" } else { "body" };
    let write = |code: &mut Code| match &builder.form {
        BodyForm::Several { ty, .. } => {
            let matched = if is_always_there { "match &self.body" } else { "match body" };
            code.block(matched, |code| {
                for content in &body.content {
                    let head = format!("{ty}::{}(body) =>", content.variant);
                    code.block(&head, |code| write_content(builder, content, roots, code));
                }
            });
        }
        _ => write_chosen(&body.content, value, &builder.files, roots, code),
    };
    if is_always_there {
        write(code);
    } else if is_patch {
        code.block("if !self.body.is_absent()", write);
    } else {
        code.block("if let Some(body) = &self.body", write);
    }
}

/// Writes the body in the selected media type.
fn write_chosen(
    contents: &[BodyContent],
    value: &str,
    files: &[File<'_>],
    roots: &Roots<'_>,
    code: &mut Code,
) {
    let Some((first, others)) = contents.split_first() else { return };
    if others.is_empty() {
        return write_body(first, value, files, roots, code);
    }
    code.block("match self.encoding", |code| {
        for (place, content) in others.iter().enumerate() {
            code.block(&format!("{} =>", place + 1), |code| write_body(content, value, files, roots, code));
        }
        code.block("_ =>", |code| write_body(first, value, files, roots, code));
    });
}

/// The media types that can be read, if the server could send others.
pub(super) fn accepted(outcome: &Outcome<'_>) -> Option<String> {
    let failures = outcome.failures.iter().filter_map(|response| response.content.as_ref());
    let contents = || outcome.successes.iter().filter_map(|success| success.content).chain(failures.clone());
    let has_others = |success: &Success<'_>| !success.response.alternatives.is_empty();
    if contents().all(|content| content.others.is_empty()) && !outcome.successes.iter().any(has_others) {
        return None;
    }
    let mut accepted: Vec<&str> = Vec::new();
    for content in contents() {
        if !accepted.contains(&&*content.media_type) {
            accepted.push(&content.media_type);
        }
    }
    Some(accepted.join(", "))
}

fn write_parameter(parameter: &Parameter, code: &mut Code) {
    let (wire, field) = (quoted(&parameter.wire), &parameter.field);
    let style = || style(parameter.style);
    let explode = || parameter.explode.to_string().into();
    // If a parameter is required, null differs from absent.
    let is_null_sent = parameter.required && matches!(parameter.ty, TypeRef::Nullable(_));
    let value = || -> Expression {
        if is_null_sent { format!("&Some(&self.{field})") } else { format!("&self.{field}") }.into()
    };
    let (method, mut arguments): (_, Vec<Expression>) = match parameter.location {
        Location::Path if parameter.as_json => ("path_json", vec![value()]),
        Location::Path if parameter.allow_reserved => ("path_reserved", vec![value(), style(), explode()]),
        Location::Path => ("path_parameter", vec![value(), style(), explode()]),
        Location::Query if parameter.as_json => ("query_json", vec![value()]),
        Location::Query => {
            ("query", vec![value(), style(), explode(), parameter.allow_reserved.to_string().into()])
        }
        Location::Querystring => match &parameter.as_form {
            Some(encodings) => ("whole_query_form", vec![value(), property_encodings(encodings)]),
            None if parameter.as_json => ("whole_query_json", vec![value()]),
            None => ("whole_query_text", vec![value()]),
        },
        Location::Header if parameter.as_json => ("header_json", vec![value()]),
        Location::Cookie if parameter.as_json => ("cookie_json", vec![value()]),
        Location::Header => ("header", vec![value(), explode()]),
        Location::Cookie if parameter.style == Style::Cookie => {
            ("cookie_unescaped", vec![value(), explode()])
        }
        Location::Cookie if parameter.allow_reserved => ("cookie_reserved", vec![value(), explode()]),
        Location::Cookie => ("cookie", vec![value(), explode()]),
    };
    arguments.insert(0, wire.into());
    arguments.push(Expression::rules(&parameter.rules));
    code.expression(&Expression::call(&format!("request.{method}"), arguments), ";");
}

fn style(style: Style) -> Expression {
    format!("Style::{style:?}").into()
}

fn write_body(content: &BodyContent, value: &str, files: &[File<'_>], roots: &Roots<'_>, code: &mut Code) {
    let rules = || Expression::rules(&content.rules);
    let (method, others) = match &content.encoding {
        BodyEncoding::Json => ("json_body", vec![rules()]),
        BodyEncoding::Form(encodings) => ("form_body", vec![property_encodings(encodings), rules()]),
        BodyEncoding::Multipart(encodings) => {
            return write_multipart(content, encodings, value, files, "self", code);
        }
        BodyEncoding::Parts(prefix, item) => {
            let prefix = prefix.iter().map(|name| optional(name.as_ref()).into()).collect();
            ("parts_body", vec![Expression::slice(prefix), optional(item.as_ref()).into(), rules()])
        }
        BodyEncoding::Items(Framing::Sequence) => ("sequence_body", vec![rules()]),
        BodyEncoding::Items(_) => ("lines_body", vec![rules()]),
        BodyEncoding::Xml => {
            let root = content.xml.as_ref().map(|root| roots.name(&content.ty, root).into());
            ("xml_body", root.into_iter().chain([rules()]).collect())
        }
        BodyEncoding::Text => ("text_body", Vec::new()),
        BodyEncoding::Bytes => ("bytes_body", Vec::new()),
    };
    let mut arguments = vec![quoted(&content.media_type).into(), value.into()];
    arguments.extend(others);
    code.expression(&Expression::call(&format!("request.{method}"), arguments), ";");
}

/// Writes `body`, what a variant of the body enum holds.
fn write_content(builder: &Builder<'_>, content: &BodyContent, roots: &Roots<'_>, code: &mut Code) {
    let form = builder.file_forms.iter().find(|form| std::ptr::eq(form.content, content));
    match (&content.encoding, form) {
        (BodyEncoding::Multipart(encodings), Some(form)) => {
            write_multipart(content, encodings, "&body.values", &form.files, "body", code);
        }
        _ => write_body(content, "body", &[], roots, code),
    }
}

/// Writes a body of parts; `owner` holds the files.
fn write_multipart(
    content: &BodyContent,
    encodings: &[PropertyEncoding],
    value: &str,
    files: &[File<'_>],
    owner: &str,
    code: &mut Code,
) {
    for file in files {
        let required = file.declared.headers.iter().filter(|header| header.required);
        let required: Vec<Expression> = required.map(|header| quoted(&header.wire).into()).collect();
        if !required.is_empty() {
            let (wire, files) = multipart::names_and_files(file, owner);
            let arguments = vec![wire.into(), files.into(), Expression::slice(required)];
            code.expression(&Expression::call("request.require_part_headers", arguments), ";");
        }
    }
    let files = files.iter().map(|file| multipart::written(file, owner).into()).collect();
    let arguments = vec![
        quoted(&content.media_type).into(),
        value.into(),
        property_encodings(encodings),
        Expression::slice(files),
        Expression::rules(&content.rules),
    ];
    code.expression(&Expression::call("request.multipart_body", arguments), ";");
}

fn optional(text: Option<&String>) -> String {
    text.map_or_else(|| "None".to_owned(), |text| format!("Some({})", quoted(text)))
}

fn property_encodings(encodings: &[PropertyEncoding]) -> Expression {
    let each = encodings.iter().map(|encoding| {
        let content_type = optional(encoding.content_type.as_ref());
        let fields = vec![
            format!("wire: {}", quoted(&encoding.wire)),
            format!("content_type: {content_type}"),
            format!("style: Style::{:?}", encoding.style),
            format!("explode: {}", encoding.explode),
            format!("allow_reserved: {}", encoding.allow_reserved),
        ];
        Expression::braces("PropertyEncoding", fields)
    });
    Expression::slice(each.collect())
}
