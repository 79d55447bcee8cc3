//! The files that hold the crate together: `lib.rs`, modules, servers and facts of the document.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::quote;

use super::printer::{Page, gate, ident, quoted};
use super::{SourceFile, crate_docs, docs};
use crate::api::{Api, Ident, Model, Operation, SecuritySchemeKind, Server};
use crate::rust::Crate;

/// `src/lib.rs`
pub(super) fn library(krate: &Crate<'_>) -> Page {
    let (api, name) = (krate.api, krate.package.name.as_str());
    let mut page = Page::new("src/lib.rs");
    let title = if api.title.trim().is_empty() { name } else { api.title.trim() };
    let mut text = String::new();
    let mut lines = vec![
        format!("Client of {}, version {}.", docs::code(title), docs::code(&api.version)),
        String::new(),
    ];
    lines.extend(docs::lines(&crate::api::Docs { summary: String::new(), body: api.docs.body.clone() }, &[]));
    lines.extend(crate_docs::lines(krate));
    for line in &lines {
        text.push_str(if line.is_empty() { "//!" } else { "//! " });
        text.push_str(line);
        text.push('\n');
    }
    page.block(&text);
    page.block(
        "// What is deprecated is used by the code that makes and reads it.\n\
         #![allow(deprecated)]\n\
         // Names come from the document.\n\
         #![allow(clippy::enum_variant_names)]\n\
         #![allow(clippy::module_inception)]\n\
         #![allow(clippy::should_implement_trait)]\n\
         #![allow(confusable_idents, mixed_script_confusables, uncommon_codepoints)]\n\
         // Sizes and shapes come from the document.\n\
         #![allow(clippy::large_enum_variant)]\n\
         #![allow(clippy::too_many_arguments)]\n\
         // Texts come from the document.\n\
         #![allow(clippy::doc_lazy_continuation)]\n\
         #![allow(clippy::doc_overindented_list_items)]\n\
         #![allow(rustdoc::redundant_explicit_links)]\n\
         // Each file imports all that files of its kind use.\n\
         #![allow(unused_imports)]\n\
         #![forbid(unsafe_code)]",
    );
    let mut modules = String::from(
        "#[rustfmt::skip]\nmod document;\n#[rustfmt::skip]\npub mod models;\n#[rustfmt::skip]\npub mod operations;\n",
    );
    modules.push_str("#[rustfmt::skip]\npub mod runtime;\n#[rustfmt::skip]\npub mod servers;\n");
    page.block(&modules);
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
    exports.push_str("#[cfg(feature = \"client\")]\npub use runtime::Client;\n");
    page.block(&exports);
    page
}

/// `src/models/mod.rs`
pub(super) fn models(api: &Api) -> Page {
    let mut page = Page::new("src/models/mod.rs");
    page.block("//! The types of request and response bodies.");
    let each = |before: &str, after: &str| -> String {
        let line = |model: &Model| format!("{}{before}{}{after};\n", gate(&model.features), model.file);
        api.models.iter().map(line).collect()
    };
    page.block(&each("mod ", ""));
    page.block(&each("pub use ", "::*"));
    page
}

/// `mod.rs` of each group of operations.
pub(super) fn groups(api: &Api) -> Vec<Page> {
    let mut groups: BTreeMap<Vec<Ident>, Vec<&Operation>> = BTreeMap::from([(Vec::new(), Vec::new())]);
    for operation in &api.operations {
        for depth in 0..=operation.group.len() {
            groups.entry(operation.group[..depth].to_vec()).or_default();
        }
        groups.entry(operation.group.clone()).or_default().push(operation);
    }
    let below = |group: &Vec<Ident>| -> Vec<Ident> {
        let children =
            groups.keys().filter(|other| other.len() == group.len() + 1 && other.starts_with(group));
        children.filter_map(|other| other.last().cloned()).collect()
    };
    let page = |(group, operations): (&Vec<Ident>, &Vec<&Operation>)| {
        let folder: String = group.iter().map(|part| format!("{part}/")).collect();
        let mut page = Page::new(format!("src/operations/{folder}mod.rs"));
        let what = if group.is_empty() {
            "Every operation, by group.".to_owned()
        } else {
            format!("Operations of `{}`.", group.join("::"))
        };
        page.block(&format!("//! {what}"));
        let mut files: Vec<&str> = operations.iter().map(|operation| operation.file.as_str()).collect();
        files.sort_unstable();
        let child = |child: &Ident| {
            let feature = api.feature_of(std::slice::from_ref(child)).filter(|_| group.is_empty());
            format!("{}pub mod {child};\n", gate(feature))
        };
        page.block(&below(group).iter().map(child).collect::<String>());
        page.block(&files.iter().map(|file| format!("mod {file};\n")).collect::<String>());
        page.block(&files.iter().map(|file| format!("pub use {file}::*;\n")).collect::<String>());
        page
    };
    groups.iter().map(page).collect()
}

