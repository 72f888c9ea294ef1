//! Whether one event makes an alarm go to ALARM, found by simulating it.
//!
//! An event comes, and long after it another. The alarm has to go to ALARM for both, because its actions run on the
//! transition alone. That is simulated in a log group that is quiet otherwise, with one other event in every period, and
//! with very many; other events matter where a filter publishes a default value for them.

use super::expression::Reading;
use super::missing_data::{State, Window};
use super::model::{AlarmModel, Load, Matched};

/// How an alarm responds to events that publish a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Response {
    /// It goes to ALARM for every event.
    EveryEvent,
    /// For an event alone, but not for many at once.
    SingleEvent,
    /// Not twice: the first event leaves it in ALARM.
    Once(Traffic),
    /// It is in ALARM before anything happens, so it cannot go there.
    InAlarmBefore(Traffic),
    /// If so many events come in each of `periods` periods.
    Burst { events: u64, periods: usize },
    /// However many events come.
    Never {
        /// It would, but for the default value that other events publish.
        diluted: bool,
    },
}

/// In which log groups an alarm responds so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Traffic {
    Any,
    /// Where no other events come.
    Quiet,
    /// Where other events come, which publish the default value.
    Busy,
}

/// One simulation: quiet periods, events, quiet periods, events, and quiet periods; all the while other events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    /// Other events in each period.
    pub others: Others,
    /// Events in each of the following periods.
    pub events: u64,
    pub periods: usize,
    /// How many periods nothing happens.
    pub quiet: usize,
}

/// Events in each period that match no filter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Others {
    /// In the log group of the events.
    pub here: u64,
    /// In other log groups.
    pub elsewhere: u64,
}

/// How a run ends, from best to worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Ending {
    Twice,
    Once,
    InAlarmBefore,
    Never,
}

/// More events than anybody would call an answer.
const MANY: u64 = 1_000_000;

/// How many other events come in each period, in one run after the other.
const OTHERS: [u64; 3] = [0, 1, MANY];

/// An alarm and what the events in question publish.
pub(super) struct Simulation<'m> {
    pub model: &'m AlarmModel,
    /// What an event publishes; nothing if it lacks the value.
    pub value: Option<f64>,
    /// Which other filters match the events too.
    pub matched: Matched<'m>,
    pub reading: Reading,
}

