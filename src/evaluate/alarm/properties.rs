//! What holds of every alarm, by the way in which AWS evaluates them.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::measure::{Measure, Statistic};
use super::ring::{Compare, OTHERS, Play, Rings, Scene, Setting, rings, states};
use super::state::{Rule, State};
use crate::account::TreatMissingData::{self, Breaching, Ignore, Missing, NotBreaching};

fn treatment() -> impl Strategy<Value = TreatMissingData> {
    select(vec![Missing, Ignore, Breaching, NotBreaching])
}

/// M out of N.
fn rule() -> impl Strategy<Value = Rule> {
    (1_usize..5, treatment())
        .prop_flat_map(|(of, missing)| (1..=of).prop_map(move |needed| Rule { needed, of, missing: missing.clone() }))
}

fn state() -> impl Strategy<Value = State> {
    select(vec![State::Ok, State::Alarm, State::InsufficientData])
}

/// Periods: for each whether it breaches, if it has data.
fn periods() -> impl Strategy<Value = Vec<Option<bool>>> {
    vec(option::of(any::<bool>()), 6)
}

fn setting() -> impl Strategy<Value = Setting> {
    use Statistic::{Average, Maximum, Minimum, Percentile, SampleCount, Sum};
    let statistic = select(vec![SampleCount, Average, Sum, Minimum, Maximum, Percentile(90.0), Percentile(10.0)]);
    let compare = select(vec![Compare::AtLeast, Compare::Above, Compare::Below, Compare::AtMost]);
    (-3_i8..4, option::of(-2_i8..3), statistic, compare, -4_i8..7, rule(), select(vec![1, 2, 6])).prop_map(
        |(value, default, statistic, compare, threshold, rule, spacing)| Setting {
            value: value.into(),
            default: default.map(f64::from),
            measure: Measure::Of(statistic),
            compare,
            threshold: threshold.into(),
            rule,
            spacing,
            samples: 0,
        },
    )
}

/// One that counts events, of a value above 0, against at least so many: what the benchmark asks for, and its kin.
fn counting() -> impl Strategy<Value = Setting> {
    let statistic = select(vec![Statistic::Sum, Statistic::SampleCount, Statistic::Maximum]);
    (setting(), 1_i8..4, statistic, select(vec![Compare::AtLeast, Compare::Above])).prop_map(
        |(setting, value, statistic, compare)| Setting {
            value: value.into(),
            default: None,
            measure: Measure::Of(statistic),
            compare,
            ..setting
        },
    )
}

/// What becomes of events in the worst of three log groups.
fn worst(setting: &Setting, events: u64, periods: usize) -> Option<Play> {
    let scene = |others| Scene { others, events, periods, quiet: setting.quiet() };
    OTHERS.iter().map(|&others| scene(others).judge(&states(setting, scene(others)))).max()
}

