//! Operations: a builder, how its request is written and its response read, and its failures.

use super::code::{Code, Expression};
use super::declarations::{Declaration, from_payload};
use super::printer::{Page, invocation, quoted};
use super::requests::writes;
use super::responses::{self, failures, output_enum};
use super::shortcuts;
use super::xml::Roots;
use super::{
    accepting, docs, examples, headers, models, modifications, multipart, pagination, polling, streams,
};
use crate::api::{Location, Operation, Parameter, Server, TypeRef};
use crate::rust::{BodyForm, Builder, Crate, Holder, Index, Markers, Outcome, Passed, Subject, rust_type};

/// The file of an operation.
pub(super) fn page(builder: &Builder<'_>, krate: &Crate<'_>) -> Page {
    let operation = builder.operation;
    let folder: String = operation.group.iter().map(|part| format!("{part}/")).collect();
    let mut page = Page::new(format!("src/operations/{folder}{}.rs", operation.file));
    let fields = start(&mut page, builder, krate);
    let roots = Roots::of(operation, &krate.index);
    implementation(&mut page, builder, &fields, &roots);
    setters(&mut page, builder);
    body_setters(&mut page, builder, &krate.index);
    multipart::setters(&mut page, builder);
    roots.page(&mut page);
    streams::page(&mut page, builder, krate);
    pagination::page(&mut page, builder, krate);
    modifications::page(&mut page, builder, krate);
    polling::page(&mut page, builder, krate);
    body_enum(&mut page, builder);
    multipart::forms(&mut page, builder);
    shortcuts::page(&mut page, builder);
    output_enum(&mut page, operation, &builder.outcome);
    accepting::page(&mut page, builder, &roots);
    failures(&mut page, builder, krate);
    headers::page(&mut page, operation);
    page
}

/// The operation's function; returns the fields of the builder that it makes.
fn start(page: &mut Page, builder: &Builder<'_>, krate: &Crate<'_>) -> Vec<String> {
    let operation = builder.operation;
    let mut arguments = Vec::new();
    let mut values = Vec::new();
    let mut fields = Vec::new();
    let mut markers = Markers::default();
    for parameter in &operation.parameters {
        let (field, ty) = (&parameter.field, rust_type(&parameter.ty));
        if parameter.required {
            let passed = Passed::new(&parameter.ty, &krate.index);
            arguments.push(format!("{field}: {}", passed.ty(&mut markers)));
            values.push(format!("{field}: {}", passed.value(field)));
            fields.push(format!("{field}: {ty}"));
        } else {
            values.push(format!("{field}: None"));
            fields.push(format!("{field}: Option<{ty}>"));
        }
    }
    if let Some((ty, required)) = builder.form.ty() {
        let first = first_body(&builder.form, ty, required, &krate.index, &mut markers, &mut arguments);
        values.push(format!("body: {first}"));
        fields.push(format!("body: {}", builder.form.holder().around(ty)));
    }
    for file in &builder.files {
        let (argument, field, value) = multipart::parts(file);
        arguments.extend(argument);
        fields.push(field);
        values.push(value);
    }
    if !builder.choosers.is_empty() {
        fields.push("encoding: u16".to_owned());
        values.push("encoding: 0".to_owned());
    }
    let example = examples::operation(builder, krate);
    let docs = docs::comment(&docs::with_example(operation_lines(builder, krate), example));
    let deprecated = if operation.deprecated { "#[deprecated]\n" } else { "" };
    let type_name = &operation.type_name;
    let mut function = Code::default();
    let head = markers.function(&format!("pub fn {}", operation.name));
    function.function(&head, arguments, type_name, |code| {
        code.expression(&Expression::braces(type_name, values), "");
    });
    page.block(&format!("{docs}{deprecated}{}", function.finish()));
    fields
}

/// A builder's initial body; adds the arguments that it needs.
fn first_body(
    form: &BodyForm<'_>,
    ty: &str,
    required: bool,
    index: &Index<'_>,
    markers: &mut Markers,
    arguments: &mut Vec<String>,
) -> String {
    let holder = form.holder();
    if !form.has_own_arguments() {
        if !required {
            return holder.empty().to_owned();
        }
        let passed = form.passed(index).unwrap_or_else(|| Passed::Into(ty.to_owned()));
        arguments.push(format!("body: {}", passed.ty(markers)));
        return holder.holding(&passed.value("body"));
    }
    let names: Vec<&str> = form
        .required()
        .map(|(property, name)| {
            arguments.push(format!("{name}: {}", Passed::new(&property.ty, index).ty(markers)));
            name.as_str()
        })
        .collect();
    let first = if names.is_empty() {
        format!("{ty}::default()")
    } else {
        format!("{ty}::new({})", names.join(", "))
    };
    holder.holding(&first)
}