impl Simulation<'_> {
    /// How the alarm responds.
    pub(super) fn response(&self) -> Response {
        let others = self.model.traffic();
        let repeats = self.model.expression.repeats();
        let mut known: Vec<((usize, Outcomes), Ending)> = Vec::new();
        let mut ending = |others, events, periods| {
            let run = Run { others, events, periods, quiet: self.model.quiet() };
            let outcomes = self.outcomes(run);
            // Runs differ in nothing else, unless a datapoint is repeated beside others.
            let same = known.iter().find(|(seen, _)| *seen == (periods, outcomes) && repeats == 0);
            if let Some((_, ending)) = same {
                return *ending;
            }
            let ending = run.ending(&self.states(run));
            known.push(((periods, outcomes), ending));
            ending
        };
        let mut worst_of = |events, periods| others.iter().map(|&other| ending(other, events, periods)).max();
        let worst = worst_of(1, 1).unwrap_or(Ending::Never);
        let many = worst_of(MANY, 1);
        let quiet = Others::default();
        let alone = ending(quiet, 1, 1);
        let busy = others.iter().skip(1).any(|&other| ending(other, 1, 1) == worst);
        let traffic = match (alone == worst, busy) {
            (true, false) if others.len() > 1 => Traffic::Quiet,
            (false, _) => Traffic::Busy,
            (true, _) => Traffic::Any,
        };
        match worst {
            Ending::Twice if many == Some(Ending::Twice) => Response::EveryEvent,
            Ending::Twice => Response::SingleEvent,
            Ending::Once => Response::Once(traffic),
            Ending::InAlarmBefore => Response::InAlarmBefore(traffic),
            Ending::Never => {
                let periods = self.model.rule.needed;
                let mut enough = |events: u64| {
                    others.iter().all(|&other| self.breaches(events, other))
                        && others.iter().all(|&other| ending(other, events, periods) < Ending::InAlarmBefore)
                };
                let powers = (0..).map_while(|power| 1_u64.checked_shl(power)).take_while(|&events| events <= MANY);
                let burst = powers.into_iter().find(|&events| enough(events));
                match (burst, alone) {
                    // So many events may be enough, but nobody knows how many others there are.
                    (_, Ending::Twice | Ending::Once) if periods == 1 => Response::Never { diluted: true },
                    (Some(most), _) => Response::Burst { events: least(most / 2 + 1, most, enough), periods },
                    (None, Ending::InAlarmBefore) => Response::InAlarmBefore(Traffic::Quiet),
                    (None, alone) => Response::Never { diluted: alone < Ending::InAlarmBefore },
                }
            }
        }
    }

    /// The alarm's state after each period of the run.
    pub(super) fn states(&self, run: Run) -> Vec<State> {
        let range = self.model.rule.range();
        let repeats = self.model.expression.repeats();
        let outcomes = self.outcomes(run);
        let mut window = Window::new();
        let mut state = State::InsufficientData;
        let mut states = Vec::with_capacity(run.length());
        // What the lines come to is kept where the expression looks back on it.
        let mut loads = Vec::new();
        let mut memory = vec![None; repeats];
        for time in 0..run.length() {
            let moment = run.moment(time, self.model.spacing);
            if repeats == 0 {
                let Outcome { breaches, is_enough } = outcomes.of(moment);
                window.push(breaches, range);
                if is_enough {
                    state = self.model.rule.evaluate(&window, state);
                }
            } else {
                loads.push(run.load(moment));
                let from =
                    if self.reading.repeats_forever { loads.len() - 1 } else { loads.len().saturating_sub(range) };
                if !self.reading.repeats_forever {
                    memory.fill(None);
                    window = Window::new();
                }
                for load in loads.iter().skip(from) {
                    let number = self.model.number(*load, self.value, self.matched, self.reading, &mut memory);
                    window.push(number.map(|number| self.model.breaches(number)), range);
                }
                state = self.model.rule.evaluate(&window, state);
            }
            states.push(state);
        }
        states
    }

    /// What each kind of period of the run comes to.
    fn outcomes(&self, run: Run) -> Outcomes {
        let of = |moment| {
            let load = run.load(moment);
            let count = self.model.count(load, self.value, self.matched);
            if 0 < count && count < self.model.samples {
                return Outcome { breaches: None, is_enough: false };
            }
            let mut memory = vec![None; self.model.expression.repeats()];
            let number = self.model.number(load, self.value, self.matched, self.reading, &mut memory);
            Outcome { breaches: number.map(|number| self.model.breaches(number)), is_enough: true }
        };
        Outcomes { events: of(Moment::Events), others: of(Moment::Others), between: of(Moment::Between) }
    }

    fn breaches(&self, events: u64, others: Others) -> bool {
        let run = Run { others, events, periods: 1, quiet: 0 };
        self.outcomes(run).events.breaches == Some(true)
    }
}

/// What a period comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Outcome {
    /// Whether it breaches the threshold, if it has a datapoint.
    breaches: Option<bool>,
    /// Whether it has enough datapoints to be evaluated.
    is_enough: bool,
}

/// What the periods of a run come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Outcomes {
    events: Outcome,
    others: Outcome,
    between: Outcome,
}

/// What happens in a period of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Moment {
    /// Events in question, and others.
    Events,
    /// Other events.
    Others,
    /// Nothing: the period lies between the minutes of which the metric has a datapoint.
    Between,
}

impl Outcomes {
    fn of(&self, moment: Moment) -> Outcome {
        match moment {
            Moment::Events => self.events,
            Moment::Others => self.others,
            Moment::Between => self.between,
        }
    }
}

