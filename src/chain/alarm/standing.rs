//! Whether an alarm is in ALARM at the time of the audit, and has been for so long that nobody hears of the next event.

use crate::account::{CompositeAlarm, MetricAlarm, StateValue, Timestamp};

/// How an alarm stands at the time of the audit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// It can go to ALARM, or has been there for a short time.
    Free,
    /// It has been in ALARM for long.
    InAlarm {
        /// Since when.
        since: Timestamp,
    },
    /// It may have been in ALARM for long: its state, the time of its last change or the time of the audit is not known.
    Unknown,
}

/// The state of an alarm, and since when it is in it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct StateNow<'a> {
    value: Option<&'a StateValue>,
    since: Option<Timestamp>,
}

/// A day, and so many evaluation windows.
const DAY: u64 = 86_400;
const WINDOWS: u64 = 10;

/// How an alarm stands whose evaluation takes in so many seconds.
pub(crate) fn standing(state: StateNow<'_>, window: u64, now: Option<Timestamp>) -> Standing {
    match state.value {
        Some(StateValue::Alarm) => {}
        Some(StateValue::Ok | StateValue::InsufficientData) => return Standing::Free,
        None | Some(StateValue::Other(_)) => return Standing::Unknown,
    }
    let Some((since, now)) = state.since.zip(now) else { return Standing::Unknown };
    let seconds = u64::try_from(now.seconds() - since.seconds()).unwrap_or_default();
    if seconds > DAY.max(WINDOWS * window) { Standing::InAlarm { since } } else { Standing::Free }
}

impl<'a> From<&'a MetricAlarm> for StateNow<'a> {
    fn from(alarm: &'a MetricAlarm) -> Self {
        let since = alarm.state_transitioned_timestamp.or(alarm.state_updated_timestamp);
        Self { value: alarm.state_value.as_ref(), since }
    }
}

impl<'a> From<&'a CompositeAlarm> for StateNow<'a> {
    fn from(alarm: &'a CompositeAlarm) -> Self {
        let since = alarm.state_transitioned_timestamp.or(alarm.state_updated_timestamp);
        Self { value: alarm.state_value.as_ref(), since }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(Some(StateValue::Alarm), Some(0), 300, Some(86_400), Standing::Free)]
    #[case(Some(StateValue::Alarm), Some(0), 300, Some(86_401), Standing::InAlarm { since: Timestamp::from_seconds(0) })]
    #[case(Some(StateValue::Alarm), Some(0), 86_400, Some(864_000), Standing::Free)]
    #[case(Some(StateValue::Alarm), Some(0), 86_400, Some(864_001), Standing::InAlarm { since: Timestamp::from_seconds(0) })]
    #[case(Some(StateValue::Alarm), Some(0), 300, None, Standing::Unknown)]
    #[case(Some(StateValue::Alarm), None, 300, Some(0), Standing::Unknown)]
    #[case(Some(StateValue::Ok), None, 300, None, Standing::Free)]
    #[case(None, Some(0), 300, Some(0), Standing::Unknown)]
    #[case(Some(StateValue::Other("ALERT".to_owned())), Some(0), 300, Some(0), Standing::Unknown)]
    fn standings(
        #[case] value: Option<StateValue>,
        #[case] since: Option<i64>,
        #[case] window: u64,
        #[case] now: Option<i64>,
        #[case] expected: Standing,
    ) {
        let state = StateNow { value: value.as_ref(), since: since.map(Timestamp::from_seconds) };
        assert_eq!(standing(state, window, now.map(Timestamp::from_seconds)), expected);
    }
}
