//! Properties that may be absent or null, read alike whatever holds them.

use crate::model::patch::Patch;

/// A property that may be absent.
pub trait Present {
    /// Whether the property is present.
    fn is_present(&self) -> bool;
}

impl<T> Present for Option<T> {
    fn is_present(&self) -> bool {
        self.is_some()
    }
}

impl<T> Present for Patch<T> {
    fn is_present(&self) -> bool {
        !self.is_absent()
    }
}

/// A property that has a value unless it is absent or null.
pub trait Holder {
    /// The type of the value.
    type Value;

    /// The value, if there is one.
    fn value(&self) -> Option<&Self::Value>;

    /// The value, if there is one.
    fn into_value(self) -> Option<Self::Value>;

    /// The value, which is the default one if there is none.
    fn value_or_default(&mut self) -> &mut Self::Value
    where
        Self::Value: Default;
}

impl<T> Holder for Option<T> {
    type Value = T;

    fn value(&self) -> Option<&T> {
        self.as_ref()
    }

    fn into_value(self) -> Self {
        self
    }

    fn value_or_default(&mut self) -> &mut T
    where
        T: Default,
    {
        self.get_or_insert_with(T::default)
    }
}

impl<T> Holder for Patch<T> {
    type Value = T;

    fn value(&self) -> Option<&T> {
        Self::value(self)
    }

    fn into_value(self) -> Option<T> {
        Self::into_value(self)
    }

    fn value_or_default(&mut self) -> &mut T
    where
        T: Default,
    {
        self.get_or_insert_default()
    }
}

/// The value that `holder` has, if it has one.
pub fn held<H: Holder>(holder: &H) -> Option<&H::Value> {
    holder.value()
}

/// The value that `holder` has, if it has one.
pub fn taken<H: Holder>(holder: H) -> Option<H::Value> {
    holder.into_value()
}

/// The value that `holder` has, which is the default one if it has none.
pub fn opened<H: Holder<Value: Default>>(holder: &mut H) -> &mut H::Value {
    holder.value_or_default()
}
