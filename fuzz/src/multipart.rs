//! Multipart bodies, read back by a plain parser.

use arbitrary::{Arbitrary, Unstructured};
use bytes::Bytes;
use openapi_rust_runtime::external::http::Method;
use openapi_rust_runtime::{FilePart, Json, RequestWriter};
use serde_json::{Map, Value};

#[derive(Arbitrary, Debug)]
struct Form {
    fields: Vec<(String, String)>,
    files: Vec<File>,
}

#[derive(Arbitrary, Debug)]
struct File {
    name: String,
    media_type: String,
    header: Option<(String, String)>,
    content: Vec<u8>,
}

/// A part as a server reads it.
struct Part<'b> {
    head: &'b str,
    content: &'b [u8],
}

/// A form is sent with exactly its parts, whatever is in them, or is refused.
pub fn multipart(bytes: &[u8]) {
    let Ok(form) = Form::arbitrary(&mut Unstructured::new(bytes)) else { return };
    if crate::is_shown() {
        eprintln!("{form:?}");
    }
    let members: Map<String, Value> =
        form.fields.iter().map(|(name, text)| (name.clone(), text.as_str().into())).collect();
    let files: Vec<FilePart> = form.files.iter().map(file).collect();
    let mut writer = RequestWriter::default();
    writer.path("/");
    writer.multipart_body(
        "multipart/form-data",
        &Json::from(Value::Object(members.clone())),
        &[],
        &[("file", &files)],
        &[],
    );
    let Ok(request) = writer.finish(Method::POST) else { return };
    let declared = request.headers()["content-type"].to_str().expect("it is text");
    let boundary = declared.strip_prefix("multipart/form-data; boundary=").expect("a boundary");
    let body: &Bytes = request.body().as_bytes().expect("all of it is in memory");
    let parts = parts(body, boundary);
    assert_eq!(parts.len(), members.len() + files.len(), "{}", String::from_utf8_lossy(body));
    let contents = members.values().map(|text| text.as_str().unwrap_or_default().as_bytes());
    let contents = contents.chain(form.files.iter().map(|file| &*file.content));
    for (part, content) in parts.iter().zip(contents) {
        assert_eq!(part.content, content, "{}", part.head);
    }
    for (part, file) in parts.iter().zip(members.values().map(|_| None).chain(form.files.iter().map(Some))) {
        // Each has the two headers that we write, and the one of its own.
        let expected = 2 + usize::from(file.is_some_and(|file| file.header.is_some()));
        assert_eq!(part.head.split("\r\n").count(), expected, "{:?}", part.head);
        assert!(!part.head.replace("\r\n", "").contains(['\r', '\n']), "{:?}", part.head);
    }
}

fn file(file: &File) -> FilePart {
    let part = FilePart::new(file.name.clone(), file.content.clone()).media_type(file.media_type.clone());
    match &file.header {
        Some((name, value)) => part.header(name.clone(), value.clone()),
        None => part,
    }
}

/// The parts of a body (RFC 2046, section 5.1.1).
fn parts<'b>(body: &'b [u8], boundary: &str) -> Vec<Part<'b>> {
    let start = format!("--{boundary}");
    let delimiter = format!("\r\n--{boundary}");
    let mut rest = body.strip_prefix(start.as_bytes()).expect("it begins with the boundary");
    let mut parts = Vec::new();
    loop {
        if rest == b"--\r\n" {
            return parts;
        }
        let part = rest.strip_prefix(b"\r\n").expect("a line ends after the boundary");
        let end = find(part, delimiter.as_bytes()).expect("each part has an end");
        let head = find(&part[..end], b"\r\n\r\n").expect("each part has headers");
        let text = std::str::from_utf8(&part[..head]).expect("headers are text");
        parts.push(Part { head: text, content: &part[head + 4..end] });
        rest = &part[end + delimiter.len()..];
    }
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}