/// The least number from `low` to `high` that is enough. `high` is.
fn least(mut low: u64, mut high: u64, mut enough: impl FnMut(u64) -> bool) -> u64 {
    while low < high {
        let middle = low.midpoint(high);
        if enough(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    high
}

impl AlarmModel {
    /// The alarm's state after each period of the run, in which each event publishes this.
    pub(super) fn states(&self, run: Run, value: Option<f64>) -> Vec<State> {
        Simulation { model: self, value, matched: &|_| false, reading: Reading::default() }.states(run)
    }

    /// The other events that matter to the alarm, run by run: none at first.
    pub(crate) fn traffic(&self) -> Vec<Others> {
        let levels = |matter: bool| if matter { &OTHERS[..] } else { &OTHERS[..1] };
        let (here, elsewhere) = self.has_defaults();
        let of = |elsewhere: u64| levels(here).iter().map(move |&here| Others { here, elsewhere });
        levels(elsewhere).iter().flat_map(|&elsewhere| of(elsewhere)).collect()
    }

    /// How many periods it takes to forget all events: whole minutes.
    pub(crate) fn quiet(&self) -> usize {
        (self.rule.range() + 1).next_multiple_of(self.spacing.max(1))
    }
}

impl Run {
    pub(super) fn length(self) -> usize {
        2 * (self.quiet + self.periods) + self.quiet
    }

    /// What happens in a period. An event starts a minute, and so does each of the two acts.
    fn moment(self, time: usize, spacing: usize) -> Moment {
        let act = self.quiet + self.periods;
        if !(time % act).is_multiple_of(spacing) {
            return Moment::Between;
        }
        if time < 2 * act && time % act >= self.quiet { Moment::Events } else { Moment::Others }
    }

    fn load(self, moment: Moment) -> Load {
        let Others { here, elsewhere } = self.others;
        match moment {
            Moment::Events => Load { matching: self.events, ordinary: here, elsewhere },
            Moment::Others => Load { matching: 0, ordinary: here, elsewhere },
            Moment::Between => Load { matching: 0, ordinary: 0, elsewhere: 0 },
        }
    }

    /// How a run ends in which an alarm has these states.
    pub(super) fn ending(self, states: &[State]) -> Ending {
        let act = self.quiet + self.periods;
        let (before, after) = states.split_at(self.quiet.min(states.len()));
        if before.contains(&State::Alarm) {
            return Ending::InAlarmBefore;
        }
        let rises = |acts: &[State]| {
            acts.windows(2).any(|pair| matches!(pair, [before, State::Alarm] if *before != State::Alarm))
        };
        // The first act begins with the last quiet state, which is not ALARM.
        let first = after.first() == Some(&State::Alarm) || rises(after.get(..act).unwrap_or(after));
        let second = rises(after.get(act.saturating_sub(1)..).unwrap_or_default());
        match (first, second) {
            (true, true) => Ending::Twice,
            (true, false) => Ending::Once,
            (false, _) => Ending::Never,
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::super::expression::Expression;
    use super::super::missing_data::MissingDataRule;
    use super::super::model::{Comparison, Line, Series, Window as Clock};
    use super::super::statistic::Statistic;
    use super::*;
    use crate::account::TreatMissingData;

    /// An alarm on one filter, and what its events publish.
    struct Setup {
        value: f64,
        model: AlarmModel,
    }

    impl Setup {
        /// The alarm of the benchmark's remediation: Sum >= 1 in one period of one, value 1, no default value.
        fn benchmark() -> Self {
            let model = AlarmModel {
                expression: Expression::Line(0),
                lines: vec![Line { series: 0, statistic: Statistic::Sum }],
                series: vec![Series { has_value: true, ..Series::default() }],
                comparison: Comparison::AtLeast,
                threshold: 1.0,
                rule: MissingDataRule { needed: 1, of: 1, missing: TreatMissingData::Missing },
                period: 300,
                window: Clock::Sliding,
                spacing: 1,
                samples: 0,
                field: String::new(),
            };
            Self { value: 1.0, model }
        }

        fn set(&mut self, statistic: Statistic, default: Option<f64>) {
            self.model.lines[0].statistic = statistic;
            self.model.series[0].default = default;
        }

        fn rule(&mut self, needed: usize, of: usize, missing: TreatMissingData) {
            self.model.rule = MissingDataRule { needed, of, missing };
        }

        fn response(&self) -> Response {
            let reading = Reading::default();
            Simulation { model: &self.model, value: Some(self.value), matched: &|_| false, reading }.response()
        }
    }

    /// How the benchmark's alarm responds once it is changed.
    fn changed(change: impl FnOnce(&mut Setup)) -> Response {
        let mut setup = Setup::benchmark();
        change(&mut setup);
        setup.response()
    }

    use TreatMissingData::{Breaching, Ignore, Missing, NotBreaching};

    #[test]
    fn the_alarm_of_the_benchmark_responds() {
        assert_eq!(changed(|_| ()), Response::EveryEvent);
        assert_eq!(changed(|it| it.model.rule.missing = NotBreaching), Response::EveryEvent);
        assert_eq!(changed(|it| it.set(Statistic::Sum, Some(0.0))), Response::EveryEvent);
    }

    #[test]
    fn a_threshold_above_the_value_needs_a_burst() {
        assert_eq!(changed(|it| it.model.threshold = 10.0), Response::Burst { events: 10, periods: 1 });
        let above = |it: &mut Setup| it.model.comparison = Comparison::Above;
        assert_eq!(changed(above), Response::Burst { events: 2, periods: 1 });
        let of_three = |it: &mut Setup| (it.value, it.model.threshold) = (3.0, 10.0);
        assert_eq!(changed(of_three), Response::Burst { events: 4, periods: 1 });
    }

    /// The premature-alarm rule of AWS: after a while without data, one breaching period is enough.
    #[rstest]
    #[case(Missing, None, Response::EveryEvent)]
    #[case(Missing, Some(0.0), Response::Burst { events: 1, periods: 3 })]
    #[case(Ignore, None, Response::Burst { events: 1, periods: 3 })]
    #[case(Ignore, Some(0.0), Response::Burst { events: 1, periods: 3 })]
    #[case(NotBreaching, None, Response::Burst { events: 1, periods: 3 })]
    #[case(NotBreaching, Some(0.0), Response::Burst { events: 1, periods: 3 })]
    #[case(Breaching, None, Response::InAlarmBefore(Traffic::Any))]
    #[case(Breaching, Some(0.0), Response::InAlarmBefore(Traffic::Quiet))]
    fn three_of_three(#[case] missing: TreatMissingData, #[case] default: Option<f64>, #[case] expected: Response) {
        let change = |it: &mut Setup| {
            it.rule(3, 3, missing);
            it.set(Statistic::Sum, default);
        };
        assert_eq!(changed(change), expected);
    }

    #[test]
    fn two_of_three_need_one_event_less() {
        assert_eq!(changed(|it| it.rule(2, 3, NotBreaching)), Response::Burst { events: 1, periods: 2 });
        let five = |it: &mut Setup| {
            it.rule(2, 3, NotBreaching);
            it.model.threshold = 5.0;
        };
        assert_eq!(changed(five), Response::Burst { events: 5, periods: 2 });
    }

    #[test]
    fn an_alarm_that_stays_in_alarm_responds_once_at_most() {
        let of = |missing, default| {
            changed(|it| {
                it.model.rule.missing = missing;
                it.set(Statistic::Sum, default);
            })
        };
        assert_eq!(of(Ignore, None), Response::Once(Traffic::Any));
        assert_eq!(of(Ignore, Some(0.0)), Response::Once(Traffic::Quiet));
        assert_eq!(of(Breaching, None), Response::InAlarmBefore(Traffic::Any));
        assert_eq!(of(Breaching, Some(0.0)), Response::InAlarmBefore(Traffic::Quiet));
        assert_eq!(of(Missing, Some(1.0)), Response::InAlarmBefore(Traffic::Busy));
    }

    #[test]
    fn the_default_value_dilutes() {
        let diluted = Response::Never { diluted: true };
        for statistic in [Statistic::Average, Statistic::Minimum] {
            assert_eq!(changed(|it| it.set(statistic, None)), Response::EveryEvent);
            assert_eq!(changed(|it| it.set(statistic, Some(0.0))), diluted);
        }
        assert_eq!(changed(|it| it.set(Statistic::Sum, Some(-1.0))), diluted);
    }

    #[test]
    fn a_value_that_never_breaches_never_makes_an_alarm() {
        assert_eq!(changed(|it| it.value = 0.0), Response::Never { diluted: false });
        let maximum = |it: &mut Setup| {
            it.set(Statistic::Maximum, None);
            it.model.threshold = 2.0;
        };
        assert_eq!(changed(maximum), Response::Never { diluted: false });
    }

    #[test]
    fn an_inverse_alarm_responds_to_a_single_event_only() {
        assert_eq!(changed(|it| it.model.comparison = Comparison::AtMost), Response::SingleEvent);
        assert_eq!(changed(|it| it.model.comparison = Comparison::Below), Response::Never { diluted: false });
    }

    #[test]
    fn the_longest_window_is_simulated_too() {
        assert_eq!(changed(|it| it.rule(1440, 1440, NotBreaching)), Response::Burst { events: 1, periods: 1440 });
        let nothing = |it: &mut Setup| {
            it.rule(1, 1440, NotBreaching);
            it.value = 0.0;
        };
        assert_eq!(changed(nothing), Response::Never { diluted: false });
    }

    #[test]
    fn samples_of_other_events_count_too() {
        assert_eq!(changed(|it| it.set(Statistic::SampleCount, None)), Response::EveryEvent);
        let counted = changed(|it| it.set(Statistic::SampleCount, Some(0.0)));
        assert_eq!(counted, Response::InAlarmBefore(Traffic::Busy));
    }

    #[test]
    fn a_repeated_datapoint_lasts_as_long_as_it_is_looked_back_on() {
        let of = |repeats_forever| {
            let mut setup = Setup::benchmark();
            setup.model.expression = Expression::Repeat(Box::new(Expression::Line(0)), 0);
            let reading = Reading { repeats_forever, ..Reading::default() };
            Simulation { model: &setup.model, value: Some(1.0), matched: &|_| false, reading }.response()
        };
        assert_eq!(of(false), Response::EveryEvent);
        assert_eq!(of(true), Response::Once(Traffic::Any));
    }
}
