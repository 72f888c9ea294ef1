//! The state of an alarm, as the CloudWatch User Guide ("Configuring how CloudWatch alarms treat missing data")
//! describes and tabulates it.

use crate::account::TreatMissingData;

/// What an alarm is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    Ok,
    Alarm,
    InsufficientData,
}

/// How many breaching periods, out of how many, make an alarm.
#[derive(Clone, Debug)]
pub(crate) struct Rule {
    /// M of "M out of N": `DatapointsToAlarm`.
    pub needed: usize,
    /// N: `EvaluationPeriods`.
    pub of: usize,
    pub missing: TreatMissingData,
}

impl Rule {
    /// How many periods an evaluation looks back: AWS says more than N, and shows 5 where N is 3.
    pub(crate) fn range(&self) -> usize {
        self.of + 2
    }

    /// The state after an evaluation of `periods`, oldest first: for each whether it breaches, `None` without data.
    pub(crate) fn evaluate(&self, periods: &[Option<bool>], before: State) -> State {
        let real: Vec<bool> = periods.iter().rev().copied().flatten().collect();
        if real.is_empty() {
            return match self.missing {
                TreatMissingData::Breaching => State::Alarm,
                TreatMissingData::NotBreaching => State::Ok,
                TreatMissingData::Ignore => before,
                TreatMissingData::Missing | TreatMissingData::Other(_) => State::InsufficientData,
            };
        }
        let filled = self.of.saturating_sub(real.len());
        let breaching = real.iter().take(self.of).filter(|&&breaches| breaches).count();
        let breaching = breaching + if self.missing == TreatMissingData::Breaching { filled } else { 0 };
        if breaching >= self.needed {
            return State::Alarm;
        }
        // Too few datapoints, all of them breaching, the oldest so old that the alarm should not wait any longer.
        let age = periods.iter().position(Option::is_some).map_or(0, |oldest| periods.len() - oldest);
        let premature = real.len() < self.needed && real.iter().all(|&breaches| breaches);
        match self.missing {
            TreatMissingData::Missing if premature && age >= self.needed => State::Alarm,
            TreatMissingData::Missing | TreatMissingData::Ignore if premature => before,
            _ => State::Ok,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::{Rule, State, TreatMissingData};

    /// The tables of the AWS page: `0` a period that does not breach, `X` one that does, `-` one without data.
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
                let rule = Rule { needed: number("M"), of: number("N"), missing: TreatMissingData::from(missing) };
                assert_eq!(rule.range(), periods.len());
                for before in [State::Ok, State::Alarm, State::InsufficientData] {
                    let expected = match row[missing].as_str().unwrap() {
                        "OK" => State::Ok,
                        "ALARM" => State::Alarm,
                        "RETAIN" => before,
                        _ => State::InsufficientData,
                    };
                    assert_eq!(rule.evaluate(&periods, before), expected, "{missing} {row}");
                }
            }
        }
    }
}
