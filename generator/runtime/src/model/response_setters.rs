//! Setters of models that only responses hold, with which a test makes up what its mock answers. They stand in the rows of
//! `object!`, so that a property has one row.

/// Defines the setters that the rows of an object have, all in one `impl` block.
#[doc(hidden)]
#[macro_export]
macro_rules! response_setters {
    ($name:ident {}) => {};
    ($name:ident { $({ $($row:tt)* })* }) => {
        impl $name {
            $($crate::model::response_setters::response_setter! { $($row)* })*
        }
    };
}
#[doc(hidden)]
pub use response_setters;

/// The setter of a row. What a property is, its field says: rows without documentation don't change when a description does.
#[doc(hidden)]
#[macro_export]
macro_rules! response_setter {
    ($field:ident $presence:ident $(#[$meta:meta])* $setter:ident($ty:ty)$(, $null:ident)?) => {
        #[doc = concat!("Sets `", stringify!($field), "`, in a response that a test makes up.")]
        $(#[$meta])*
        pub fn $setter(mut self, value: impl Into<$ty>) -> Self {
            self.$field = $crate::model::setters::$presence(value.into());
            self
        }

        $(
            #[doc = concat!("Makes `", stringify!($field), "` null.")]
            #[inline]
            pub fn $null(mut self) -> Self {
                self.$field = $crate::model::patch::Patch::Null;
                self
            }
        )?
    };
    ($field:ident $presence:ident $(#[$meta:meta])* $kind:ident $setter:ident($item:ty), $add:ident $(, $null:ident)?) => {
        $crate::model::collections::collection_setter! {
            [] [] $kind
            #[doc = concat!("Sets `", stringify!($field), "`, in a response that a test makes up.")] $(#[$meta])*
            $field: $presence $setter($item), $add $(, $null)?
        }
    };
}
#[doc(hidden)]
pub use response_setter;

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    #[derive(Clone, Default, PartialEq)]
    struct Pet {
        name: Option<String>,
        tags: Option<Vec<String>>,
        owner: Patch<String>,
        homes: Patch<Vec<i64>>,
        additional_properties: JsonObject,
    }

    object! {
        Pet {
            name: "name", required_in_request, [] { name(String) };
            tags: "tags", read_only, [] { list_from tags(String), push_tags };
            owner: "owner", patch_in_request, [] { #[allow(unused)] owner(String), owner_null };
            homes: "homes", patch, [] { list homes(i64), push_homes, homes_null };
        }
        additional_properties: open [];
    }

    #[test]
    fn a_response_is_one_expression() {
        let pet = Pet::default().name("a").tags(["x"]).push_tags("y").owner("b").homes([1]).push_homes(2);
        assert_eq!(
            serde_json::to_value(&pet).unwrap(),
            serde_json::json!({ "name": "a", "tags": ["x", "y"], "owner": "b", "homes": [1, 2] })
        );
        let pet = pet.owner_null().homes_null();
        assert_eq!((pet.owner, pet.homes), (Patch::Null, Patch::Null));
    }
}
