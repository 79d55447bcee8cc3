//! `README.md`: how to install the crate, a first call, and what this service wants for authentication.

use super::super::docs::code;
use super::super::manifest::{DEFAULTS, conversion_features};
use super::super::printer::quoted;
use super::super::{crate_docs, example_layout, examples};
use crate::api::{Operation, SecurityScheme, SecuritySchemeKind, Server};
use crate::print::SourceFile;
use crate::rust::{Builder, Crate, SIGNATURES};
use crate::source::document::Document;

/// The file.
pub(super) fn file(krate: &Crate<'_>, document: &Document) -> SourceFile {
    super::file("README.md", text(krate, document))
}

fn text(krate: &Crate<'_>, document: &Document) -> String {
    let (api, name) = (krate.api, krate.package.name.as_str());
    let title = if api.title.trim().is_empty() { name } else { api.title.trim() };
    let version = match api.version.trim() {
        "" => String::new(),
        version => format!(", version {}", code(version)),
    };
    let what = if api.operations.is_empty() { "The types" } else { "A Rust client" };
    let mut parts = vec![
        format!("# {name}"),
        format!("{what} for {}{version}, generated from its OpenAPI description.", code(title)),
    ];
    parts.extend(krate.package.metadata.description.as_deref().map(escaped));
    if !document.parts.is_empty() {
        let lines =
            document.parts.iter().map(|(title, version)| format!("- {} {}", code(title), code(version)));
        parts.push(format!("It is for several services:\n\n{}", lines.collect::<Vec<_>>().join("\n")));
    }
    parts.push(install(krate));
    if let Some(call) = first_call(krate) {
        parts.push(format!("## A first call\n\n{call}"));
    }
    if !api.operations.is_empty() {
        parts.push(format!(
            "Each operation is a function that returns a builder; [REFERENCE.md](REFERENCE.md) lists them all. The crate's \
             [documentation]({}) goes on with failures, lists, streams and tests.",
            documentation(krate)
        ));
        parts.push(authentication(krate));
        parts.push(features(krate));
    }
    parts.extend(krate.package.metadata.license.as_deref().map(license));
    parts.join("\n\n") + "\n"
}

fn documentation(krate: &Crate<'_>) -> String {
    let metadata = &krate.package.metadata;
    metadata.documentation.clone().unwrap_or_else(|| format!("https://docs.rs/{}", krate.package.name))
}

/// How a program comes to depend on the crate.
fn install(krate: &Crate<'_>) -> String {
    let (name, metadata) = (&krate.package.name, &krate.package.metadata);
    let from = match (metadata.publish, &metadata.repository) {
        (Some(false), Some(repository)) => format!("cargo add {name} --git {repository}"),
        (Some(false), None) => format!("cargo add {name} --path ../{name}"),
        _ => format!("cargo add {name}"),
    };
    let runtime = if krate.api.operations.is_empty() {
        ""
    } else {
        "\ncargo add tokio --features macros,rt-multi-thread"
    };
    format!("## Install\n\n```sh\n{from}{runtime}\n```")
}

/// A program that makes a call; none if no operation's arguments can be made up.
fn first_call(krate: &Crate<'_>) -> Option<String> {
    let builders = crate_docs::shown(krate).call.into_iter().chain(&krate.builders);
    let (builder, call) = builders
        .into_iter()
        .find_map(|builder| Some((builder, examples::sent(builder, krate, "&client")?)))?;
    let mut used: Vec<&str> = examples::used(builder.operation, &call);
    let client = client(krate, builder, &mut used);
    used.sort_unstable();
    let used = match &used[..] {
        [only] => (*only).to_owned(),
        several => format!("{{{}}}", several.join(", ")),
    };
    let printed = match builder.outcome.output.as_str() {
        "()" => "",
        _ => "\n    println!(\"{output:?}\");",
    };
    let indented = |text: &str| text.lines().map(|line| format!("\n    {line}")).collect::<String>();
    let calls = indented(&example_layout::laid_out(&call));
    Some(format!(
        "```rust,no_run\nuse {}::{used};\n\n#[tokio::main]\nasync fn main() -> Result<(), Box<dyn std::error::Error>> \
         {{{}{calls}{printed}\n    Ok(())\n}}\n```",
        krate.rust_name(),
        indented(&client)
    ))
}

