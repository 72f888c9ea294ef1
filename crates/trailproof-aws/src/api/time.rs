//! Times, to the second.

use std::fmt;
use std::str::FromStr;

use jiff::civil::DateTime;
use jiff::tz::Offset;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A point in time, as `2026-11-20T09:30:00Z`. The AWS CLI prints others for it: with an offset, or in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Value", into = "String")]
pub struct Timestamp {
    /// Seconds since the beginning of 1970.
    seconds: i64,
}

/// What is not a time.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a time such as `2026-11-20T09:30:00Z`")]
pub struct NotATime(String);

impl Timestamp {
    /// The time of so many seconds since the beginning of 1970; the first or the last of a calendar of four digits a
    /// year if there is none.
    pub fn from_seconds(seconds: i64) -> Self {
        let (first, last) = (jiff::Timestamp::MIN.as_second(), jiff::Timestamp::MAX.as_second());
        Self { seconds: seconds.clamp(first, last) }
    }

    /// Seconds since the beginning of 1970.
    pub const fn seconds(self) -> i64 {
        self.seconds
    }
}

impl FromStr for Timestamp {
    type Err = NotATime;

    /// Without an offset it is UTC.
    fn from_str(text: &str) -> Result<Self, NotATime> {
        let utc = |text: &str| Offset::UTC.to_timestamp(text.parse::<DateTime>()?);
        let time = text.trim().parse().or_else(|_: jiff::Error| utc(text.trim()));
        Ok(Self::from(time.map_err(|_| NotATime(text.to_owned()))?))
    }
}

impl From<jiff::Timestamp> for Timestamp {
    fn from(time: jiff::Timestamp) -> Self {
        Self { seconds: time.as_second() }
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
        jiff::Timestamp::from_second(self.seconds).unwrap_or_default().fmt(f)
    }
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
        let late: Timestamp = serde_json::from_str("1e300").unwrap();
        assert_eq!(late.to_string(), "9999-12-30T22:00:00Z");
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
}
