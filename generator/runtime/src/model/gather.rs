//! What a setter of a list or a map takes.
//!
//! Each form has an implementation of its own, told apart by a marker. So the compiler knows what is in `Vec::new()`, in `[]` or
//! in `vec!["a".into()]`, which an iterator of anything that converts wouldn't tell it.

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
    note = "pass a `Vec<{T}>`, an array of at most 32, a slice, or any iterator: `.into_iter()` gives that of anything else"
)]
pub trait IntoList<T, M> {
    /// The list.
    fn into_list(self) -> Vec<T>;
}

/// The same, of what has `T` itself: the compiler knows it, be it of numbers alone.
#[diagnostic::on_unimplemented(
    message = "`{Self}` isn't a list of `{T}`",
    note = "pass a `Vec<{T}>`, an array or a slice, or any iterator"
)]
pub trait IntoListOf<T, M> {
    /// The list.
    fn into_list(self) -> Vec<T>;
}

impl<T, I: IntoIterator<Item = T>> IntoListOf<T, Each> for I {
    fn into_list(self) -> Vec<T> {
        self.into_iter().collect()
    }
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
    [] Box<[X]>;
    [] Option<X>;
    [] VecDeque<X>;
    [] BTreeSet<X>;
    [S] HashSet<X, S>;
}

/// Implements both traits for what is borrowed.
macro_rules! borrowed_lists {
    ($([$($parameter:tt)*] $ty:ty;)*) => {$(
        impl<T, X: Clone + Into<T>, $($parameter)*> IntoList<T, Other> for &$ty {
            fn into_list(self) -> Vec<T> {
                self.iter().cloned().map(Into::into).collect()
            }
        }

        impl<X: Clone, $($parameter)*> IntoListOf<X, Other> for &$ty {
            fn into_list(self) -> Vec<X> {
                self.to_vec()
            }
        }
    )*};
}
borrowed_lists! {
    [] [X];
    [] Vec<X>;
    [const N: usize] [X; N];
}

/// What becomes a map to `V`: such a map, or another collection or an iterator of pairs of what converts into a name and into
/// `V`. `M` is left to the compiler.
#[diagnostic::on_unimplemented(
    message = "`{Self}` isn't a map from names to what converts into `{V}`",
    note = "pass a `BTreeMap<String, {V}>`, an array of at most 32 pairs, or any iterator of them"
)]
pub trait IntoMap<V, M> {
    /// The map.
    fn into_map(self) -> BTreeMap<String, V>;
}

/// The same, of pairs that have `V` itself: the compiler knows it, be it of numbers alone.
#[diagnostic::on_unimplemented(
    message = "`{Self}` isn't a map from names to `{V}`",
    note = "pass a `BTreeMap<String, {V}>`, an array of at most 32 pairs, or any iterator of them"
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

        impl<V> $name<V, Whole> for [(String, V); 0] {
            fn into_map(self) -> BTreeMap<String, V> {
                BTreeMap::new()
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

impl<T> IntoList<T, Whole> for [T; 0] {
    fn into_list(self) -> Vec<T> {
        Vec::new()
    }
}

/// Implements the traits for arrays of each length but 0, so that `[]` has one implementation, which says what would be in it.
macro_rules! arrays {
    ($($length:literal)*) => {$(
        impl<T, X: Into<T>> IntoList<T, Other> for [X; $length] {
            fn into_list(self) -> Vec<T> {
                IntoList::into_list(self.into_iter())
            }
        }

        impl<V, X: Into<V>, K: Into<String>> IntoMap<V, Other> for [(K, X); $length] {
            fn into_map(self) -> BTreeMap<String, V> {
                IntoMap::into_map(self.into_iter())
            }
        }

        impl<V, K: Into<String>> IntoMapOf<V, Other> for [(K, V); $length] {
            fn into_map(self) -> BTreeMap<String, V> {
                IntoMapOf::into_map(self.into_iter())
            }
        }
    )*};
}
arrays! { 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 }
