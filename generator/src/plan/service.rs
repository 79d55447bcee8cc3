//! The service as a whole: servers, security schemes and what the settings say.

use openapiv3::{APIKeyLocation, SecurityScheme as Scheme};
use serde_json::Value;

use super::schedule::Part;
use super::{Planner, docs, signatures};
use crate::api::{
    Additional, Api, Facts, Ident, Model, Object, Operation, Presence, Property, SecurityScheme,
    SecuritySchemeKind, Server, ServerVariable, TypeDef, TypeKind, TypeRef, Wish, inner_key,
};
use crate::diagnostics::{Diagnostics, Place, codes};
use crate::settings::{ScalarKind, Settings};
use crate::source::document::{self, Document};

/// The plan of the service, without models, events and facts.
pub(super) fn api(document: &Document, operations: Vec<Operation>, diagnostics: &mut Diagnostics) -> Api {
    let described = described(document.summary.as_deref(), document.info.description.as_deref());
    Api {
        title: document.info.title.clone(),
        version: document.info.version.clone(),
        docs: docs::docs(Some(&document.info.title), described.as_deref()),
        servers: document.servers.iter().map(server).collect(),
        security_schemes: security_schemes(document, &operations, diagnostics),
        operations,
        ..Api::default()
    }
}

/// What the document says about itself, its summary first unless the description starts with it.
pub(super) fn described(summary: Option<&str>, description: Option<&str>) -> Option<String> {
    match (summary.map(str::trim).filter(|summary| !summary.is_empty()), description) {
        (Some(summary), Some(description)) if !description.trim_start().starts_with(summary) => {
            Some(format!("{summary}\n\n{description}"))
        }
        (Some(summary), None) => Some(summary.to_owned()),
        (_, description) => description.map(str::to_owned),
    }
}

/// What the settings tell the runtime.
pub(super) fn facts(
    settings: &Settings,
    models: &[Model],
    error_body: Option<TypeRef>,
    diagnostics: &mut Diagnostics,
) -> Facts {
    let error = settings.error.clone().unwrap_or_default();
    let headers = settings.headers.clone();
    Facts {
        secret_names: secret_names(settings, models),
        rate_limit_header: headers.rate_limit,
        rate_limit_remaining_header: headers.rate_limit_remaining,
        rate_limit_reset_header: headers.rate_limit_reset,
        request_id_header: headers.request_id,
        idempotency_keys: None,
        error_body,
        error_message: error.message,
        error_code: error.code,
        signature: signatures::signature(settings, diagnostics),
    }
}

/// The names in the settings, and those of properties whose type is secret: a value that doesn't fit its type
/// is kept as JSON, where only its name tells that it is one.
fn secret_names(settings: &Settings, models: &[Model]) -> Vec<String> {
    let mut names = settings.secrets.clone();
    for definition in models.iter().flat_map(|model| &model.types) {
        if let TypeKind::Object(object) = &definition.kind {
            let secret = object.properties.iter().filter(|property| holds_secret(&property.ty));
            names.extend(secret.map(|property| property.wire.clone()));
        }
    }
    names.sort();
    names.dedup();
    names
}

fn holds_secret(ty: &TypeRef) -> bool {
    match ty {
        TypeRef::Secret(_) => true,
        TypeRef::List(inner) | TypeRef::Map(inner) | TypeRef::Nullable(inner) | TypeRef::Inferred(inner) => {
            holds_secret(inner)
        }
        _ => false,
    }
}

/// The servers of an operation, if they aren't those of the document.
pub(super) fn own_servers(operation: &document::Operation, document: &Document) -> Vec<Server> {
    let is_same = |own: &document::Server, of_document: &document::Server| {
        let (own, of_document) = (&own.declared, &of_document.declared);
        own.url == of_document.url && own.variables == of_document.variables
    };
    let (own, of_document) = (&operation.servers, &document.servers);
    if own.len() == of_document.len() && own.iter().zip(of_document).all(|(a, b)| is_same(a, b)) {
        return Vec::new();
    }
    own.iter().map(server).collect()
}

fn server(server: &document::Server) -> Server {
    let document::Server { declared: server, name } = server;
    let declared = server.variables.clone().unwrap_or_default();
    let variables = declared.iter().map(|(wire, variable)| ServerVariable {
        wire: wire.clone(),
        name: Ident::default(),
        default: variable.default.clone(),
        values: variable.enumeration.clone(),
        docs: docs::docs(None, variable.description.as_deref()),
    });
    Server {
        url: server.url.clone(),
        name: name.clone(),
        docs: docs::docs(None, server.description.as_deref()),
        variables: variables.collect(),
    }
}

