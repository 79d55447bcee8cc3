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
pub fn parse<O: Operation>(response: http::Response<Bytes>) -> Outcome<O> {
    O::read(&Reply::new(response, O::INFO))
}

/// The result of sending an operation.
pub type Outcome<O> = Result<<O as Operation>::Output, Error<<O as Operation>::Error>>;

/// The result of sending an operation, with the status and the headers of the response.
pub type Responded<O> = Result<http::Response<<O as Operation>::Output>, Error<<O as Operation>::Error>>;

/// An operation: its builder, its declaration, how its request is written, the arms that read its reply by status, and what
/// a mock answers. A status without an arm is unexpected. The second form asks the operation of another builder for a
/// media type.
#[doc(hidden)]
#[macro_export]
macro_rules! operation {
    (
        $(#[$meta:meta])*
        pub struct $name:ident { $($field:ident: $ty:ty),* $(,)? }
        $method:tt $path:literal as $id:literal -> $output:ty, $error:ty;
        $(security: $security:expr;)?
        $(server: $server:literal;)?
        write($operation:ident, $request:ident) $write:block
        read($reply:ident) $arms:tt
        answer($answered:pat) $answer:block
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug)]
        #[must_use = "nothing is sent until `send` is called"]
        pub struct $name {
            $($field: $ty,)*
        }

        impl $crate::http::operation::Operation for $name {
            type Output = $output;
            type Error = $error;

            const INFO: &'static $crate::http::operation::OperationInfo = &$crate::http::operation::OperationInfo {
                id: $id,
                method: $crate::http::operation::method!($method),
                path: $path,
                security: $crate::http::operation::security!($($security)?),
                facts: &crate::document::FACTS,
            };

            $(const SERVER: &'static str = $server;)?

            fn write(&$operation, $request: &mut $crate::http::request::RequestWriter) {
                $write
            }

            $crate::http::operation::reading! { $reply $arms }
        }

        $crate::http::operation::operation_methods! { $name -> $output, $error; $answered => $answer }
    };
    (
        $(#[$meta:meta])*
        pub struct $name:ident($base:ident);
        media_type $media_type:literal, accept $accept:literal -> $output:ty, $error:ty;
        read($reply:ident) $arms:tt
        answer($answered:pat) $answer:block
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug)]
        #[must_use = "nothing is sent until `send` is called"]
        pub struct $name($base);

        impl $crate::http::operation::Operation for $name {
            type Output = $output;
            type Error = $error;

            const INFO: &'static $crate::http::operation::OperationInfo =
                <$base as $crate::http::operation::Operation>::INFO;

            const SERVER: &'static str = <$base as $crate::http::operation::Operation>::SERVER;

            const MEDIA_TYPE: &'static str = $media_type;

            fn write(&self, request: &mut $crate::http::request::RequestWriter) {
                $crate::http::operation::Operation::write(&self.0, request);
                request.accept($accept);
            }

            $crate::http::operation::reading! { $reply $arms }
        }

        $crate::http::operation::operation_methods! { $name -> $output, $error; $answered => $answer }
    };
}
#[doc(hidden)]
pub use operation;

/// A method: one that has a constant, or its text.
#[doc(hidden)]
#[macro_export]
macro_rules! method {
    ($method:ident) => {
        $crate::http::external::http::Method::$method
    };
    ($method:literal) => {
        $method
    };
}
#[doc(hidden)]
pub use method;

/// The alternative ways to authenticate, or none.
#[doc(hidden)]
#[macro_export]
macro_rules! security {
    () => {
        &[]
    };
    ($security:expr) => {
        $security
    };
}
#[doc(hidden)]
pub use security;

/// How an operation reads its reply, by the arms of its statuses.
#[doc(hidden)]
#[macro_export]
macro_rules! reading {
    ($reply:ident { $($status:pat $(if $guard:expr)? => $value:expr),* $(,)? }) => {
        #[allow(unreachable_patterns)]
        fn read(
            $reply: &$crate::http::reply::Reply,
        ) -> Result<Self::Output, $crate::http::error::Error<Self::Error>> {
            match $reply.status() {
                $($status $(if $guard)? => $value,)*
                _ => $reply.unexpected(),
            }
        }
    };
}
#[doc(hidden)]
pub use reading;

/// The methods that every builder has, and what its mock answers. The types are passed in rather than projected from the
/// trait: they then show in the documentation, and compile faster.
#[doc(hidden)]
#[macro_export]
macro_rules! operation_methods {
    ($name:ident -> $output:ty, $error:ty; $answered:pat => $answer:block) => {
        impl $crate::http::operation::InDocument for $name {
            type Document = crate::document::Document;
        }

        impl $name {
            /// Builds the request and checks it against the document. Its URI is relative to the server, unless
            /// the operation has a server of its own.
            ///
            /// # Errors
            /// A value breaks a constraint of the document or can't be encoded.
            #[inline]
            pub fn build(
                &self,
            ) -> Result<
                $crate::http::external::http::Request<$crate::http::body::Body>,
                $crate::http::invalid_request::InvalidRequest,
            > {
                $crate::http::operation::build(self)
            }

            /// Reads a response to the request.
            ///
            /// # Errors
            /// The response is a failure, declared or not, or its body doesn't match the schema.
            #[inline]
            pub fn parse(
                response: $crate::http::external::http::Response<$crate::http::external::bytes::Bytes>,
            ) -> Result<$output, $crate::http::error::Error<$error>> {
                $crate::http::operation::parse::<Self>(response)
            }

            #[cfg(feature = "client")]
            $crate::client::per_call::calls! {
                self => self, $name, Result<$output, $crate::http::error::Error<$error>>,
                Result<$crate::http::external::http::Response<$output>, $crate::http::error::Error<$error>>
            }
        }

        #[cfg(feature = "test-util")]
        impl $crate::mock::Answer for $name {
            fn answer(
                $answered: Self::Output,
            ) -> $crate::http::external::http::Response<$crate::http::external::bytes::Bytes> {
                $answer
            }
        }
    };
}
#[doc(hidden)]
pub use operation_methods;

/// The enum of an operation's declared failures, by status.
#[doc(hidden)]
#[macro_export]
macro_rules! operation_error {
    ($(#[$meta:meta])* pub enum $name:ident { $($(#[$of_variant:meta])* $variant:ident($failure:ty),)* }) => {
        $(#[$meta])*
        #[non_exhaustive]
        pub enum $name {
            $($(#[$of_variant])* $variant($failure),)*
        }

        impl $name {
            /// The response, unmodified.
            #[inline]
            pub fn response(&self) -> &$crate::http::failure::FailureResponse {
                match self {
                    $(Self::$variant(failure) => &failure.response,)*
                }
            }
        }

        impl $crate::http::failure::DeclaredFailure for $name {
            #[inline]
            fn response(&self) -> &$crate::http::failure::FailureResponse {
                self.response()
            }
        }

        impl ::std::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                let variant = match self {
                    $(Self::$variant(_) => stringify!($variant),)*
                };
                f.debug_tuple(variant).field(self.response()).finish()
            }
        }

        impl ::std::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(self.response(), f)
            }
        }

        impl ::std::error::Error for $name {}
    };
}
#[doc(hidden)]
pub use operation_error;
