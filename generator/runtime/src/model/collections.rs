//! Setters of lists and maps.

use crate::model::patch::Patch;

/// Takes the collection out of its field.
pub fn required<T: Default>(field: &mut T) -> T {
    std::mem::take(field)
}

/// Takes the collection out of its field, or makes an empty one.
pub fn optional<T: Default>(field: &mut Option<T>) -> T {
    field.take().unwrap_or_default()
}

/// Takes the collection out of its field, or makes an empty one.
pub fn read_only<T: Default>(field: &mut Option<T>) -> T {
    optional(field)
}

/// Takes the collection out of its field, or makes an empty one.
pub fn required_in_request<T: Default>(field: &mut Option<T>) -> T {
    optional(field)
}

/// Takes the collection out of its field, or makes an empty one.
pub fn patch<T: Default>(field: &mut Patch<T>) -> T {
    std::mem::take(field).into_value().unwrap_or_default()
}

/// Takes the collection out of its field, or makes an empty one.
pub fn patch_in_request<T: Default>(field: &mut Patch<T>) -> T {
    patch(field)
}

/// Defines the setters of each row, all in one `impl` block: one that takes any iterator, one that adds an item and,
/// behind it, one that sends null. An optional body is made when its first property is set.
#[doc(hidden)]
#[macro_export]
macro_rules! collection_setters {
    ($name:ident { $(
        $(#[$meta:meta])* $field:ident: $presence:ident $kind:ident $setter:ident($item:ty), $add:ident $(, $null:ident)?;
    )* }) => {
        impl $name {
            $($crate::model::collections::collection_setter! {
                [] [] $kind $(#[$meta])* $field: $presence $setter($item), $add $(, $null)?
            })*
        }
    };
    ($name:ident => $body:ident { $(
        $(#[$meta:meta])* $field:ident: $presence:ident $kind:ident $setter:ident($item:ty), $add:ident $(, $null:ident)?;
    )* }) => {
        impl $name {
            $($crate::model::collections::collection_setter! {
                [] [.$body] $kind $(#[$meta])* $field: $presence $setter($item), $add $(, $null)?
            })*
        }
    };
    ($name:ident => optional $body:ident { $(
        $(#[$meta:meta])* $field:ident: $presence:ident $kind:ident $setter:ident($item:ty), $add:ident $(, $null:ident)?;
    )* }) => {
        impl $name {
            $($crate::model::collections::collection_setter! {
                [$crate::model::presence::opened] [.$body] $kind $(#[$meta])* $field: $presence $setter($item), $add $(, $null)?
            })*
        }
    };
}
#[doc(hidden)]
pub use collection_setters;

/// The setters of a row, by its kind: what is in it converts into an item, or has the item's type.
#[doc(hidden)]
#[macro_export]
macro_rules! collection_setter {
    // No generated type is named `M_`.
    (
        [$($open:tt)*] [$($place:tt)*] list
        $(#[$meta:meta])* $field:ident: $presence:ident $setter:ident($item:ty), $add:ident $(, $null:ident)?
    ) => {
        $(#[$meta])*
        pub fn $setter<M_>(mut self, values: impl $crate::model::gather::IntoListOf<$item, M_>) -> Self {
            $($open)* (&mut self $($place)*).$field = $crate::model::setters::$presence($crate::model::gather::IntoListOf::into_list(values));
            self
        }

        #[doc = concat!("Adds an item to `", stringify!($field), "`.")]
        #[inline]
        pub fn $add(mut self, value: $item) -> Self {
            let mut values = $crate::model::collections::$presence(&mut $($open)* (&mut self $($place)*).$field);
            values.push(value);
            $($open)* (&mut self $($place)*).$field = $crate::model::setters::$presence(values);
            self
        }

        $crate::model::collections::null_setter! { [$($open)*] [$($place)*] $field $($null)? }
    };
    (
        [$($open:tt)*] [$($place:tt)*] list_from
        $(#[$meta:meta])* $field:ident: $presence:ident $setter:ident($item:ty), $add:ident $(, $null:ident)?
    ) => {
        $(#[$meta])*
        pub fn $setter<M_>(mut self, values: impl $crate::model::gather::IntoList<$item, M_>) -> Self {
            $($open)* (&mut self $($place)*).$field = $crate::model::setters::$presence($crate::model::gather::IntoList::into_list(values));
            self
        }

        #[doc = concat!("Adds an item to `", stringify!($field), "`.")]
        pub fn $add(mut self, value: impl Into<$item>) -> Self {
            let mut values = $crate::model::collections::$presence(&mut $($open)* (&mut self $($place)*).$field);
            values.push(value.into());
            $($open)* (&mut self $($place)*).$field = $crate::model::setters::$presence(values);
            self
        }

        $crate::model::collections::null_setter! { [$($open)*] [$($place)*] $field $($null)? }
    };
    (
        [$($open:tt)*] [$($place:tt)*] map
        $(#[$meta:meta])* $field:ident: $presence:ident $setter:ident($item:ty), $add:ident $(, $null:ident)?
    ) => {
        $(#[$meta])*
        pub fn $setter<M_>(mut self, values: impl $crate::model::gather::IntoMapOf<$item, M_>) -> Self {
            $($open)* (&mut self $($place)*).$field = $crate::model::setters::$presence($crate::model::gather::IntoMapOf::into_map(values));
            self
        }

        #[doc = concat!("Adds an entry to `", stringify!($field), "`, or replaces the one with this name.")]
        pub fn $add(mut self, name: impl Into<String>, value: $item) -> Self {
            let mut values = $crate::model::collections::$presence(&mut $($open)* (&mut self $($place)*).$field);
            values.insert(name.into(), value);
            $($open)* (&mut self $($place)*).$field = $crate::model::setters::$presence(values);
            self
        }

        $crate::model::collections::null_setter! { [$($open)*] [$($place)*] $field $($null)? }
    };
    (
        [$($open:tt)*] [$($place:tt)*] map_from
        $(#[$meta:meta])* $field:ident: $presence:ident $setter:ident($item:ty), $add:ident $(, $null:ident)?
    ) => {
        $(#[$meta])*
        pub fn $setter<M_>(mut self, values: impl $crate::model::gather::IntoMap<$item, M_>) -> Self {
            $($open)* (&mut self $($place)*).$field = $crate::model::setters::$presence($crate::model::gather::IntoMap::into_map(values));
            self
        }

        #[doc = concat!("Adds an entry to `", stringify!($field), "`, or replaces the one with this name.")]
        pub fn $add(mut self, name: impl Into<String>, value: impl Into<$item>) -> Self {
            let mut values = $crate::model::collections::$presence(&mut $($open)* (&mut self $($place)*).$field);
            values.insert(name.into(), value.into());
            $($open)* (&mut self $($place)*).$field = $crate::model::setters::$presence(values);
            self
        }

        $crate::model::collections::null_setter! { [$($open)*] [$($place)*] $field $($null)? }
    };
}
#[doc(hidden)]
pub use collection_setter;

/// The setter that sends null, if a row has one.
#[doc(hidden)]
#[macro_export]
macro_rules! null_setter {
    ([$($open:tt)*] [$($place:tt)*] $field:ident) => {};
    ([$($open:tt)*] [$($place:tt)*] $field:ident $null:ident) => {
        #[doc = concat!("Sends null for `", stringify!($field), "`.")]
        #[inline]
        pub fn $null(mut self) -> Self {
            $($open)* (&mut self $($place)*).$field = $crate::model::patch::Patch::Null;
            self
        }
    };
}
#[doc(hidden)]
pub use null_setter;

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use crate::prelude::*;

    #[derive(Default)]
    struct Query {
        body: Settings,
        other: Option<Settings>,
    }

    #[derive(Clone, Debug, Default, PartialEq)]
    struct Settings {
        scopes: Option<Vec<String>>,
        limits: Patch<Vec<u64>>,
        labels: Option<BTreeMap<String, Number>>,
        counts: Option<BTreeMap<String, u64>>,
    }

    collection_setters! {
        Settings {
            scopes: optional list_from scopes(String), push_scopes;
            limits: patch list limits(u64), push_limits, limits_null;
            labels: optional map_from labels(Number), insert_labels;
            counts: optional map counts(u64), insert_counts;
        }
    }
    collection_setters! { Query => body { scopes: optional list_from scopes(String), push_scopes; } }
    collection_setters! { Query => optional other { limits: patch list limits(u64), push_limits, limits_null; } }

    #[test]
    fn a_list_is_set_from_any_iterator_and_items_are_added() {
        let scopes = |scopes: &[&str]| Some(scopes.iter().copied().map(str::to_owned).collect::<Vec<_>>());
        let set = Settings::default();
        assert_eq!(set.clone().scopes(["a", "b"]).scopes, scopes(&["a", "b"]));
        assert_eq!(set.clone().scopes(vec!["a".to_owned()]).push_scopes("b").scopes, scopes(&["a", "b"]));
        assert_eq!(set.clone().scopes("a b".split(' ')).scopes, scopes(&["a", "b"]));
        assert_eq!(set.clone().scopes(&["a".to_owned()]).scopes, scopes(&["a"]));
        assert_eq!(set.clone().scopes(vec!["a", "b"].into_iter()).scopes, scopes(&["a", "b"]));
        assert_eq!(set.clone().scopes(&["a", "b"][..]).scopes, scopes(&["a", "b"]));
        assert_eq!(set.clone().scopes(&vec!["a"]).scopes, scopes(&["a"]));
        assert_eq!(set.clone().scopes(vec!["a"].into_boxed_slice()).scopes, scopes(&["a"]));
        let array: &[&str; 2] = &["a", "b"];
        assert_eq!(set.clone().scopes(array).scopes, scopes(array));
        assert_eq!(set.clone().scopes(Some("a")).scopes, scopes(&["a"]));
        assert_eq!(set.clone().scopes(None::<&str>).scopes, scopes(&[]));
        assert_eq!(set.clone().push_scopes("a").scopes, scopes(&["a"]));
    }

    #[test]
    fn the_type_of_items_is_known_where_it_was_with_a_vector() {
        let set = Settings::default();
        assert_eq!(set.clone().scopes(Vec::new()).scopes, Some(Vec::new()));
        assert_eq!(set.clone().scopes(vec![]).scopes, Some(Vec::new()));
        assert_eq!(set.clone().scopes([]).scopes, Some(Vec::new()));
        assert_eq!(set.clone().scopes(vec!["a".into()]).scopes, Some(vec!["a".to_owned()]));
        assert_eq!(
            set.clone().scopes(["a"].iter().map(|text| text.to_string()).collect::<Vec<_>>()).scopes.unwrap(),
            ["a"]
        );
        assert_eq!(set.clone().labels(BTreeMap::new()).labels, Some(BTreeMap::new()));
        assert_eq!(set.clone().labels([]).labels, Some(BTreeMap::new()));
        assert_eq!(set.clone().counts([]).counts, Some(BTreeMap::new()));
        assert_eq!(set.clone().counts([("a", 1)]).counts, Some(BTreeMap::from([("a".to_owned(), 1)])));
        assert_eq!(set.counts(BTreeMap::new()).counts, Some(BTreeMap::new()));
    }

    #[test]
    fn the_type_of_plain_items_is_known() {
        let set = Settings::default();
        assert_eq!(set.clone().limits([1, 2]).push_limits(3).limits, Patch::Value(vec![1, 2, 3]));
        assert_eq!(set.clone().limits([]).limits, Patch::Value(Vec::new()));
        assert_eq!(set.clone().limits(&[1, 2]).limits, Patch::Value(vec![1, 2]));
        assert_eq!(set.clone().limits(&vec![1, 2][..]).limits, Patch::Value(vec![1, 2]));
        assert_eq!(set.clone().limits(vec![1].into_boxed_slice()).limits, Patch::Value(vec![1]));
        assert_eq!(set.clone().limits((1..3).map(|limit| limit * 2)).limits, Patch::Value(vec![2, 4]));
        assert_eq!(set.clone().limits(Vec::new()).limits_null().limits, Patch::Null);
        assert_eq!(set.limits_null().push_limits(1).limits, Patch::Value(vec![1]));
    }

    #[test]
    fn a_map_is_set_from_pairs_and_entries_are_added() {
        let labels =
            BTreeMap::from([("a", 1), ("b", 2)].map(|(name, value)| (name.to_owned(), value.into())));
        let set = Settings::default();
        assert_eq!(set.clone().labels([("a", 1), ("b", 2)]).labels, Some(labels.clone()));
        assert_eq!(set.clone().labels(HashMap::from([("a", 1), ("b", 2)])).labels, Some(labels.clone()));
        assert_eq!(
            set.labels(labels.clone()).insert_labels("a", 3).insert_labels("a", 1).labels,
            Some(labels)
        );
    }

    #[test]
    fn a_list_in_a_body_is_set() {
        let query = Query::default().scopes(["a"]).push_scopes("b").push_limits(1);
        assert_eq!(query.body.scopes, Some(vec!["a".to_owned(), "b".to_owned()]));
        assert_eq!(query.other, Some(Settings { limits: Patch::Value(vec![1]), ..Settings::default() }));
        let query = query.limits([2]).limits_null();
        assert_eq!(query.other.map(|other| other.limits), Some(Patch::Null));
    }
}
