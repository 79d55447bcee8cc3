//! Multipart bodies as they arrive (RFC 2046, section 5.1; RFC 7578).

use super::exact::Exact;
use super::suite::Part;

/// A part.
#[derive(Debug)]
pub struct Found {
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Found {
    fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        headers.find(|(other, _)| other.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The name of its field.
    pub fn name(&self) -> Option<String> {
        parameter(self.header("content-disposition")?, "name")
    }
}

/// A media type without its parameters.
pub fn essence(header: &str) -> &str {
    header.split(';').next().unwrap_or_default().trim()
}

fn parameter(header: &str, name: &str) -> Option<String> {
    let parameters = header.split(';').skip(1).map(str::trim);
    let value =
        parameters.filter_map(|parameter| parameter.split_once('=')).find(|(other, _)| *other == name)?.1;
    Some(value.trim_matches('"').to_owned())
}

/// The parts of a body whose `Content-Type` is `header`.
///
/// # Errors
/// It isn't multipart.
pub fn parts(header: &str, body: &[u8]) -> Result<Vec<Found>, String> {
    let boundary = parameter(header, "boundary").ok_or_else(|| format!("{header:?} has no boundary"))?;
    let delimiter = format!("--{boundary}").into_bytes();
    let find = |from: usize, wanted: &[u8]| {
        body[from..].windows(wanted.len()).position(|window| window == wanted).map(|at| from + at)
    };
    let mut parts = Vec::new();
    let mut at = find(0, &delimiter).ok_or("no delimiter")? + delimiter.len();
    while !body[at..].starts_with(b"--") {
        let start = at + 2;
        let end = find(start, &[b"\r\n", &delimiter[..]].concat()).ok_or("a part has no end")?;
        let (head, rest) = match find(start, b"\r\n\r\n").filter(|blank| *blank < end) {
            Some(blank) => (&body[start..blank], &body[blank + 4..end]),
            None => (&body[start..start], &body[start + 2..end]),
        };
        let head = String::from_utf8_lossy(head).into_owned();
        let headers = head.lines().filter_map(|line| line.split_once(':'));
        let headers = headers.map(|(name, value)| (name.to_owned(), value.trim().to_owned())).collect();
        parts.push(Found { headers, body: rest.to_vec() });
        at = end + 2 + delimiter.len();
    }
    Ok(parts)
}

/// Compares a part with what is expected of it.
///
/// # Errors
/// They differ.
pub fn compare(expected: &Part, found: &Found) -> Result<(), String> {
    let text = String::from_utf8_lossy(&found.body);
    let fault = |what: &str| Err(format!("the {what} of {found:?} isn't that of {expected:?}"));
    if let Some(names) = &expected.filename {
        let name = found.header("content-disposition").and_then(|header| parameter(header, "filename"));
        if !names.iter().any(|expected| Some(expected) == name.as_ref()) {
            return fault("file name");
        }
    }
    if let Some(types) = &expected.media_type {
        // A part without the header is plain text (RFC 7578, section 4.4).
        let found = found.header("content-type").unwrap_or("text/plain");
        let same = |expected: &String| {
            if expected.contains(';') {
                found == expected
            } else {
                essence(found).eq_ignore_ascii_case(expected)
            }
        };
        if !types.iter().any(same) {
            return fault("type");
        }
    }
    if expected.headers.iter().any(|(name, value)| found.header(name) != Some(value)) {
        return fault("headers");
    }
    if expected.text.as_ref().is_some_and(|expected| text != **expected)
        || expected
            .base64
            .as_ref()
            .is_some_and(|expected| super::base64(expected).as_ref() != Some(&found.body))
    {
        return fault("content");
    }
    match &expected.json {
        Some(expected) if Exact::parse(&text)? != Exact::of(expected)? => fault("content"),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_taken_apart() {
        let body = b"--x\r\nContent-Disposition: form-data; name=\"a\"; filename=\"f.txt\"\r\n\r\none\r\n\
                     --x\r\nContent-Disposition: form-data; name=\"b\"\r\nContent-Type: application/json\r\n\r\n[1]\r\n--x--\r\n";
        let parts = parts("multipart/form-data; boundary=x", body).unwrap();
        let names: Vec<_> = parts.iter().filter_map(Found::name).collect();
        assert_eq!(names, ["a", "b"]);
        let part = |text: &str| serde_json::from_str::<Part>(text).unwrap();
        assert_eq!(
            compare(&part(r#"{"filename": "f.txt", "text": "one", "type": "text/plain"}"#), &parts[0]),
            Ok(())
        );
        assert_eq!(compare(&part(r#"{"json": [1.0], "type": "application/json"}"#), &parts[1]), Ok(()));
        assert!(compare(&part(r#"{"text": "two"}"#), &parts[0]).is_err());
        assert!(compare(&part(r#"{"type": "text/csv"}"#), &parts[0]).is_err());
    }
}
