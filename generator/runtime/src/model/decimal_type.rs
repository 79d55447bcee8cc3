//! The type of the crate `rust_decimal`.

use rust_decimal::Decimal;

use crate::model::text_types::text_types;

text_types! {
    Decimal: "a decimal number of at most 28 digits", |text| Self::from_str_exact(text).ok(), Self::to_string;
}
