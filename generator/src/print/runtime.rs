//! The runtime's sources, copied into each generated crate: what it calls for of them, since whoever depends on it
//! compiles them.

use super::SourceFile;
use super::printer::MARKER;
use crate::api::{Api, BodyEncoding, ReplyEncoding, TypeRef};

macro_rules! sources {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../runtime/src/runtime/", $name)))),*]
    };
}

const SOURCES: &[(&str, &str)] = sources![
    "additional.rs",
    "authenticate.rs",
    "binary.rs",
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
    "incoming_events.rs",
    "invalid_request.rs",
    "json.rs",
    "kinds.rs",
    "macros.rs",
    "mod.rs",
    "modify.rs",
    "multipart.rs",
    "number.rs",
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
    "tuples.rs",
    "typed_additional.rs",
    "unions.rs",
    "validate.rs",
];

/// A module that only some crates call for. Only `mod.rs`, `prelude.rs` and other such modules name it, the first two
/// each time in a line of its own.
///
/// What a single property, header or body commonly calls for isn't one: an edit of it is one hunk to who reviews it.
struct Part {
    module: &'static str,
    is_called_for: fn(&Api) -> bool,
}

const PARTS: &[Part] = &[
    Part { module: "events", is_called_for: has_events },
    Part { module: "incoming", is_called_for: has_streamed_reply },
    Part { module: "incoming_events", is_called_for: has_events },
    Part { module: "modify", is_called_for: has_modification },
    Part { module: "multipart", is_called_for: has_multipart_body },
    Part { module: "pages", is_called_for: has_pagination },
    Part { module: "paging", is_called_for: has_pagination },
    Part { module: "tuples", is_called_for: has_tuple },
];

fn has_tuple(api: &Api) -> bool {
    let mut is_there = false;
    api.visit_types(&mut |ty| is_there |= matches!(ty, TypeRef::Tuple(_)));
    is_there
}

fn has_reply(api: &Api, is_it: impl Fn(ReplyEncoding) -> bool) -> bool {
    let replies = api.operations.iter().flat_map(|operation| &operation.successes);
    replies.flat_map(|reply| &reply.content).any(|content| is_it(content.encoding))
}

fn has_events(api: &Api) -> bool {
    has_reply(api, |encoding| encoding == ReplyEncoding::Events)
}

fn has_streamed_reply(api: &Api) -> bool {
    has_reply(api, |encoding| encoding != ReplyEncoding::Json)
}

fn has_body(api: &Api, is_it: impl Fn(&BodyEncoding) -> bool) -> bool {
    let bodies = api.operations.iter().flat_map(|operation| &operation.body);
    bodies.flat_map(|body| &body.content).any(|content| is_it(&content.encoding))
}

fn has_multipart_body(api: &Api) -> bool {
    has_body(api, |encoding| matches!(encoding, BodyEncoding::Multipart(_)))
}

fn has_modification(api: &Api) -> bool {
    api.operations.iter().any(|operation| operation.modification.is_some())
}

fn has_pagination(api: &Api) -> bool {
    api.operations.iter().any(|operation| !operation.pagination.is_empty())
}

/// The files below `src/runtime/`, without what only tests need.
pub(super) fn files(api: &Api) -> Vec<SourceFile> {
    let without: Vec<&str> =
        PARTS.iter().filter(|part| !(part.is_called_for)(api)).map(|part| part.module).collect();
    let is_wanted = |name: &str| !name.strip_suffix(".rs").is_some_and(|module| without.contains(&module));
    let file = |(name, text): &(&str, &str)| {
        let text = text.split("\n#[cfg(test)]\nmod ").next().unwrap_or_default();
        let text = if LISTS.contains(name) { listing(text, &without) } else { text.to_owned() };
        SourceFile {
            path: format!("src/runtime/{name}"),
            text: format!("// {MARKER}\n\n{}\n", text.trim_end()),
        }
    };
    SOURCES.iter().filter(|(name, _)| is_wanted(name)).map(file).collect()
}

/// The files that name modules in lines of their own.
const LISTS: [&str; 2] = ["mod.rs", "prelude.rs"];

/// `text` but for the lines that name one of the modules `without`, and the attributes of these.
fn listing(text: &str, without: &[&str]) -> String {
    let mut lines: Vec<&str> = Vec::new();
    for line in text.lines() {
        if module_in(line).is_some_and(|module| without.contains(&module)) {
            while lines.last().is_some_and(|line| line.starts_with("#[")) {
                lines.pop();
            }
        } else {
            lines.push(line);
        }
    }
    lines.join("\n")
}

/// The module that the item `line` declares, or imports from.
fn module_in(line: &str) -> Option<&str> {
    let item = line.trim_start_matches("pub ").trim_start_matches("pub(crate) ");
    let path = item.strip_prefix("mod ").or_else(|| item.strip_prefix("use "))?;
    path.trim_start_matches("super::").split([':', ';']).next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_source_is_copied() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("runtime/src/runtime");
        let mut found: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| !name.ends_with("tests.rs"))
            .collect();
        found.sort();
        let listed: Vec<&str> = SOURCES.iter().map(|(name, _)| *name).collect();
        assert_eq!(listed, found);
    }

    #[test]
    fn what_nothing_calls_for_is_left_out_without_a_trace() {
        let files = files(&Api::default());
        for Part { module, .. } in PARTS {
            assert!(SOURCES.iter().any(|(name, _)| *name == format!("{module}.rs")), "{module}");
            for file in &files {
                assert_ne!(file.path, format!("src/runtime/{module}.rs"));
                for trace in [format!("mod {module};"), format!("{module}::"), format!("super::{module}")] {
                    assert!(!file.text.contains(&trace), "{} has {trace:?}", file.path);
                }
            }
        }
    }

    #[test]
    fn lines_go_with_their_attributes() {
        let text = "mod a;\n#[cfg(x)]\n#[doc(hidden)]\npub mod b;\n#[cfg(x)]\nmod c;\npub use b::{B, b};\n\
                    pub(crate) use super::b;\npub use c::C;";
        assert_eq!(listing(text, &["b"]), "mod a;\n#[cfg(x)]\nmod c;\npub use c::C;");
    }
}
