//! The runtime's own source files as text. The generator copies those that a crate needs into that crate.

macro_rules! sources {
    ($($path:literal),* $(,)?) => {
        &[$(($path, include_str!($path))),*]
    };
}

/// Every file in `src` except those used only by tests, as pairs of path and text.
pub const SOURCES: &[(&str, &str)] = sources![
    "client/authenticate.rs",
    "client/blocking.rs",
    "client/blocking_streams.rs",
    "client/brotli.rs",
    "client/browser.rs",
    "client/builder.rs",
    "client/call.rs",
    "client/client.rs",
    "client/client_credentials.rs",
    "client/codings.rs",
    "client/download.rs",
    "client/event_streams.rs",
    "client/external.rs",
    "client/fetch_transport.rs",
    "client/followed.rs",
    "client/gzip.rs",
    "client/hooks.rs",
    "client/item_streams.rs",
    "client/mod.rs",
    "client/modifying.rs",
    "client/options.rs",
    "client/origin.rs",
    "client/pages.rs",
    "client/per_call.rs",
    "client/poller.rs",
    "client/received.rs",
    "client/reconnect.rs",
    "client/redirect.rs",
    "client/reqwest_settings.rs",
    "client/reqwest_transport.rs",
    "client/response_future.rs",
    "client/retry.rs",
    "client/retry_budget.rs",
    "client/saved_file.rs",
    "client/server_template.rs",
    "client/servers.rs",
    "client/streams.rs",
    "client/sync.rs",
    "client/timer.rs",
    "client/tls.rs",
    "client/tls_settings.rs",
    "client/token.rs",
    "client/tower_transport.rs",
    "client/trace.rs",
    "client/transport.rs",
    "client/zstd.rs",
    "difference.rs",
    "facade.rs",
    "facts.rs",
    "http/any_error.rs",
    "http/body.rs",
    "http/body_setters.rs",
    "http/cause.rs",
    "http/clock.rs",
    "http/content_type.rs",
    "http/cookies.rs",
    "http/error.rs",
    "http/events.rs",
    "http/external.rs",
    "http/failure.rs",
    "http/file.rs",
    "http/forms.rs",
    "http/found.rs",
    "http/headers.rs",
    "http/incoming.rs",
    "http/invalid_request.rs",
    "http/item_bodies.rs",
    "http/items.rs",
    "http/links.rs",
    "http/method.rs",
    "http/mod.rs",
    "http/multipart.rs",
    "http/operation.rs",
    "http/operation_macros.rs",
    "http/page_error.rs",
    "http/part_type.rs",
    "http/pieces.rs",
    "http/positions.rs",
    "http/printable.rs",
    "http/progress.rs",
    "http/random.rs",
    "http/reply.rs",
    "http/request.rs",
    "http/server_url.rs",
    "http/shortcuts.rs",
    "http/style.rs",
    "http/transport_error.rs",
    "http/xml_bodies.rs",
    "json/attempts.rs",
    "json/decimal.rs",
    "json/decode.rs",
    "json/decode_error.rs",
    "json/digits.rs",
    "json/distinct.rs",
    "json/external.rs",
    "json/kinds.rs",
    "json/lookahead.rs",
    "json/mod.rs",
    "json/nearest.rs",
    "json/number.rs",
    "json/reader.rs",
    "json/redaction.rs",
    "json/scan.rs",
    "json/strings.rs",
    "json/unread.rs",
    "json/value.rs",
    "json/writer.rs",
    "lib.rs",
    "long_running.rs",
    "mock.rs",
    "mock_requests.rs",
    "mock_streams.rs",
    "model/additional.rs",
    "model/alternatives.rs",
    "model/base64_text.rs",
    "model/chrono_types.rs",
    "model/codec.rs",
    "model/collections.rs",
    "model/comparison.rs",
    "model/convert.rs",
    "model/decimal_type.rs",
    "model/discriminated.rs",
    "model/enums.rs",
    "model/followers.rs",
    "model/formats.rs",
    "model/gather.rs",
    "model/inferred.rs",
    "model/jiff_types.rs",
    "model/macros.rs",
    "model/mod.rs",
    "model/object.rs",
    "model/own.rs",
    "model/patch.rs",
    "model/presence.rs",
    "model/quoted.rs",
    "model/response_setters.rs",
    "model/rules.rs",
    "model/secret.rs",
    "model/setters.rs",
    "model/shape.rs",
    "model/shared_tags.rs",
    "model/slots.rs",
    "model/standard_types.rs",
    "model/tagged.rs",
    "model/text_types.rs",
    "model/time_types.rs",
    "model/tuples.rs",
    "model/typed_additional.rs",
    "model/union_codec.rs",
    "model/unions.rs",
    "model/url_type.rs",
    "model/uuid_type.rs",
    "model/validate.rs",
    "modify.rs",
    "paging.rs",
    "prelude.rs",
    "signed.rs",
    "webhooks.rs",
    "xml/mod.rs",
    "xml/nodes.rs",
    "xml/parse.rs",
    "xml/read.rs",
    "xml/scope.rs",
    "xml/text.rs",
    "xml/write.rs",
];

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn find(folder: &Path, root: &Path, found: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                find(&path, root, found);
            } else {
                found.push(path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/"));
            }
        }
    }

    #[test]
    fn every_source_is_listed() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut found = Vec::new();
        find(&root, &root, &mut found);
        // What converts formatted text is behind features that a copy of the runtime doesn't have.
        let others = ["dependencies.rs", "document.rs", "model/format_conversions.rs", "sources.rs"];
        found.retain(|path| !path.ends_with("tests.rs") && !others.contains(&&**path));
        found.sort();
        let listed: Vec<&str> = SOURCES.iter().map(|(path, _)| *path).collect();
        assert_eq!(listed, found);
    }
}
