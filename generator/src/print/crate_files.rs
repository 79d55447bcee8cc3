//! The files of the crate as a whole: `lib.rs`, modules, servers and facts of the document.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::printer::{Page, gate, ident, quoted};
use super::{crate_docs, docs, parts, runtime};
use crate::api::{Api, Ident, Model, SecurityScheme, SecuritySchemeKind, Server, TypeKind};
use crate::rust::{Crate, RuntimeSource};

/// `src/lib.rs`
pub(super) fn library(krate: &Crate<'_>) -> Page {
    let (api, name) = (krate.api, krate.package.name.as_str());
    let is_embedded = krate.package.runtime == RuntimeSource::Embedded;
    let mut page = Page::new("src/lib.rs");
    let title = if api.title.trim().is_empty() { name } else { api.title.trim() };
    let what = if api.operations.is_empty() { "The types of" } else { "A client for" };
    let mut lines = vec![
        match api.version.trim() {
            "" => format!("{what} {}.", docs::code(title)),
            version => format!("{what} {}, version {}.", docs::code(title), docs::code(version)),
        },
        String::new(),
    ];
    lines.extend(docs::lines(&crate::api::Docs { summary: String::new(), body: api.docs.body.clone() }, &[]));
    if !api.operations.is_empty() {
        lines.extend(crate_docs::lines(krate));
    }
    lines.extend(krate.events.iter().flat_map(crate_docs::about_events));
    lines.extend(krate.recursion_limit.map(crate_docs::about_depth).into_iter().flatten());
    while lines.pop_if(|line| line.is_empty()).is_some() {}
    page.block(&about(&lines));
    page.block(&attributes(krate));
    let events = |is_webhooks: bool| -> String {
        let modules = krate.events.iter().filter(|module| module.is_webhooks == is_webhooks);
        let gate = gate(api.feature_of_events());
        modules.map(|module| format!("{gate}#[rustfmt::skip]\npub mod {};\n", module.module)).collect()
    };
    let mut modules = events(false);
    if has_document(krate) && krate.parts.is_none() {
        modules.push_str("#[rustfmt::skip]\nmod document;\n");
    }
    modules.push_str("#[rustfmt::skip]\npub mod models;\n");
    if !api.operations.is_empty() {
        modules.push_str("#[rustfmt::skip]\npub mod operations;\n");
    }
    if is_embedded {
        modules.push_str("#[rustfmt::skip]\npub mod runtime;\n");
    }
    if krate.parts.is_none() && has_servers(krate) {
        modules.push_str("#[rustfmt::skip]\npub mod servers;\n");
    }
    modules.push_str(&events(true));
    page.block(&modules);
    if !is_embedded {
        page.block(RUNTIME_MODULE);
    }
    let groups: BTreeSet<&Ident> =
        api.operations.iter().filter_map(|operation| operation.group.first()).collect();
    let mut exports = String::new();
    for group in groups {
        exports.push_str(&gate(api.feature_of(std::slice::from_ref(group))));
        exports.push_str(&format!("pub use operations::{group};\n"));
    }
    if api.operations.iter().any(|operation| operation.group.is_empty()) {
        exports.push_str("pub use operations::*;\n");
    }
    page.block(&exports);
    match &krate.parts {
        Some(parts) => page.block(&parts::exports(parts, api)),
        None if api.operations.is_empty() => {}
        None => page.block(CLIENT),
    }
    page
}

/// Lines as the comment at the beginning of a file.
pub(super) fn about(lines: &[String]) -> String {
    let mut text = String::new();
    for line in lines {
        text.push_str(if line.is_empty() { "//!" } else { "//! " });
        text.push_str(line);
        text.push('\n');
    }
    text
}

