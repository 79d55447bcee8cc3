//! JSON kept as its text, to be decoded when its type is known.

use std::borrow::Cow;
use std::cell::Cell;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;

/// A JSON value to be decoded later.
#[derive(Debug)]
pub enum Kept<'de> {
    /// Its text, from a deserializer of `serde_json`.
    Text(Cow<'de, str>),
    /// Itself, from any other.
    Value(Value),
}

impl<'de> Deserialize<'de> for Kept<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // Decoding kept text begins anew, and with it the count of the depth: once is enough.
        if Nested::is_entered() {
            return Value::deserialize(deserializer).map(Self::Value);
        }
        deserializer.deserialize_newtype_struct(raw_value_name(), KeptVisitor)
    }
}

struct KeptVisitor;

impl<'de> Visitor<'de> for KeptVisitor {
    type Value = Kept<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    /// A deserializer that doesn't know of raw values gives its own.
    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Kept<'de>, D::Error> {
        Value::deserialize(deserializer).map(Kept::Value)
    }

    /// `serde_json` gives a raw value as an object with one property.
    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Kept<'de>, A::Error> {
        access.next_key::<IgnoredAny>()?;
        access.next_value::<Text<'de>>().map(|text| Kept::Text(text.0))
    }
}

struct Text<'de>(Cow<'de, str>);

impl<'de> Deserialize<'de> for Text<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TextVisitor;
        impl<'de> Visitor<'de> for TextVisitor {
            type Value = Text<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("JSON text")
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Borrowed(text)))
            }

            fn visit_str<E>(self, text: &str) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Owned(text.to_owned())))
            }

            fn visit_string<E>(self, text: String) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Owned(text)))
            }
        }
        deserializer.deserialize_str(TextVisitor)
    }
}

/// The name by which [`RawValue`] asks a deserializer for the text, which `serde_json` keeps to itself.
fn raw_value_name() -> &'static str {
    struct Probe;
    impl<'de> Deserializer<'de> for Probe {
        type Error = Name;

        fn deserialize_newtype_struct<V: Visitor<'de>>(
            self,
            name: &'static str,
            _: V,
        ) -> Result<V::Value, Name> {
            Err(Name(name))
        }

        fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Name> {
            Err(Name(""))
        }

        serde::forward_to_deserialize_any! {
            bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
            unit_struct seq tuple tuple_struct map struct enum identifier ignored_any
        }
    }
    <&RawValue>::deserialize(Probe).map_or_else(|name| name.0, |_| "")
}

#[derive(Debug)]
struct Name(&'static str);

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for Name {}

impl Error for Name {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self("")
    }
}

/// How a value is decoded whose type another property chooses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum State {
    /// From kept text.
    #[default]
    Kept,
    /// Where it stands, if that property stood before it.
    Eager,
    /// The same, and one didn't fit.
    Failed,
    /// From a JSON value, for the text being decoded was kept itself.
    Nested,
}

thread_local! {
    static STATE: Cell<State> = const { Cell::new(State::Kept) };
}

/// Sets the state while it lives.
#[derive(Debug)]
struct During {
    outer: State,
}

impl During {
    fn set(state: State) -> Self {
        Self { outer: STATE.replace(state) }
    }
}

impl Drop for During {
    fn drop(&mut self) {
        STATE.set(self.outer);
    }
}

/// What `read` reads, without keeping text where it needn't. One value that doesn't fit what another property
/// chooses makes all fail; then it is read again with kept text, which can tell what that one is.
pub fn eagerly<T, E>(read: impl Fn() -> Result<T, E>) -> Result<T, E> {
    if STATE.get() == State::Nested {
        return read();
    }
    let (result, state) = {
        let _during = During::set(State::Eager);
        (read(), STATE.get())
    };
    if state != State::Failed {
        return result;
    }
    let _during = During::set(State::Kept);
    read()
}

/// Whether values may be decoded where they stand.
pub fn is_eager() -> bool {
    STATE.get() == State::Eager
}

/// One of them didn't fit.
pub fn fail() {
    STATE.set(State::Failed);
}

/// While this lives kept text is being decoded.
#[derive(Debug)]
pub struct Nested {
    _during: During,
}

impl Nested {
    /// Begins it.
    pub fn enter() -> Self {
        Self { _during: During::set(State::Nested) }
    }

    fn is_entered() -> bool {
        STATE.get() == State::Nested
    }
}
