//! Types of the crate `jiff`.

use jiff::{SpanFieldwise, Timestamp, civil};

use crate::model::formats::{is_date, is_date_time};
use crate::model::text_types::{is_local_time, text_types};

text_types! {
    Timestamp: "a date and time as in RFC 3339",
        |text| if is_date_time(text) { text.parse().ok() } else { None }, Self::to_string;
    civil::Date: "a date as in RFC 3339",
        |text| if is_date(text) { text.parse().ok() } else { None }, Self::to_string;
    civil::Time: "a time without an offset",
        |text| if is_local_time(text) { text.parse().ok() } else { None }, Self::to_string;
    SpanFieldwise: "a duration as in ISO 8601",
        |text| if is_duration(text) { text.parse().ok().map(Self) } else { None }, |span| span.0.to_string();
}

/// Whether the text can be a duration of ISO 8601: `jiff` reads others, too.
fn is_duration(text: &str) -> bool {
    text.trim_start_matches(['+', '-']).starts_with(['P', 'p'])
}
