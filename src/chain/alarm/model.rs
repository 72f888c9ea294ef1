//! A metric alarm as it is simulated: its settings, and what filters publish to the series that it watches.

use super::expression::{Expression, Memory, Reading};
use super::missing_data::MissingDataRule;
use super::range::{Abstract, Range};
use super::statistic::{PossibleDatapoints, Statistic};

/// A metric alarm, as one filter publishes to what it watches.
#[derive(Clone, Debug)]
pub(crate) struct AlarmModel {
    pub expression: Expression,
    pub lines: Vec<Line>,
    pub series: Vec<Series>,
    pub comparison: Comparison,
    pub threshold: f64,
    pub rule: MissingDataRule,
    /// In seconds.
    pub period: u32,
    /// How the periods lie on the clock.
    pub window: Window,
    /// Periods from one datapoint to the next: more than one if they are shorter than the minute of a filter's metric.
    pub spacing: usize,
    /// With fewer datapoints in a period the alarm keeps its state.
    pub samples: u64,
    /// The field that the filter takes its value from; empty if the value is constant.
    pub field: String,
}

/// One statistic of a series.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Line {
    /// The place of the series.
    pub series: usize,
    pub statistic: Statistic,
}

/// What filters publish to a series.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Series {
    /// Whether an event that matches the filter publishes its value here.
    pub has_value: bool,
    /// What the filter publishes here for every event that it does not match.
    pub default: Option<f64>,
    /// Other filters of the same log group, which see the same events.
    pub here: Vec<Neighbor>,
    /// Filters of other log groups.
    pub elsewhere: Vec<Neighbor>,
}

/// Another filter that publishes to a series.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Neighbor {
    /// Its place among the publishers of the region.
    pub publisher: usize,
    /// The name of the filter.
    pub filter: String,
    /// Whether it may match an event that the other filter matches.
    pub shares_events: bool,
    /// What an event that it matches may publish here: nothing if it publishes elsewhere.
    pub value: Option<Range>,
    /// What it publishes here for every event that it does not match.
    pub default: Option<f64>,
}

/// How the measured number, on the left, is compared with the threshold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Comparison {
    AtLeast,
    Above,
    Below,
    AtMost,
}

/// How periods lie on the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Window {
    /// They end at each evaluation.
    Sliding,
    /// They end at the full minute, hour, day or week, and are evaluated then.
    WallClock,
}

/// What the events of a filter publish.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Value {
    /// The events in question: one of these numbers.
    pub number: Range,
    /// All events that the filter matches.
    pub any: Range,
}

/// What happens in a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Load {
    /// Events in question.
    pub matching: u64,
    /// Events of the log group that no filter matches.
    pub ordinary: u64,
    /// Events of other log groups that no filter matches.
    pub elsewhere: u64,
}

/// How many of the events in question another filter of the log group matches too: all or none.
pub(super) type Matched<'a> = &'a dyn Fn(usize) -> bool;

impl Value {
    /// The number that stands for all others in a simulation: the nearest to 0 that is finite.
    pub(super) fn representative(self) -> f64 {
        self.number.nearest()
    }
}

impl Comparison {
    pub(crate) fn sign(self) -> &'static str {
        match self {
            Self::AtLeast => ">=",
            Self::Above => ">",
            Self::Below => "<",
            Self::AtMost => "<=",
        }
    }

    /// Whether alarms wait for greater numbers.
    fn is_upward(self) -> bool {
        matches!(self, Self::AtLeast | Self::Above)
    }

    fn holds(self, number: f64, threshold: f64) -> bool {
        match self {
            Self::AtLeast => number >= threshold,
            Self::Above => number > threshold,
            Self::Below => number < threshold,
            Self::AtMost => number <= threshold,
        }
    }
}

impl AlarmModel {
    /// The number of a period with such a load; none without a datapoint.
    pub(super) fn number(
        &self,
        load: Load,
        value: Option<f64>,
        matched: Matched<'_>,
        reading: Reading,
        memory: &mut Memory,
    ) -> Option<f64> {
        let published: Vec<_> = self.series.iter().map(|series| series.published(load, value, matched)).collect();
        let of = |line: &Line| line.statistic.of(published.get(line.series)?);
        let lines: Vec<_> = self.lines.iter().map(of).collect();
        self.expression.of(&lines, reading, memory)
    }

    /// How many datapoints the period has in all.
    pub(super) fn count(&self, load: Load, value: Option<f64>, matched: Matched<'_>) -> u64 {
        let counts = self.series.iter().flat_map(|series| series.published(load, value, matched));
        counts.map(|(count, _)| count).sum()
    }

    pub(super) fn breaches(&self, number: f64) -> bool {
        self.comparison.holds(number, self.threshold)
    }