fn operation_lines(builder: &Builder<'_>, krate: &Crate<'_>) -> Vec<String> {
    let operation = builder.operation;
    let mut more = vec![docs::code(&format!("{} {}", operation.method, operation.path))];
    let mut scopes: Vec<&str> = operation
        .security
        .iter()
        .flatten()
        .flat_map(|requirement| &requirement.scopes)
        .map(String::as_str)
        .collect();
    scopes.dedup();
    if !scopes.is_empty() {
        let scopes: Vec<String> = scopes.iter().map(|scope| docs::code(scope)).collect();
        more.push(format!("Needs the scope {}.", scopes.join(" or ")));
    }
    more.extend(server_line(operation, krate));
    let required = operation.parameters.iter().filter(|parameter| parameter.required);
    let arguments: Vec<String> = required
        .filter(|parameter| !parameter.docs.summary.is_empty())
        .map(|parameter| format!("- `{}`: {}", parameter.field, one_line(&parameter.docs.summary)))
        .chain(multipart::argument_lines(builder))
        .collect();
    more.push(arguments.join("\n"));
    docs::lines(&operation.docs, &more)
}

/// Where the operation is sent, if it has servers of its own.
fn server_line(operation: &Operation, krate: &Crate<'_>) -> Option<String> {
    let (first, others) = operation.servers.split_first()?;
    let mut line = format!("Sent to {}, not to the client's base URL", docs::code(&first.default_url()));
    let link = |server: &Server| {
        krate.server_function(server).map(|name| format!("[`servers::{name}`](crate::servers::{name})"))
    };
    line.extend(link(first).map(|link| format!(": see {link}")));
    line.push('.');
    let others: Vec<String> = others.iter().filter_map(link).collect();
    if !others.is_empty() {
        line.push_str(&format!(" Other servers: {}.", others.join(", ")));
    }
    Some(line)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The doc comment of a parameter's setter, which has no field to refer to.
fn parameter_lines(parameter: &Parameter) -> Vec<String> {
    let more = [docs::rules(&parameter.rules), docs::default(parameter.default.as_ref())];
    let mut docs = parameter.docs.clone();
    if docs.summary.is_empty() && docs.body.is_empty() {
        docs.summary = format!("The {} {}.", location(parameter.location), docs::code(&parameter.wire));
    }
    docs::lines(&docs, &more)
}

fn location(location: Location) -> &'static str {
    match location {
        Location::Path => "path parameter",
        Location::Query => "query parameter",
        Location::Querystring => "query",
        Location::Header => "header",
        Location::Cookie => "cookie",
    }
}

/// Setters of the optional parameters and of the properties of the body.
fn setters(page: &mut Page, builder: &Builder<'_>) {
    let (mut plain, mut several) = (Vec::new(), Vec::new());
    for setting in &builder.setters {
        let Subject::Parameter(parameter) = setting.subject else { continue };
        let lines = docs::comment(&parameter_lines(parameter));
        let deprecated = if parameter.deprecated { "#[deprecated]\n" } else { "" };
        let row = |set: &str| format!("{lines}{deprecated}{}: optional {set};", parameter.field);
        match &setting.collection {
            Some(collection) => several.push(row(&models::collection_row(&setting.name, collection))),
            None => plain.push(row(&format!("{}({})", setting.name, setting.ty))),
        }
    }
    let type_name = &builder.operation.type_name;
    for (name, rows) in [("setters", plain), ("collection_setters", several)] {
        if !rows.is_empty() {
            page.block(&invocation(name, type_name, &rows, &[]));
        }
    }
    if let (Some((ty, _)), false) = (builder.form.ty(), builder.property_setters.is_empty()) {
        // A generic type has no page to link to.
        let owner = (!ty.contains('<')).then_some(ty);
        let head = if builder.form.holder() == Holder::None { "" } else { "optional " };
        models::setters(page, &format!("{type_name} => {head}body"), &builder.property_setters, owner);
    }
}

