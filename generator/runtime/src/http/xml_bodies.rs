//! Bodies in XML.

use crate::http::content_type::{self, Form};
use crate::http::error::Error;
use crate::http::failure::Failure;
use crate::http::reply::Reply;
use crate::http::request::RequestWriter;
use crate::json::decode::{DecodeError, FromJson};
use crate::model::object::Field;
use crate::model::rules::Rule;
use crate::xml::nodes::Element;
use crate::xml::{read, write};

impl RequestWriter {
    /// Sets a body in XML, whose root element is `root`.
    pub fn xml_body(&mut self, media_type: &'static str, value: &dyn Field, root: &Element, rules: &[Rule]) {
        self.check("", value, rules);
        match write::to_vec(value, root) {
            Ok(body) => self.set_body(media_type, body.into()),
            Err(fault) => self.violation(&fault.path, &fault.message),
        }
    }
}

impl Reply {
    /// The body, decoded from XML whose root element is `root`, or from JSON if the response says that it is.
    ///
    /// # Errors
    /// The body isn't XML, or doesn't match the type.
    pub fn xml<T: FromJson, E>(&self, root: &Element) -> Result<T, Error<E>> {
        self.decoded_xml(root).map_err(|error| self.decode_error(error))
    }

    /// A declared failure with a body in XML, which is decoded if it matches its schema.
    ///
    /// # Errors
    /// Always returns that failure.
    pub fn xml_failure<O, T: FromJson, E>(
        &self,
        root: &Element,
        variant: fn(Failure<T>) -> E,
    ) -> Result<O, Error<E>> {
        self.failed(variant, self.decoded_xml(root).ok())
    }

    fn decoded_xml<T: FromJson>(&self, root: &Element) -> Result<T, DecodeError> {
        let (_, headers) = self.parts();
        let body = self.uncoded()?;
        if body.is_empty() || Form::of(headers) == Form::Json {
            return self.decoded();
        }
        match content_type::charset(headers) {
            Some(charset) if !matches!(charset.as_str(), "utf-8" | "utf8" | "us-ascii") => {
                Err(DecodeError::new("the body isn't in UTF-8, the only encoding that is read"))
            }
            _ => read::from_slice(body, root),
        }
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use http::header::CONTENT_TYPE;
    use http::{HeaderValue, Method};

    use super::*;
    use crate::facts::Facts;
    use crate::http::operation::OperationInfo;
    use crate::json::value::JsonObject;
    use crate::xml::nodes::{Content, name};

    static FACTS: Facts = Facts::new();
    static INFO: &OperationInfo =
        &OperationInfo { id: "x", method: Method::GET, path: "/x", security: &[], facts: &FACTS };
    const ROOT: Element = Element { name: name("a"), content: Content::Map(&Content::Number) };

    fn read(content_type: &'static str, body: &'static [u8]) -> Result<JsonObject, String> {
        let mut response = http::Response::new(Bytes::from_static(body));
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
        let read = Reply::new(response, INFO).xml::<JsonObject, std::convert::Infallible>(&ROOT);
        read.map_err(|error| match error {
            Error::Decode(error, _) => error.to_string(),
            other => other.to_string(),
        })
    }

    #[test]
    fn a_body_is_read_as_what_it_is_said_to_be() {
        let expected = JsonObject::from_iter([("b", 1)]);
        assert_eq!(read("application/xml", b"<a><b>1</b></a>"), Ok(expected.clone()));
        assert_eq!(read("text/xml; charset=\"UTF-8\"", b"<a><b>1</b></a>"), Ok(expected.clone()));
        assert_eq!(read("application/json", b"{\"b\":1}"), Ok(expected));
        assert_eq!(read("application/xml", b""), Ok(JsonObject::default()));
        let latin = read("text/xml; charset=iso-8859-1", b"<a><b>1</b></a>");
        assert_eq!(latin, Err("the body isn't in UTF-8, the only encoding that is read".to_owned()));
        assert!(read("application/xml", b"<a>").unwrap_err().starts_with("not XML"));
    }

    #[test]
    fn a_value_without_a_form_is_a_violation() {
        let mut request = RequestWriter::default();
        request.path("/");
        request.xml_body("application/xml", &JsonObject::from_iter([("b c", 1)]), &ROOT, &[]);
        let error = request.finish(Method::POST).unwrap_err();
        assert_eq!(error.to_string(), "the request is not valid: b c: its name can't be that of an element");
    }
}
