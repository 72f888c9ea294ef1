//! The statistics of CloudWatch: how the datapoints of a period become one number.
//!
//! Source: CloudWatch User Guide, "CloudWatch statistics definitions".

use super::range::{Abstract, Range};
use crate::fault::StatisticError;

/// A statistic of the datapoints of one period.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Statistic {
    SampleCount,
    Average,
    Sum,
    Minimum,
    Maximum,
    /// From 0 to 100.
    Percentile(f64),
    /// The percentage of datapoints between two values.
    Rank(Between),
    /// How many datapoints are between two values.
    TrimmedCount(Between),
    /// The sum of the datapoints between two values.
    TrimmedSum(Between),
    /// The mean of the datapoints between two values.
    TrimmedMean(Between),
    /// The mean of all datapoints, those outside of two values moved to the nearer one.
    WinsorizedMean(Between),
    /// A mean between percentages of the datapoints: of equal ones it is their value.
    Middle,
}

/// Above the first value and up to the second.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Between {
    low: f64,
    high: f64,
}

/// Datapoints of a series in one period: so many of each value.
pub(crate) type Datapoints = [(u64, f64)];

/// The datapoints that a series may have in one period.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct PossibleDatapoints {
    /// One datapoint in each of these ranges.
    pub certain: Vec<Range>,
    /// Any number of datapoints, also none, in each of these ranges.
    pub optional: Vec<Range>,
}

impl Statistic {
    /// The statistic by its name in an alarm: `Sum`, `p99`, `TM(10%:90%)`.
    pub(super) fn parse(text: &str) -> Result<Self, StatisticError> {
        let unknown = || StatisticError::Unknown { statistic: text.to_owned() };
        let named = match text {
            "SampleCount" => Some(Self::SampleCount),
            "Average" => Some(Self::Average),
            "Sum" => Some(Self::Sum),
            "Minimum" => Some(Self::Minimum),
            "Maximum" => Some(Self::Maximum),
            "IQM" => Some(Self::Middle),
            _ => None,
        };
        if let Some(statistic) = named {
            return Ok(statistic);
        }
        if let Some(rank) = text.strip_prefix('p').and_then(|rank| rank.parse::<f64>().ok()) {
            return if (0.0..=100.0).contains(&rank) { Ok(Self::Percentile(rank)) } else { Err(unknown()) };
        }
        let upper = text.to_ascii_uppercase();
        let (function, bounds) = match upper.split_once('(') {
            Some((function, rest)) => (function.trim(), rest.strip_suffix(')').ok_or_else(unknown)?),
            None => upper.split_at_checked(2).ok_or_else(unknown)?,
        };
        let trimmed = || StatisticError::FewDatapoints { statistic: text.to_owned() };
        let between = match bounds.contains('%') || !upper.contains('(') {
            // `tm90`, `TC(10%:90%)`: AWS does not document how a percentage of a few datapoints is rounded.
            true if !is_percentages(bounds) => return Err(unknown()),
            true if matches!(function, "TM" | "WM") => return Ok(Self::Middle),
            true if matches!(function, "TC" | "TS") => return Err(trimmed()),
            true => return Err(unknown()),
            false => Between::parse(bounds).ok_or_else(unknown)?,
        };
        match function {
            "PR" => Ok(Self::Rank(between)),
            "TC" => Ok(Self::TrimmedCount(between)),
            "TS" => Ok(Self::TrimmedSum(between)),
            "TM" => Ok(Self::TrimmedMean(between)),
            "WM" => Ok(Self::WinsorizedMean(between)),
            _ => Err(unknown()),
        }
    }

