//! Operations: a builder, how its request is written and its reply read, and its failures.

use super::code::{Code, Expression};
use super::declarations::{Declaration, from_payload};
use super::printer::{Page, invocation, quoted};
use super::replies::{answer, arms, failures, output, output_enum};
use super::requests::writes;
use super::shortcuts;
use super::{Index, docs, examples, headers, models, modifications, multipart, pagination, types};
use crate::api::{Body, BodyContent, Operation, Parameter, Presence, Property, TypeKind, TypeRef};

/// More required values than this are not arguments of their own: the body is one.
const MAX_ARGUMENTS: usize = 7;

/// The file of an operation.
pub(super) fn page(operation: &Operation, index: &Index<'_>) -> Page {
    let folder: String = operation.group.iter().map(|part| format!("{part}/")).collect();
    let mut page = Page::new(format!("src/operations/{folder}{}.rs", operation.file));
    let form = BodyForm::of(operation, index);
    start(&mut page, operation, &form, index);
    setters(&mut page, operation, &form);
    body_setters(&mut page, operation, &form);
    multipart::setters(&mut page, operation);
    page.block(&format!(
        "operation!({} -> {}, {});",
        operation.type_name,
        output(operation),
        error(operation)
    ));
    implementation(&mut page, operation, &form);
    pagination::page(&mut page, operation, &form, index);
    modifications::page(&mut page, operation, &form, index);
    body_enum(&mut page, operation, &form);
    multipart::forms(&mut page, operation);
    shortcuts::page(&mut page, operation, &form);
    output_enum(&mut page, operation);
    answer(&mut page, operation);
    failures(&mut page, operation, index);
    headers::page(&mut page, operation);
    page
}

/// What the builder keeps of the body.
pub(super) enum BodyForm<'a> {
    None,
    /// One type for every media type.
    Single {
        body: &'a Body,
        ty: String,
        required: bool,
        properties: Vec<(&'a Property, &'a str)>,
        own_arguments: bool,
    },
    /// An enum with a variant for each media type.
    Several {
        body: &'a Body,
        ty: String,
    },
}

impl<'a> BodyForm<'a> {
    pub(super) fn of(operation: &'a Operation, index: &Index<'a>) -> Self {
        let Some(body) = &operation.body else { return Self::None };
        let first = &body.content[0];
        if body.content.iter().any(|content| content.ty != first.ty || !content.files.is_empty()) {
            return Self::Several { body, ty: format!("{}Body", operation.type_name) };
        }
        let object = match &first.ty {
            TypeRef::Named(name) => match index.kinds.get(name.as_str()) {
                Some(TypeKind::Object(object)) => Some(object),
                _ => None,
            },
            _ => None,
        };
        let mut properties = Vec::new();
        for setter in &body.setters {
            let property =
                object.and_then(|object| object.properties.iter().find(|p| p.field == setter.field));
            properties.extend(property.map(|property| (property, setter.name.as_str())));
        }
        let required =
            properties.iter().filter(|(property, _)| property.presence == Presence::Required).count();
        let arguments = operation.parameters.iter().filter(|parameter| parameter.required).count() + required;
        let own_arguments = object.is_some() && body.required && arguments <= MAX_ARGUMENTS;
        Self::Single { body, ty: types::rust(&first.ty), required: body.required, properties, own_arguments }
    }

    /// The body's type, and whether there must be one.
    fn body(&self) -> Option<(&str, bool)> {
        match self {
            Self::None => None,
            Self::Single { ty, required, .. } => Some((ty, *required)),
            Self::Several { body, ty } => Some((ty, body.required)),
        }
    }

    /// Whether the builder has a setter for each property: it does if it can make the body from nothing else.
    pub(super) fn has_property_setters(&self) -> bool {
        match self {
            Self::Single { required: true, properties, .. } => !properties.is_empty(),
            Self::Single { properties, .. } => {
                !properties.is_empty()
                    && properties.iter().all(|(property, _)| property.presence != Presence::Required)
            }
            _ => false,
        }
    }

    /// Whether the builder has a setter for a parameter or a property that is called `name`.
    pub(super) fn is_setter(&self, operation: &Operation, name: &str) -> bool {
        let properties = if let Self::Single { properties, .. } = self { &properties[..] } else { &[] };
        properties.iter().any(|(_, other)| *other == name)
            || operation.parameters.iter().any(|parameter| parameter.field == name)
    }
}

impl BodyContent {
    /// The builder's method that chooses this media type.
    pub(super) fn setter(&self) -> String {
        format!("as_{}", heck::AsSnakeCase(&self.variant))
    }
}

