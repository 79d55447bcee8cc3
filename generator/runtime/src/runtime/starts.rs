//! Starts of operations for one alternative of a property of their body.

/// Makes the methods of a builder whose body has one alternative, and a function for each alternative that starts
/// it. The builder is `struct $builder<T> { operation, wrap }`; `$start` makes the operation from the values that
/// must be given and the tag.
macro_rules! starts {
    (
        $builder:ident for $operation:ident($body:ty), $follower:ident: $follower_presence:ident $follower_setter:ident in $union:ident {
            $($(#[$meta:meta])* $field:ident: $presence:ident $setter:ident($ty:ty)$(, $null:ident)?;)*
        }
        $start:ident $arguments:tt {
            $($(#[cfg($gate:meta)])? $function:ident($payload:ty): $variant:ident, $tag:literal;)*
        }
    ) => {
        impl<T> $builder<T> {
            #[doc = concat!("Sets `", stringify!($follower), "`.")]
            pub fn $follower_setter(mut self, value: impl Into<T>) -> Self {
                let value = (self.wrap)(Box::new(value.into()));
                if let Some(body) = Option::<&mut $body>::from(&mut self.operation.body) {
                    body.$follower = $crate::runtime::setters::$follower_presence(value);
                }
                self
            }

            $(
                $(#[$meta])*
                pub fn $setter(mut self, value: impl Into<$ty>) -> Self {
                    if let Some(body) = Option::<&mut $body>::from(&mut self.operation.body) {
                        body.$field = $crate::runtime::setters::$presence(value.into());
                    }
                    self
                }
                $(
                    #[doc = concat!("Sends null for `", stringify!($field), "`.")]
                    pub fn $null(mut self) -> Self {
                        if let Some(body) = Option::<&mut $body>::from(&mut self.operation.body) {
                            body.$field = $crate::runtime::Patch::Null;
                        }
                        self
                    }
                )?
            )*

            /// The operation, with whatever has been set.
            pub fn into_operation(self) -> $operation {
                self.operation
            }

            /// The request, checked; its URI is relative to the server.
            ///
            /// # Errors
            /// A value breaks a constraint of the document or can't be written.
            pub fn build(
                &self,
            ) -> Result<::http::Request<$crate::runtime::Body>, $crate::runtime::InvalidRequest> {
                self.operation.build()
            }

            /// Sends the request and reads the response.
            ///
            /// # Errors
            /// The request is invalid and wasn't sent, or didn't succeed.
            #[cfg(feature = "client")]
            pub fn send(
                self,
                client: &$crate::runtime::Client,
            ) -> $crate::runtime::BoxFuture<'_, $crate::runtime::operation::Outcome<$operation>> {
                self.operation.send(client)
            }
        }

        $(
            $(#[cfg($gate)])?
            $crate::runtime::starts::start! {
                #[doc = concat!("Starts [`", stringify!($operation), "`] for `", $tag, "`.")]
                $function $arguments $start $tag, $builder<$payload> $union::$variant
            }
        )*
    };
}
pub(crate) use starts;

/// Makes the function of one alternative.
macro_rules! start {
    (
        $(#[$meta:meta])* $function:ident($($argument:ident: $ty:ty),*) $start:ident $tag:literal,
        $builder:ident<$payload:ty> $union:ident::$variant:ident
    ) => {
        $(#[$meta])*
        pub fn $function($($argument: impl Into<$ty>),*) -> $builder<$payload> {
            $builder { operation: $start($($argument.into(),)* $tag), wrap: $union::$variant }
        }
    };
}
pub(crate) use start;
