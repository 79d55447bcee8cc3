//! `host`, `basePath` and `schemes` become servers.

use super::node::{Node, Object};
use super::upgrade::Upgrade;
use crate::diagnostics::codes;
use crate::source::at::At;

impl Upgrade<'_> {
    /// The servers of the document `root` by the `schemes` of `at`, which is `root` or an operation. HTTPS comes first.
    pub(super) fn servers(&mut self, root: &At<'_>, at: &At<'_>) -> Option<Node> {
        let base = root.get("basePath").filter(|base| base.value.is_string());
        let path = base.as_ref().and_then(|base| base.value.as_str()).unwrap_or_default();
        let path = path.trim_end_matches('/');
        let path =
            if path.is_empty() || path.starts_with('/') { path.to_owned() } else { format!("/{path}") };
        let Some((host, place)) =
            root.get("host").and_then(|host| Some((host.value.as_str()?, host.place.clone())))
        else {
            // Relative to where the document is.
            let place = base.filter(|_| !path.is_empty())?.place;
            let mut server = Object::from(&place);
            server.put("url", Node::made(path, &place));
            return Some(Node::list(vec![server.into()], &place));
        };
        let host = host.trim_end_matches('/');
        let mut schemes = Vec::new();
        for item in at.get("schemes").iter().flat_map(At::items) {
            match item.value.as_str() {
                Some(scheme @ ("http" | "https")) => schemes.push((scheme, item.place)),
                Some("ws" | "wss") => {
                    let message = "WebSockets aren't supported; this scheme is ignored";
                    self.report(
                        &codes::NOT_UPGRADED,
                        &item.place,
                        message,
                        "Connect with a WebSocket library.",
                    );
                }
                _ => {
                    let message = "this scheme isn't `http` or `https`; it is ignored";
                    self.report(&codes::NOT_UPGRADED, &item.place, message, "Correct the scheme.");
                }
            }
        }
        schemes.sort_by_key(|(scheme, _)| *scheme != "https");
        if schemes.is_empty() {
            schemes.push(("https", place.clone()));
        }
        let server = |(scheme, at)| {
            let url = if host.contains("://") {
                format!("{host}{path}")
            } else {
                format!("{scheme}://{host}{path}")
            };
            let mut server = Object::from(&at);
            server.put("url", Node::made(url, &place));
            Node::from(server)
        };
        // A host with a scheme, against the standard, has that one only.
        let count = if host.contains("://") { 1 } else { schemes.len() };
        Some(Node::list(schemes.into_iter().take(count).map(server).collect(), &place))
    }
}
