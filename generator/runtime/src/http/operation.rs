//! What all operations share.

use std::fmt;

use bytes::Bytes;

use crate::facts::{Document, Facts};
use crate::http::body::Body;
use crate::http::error::Error;
use crate::http::failure::DeclaredFailure;
use crate::http::invalid_request::InvalidRequest;
use crate::http::method::OperationMethod;
use crate::http::reply::Reply;
use crate::http::request::RequestWriter;

/// An operation's declaration in the document. Where the method has a type of its own, the declaration can be made in a
/// constant.
pub struct OperationInfo<M: ?Sized = dyn OperationMethod> {
    /// The `operationId`; without one, the method and the path.
    pub id: &'static str,
    /// The path template.
    pub path: &'static str,
    /// The alternative ways to authenticate, each a list of schemes with the scopes they require. Empty if
    /// the operation needs no authentication.
    pub security: &'static [&'static [(&'static str, &'static [&'static str])]],
    /// What the runtime knows about the document.
    pub facts: &'static Facts,
    /// The method.
    pub method: M,
}

impl PartialEq for OperationInfo {
    /// Equal if they belong to the same document and have the same declaration.
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.facts, other.facts)
            && (self.id, self.method.as_str(), self.path, self.security)
                == (other.id, other.method.as_str(), other.path, other.security)
    }
}

impl Eq for OperationInfo {}

impl fmt::Debug for OperationInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OperationInfo")
            .field("id", &self.id)
            .field("method", &self.method.as_str())
            .field("path", &self.path)
            .field("security", &self.security)
            .finish_non_exhaustive()
    }
}

impl OperationInfo {
    /// The scopes that a token needs, without duplicates.
    pub fn scopes(&self) -> Vec<&'static str> {
        let mut scopes: Vec<&'static str> = Vec::new();
        for (_, wanted) in self.security.iter().copied().flatten() {
            scopes.extend(wanted.iter().filter(|scope| !scopes.contains(scope)).copied().collect::<Vec<_>>());
        }
        scopes
    }
}

/// Something that an OpenAPI document describes.
pub trait InDocument {
    /// The marker type of the document.
    type Document: Document;
}

/// An operation: writes its request and reads its reply, without any I/O.
pub trait Operation: InDocument + Sync {
    /// The result of a successful call.
    type Output;
    /// The declared failures.
    type Error: DeclaredFailure;

    /// The operation's declaration in the document.
    const INFO: &'static OperationInfo;

    /// The URL of the operation's own server, with the defaults of its variables. It is empty if the
    /// operation belongs to the document's servers, and then the client's base URL is used.
    const SERVER: &'static str = "";

    /// The media type that the response is asked for, if it isn't the one that the document prefers.
    const MEDIA_TYPE: &'static str = "";

    /// Writes the request. [`RequestWriter::finish`] reports what is wrong with it.
    fn write(&self, request: &mut RequestWriter);

    /// Reads the reply.
    ///
    /// # Errors
    /// The response is a failure, declared or not, or its body doesn't match the schema.
    fn read(reply: &Reply) -> Result<Self::Output, Error<Self::Error>>;
}

/// Builds the request of an operation. Its URI is relative to the server, unless the operation has a server of
/// its own.
///
/// # Errors
/// A value breaks a constraint of the document or can't be encoded.
pub fn build<O: Operation>(operation: &O) -> Result<http::Request<Body>, InvalidRequest> {
    relative(operation, true)
}

/// Like an operation's `build`, but doesn't check the constraints of the document: limits, patterns, and what must be
/// present.
///
/// # Errors
/// A value can't be encoded, such as an empty segment of the path.
pub fn build_unchecked<O: Operation>(operation: &O) -> Result<http::Request<Body>, InvalidRequest> {
    relative(operation, false)
}

/// Builds the request of an operation without a base URL. If `validate` is false, the constraints of the document aren't
/// checked.
pub(crate) fn relative<O: Operation>(
    operation: &O,
    validate: bool,
) -> Result<http::Request<Body>, InvalidRequest> {
    let server = O::SERVER.trim_end_matches('/');
    // A relative URL is known in full only to a client.
    let is_rootless = !server.is_empty() && !server.starts_with('/') && !server.contains("://");
    written(operation, &[if is_rootless { "/" } else { "" }, server].concat(), validate)
}

/// Builds the request of an operation, its path appended to `base_url`. The request's extensions identify the
/// operation to transports that need it. If `validate` is false, the constraints of the document aren't checked.
///
/// # Errors
/// See [`build`] and [`build_unchecked`].
pub fn written<O: Operation>(
    operation: &O,
    base_url: &str,
    validate: bool,
) -> Result<http::Request<Body>, InvalidRequest> {
    let mut writer = RequestWriter::behind(base_url).validate(validate);
    operation.write(&mut writer);
    let method = O::INFO.method.method();
    let request = method.map_err(|_| InvalidRequest::new("", "its method isn't a token"));
    let request = request.and_then(|method| writer.finish(method));
    let mut request = request.map_err(|error| error.of(O::INFO))?;
    request.extensions_mut().insert(O::INFO);
    if !O::MEDIA_TYPE.is_empty() {
        request.extensions_mut().insert(Asked(O::MEDIA_TYPE));
    }
    Ok(request)
}

/// The media type that a request asks for, if it isn't the preferred one.
#[derive(Clone, Copy)]
pub(crate) struct Asked(pub &'static str);

/// Reads a response to the operation `O`.
///
/// # Errors
/// See [`Operation::read`].
pub fn parse<O: Operation>(response: http::Response<Bytes>) -> Result<O::Output, Error<O::Error>> {
    O::read(&Reply::new(response, O::INFO))
}
