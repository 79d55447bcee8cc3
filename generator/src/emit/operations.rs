//! Operations: a builder, how its request is written and its reply read, and its failures.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::layout::{Page, ident, invocation, tokens};
use super::{Index, docs, models, types};
use crate::api::{
    Body, BodyContent, BodyEncoding, Location, Operation, Parameter, PathPiece, Presence, Property,
    PropertyEncoding, Reply, ReplyEncoding, Status, Style, TypeKind, TypeRef,
};

/// More required values than this are not arguments of their own: the body is one.
const MAX_ARGUMENTS: usize = 7;

/// The file of an operation.
pub(super) fn page(operation: &Operation, index: &Index<'_>) -> Page {
    let folder: String = operation.group.iter().map(|part| format!("{part}/")).collect();
    let mut page = Page::new(format!("src/operations/{folder}{}.rs", operation.file));
    page.items(quote! {
        use crate::models::*;
        use crate::runtime::prelude::*;
    });
    let form = BodyForm::of(operation, index);
    start(&mut page, operation, &form);
    setters(&mut page, operation, &form);
    body_setters(&mut page, operation, &form);
    page.block(&format!("operation!({});", operation.type_name));
    implementation(&mut page, operation, &form);
    body_enum(&mut page, operation, &form);
    output_enum(&mut page, operation);
    failures(&mut page, operation, index);
    page
}

