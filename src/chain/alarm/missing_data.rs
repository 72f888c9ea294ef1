//! The state of a metric alarm after an evaluation, also where datapoints are missing.
//!
//! Source: CloudWatch User Guide, "Configuring how CloudWatch alarms treat missing data", with its tables.

use std::collections::VecDeque;

use crate::account::TreatMissingData;

/// The state of an alarm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    Ok,
    Alarm,
    InsufficientData,
}

/// How many breaching periods, out of how many, make an alarm, and what a period without a datapoint counts as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MissingDataRule {
    /// M of "M out of N": `DatapointsToAlarm`.
    pub needed: usize,
    /// N: `EvaluationPeriods`.
    pub of: usize,
    pub missing: TreatMissingData,
}

/// The periods that an evaluation looks back on.
#[derive(Clone, Debug)]
pub(crate) struct Window {
    /// Those with a datapoint, oldest first: how many periods were there before, and whether it breaches the threshold.
    real: VecDeque<(usize, bool)>,
    breaching: usize,
    /// How many periods there were in all.
    time: usize,
}

impl MissingDataRule {
    /// How many periods an evaluation looks back: AWS says that they are more than N, and shows 5 where N is 3.
    pub(crate) fn range(&self) -> usize {
        self.of + 2
    }

    /// The state after an evaluation of the window by an alarm that was in the state `before`.
    pub(crate) fn evaluate(&self, window: &Window, before: State) -> State {
        let Some((oldest, _)) = window.real.front() else {
            return match self.missing {
                TreatMissingData::Breaching => State::Alarm,
                TreatMissingData::NotBreaching => State::Ok,
                TreatMissingData::Ignore => before,
                TreatMissingData::Missing | TreatMissingData::Other(_) => State::InsufficientData,
            };
        };
        let real = window.real.len();
        let filled = self.of.saturating_sub(real);
        // Only the latest N count, where there are more.
        let skipped = window.real.iter().take(real.saturating_sub(self.of)).filter(|(_, breaches)| *breaches).count();
        let breaching = window.breaching - skipped;
        let breaching = breaching + if self.missing == TreatMissingData::Breaching { filled } else { 0 };
        if breaching >= self.needed {
            return State::Alarm;
        }
        // Too few datapoints, all of them breaching, the oldest so old that the alarm should not wait any longer.
        let age = window.time - oldest;
        let premature = real < self.needed && window.breaching == real;
        match self.missing {
            TreatMissingData::Missing if premature && age >= self.needed => State::Alarm,
            TreatMissingData::Missing | TreatMissingData::Ignore if premature => before,
            _ => State::Ok,
        }
    }
}

impl Window {
    /// A window before the first period.
    pub(crate) fn new() -> Self {
        Self { real: VecDeque::new(), breaching: 0, time: 0 }
    }

    /// One more period, of which the window looks back on so many: whether it breaches the threshold, `None` without a
    /// datapoint.
    pub(crate) fn push(&mut self, breaches: Option<bool>, range: usize) {
        if let Some(breaches) = breaches {
            self.real.push_back((self.time, breaches));
            self.breaching += usize::from(breaches);
        }
        self.time += 1;
        while let Some(&(oldest, breaches)) = self.real.front() {
            if oldest + range >= self.time {
                break;
            }
            self.real.pop_front();
            self.breaching -= usize::from(breaches);
        }
    }

    /// The window on these periods, oldest first.
    #[cfg(test)]
    pub(crate) fn of(periods: &[Option<bool>]) -> Self {
        let mut window = Self::new();
        periods.iter().for_each(|breaches| window.push(*breaches, periods.len()));
        window
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    /// The tables of the AWS page: `0` a period that does not breach, `X` one that does, `-` one without a datapoint.
    #[test]
    fn the_tables_of_aws_hold() {
        let text = include_str!("../../../tests/fixtures/alarm_vectors.json");
        let vectors: Value = serde_json::from_str(text).unwrap();
        let rows = vectors["alarm_missing_data"].as_array().unwrap();
        assert!(rows.len() >= 10);
        for row in rows {
            let number = |name: &str| usize::try_from(row[name].as_u64().unwrap()).unwrap();
            let periods: Vec<Option<bool>> = row["datapoints_old_to_new"]
                .as_str()
                .unwrap()
                .chars()
                .map(|c| (c != '-').then_some(c == 'X'))
                .collect();
            for missing in ["missing", "ignore", "breaching", "notBreaching"] {
                let missing_data = TreatMissingData::from(missing);
                let rule = MissingDataRule { needed: number("M"), of: number("N"), missing: missing_data };
                assert_eq!(rule.range(), periods.len());
                for before in [State::Ok, State::Alarm, State::InsufficientData] {
                    let expected = match row[missing].as_str().unwrap() {
                        "OK" => State::Ok,
                        "ALARM" => State::Alarm,
                        "RETAIN" => before,
                        _ => State::InsufficientData,
                    };
                    assert_eq!(rule.evaluate(&Window::of(&periods), before), expected, "{missing} {row}");
                }
            }
        }
    }

    #[test]
    fn a_window_forgets() {
        let mut window = Window::new();
        for breaches in [Some(true), None, Some(false), Some(true)] {
            window.push(breaches, 3);
        }
        assert_eq!((window.real, window.breaching), (VecDeque::from([(2, false), (3, true)]), 1));
    }
}
