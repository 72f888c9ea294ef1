//! Whether one matching event makes an alarm ring, found by playing it.
//!
//! The log group is played three times: otherwise silent, with one other event in every period, and with very many.
//! Other events do not match the filter and publish its default value, if it has one. In each play an event comes, and
//! long after it another; the alarm has to go to ALARM for both, because actions run on the transition alone.

use super::measure::{Datapoints, Measure};
use super::state::{Rule, State};

/// An alarm on one metric of one filter.
#[derive(Clone, Debug)]
pub(crate) struct Setting {
    /// What a matching event publishes.
    pub value: f64,
    /// What any other event publishes.
    pub default: Option<f64>,
    pub measure: Measure,
    pub compare: Compare,
    pub threshold: f64,
    pub rule: Rule,
    /// Periods from one datapoint to the next: more than one if they are shorter than the metric's minute.
    pub spacing: usize,
    /// With fewer datapoints in a period the alarm keeps its state.
    pub samples: u64,
}

/// How the measured number, on the left, is compared with the threshold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Compare {
    AtLeast,
    Above,
    Below,
    AtMost,
}

/// Whether it rings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rings {
    /// For every event.
    Always,
    /// For an event alone, but not for many together.
    OnlyAlone,
    /// Not twice: the first event leaves it in ALARM.
    Once(Background),
    /// It is in ALARM before anything happens, so it cannot go there.
    AlreadyRinging(Background),
    /// If so many events come in each of `periods` periods.
    ForABurst { events: u64, periods: usize },
    /// However many events come.
    Never {
        /// It would, but for the default value that other events publish.
        diluted: bool,
    },
}

/// In which log groups an alarm does not ring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Background {
    Any,
    /// Where no other events come.
    Silent,
    /// Where other events come, which publish the default value.
    Busy,
}

/// What is played: a quiet time, events, a quiet time, events, and a quiet time; all the while other events.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scene {
    /// Other events in each period.
    pub others: u64,
    /// Matching events in each of the following.
    pub events: u64,
    pub periods: usize,
    /// How many periods a quiet time lasts.
    pub quiet: usize,
}

/// What happened in a play, from best to worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Play {
    Twice,
    Once,
    Ringing,
    Silent,
}

/// More events than anybody would call an answer.
const MANY: u64 = 1_000_000;

/// How many other events come in each period, in one play after the other.
pub(crate) const OTHERS: [u64; 3] = [0, 1, MANY];

