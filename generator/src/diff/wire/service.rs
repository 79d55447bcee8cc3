//! The service as a whole: servers, security schemes and settings.

use std::collections::BTreeSet;

use super::matching::matching;
use super::{At, Comparison};
use crate::api::{
    Api, Facts, Hmac, IdempotencyKeys, SecurityScheme, SecuritySchemeKind, Server, ServerVariable, Signature,
    SignatureTimestamp, TypeKind, TypeRef,
};
use crate::diff::rules::{self, Kind};
use crate::diff::{Group, Part};

impl Comparison<'_> {
    pub(super) fn service(&mut self) {
        // Features are cargo's business and compared with the crate's items.
        let Api {
            title,
            version,
            docs,
            servers,
            security_schemes,
            models: _,
            operations: _,
            events: _,
            features: _,
            facts,
        } = self.old;
        let new = self.new;
        let whole = At::new(&Group::Service, Part::Whole, "the service");
        let text = |kind: &'static Kind, old: &String, new: &String, this: &mut Self| {
            if old != new {
                this.report(kind, &whole, Some(old.clone()), Some(new.clone()));
            }
        };
        text(&rules::TITLE_CHANGED, title, &new.title, self);
        text(&rules::VERSION_CHANGED, version, &new.version, self);
        if docs.body != new.docs.body {
            self.docs(&whole, docs, &new.docs);
        }
        self.servers(servers, &new.servers);
        self.schemes(security_schemes, &new.security_schemes);
        self.facts(facts, &new.facts);
    }

    fn servers(&mut self, old: &[Server], new: &[Server]) {
        let at = |server: &Server| At::new(&Group::Service, Part::Server(server.url.clone()), &server.url);
        let first = |servers: &[Server]| servers.first().map(|server| server.url.clone());
        if let (Some(before), Some(server)) = (first(old), new.first())
            && before != server.url
        {
            self.report(&rules::DEFAULT_SERVER_CHANGED, &at(server), Some(before), Some(server.url.clone()));
        }
        let rest = |servers: &[Server], server: &Server| !servers.iter().any(|other| other.url == server.url);
        let replaced = !old.is_empty() && !new.is_empty();
        for server in old.iter().skip(usize::from(replaced)).filter(|server| rest(new, server)) {
            self.report(&rules::SERVER_REMOVED, &at(server), Some(server.url.clone()), None);
        }
        for server in new.iter().skip(usize::from(replaced)).filter(|server| rest(old, server)) {
            self.report(&rules::SERVER_ADDED, &at(server), None, Some(server.url.clone()));
        }
        for server in old {
            let Some(other) = new.iter().find(|other| other.url == server.url) else { continue };
            // A name is one in Rust, compared with the crate's items.
            let Server { url: _, name: _, docs, variables } = server;
            self.docs(&at(other), docs, &other.docs);
            let (before, after) = (variable_words(variables), variable_words(&other.variables));
            if before != after {
                self.report(&rules::SERVER_VARIABLE_CHANGED, &at(other), Some(before), Some(after));
            }
            for (old, new) in variables.iter().zip(&other.variables).filter(|(old, new)| old.wire == new.wire)
            {
                self.docs(&at(other), &old.docs, &new.docs);
            }
        }
    }

    fn schemes(&mut self, old: &[SecurityScheme], new: &[SecurityScheme]) {
        let at = |scheme: &SecurityScheme| {
            At::new(&Group::Service, Part::SecurityScheme(scheme.wire.clone()), &scheme.wire)
        };
        let schemes = matching(old, new, |scheme| scheme.wire.as_str());
        for (scheme, other) in schemes.old {
            let SecurityScheme { wire: _, kind, deprecated, docs } = scheme;
            let Some(other) = other else {
                self.report(&rules::SECURITY_SCHEME_REMOVED, &at(scheme), Some(scheme_words(kind)), None);
                continue;
            };
            if *kind != other.kind {
                let (before, after) = (scheme_words(kind), scheme_words(&other.kind));
                self.report(&rules::SECURITY_SCHEME_CHANGED, &at(scheme), Some(before), Some(after));
            }
            self.deprecation(&at(scheme), *deprecated, other.deprecated);
            self.docs(&at(scheme), docs, &other.docs);
        }
        for scheme in schemes.added {
            self.report(&rules::SECURITY_SCHEME_ADDED, &at(scheme), None, Some(scheme_words(&scheme.kind)));
        }
    }

    fn facts(&mut self, old: &Facts, new: &Facts) {
        let Facts {
            secret_names,
            rate_limit_header,
            rate_limit_remaining_header,
            rate_limit_reset_header,
            request_id_header,
            idempotency_keys,
            // A type like any other.
            error_body: _,
            error_message,
            error_code,
            signature,
        } = old;
        let list = |names: &[String]| (!names.is_empty()).then(|| names.join(", "));
        let settings = [
            (
                "secrets",
                list(&of_settings(secret_names, self.old)),
                list(&of_settings(&new.secret_names, self.new)),
            ),
            ("headers.rate_limit", rate_limit_header.clone(), new.rate_limit_header.clone()),
            (
                "headers.rate_limit_remaining",
                rate_limit_remaining_header.clone(),
                new.rate_limit_remaining_header.clone(),
            ),
            (
                "headers.rate_limit_reset",
                rate_limit_reset_header.clone(),
                new.rate_limit_reset_header.clone(),
            ),
            ("headers.request_id", request_id_header.clone(), new.request_id_header.clone()),
            (
                "idempotency_keys",
                idempotency_keys.as_ref().map(idempotency_words),
                new.idempotency_keys.as_ref().map(idempotency_words),
            ),
            ("error.message", error_message.clone(), new.error_message.clone()),
            ("error.code", error_code.clone(), new.error_code.clone()),
            (
                "webhooks.signature",
                signature.as_ref().map(signature_words),
                new.signature.as_ref().map(signature_words),
            ),
        ];
        for (name, before, after) in settings {
            if before != after {
                let at = At::new(&Group::Service, Part::Whole, name);
                self.report(&rules::FACTS_CHANGED, &at, before, after);
            }
        }
    }
}

