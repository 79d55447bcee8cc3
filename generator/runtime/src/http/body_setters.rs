//! Setters of requests for the properties of their bodies.

/// Defines a setter for each row, all in one `impl` block. An optional body is made when its first property is set.
#[doc(hidden)]
#[macro_export]
macro_rules! body_setters {
    ($name:ident => $body:ident { $($(#[$meta:meta])* $field:ident: $presence:ident $setter:ident($ty:ty)$(, $null:ident)?;)* }) => {
        impl $name {
            $(
                $(#[$meta])*
                pub fn $setter(mut self, value: impl Into<$ty>) -> Self {
                    self.$body.$field = $crate::model::setters::$presence(value.into());
                    self
                }
                $(
                    #[doc = concat!("Sends null for `", stringify!($field), "`.")]
                    #[inline]
                    pub fn $null(mut self) -> Self {
                        self.$body.$field = $crate::model::patch::Patch::Null;
                        self
                    }
                )?
            )*
        }
    };
    ($name:ident => optional $body:ident { $($(#[$meta:meta])* $field:ident: $presence:ident $setter:ident($ty:ty)$(, $null:ident)?;)* }) => {
        impl $name {
            $(
                $(#[$meta])*
                pub fn $setter(mut self, value: impl Into<$ty>) -> Self {
                    self.$body.get_or_insert_default().$field = $crate::model::setters::$presence(value.into());
                    self
                }
                $(
                    #[doc = concat!("Sends null for `", stringify!($field), "`.")]
                    #[inline]
                    pub fn $null(mut self) -> Self {
                        self.$body.get_or_insert_default().$field = $crate::model::patch::Patch::Null;
                        self
                    }
                )?
            )*
        }
    };
}
#[doc(hidden)]
pub use body_setters;