/// The attributes of each crate as a whole.
pub(super) fn attributes(krate: &Crate<'_>) -> String {
    let of_names = lints_of_names(krate);
    let of_depth = krate.recursion_limit.map_or_else(String::new, |limit| {
        format!(
            "// How deep types hold each other comes from the document.\n#![recursion_limit = \"{limit}\"]\n"
        )
    });
    format!(
        "{of_depth}// What is behind a feature is marked on docs.rs.\n\
         #![cfg_attr(docsrs, feature(doc_cfg))]\n\
         // Deprecated items are used by the code that creates and reads them.\n\
         #![allow(deprecated)]\n\
         #![doc(test(attr(allow(deprecated, unused))))]\n\
         // Names come from the document.\n\
         #![allow(clippy::enum_variant_names)]\n\
         #![allow(clippy::module_inception)]\n\
         #![allow(clippy::should_implement_trait)]\n\
         #![allow(confusable_idents, mixed_script_confusables, uncommon_codepoints)]\n\
         {of_names}\
         // Sizes and shapes come from the document.\n\
         #![allow(clippy::large_enum_variant)]\n\
         #![allow(clippy::too_many_arguments)]\n\
         // Texts come from the document.\n\
         #![allow(clippy::doc_lazy_continuation)]\n\
         #![allow(clippy::doc_overindented_list_items)]\n\
         #![allow(rustdoc::redundant_explicit_links)]\n\
         // Each file imports everything that files of its kind use.\n\
         #![allow(unused_imports)]\n\
         #![forbid(unsafe_code)]",
    )
}

/// What allows the lints that few names break.
fn lints_of_names(krate: &Crate<'_>) -> String {
    let mut types = krate.models.iter().flat_map(|file| &file.types);
    let has_new_of_new = types.any(|ty| ty.definition.name == "New" && ty.has_new);
    let lints = [
        (
            has_argument_of_digits(krate),
            "#![allow(bindings_with_variant_name, clippy::just_underscores_and_digits)]\n",
        ),
        (has_new_of_new, "#![allow(clippy::self_named_constructors)]\n"),
    ];
    lints.into_iter().filter(|(is_broken, _)| *is_broken).map(|(_, allowed)| allowed).collect()
}

/// Whether a function has an argument such as `_1`, which can be a variant's name too.
fn has_argument_of_digits(krate: &Crate<'_>) -> bool {
    let types = krate.models.iter().flat_map(|file| &file.types);
    let of_types = types.flat_map(|ty| &ty.required).map(|property| &property.field);
    let of_builders =
        krate.builders.iter().flat_map(|builder| &builder.arguments).map(|argument| &argument.name);
    let of_shortcuts = krate.builders.iter().filter_map(|builder| builder.shortcuts.as_ref());
    let of_shortcuts = of_shortcuts.flat_map(|shortcuts| &shortcuts.arguments).map(|(name, _)| name);
    let of_servers = krate.servers.iter().flat_map(|server| &server.declared.variables);
    let of_servers = of_servers.map(|variable| &variable.name);
    let mut names = of_types.chain(of_builders).chain(of_shortcuts).chain(of_servers);
    names.any(|name| name.bytes().all(|byte| byte == b'_' || byte.is_ascii_digit()))
}

/// The runtime, as a module of the crate.
pub(super) const RUNTIME_MODULE: &str = "pub use openapi_rust_runtime as runtime;";

/// The document's client and its builder.
pub(super) const CLIENT: &str = r#"/// Sends this crate's operations to a server. See [`runtime::Client`].
#[cfg(feature = "client")]
pub type Client = runtime::Client<document::Document>;

/// Configures a [`Client`].
#[cfg(feature = "client")]
pub type ClientBuilder = runtime::ClientBuilder<document::Document>;

/// Why something failed, whatever operation it was: the errors of all operations convert into it.
pub type Error = runtime::AnyError;"#;

/// `src/models/mod.rs`
pub(super) fn models(api: &Api) -> Page {
    let mut page = Page::new("src/models/mod.rs");
    page.block("//! The types of requests and responses.");
    model_files(&mut page, api.models.iter().map(|model| (model, &model.features[..])));
    page
}

/// The modules of models, each compiled with any of the features beside it.
///
/// Their types are named: a glob for each would be shorter, but the compiler asks every glob for every name that isn't there,
/// so that the time and the memory it takes would grow with the square of their number. Each has a line of its own, so that
/// one more type is one more line.
pub(super) fn model_files<'a>(
    page: &mut Page,
    models: impl Iterator<Item = (&'a Model, &'a [String])> + Clone,
) {
    let (mut modules, mut names) = (String::new(), String::new());
    for (model, features) in models {
        let (gate, module) = (gate(features), &model.file);
        modules.push_str(&format!("{gate}mod {module};\n"));
        let mut types: Vec<&str> = model.types.iter().map(|definition| definition.name.as_str()).collect();
        types.sort_unstable();
        names.extend(types.iter().map(|name| format!("{gate}pub use {module}::{name};\n")));
    }
    page.block(&modules);
    page.block(&names);
}

