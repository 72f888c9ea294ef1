//! The day on which an audit runs: the one place of the command line where the clock is read.

use std::time::{SystemTime, UNIX_EPOCH};

use toml::value::Date;

use crate::provider::api::time;

/// The day, in UTC.
pub(in crate::cli) fn today() -> Date {
    let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    day(i64::try_from(since_1970.as_secs() / 86_400).unwrap_or(i64::MAX))
}

/// The day that comes so many days after 1970-01-01, as TOML has it.
fn day(since_1970: i64) -> Date {
    let time::Date { year, month, day } = time::Date::after_1970(since_1970);
    Date { year: u16::try_from(year).unwrap_or(u16::MAX), month: small(month), day: small(day) }
}

fn small(number: i64) -> u8 {
    u8::try_from(number).unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests {
    use super::day;

    #[test]
    fn days_are_those_of_the_calendar() {
        for (days, text) in [
            (0, "1970-01-01"),
            (58, "1970-02-28"),
            (59, "1970-03-01"),
            (11_016, "2000-02-29"),
            (20_780, "2026-11-23"),
            (47_540, "2100-02-28"),
            (47_541, "2100-03-01"),
        ] {
            assert_eq!(day(days).to_string(), text);
        }
    }
}