fn security_schemes(
    document: &Document,
    operations: &[Operation],
    diagnostics: &mut Diagnostics,
) -> Vec<SecurityScheme> {
    let used = |name: &str| {
        operations.iter().flat_map(|operation| &operation.security).flatten().any(|r| r.scheme == name)
    };
    let mut schemes = Vec::new();
    for (wire, scheme) in document.security_schemes.iter().filter(|(name, _)| used(name)) {
        let document::SecurityScheme { place, declared: scheme, deprecated, details: _, scopes: _ } = scheme;
        let description = match scheme {
            Scheme::APIKey { description, .. }
            | Scheme::HTTP { description, .. }
            | Scheme::OAuth2 { description, .. }
            | Scheme::OpenIDConnect { description, .. } => description,
        };
        let kind = scheme_kind(scheme);
        // Without a scheme it isn't declared, which has been told.
        if let SecuritySchemeKind::Authorization(scheme) = &kind
            && !scheme.is_empty()
        {
            let message = format!("{scheme:?} isn't a way to authenticate that the client knows");
            let help = format!(
                "Give the client the whole value of the `Authorization` header, with `credential({wire:?}, value)`."
            );
            diagnostics.report(&codes::UNKNOWN_AUTHENTICATION, place, message, help);
        }
        schemes.push(SecurityScheme {
            wire: wire.clone(),
            kind,
            deprecated: *deprecated,
            docs: docs::docs(None, description.as_deref()),
        });
    }
    schemes
}

fn scheme_kind(scheme: &Scheme) -> SecuritySchemeKind {
    match scheme {
        Scheme::APIKey { location, name, .. } => match location {
            APIKeyLocation::Header => SecuritySchemeKind::HeaderKey(name.clone()),
            APIKeyLocation::Query => SecuritySchemeKind::QueryKey(name.clone()),
            APIKeyLocation::Cookie => SecuritySchemeKind::CookieKey(name.clone()),
        },
        Scheme::HTTP { scheme, .. } if scheme.eq_ignore_ascii_case("basic") => SecuritySchemeKind::Basic,
        Scheme::OAuth2 { flows, .. } => match &flows.client_credentials {
            Some(flow) => {
                let form = flow.extensions.get("x-form-parameters").and_then(Value::as_object);
                let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                let parameters = form.into_iter().flatten().map(|(name, value)| (name.clone(), text(value)));
                SecuritySchemeKind::ClientCredentials {
                    token_url: flow.token_url.clone(),
                    parameters: parameters.collect(),
                }
            }
            None => SecuritySchemeKind::Bearer,
        },
        Scheme::HTTP { scheme, .. } if !scheme.eq_ignore_ascii_case("bearer") => {
            SecuritySchemeKind::Authorization(scheme.clone())
        }
        Scheme::HTTP { .. } | Scheme::OpenIDConnect { .. } => SecuritySchemeKind::Bearer,
    }
}

impl Planner<'_> {
    /// The type of the failures' body that the settings describe.
    pub(super) fn error_body(mut self) -> Option<(TypeRef, Part)> {
        let error = self.settings.error.as_ref()?;
        let key = inner_key("", &error.title);
        let name = Ident::unsettled(&key);
        let properties = error.properties.iter().map(|(wire, property)| Property {
            wire: wire.clone(),
            field: Ident::default(),
            docs: docs::docs(None, property.description.as_deref()),
            deprecated: false,
            presence: Presence::Optional,
            ty: match property.kind {
                ScalarKind::String => TypeRef::String,
                ScalarKind::Integer => TypeRef::Int64,
                ScalarKind::Boolean => TypeRef::Boolean,
            },
            rules: Vec::new(),
            read_only: false,
            write_only: false,
            required_in_request: false,
            default: None,
            discriminated_by: None,
            xml: None,
            tag: None,
            place: Place::default(),
        });
        let object = Object {
            properties: properties.collect(),
            additional: Additional::Open,
            additional_field: Ident::default(),
            rules: Vec::new(),
            made_from: Vec::new(),
        };
        self.current.push(TypeDef {
            name: name.clone(),
            wish: Wish::Suggested(error.title.clone()),
            docs: docs::docs(None, error.description.as_deref()),
            deprecated: false,
            in_request: false,
            in_response: true,
            kind: TypeKind::Object(object),
            in_xml: false,
            has_hash: true,
            derives: Vec::new(),
            attributes: Vec::new(),
            place: Place::default(),
        });
        Some((TypeRef::Named(name), self.part(key)))
    }
}
