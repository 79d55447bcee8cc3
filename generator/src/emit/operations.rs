//! Operations: a builder, how its request is written and its reply read, and its failures.

use proc_macro2::TokenStream;
use quote::quote;

use super::declarations::{Declaration, from_payload};
use super::layout::{Page, ident, invocation, laid_out, tokens};
use super::replies::{answer, arms, failures, output, output_enum};
use super::requests::writes;
use super::starts;
use super::{Index, docs, examples, files, headers, models, modifications, pagination, types};
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
    files::setters(&mut page, operation);
    page.block(&format!("operation!({});", operation.type_name));
    implementation(&mut page, operation, &form);
    pagination::page(&mut page, operation, &form, index);
    modifications::page(&mut page, operation, &form, index);
    body_enum(&mut page, operation, &form);
    files::forms(&mut page, operation);
    starts::page(&mut page, operation, &form);
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
    let (name, builder) = (ident(&operation.name), ident(&operation.type_name));
    let mut arguments = Vec::new();
    let mut values = Vec::new();
    let mut fields = Vec::new();
    for parameter in &operation.parameters {
        let (field, ty) = (ident(&parameter.field), tokens(&types::rust(&parameter.ty)));
        if parameter.required {
            arguments.push(quote! { #field: impl Into<#ty> });
            values.push(quote! { #field: #field.into() });
            fields.push(format!("{}: {}", parameter.field, types::rust(&parameter.ty)));
        } else {
            values.push(quote! { #field: None });
            fields.push(format!("{}: Option<{}>", parameter.field, types::rust(&parameter.ty)));
        }
    }
    let body_type = match form {
        BodyForm::None => None,
        BodyForm::Single { ty, .. } | BodyForm::Several { ty, .. } => Some(ty),
    };
    if let Some(name) = body_type {
        let ty = tokens(name);
        let value = match form {
            BodyForm::Single { required: true, own_arguments: true, properties, .. } => {
                let own: Vec<TokenStream> = properties
                    .iter()
                    .filter(|(property, _)| property.presence == Presence::Required)
                    .map(|(property, name)| {
                        let (name, ty) = (ident(name), tokens(&types::rust(&property.ty)));
                        arguments.push(quote! { #name: impl Into<#ty> });
                        quote! { #name }
                    })
                    .collect();
                if own.is_empty() {
                    quote! { #ty::default() }
                } else {
                    quote! { #ty::new(#(#own),*) }
                }
            }
            BodyForm::Single { required: true, .. } => {
                arguments.push(quote! { body: impl Into<#ty> });
                quote! { body.into() }
            }
            BodyForm::Several { body, .. } if body.required => {
                arguments.push(quote! { body: impl Into<#ty> });
                quote! { body.into() }
            }
            _ => quote! { None },
        };
        let required = match form {
            BodyForm::Single { required, .. } => *required,
            BodyForm::Several { body, .. } => body.required,
            BodyForm::None => false,
        };
        fields.push(if required { format!("body: {name}") } else { format!("body: Option<{name}>") });
        values.push(quote! { body: #value });
    }
    let files = files::of(operation);
    for file in files {
        let (argument, field, value) = files::parts(file);
        arguments.extend(argument);
        fields.push(field);
        values.push(value);
    }
    if content_choices(form).len() > 1 {
        fields.push("encoding: u8".to_owned());
        values.push(quote! { encoding: 0 });
    }
    let example = examples::operation(operation, form, index);
    let docs = docs::comment(&docs::with_example(operation_lines(operation), example));
    let deprecated = if operation.deprecated { "#[deprecated]\n" } else { "" };
    let function = laid_out(quote! {
        pub fn #name(#(#arguments),*) -> #builder {
            #builder { #(#values),* }
        }
    });
    page.block(&format!("{docs}{deprecated}{function}"));
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
    let (ty, required) = match form {
        BodyForm::None => return,
        BodyForm::Single { ty, required, .. } => (tokens(ty), *required),
        BodyForm::Several { ty, body } => (tokens(ty), body.required),
    };
    let builder = ident(&operation.type_name);
    let value = if required {
        quote! { body.into() }
    } else {
        quote! { Some(body.into()) }
    };
    let whole =
        if files::of(operation).is_empty() { " Sets the whole body." } else { " Sets all but the files." };
    let choices = content_choices(form);
    let encodings = choices.iter().enumerate().skip(1).map(|(index, content)| {
        let name = ident(&content.setter());
        let index = proc_macro2::Literal::u8_unsuffixed(u8::try_from(index).unwrap_or(0));
        let doc = format!(
            " Sends the body as {} instead of {}.",
            docs::code(&content.media_type),
            docs::code(&choices[0].media_type)
        );
        quote! {
            #[doc = #doc]
            pub fn #name(mut self) -> Self {
                self.encoding = #index;
                self
            }
        }
    });
    page.items(quote! {
        impl #builder {
            #[doc = #whole]
            pub fn body(mut self, body: impl Into<#ty>) -> Self {
                self.body = #value;
                self
            }
            #(#encodings)*
        }
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
    let builder = ident(&operation.type_name);
    let (id, path) = (&operation.id, &operation.path);
    let method = ident(&operation.method);
    let security = operation.security.iter().map(|alternative| {
        let schemes = alternative.iter().map(|requirement| {
            let (scheme, scopes) = (&requirement.scheme, &requirement.scopes);
            quote! { (#scheme, &[#(#scopes),*]) }
        });
        quote! { &[#(#schemes),*] }
    });
    let output = tokens(&output(operation));
    let error = if operation.failures.is_empty() {
        quote! { std::convert::Infallible }
    } else {
        tokens(&format!("{}Error", operation.type_name))
    };
    let writes = writes(operation, form);
    let arms = arms(operation);
    page.items(quote! {
        impl Operation for #builder {
            type Output = #output;
            type Error = #error;

            const INFO: &'static OperationInfo = &OperationInfo {
                id: #id,
                method: http::Method::#method,
                path: #path,
                security: &[#(#security),*],
            };

            fn write(&self, request: &mut RequestWriter) -> Result<(), InvalidRequest> {
                #writes
                Ok(())
            }

            fn read(reply: &Reply) -> Result<Self::Output, Error<Self::Error>> {
                match reply.status() {
                    #arms
                }
            }
        }
    });
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
    if content.files.is_empty() { types::rust(&content.ty) } else { files::form_name(operation, content) }
}
