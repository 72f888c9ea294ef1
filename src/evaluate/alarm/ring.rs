//! Whether one matching event makes an alarm ring, found by playing it.
//!
//! The log group is played three times: otherwise silent, with one other event in every period, and with very many.
//! Other events do not match the filter and publish its default value, if it has one. In each play an event comes, and
//! long after it another; the alarm has to go to ALARM for both, because actions run on the transition alone.

use super::state::{Rule, State};

/// An alarm on one metric of one filter.
#[derive(Clone, Debug)]
pub(super) struct Setting {
    /// What a matching event publishes.
    pub value: f64,
    /// What any other event publishes.
    pub default: Option<f64>,
    pub statistic: Statistic,
    pub compare: Compare,
    pub threshold: f64,
    pub rule: Rule,
}

/// How the datapoints of a period become one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Statistic {
    SampleCount,
    Average,
    Sum,
    Minimum,
    Maximum,
}

/// How that number, on the left, is compared with the threshold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Compare {
    AtLeast,
    Above,
    Below,
    AtMost,
}

/// Whether it rings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rings {
    /// For every event.
    Always,
    /// For an event alone, but not for many together.
    OnlyAlone,
    /// Not twice: the first event leaves it in ALARM.
    Once,
    /// It is in ALARM while nothing happens, so it cannot go there.
    AlreadyRinging,
    /// If so many events come in each of `periods` periods.
    ForABurst { events: u64, periods: usize },
    /// However many events come.
    Never {
        /// It would, but for the default value that other events publish.
        diluted: bool,
    },
}

/// More events than anybody would call an answer.
const MANY: u64 = 1_000_000;

/// Plays `setting`.
pub(super) fn rings(setting: &Setting) -> Rings {
    let others: &[u64] = if setting.default.is_some() { &[0, 1, MANY] } else { &[0] };
    let plays = |events, periods| others.iter().map(|&other| play(setting, other, events, periods)).max();
    match plays(1, 1).unwrap_or(Play::Silent) {
        Play::Twice if plays(MANY, 1) == Some(Play::Twice) => Rings::Always,
        Play::Twice => Rings::OnlyAlone,
        Play::Once => Rings::Once,
        Play::Ringing => Rings::AlreadyRinging,
        Play::Silent => {
            let periods = setting.rule.needed;
            let breaches = |events, other| setting.number(events, other).is_some_and(|number| setting.breaches(number));
            let enough = |&events: &u64| {
                others.iter().all(|&other| breaches(events, other))
                    && plays(events, periods).is_some_and(|play| play < Play::Ringing)
            };
            let burst =
                (0..).map_while(|power| 1_u64.checked_shl(power)).take_while(|&events| events <= MANY).find(enough);
            match burst {
                Some(most) => Rings::ForABurst { events: least(most / 2 + 1, most, enough), periods },
                None => Rings::Never { diluted: play(setting, 0, 1, 1) < Play::Ringing },
            }
        }
    }
}

