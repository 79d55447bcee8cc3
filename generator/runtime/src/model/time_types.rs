//! Types of the crate `time`.

use time::format_description::well_known::Rfc3339;
use time::{Date, OffsetDateTime, Time};

use crate::model::formats::{is_date, is_date_time};
use crate::model::text_types::{is_local_time, text_types};

text_types! {
    OffsetDateTime: "a date and time as in RFC 3339",
        |text| if is_date_time(text) { Self::parse(text, &Rfc3339).ok() } else { None },
        |moment| moment.format(&Rfc3339).unwrap_or_else(|_| moment.to_string());
    Date: "a date as in RFC 3339", date, Self::to_string;
    Time: "a time without an offset", time, |time| {
        // `time` writes hours of one digit, and a fraction always.
        let text = format!("{time:0>10}");
        text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
    };
}

fn number<T: std::str::FromStr>(text: &str, from: usize, to: usize) -> Option<T> {
    text.get(from..to)?.parse().ok()
}

fn date(text: &str) -> Option<Date> {
    if !is_date(text) {
        return None;
    }
    let month: u8 = number(text, 5, 7)?;
    Date::from_calendar_date(number(text, 0, 4)?, month.try_into().ok()?, number(text, 8, 10)?).ok()
}

fn time(text: &str) -> Option<Time> {
    if !is_local_time(text) {
        return None;
    }
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let mut parts = whole.split(':');
    let mut part = || parts.next().filter(|part| part.len() == 2)?.parse().ok();
    let (hour, minute, second) = (part()?, part()?, part()?);
    let nanoseconds = if fraction.len() <= 9 { format!("{fraction:0<9}").parse().ok() } else { None };
    let is_whole = parts.next().is_none() && !fraction.is_empty();
    Time::from_hms_nano(hour, minute, second, nanoseconds?).ok().filter(|_| is_whole)
}