/// The statement that makes a client for the operation, as its server and its security want it.
fn client(krate: &Crate<'_>, builder: &Builder<'_>, used: &mut Vec<&str>) -> String {
    used.push("Client");
    let mut methods = Vec::new();
    if let Some(server) = server(krate, builder.operation, used) {
        methods.push(format!(".base_url({server})"));
    }
    for scheme in schemes_of(krate, builder.operation) {
        let call = credential(krate, scheme);
        if call.contains("ClientCredentials::") {
            used.push("runtime::ClientCredentials");
        }
        methods.push(format!(".{call}"));
    }
    methods.push(".build()?;".to_owned());
    let line = format!("let client = Client::builder(){}", methods.concat());
    match methods.len() {
        1 => line,
        _ => methods
            .iter()
            .fold("let client = Client::builder()".to_owned(), |all, method| format!("{all}\n    {method}")),
    }
}

/// The schemes that the first alternative of the operation's security asks for.
fn schemes_of<'a>(krate: &'a Crate<'_>, operation: &Operation) -> Vec<&'a SecurityScheme> {
    let first = operation.security.iter().find(|alternative| !alternative.is_empty());
    let wanted = first.into_iter().flatten().filter_map(|requirement| {
        krate.api.security_schemes.iter().find(|scheme| scheme.wire == requirement.scheme)
    });
    wanted.collect()
}

/// The base URL as an expression, unless the client knows it.
fn server(krate: &Crate<'_>, operation: &Operation, used: &mut Vec<&str>) -> Option<String> {
    if !operation.servers.is_empty() {
        return None;
    }
    let Some(server) = krate.api.servers.first() else { return Some(quoted(NO_SERVER)) };
    let is_absolute = |server: &Server| server.default_url().starts_with("https://");
    match krate.server_function(server).filter(|_| is_absolute(server)) {
        Some(_) if server.variables.is_empty() => None,
        Some(function) => {
            used.push("servers");
            let values: Vec<String> =
                server.variables.iter().map(|variable| quoted(&variable.default)).collect();
            Some(format!("servers::{function}({})?", values.join(", ")))
        }
        None => Some(quoted(NO_SERVER)),
    }
}

/// What stands for the URL of a service whose document doesn't say it.
const NO_SERVER: &str = "https://api.example.com";

/// The call that gives the client its credential for the scheme. The values come from the environment.
fn credential(krate: &Crate<'_>, scheme: &SecurityScheme) -> String {
    let start = krate.rust_name().to_uppercase();
    let value = |what: &str| format!("std::env::var({})?", quoted(&format!("{start}_{what}")));
    match &scheme.kind {
        SecuritySchemeKind::Bearer => format!("bearer_token({})", value("TOKEN")),
        SecuritySchemeKind::ClientCredentials { .. } => {
            let [id, secret] = [value("CLIENT_ID"), value("CLIENT_SECRET")];
            format!("client_credentials(ClientCredentials::new({id}, {secret}))")
        }
        SecuritySchemeKind::Basic => format!("basic(&{}, {})", value("USER"), value("PASSWORD")),
        SecuritySchemeKind::Authorization(_) => {
            format!("credential({}, {})", quoted(&scheme.wire), value("AUTHORIZATION"))
        }
        SecuritySchemeKind::HeaderKey(_)
        | SecuritySchemeKind::QueryKey(_)
        | SecuritySchemeKind::CookieKey(_) => {
            format!("credential({}, {})", quoted(&scheme.wire), value("KEY"))
        }
    }
}

fn authentication(krate: &Crate<'_>) -> String {
    let mut text = "## Authentication\n\n".to_owned();
    let schemes = &krate.api.security_schemes;
    if schemes.is_empty() {
        return text + "The document asks for none.";
    }
    text.push_str("| scheme | what it is | what the client's builder takes |\n| --- | --- | --- |\n");
    for scheme in schemes {
        let (what, call) = described(scheme);
        let cell = |text: &str| text.replace('|', "\\|").replace(['\r', '\n'], " ");
        text.push_str(&format!(
            "| {} | {} | {} |\n",
            cell(&code(&scheme.wire)),
            cell(&what),
            cell(&code(&call))
        ));
    }
    text.push_str(
        "\nThe documentation of each operation says which scopes it needs. Where an operation has alternatives, the client uses \
         the first for which it has all the credentials.",
    );
    text
}

