//! Times, to the second.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A point in time, as `2026-11-20T09:30:00Z`. The AWS CLI prints others for it: with an offset, or in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Value", into = "String")]
pub struct Timestamp {
    /// Seconds since the beginning of 1970.
    seconds: i64,
}

/// A day of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Date {
    /// The year.
    pub year: i64,
    /// From 1 to 12.
    pub month: i64,
    /// From 1 to 31.
    pub day: i64,
}

/// What is not a time.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a time such as `2026-11-20T09:30:00Z`")]
pub struct NotATime(String);

/// Seconds of a day.
const DAY: i64 = 24 * 60 * 60;

impl Timestamp {
    /// The time of so many seconds since the beginning of 1970.
    pub const fn from_seconds(seconds: i64) -> Self {
        Self { seconds }
    }

    /// Seconds since the beginning of 1970.
    pub const fn seconds(self) -> i64 {
        self.seconds
    }
}

impl Date {
    /// The day that comes so many days after the first of 1970 in the Gregorian calendar.
    pub const fn after_1970(days: i64) -> Self {
        // Counted in cycles of 400 years that begin in March, so that a leap day ends its year.
        let days = days + 719_468;
        let cycle = days.div_euclid(146_097);
        let of_cycle = days.rem_euclid(146_097);
        let year = (of_cycle - of_cycle / 1_460 + of_cycle / 36_524 - of_cycle / 146_096) / 365;
        let of_year = of_cycle - (365 * year + year / 4 - year / 100);
        let month = (5 * of_year + 2) / 153;
        let day = of_year - (153 * month + 2) / 5 + 1;
        let month = if month < 10 { month + 3 } else { month - 9 };
        Self { year: year + 400 * cycle + if month <= 2 { 1 } else { 0 }, month, day }
    }

    /// How many days after the first of 1970 this one is.
    pub const fn days_after_1970(self) -> i64 {
        let year = if self.month <= 2 { self.year - 1 } else { self.year };
        let (cycle, year) = (year.div_euclid(400), year.rem_euclid(400));
        let month = if self.month > 2 { self.month - 3 } else { self.month + 9 };
        let of_year = (153 * month + 2) / 5 + self.day - 1;
        146_097 * cycle + 365 * year + year / 4 - year / 100 + of_year - 719_468
    }
}

impl FromStr for Timestamp {
    type Err = NotATime;

    fn from_str(text: &str) -> Result<Self, NotATime> {
        parse(text.trim()).ok_or_else(|| NotATime(text.to_owned()))
    }
}

impl TryFrom<Value> for Timestamp {
    type Error = NotATime;

    fn try_from(value: Value) -> Result<Self, NotATime> {
        match value {
            Value::String(text) => text.parse(),
            #[expect(clippy::cast_possible_truncation, reason = "saturates; a part of a second means nothing here")]
            Value::Number(number) => Ok(Self::from_seconds(number.as_f64().unwrap_or_default() as i64)),
            other => Err(NotATime(other.to_string())),
        }
    }
}

impl From<Timestamp> for String {
    fn from(time: Timestamp) -> Self {
        time.to_string()
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Date { year, month, day } = Date::after_1970(self.seconds.div_euclid(DAY));
        let second = self.seconds.rem_euclid(DAY);
        let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
        write!(f, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
    }
}

/// `2026-11-20`, then perhaps `T09:30`, `:00`, `.000`, and an offset; without one it is UTC.
fn parse(text: &str) -> Option<Timestamp> {
    let (date, time) = text.split_once(['T', ' ']).unwrap_or((text, "00:00"));
    let [year, month, day] = numbers(date, '-')?;
    let (time, offset) = match time.find(['Z', '+', '-']) {
        Some(at) => time.split_at_checked(at)?,
        None => (time, "Z"),
    };
    let time = time.split_once('.').map_or(time, |(time, _part_of_a_second)| time);
    let [hour, minute, second] =
        numbers(time, ':').or_else(|| numbers(time, ':').map(|[hour, minute]| [hour, minute, 0]))?;
    let offset = match offset.strip_prefix('Z') {
        Some(rest) => rest.is_empty().then_some(0)?,
        None => {
            let (sign, offset) = offset.split_at_checked(1)?;
            let [hours, minutes] = numbers(offset, ':')?;
            (if sign == "-" { -60 } else { 60 }) * (60 * hours + minutes)
        }
    };
    let date = Date { year, month, day };
    let valid = (1..=12).contains(&month) && Date::after_1970(date.days_after_1970()) == date;
    let valid = valid && hour < 24 && minute < 60 && second < 61;
    valid.then(|| Timestamp::from_seconds(DAY * date.days_after_1970() + 3600 * hour + 60 * minute + second - offset))
}

/// So many numbers of a few digits.
fn numbers<const N: usize>(text: &str, separator: char) -> Option<[i64; N]> {
    let number =
        |text: &str| (text.len() <= 4 && text.bytes().all(|c| c.is_ascii_digit())).then(|| text.parse().ok())?;
    text.split(separator).map(number).collect::<Option<Vec<_>>>()?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("1970-01-01T00:00:00Z", 0)]
    #[case("2000-02-29", 951_782_400)]
    #[case("2026-11-20T09:30:00Z", 1_795_167_000)]
    #[case("2026-11-20T10:30:00.123+01:00", 1_795_167_000)]
    #[case("2026-11-20T04:30-05:00", 1_795_167_000)]
    #[case("2026-11-20 09:30", 1_795_167_000)]
    fn times(#[case] text: &str, #[case] seconds: i64) {
        assert_eq!(text.parse(), Ok(Timestamp::from_seconds(seconds)));
    }

    #[test]
    fn times_are_printed_as_they_are_read() {
        for text in ["1969-12-31T23:59:59Z", "2024-02-29T00:00:00Z", "2100-03-01T12:34:56Z"] {
            assert_eq!(text.parse::<Timestamp>().unwrap().to_string(), text);
        }
        let seconds: Timestamp = serde_json::from_str("1795167000.5").unwrap();
        assert_eq!(serde_json::to_string(&seconds).unwrap(), r#""2026-11-20T09:30:00Z""#);
    }

    #[rstest]
    #[case("")]
    #[case("soon")]
    #[case("2026-02-29")]
    #[case("2026-13-01")]
    #[case("2026-11-20T24:00")]
    #[case("2026-11-20T09:30Zz")]
    #[case("2026-11-20T09:30+1")]
    #[case("2026-11")]
    fn no_times(#[case] text: &str) {
        assert_eq!(text.parse::<Timestamp>(), Err(NotATime(text.to_owned())));
    }

    #[test]
    fn every_day_of_a_cycle_is_one_after_the_other() {
        for days in 0..146_097 {
            let (today, next) = (Date::after_1970(days), Date::after_1970(days + 1));
            assert_eq!(today.days_after_1970(), days);
            let follows = (next.day == today.day + 1 && next.month == today.month) || next.day == 1;
            assert!(follows, "{today:?} {next:?}");
        }
    }
}
