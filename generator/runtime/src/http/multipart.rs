//! `multipart/form-data` (RFC 7578).

use bytes::Bytes;
use http::{HeaderName, HeaderValue};

use crate::http::body::Body;
use crate::http::part_type;
use crate::http::random::random;
use crate::http::request::{PropertyEncoding, RequestWriter};
use crate::http::style;
use crate::json::digits::Exact;
use crate::json::value::Json;
use crate::model::object::Field;
use crate::model::rules::Rule;

/// A file in a `multipart/form-data` body (RFC 7578).
#[derive(Clone, Debug, PartialEq)]
pub struct FilePart {
    /// The file name sent to the server; if empty, the name of the property.
    pub name: String,
    /// The media type; if empty, that of the body, or else the one that the document declares.
    pub media_type: String,
    /// The content.
    pub body: Body,
    headers: Vec<(String, String)>,
}

impl FilePart {
    /// A file named `name`.
    pub fn new(name: impl Into<String>, body: impl Into<Body>) -> Self {
        Self { name: name.into(), media_type: String::new(), body: body.into(), headers: Vec::new() }
    }

    /// Sets the media type, such as `image/png`.
    #[must_use]
    pub fn media_type(mut self, media_type: impl Into<String>) -> Self {
        self.media_type = media_type.into();
        self
    }

    /// Adds a header to the part, such as one that the document declares for it.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
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

    /// The name and the media type that the part is sent with, as the file `wire`.
    fn sent_as<'f>(&'f self, wire: &'f str, declared: Option<&str>) -> (&'f str, String) {
        let name = if self.name.is_empty() { wire } else { &self.name };
        let own = Some(self.media_type.as_str()).filter(|own| !own.is_empty());
        let own = own.or(self.body.own_media_type()).map(str::to_owned);
        (name, own.unwrap_or_else(|| part_type::of_file(declared, name)))
    }

    /// What is wrong with its media type and headers, if anything.
    fn fault(&self) -> Option<&'static str> {
        let types = [Some(self.media_type.as_str()), self.body.own_media_type()];
        if types.into_iter().flatten().any(|name| HeaderValue::from_str(name).is_err()) {
            return Some("its media type has characters that a header can't have");
        }
        let is_wrong = |(name, value): &(String, String)| {
            HeaderName::from_bytes(name.as_bytes()).is_err() || HeaderValue::from_str(value).is_err()
        };
        self.headers.iter().any(is_wrong).then_some("a header of the part has characters that it can't have")
    }
}

impl<T: Into<Bytes>> From<T> for FilePart {
    fn from(bytes: T) -> Self {
        Self::new("", Body::from(bytes))
    }
}

impl From<Body> for FilePart {
    fn from(body: Body) -> Self {
        Self::new("", body)
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
        let value = if value.is_absent() { Json::default() } else { self.checked_body(value, rules) };
        if !value.is_object() && !value.is_null() {
            self.violation("", "only an object can be sent as a form");
        }
        for (name, files) in files {
            files.iter().filter_map(FilePart::fault).for_each(|fault| self.violation(name, fault));
        }
        let boundary = boundary(value.to_exact(), files);
        let essence = media_type.split(';').next().unwrap_or_default().trim();
        let essence = if essence.contains('*') { "multipart/form-data" } else { essence };
        let body = write(value.to_exact(), encodings, files, &boundary);
        self.set_body(&format!("{essence}; boundary={boundary}"), body);
    }

