//! Dates of the calendar, for approvals that end.

use std::fmt;
use std::str::FromStr;
use std::time::{SystemTime, UNIX_EPOCH};

/// A day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    year: i64,
    month: u32,
    day: u32,
}

impl Date {
    /// Today, in UTC.
    pub fn today() -> Self {
        let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
        Self::since_1970(i64::try_from(seconds / 86_400).unwrap_or_default())
    }

    /// The day that many days after 1 January 1970.
    fn since_1970(mut days: i64) -> Self {
        let mut year = 1970;
        while days >= days_of(year) {
            days -= days_of(year);
            year += 1;
        }
        let mut month = 1;
        while days >= i64::from(days_in(year, month)) {
            days -= i64::from(days_in(year, month));
            month += 1;
        }
        Self { year, month, day: u32::try_from(days).unwrap_or_default() + 1 }
    }
}

fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn days_of(year: i64) -> i64 {
    if is_leap(year) { 366 } else { 365 }
}

fn days_in(year: i64, month: u32) -> u32 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl FromStr for Date {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || format!("{text:?} isn't a date: write it as 2030-12-31");
        let parts: Vec<&str> = text.split('-').collect();
        let [year, month, day] = parts[..] else { return Err(wrong()) };
        let is_digits = |part: &str, count| part.len() == count && part.bytes().all(|b| b.is_ascii_digit());
        if !(is_digits(year, 4) && is_digits(month, 2) && is_digits(day, 2)) {
            return Err(wrong());
        }
        let number = |part: &str| part.parse::<u32>().map_err(|_| wrong());
        let (year, month, day) = (i64::from(number(year)?), number(month)?, number(day)?);
        let is_day = (1..=12).contains(&month) && (1..=days_in(year, month)).contains(&day);
        if is_day { Ok(Self { year, month, day }) } else { Err(wrong()) }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_the_calendar() {
        for (days, date) in [
            (0, "1970-01-01"),
            (59, "1970-03-01"),
            (11_016, "2000-02-29"),
            (11_017, "2000-03-01"),
            (20_453, "2025-12-31"),
        ] {
            assert_eq!(Date::since_1970(days).to_string(), date);
            assert_eq!(date.parse::<Date>().unwrap(), Date::since_1970(days));
        }
        for wrong in
            ["2025-02-29", "2025-13-01", "2025-1-01", "25-01-01", "2025-00-10", "tomorrow", "2025-01-+1"]
        {
            assert!(wrong.parse::<Date>().is_err(), "{wrong}");
        }
    }
}
