//! The type of the crate `uuid`.

use uuid::Uuid;

use crate::model::formats::is_uuid;
use crate::model::text_types::text_types;

text_types! {
    Uuid: "a UUID", |text| if is_uuid(text) { text.parse().ok() } else { None }, Self::to_string;
}