/// `src/servers.rs`
pub(super) fn servers(krate: &Crate<'_>) -> Page {
    let mut page = Page::new("src/servers.rs");
    page.block("//! The servers that the document names: base URLs for a client.");
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
            let default = docs::code(&variable.default);
            format!("- `{}`: {said} Default: {default}.", variable.name).replace(":  ", ": ")
        })
        .collect();
    more.push(variables.join("\n"));
    let docs = docs::attributes(&docs::lines(&server.docs, &more));
    let url = &server.url;
    let arguments = server.variables.iter().map(|variable| {
        let name = ident(&variable.name);
        quote! { #name: &str }
    });
    let replaced = server.variables.iter().map(|variable| {
        let (name, wire) = (ident(&variable.name), format!("{{{}}}", variable.wire));
        quote! { .replace(#wire, #name) }
    });
    let value = if server.variables.is_empty() {
        quote! { #url.to_owned() }
    } else {
        quote! { #url #(#replaced)* }
    };
    quote! {
        #docs
        pub fn #function(#(#arguments),*) -> String {
            #value
        }
    }
}

/// `src/document.rs`
pub(super) fn document(api: &Api) -> Page {
    let mut page = Page::new("src/document.rs");
    page.block("//! Facts of the document that the runtime asks for.");
    let facts = &api.facts;
    let option = |value: &Option<String>| match value {
        Some(text) => quote! { Some(#text) },
        None => quote! { None },
    };
    let lower = |value: &Option<String>| option(&value.as_ref().map(|name| name.to_ascii_lowercase()));
    let secrets = &facts.secret_names;
    let (limit, remaining) = (lower(&facts.rate_limit_header), lower(&facts.rate_limit_remaining_header));
    let (reset, id) = (lower(&facts.rate_limit_reset_header), lower(&facts.request_id_header));
    let (message, code) = (option(&facts.error_message), option(&facts.error_code));
    let server = api.servers.first().map(default_url).unwrap_or_default();
    let servers = api.servers.iter().map(|server| &server.url);
    let schemes = api.security_schemes.iter().map(|scheme| {
        let kind = match &scheme.kind {
            SecuritySchemeKind::Bearer => quote! { Bearer },
            SecuritySchemeKind::ClientCredentials { token_url, parameters } => {
                let pairs = parameters.iter().map(|(name, value)| quote! { (#name, #value) });
                quote! { ClientCredentials { token_url: #token_url, parameters: &[#(#pairs),*] } }
            }
            SecuritySchemeKind::Basic => quote! { Basic },
            SecuritySchemeKind::HeaderKey(name) => quote! { HeaderKey(#name) },
            SecuritySchemeKind::QueryKey(name) => quote! { QueryKey(#name) },
            SecuritySchemeKind::CookieKey(name) => quote! { CookieKey(#name) },
        };
        let wire = &scheme.wire;
        quote! { (#wire, SecurityScheme::#kind) }
    });
    page.items(quote! {
        #[cfg(feature = "client")]
        use crate::runtime::SecurityScheme;
        pub(crate) const SECRET_NAMES: &[&str] = &[#(#secrets),*];
        pub(crate) const RATE_LIMIT_HEADER: Option<&str> = #limit;
        pub(crate) const RATE_LIMIT_REMAINING_HEADER: Option<&str> = #remaining;
        pub(crate) const RATE_LIMIT_RESET_HEADER: Option<&str> = #reset;
        pub(crate) const REQUEST_ID_HEADER: Option<&str> = #id;
        pub(crate) const ERROR_MESSAGE: Option<&str> = #message;
        pub(crate) const ERROR_CODE: Option<&str> = #code;
        #[cfg(feature = "client")]
        pub(crate) const DEFAULT_SERVER: &str = #server;
        #[cfg(feature = "client")]
        pub(crate) const SERVERS: &[&str] = &[#(#servers),*];
        #[cfg(feature = "client")]
        pub(crate) const USER_AGENT: &str = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));
        #[cfg(feature = "client")]
        pub(crate) const SECURITY_SCHEMES: &[(&str, SecurityScheme)] = &[#(#schemes),*];
    });
    page
}

fn default_url(server: &Server) -> String {
    server.variables.iter().fold(server.url.clone(), |url, variable| {
        url.replace(&format!("{{{}}}", variable.wire), &variable.default)
    })
}

/// The name of the manifest, which is the only generated file that its owner may edit.
pub const MANIFEST: &str = "Cargo.toml";

/// `Cargo.toml` of a crate that has none; of one that has, what must be in it.
pub(super) fn manifest(api: &Api, name: &str) -> SourceFile {
    let names: Vec<String> = api.features.iter().map(|feature| quoted(&feature.name)).collect();
    let default: String = names.iter().map(|name| format!(", {name}")).collect();
    let section = |of_groups: bool, said: &str| {
        let features = api.features.iter().filter(|feature| feature.group.is_some() == of_groups);
        let lines: String = features.map(|feature| format!("{} = []\n", feature.name)).collect();
        if lines.is_empty() { lines } else { format!("# {said}\n{lines}") }
    };
    let features = [
        section(true, "Operations by their first module, with the models they need."),
        section(false, "Alternatives of unions, with the models that they alone need."),
    ]
    .concat();
    let text = format!(
        r#"[package]
name = {}
version = "0.1.0"
edition = "2024"
rust-version = "1.88"
description = "A client, generated from an OpenAPI document"

[features]
default = ["reqwest"{default}]
client = ["dep:backon", "dep:futures-util", "dep:httpdate", "dep:secrecy", "dep:tokio", "dep:url"]
reqwest = ["client", "dep:reqwest", "dep:rustls"]
blocking = ["client", "tokio/rt-multi-thread"]
tower = ["client", "dep:http-body", "dep:http-body-util", "dep:tower-service"]
tracing = ["client", "dep:tracing"]
test-util = ["client"]
{features}
[dependencies]
base64 = "0.22"
bytes = "1"
futures-core = {{ version = "0.3", default-features = false, features = ["std"] }}
http = "1"
percent-encoding = "2"
regex = {{ version = "1", default-features = false, features = ["std", "perf", "unicode"] }}
serde = {{ version = "1", default-features = false, features = ["std"] }}
serde_json = {{ version = "1", features = ["preserve_order", "float_roundtrip"] }}
backon = {{ version = "1.6", default-features = false, features = ["std"], optional = true }}
futures-util = {{ version = "0.3", default-features = false, features = ["std"], optional = true }}
http-body = {{ version = "1", optional = true }}
http-body-util = {{ version = "0.1", optional = true }}
httpdate = {{ version = "1", optional = true }}
reqwest = {{ version = "0.13", default-features = false, features = ["rustls", "stream"], optional = true }}
rustls = {{ version = "0.23", default-features = false, features = ["std"], optional = true }}
secrecy = {{ version = "0.10", optional = true }}
tokio = {{ version = "1", features = ["fs", "io-util", "time"], optional = true }}
tower-service = {{ version = "0.3", optional = true }}
tracing = {{ version = "0.1", default-features = false, features = ["std"], optional = true }}
url = {{ version = "2", optional = true }}
"#,
        quoted(name)
    );
    SourceFile { path: MANIFEST.to_owned(), text }
}
