//! How an alarm responds where several filters publish to what it watches.
//!
//! An event that one filter matches may match the others too, and other events may publish at any time. A response counts
//! only if none of that can take it away.

use super::expression::Reading;
use super::model::{AlarmModel, Neighbor, Value};
use super::range::Abstract;
use super::simulation::{Response, Simulation};
use crate::fault::{AlarmDoubt, MathError};

/// How an alarm responds to those events that match, and that do not match, certain other filters.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Case {
    /// The other filters, by their place among the publishers of the region, and whether the events match each.
    pub matched: Vec<(usize, bool)>,
    pub response: Result<Response, AlarmDoubt>,
}

/// How many other filters an event is tried to match and not to match.
const OTHERS: usize = 4;

impl AlarmModel {
    /// How the alarm responds to events that publish this, or nothing; every event is in one case.
    pub(crate) fn cases(&self, value: Option<Value>) -> Vec<Case> {
        let others = self.distinguishing();
        if others.len() > OTHERS {
            return vec![self.undistinguished(value)];
        }
        let subsets = 0..1_usize << others.len();
        let case = |subset: usize| {
            let matched: Vec<_> =
                others.iter().enumerate().map(|(at, other)| (*other, subset >> at & 1 == 1)).collect();
            let is_matched = |publisher: usize| matched.iter().any(|(known, matches)| *known == publisher && *matches);
            let response = self.response(value, &is_matched);
            Case { matched, response }
        };
        let cases: Vec<_> = subsets.map(case).collect();
        // Where the others make no difference, they need not be asked about.
        match cases.split_first() {
            Some((first, rest)) if rest.iter().all(|case| case.response == first.response) => {
                vec![Case { matched: Vec::new(), response: first.response.clone() }]
            }
            _ => cases,
        }
    }

    /// The case of all events, where too many other filters may match them.
    fn undistinguished(&self, value: Option<Value>) -> Case {
        let (none, all) = (self.response(value, &|_| false), self.response(value, &|_| true));
        let response = if none == all { none } else { Err(self.doubt_about_others()) };
        Case { matched: Vec::new(), response }
    }

    /// The other filters of the log group whose match changes what is published here, if what they publish is known.
    fn distinguishing(&self) -> Vec<usize> {
        let differs = |neighbor: &&Neighbor| {
            let value = neighbor.value.filter(|value| value.low == value.high);
            neighbor.shares_events && value.is_some_and(|value| neighbor.default != Some(value.low))
        };
        let here = self.series.iter().flat_map(|series| &series.here);
        let mut others: Vec<_> = here.filter(differs).map(|neighbor| neighbor.publisher).collect();
        others.sort_unstable();
        others.dedup();
        others
    }

    /// How the alarm responds to events that match the filter and, of the others, just these.
    fn response(&self, value: Option<Value>, matched: &dyn Fn(usize) -> bool) -> Result<Response, AlarmDoubt> {
        let of = |reading: Reading| {
            let value = value.map(Value::representative);
            Simulation { model: self, value, matched, reading }.response()
        };
        let mut responses = self.expression.readings().into_iter().map(|reading| (reading, of(reading)));
        let Some((_, first)) = responses.next() else { return Err(MathError::NoMetric.into()) };
        if let Some((reading, _)) = responses.find(|(_, response)| *response != first) {
            return Err(if reading.repeats_forever { AlarmDoubt::Repeat } else { AlarmDoubt::MissingMember });
        }
        match first {
            Response::EveryEvent if !self.withstands_others(value) => Err(self.doubt_about_others()),
            response => Ok(response),
        }
    }

    /// Whether the alarm goes to ALARM for an event whatever else is published at that time and before.
    fn withstands_others(&self, value: Option<Value>) -> bool {
        let own = value.is_some_and(|value| value.any != value.number || value.number.low != value.number.high);
        let has_neighbors = self.neighbors().next().is_some();
        if !own && !has_neighbors {
            return true;
        }
        let any = value.map(|value| value.any);
        let surely =
            |Abstract { present, missing }: Abstract| !missing && present.is_some_and(|it| self.all_breach(it));
        let with_event = self.range(Some(value), any);
        // A single breaching period is enough, or no other period has a datapoint that does not breach.
        let alone = self.rule.needed == 1;
        let without = || self.range(None, any).present.is_none_or(|range| self.all_breach(range));
        self.samples == 0 && surely(with_event) && (alone || without())
    }

    fn doubt_about_others(&self) -> AlarmDoubt {
        match self.neighbors().next() {
            Some(neighbor) => AlarmDoubt::OtherFilter { filter: neighbor.filter.clone() },
            None => AlarmDoubt::OtherValues { field: self.field.clone() },
        }
    }
}
