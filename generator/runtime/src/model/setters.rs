//! How setters store their value, for each kind of property.

use crate::model::patch::Patch;

/// Stores the value unchanged.
pub fn required<T>(value: T) -> T {
    value
}

/// Makes the property present with this value.
pub fn optional<T>(value: T) -> Option<T> {
    Some(value)
}

/// Makes the property present with this value.
pub fn read_only<T>(value: T) -> Option<T> {
    Some(value)
}

/// Makes the property present with this value.
pub fn required_in_request<T>(value: T) -> Option<T> {
    Some(value)
}

/// Makes the property present with this value.
pub fn patch<T>(value: T) -> Patch<T> {
    Patch::Value(value)
}

/// Makes the property present with this value.
pub fn patch_in_request<T>(value: T) -> Patch<T> {
    Patch::Value(value)
}

/// Defines a setter for each row, all in one `impl` block.
#[doc(hidden)]
#[macro_export]
macro_rules! setters {
    ($name:ident => $($body:tt)+) => {
        $crate::http::body_setters::body_setters! { $name => $($body)+ }
    };
    ($name:ident { $($(#[$meta:meta])* $field:ident: $presence:ident $setter:ident($ty:ty)$(, $null:ident)?;)* }) => {
        impl $name {
            $(
                $(#[$meta])*
                pub fn $setter(mut self, value: impl Into<$ty>) -> Self {
                    self.$field = $crate::model::setters::$presence(value.into());
                    self
                }
                $(
                    #[doc = concat!("Sends null for `", stringify!($field), "`.")]
                    #[inline]
                    pub fn $null(mut self) -> Self {
                        self.$field = $crate::model::patch::Patch::Null;
                        self
                    }
                )?
            )*
        }
    };
}
#[doc(hidden)]
pub use setters;
