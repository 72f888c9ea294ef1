//! When a mute rule opens its windows, and for how long (CloudWatch API Reference, `Schedule`).

use jiff::{Span, SpanRelativeTo};

use super::cron::Cron;
use crate::account::{MuteRule, Timestamp};
use crate::fault::ScheduleError;

/// A rule's schedule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Schedule {
    pub when: When,
    /// How long a window stays open.
    pub seconds: i64,
    /// The time zone.
    pub clock: String,
}

/// When windows open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum When {
    /// At a time, in seconds after the beginning of 1970 by the schedule's clock.
    Once(i64),
    /// Again and again.
    Days(Cron),
}

/// The clock of rules that name none.
pub(super) const UTC: &str = "UTC";

impl Schedule {
    pub(super) fn of(rule: &MuteRule) -> Result<Self, ScheduleError> {
        let text = rule.expression.trim();
        let inner = |name: &str| text.strip_prefix(name)?.strip_suffix(')');
        let when = if let Some(inner) = inner("cron(") {
            When::Days(Cron::parse(inner)?)
        } else if let Some(inner) = inner("at(") {
            let start: Timestamp =
                inner.parse().map_err(|_no_time| ScheduleError::Time { expression: text.to_owned() })?;
            When::Once(start.seconds())
        } else {
            return Err(ScheduleError::Expression { expression: text.to_owned() });
        };
        let seconds = duration(&rule.duration);
        let seconds = seconds.ok_or_else(|| ScheduleError::Duration { duration: rule.duration.clone() })?;
        Ok(Self { when, seconds, clock: rule.timezone.clone().unwrap_or_else(|| UTC.to_owned()) })
    }
}

/// The seconds of an ISO 8601 duration of weeks, days, hours, minutes and seconds, up to the 15 days that AWS allows.
fn duration(text: &str) -> Option<i64> {
    let span: Span = text.starts_with('P').then(|| text.parse().ok())??;
    let seconds = span.to_duration(SpanRelativeTo::days_are_24_hours()).ok()?.as_secs();
    (60..=15 * 86_400).contains(&seconds).then_some(seconds)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("PT4H", Some(14_400))]
    #[case("P2DT12H", Some(216_000))]
    #[case("PT1M", Some(60))]
    #[case("PT90M30S", Some(5_430))]
    #[case("P2W", Some(1_209_600))]
    #[case("P15D", Some(1_296_000))]
    #[case("P16D", None)]
    #[case("PT59S", None)]
    #[case("P", None)]
    #[case("4H", None)]
    #[case("PT4", None)]
    #[case("PT1M4H", None)]
    #[case("P1M", None)]
    #[case("PT-4H", None)]
    fn durations(#[case] text: &str, #[case] seconds: Option<i64>) {
        assert_eq!(duration(text), seconds);
    }
}