fn is_alarm(rule: &Rule, periods: &[Option<bool>], before: State) -> bool {
    rule.evaluate(periods, before) == State::Alarm
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2000) })]

    #[test]
    fn one_more_breaching_period_ends_no_alarm(rule in rule(), mut periods in periods(), at in 0_usize..6, before in state()) {
        periods[at] = Some(false);
        let alarm = is_alarm(&rule, &periods, before);
        periods[at] = Some(true);
        prop_assert!(!alarm || is_alarm(&rule, &periods, before));
    }

    #[test]
    fn fewer_periods_out_of_as_many_are_enough(rule in rule(), periods in periods(), before in state()) {
        let fewer = Rule { needed: (rule.needed - 1).max(1), ..rule.clone() };
        prop_assert!(!is_alarm(&rule, &periods, before) || is_alarm(&fewer, &periods, before));
    }

    #[test]
    fn as_many_periods_out_of_more_are_enough(rule in rule(), periods in periods(), before in state()) {
        let more = Rule { of: rule.of + 1, ..rule.clone() };
        prop_assert!(!is_alarm(&rule, &periods, before) || is_alarm(&more, &periods, before));
    }

    #[test]
    fn treatments_of_missing_data_have_an_order(rule in rule(), periods in periods(), before in state()) {
        let alarm = |missing| is_alarm(&Rule { missing, ..rule.clone() }, &periods, before);
        prop_assert!(!alarm(NotBreaching) || alarm(Missing));
        prop_assert!(!alarm(Missing) || alarm(Breaching));
    }

    #[test]
    fn where_nothing_is_missing_its_treatment_does_not_matter(
        rule in rule(), periods in vec(any::<bool>(), 6), before in state(), other in treatment(),
    ) {
        let periods: Vec<_> = periods.into_iter().map(Some).collect();
        let otherwise = Rule { missing: other, ..rule.clone() };
        prop_assert_eq!(rule.evaluate(&periods, before), otherwise.evaluate(&periods, before));
    }

    #[test]
    fn a_lower_threshold_rings_as_well(setting in counting(), lower in 1_i8..7) {
        let lower = Setting { threshold: f64::from(lower).min(setting.threshold), ..setting.clone() };
        if rings(&setting) == Rings::Always {
            prop_assert_eq!(rings(&lower), Rings::Always);
        }
    }

    #[test]
    fn more_events_silence_no_alarm_that_counts(setting in counting(), events in 1_u64..20) {
        if worst(&setting, events, 1) == Some(Play::Twice) {
            prop_assert_eq!(worst(&setting, events + 1, 1), Some(Play::Twice));
        }
        prop_assert_ne!(rings(&setting), Rings::OnlyAlone);
    }

    #[test]
    fn a_burst_is_the_least_that_rings(setting in setting()) {
        if let Rings::ForABurst { events, periods } = rings(&setting) {
            prop_assert!(worst(&setting, events, periods) < Some(Play::Ringing));
            prop_assert!((events, periods) != (1, 1));
            if events > 1 {
                prop_assert!(worst(&setting, events - 1, periods) >= Some(Play::Ringing));
            }
        }
    }

    #[test]
    fn an_alarm_that_rings_does_so_twice_in_any_log_group(setting in setting()) {
        let always = rings(&setting) == Rings::Always;
        prop_assert!(!always || worst(&setting, 1, 1) == Some(Play::Twice));
    }

    #[test]
    fn without_a_default_value_other_events_do_not_matter(setting in setting(), others in 1_u64..1000) {
        let setting = Setting { default: None, ..setting };
        let scene = |others| Scene { others, events: 1, periods: 1, quiet: setting.quiet() };
        prop_assert_eq!(states(&setting, scene(0)), states(&setting, scene(others)));
    }

    #[test]
    fn the_scale_of_numbers_does_not_matter(setting in setting()) {
        prop_assume!(setting.measure != Measure::Of(Statistic::SampleCount));
        let (value, default, threshold) = (8.0 * setting.value, setting.default.map(|it| 8.0 * it), 8.0 * setting.threshold);
        prop_assert_eq!(rings(&setting), rings(&Setting { value, default, threshold, ..setting.clone() }));
    }

    #[test]
    fn numbers_may_be_turned_upside_down(setting in setting()) {
        let measure = match setting.measure {
            Measure::Of(Statistic::Minimum) => Statistic::Maximum,
            Measure::Of(Statistic::Maximum) => Statistic::Minimum,
            Measure::Of(same @ (Statistic::Sum | Statistic::Average)) => same,
            _ => return Ok(()),
        };
        let compare = match setting.compare {
            Compare::AtLeast => Compare::AtMost,
            Compare::AtMost => Compare::AtLeast,
            Compare::Above => Compare::Below,
            Compare::Below => Compare::Above,
        };
        let (value, default, threshold) = (-setting.value, setting.default.map(|it| -it), -setting.threshold);
        let measure = Measure::Of(measure);
        prop_assert_eq!(rings(&setting), rings(&Setting { value, default, threshold, compare, measure, ..setting.clone() }));
    }
}
