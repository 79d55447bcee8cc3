//! Types of the crate `chrono`.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, SecondsFormat};

use crate::model::formats::{is_date, is_date_time};
use crate::model::text_types::{is_local_time, text_types};

text_types! {
    DateTime<FixedOffset>: "a date and time as in RFC 3339",
        |text| if is_date_time(text) { DateTime::parse_from_rfc3339(text).ok() } else { None },
        |moment| moment.to_rfc3339_opts(SecondsFormat::AutoSi, true);
    NaiveDate: "a date as in RFC 3339",
        |text| if is_date(text) { text.parse().ok() } else { None }, Self::to_string;
    NaiveTime: "a time without an offset",
        |text| if is_local_time(text) { text.parse().ok() } else { None }, Self::to_string;
}
