//! `$self`: the URI by which a document is known, whatever file it is in (OpenAPI 3.2, 4.1.2.2). Nothing is fetched: a URI
//! leads to a file that has it, or to one in the same folder as a file whose URI is in the same folder.

use std::sync::Arc;

use serde_json::Value;

use super::minor;
use crate::text::{Place, resolve};

/// Stands for the folder of the document, where a URI is relative.
const HERE: &str = "local:///";

/// The URIs of the files that have one, each without a fragment, and the files.
#[derive(Debug, Default)]
pub(super) struct BaseUris(Vec<(String, Arc<str>)>);

impl BaseUris {
    /// Notes the `$self` of the file `file`, which contains `value`.
    pub(super) fn set(&mut self, file: &Arc<str>, value: &Value) {
        self.0.retain(|(_, known)| known != file);
        let own = value.get("$self").and_then(Value::as_str).filter(|_| minor::is_3_2(value));
        if let Some(own) = own {
            let own = own.split('#').next().unwrap_or_default();
            self.0.push((join(&format!("{HERE}{file}"), own), file.clone()));
        }
    }

    /// The place to which `reference` leads from the file of `from`, if it leads there by a URI. `root` is the document's
    /// file name.
    pub(super) fn resolve(&self, from: &Place, reference: &str, root: Option<&str>) -> Option<Place> {
        let (uri, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        if self.0.is_empty() || uri.is_empty() {
            return None;
        }
        let base = self.0.iter().find(|(_, file)| *file == from.file).map(|(own, _)| own.clone());
        let target = join(&base.unwrap_or_else(|| format!("{HERE}{}", from.file)), uri);
        let at = |file: &Arc<str>, reference: String| {
            resolve(&Place { file: file.clone(), pointer: "".into() }, &reference, root)
        };
        if let Some((_, file)) = self.0.iter().find(|(own, _)| *own == target) {
            return Some(at(file, format!("#{fragment}")));
        }
        let is_beside = |(own, file): &'_ (String, Arc<str>)| {
            let beside = target.strip_prefix(folder(own))?;
            Some(at(file, format!("./{beside}#{fragment}")))
        };
        scheme(uri).and_then(|_| self.0.iter().find_map(is_beside))
    }
}

/// The scheme of `uri`, with the colon; `None` if it is relative.
fn scheme(uri: &str) -> Option<&str> {
    let (scheme, _) = uri.split_once(':')?;
    let is_one = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    is_one.then(|| &uri[..=scheme.len()])
}

/// `uri` up to the last slash of its path.
fn folder(uri: &str) -> &str {
    let path = uri.split('?').next().unwrap_or_default();
    &path[..path.rfind('/').map_or(0, |slash| slash + 1)]
}

/// `reference` as a URI, seen from `base`, which is one with a host (RFC 3986, section 5.2).
fn join(base: &str, reference: &str) -> String {
    let scheme_of_base = scheme(base).unwrap_or_default();
    let joined = if scheme(reference).is_some() {
        reference.to_owned()
    } else if reference.starts_with("//") {
        format!("{scheme_of_base}{reference}")
    } else if reference.starts_with('/') {
        let host = base[scheme_of_base.len()..].trim_start_matches('/').split(['/', '?']).next();
        format!(
            "{scheme_of_base}//{}{reference}",
            host.filter(|_| !base.starts_with(HERE)).unwrap_or_default()
        )
    } else {
        format!("{}{reference}", folder(base))
    };
    let Some((host, path)) = joined.split_once("://") else { return joined };
    let mut segments: Vec<&str> = Vec::new();
    for (index, segment) in path.split('/').enumerate() {
        match segment {
            "." => {}
            // The first one is the host.
            ".." if segments.len() > 1 => {
                segments.pop();
            }
            ".." if index > 0 => {}
            segment => segments.push(segment),
        }
    }
    format!("{host}://{}", segments.join("/"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn uris_are_joined_as_rfc_3986_says() {
        for (reference, expected) in [
            ("https://b.test/x", "https://b.test/x"),
            ("//b.test/x", "https://b.test/x"),
            ("/x", "https://a.test/x"),
            ("x", "https://a.test/v1/x"),
            ("./x/../y", "https://a.test/v1/y"),
            ("../../../x", "https://a.test/x"),
            ("urn:x", "urn:x"),
        ] {
            assert_eq!(join("https://a.test/v1/api?q/r", reference), expected);
        }
        assert_eq!(join("local:///a/b.yaml", "/c"), "local:///c");
        assert_eq!(join("local:///a/b.yaml", "../c"), "local:///c");
    }

    #[test]
    fn a_uri_leads_to_the_file_that_has_it() {
        let resolved = |own: &str, from: &str, reference: &str| {
            let mut uris = BaseUris::default();
            uris.set(&"".into(), &json!({ "openapi": "3.2.0", "$self": own }));
            let from = Place { file: from.into(), pointer: "/x".into() };
            let place = uris.resolve(&from, reference, Some("spec.yaml"))?;
            Some(format!("{}#{}", place.file, place.pointer))
        };
        let own = "https://a.test/v1/api";
        for (own, from, reference, expected) in [
            (own, "", "https://a.test/v1/api#/a", Some("#/a")),
            (own, "", "api#/a", Some("#/a")),
            (own, "", "/v1/api#/a", Some("#/a")),
            (own, "b.yaml", "https://a.test/v1/api", Some("#")),
            (own, "", "https://a.test/v1/shared/b.yaml#/a", Some("shared/b.yaml#/a")),
            (own, "", "https://a.test/v1/spec.yaml#/a", Some("#/a")),
            (own, "", "https://a.test/other.yaml", None),
            (own, "", "b.yaml", None),
            (own, "", "#/a", None),
            ("/v1/api", "", "/v1/api#/a", Some("#/a")),
            ("main", "sub/b.yaml", "../main#/a", Some("#/a")),
        ] {
            assert_eq!(resolved(own, from, reference).as_deref(), expected, "{own} {from} {reference}");
        }
    }
}