/// What a scheme is, and the call that takes its credential.
fn described(scheme: &SecurityScheme) -> (String, String) {
    let name = quoted(&scheme.wire);
    let keyed = |place: &str, key: &str| {
        (format!("an API key in the {place} {}", code(key)), format!("credential({name}, key)"))
    };
    match &scheme.kind {
        SecuritySchemeKind::Bearer => ("a token".to_owned(), "bearer_token(token)".to_owned()),
        SecuritySchemeKind::Basic => {
            ("a user name and a password".to_owned(), "basic(user, password)".to_owned())
        }
        SecuritySchemeKind::ClientCredentials { token_url, .. } => (
            format!("client credentials of OAuth 2.0, with tokens from {}", code(token_url)),
            "client_credentials(ClientCredentials::new(id, secret))".to_owned(),
        ),
        SecuritySchemeKind::Authorization(_) => {
            ("the whole header `Authorization`".to_owned(), format!("credential({name}, value)"))
        }
        SecuritySchemeKind::HeaderKey(key) => keyed("header", key),
        SecuritySchemeKind::QueryKey(key) => keyed("query parameter", key),
        SecuritySchemeKind::CookieKey(key) => keyed("cookie", key),
    }
}

fn features(krate: &Crate<'_>) -> String {
    let mut text = "## Features\n\n| feature | what it adds |\n| --- | --- |\n".to_owned();
    for (name, what) in FEATURES {
        let default = if DEFAULTS.contains(&name) { " (default)" } else { "" };
        text.push_str(&format!("| `{name}`{default} | {what} |\n"));
    }
    if krate.events.iter().any(|module| module.is_webhooks) {
        text.push_str(&format!("| `{SIGNATURES}` | verifies the signatures of webhooks |\n"));
    }
    for (name, library) in conversion_features(krate.api) {
        text.push_str(&format!("| `{name}` | conversions to and from the types of `{}` |\n", library.name()));
    }
    for feature in &krate.api.features {
        let what = match (&feature.group, feature.events) {
            (Some(group), _) => format!("the operations of `{group}`"),
            (None, true) => "webhooks and callbacks".to_owned(),
            (None, false) => {
                let unions = feature.alternatives.iter().map(|(union, _)| format!("`{union}`"));
                format!("alternatives of {}", unions.collect::<Vec<_>>().join(", "))
            }
        };
        text.push_str(&format!("| `{}` (default) | {what} |\n", feature.name));
    }
    text.trim_end().to_owned()
}

/// The features of every crate with operations.
const FEATURES: [(&str, &str); 14] = [
    ("client", "the client, over a transport of your own; without it the crate does no I/O"),
    ("reqwest", "sends with `reqwest` and rustls"),
    ("rustls", "TLS for `reqwest` by rustls with AWS-LC"),
    ("rustls-ring", "TLS for `reqwest` by rustls with ring"),
    ("native-tls", "TLS for `reqwest` by that of the system"),
    ("http2", "HTTP/2 for `reqwest`"),
    ("socks", "SOCKS proxies for `reqwest`"),
    ("gzip", "responses in the codings gzip and deflate"),
    ("brotli", "responses in the coding br"),
    ("zstd", "responses in the coding zstd"),
    ("blocking", "a client for code that isn't async"),
    ("tower", "a transport made of a `tower` service"),
    ("tracing", "a span for each call"),
    ("test-util", "a mock of the service for tests"),
];

fn license(expression: &str) -> String {
    format!("## License\n\nLicensed under {}.", code(expression))
}

/// The text of the settings as Markdown text.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if "\\`*_{}[]<>#|".contains(c) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::super::super::manifest;
    use super::FEATURES;

    #[test]
    fn the_table_has_the_features_of_the_manifest() {
        let declared = manifest::FEATURES.map(|(name, _)| name);
        assert_eq!(FEATURES.map(|(name, _)| name), declared);
    }
}
