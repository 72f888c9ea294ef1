//! The number that an alarm compares with its threshold, made of the datapoints of one period.

/// How the datapoints of a period become one number.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Measure {
    /// A statistic of the metric.
    Of(Statistic),
    /// A number in metric math.
    Number(f64),
    /// `FILL`: the number where there is nothing else.
    Fill(Box<Self>, f64),
    /// `SUM` of several series: of those that have something.
    Sum(Vec<Self>),
    /// An operator between two.
    Calculated(Box<Self>, Operator, Box<Self>),
}

/// A statistic of the datapoints of a period.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Statistic {
    SampleCount,
    Average,
    Sum,
    Minimum,
    Maximum,
    /// From 0 to 100.
    Percentile(f64),
    /// The percentage of datapoints within bounds, either of which may be open.
    Rank(f64, f64),
}

/// An operator of metric math. Comparisons give 1 and 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operator {
    Add,
    Subtract,
    Multiply,
    Divide,
    Less,
    AtMost,
    Greater,
    AtLeast,
    Equal,
    Unequal,
}

/// What was published in one period: how many events, and what each published.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Datapoints {
    pub matching: (u64, f64),
    pub others: (u64, f64),
}

impl Measure {
    /// The number of a period; none without datapoints.
    pub(crate) fn of(&self, datapoints: &Datapoints) -> Option<f64> {
        match self {
            Self::Of(statistic) => statistic.of(datapoints),
            Self::Number(number) => Some(*number),
            Self::Fill(measure, number) => measure.of(datapoints).or(Some(*number)),
            Self::Sum(measures) => {
                measures.iter().filter_map(|measure| measure.of(datapoints)).reduce(|sum, number| sum + number)
            }
            Self::Calculated(left, operator, right) => {
                let number = operator.apply(left.of(datapoints)?, right.of(datapoints)?);
                // Metric math has no datapoint where it divides by zero.
                number.is_finite().then_some(number)
            }
        }
    }
}

impl Statistic {
    fn of(self, datapoints: &Datapoints) -> Option<f64> {
        let published = [datapoints.matching, datapoints.others].into_iter().filter(|&(count, _)| count > 0);
        #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
        let published: Vec<(f64, f64)> = published.map(|(count, value)| (count as f64, value)).collect();
        let values = || published.iter().map(|&(_, value)| value);
        let count: f64 = published.iter().map(|&(count, _)| count).sum();
        let sum: f64 = published.iter().map(|&(count, value)| count * value).sum();
        if published.is_empty() {
            return None;
        }
        Some(match self {
            Self::SampleCount => count,
            Self::Sum => sum,
            Self::Average => sum / count,
            Self::Minimum => values().fold(f64::INFINITY, f64::min),
            Self::Maximum => values().fold(f64::NEG_INFINITY, f64::max),
            Self::Percentile(rank) => percentile(rank, count, published),
            Self::Rank(low, high) => {
                let inside = published.iter().filter(|&&(_, value)| low <= value && value <= high);
                inside.map(|&(count, _)| count).sum::<f64>() / count * 100.0
            }
        })
    }
}

/// The least value that so many percent of the datapoints do not exceed. AWS does not say how it rounds; that matters
/// only beside a handful of other events, and never beside very many.
fn percentile(rank: f64, count: f64, mut published: Vec<(f64, f64)>) -> f64 {
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

impl Operator {
    fn apply(self, left: f64, right: f64) -> f64 {
        match self {
            Self::Add => left + right,
            Self::Subtract => left - right,
            Self::Multiply => left * right,
            Self::Divide => left / right,
            Self::Less => f64::from(left < right),
            Self::AtMost => f64::from(left <= right),
            Self::Greater => f64::from(left > right),
            Self::AtLeast => f64::from(left >= right),
            Self::Equal => f64::from(left.total_cmp(&right).is_eq()),
            Self::Unequal => f64::from(left.total_cmp(&right).is_ne()),
        }
    }
}
