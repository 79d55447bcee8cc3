//! The runtime's sources, copied into each generated crate.

use super::SourceFile;
use super::layout::MARKER;

macro_rules! sources {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../runtime/src/runtime/", $name)))),*]
    };
}

const SOURCES: &[(&str, &str)] = sources![
    "additional.rs",
    "authenticate.rs",
    "blocking.rs",
    "body.rs",
    "builder.rs",
    "call.rs",
    "client.rs",
    "client_credentials.rs",
    "convert.rs",
    "decode.rs",
    "decode_error.rs",
    "double.rs",
    "encode.rs",
    "enums.rs",
    "error.rs",
    "events.rs",
    "failure.rs",
    "file.rs",
    "headers.rs",
    "hooks.rs",
    "incoming.rs",
    "invalid_request.rs",
    "json.rs",
    "kinds.rs",
    "macros.rs",
    "mod.rs",
    "modify.rs",
    "multipart.rs",
    "object.rs",
    "operation.rs",
    "options.rs",
    "pages.rs",
    "paging.rs",
    "patch.rs",
    "prelude.rs",
    "reader.rs",
    "redirect.rs",
    "reply.rs",
    "request.rs",
    "reqwest_transport.rs",
    "retry.rs",
    "rules.rs",
    "scalars.rs",
    "scan.rs",
    "secret.rs",
    "server_template.rs",
    "setters.rs",
    "shape.rs",
    "siblings.rs",
    "slots.rs",
    "starts.rs",
    "style.rs",
    "text.rs",
    "token.rs",
    "tower_transport.rs",
    "trace.rs",
    "transport.rs",
    "transport_error.rs",
    "unions.rs",
    "validate.rs",
];

/// The files below `src/runtime/`, without what only tests need.
pub(super) fn files() -> Vec<SourceFile> {
    let file = |(name, text): &(&str, &str)| {
        let text = text.split("\n#[cfg(test)]\nmod ").next().unwrap_or_default();
        let text = format!("// {MARKER}\n\n{}\n", text.trim_end());
        SourceFile { path: format!("src/runtime/{name}"), text }
    };
    SOURCES.iter().map(file).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_source_is_copied() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("runtime/src/runtime");
        let mut found: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| !name.ends_with("tests.rs"))
            .collect();
        found.sort();
        let listed: Vec<&str> = super::SOURCES.iter().map(|(name, _)| *name).collect();
        assert_eq!(listed, found);
    }
}
