//! Setters of models that only responses hold, with which a test makes up what its mock answers.

/// The same as `setters!`, for models of responses. What a property is, its field says: rows without documentation don't
/// change when a description does.
#[doc(hidden)]
#[macro_export]
macro_rules! response_setters {
    ($name:ident { $(
        $(#[$meta:meta])* $field:ident: $presence:ident $setter:ident($ty:ty)$(, $null:ident)?;
    )* }) => {
        $crate::model::setters::setters! { $name { $(
            #[doc = concat!("Sets `", stringify!($field), "`, in a response that a test makes up.")]
            $(#[$meta])*
            $field: $presence $setter($ty)$(, $null)?;
        )* } }
    };
}
#[doc(hidden)]
pub use response_setters;

/// The same as `collection_setters!`, for models of responses.
#[doc(hidden)]
#[macro_export]
macro_rules! response_collection_setters {
    ($name:ident { $(
        $(#[$meta:meta])* $field:ident: $presence:ident $kind:ident $setter:ident($item:ty), $add:ident $(, $null:ident)?;
    )* }) => {
        $crate::model::collections::collection_setters! { $name { $(
            #[doc = concat!("Sets `", stringify!($field), "`, in a response that a test makes up.")]
            $(#[$meta])*
            $field: $presence $kind $setter($item), $add $(, $null)?;
        )* } }
    };
}
#[doc(hidden)]
pub use response_collection_setters;

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    #[derive(Clone, Default, PartialEq)]
    struct Pet {
        name: Option<String>,
        tags: Option<Vec<String>>,
        additional_properties: JsonObject,
    }

    object! {
        Pet {
            name: "name", optional, [];
            tags: "tags", read_only, [];
        }
        additional_properties: open [];
    }

    response_setters! {
        Pet {
            name: optional with_name(String);
        }
    }

    response_collection_setters! {
        Pet {
            tags: optional list_from with_tags(String), push_tags;
        }
    }

    #[test]
    fn a_response_is_one_expression() {
        let pet = Pet::default().with_name("a").with_tags(["x"]).push_tags("y");
        assert_eq!(
            serde_json::to_value(&pet).unwrap(),
            serde_json::json!({ "name": "a", "tags": ["x", "y"] })
        );
    }
}