/// What the builder keeps of the body.
enum BodyForm<'a> {
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
    fn of(operation: &'a Operation, index: &Index<'a>) -> Self {
        let Some(body) = &operation.body else { return Self::None };
        let first = &body.content[0];
        if body.content.iter().any(|content| content.ty != first.ty) {
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
    fn has_property_setters(&self) -> bool {
        match self {
            Self::Single { required: true, properties, .. } => !properties.is_empty(),
            Self::Single { properties, .. } => {
                !properties.is_empty()
                    && properties.iter().all(|(property, _)| property.presence != Presence::Required)
            }
            _ => false,
        }
    }
}

fn required_parameters(operation: &Operation) -> impl Iterator<Item = &Parameter> {
    operation.parameters.iter().filter(|parameter| parameter.required)
}

/// The function that starts the operation, and the builder.
fn start(page: &mut Page, operation: &Operation, form: &BodyForm<'_>) {
    let (name, builder) = (ident(&operation.name), ident(&operation.type_name));
    let mut arguments = Vec::new();
    let mut values = Vec::new();
    let mut fields = Vec::new();
    for parameter in &operation.parameters {
        let (field, ty) = (ident(&parameter.field), tokens(&types::rust(&parameter.ty)));
        if parameter.required {
            arguments.push(quote! { #field: impl Into<#ty> });
            values.push(quote! { #field: #field.into() });
            fields.push(quote! { #field: #ty });
        } else {
            values.push(quote! { #field: None });
            fields.push(quote! { #field: Option<#ty> });
        }
    }
    let body_type = match form {
        BodyForm::None => None,
        BodyForm::Single { ty, .. } | BodyForm::Several { ty, .. } => Some(tokens(ty)),
    };
    if let Some(ty) = body_type {
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
        fields.push(if required {
            quote! { body: #ty }
        } else {
            quote! { body: Option<#ty> }
        });
        values.push(quote! { body: #value });
    }
    if content_choices(form).len() > 1 {
        fields.push(quote! { encoding: u8 });
        values.push(quote! { encoding: 0 });
    }
    let docs = docs::attributes(&operation_lines(operation));
    let deprecated = operation.deprecated.then(|| quote! { #[deprecated] });
    let builder_doc = format!(" Builder of the request of [`{}()`].", operation.name);
    page.items(quote! {
        #docs
        #deprecated
        pub fn #name(#(#arguments),*) -> #builder {
            #builder { #(#values),* }
        }

        #[doc = #builder_doc]
        #[derive(Clone, Debug)]
        #[must_use = "nothing is sent until `send` is called"]
        pub struct #builder {
            #(#fields),*
        }
    });
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
        let rows: Vec<String> =
            optional.map(|(property, name)| models::setter_row(property, name, ty)).collect();
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
    let choices = content_choices(form);
    let encodings = choices.iter().enumerate().skip(1).map(|(index, content)| {
        let name = format_ident!("as_{}", heck::AsSnakeCase(&content.variant).to_string());
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
            /// Sets the whole body.
            pub fn body(mut self, body: impl Into<#ty>) -> Self {
                self.body = #value;
                self
            }
            #(#encodings)*
        }
    });
}

/// The media types to choose from where one type serves all.
fn content_choices<'a>(form: &BodyForm<'a>) -> &'a [BodyContent] {
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

            const INFO: OperationInfo = OperationInfo {
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

fn writes(operation: &Operation, form: &BodyForm<'_>) -> TokenStream {
    let mut writes = TokenStream::new();
    for piece in &operation.path_pieces {
        writes.extend(match piece {
            PathPiece::Literal(text) => quote! { request.path(#text); },
            PathPiece::Parameter(index) => match operation.parameters.get(*index) {
                Some(parameter) => write_parameter(parameter),
                None => TokenStream::new(),
            },
        });
    }
    let others = operation.parameters.iter().filter(|parameter| parameter.location != Location::Path);
    writes.extend(others.map(write_parameter));
    let several = content_choices(form).len() > 1;
    match form {
        BodyForm::None => {}
        BodyForm::Single { body, required, .. } => {
            let bound = if *required {
                quote! { &self.body }
            } else {
                quote! { body }
            };
            let write = if several {
                let arms = body.content.iter().enumerate().skip(1).map(|(index, content)| {
                    let index = proc_macro2::Literal::u8_unsuffixed(u8::try_from(index).unwrap_or(0));
                    let write = write_body(content, &bound);
                    quote! { #index => { #write } }
                });
                let first = write_body(&body.content[0], &bound);
                quote! { match self.encoding { #(#arms)* _ => { #first } } }
            } else {
                write_body(&body.content[0], &bound)
            };
            writes.extend(if *required {
                write
            } else {
                quote! { if let Some(body) = &self.body { #write } }
            });
        }
        BodyForm::Several { body, ty } => {
            let ty = tokens(ty);
            let arms = body.content.iter().map(|content| {
                let variant = ident(&content.variant);
                let write = write_body(content, &quote! { body });
                quote! { #ty::#variant(body) => { #write } }
            });
            let arms = quote! { #(#arms)* };
            writes.extend(if body.required {
                quote! { match &self.body { #arms } }
            } else {
                quote! { if let Some(body) = &self.body { match body { #arms } } }
            });
        }
    }
    writes
}

fn write_parameter(parameter: &Parameter) -> TokenStream {
    let (wire, field) = (&parameter.wire, ident(&parameter.field));
    let rules = tokens(&format!("&[{}]", types::rules(&parameter.rules)));
    let (style, explode, reserved) = (style(parameter.style), parameter.explode, parameter.allow_reserved);
    let value = if parameter.required {
        quote! { Some(&self.#field) }
    } else {
        quote! { self.#field.as_ref() }
    };
    match parameter.location {
        Location::Path => quote! { request.path_parameter(#wire, &self.#field, #style, #explode, #rules)?; },
        Location::Query if parameter.as_json => quote! { request.query_json(#wire, #value, #rules)?; },
        Location::Query => quote! { request.query(#wire, #value, #style, #explode, #reserved, #rules)?; },
        Location::Header => quote! { request.header(#wire, #value, #explode, #rules)?; },
        Location::Cookie => quote! { request.cookie(#wire, #value, #explode, #rules)?; },
    }
}

fn style(style: Style) -> TokenStream {
    let name = format_ident!("{}", format!("{style:?}"));
    quote! { Style::#name }
}

fn write_body(content: &BodyContent, value: &TokenStream) -> TokenStream {
    let media_type = &content.media_type;
    let rules = tokens(&format!("&[{}]", types::rules(&content.rules)));
    match &content.encoding {
        BodyEncoding::Json => quote! { request.json_body(#media_type, #value, #rules)?; },
        BodyEncoding::Form(encodings) => {
            let encodings = property_encodings(encodings);
            quote! { request.form_body(#media_type, #value, &[#encodings], #rules)?; }
        }
        BodyEncoding::Multipart(encodings) => {
            let encodings = property_encodings(encodings);
            quote! { request.multipart_body(#media_type, #value, &[#encodings], #rules)?; }
        }
        BodyEncoding::Text => quote! { request.text_body(#media_type, #value); },
        BodyEncoding::Bytes => quote! { request.bytes_body(#media_type, #value); },
    }
}

fn property_encodings(encodings: &[PropertyEncoding]) -> TokenStream {
    let each = encodings.iter().map(|encoding| {
        let (wire, style, explode) = (&encoding.wire, style(encoding.style), encoding.explode);
        let reserved = encoding.allow_reserved;
        let content_type = match &encoding.content_type {
            Some(content_type) => quote! { Some(#content_type) },
            None => quote! { None },
        };
        quote! {
            PropertyEncoding {
                wire: #wire, content_type: #content_type, style: #style, explode: #explode, allow_reserved: #reserved
            }
        }
    });
    quote! { #(#each),* }
}

/// The type of one success.
fn reply_type(reply: &Reply) -> String {
    reply.content.as_ref().map_or_else(|| "()".to_owned(), |content| types::rust(&content.ty))
}

/// Whether successes differ in type, so that the output is an enum.
fn has_output_enum(operation: &Operation) -> bool {
    operation.successes.windows(2).any(|pair| reply_type(&pair[0]) != reply_type(&pair[1]))
}

fn output(operation: &Operation) -> String {
    if has_output_enum(operation) {
        return format!("{}Output", operation.type_name);
    }
    operation.successes.first().map_or_else(|| "()".to_owned(), reply_type)
}

fn arms(operation: &Operation) -> TokenStream {
    let wrap = has_output_enum(operation);
    let output = tokens(&output(operation));
    let error = tokens(&format!("{}Error", operation.type_name));
    let mut arms = TokenStream::new();
    let mut has_default = false;
    let mut replies: Vec<(&Reply, bool)> = operation.successes.iter().map(|reply| (reply, true)).collect();
    replies.extend(operation.failures.iter().map(|reply| (reply, false)));
    replies.sort_by_key(|(reply, _)| reply.status);
    for (reply, success) in replies {
        let pattern = match reply.status {
            Status::Code(code) => {
                let code = proc_macro2::Literal::u16_unsuffixed(code);
                quote! { #code }
            }
            Status::Range(digit) => {
                let first = proc_macro2::Literal::u16_unsuffixed(u16::from(digit) * 100);
                let last = proc_macro2::Literal::u16_unsuffixed(u16::from(digit) * 100 + 99);
                quote! { #first..=#last }
            }
            // A success under `default` leaves the failing statuses to be failures.
            Status::Default if success => quote! { 200..=299 },
            Status::Default => {
                has_default = true;
                quote! { _ }
            }
        };
        let variant = ident(&reply.variant);
        let value = if success {
            let value = match &reply.content {
                None => quote! { Ok(()) },
                Some(content) => match content.encoding {
                    ReplyEncoding::Json => quote! { reply.json() },
                    ReplyEncoding::Text | ReplyEncoding::Events => quote! { reply.text() },
                    ReplyEncoding::Bytes => quote! { reply.bytes() },
                },
            };
            match (wrap, &reply.content) {
                (false, _) => value,
                (true, None) => quote! { Ok(#output::#variant) },
                (true, Some(_)) => quote! { #value.map(#output::#variant) },
            }
        } else {
            quote! { Err(reply.failure(#error::#variant)) }
        };
        arms.extend(quote! { #pattern => #value, });
    }
    if operation.successes.is_empty() {
        arms.extend(quote! { 200..=299 => Ok(()), });
    }
    if !has_default {
        arms.extend(quote! { _ => Err(reply.unexpected()), });
    }
    arms
}

fn body_enum(page: &mut Page, operation: &Operation, form: &BodyForm<'_>) {
    let BodyForm::Several { body, ty } = form else { return };
    let name = ident(ty);
    let doc = format!(" The body of [`{}()`], by media type.", operation.name);
    let variants = body.content.iter().map(|content| {
        let doc = format!(" {}", docs::code(&content.media_type));
        let (variant, ty) = (ident(&content.variant), tokens(&types::rust(&content.ty)));
        quote! { #[doc = #doc] #variant(#ty) }
    });
    page.items(quote! {
        #[doc = #doc]
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name { #(#variants),* }
    });
    for content in &body.content {
        if body.content.iter().filter(|other| other.ty == content.ty).count() > 1 {
            continue;
        }
        let (variant, ty) = (ident(&content.variant), tokens(&types::rust(&content.ty)));
        page.items(quote! {
            impl From<#ty> for #name {
                fn from(body: #ty) -> Self {
                    Self::#variant(body)
                }
            }
        });
    }
}

fn output_enum(page: &mut Page, operation: &Operation) {
    if !has_output_enum(operation) {
        return;
    }
    let name = ident(&output(operation));
    let doc = format!(" What [`{}()`] gives, by status.", operation.name);
    let variants = operation.successes.iter().map(|reply| {
        let docs = docs::attributes(&reply_lines(reply));
        let variant = ident(&reply.variant);
        match &reply.content {
            Some(_) => {
                let ty = tokens(&reply_type(reply));
                quote! { #docs #variant(#ty) }
            }
            None => quote! { #docs #variant },
        }
    });
    page.items(quote! {
        #[doc = #doc]
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name { #(#variants),* }
    });
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

fn failures(page: &mut Page, operation: &Operation, index: &Index<'_>) {
    if operation.failures.is_empty() {
        return;
    }
    let text = format!("{}Error", operation.type_name);
    let name = ident(&text);
    let doc = format!(" Why [`{}()`] failed, by status.", operation.name);
    let variants = operation.failures.iter().map(|reply| {
        let docs = docs::attributes(&reply_lines(reply));
        let variant = ident(&reply.variant);
        let ty = match &reply.content {
            Some(content) if content.encoding == ReplyEncoding::Json => types::rust(&content.ty),
            None => index.error_body.clone(),
            Some(_) => "Json".to_owned(),
        };
        let ty = tokens(&ty);
        quote! { #docs #variant(Failure<#ty>) }
    });
    page.items(quote! {
        #[doc = #doc]
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum #name { #(#variants),* }
    });
    let rows: Vec<String> = operation.failures.iter().map(|reply| format!("{};", reply.variant)).collect();
    page.block(&invocation("operation_error", &text, &rows, &[]));
}
