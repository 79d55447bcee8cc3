//! What a setter of a list or a map takes.
//!
//! Each form has an implementation of its own, told apart by a marker. So the compiler knows what is in `Vec::new()` or
//! `vec!["a".into()]`, which an iterator of anything that converts wouldn't tell it.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};

/// The marker of the collection itself.
#[derive(Clone, Copy, Debug)]
pub struct Whole;

/// The marker of arrays, slices and other collections.
#[derive(Clone, Copy, Debug)]
pub struct Other;

/// The marker of iterators.
#[derive(Clone, Copy, Debug)]
pub struct Each;

/// What becomes a list of `T`: a vector of `T`, or another collection or an iterator of what converts into `T`. `M` is left
/// to the compiler.
#[diagnostic::on_unimplemented(
    message = "`{Self}` isn't a list of what converts into `{T}`",
    note = "pass a `Vec<{T}>`, an array or a slice, or any iterator: `.into_iter()` gives that of another vector"
)]
pub trait IntoList<T, M> {
    /// The list.
    fn into_list(self) -> Vec<T>;
}

impl<T> IntoList<T, Whole> for Vec<T> {
    fn into_list(self) -> Self {
        self
    }
}

impl<T, I: Iterator<Item: Into<T>>> IntoList<T, Each> for I {
    fn into_list(self) -> Vec<T> {
        self.map(Into::into).collect()
    }
}

/// Implements the trait for collections of what converts.
macro_rules! lists {
    ($([$($parameter:tt)*] $ty:ty;)*) => {$(
        impl<T, X: Into<T>, $($parameter)*> IntoList<T, Other> for $ty {
            fn into_list(self) -> Vec<T> {
                self.into_iter().map(Into::into).collect()
            }
        }
    )*};
}
lists! {
    [const N: usize] [X; N];
    [] Option<X>;
    [] VecDeque<X>;
    [] BTreeSet<X>;
    [S] HashSet<X, S>;
}

impl<T, X: Clone + Into<T>> IntoList<T, Other> for &[X] {
    fn into_list(self) -> Vec<T> {
        self.iter().cloned().map(Into::into).collect()
    }
}

impl<T, X: Clone + Into<T>, const N: usize> IntoList<T, Other> for &[X; N] {
    fn into_list(self) -> Vec<T> {
        self.as_slice().into_list()
    }
}

impl<T, X: Clone + Into<T>> IntoList<T, Other> for &Vec<X> {
    fn into_list(self) -> Vec<T> {
        self.as_slice().into_list()
    }
}

/// What becomes a map to `V`: such a map, or another collection or an iterator of pairs of what converts into a name and into
/// `V`. `M` is left to the compiler.
#[diagnostic::on_unimplemented(
    message = "`{Self}` isn't a map from names to what converts into `{V}`",
    note = "pass a `BTreeMap<String, {V}>`, an array of pairs, or any iterator of them"
)]
pub trait IntoMap<V, M> {
    /// The map.
    fn into_map(self) -> BTreeMap<String, V>;
}

/// The same, of pairs that have `V` itself: the compiler knows it, be it of numbers alone.
#[diagnostic::on_unimplemented(
    message = "`{Self}` isn't a map from names to `{V}`",
    note = "pass a `BTreeMap<String, {V}>`, an array of pairs, or any iterator of them"
)]
pub trait IntoMapOf<V, M> {
    /// The map.
    fn into_map(self) -> BTreeMap<String, V>;
}

/// Implements both traits for maps and pairs.
macro_rules! maps {
    ($name:ident $value:ty, [$($bound:tt)*]) => {
        impl<V> $name<V, Whole> for BTreeMap<String, V> {
            fn into_map(self) -> Self {
                self
            }
        }

        impl<V $($bound)*, K: Into<String>, I: Iterator<Item = (K, $value)>> $name<V, Each> for I {
            fn into_map(self) -> BTreeMap<String, V> {
                self.map(|(name, value)| (name.into(), value.into())).collect()
            }
        }

        impl<V $($bound)*, K: Into<String>, const N: usize> $name<V, Other> for [(K, $value); N] {
            fn into_map(self) -> BTreeMap<String, V> {
                $name::into_map(self.into_iter())
            }
        }

        impl<V $($bound)*, K: Into<String>, S> $name<V, Other> for HashMap<K, $value, S> {
            fn into_map(self) -> BTreeMap<String, V> {
                $name::into_map(self.into_iter())
            }
        }
    };
}
maps! { IntoMap X, [, X: Into<V>] }
maps! { IntoMapOf V, [] }
