//! What holds of every alarm, by the way in which AWS evaluates them.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::expression::{Combination, Expression, Operator, Reading};
use super::missing_data::{MissingDataRule, State, Window};
use super::model::{AlarmModel, Comparison, Line, Load, Neighbor, Series, Value, Window as Clock};
use super::range::Range;
use super::simulation::{Ending, Response, Run, Simulation};
use super::statistic::Statistic;
use crate::account::TreatMissingData::{self, Breaching, Ignore, Missing, NotBreaching};

fn treatment() -> impl Strategy<Value = TreatMissingData> {
    select(vec![Missing, Ignore, Breaching, NotBreaching])
}

/// M out of N.
fn rule() -> impl Strategy<Value = MissingDataRule> {
    (1_usize..5, treatment()).prop_flat_map(|(of, missing)| {
        (1..=of).prop_map(move |needed| MissingDataRule { needed, of, missing: missing.clone() })
    })
}

fn state() -> impl Strategy<Value = State> {
    select(vec![State::Ok, State::Alarm, State::InsufficientData])
}

/// Periods: for each whether it breaches, if it has a datapoint.
fn periods() -> impl Strategy<Value = Vec<Option<bool>>> {
    vec(option::of(any::<bool>()), 6)
}

/// An alarm on one filter, and what its events publish.
#[derive(Clone, Debug)]
struct Setup {
    value: f64,
    model: AlarmModel,
}

fn statistic() -> impl Strategy<Value = Statistic> {
    use Statistic::{Average, Maximum, Minimum, Percentile, SampleCount, Sum};
    select(vec![SampleCount, Average, Sum, Minimum, Maximum, Percentile(90.0), Percentile(10.0)])
}

fn setup() -> impl Strategy<Value = Setup> {
    let comparison = select(vec![Comparison::AtLeast, Comparison::Above, Comparison::Below, Comparison::AtMost]);
    (-3_i8..4, option::of(-2_i8..3), statistic(), comparison, -4_i8..7, rule(), select(vec![1, 2, 6])).prop_map(
        |(value, default, statistic, comparison, threshold, rule, spacing)| {
            let series = Series { has_value: true, default: default.map(f64::from), ..Series::default() };
            let model = AlarmModel {
                expression: Expression::Line(0),
                lines: vec![Line { series: 0, statistic }],
                series: vec![series],
                comparison,
                threshold: threshold.into(),
                rule,
                period: 300,
                window: Clock::Sliding,
                spacing,
                samples: 0,
                field: String::new(),
            };
            Setup { value: value.into(), model }
        },
    )
}

/// One that counts events, of a value above 0, against at least so many: what the benchmark asks for, and its kin.
fn counting() -> impl Strategy<Value = Setup> {
    let statistic = select(vec![Statistic::Sum, Statistic::SampleCount, Statistic::Maximum]);
    let comparison = select(vec![Comparison::AtLeast, Comparison::Above]);
    (setup(), 1_i8..4, statistic, comparison).prop_map(|(mut setup, value, statistic, comparison)| {
        setup.value = value.into();
        setup.model.series[0].default = None;
        setup.model.lines[0].statistic = statistic;
        setup.model.comparison = comparison;
        setup
    })
}

/// An alarm on two filters of one log group: the second publishes to the same series or to one of its own.
fn shared() -> impl Strategy<Value = Setup> {
    let neighbor = (-2_i8..4, option::of(-1_i8..2), any::<bool>());
    let combined = select(vec![0_u8, 1, 2, 3, 4]);
    (setup(), neighbor, combined, statistic()).prop_map(|(mut setup, (value, default, is_same), combined, second)| {
        let (value, default) = (Some(Range::exactly(value.into())), default.map(f64::from));
        let neighbor = Neighbor { publisher: 7, filter: "other".to_owned(), shares_events: true, value, default };
        if is_same {
            setup.model.series[0].here.push(neighbor);
            return setup;
        }
        setup.model.series.push(Series { here: vec![neighbor], ..Series::default() });
        setup.model.lines.push(Line { series: 1, statistic: second });
        let both = || vec![Expression::Line(0), Expression::Line(1)];
        let calculated =
            |operator| Expression::Calculated(Box::new(Expression::Line(0)), operator, Box::new(Expression::Line(1)));
        setup.model.expression = match combined {
            0 => Expression::Combined(Combination::Sum, both()),
            1 => Expression::Combined(Combination::Maximum, both()),
            2 => Expression::Combined(Combination::Average, both()),
            3 => calculated(Operator::Subtract),
            _ => calculated(Operator::Or),
        };
        setup
    })
}

