//! Parameters in paths, queries and headers.

use arbitrary::{Arbitrary, Unstructured};
use openapi_rust_runtime::external::http::Method;
use openapi_rust_runtime::{Json, RequestWriter, Style};
use serde_json::Value;

use crate::instance::Instances;

const TEXTS: &[&str] = &[
    "a", "", ".", "..", "/", "%2e", "%2F..", "a b", "é", "&x=1", "#", "?", "\r\nX: y", "\u{0}", "a,b", "\\",
];

#[derive(Arbitrary, Debug)]
enum Place {
    Path,
    Reserved,
    Query { allow_reserved: bool },
    Header,
    Json,
}

/// A parameter stays in its place: a value in the path is one segment, one in the query adds pairs that decode to it, and
/// one in a header is one header.
pub fn parameters(bytes: &[u8]) {
    const STYLES: &[Style] = &[
        Style::Matrix,
        Style::Label,
        Style::Simple,
        Style::Form,
        Style::SpaceDelimited,
        Style::PipeDelimited,
        Style::DeepObject,
    ];
    let mut u = Unstructured::new(bytes);
    let (Ok(place), Ok(style), Ok(explode)) =
        (Place::arbitrary(&mut u), u.choose(STYLES), bool::arbitrary(&mut u))
    else {
        return;
    };
    let instances = Instances { document: &Value::Null, texts: TEXTS };
    let schema = serde_json::json!({ "anyOf": [
        { "type": "string" },
        { "type": "array", "items": { "type": ["string", "number", "null", "boolean"] } },
        { "type": "object", "additionalProperties": { "type": ["string", "integer", "null"] } },
        { "type": "object", "additionalProperties": { "type": "array", "items": { "type": "string" } } },
        {},
    ] });
    let Ok(value) = instances.draw(&mut u, &schema, 0) else { return };
    if crate::is_shown() {
        eprintln!("{place:?} {style:?} {explode} {value}");
    }
    let sent = Json::from(value.clone());
    let mut writer = RequestWriter::default();
    writer.path("/before/");
    match place {
        Place::Path => writer.path_parameter("p", &sent, *style, explode, &[]),
        Place::Reserved => writer.path_reserved("p", &sent, *style, explode, &[]),
        Place::Query { allow_reserved } => writer.query("q", &sent, *style, explode, allow_reserved, &[]),
        Place::Header => writer.header("x-header", &sent, explode, &[]),
        Place::Json => writer.query_json("q", &sent, &[]),
    }
    writer.path("/after");
    let Ok(request) = writer.finish(Method::GET) else { return };
    let uri = request.uri();
    assert!(uri.path().starts_with("/before/") && uri.path().ends_with("/after"), "{uri}");
    if matches!(place, Place::Path | Place::Reserved) {
        let segments: Vec<&str> = uri.path().split('/').collect();
        assert_eq!(segments.len(), 4, "{uri}");
        assert!(uri.query().is_none(), "{uri}");
        // What any URL library makes of it is the same path.
        let url = url::Url::parse(&format!("http://localhost{uri}")).expect("a URL");
        assert_eq!(url.path_segments().map(Iterator::count), Some(3), "{url}");
        assert!(url.path().starts_with("/before/") && url.path().ends_with("/after"), "{url}");
    }
    let pairs: Vec<(String, String)> =
        url::form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes()).into_owned().collect();
    match (&place, &value) {
        (Place::Query { allow_reserved: false }, Value::String(text)) => {
            assert_eq!(pairs, [("q".to_owned(), text.clone())], "{uri}");
        }
        (Place::Query { allow_reserved: false }, Value::Array(items)) if explode && *style == Style::Form => {
            assert_eq!(pairs.len(), items.len(), "{uri}");
        }
        (Place::Json, _) => {
            let [(_, text)] = &*pairs else { panic!("{uri}") };
            assert_eq!(serde_json::from_str::<Value>(text).expect("JSON"), value);
        }
        (Place::Header, _) => assert!(request.headers().len() <= 1),
        _ => {}
    }
}