/// Whether there is anything to call, or an address of it.
pub(super) fn has_servers(krate: &Crate<'_>) -> bool {
    !krate.api.operations.is_empty() || !krate.servers.is_empty()
}

/// `src/servers.rs`
pub(super) fn servers(krate: &Crate<'_>) -> Page {
    let mut page = Page::new("src/servers.rs");
    page.block("//! The servers that the document declares: base URLs for a client.");
    if krate.servers.iter().any(|server| !server.declared.variables.is_empty()) {
        page.block("use crate::runtime::InvalidServerVariable;");
    }
    for server in &krate.servers {
        page.items(server_function(&server.function, server.declared));
    }
    page
}

fn server_function(name: &str, server: &Server) -> TokenStream {
    let function = ident(name);
    let mut more = vec![docs::code(&server.url)];
    let variables: Vec<String> = server
        .variables
        .iter()
        .map(|variable| {
            let said = variable.docs.summary.split_whitespace().collect::<Vec<_>>().join(" ");
            let default = match variable.default.as_str() {
                "" => String::new(),
                default => format!("Default: {}.", docs::code(default)),
            };
            let text = [said, default].join(" ");
            let colon = if text.trim().is_empty() { "" } else { ": " };
            format!("- `{}`{colon}{}", variable.name, text.trim())
        })
        .collect();
    more.push(variables.join("\n"));
    if !server.variables.is_empty() {
        more.push("# Errors\nA value doesn't fit its place in the URL.".to_owned());
    }
    let docs = docs::attributes(&docs::lines(&server.docs, &more));
    let url = &server.url;
    let arguments = server.variables.iter().map(|variable| {
        let name = ident(&variable.name);
        quote! { #name: &str }
    });
    if server.variables.is_empty() {
        return quote! {
            #docs
            pub fn #function() -> String {
                #url.to_owned()
            }
        };
    }
    let values = server.variables.iter().map(|variable| {
        let (name, wire) = (ident(&variable.name), &variable.wire);
        quote! { (#wire, #name) }
    });
    quote! {
        #docs
        pub fn #function(#(#arguments),*) -> Result<String, InvalidServerVariable> {
            crate::runtime::http::server_url::server_url(#url, &[#(#values),*])
        }
    }
}

/// Whether the crate has facts of the document.
pub(super) fn has_document(krate: &Crate<'_>) -> bool {
    krate.package.runtime != RuntimeSource::Embedded || runtime::has_facts(krate.api)
}

/// `src/document.rs`
pub(super) fn document(krate: &Crate<'_>) -> Page {
    let api = krate.api;
    let mut page = Page::new("src/document.rs");
    page.block("//! Facts of the document that the runtime needs.");
    // Those of a crate for each group are for the crates that depend on it.
    let seen = if krate.parts.is_some() { "pub" } else { "pub(crate)" };
    if krate.parts.is_none() && !are_facts_used(api) {
        page.block("// What uses them depends on the features.\n#![allow(dead_code)]");
    }
    if !api.operations.is_empty() {
        page.block("use crate::runtime::{Facts, SecurityScheme};");
    }
    page.block(&format!(
        "/// Names of properties whose values are secret wherever they occur.\n\
         {seen} static SECRET_NAMES: &[&str] = {};",
        lines(api.facts.secret_names.iter().map(|name| quoted(name)))
    ));
    if !api.operations.is_empty() {
        page.block(
            "/// The document that this crate was generated from.\n\
             #[derive(Debug)]\n\
             pub enum Document {}\n\n\
             impl crate::runtime::Document for Document {\n    const FACTS: &'static Facts = &FACTS;\n}",
        );
        let agent = match &krate.parts {
            Some(_) => quoted(&krate.package.name),
            None => "env!(\"CARGO_PKG_NAME\")".to_owned(),
        };
        let about = if krate.parts.is_some() { "/// The facts of the document.\n" } else { "" };
        page.block(&format!("{about}{seen} {}", facts(api, &agent)));
    }
    page
}

/// Whether something uses all of the facts, whatever the features are: an operation, or a struct if there are none.
fn are_facts_used(api: &Api) -> bool {
    if api.operations.is_empty() {
        let models = api.models.iter().filter(|model| model.features.is_empty());
        let mut kinds = models.flat_map(|model| &model.types).map(|definition| &definition.kind);
        return kinds.any(|kind| matches!(kind, TypeKind::Object(_)));
    }
    api.operations.iter().any(|operation| api.feature_of(&operation.group).is_none())
}

/// The static with the facts of the document, one on each line; `agent` is the crate's name.
fn facts(api: &Api, agent: &str) -> String {
    let mut code = String::from("static FACTS: Facts = Facts::new()");
    let mut fact = |name: &str, value: String| code.push_str(&format!("\n    .{name}({value})"));
    let facts = &api.facts;
    fact("secret_names", "SECRET_NAMES".to_owned());
    let headers = [
        ("rate_limit_header", &facts.rate_limit_header),
        ("rate_limit_remaining_header", &facts.rate_limit_remaining_header),
        ("rate_limit_reset_header", &facts.rate_limit_reset_header),
        ("request_id_header", &facts.request_id_header),
    ];
    for (name, header) in headers {
        if let Some(header) = header {
            fact(name, quoted(&header.to_ascii_lowercase()));
        }
    }
    if let Some(keys) = &facts.idempotency_keys {
        let methods: Vec<String> = keys.methods.iter().map(|method| quoted(method)).collect();
        fact("idempotency_keys", format!("{}, &[{}]", quoted(&keys.header), methods.join(", ")));
    }
    for (name, pointer) in [("error_message", &facts.error_message), ("error_code", &facts.error_code)] {
        if let Some(pointer) = pointer {
            fact(name, quoted(pointer));
        }
    }
    if let Some(server) = api.servers.first() {
        fact("default_server", quoted(&server.default_url()));
        fact("servers", lines(api.servers.iter().map(|server| quoted(&server.url))));
    }
    let own: BTreeSet<String> = api
        .operations
        .iter()
        .filter_map(|operation| Some(operation.servers.first()?.default_url()))
        .collect();
    if !own.is_empty() {
        fact("operation_servers", lines(own.iter().map(|url| quoted(url))));
    }
    if !api.security_schemes.is_empty() {
        fact("security_schemes", lines(api.security_schemes.iter().map(security_scheme)));
    }
    fact("user_agent", format!("concat!({agent}, \"/\", env!(\"CARGO_PKG_VERSION\"))"));
    code.push_str(";\n");
    code
}

/// A slice with an item on each line.
fn lines(items: impl Iterator<Item = String>) -> String {
    let items: String = items.map(|item| format!("    {item},\n")).collect();
    if items.is_empty() { "&[]".to_owned() } else { format!("&[\n{items}]") }
}

/// A security scheme with its name.
fn security_scheme(scheme: &SecurityScheme) -> String {
    let kind = match &scheme.kind {
        SecuritySchemeKind::Bearer => "Bearer".to_owned(),
        SecuritySchemeKind::ClientCredentials { token_url, parameters } => {
            let pairs =
                parameters.iter().map(|(name, value)| format!("({}, {})", quoted(name), quoted(value)));
            let pairs = pairs.collect::<Vec<_>>().join(", ");
            format!("ClientCredentials {{ token_url: {}, parameters: &[{pairs}] }}", quoted(token_url))
        }
        SecuritySchemeKind::Basic => "Basic".to_owned(),
        SecuritySchemeKind::Authorization(_) => "Authorization".to_owned(),
        SecuritySchemeKind::HeaderKey(name) => format!("HeaderKey({})", quoted(name)),
        SecuritySchemeKind::QueryKey(name) => format!("QueryKey({})", quoted(name)),
        SecuritySchemeKind::CookieKey(name) => format!("CookieKey({})", quoted(name)),
    };
    format!("({}, SecurityScheme::{kind})", quoted(&scheme.wire))
}
