//! The methods of a union's alternatives.

/// Defines three methods for each row, which say whether a value has this alternative, and borrow and take what it holds. A
/// row ends with `from` if no other alternative holds a value of the same type. The rows behind `boxed` are those of
/// alternatives that hold a `Box` of the type.
#[doc(hidden)]
#[macro_export]
macro_rules! alternatives {
    ($name:ident {
        $($variant:ident($ty:ty): $is:ident, $borrow:ident, $take:ident $(, $from:ident $(, $text:ident)?)?;)*
    }) => {
        // Without the features of the others, a union can have one alternative.
        #[allow(irrefutable_let_patterns, unreachable_patterns)]
        impl $name {
            $(
                #[doc = concat!("Whether this is [`", stringify!($variant), "`](Self::", stringify!($variant), ").")]
                #[inline]
                pub fn $is(&self) -> bool {
                    matches!(self, Self::$variant(_))
                }

                #[doc = concat!("What [`", stringify!($variant), "`](Self::", stringify!($variant), ") holds, if this is it.")]
                #[inline]
                pub fn $borrow(&self) -> Option<&$ty> {
                    if let Self::$variant(value) = self { Some(value) } else { None }
                }

                #[doc = concat!("Takes what [`", stringify!($variant), "`](Self::", stringify!($variant), ") holds, if this is it.")]
                #[inline]
                pub fn $take(self) -> Option<$ty> {
                    if let Self::$variant(value) = self { Some(value) } else { None }
                }
            )*
        }

        $($(
            impl From<$ty> for $name {
                #[inline]
                fn $from(value: $ty) -> Self {
                    Self::$variant(value)
                }
            }

            $(impl From<&$text> for $name {
                #[inline]
                fn $from(value: &$text) -> Self {
                    Self::$variant(value.to_owned())
                }
            })?
        )?)*
    };
    ($name:ident boxed {
        $($(#[$gate:meta])? $variant:ident($ty:ty): $is:ident, $borrow:ident, $take:ident $(, $from:ident)?;)*
    }) => {
        impl $name {
            $(
                $(#[$gate])?
                #[doc = concat!("Whether this is [`", stringify!($variant), "`](Self::", stringify!($variant), ").")]
                #[inline]
                pub fn $is(&self) -> bool {
                    matches!(self, Self::$variant(_))
                }

                $(#[$gate])?
                #[doc = concat!("What [`", stringify!($variant), "`](Self::", stringify!($variant), ") holds, if this is it.")]
                #[inline]
                pub fn $borrow(&self) -> Option<&$ty> {
                    if let Self::$variant(value) = self { Some(value) } else { None }
                }

                $(#[$gate])?
                #[doc = concat!("Takes what [`", stringify!($variant), "`](Self::", stringify!($variant), ") holds, if this is it.")]
                #[inline]
                pub fn $take(self) -> Option<$ty> {
                    if let Self::$variant(value) = self { Some(*value) } else { None }
                }
            )*
        }

        $(
            $(#[$gate])?
            $crate::model::alternatives::from_boxed! { $name $variant($ty) $($from)? }
        )*
    };
}
#[doc(hidden)]
pub use alternatives;

/// Implements `From` for what a row behind `boxed` holds, if it ends with `from`.
#[doc(hidden)]
#[macro_export]
macro_rules! from_boxed {
    ($name:ident $variant:ident($ty:ty)) => {};
    ($name:ident $variant:ident($ty:ty) $from:ident) => {
        impl From<$ty> for $name {
            #[inline]
            fn $from(value: $ty) -> Self {
                Self::$variant(Box::new(value))
            }
        }
    };
}
#[doc(hidden)]
pub use from_boxed;

#[cfg(test)]
mod tests {
    use crate::model::discriminated::Untyped;

    #[derive(Clone, Debug, PartialEq)]
    #[expect(clippy::box_collection, reason = "what is boxed doesn't matter")]
    enum Form {
        Number(i64),
        Text(Box<String>),
        Other(Box<String>),
        Unknown(Untyped),
    }

    alternatives! {
        Form { Number(i64): is_number, as_number, into_number, from; Unknown(Untyped): is_unknown, as_unknown, into_unknown; }
    }
    alternatives! {
        Form boxed {
            Text(String): is_text, as_text, into_text, from;
            Other(String): is_other, as_other, into_other;
            #[cfg(false)]
            Absent(String): is_absent, as_absent, into_absent;
        }
    }

    #[derive(Clone, Debug, PartialEq)]
    enum Word {
        Text(String),
        Unknown(Untyped),
    }

    alternatives! {
        Word { Text(String): is_text, as_text, into_text, from, str; Unknown(Untyped): is_unknown, as_unknown, into_unknown; }
    }

    #[test]
    fn text_is_taken_borrowed_and_owned() {
        assert_eq!(Word::from("a"), Word::from("a".to_owned()));
        assert_eq!(Word::from("a").into_text(), Some("a".to_owned()));
    }

    #[test]
    fn each_alternative_is_told_borrowed_and_taken() {
        let (number, text) = (Form::from(7), Form::from("a".to_owned()));
        assert!(number.is_number() && !number.is_text() && text.is_text() && !text.is_other());
        assert_eq!((number.as_number(), number.as_text(), number.as_unknown()), (Some(&7), None, None));
        assert_eq!(
            (text.as_text(), text.as_other(), text.is_unknown()),
            (Some(&"a".to_owned()), None, false)
        );
        assert_eq!((number.clone().into_number(), number.into_unknown()), (Some(7), None));
        assert_eq!((text.clone().into_text(), text.into_other()), (Some("a".to_owned()), None));
        let other = Form::Other(Box::new("b".to_owned()));
        assert_eq!(other.as_text(), None);
        assert_eq!(other.into_other(), Some("b".to_owned()));
    }
}