fn required_parameters(operation: &Operation) -> impl Iterator<Item = &Parameter> {
    operation.parameters.iter().filter(|parameter| parameter.required)
}

/// The function that starts the operation, and the builder.
fn start(page: &mut Page, operation: &Operation, form: &BodyForm<'_>, index: &Index<'_>) {
    let mut arguments = Vec::new();
    let mut values = Vec::new();
    let mut fields = Vec::new();
    for parameter in &operation.parameters {
        let (field, ty) = (&parameter.field, types::rust(&parameter.ty));
        if parameter.required {
            arguments.push(format!("{field}: impl Into<{ty}>"));
            values.push(format!("{field}: {field}.into()"));
            fields.push(format!("{field}: {ty}"));
        } else {
            values.push(format!("{field}: None"));
            fields.push(format!("{field}: Option<{ty}>"));
        }
    }
    if let Some((ty, required)) = form.body() {
        values.push(format!("body: {}", first_body(form, ty, required, &mut arguments)));
        fields.push(if required { format!("body: {ty}") } else { format!("body: Option<{ty}>") });
    }
    for file in multipart::of(operation) {
        let (argument, field, value) = multipart::parts(file);
        arguments.extend(argument);
        fields.push(field);
        values.push(value);
    }
    if content_choices(form).len() > 1 {
        fields.push("encoding: u16".to_owned());
        values.push("encoding: 0".to_owned());
    }
    let example = examples::operation(operation, form, index);
    let docs = docs::comment(&docs::with_example(operation_lines(operation), example));
    let deprecated = if operation.deprecated { "#[deprecated]\n" } else { "" };
    let builder = &operation.type_name;
    let mut function = Code::default();
    function.function(&format!("pub fn {}", operation.name), arguments, builder, |code| {
        code.expression(&Expression::braces(builder, values), "");
    });
    page.block(&format!("{docs}{deprecated}{}", function.finish()));
    let docs = [format!("Builder of the request of {}.", docs::link(operation))];
    let mut attributes = vec!["#[derive(Clone, Debug)]"];
    if fields.is_empty() {
        // Without a private field a caller could build it by its name, and would break with the first field.
        attributes.push("#[non_exhaustive]");
    }
    attributes.push("#[must_use = \"nothing is sent until `send` is called\"]");
    let mut builder = Declaration::new(&docs, &attributes, &format!("pub struct {}", operation.type_name));
    for field in &fields {
        builder.member(&[], false, field);
    }
    page.block(&builder.finish());
}

/// What a builder's body is at first; adds the arguments that it takes.
fn first_body(form: &BodyForm<'_>, ty: &str, required: bool, arguments: &mut Vec<String>) -> String {
    let BodyForm::Single { required: true, own_arguments: true, properties, .. } = form else {
        if required {
            arguments.push(format!("body: impl Into<{ty}>"));
        }
        return if required { "body.into()" } else { "None" }.to_owned();
    };
    let own = properties.iter().filter(|(property, _)| property.presence == Presence::Required);
    let names: Vec<&str> = own
        .map(|(property, name)| {
            arguments.push(format!("{name}: impl Into<{}>", types::rust(&property.ty)));
            *name
        })
        .collect();
    if names.is_empty() { format!("{ty}::default()") } else { format!("{ty}::new({})", names.join(", ")) }
}

