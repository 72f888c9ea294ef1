//! The day on which an audit runs: the one place of the command line where the clock is read.

use jiff::{Timestamp, tz::Offset};
use toml::value::Date;

/// The day, in UTC.
pub(in crate::cli) fn today() -> Date {
    let today = Offset::UTC.to_datetime(Timestamp::now()).date();
    let part = |number: i8| u8::try_from(number).unwrap_or_default();
    Date { year: u16::try_from(today.year()).unwrap_or_default(), month: part(today.month()), day: part(today.day()) }
}
