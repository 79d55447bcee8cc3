//! Every type of another library reads what it can hold, writes the same value, and refuses the rest.

use std::fmt::Debug;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::json::decode::{FromJson, Mode, from_text};
use crate::json::writer::to_vec;
use crate::model::formats::{Date, DateTime, Uuid};
use crate::model::validate::Validate;

/// Reads each text and compares what is written, and sees that each of `unfit` is refused without being shown.
fn fits<T: FromJson + Validate + Debug>(texts: &[(&str, &str)], unfit: &[&str]) {
    for (text, written) in texts {
        let value: T = from_text(&format!("{text:?}"), Mode::Strict).unwrap();
        assert_eq!(String::from_utf8(to_vec(&value).unwrap()).unwrap(), format!("{written:?}"));
        value.validate().unwrap();
    }
    for text in unfit {
        let error = from_text::<T>(&format!("{text:?}"), Mode::Strict).unwrap_err().to_string();
        assert!(text.is_empty() || !error.contains(text), "{error}");
    }
    assert!(from_text::<T>("1", Mode::Strict).is_err());
}

#[test]
fn moments() {
    let utc = [("2024-02-29T12:30:00.25Z", "2024-02-29T12:30:00.25Z")];
    let unfit = [
        "",
        "2024-02-30T12:30:00Z",
        "2024-02-29T12:30:00",
        "2024-02-29",
        "2024-02-29T12:30:00Z[Europe/Paris]",
    ];
    fits::<jiff::Timestamp>(&utc, &unfit);
    fits::<jiff::Timestamp>(&[("2024-02-29T12:30:00+02:00", "2024-02-29T10:30:00Z")], &[]);
    fits::<time::OffsetDateTime>(&utc, &unfit);
    let offset = [("2024-02-29T12:30:00+02:00", "2024-02-29T12:30:00+02:00")];
    fits::<time::OffsetDateTime>(&offset, &[]);
    fits::<chrono::DateTime<chrono::FixedOffset>>(&offset, &unfit);
    fits::<chrono::DateTime<chrono::FixedOffset>>(
        &[("2024-02-29T12:30:00.25Z", "2024-02-29T12:30:00.250Z")],
        &[],
    );
}

#[test]
fn days_and_times() {
    let day = [("2024-02-29", "2024-02-29"), ("0001-01-01", "0001-01-01")];
    let no_days = ["", "2023-02-29", "2024-2-9", "2024-02-29T12:30:00Z"];
    fits::<jiff::civil::Date>(&day, &no_days);
    fits::<chrono::NaiveDate>(&day, &no_days);
    fits::<time::Date>(&day, &no_days);
    let no_times = ["", "24:30:00", "12:30:00Z", "12:30:00+01:00", "12:30:61", ":", "12:30:00."];
    let time = [("08:30:00", "08:30:00"), ("23:59:59.125", "23:59:59.125")];
    fits::<jiff::civil::Time>(&time, &no_times);
    fits::<chrono::NaiveTime>(&time, &no_times);
    fits::<time::Time>(&time, &no_times);
    fits::<jiff::SpanFieldwise>(&[("P1Y2M3DT4H", "P1Y2M3DT4H"), ("PT90M", "PT90M")], &["", "1 hour", "P"]);
}

#[test]
fn ids_and_numbers() {
    fits::<uuid::Uuid>(
        &[("F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6", "f81d4fae-7dec-11d0-a765-00a0c91e6bf6")],
        &["", "f81d4fae7dec11d0a76500a0c91e6bf6"],
    );
    fits::<url::Url>(&[("https://a.example/b?c=d", "https://a.example/b?c=d")], &["", "/relative"]);
    fits::<rust_decimal::Decimal>(
        &[("1.50", "1.50"), ("-0.0000000001", "-0.0000000001")],
        &["", "five", "1e400", "0.12345678901234567890123456789012345"],
    );
    fits::<Ipv4Addr>(&[("10.0.0.1", "10.0.0.1")], &["", "::1", "10.0.0.256"]);
    fits::<Ipv6Addr>(&[("::1", "::1"), ("2001:DB8::1", "2001:db8::1")], &["", "10.0.0.1"]);
    fits::<IpAddr>(&[("10.0.0.1", "10.0.0.1"), ("::1", "::1")], &["", "here"]);
    fits::<Vec<u8>>(&[("aGk=", "aGk="), ("", "")], &["h"]);
}

#[test]
fn what_no_text_means_is_rejected_before_it_is_sent() {
    let late = chrono::NaiveDate::from_ymd_opt(12_024, 1, 1).unwrap();
    assert_eq!(late.validate().unwrap_err().to_string(), "must be a date as in RFC 3339");
}

#[test]
fn formatted_text_is_converted_and_made_from_values() {
    let moment = DateTime::from("2024-02-29T12:30:00+02:00");
    assert_eq!(moment.to_jiff().unwrap().to_string(), "2024-02-29T10:30:00Z");
    assert_eq!(DateTime::from(moment.to_chrono().unwrap()), moment);
    assert_eq!(DateTime::from(moment.to_time().unwrap()), moment);
    let utc = moment.to_chrono().unwrap().to_utc();
    assert_eq!(DateTime::from(utc).as_str(), "2024-02-29T10:30:00Z");
    let day = Date::from("2024-02-29");
    assert_eq!(Date::from(day.to_jiff().unwrap()), day);
    assert_eq!(Date::from(chrono::NaiveDate::try_from(&day).unwrap()), day);
    assert_eq!(Date::from(day.to_time().unwrap()), day);
    let id = Uuid::from("f81d4fae-7dec-11d0-a765-00a0c91e6bf6");
    assert_eq!(Uuid::from(id.to_uuid().unwrap()), id);
    let error = Date::from("yesterday").to_jiff().unwrap_err();
    assert_eq!(error.to_string(), "expected a date as in RFC 3339");
}