fn operation_lines(operation: &Operation) -> Vec<String> {
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
    let arguments: Vec<String> = required_parameters(operation)
        .filter(|parameter| !parameter.docs.summary.is_empty())
        .map(|parameter| format!("- `{}`: {}", parameter.field, one_line(&parameter.docs.summary)))
        .collect();
    more.push(arguments.join("\n"));
    docs::lines(&operation.docs, &more)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Setters of the optional parameters.
fn setters(page: &mut Page, operation: &Operation, form: &BodyForm<'_>) {
    let rows: Vec<String> = operation
        .parameters
        .iter()
        .filter(|parameter| !parameter.required)
        .map(|parameter| {
            let mut more = vec![docs::rules(&parameter.rules)];
            if let Some(default) = &parameter.default {
                more.push(format!("Default: {}.", docs::code(&default.to_string())));
            }
            let mut lines = docs::lines(&parameter.docs, &more);
            if lines.is_empty() {
                lines.push(format!("Sets {}.", docs::code(&parameter.wire)));
            }
            let deprecated = if parameter.deprecated { "#[deprecated]\n" } else { "" };
            let ty = types::rust(&parameter.ty);
            format!(
                "{}{deprecated}{field}: optional {field}({ty});",
                docs::comment(&lines),
                field = parameter.field
            )
        })
        .collect();
    if !rows.is_empty() {
        page.block(&invocation("setters", &operation.type_name, &rows, &[]));
    }
    if let BodyForm::Single { properties, required, ty, .. } = form
        && form.has_property_setters()
    {
        let optional = properties.iter().filter(|(property, _)| property.presence != Presence::Required);
        let taken = |name: &str| form.is_setter(operation, name);
        let rows: Vec<String> =
            optional.map(|(property, name)| models::setter_row(property, name, ty, taken)).collect();
        let head = if *required { "" } else { "optional " };
        if !rows.is_empty() {
            page.block(&invocation("setters", &format!("{} => {head}body", operation.type_name), &rows, &[]));
        }
    }
}

/// Setters of the body as a whole and of its media type.
fn body_setters(page: &mut Page, operation: &Operation, form: &BodyForm<'_>) {
    let Some((ty, required)) = form.body() else { return };
    let value = if required { "body.into()" } else { "Some(body.into())" };
    let whole =
        if multipart::of(operation).is_empty() { "Sets the whole body." } else { "Sets all but the files." };
    let choices = content_choices(form);
    let mut code = Code::default();
    code.block(&format!("impl {}", operation.type_name), |code| {
        setter(code, whole, &format!("body(mut self, body: impl Into<{ty}>)"), &format!("body = {value}"));
        for (index, content) in choices.iter().enumerate().skip(1) {
            let [own, first] = [content, &choices[0]].map(|content| docs::code(&content.media_type));
            let doc = format!("Sends the body as {own} instead of {first}.");
            code.gap();
            setter(code, &doc, &format!("{}(mut self)", content.setter()), &format!("encoding = {index}"));
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

/// The media types to choose from where one type serves all.
pub(super) fn content_choices<'a>(form: &BodyForm<'a>) -> &'a [BodyContent] {
    match form {
        BodyForm::Single { body, .. } => &body.content,
        _ => &[],
    }
}

fn implementation(page: &mut Page, operation: &Operation, form: &BodyForm<'_>) {
    let mut code = Code::default();
    code.block(&format!("impl Operation for {}", operation.type_name), |code| {
        code.line(&format!("type Output = {};", output(operation)));
        code.line(&format!("type Error = {};", error(operation)));
        code.gap();
        code.line("const INFO: &'static OperationInfo = &OperationInfo {");
        code.inside(|code| {
            code.line(&format!("id: {},", quoted(&operation.id)));
            code.line(&format!("method: http::Method::{},", operation.method));
            code.line(&format!("path: {},", quoted(&operation.path)));
            code.expression(&security(operation), ",");
            code.line("facts: &crate::document::FACTS,");
        });
        code.line("};");
        code.gap();
        code.block("fn write(&self, request: &mut RequestWriter)", |code| writes(operation, form, code));
        code.gap();
        code.block("fn read(reply: &Reply) -> Result<Self::Output, Error<Self::Error>>", |code| {
            code.block("match reply.status()", |code| arms(operation, code));
        });
    });
    page.block(&code.finish());
}

/// The type of declared failures.
fn error(operation: &Operation) -> String {
    match &operation.failures[..] {
        [] => "std::convert::Infallible".to_owned(),
        _ => format!("{}Error", operation.type_name),
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

fn body_enum(page: &mut Page, operation: &Operation, form: &BodyForm<'_>) {
    let BodyForm::Several { body, ty } = form else { return };
    let docs = [format!("The body of {}, by media type.", docs::link(operation))];
    let attributes = ["#[derive(Clone, Debug, PartialEq)]", "#[non_exhaustive]"];
    let mut variants = Declaration::new(&docs, &attributes, &format!("pub enum {ty}"));
    let types: Vec<String> = body.content.iter().map(|content| variant_type(operation, content)).collect();
    for (content, ty) in body.content.iter().zip(&types) {
        let variant = format!("{}({ty})", content.variant);
        variants.member(&[docs::code(&content.media_type)], false, &variant);
    }
    page.block(&variants.finish());
    for (content, payload) in body.content.iter().zip(&types) {
        if types.iter().filter(|other| *other == payload).count() == 1 {
            page.block(&from_payload(payload, ty, &content.variant, "body"));
        }
    }
}

/// The type that the variant of `content` holds in the body enum.
fn variant_type(operation: &Operation, content: &BodyContent) -> String {
    if content.files.is_empty() { types::rust(&content.ty) } else { multipart::form_name(operation, content) }
}