    /// What a period may come to, with an event in question in it or without, whatever else is published.
    pub(super) fn range(&self, event: Option<Option<Value>>, any: Option<Range>) -> Abstract {
        let series: Vec<_> = self.series.iter().map(|series| series.possible(event, any)).collect();
        let of =
            |line: &Line| series.get(line.series).map_or_else(Abstract::missing, |series| line.statistic.range(series));
        self.expression.range(&self.lines.iter().map(of).collect::<Vec<_>>())
    }

    /// What a period comes to in which one event publishes one of these numbers, and nothing else is published.
    pub(super) fn alone(&self, number: Range) -> Abstract {
        let published = |series: &Series| PossibleDatapoints {
            certain: if series.has_value { vec![number] } else { Vec::new() },
            optional: Vec::new(),
        };
        let series: Vec<_> = self.series.iter().map(published).collect();
        let of =
            |line: &Line| series.get(line.series).map_or_else(Abstract::missing, |series| line.statistic.range(series));
        self.expression.range(&self.lines.iter().map(of).collect::<Vec<_>>())
    }

    /// Whether all of the numbers breach the threshold.
    pub(super) fn all_breach(&self, range: Range) -> bool {
        let nearest = if self.comparison.is_upward() { range.low } else { range.high };
        self.breaches(nearest)
    }

    /// Whether none of the numbers breaches the threshold.
    pub(super) fn none_breaches(&self, range: Range) -> bool {
        let farthest = if self.comparison.is_upward() { range.high } else { range.low };
        !self.breaches(farthest)
    }

    /// What an event that no filter matches publishes: the first default value that there is.
    pub(crate) fn default(&self) -> Option<f64> {
        let of = |series: &Series| {
            let neighbors = || series.here.iter().chain(&series.elsewhere);
            series.default.or_else(|| neighbors().find_map(|neighbor| neighbor.default))
        };
        self.series.iter().find_map(of)
    }

    /// Whether events of the same log group, and of others, publish default values.
    pub(super) fn has_defaults(&self) -> (bool, bool) {
        let of = |neighbors: &[Neighbor]| neighbors.iter().any(|neighbor| neighbor.default.is_some());
        let here = self.series.iter().any(|series| series.default.is_some() || of(&series.here));
        (here, self.series.iter().any(|series| of(&series.elsewhere)))
    }

    /// Other filters that publish to what the alarm watches.
    pub(super) fn neighbors(&self) -> impl Iterator<Item = &Neighbor> {
        self.series.iter().flat_map(|series| series.here.iter().chain(&series.elsewhere))
    }

    /// How many seconds an evaluation takes in.
    pub(crate) fn evaluation_window(&self) -> u64 {
        u64::from(self.period) * self.rule.of as u64
    }
}

impl Series {
    /// What is published with such a load.
    pub(super) fn published(&self, load: Load, value: Option<f64>, matched: Matched<'_>) -> Vec<(u64, f64)> {
        let mut published = Vec::new();
        let mut add = |count: u64, value: Option<f64>| {
            if let Some(value) = value.filter(|_| count > 0) {
                published.push((count, value));
            }
        };
        add(load.matching, value.filter(|_| self.has_value));
        add(load.ordinary, self.default);
        for neighbor in &self.here {
            let matches = neighbor.shares_events && matched(neighbor.publisher);
            let of_event = if matches { neighbor.value.map(Range::nearest) } else { neighbor.default };
            add(load.matching, of_event);
            add(load.ordinary, neighbor.default);
        }
        for neighbor in &self.elsewhere {
            add(load.elsewhere, neighbor.default);
        }
        published
    }

    /// What may be published in a period, with an event in question or without.
    fn possible(&self, event: Option<Option<Value>>, any: Option<Range>) -> PossibleDatapoints {
        let mut possible = PossibleDatapoints::default();
        let exactly = |number: Option<f64>| number.map(Range::exactly);
        if let Some(value) = event {
            possible.certain.extend(value.filter(|_| self.has_value).map(|value| value.number));
            for neighbor in &self.here {
                let default = exactly(neighbor.default);
                match (default, neighbor.value) {
                    (Some(default), _) if !neighbor.shares_events => possible.certain.push(default),
                    // Whichever of both it is, there is a datapoint, unless the value is a field that the event lacks.
                    (Some(default), Some(value)) if value.low == value.high => {
                        possible.certain.push(default.join(value))
                    }
                    _ => {}
                }
            }
        }
        possible.optional.extend(any.filter(|_| self.has_value));
        possible.optional.extend(exactly(self.default));
        for neighbor in self.here.iter().chain(&self.elsewhere) {
            possible.optional.extend(neighbor.value);
            possible.optional.extend(exactly(neighbor.default));
        }
        possible
    }
}