/// The least number from `low` to `high` that is enough. `high` is.
fn least(mut low: u64, mut high: u64, enough: impl Fn(&u64) -> bool) -> u64 {
    while low < high {
        let middle = low.midpoint(high);
        if enough(&middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    high
}

/// What happened in a play, from best to worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Play {
    Twice,
    Once,
    Ringing,
    Silent,
}

/// Plays a quiet time, `events` matching events in each of `periods` periods, a quiet time, and the same again; all
/// the while `others` other events in each period.
fn play(setting: &Setting, others: u64, events: u64, periods: usize) -> Play {
    let range = setting.rule.range();
    let quiet = range + 1;
    let act = quiet + periods;
    let mut history = vec![None; range];
    let mut state = State::InsufficientData;
    let (mut first, mut second) = (false, false);
    for time in 0..2 * act + quiet {
        let matching = if time < 2 * act && time % act >= quiet { events } else { 0 };
        history.remove(0);
        history.push(setting.number(matching, others).map(|number| setting.breaches(number)));
        let before = state;
        state = setting.rule.evaluate(&history, before);
        if time < quiet {
            if state == State::Alarm {
                return Play::Ringing;
            }
        } else if state == State::Alarm && before != State::Alarm {
            if time < act + quiet { first = true } else { second = true }
        }
    }
    match (first, second) {
        (true, true) => Play::Twice,
        (true, false) => Play::Once,
        (false, _) => Play::Silent,
    }
}

impl Setting {
    /// The number of a period with so many matching and other events; none without datapoints.
    fn number(&self, matching: u64, others: u64) -> Option<f64> {
        let others = if self.default.is_some() { others } else { 0 };
        let count = matching + others;
        if count == 0 {
            return None;
        }
        let default = self.default.unwrap_or(0.0);
        let published = [(matching, self.value), (others, default)].into_iter().filter(|&(count, _)| count > 0);
        #[expect(clippy::cast_precision_loss, reason = "both counts are at most a million")]
        let (count, sum) = (count as f64, matching as f64 * self.value + others as f64 * default);
        Some(match self.statistic {
            Statistic::SampleCount => count,
            Statistic::Sum => sum,
            Statistic::Average => sum / count,
            Statistic::Minimum => published.map(|(_, value)| value).fold(f64::INFINITY, f64::min),
            Statistic::Maximum => published.map(|(_, value)| value).fold(f64::NEG_INFINITY, f64::max),
        })
    }

    fn breaches(&self, number: f64) -> bool {
        match self.compare {
            Compare::AtLeast => number >= self.threshold,
            Compare::Above => number > self.threshold,
            Compare::Below => number < self.threshold,
            Compare::AtMost => number <= self.threshold,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::TreatMissingData;

    /// The alarm of the benchmark's remediation: Sum >= 1 in one period of one, value 1, no default value.
    fn benchmark() -> Setting {
        Setting {
            value: 1.0,
            default: None,
            statistic: Statistic::Sum,
            compare: Compare::AtLeast,
            threshold: 1.0,
            rule: Rule { needed: 1, of: 1, missing: TreatMissingData::Missing },
        }
    }

    /// Whether the benchmark's alarm rings once it is changed.
    fn changed(change: impl FnOnce(&mut Setting)) -> Rings {
        let mut setting = benchmark();
        change(&mut setting);
        rings(&setting)
    }

    #[test]
    fn the_alarm_of_the_benchmark_rings() {
        assert_eq!(rings(&benchmark()), Rings::Always);
        assert_eq!(changed(|s| s.rule.missing = TreatMissingData::NotBreaching), Rings::Always);
        assert_eq!(changed(|s| s.default = Some(0.0)), Rings::Always);
    }

    #[test]
    fn a_threshold_above_the_value_needs_a_burst() {
        assert_eq!(changed(|s| s.threshold = 10.0), Rings::ForABurst { events: 10, periods: 1 });
        assert_eq!(changed(|s| s.compare = Compare::Above), Rings::ForABurst { events: 2, periods: 1 });
        assert_eq!(changed(|s| (s.value, s.threshold) = (3.0, 10.0)), Rings::ForABurst { events: 4, periods: 1 });
    }

    #[test]
    fn several_periods_need_an_event_in_each() {
        let three_of_three = |missing| Rule { needed: 3, of: 3, missing };
        let burst = Rings::ForABurst { events: 1, periods: 3 };
        assert_eq!(changed(|s| s.rule = three_of_three(TreatMissingData::NotBreaching)), burst);
        assert_eq!(
            changed(|s| (s.rule, s.default) = (three_of_three(TreatMissingData::Missing), Some(0.0))),
            Rings::ForABurst { events: 1, periods: 3 }
        );
    }

    #[test]
    fn an_alarm_that_stays_in_alarm_rings_once_at_most() {
        assert_eq!(changed(|s| s.rule.missing = TreatMissingData::Ignore), Rings::Once);
        assert_eq!(changed(|s| s.rule.missing = TreatMissingData::Breaching), Rings::AlreadyRinging);
        assert_eq!(changed(|s| s.default = Some(1.0)), Rings::AlreadyRinging);
    }

    #[test]
    fn the_default_value_dilutes() {
        let diluted = Rings::Never { diluted: true };
        for statistic in [Statistic::Average, Statistic::Minimum] {
            assert_eq!(changed(|s| s.statistic = statistic), Rings::Always);
            assert_eq!(changed(|s| (s.statistic, s.default) = (statistic, Some(0.0))), diluted);
        }
        assert_eq!(changed(|s| s.default = Some(-1.0)), diluted);
    }

    #[test]
    fn a_value_that_never_breaches_never_rings() {
        assert_eq!(changed(|s| s.value = 0.0), Rings::Never { diluted: false });
        assert_eq!(
            changed(|s| (s.statistic, s.threshold) = (Statistic::Maximum, 2.0)),
            Rings::Never { diluted: false }
        );
    }

    #[test]
    fn an_inverse_alarm_rings_for_a_single_event_only() {
        assert_eq!(changed(|s| s.compare = Compare::AtMost), Rings::OnlyAlone);
        assert_eq!(changed(|s| s.compare = Compare::Below), Rings::Never { diluted: false });
    }

    #[test]
    fn the_longest_window_is_played_too() {
        let minutes = |needed| Rule { needed, of: 1440, missing: TreatMissingData::NotBreaching };
        assert_eq!(changed(|s| s.rule = minutes(1440)), Rings::ForABurst { events: 1, periods: 1440 });
        assert_eq!(changed(|s| (s.rule, s.value) = (minutes(1), 0.0)), Rings::Never { diluted: false });
    }

    #[test]
    fn samples_of_other_events_count_too() {
        assert_eq!(changed(|s| s.statistic = Statistic::SampleCount), Rings::Always);
        let counted = changed(|s| (s.statistic, s.default) = (Statistic::SampleCount, Some(0.0)));
        assert_eq!(counted, Rings::AlreadyRinging);
    }
}