/// The names of secrets that no property is the reason for: a property's type is compared where the property is.
fn of_settings(names: &[String], api: &Api) -> Vec<String> {
    let types = api.models.iter().flat_map(|model| &model.types);
    let properties = types.filter_map(|definition| match &definition.kind {
        TypeKind::Object(object) => Some(&object.properties),
        _ => None,
    });
    let is_secret = |ty: &TypeRef| {
        let mut found = false;
        ty.visit(&mut |ty| found |= matches!(ty, TypeRef::Secret(_)));
        found
    };
    let secret: BTreeSet<&str> = properties
        .flatten()
        .filter(|property| is_secret(&property.ty))
        .map(|property| property.wire.as_str())
        .collect();
    names.iter().filter(|name| !secret.contains(name.as_str())).cloned().collect()
}

fn idempotency_words(keys: &IdempotencyKeys) -> String {
    let IdempotencyKeys { header, methods } = keys;
    format!("{header} with {}", methods.join(", "))
}

fn signature_words(signature: &Signature) -> String {
    let Signature::Hmac(hmac) = signature else { return "that of Standard Webhooks".to_owned() };
    let Hmac { header, prefix, encoding, hash, content, timestamp } = hmac;
    let timestamp = match timestamp {
        SignatureTimestamp::None => String::new(),
        SignatureTimestamp::Header(header) => format!(", with the timestamp in {header}"),
        SignatureTimestamp::Fields(timestamp, signature) => {
            format!(", with the fields {timestamp} and {signature}")
        }
    };
    format!("{hash:?} in {encoding:?} of {content:?}, in {header} after {prefix:?}{timestamp}")
}

pub(super) fn variable_words(variables: &[ServerVariable]) -> String {
    let each = variables.iter().map(|variable| {
        let ServerVariable { wire, name: _, default, values, docs: _ } = variable;
        let values = if values.is_empty() { String::new() } else { format!(" of {}", values.join(", ")) };
        format!("{wire}, by default {default}{values}")
    });
    each.collect::<Vec<_>>().join("; ")
}

fn scheme_words(kind: &SecuritySchemeKind) -> String {
    match kind {
        SecuritySchemeKind::Bearer => "a bearer token".to_owned(),
        SecuritySchemeKind::Basic => "a name and a password".to_owned(),
        SecuritySchemeKind::Authorization(scheme) if scheme.is_empty() => {
            "the header Authorization".to_owned()
        }
        SecuritySchemeKind::Authorization(scheme) => format!("the header Authorization for {scheme}"),
        SecuritySchemeKind::HeaderKey(name) => format!("a key in the header {name}"),
        SecuritySchemeKind::QueryKey(name) => format!("a key in the query parameter {name}"),
        SecuritySchemeKind::CookieKey(name) => format!("a key in the cookie {name}"),
        SecuritySchemeKind::ClientCredentials { token_url, parameters } => {
            let each = parameters.iter().map(|(name, value)| format!(" and {name}={value}"));
            format!("a bearer token from {token_url}{}", each.collect::<String>())
        }
    }
}
