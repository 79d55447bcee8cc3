//! The macros behind generated operations.

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
                method: $crate::http::operation_macros::method!($method),
                path: $path,
                security: $crate::http::operation_macros::security!($($security)?),
                facts: &crate::document::FACTS,
            };

            $(const SERVER: &'static str = $server;)?

            #[inline]
            fn write(&$operation, $request: &mut $crate::http::request::RequestWriter) {
                $write
            }

            $crate::http::operation_macros::reading! { $reply $arms }
        }

        $crate::http::operation_macros::operation_methods! { $name -> $output, $error; $answered => $answer }
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

            #[inline]
            fn write(&self, request: &mut $crate::http::request::RequestWriter) {
                $crate::http::operation::Operation::write(&self.0, request);
                request.accept($accept);
            }

            $crate::http::operation_macros::reading! { $reply $arms }
        }

        $crate::http::operation_macros::operation_methods! { $name -> $output, $error; $answered => $answer }
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
        #[inline]
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
                self => self, $name, $output, $error
            }
        }

        #[cfg(feature = "test-util")]
        impl $crate::mock::Answer for $name {
            #[inline]
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
