//! Formatted text as types of other libraries, and back. Only the library form of the runtime has these features.

#[cfg(any(feature = "jiff", feature = "chrono", feature = "time", feature = "uuid"))]
macro_rules! conversions {
    ($feature:literal: $($from:ident, $method:ident: $to:ty;)*) => { $(
        #[cfg(feature = $feature)]
        impl crate::model::formats::$from {
            #[doc = concat!("The value as a type of the crate `", $feature, "`.")]
            ///
            /// # Errors
            /// The text isn't valid in this format, or the value is one that the type can't hold.
            pub fn $method(&self) -> Result<$to, crate::json::decode_error::DecodeError> {
                use crate::model::text_types::{TextType, unfit};
                <$to as TextType>::parse(self.as_str()).ok_or_else(unfit::<$to>)
            }
        }

        #[cfg(feature = $feature)]
        impl TryFrom<&crate::model::formats::$from> for $to {
            type Error = crate::json::decode_error::DecodeError;

            fn try_from(value: &crate::model::formats::$from) -> Result<Self, Self::Error> {
                value.$method()
            }
        }

        #[cfg(feature = $feature)]
        impl From<$to> for crate::model::formats::$from {
            fn from(value: $to) -> Self {
                crate::model::text_types::TextType::print(&value).into()
            }
        }
    )* };
}

#[cfg(feature = "jiff")]
conversions! { "jiff":
    DateTime, to_jiff: jiff::Timestamp;
    Date, to_jiff: jiff::civil::Date;
}
#[cfg(feature = "chrono")]
conversions! { "chrono":
    DateTime, to_chrono: chrono::DateTime<chrono::FixedOffset>;
    Date, to_chrono: chrono::NaiveDate;
}
#[cfg(feature = "time")]
conversions! { "time":
    DateTime, to_time: time::OffsetDateTime;
    Date, to_time: time::Date;
}
#[cfg(feature = "uuid")]
conversions! { "uuid":
    Uuid, to_uuid: uuid::Uuid;
}

#[cfg(feature = "chrono")]
impl From<chrono::DateTime<chrono::Utc>> for crate::model::formats::DateTime {
    fn from(value: chrono::DateTime<chrono::Utc>) -> Self {
        value.fixed_offset().into()
    }
}