impl Setup {
    fn response(&self) -> Response {
        let reading = Reading::default();
        Simulation { model: &self.model, value: Some(self.value), matched: &|_| false, reading }.response()
    }

    /// What becomes of events in the worst of three log groups.
    fn worst(&self, events: u64, periods: usize) -> Option<Ending> {
        let run = |others| Run { others, events, periods, quiet: self.model.quiet() };
        let ending = |others| run(others).ending(&self.model.states(run(others), Some(self.value)));
        self.model.traffic().into_iter().map(ending).max()
    }
}

fn is_alarm(rule: &MissingDataRule, periods: &[Option<bool>], before: State) -> bool {
    rule.evaluate(&Window::of(periods), before) == State::Alarm
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1000) })]

    #[test]
    fn one_more_breaching_period_ends_no_alarm(rule in rule(), mut periods in periods(), at in 0_usize..6, before in state()) {
        periods[at] = Some(false);
        let alarm = is_alarm(&rule, &periods, before);
        periods[at] = Some(true);
        prop_assert!(!alarm || is_alarm(&rule, &periods, before));
    }

    #[test]
    fn fewer_periods_out_of_as_many_are_enough(rule in rule(), periods in periods(), before in state()) {
        let fewer = MissingDataRule { needed: (rule.needed - 1).max(1), ..rule.clone() };
        prop_assert!(!is_alarm(&rule, &periods, before) || is_alarm(&fewer, &periods, before));
    }

    #[test]
    fn as_many_periods_out_of_more_are_enough(rule in rule(), periods in periods(), before in state()) {
        let more = MissingDataRule { of: rule.of + 1, ..rule.clone() };
        prop_assert!(!is_alarm(&rule, &periods, before) || is_alarm(&more, &periods, before));
    }

    #[test]
    fn treatments_of_missing_data_have_an_order(rule in rule(), periods in periods(), before in state()) {
        let alarm = |missing| is_alarm(&MissingDataRule { missing, ..rule.clone() }, &periods, before);
        prop_assert!(!alarm(NotBreaching) || alarm(Missing));
        prop_assert!(!alarm(Missing) || alarm(Breaching));
    }

    #[test]
    fn where_nothing_is_missing_its_treatment_does_not_matter(
        rule in rule(), periods in vec(any::<bool>(), 6), before in state(), other in treatment(),
    ) {
        let periods: Vec<_> = periods.into_iter().map(Some).collect();
        let otherwise = MissingDataRule { missing: other, ..rule.clone() };
        prop_assert_eq!(is_alarm(&rule, &periods, before), is_alarm(&otherwise, &periods, before));
    }

    #[test]
    fn a_lower_threshold_responds_as_well(setup in counting(), lower in 1_i8..7) {
        let mut lowered = setup.clone();
        lowered.model.threshold = f64::from(lower).min(setup.model.threshold);
        if setup.response() == Response::EveryEvent {
            prop_assert_eq!(lowered.response(), Response::EveryEvent);
        }
    }

    #[test]
    fn more_events_silence_no_alarm_that_counts(setup in counting(), events in 1_u64..20) {
        if setup.worst(events, 1) == Some(Ending::Twice) {
            prop_assert_eq!(setup.worst(events + 1, 1), Some(Ending::Twice));
        }
        prop_assert_ne!(setup.response(), Response::SingleEvent);
    }

    #[test]
    fn a_burst_is_the_least_that_responds(setup in setup()) {
        if let Response::Burst { events, periods } = setup.response() {
            prop_assert!(setup.worst(events, periods) < Some(Ending::InAlarmBefore));
            prop_assert!((events, periods) != (1, 1));
            if events > 1 {
                prop_assert!(setup.worst(events - 1, periods) >= Some(Ending::InAlarmBefore));
            }
        }
    }

    #[test]
    fn an_alarm_that_responds_does_so_twice_in_any_log_group(setup in setup()) {
        let always = setup.response() == Response::EveryEvent;
        prop_assert!(!always || setup.worst(1, 1) == Some(Ending::Twice));
    }

    #[test]
    fn the_scale_of_numbers_does_not_matter(setup in setup()) {
        prop_assume!(setup.model.lines[0].statistic != Statistic::SampleCount);
        let mut scaled = setup.clone();
        scaled.value *= 8.0;
        scaled.model.threshold *= 8.0;
        scaled.model.series[0].default = setup.model.series[0].default.map(|it| 8.0 * it);
        prop_assert_eq!(setup.response(), scaled.response());
    }

    #[test]
    fn numbers_may_be_turned_upside_down(setup in setup()) {
        let mut turned = setup.clone();
        turned.model.lines[0].statistic = match setup.model.lines[0].statistic {
            Statistic::Minimum => Statistic::Maximum,
            Statistic::Maximum => Statistic::Minimum,
            same @ (Statistic::Sum | Statistic::Average) => same,
            _ => return Ok(()),
        };
        turned.model.comparison = match setup.model.comparison {
            Comparison::AtLeast => Comparison::AtMost,
            Comparison::AtMost => Comparison::AtLeast,
            Comparison::Above => Comparison::Below,
            Comparison::Below => Comparison::Above,
        };
        (turned.value, turned.model.threshold) = (-setup.value, -setup.model.threshold);
        turned.model.series[0].default = setup.model.series[0].default.map(|it| -it);
        prop_assert_eq!(setup.response(), turned.response());
    }

    /// Whatever else comes in the period of an event, a sure response stays one.
    #[test]
    fn no_other_event_takes_a_response_away(setup in shared(), own in 0_u64..3, ordinary in 0_u64..3, of_both in 0_u64..3) {
        let value = Value { number: Range::exactly(setup.value), any: Range::exactly(setup.value) };
        for case in setup.model.cases(Some(value)) {
            if case.response != Ok(Response::EveryEvent) {
                continue;
            }
            let matched = case.matched.contains(&(7, true));
            // The event in question, others that the filter alone matches, and others that both match.
            let parts = [(1 + own, matched, ordinary), (of_both, true, 0), (own, false, 0)];
            let mut published: Vec<Vec<(u64, f64)>> = vec![Vec::new(); setup.model.series.len()];
            for (matching, matched, ordinary) in parts {
                let load = Load { matching, ordinary, elsewhere: 0 };
                let series = setup.model.series.iter().zip(&mut published);
                series.for_each(|(series, all)| all.extend(series.published(load, Some(setup.value), &|_| matched)));
            }
            let lines: Vec<_> =
                setup.model.lines.iter().map(|line| line.statistic.of(&published[line.series])).collect();
            let number = setup.model.expression.of(&lines, Reading::default(), &mut Vec::new());
            prop_assert!(number.is_some_and(|number| setup.model.breaches(number)), "{number:?} {case:?}");
        }
    }

    #[test]
    fn another_filter_that_publishes_nothing_else_changes_nothing(setup in setup()) {
        let value = Value { number: Range::exactly(setup.value), any: Range::exactly(setup.value) };
        let cases = setup.model.cases(Some(value));
        prop_assert_eq!(cases.len(), 1);
        prop_assert_eq!(&cases[0].response, &Ok(setup.response()));
    }
}
