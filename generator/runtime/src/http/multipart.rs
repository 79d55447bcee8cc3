//! `multipart/form-data` (RFC 7578).

use bytes::Bytes;
use serde_json::Value;

use crate::http::body::Body;
use crate::http::request::{PropertyEncoding, RequestWriter};
use crate::http::style;
use crate::model::object::Field;
use crate::model::rules::Rule;

/// A file in a `multipart/form-data` body (RFC 7578).
#[derive(Clone, Debug, PartialEq)]
pub struct FilePart {
    /// The file name sent to the server; if empty, none is sent.
    pub name: String,
    /// The media type; if empty, the one that the document declares.
    pub media_type: String,
    /// The content.
    pub body: Body,
}

impl FilePart {
    /// A file named `name`.
    pub fn new(name: impl Into<String>, body: impl Into<Body>) -> Self {
        Self { name: name.into(), media_type: String::new(), body: body.into() }
    }

    /// Sets the media type, such as `image/png`.
    #[must_use]
    pub fn media_type(mut self, media_type: impl Into<String>) -> Self {
        self.media_type = media_type.into();
        self
    }

    /// The file at `path`, sent under its own name and read as it is sent.
    ///
    /// # Errors
    /// The file doesn't exist, or its metadata can't be read.
    #[cfg(feature = "client")]
    pub fn open(path: impl Into<std::path::PathBuf>) -> std::io::Result<Self> {
        let path = path.into();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Ok(Self::new(name, Body::file(path)?))
    }
}

impl<T: Into<Bytes>> From<T> for FilePart {
    fn from(bytes: T) -> Self {
        Self::new("", Body::from(bytes))
    }
}

impl RequestWriter {
    /// Sets a `multipart/form-data` body (RFC 7578): the properties of `value`, if present, then the files
    /// with their part names.
    pub fn multipart_body(
        &mut self,
        media_type: &'static str,
        value: &dyn Field,
        encodings: &[PropertyEncoding],
        files: &[(&'static str, &[FilePart])],
        rules: &[Rule],
    ) {
        let value = if value.is_absent() { Value::Null } else { self.checked_body(value, rules) };
        let (boundary, body) = write(&value, encodings, files);
        self.set_body(&format!("{media_type}; boundary={boundary}"), body);
    }
}

/// The boundary and the body: a part for each property of `value` and each item of a list, then the files.
fn write(
    value: &Value,
    encodings: &[PropertyEncoding],
    files: &[(&'static str, &[FilePart])],
) -> (String, Body) {
    let boundary = boundary(value, files);
    let mut parts = Vec::new();
    let mut text = String::new();
    let declared = |name: &str| {
        encodings.iter().find(|encoding| encoding.wire == name).and_then(|encoding| encoding.content_type)
    };
    for (name, value) in value.as_object().into_iter().flatten() {
        let items =
            if let Value::Array(items) = value { items.as_slice() } else { std::slice::from_ref(value) };
        for item in items {
            let structured = item.is_object() || item.is_array();
            let usual = if structured { "application/json" } else { "text/plain" };
            head(&mut text, &boundary, name, None, declared(name).unwrap_or(usual));
            text.push_str(&style::text(item));
            text.push_str("\r\n");
        }
    }
    for (name, files) in files {
        for file in *files {
            let usual = declared(name).filter(|types| !types.contains(['*', ',']));
            let usual = usual.unwrap_or("application/octet-stream");
            let media_type = if file.media_type.is_empty() { usual } else { &file.media_type };
            head(&mut text, &boundary, name, Some(&file.name), media_type);
            parts.push(std::mem::take(&mut text).into());
            parts.push(file.body.clone());
            text.push_str("\r\n");
        }
    }
    text.push_str(&format!("--{boundary}--\r\n"));
    parts.push(text.into());
    (boundary, Body::parts(parts))
}

fn head(text: &mut String, boundary: &str, name: &str, file: Option<&str>, media_type: &str) {
    text.push_str(&format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{}\"", quoted(name)));
    if let Some(file) = file {
        text.push_str(&format!("; filename=\"{}\"", quoted(file)));
    }
    text.push_str(&format!("\r\nContent-Type: {}\r\n\r\n", media_type.replace(['\r', '\n'], " ")));
}

/// A name for use within quotes, escaped as in WHATWG HTML forms.
fn quoted(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

/// A boundary that occurs in no part in memory. For streamed parts, whose content is unknown, the boundary is
/// long and unusual enough.
fn boundary(value: &Value, files: &[(&'static str, &[FilePart])]) -> String {
    let text = value.to_string();
    let bodies = || files.iter().flat_map(|(_, files)| files.iter()).filter_map(|file| file.body.as_bytes());
    let mut boundary = "form-7f3a9c51e0d24b86a1c3".to_owned();
    let taken = |boundary: &str| {
        text.contains(boundary)
            || bodies().any(|bytes| bytes.windows(boundary.len()).any(|window| window == boundary.as_bytes()))
    };
    while taken(&boundary) {
        boundary.push('x');
    }
    boundary
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_and_files() {
        let files =
            [FilePart::new("a\"b.png", vec![0_u8, 159]).media_type("image/png"), FilePart::from("plain")];
        let value = serde_json::json!({ "title": "T", "tags": ["x", { "y": 1 }] });
        let (boundary, body) = write(&value, &[], &[("file", &files)]);
        let text = String::from_utf8_lossy(body.as_bytes().unwrap()).replace(&boundary, "B");
        assert_eq!(
            text,
            "--B\r\nContent-Disposition: form-data; name=\"title\"\r\nContent-Type: text/plain\r\n\r\nT\r\n\
             --B\r\nContent-Disposition: form-data; name=\"tags\"\r\nContent-Type: text/plain\r\n\r\nx\r\n\
             --B\r\nContent-Disposition: form-data; name=\"tags\"\r\nContent-Type: application/json\r\n\r\n{\"y\":1}\r\n\
             --B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a%22b.png\"\r\nContent-Type: image/png\r\n\r\n\0\u{fffd}\r\n\
             --B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\"\r\nContent-Type: application/octet-stream\r\n\r\nplain\r\n\
             --B--\r\n"
        );
    }

    #[test]
    fn a_boundary_is_in_no_part() {
        let taken = boundary(&Value::Null, &[]);
        let files = [FilePart::from(taken.clone())];
        assert!(!write(&Value::Null, &[], &[("f", &files)]).0.ends_with(&taken));
    }
}