    /// The number of a period; none without datapoints.
    pub(super) fn of(self, datapoints: &Datapoints) -> Option<f64> {
        let published = datapoints.iter().filter(|(count, _)| *count > 0);
        #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
        let published: Vec<(f64, f64)> = published.map(|&(count, value)| (count as f64, value)).collect();
        if published.is_empty() {
            return None;
        }
        let values = || published.iter().map(|&(_, value)| value);
        let count = |keep: &dyn Fn(f64) -> bool| -> f64 {
            published.iter().filter(|(_, value)| keep(*value)).map(|&(count, _)| count).sum()
        };
        let sum = |of: &dyn Fn(f64) -> f64| -> f64 { published.iter().map(|&(count, value)| count * of(value)).sum() };
        let all = |_: f64| true;
        let within = |between: Between| move |value: f64| between.has(value);
        let kept = |between: Between| move |value: f64| if between.has(value) { value } else { 0.0 };
        Some(match self {
            Self::SampleCount => count(&all),
            Self::Sum => sum(&|value| value),
            Self::Average => sum(&|value| value) / count(&all),
            Self::Minimum => values().fold(f64::INFINITY, f64::min),
            Self::Maximum => values().fold(f64::NEG_INFINITY, f64::max),
            Self::Percentile(rank) => percentile(rank, count(&all), &published),
            Self::Rank(between) => count(&within(between)) / count(&all) * 100.0,
            Self::TrimmedCount(between) => count(&within(between)),
            Self::TrimmedSum(between) => sum(&kept(between)),
            Self::TrimmedMean(between) => {
                let inside = count(&within(between));
                return (inside > 0.0).then(|| sum(&kept(between)) / inside);
            }
            Self::WinsorizedMean(between) => {
                sum(&|value| value.clamp(between.low.min(between.high), between.high)) / count(&all)
            }
            // Only asked of equal datapoints.
            Self::Middle => sum(&|value| value) / count(&all),
        })
    }

    /// The numbers that a period may have.
    pub(super) fn range(self, datapoints: &PossibleDatapoints) -> Abstract {
        let PossibleDatapoints { certain, optional } = datapoints;
        let all = || certain.iter().chain(optional);
        let Some(hull) = all().copied().reduce(Range::join) else { return Abstract::missing() };
        #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
        let least = certain.len().max(1) as f64;
        let open = !optional.is_empty();
        let most = if open { f64::INFINITY } else { least };
        let range = match self {
            Self::SampleCount => Range::new(least, most),
            Self::Sum => sum(certain, optional),
            Self::Average | Self::Percentile(_) | Self::Middle => hull,
            Self::Minimum => {
                let high = certain.iter().map(|range| range.high).reduce(f64::min).unwrap_or(hull.high);
                Range::new(hull.low, high)
            }
            Self::Maximum => {
                let low = certain.iter().map(|range| range.low).reduce(f64::max).unwrap_or(hull.low);
                Range::new(low, hull.high)
            }
            Self::Rank(_) => Range::new(0.0, 100.0),
            Self::TrimmedCount(_) => Range::new(0.0, most),
            Self::TrimmedSum(_) | Self::TrimmedMean(_) | Self::WinsorizedMean(_) => Range::ANY,
        };
        let missing = certain.is_empty() || matches!(self, Self::TrimmedMean(_));
        Abstract { present: Some(range), missing }
    }

    /// Whether the statistic is known for datapoints of different values.
    pub(super) fn is_exact(self) -> bool {
        self != Self::Middle
    }
}

impl Between {
    /// `100:2000`, either of which may be left out.
    fn parse(text: &str) -> Option<Self> {
        let bound = |text: &str, open: f64| {
            let text = text.trim();
            if text.is_empty() { Some(open) } else { text.parse::<f64>().ok().filter(|bound| bound.is_finite()) }
        };
        let (low, high) = text.split_once(':')?;
        Some(Self { low: bound(low, f64::NEG_INFINITY)?, high: bound(high, f64::INFINITY)? })
    }

    fn has(self, value: f64) -> bool {
        self.low < value && value <= self.high
    }
}

/// `90` of `tm90`, or `10%:90%`.
fn is_percentages(text: &str) -> bool {
    let percentage = |text: &str| {
        let number = text.trim().strip_suffix('%').unwrap_or(text.trim());
        number.parse::<f64>().is_ok_and(|number| (0.0..=100.0).contains(&number))
    };
    match text.split_once(':') {
        Some((low, high)) => [low, high].iter().all(|bound| bound.trim().is_empty() || percentage(bound)),
        None => percentage(text),
    }
}

/// The least value that so many percent of the datapoints do not exceed. AWS does not document how it rounds; that
/// matters beside a handful of other events only, and never beside very many.
fn percentile(rank: f64, count: f64, published: &[(f64, f64)]) -> f64 {
    let mut published = published.to_vec();
    published.sort_by(|(_, one), (_, other)| one.total_cmp(other));
    let mut below = 0.0;
    for &(here, value) in &published {
        below += here;
        if below >= rank / 100.0 * count {
            return value;
        }
    }
    published.last().map_or(0.0, |&(_, value)| value)
}

