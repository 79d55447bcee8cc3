//! Shortcuts that start an operation with one alternative of a property of its body.

/// Generates the methods of a builder whose body has one fixed alternative, and a function for each
/// alternative that starts the builder, which is `struct $builder<T> { operation, wrap }`. `$start` makes the
/// operation from the required values and the tag.
#[doc(hidden)]
#[macro_export]
macro_rules! shortcuts {
    (
        $builder:ident for $operation:ident($body:ty), $follower:ident: $follower_presence:ident $follower_setter:ident in $union:ident {
            $($(#[$meta:meta])* $field:ident: $presence:ident $setter:ident($ty:ty)$(, $null:ident)?;)*
        }
        $start:ident $arguments:tt {
            $($(#[cfg($gate:meta)])? $function:ident($payload:ty): $variant:ident, $tag:literal;)*
        }
    ) => {
        // No generated type is named `T_`.
        impl<T_> $builder<T_> {
            #[doc = concat!("Sets `", stringify!($follower), "`.")]
            pub fn $follower_setter(mut self, value: impl Into<T_>) -> Self {
                let value = (self.wrap)(Box::new(value.into()));
                if let Some(body) = Option::<&mut $body>::from(&mut self.operation.body) {
                    body.$follower = $crate::model::setters::$follower_presence(value);
                }
                self
            }

            $(
                $(#[$meta])*
                pub fn $setter(mut self, value: impl Into<$ty>) -> Self {
                    if let Some(body) = Option::<&mut $body>::from(&mut self.operation.body) {
                        body.$field = $crate::model::setters::$presence(value.into());
                    }
                    self
                }
                $(
                    #[doc = concat!("Sends null for `", stringify!($field), "`.")]
                    pub fn $null(mut self) -> Self {
                        if let Some(body) = Option::<&mut $body>::from(&mut self.operation.body) {
                            body.$field = $crate::model::patch::Patch::Null;
                        }
                        self
                    }
                )?
            )*

            /// Converts to the builder of the whole operation, with the values set so far.
            pub fn into_operation(self) -> $operation {
                self.operation
            }

            /// Builds the request and checks it against the document. Its URI is relative to the server.
            ///
            /// # Errors
            /// A value breaks a constraint of the document or can't be encoded.
            pub fn build(
                &self,
            ) -> Result<$crate::http::external::http::Request<$crate::http::body::Body>, $crate::http::invalid_request::InvalidRequest> {
                self.operation.build()
            }

            #[cfg(feature = "client")]
            $crate::client::per_call::calls! {
                self => self.operation, $operation,
                <$operation as $crate::http::operation::Operation>::Output,
                <$operation as $crate::http::operation::Operation>::Error
            }
        }

        $(
            $(#[cfg($gate)])?
            $crate::http::shortcuts::shortcut! {
                #[doc = concat!("Starts [`", stringify!($operation), "`] for `", $tag, "`.")]
                $function $arguments $start $tag, $builder<$payload> $union::$variant
            }
        )*
    };
}
#[doc(hidden)]
pub use shortcuts;

/// Generates the function of one alternative.
#[doc(hidden)]
#[macro_export]
macro_rules! shortcut {
    (
        $(#[$meta:meta])* $function:ident($($argument:ident: $ty:ty),* $(; $($marker:ident),+)?) $start:ident $tag:literal,
        $builder:ident<$payload:ty> $union:ident::$variant:ident
    ) => {
        $(#[$meta])*
        #[inline]
        pub fn $function$(<$($marker),+>)?($($argument: $ty),*) -> $builder<$payload> {
            $builder { operation: $start($($argument,)* $tag), wrap: $union::$variant }
        }
    };
}
#[doc(hidden)]
pub use shortcut;