    /// Sets a body whose parts are the items of a list, without names (RFC 2046, section 5.1). `prefix` are the declared media
    /// types of the first ones, and `item` is that of the others.
    pub fn parts_body(
        &mut self,
        media_type: &'static str,
        value: &dyn Field,
        prefix: &[Option<&'static str>],
        item: Option<&'static str>,
        rules: &[Rule],
    ) {
        let value = self.checked_body(value, rules);
        if !value.is_array() {
            self.violation("", "only a list can be sent as parts");
        }
        let boundary = boundary(value.to_exact(), &[]);
        let mut text = String::new();
        for (index, value) in value.to_exact().items().enumerate() {
            let media_type = part_type::of_value(prefix.get(index).copied().unwrap_or(item), value.0);
            let written = written(value, &media_type);
            text.push_str(&format!("--{boundary}\r\nContent-Type: {media_type}\r\n\r\n{written}\r\n"));
        }
        text.push_str(&format!("--{boundary}--\r\n"));
        let essence = media_type.split(';').next().unwrap_or_default().trim();
        self.set_body(&format!("{essence}; boundary={boundary}"), text.into());
    }

    /// Checks that each of `files`, the parts of the file `name`, has the headers that the document requires.
    pub fn require_part_headers(&mut self, name: &'static str, files: &[FilePart], required: &[&str]) {
        for header in required {
            let has = |file: &FilePart| file.headers.iter().any(|(own, _)| own.eq_ignore_ascii_case(header));
            if !files.iter().all(has) {
                self.breach(
                    name,
                    &format!("the part needs the header {header}; set it with `FilePart::header`"),
                );
            }
        }
    }
}

/// The body: a part for each property of `value` and each item of a list, then the files.
fn write(
    value: Exact<'_>,
    encodings: &[PropertyEncoding],
    files: &[(&'static str, &[FilePart])],
    boundary: &str,
) -> Body {
    let mut parts = Vec::new();
    let mut text = String::new();
    let declared = |name: &str| {
        encodings.iter().find(|encoding| encoding.wire == name).and_then(|encoding| encoding.content_type)
    };
    for (name, value) in value.members() {
        let items: Vec<Exact<'_>> = if value.0.is_array() { value.items().collect() } else { vec![value] };
        for item in items {
            let media_type = part_type::of_value(declared(name), item.0);
            head(&mut text, boundary, name, None, &media_type, &[]);
            text.push_str(&written(item, &media_type));
            text.push_str("\r\n");
        }
    }
    for (wire, files) in files {
        for file in *files {
            let (name, media_type) = file.sent_as(wire, declared(wire));
            head(&mut text, boundary, wire, Some(name), &media_type, &file.headers);
            parts.push(std::mem::take(&mut text).into());
            parts.push(file.body.clone());
            text.push_str("\r\n");
        }
    }
    text.push_str(&format!("--{boundary}--\r\n"));
    parts.push(text.into());
    Body::parts(parts)
}

/// A value as the content of a part.
fn written(value: Exact<'_>, media_type: &str) -> String {
    if part_type::is_json(media_type) { value.to_text() } else { style::text(value) }
}

fn head(
    text: &mut String,
    boundary: &str,
    name: &str,
    file: Option<&str>,
    media_type: &str,
    headers: &[(String, String)],
) {
    text.push_str(&format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{}\"", quoted(name)));
    if let Some(file) = file {
        text.push_str(&format!("; filename=\"{}\"", quoted(file)));
    }
    text.push_str(&format!("\r\nContent-Type: {media_type}\r\n"));
    for (name, value) in headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    text.push_str("\r\n");
}

/// A name for use within quotes, escaped as in WHATWG HTML forms.
fn quoted(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

/// A boundary that occurs in no part that is in memory. A streamed part could hold it only by guessing 128 random
/// bits: it is drawn anew for each request, since whoever has seen the boundary of another one could write a file
/// that ends its own part (RFC 2046, section 5.1.1).
fn boundary(value: Exact<'_>, files: &[(&'static str, &[FilePart])]) -> String {
    let text = value.to_text();
    let bodies = || files.iter().flat_map(|(_, files)| files.iter()).filter_map(|file| file.body.as_bytes());
    let taken = |boundary: &str| {
        text.contains(boundary)
            || bodies().any(|bytes| bytes.windows(boundary.len()).any(|window| window == boundary.as_bytes()))
    };
    loop {
        let boundary = format!("form-{:016x}{:016x}", random(), random());
        if !taken(&boundary) {
            return boundary;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use http::Method;
    use serde_json::Value;

    use super::*;

    #[test]
    fn parts_and_files() {
        let files = [
            FilePart::new("a\"b\r\n.png", vec![0_u8, 159]).media_type("image/png").header("X-Page", "7"),
            FilePart::from("plain"),
            FilePart::from(Body::from("typed").media_type("text/csv")),
        ];
        let value = serde_json::json!({ "title": "T", "tags": ["x", { "y": 1 }] });
        let body = write(Exact(&value, None), &[], &[("file", &files)], "B");
        assert_eq!(
            String::from_utf8_lossy(body.as_bytes().unwrap()),
            "--B\r\nContent-Disposition: form-data; name=\"title\"\r\nContent-Type: text/plain\r\n\r\nT\r\n\
             --B\r\nContent-Disposition: form-data; name=\"tags\"\r\nContent-Type: text/plain\r\n\r\nx\r\n\
             --B\r\nContent-Disposition: form-data; name=\"tags\"\r\nContent-Type: application/json\r\n\r\n{\"y\":1}\r\n\
             --B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a%22b%0D%0A.png\"\r\nContent-Type: image/png\r\nX-Page: 7\r\n\r\n\0\u{fffd}\r\n\
             --B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"file\"\r\nContent-Type: application/octet-stream\r\n\r\nplain\r\n\
             --B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"file\"\r\nContent-Type: text/csv\r\n\r\ntyped\r\n\
             --B--\r\n"
        );
    }

    #[test]
    fn texts_in_json_are_quoted() {
        let value = serde_json::json!({ "tags": ["x", 5], "note": "y" });
        let tags = PropertyEncoding {
            wire: "tags",
            content_type: Some("application/json"),
            style: style::Style::Form,
            explode: true,
            allow_reserved: false,
        };
        let body = write(Exact(&value, None), &[tags], &[], "B");
        let body = String::from_utf8_lossy(body.as_bytes().unwrap()).into_owned();
        let ends: Vec<&str> =
            body.split("\r\n--B").filter_map(|part| part.split("\r\n\r\n").nth(1)).collect();
        assert_eq!(ends, ["\"x\"", "5", "y"]);
    }

    #[test]
    fn a_list_is_parts_without_names() {
        let value = Json::from(serde_json::json!([{ "a": 1 }, "x", "y\"", 2]));
        let prefix = [Some("application/merge-patch+json"), Some("application/json")];
        let mut request = RequestWriter::default();
        request.path("/");
        request.parts_body("multipart/mixed", &value, &prefix, Some("text/csv"), &[]);
        let request = request.finish(Method::POST).unwrap();
        let declared = request.headers()["content-type"].to_str().unwrap();
        let boundary = declared.strip_prefix("multipart/mixed; boundary=").unwrap();
        let body = String::from_utf8_lossy(request.body().as_bytes().unwrap()).replace(boundary, "B");
        assert_eq!(
            body,
            "--B\r\nContent-Type: application/merge-patch+json\r\n\r\n{\"a\":1}\r\n\
             --B\r\nContent-Type: application/json\r\n\r\n\"x\"\r\n\
             --B\r\nContent-Type: text/csv\r\n\r\ny\"\r\n\
             --B\r\nContent-Type: text/csv\r\n\r\n2\r\n\
             --B--\r\n"
        );
        let mut request = RequestWriter::default();
        request.parts_body("multipart/mixed", &1_i64, &[], None, &[]);
        assert!(request.finish(Method::POST).unwrap_err().to_string().contains("only a list"));
    }

    #[test]
    fn each_request_has_a_boundary_of_its_own() {
        let drawn: BTreeSet<String> = (0..1000).map(|_| boundary(Exact(&Value::Null, None), &[])).collect();
        assert_eq!(drawn.len(), 1000);
        assert!(drawn.iter().all(|boundary| boundary.len() == 37 && boundary.is_ascii()));
        for place in 5..37 {
            let digits: BTreeSet<u8> = drawn.iter().map(|boundary| boundary.as_bytes()[place]).collect();
            assert_eq!(digits.len(), 16, "the digit at {place} takes every value");
        }
    }

    fn sent(media_type: &'static str, file: FilePart) -> Result<http::Request<Body>, String> {
        let mut request = RequestWriter::default();
        request.path("/");
        let files = [file];
        request.require_part_headers("f", &files, &["X-Page"]);
        request.multipart_body(media_type, &None::<Json>, &[], &[("f", &files)], &[]);
        request.finish(Method::POST).map_err(|error| error.to_string())
    }

    #[test]
    fn a_part_s_headers_are_checked() {
        let file = || FilePart::from("x");
        let request = sent("multipart/form-data; boundary=x", file().header("x-page", "1")).unwrap();
        let declared = request.headers()["content-type"].to_str().unwrap();
        assert!(declared.starts_with("multipart/form-data; boundary=form-"), "{declared}");
        for (file, expected) in [
            (file(), "f: the part needs the header X-Page"),
            (file().header("X-Page", "1\r\nX-Other: 2"), "f: a header of the part has characters"),
            (file().header("X-Page", "1").header("X Page", "2"), "f: a header of the part has characters"),
            (file().header("X-Page", "1").media_type("a\n"), "f: its media type has characters"),
        ] {
            let error = sent("multipart/form-data", file).unwrap_err();
            assert!(error.contains(expected), "{error}");
        }
    }
}