/// Plays `setting`.
pub(crate) fn rings(setting: &Setting) -> Rings {
    let others = if setting.default.is_some() { &OTHERS[..] } else { &OTHERS[..1] };
    let play = |others, events, periods| {
        let scene = Scene { others, events, periods, quiet: setting.quiet() };
        scene.judge(&states(setting, scene))
    };
    let plays = |events, periods| others.iter().map(|&other| play(other, events, periods)).max();
    let worst = plays(1, 1).unwrap_or(Play::Silent);
    let background = match (play(0, 1, 1) == worst, others.iter().skip(1).any(|&other| play(other, 1, 1) == worst)) {
        (true, false) if others.len() > 1 => Background::Silent,
        (false, _) => Background::Busy,
        (true, _) => Background::Any,
    };
    match worst {
        Play::Twice if plays(MANY, 1) == Some(Play::Twice) => Rings::Always,
        Play::Twice => Rings::OnlyAlone,
        Play::Once => Rings::Once(background),
        Play::Ringing => Rings::AlreadyRinging(background),
        Play::Silent => {
            let periods = setting.rule.needed;
            let breaches = |events, other| setting.number(events, other).is_some_and(|number| setting.breaches(number));
            let enough = |&events: &u64| {
                others.iter().all(|&other| breaches(events, other))
                    && plays(events, periods).is_some_and(|play| play < Play::Ringing)
            };
            let burst =
                (0..).map_while(|power| 1_u64.checked_shl(power)).take_while(|&events| events <= MANY).find(enough);
            match (burst, play(0, 1, 1)) {
                // So many events may be enough, but who knows how many others there are.
                (_, Play::Twice | Play::Once) if setting.rule.needed == 1 => Rings::Never { diluted: true },
                (Some(most), _) => Rings::ForABurst { events: least(most / 2 + 1, most, enough), periods },
                (None, Play::Ringing) => Rings::AlreadyRinging(Background::Silent),
                (None, alone) => Rings::Never { diluted: alone < Play::Ringing },
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

/// The alarm's state after each period of the scene.
pub(crate) fn states(setting: &Setting, scene: Scene) -> Vec<State> {
    let mut history = vec![None; setting.rule.range()];
    let mut state = State::InsufficientData;
    let mut states = Vec::with_capacity(scene.length());
    for time in 0..scene.length() {
        // An event starts a minute, and so does each of the two acts.
        let published = (time % (scene.quiet + scene.periods)).is_multiple_of(setting.spacing);
        let matching = if published && scene.has_events(time) { scene.events } else { 0 };
        let others = if published { scene.others } else { 0 };
        let count = matching + if setting.default.is_some() { others } else { 0 };
        history.remove(0);
        if 0 < count && count < setting.samples {
            history.push(None);
        } else {
            history.push(setting.number(matching, others).map(|number| setting.breaches(number)));
            state = setting.rule.evaluate(&history, state);
        }
        states.push(state);
    }
    states
}

impl Scene {
    fn length(self) -> usize {
        2 * (self.quiet + self.periods) + self.quiet
    }

    fn has_events(self, time: usize) -> bool {
        let act = self.quiet + self.periods;
        time < 2 * act && time % act >= self.quiet
    }

    /// What an alarm with these states did.
    pub(crate) fn judge(self, states: &[State]) -> Play {
        let act = self.quiet + self.periods;
        let (before, after) = states.split_at(self.quiet.min(states.len()));
        if before.contains(&State::Alarm) {
            return Play::Ringing;
        }
        let rises = |acts: &[State]| {
            acts.windows(2).any(|pair| matches!(pair, [before, State::Alarm] if *before != State::Alarm))
        };
        // The first act begins with the last quiet state, which is not ALARM.
        let first = after.first() == Some(&State::Alarm) || rises(after.get(..act).unwrap_or(after));
        let second = rises(after.get(act.saturating_sub(1)..).unwrap_or_default());
        match (first, second) {
            (true, true) => Play::Twice,
            (true, false) => Play::Once,
            (false, _) => Play::Silent,
        }
    }
}

impl Setting {
    /// Long enough to forget all events: a whole number of minutes.
    pub(crate) fn quiet(&self) -> usize {
        (self.rule.range() + 1).next_multiple_of(self.spacing.max(1))
    }

    /// The number of a period with so many matching and other events; none without datapoints.
    fn number(&self, matching: u64, others: u64) -> Option<f64> {
        let others = self.default.map_or((0, 0.0), |default| (others, default));
        self.measure.of(&Datapoints { matching: (matching, self.value), others })
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
    use rstest::rstest;

    use super::super::measure::Statistic;
    use super::*;
    use crate::account::TreatMissingData;

    /// The alarm of the benchmark's remediation: Sum >= 1 in one period of one, value 1, no default value.
    fn benchmark() -> Setting {
        Setting {
            value: 1.0,
            default: None,
            measure: Measure::Of(Statistic::Sum),
            compare: Compare::AtLeast,
            threshold: 1.0,
            rule: Rule { needed: 1, of: 1, missing: TreatMissingData::Missing },
            spacing: 1,
            samples: 0,
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

    /// The premature-alarm rule of AWS: after a while without data, one breaching period is enough.
    #[rstest]
    #[case(TreatMissingData::Missing, None, Rings::Always)]
    #[case(TreatMissingData::Missing, Some(0.0), Rings::ForABurst { events: 1, periods: 3 })]
    #[case(TreatMissingData::Ignore, None, Rings::ForABurst { events: 1, periods: 3 })]
    #[case(TreatMissingData::Ignore, Some(0.0), Rings::ForABurst { events: 1, periods: 3 })]
    #[case(TreatMissingData::NotBreaching, None, Rings::ForABurst { events: 1, periods: 3 })]
    #[case(TreatMissingData::NotBreaching, Some(0.0), Rings::ForABurst { events: 1, periods: 3 })]
    #[case(TreatMissingData::Breaching, None, Rings::AlreadyRinging(Background::Any))]
    #[case(TreatMissingData::Breaching, Some(0.0), Rings::AlreadyRinging(Background::Silent))]
    fn three_of_three(#[case] missing: TreatMissingData, #[case] default: Option<f64>, #[case] expected: Rings) {
        assert_eq!(changed(|s| (s.rule, s.default) = (Rule { needed: 3, of: 3, missing }, default)), expected);
    }

    #[test]
    fn two_of_three_need_one_event_less() {
        let rule = || Rule { needed: 2, of: 3, missing: TreatMissingData::NotBreaching };
        assert_eq!(changed(|s| s.rule = rule()), Rings::ForABurst { events: 1, periods: 2 });
        assert_eq!(changed(|s| (s.rule, s.threshold) = (rule(), 5.0)), Rings::ForABurst { events: 5, periods: 2 });
    }

    #[test]
    fn an_alarm_that_stays_in_alarm_rings_once_at_most() {
        use Background::{Any, Busy, Silent};
        let missing = |missing, default| changed(|s| (s.rule.missing, s.default) = (missing, default));
        assert_eq!(missing(TreatMissingData::Ignore, None), Rings::Once(Any));
        assert_eq!(missing(TreatMissingData::Ignore, Some(0.0)), Rings::Once(Silent));
        assert_eq!(missing(TreatMissingData::Breaching, None), Rings::AlreadyRinging(Any));
        assert_eq!(missing(TreatMissingData::Breaching, Some(0.0)), Rings::AlreadyRinging(Silent));
        assert_eq!(missing(TreatMissingData::Missing, Some(1.0)), Rings::AlreadyRinging(Busy));
    }

    #[test]
    fn the_default_value_dilutes() {
        let diluted = Rings::Never { diluted: true };
        for statistic in [Statistic::Average, Statistic::Minimum] {
            assert_eq!(changed(|s| s.measure = Measure::Of(statistic)), Rings::Always);
            assert_eq!(changed(|s| (s.measure, s.default) = (Measure::Of(statistic), Some(0.0))), diluted);
        }
        assert_eq!(changed(|s| s.default = Some(-1.0)), diluted);
    }

    #[test]
    fn a_value_that_never_breaches_never_rings() {
        assert_eq!(changed(|s| s.value = 0.0), Rings::Never { diluted: false });
        assert_eq!(
            changed(|s| (s.measure, s.threshold) = (Measure::Of(Statistic::Maximum), 2.0)),
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
        assert_eq!(changed(|s| s.measure = Measure::Of(Statistic::SampleCount)), Rings::Always);
        let counted = changed(|s| (s.measure, s.default) = (Measure::Of(Statistic::SampleCount), Some(0.0)));
        assert_eq!(counted, Rings::AlreadyRinging(Background::Busy));
    }
}