/// The sums of one datapoint in each of the first ranges and any number in the second ones: at least one in all.
fn sum(certain: &[Range], optional: &[Range]) -> Range {
    let (low, high) = certain.iter().fold((0.0, 0.0), |(low, high), range| (low + range.low, high + range.high));
    let less = optional.iter().any(|range| range.low < 0.0);
    let more = optional.iter().any(|range| range.high > 0.0);
    let (mut low, mut high) = (low, high);
    if certain.is_empty() {
        low = optional.iter().map(|range| range.low).fold(f64::INFINITY, f64::min);
        high = optional.iter().map(|range| range.high).fold(f64::NEG_INFINITY, f64::max);
    }
    Range::new(if less { f64::NEG_INFINITY } else { low }, if more { f64::INFINITY } else { high })
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn between(low: f64, high: f64) -> Between {
        Between { low, high }
    }

    #[rstest]
    #[case("p99", Statistic::Percentile(99.0))]
    #[case("p99.9", Statistic::Percentile(99.9))]
    #[case("tm90", Statistic::Middle)]
    #[case("WM(10%:90%)", Statistic::Middle)]
    #[case("TM(:95%)", Statistic::Middle)]
    #[case("IQM", Statistic::Middle)]
    #[case("PR(:300)", Statistic::Rank(between(f64::NEG_INFINITY, 300.0)))]
    #[case("PR(100:2000)", Statistic::Rank(between(100.0, 2000.0)))]
    #[case("TC(0:10)", Statistic::TrimmedCount(between(0.0, 10.0)))]
    #[case("TS(80:)", Statistic::TrimmedSum(between(80.0, f64::INFINITY)))]
    #[case("TM(150:1000)", Statistic::TrimmedMean(between(150.0, 1000.0)))]
    #[case("WM(0:1)", Statistic::WinsorizedMean(between(0.0, 1.0)))]
    fn statistics(#[case] text: &str, #[case] expected: Statistic) {
        assert_eq!(Statistic::parse(text), Ok(expected));
    }

    #[rstest]
    #[case("tc90")]
    #[case("ts90")]
    #[case("TC(10%:90%)")]
    fn a_percentage_of_few_datapoints_is_not_documented(#[case] text: &str) {
        let statistic = text.to_owned();
        assert_eq!(Statistic::parse(text), Err(StatisticError::FewDatapoints { statistic }));
    }

    #[rstest]
    #[case("p101")]
    #[case("PR(a:b)")]
    #[case("PR(10%:20%)")]
    #[case("TM(5:10")]
    #[case("Median")]
    #[case("")]
    #[case("é")]
    fn what_is_no_statistic(#[case] text: &str) {
        assert_eq!(Statistic::parse(text), Err(StatisticError::Unknown { statistic: text.to_owned() }));
    }

    /// Of 2, 2 and 8.
    #[rstest]
    #[case("SampleCount", 3.0)]
    #[case("Sum", 12.0)]
    #[case("Average", 4.0)]
    #[case("Minimum", 2.0)]
    #[case("Maximum", 8.0)]
    #[case("p50", 2.0)]
    #[case("p90", 8.0)]
    #[case("PR(2:8)", 1.0 / 3.0 * 100.0)]
    #[case("PR(1:2)", 2.0 / 3.0 * 100.0)]
    #[case("TC(1:2)", 2.0)]
    #[case("TS(2:)", 8.0)]
    #[case("TM(1:2)", 2.0)]
    #[case("WM(:5)", 3.0)]
    fn of_three_datapoints(#[case] text: &str, #[case] expected: f64) {
        assert_eq!(Statistic::parse(text).unwrap().of(&[(2, 2.0), (1, 8.0), (0, 100.0)]), Some(expected));
    }

    #[test]
    fn nothing_is_made_of_no_datapoints() {
        for text in ["Sum", "SampleCount", "p99", "TC(0:1)"] {
            assert_eq!(Statistic::parse(text).unwrap().of(&[(0, 1.0)]), None);
        }
        assert_eq!(Statistic::parse("TM(5:10)").unwrap().of(&[(1, 1.0)]), None);
    }
}