/// Setters of the body as a whole and of its media type.
fn body_setters(page: &mut Page, builder: &Builder<'_>, index: &Index<'_>) {
    let Some((ty, _)) = builder.form.ty() else { return };
    let holder = builder.form.holder();
    let passed = builder.form.passed(index).unwrap_or_else(|| Passed::Into(ty.to_owned()));
    let value = holder.holding(&passed.value("body"));
    let mut markers = Markers::default();
    let argument = passed.ty(&mut markers);
    let whole = if builder.files.is_empty() { "The whole body." } else { "The whole body except its files." };
    let choices = builder.form.choices();
    let mut code = Code::default();
    code.block(&format!("impl {}", builder.operation.type_name), |code| {
        code.line(&format!("/// {whole}"));
        let parameters = vec!["mut self".to_owned(), format!("body: {argument}")];
        code.function(&markers.function("pub fn body"), parameters, "Self", |code| {
            code.line(&format!("self.body = {value};"));
            code.line("self");
        });
        if let Some(null) = builder.body.as_ref().and_then(|body| body.null.as_ref()) {
            let null_body = format!("body = {}", holder.null());
            code.gap();
            setter(code, "Sends null as the body.", &format!("{null}(mut self)"), &null_body);
        }
        for (name, index) in &builder.choosers {
            let [own, first] = [&choices[*index], &choices[0]].map(|content| docs::code(&content.media_type));
            let doc = format!("Sends the body as {own} instead of {first}.");
            code.gap();
            setter(code, &doc, &format!("{name}(mut self)"), &format!("encoding = {index}"));
        }
    });
    page.block(&code.finish());
}

fn setter(code: &mut Code, doc: &str, head: &str, change: &str) {
    code.line(&format!("/// {doc}"));
    code.block(&format!("pub fn {head} -> Self"), |code| {
        code.line(&format!("self.{change};"));
        code.line("self");
    });
}

/// The builder with these `fields`, and the operation that it implements.
fn implementation(page: &mut Page, builder: &Builder<'_>, fields: &[String], roots: &Roots<'_>) {
    let (operation, outcome) = (builder.operation, &builder.outcome);
    let docs = [format!("Builds the request of {}.", docs::link(operation))];
    // Without a private field, callers could create the builder by name, and its first field would break them.
    let attributes: &[&str] = if fields.is_empty() { &["#[non_exhaustive]"] } else { &[] };
    let head = format!("pub struct {}", operation.type_name);
    let mut declaration = Declaration::new(&docs, attributes, &head);
    fields.iter().for_each(|field| declaration.member(&[], false, field));
    let mut code = Code::default();
    code.block("operation!", |code| {
        declaration.finish().lines().for_each(|line| code.line(line));
        let (method, path) = (method(&operation.method), quoted(&operation.path));
        code.line(&format!("{method} {path} as {} -> {};", quoted(&operation.id), results(outcome)));
        if !operation.security.is_empty() {
            code.expression(&security(operation), ";");
        }
        if let Some(server) = operation.servers.first() {
            code.line(&format!("server: {};", quoted(&server.default_url())));
        }
        code.short_block("write(self, request)", |code| writes(builder, roots, code));
        responses::reading(outcome, roots, code);
    });
    page.block(&code.finish());
}

/// What a call returns.
pub(super) fn results(outcome: &Outcome<'_>) -> String {
    format!("{}, {}", outcome.output, outcome.error())
}

/// The method: one that has a constant, or its text.
fn method(method: &str) -> String {
    match method {
        "GET" | "PUT" | "POST" | "DELETE" | "OPTIONS" | "HEAD" | "PATCH" | "TRACE" => method.to_owned(),
        other => quoted(other),
    }
}

/// The alternatives of schemes, each with its scopes.
fn security(operation: &Operation) -> Expression {
    let alternatives = operation.security.iter().map(|alternative| {
        let schemes = alternative.iter().map(|requirement| {
            let scopes = requirement.scopes.iter().map(|scope| quoted(scope).into()).collect();
            Expression::call("", vec![quoted(&requirement.scheme).into(), Expression::slice(scopes)])
        });
        Expression::slice(schemes.collect())
    });
    Expression::slice(alternatives.collect()).behind("security: ")
}

fn body_enum(page: &mut Page, builder: &Builder<'_>) {
    let BodyForm::Several { body, ty, converted } = &builder.form else { return };
    let docs = [format!("The body of {}, by media type.", docs::link(builder.operation))];
    let attributes = ["#[derive(Clone, Debug, PartialEq)]", "#[non_exhaustive]"];
    let mut variants = Declaration::new(&docs, &attributes, &format!("pub enum {ty}"));
    for content in &body.content {
        let variant = format!("{}({})", content.variant, builder.payload(content));
        variants.member(&[docs::code(&content.media_type)], false, &variant);
    }
    page.block(&variants.finish());
    for content in converted {
        let payload = if matches!(content.ty, TypeRef::Nullable(_)) { "Some(body)" } else { "body" };
        page.block(&from_payload(&builder.unwrapped(content), ty, &content.variant, "body", payload));
    }
}
