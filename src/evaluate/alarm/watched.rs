//! What an alarm measures of a filter's metric: directly, or by lines of metric math.

use super::math::{self, Lines};
use super::measure::{Measure, Statistic};
use crate::account::{Dimension, MetricAlarm, MetricDataQuery, MetricTransformation};

/// A metric as an alarm watches it.
#[derive(Clone, Debug)]
pub(crate) struct Watched<'a> {
    pub dimensions: &'a [Dimension],
    pub unit: Option<&'a str>,
    /// In seconds.
    pub period: u32,
    pub measure: Measure,
    /// The statistic or the expression.
    pub text: &'a str,
}

/// How the alarm watches the metric, or what about it is not judged.
pub(crate) fn watched<'a>(alarm: &'a MetricAlarm, metric: &'a MetricTransformation) -> Result<Watched<'a>, String> {
    if alarm.evaluation_criteria.is_some() {
        return Err("PromQL queries are not judged".to_owned());
    }
    if alarm.threshold_metric_id.is_some() {
        return Err("anomaly bands are not judged: what they allow is learned from the metric's past".to_owned());
    }
    if !alarm.metrics.is_empty() {
        return math(alarm, metric);
    }
    let text = alarm.statistic.as_ref().map(crate::account::Statistic::as_str).or(alarm.extended_statistic.as_deref());
    let text = text.ok_or("the alarm has no statistic")?;
    Ok(Watched {
        dimensions: &alarm.dimensions,
        unit: alarm.unit.as_deref(),
        period: alarm.period.ok_or("the alarm has no period")?,
        measure: Measure::Of(statistic(text, metric.default_value)?),
        text,
    })
}

fn math<'a>(alarm: &'a MetricAlarm, metric: &'a MetricTransformation) -> Result<Watched<'a>, String> {
    let returned: Vec<_> = alarm.metrics.iter().filter(|line| line.return_data != Some(false)).collect();
    let [returned] = returned.as_slice() else {
        return Err("the alarm has to name the one line of metric math that it watches".to_owned());
    };
    let mut query = Query { lines: &alarm.metrics, metric, seen: None, operands: 0 };
    let measure = query.line(&returned.id)?;
    let (dimensions, unit, period) = query.seen.ok_or("the alarm's expression does not use the metric")?;
    let text = returned.expression.as_deref().or(returned.metric_stat.as_ref().map(|stat| stat.stat.as_str()));
    Ok(Watched { dimensions, unit, period, measure, text: text.unwrap_or_default() })
}

/// Metric math over lines that are all on one series of the metric.
struct Query<'a> {
    lines: &'a [MetricDataQuery],
    metric: &'a MetricTransformation,
    /// Dimensions, unit and period of the lines so far.
    seen: Option<(&'a [Dimension], Option<&'a str>, u32)>,
    operands: usize,
}

/// AWS allows ten lines.
const OPERANDS: usize = 200;

impl Lines for Query<'_> {
    fn line(&mut self, name: &str) -> Result<Measure, String> {
        self.count()?;
        let line = self.lines.iter().find(|line| line.id == name);
        let line = line.ok_or_else(|| format!("the alarm's metric math has no line `{name}`"))?;
        let Some(stat) = &line.metric_stat else {
            let text = line.expression.as_deref().ok_or_else(|| format!("the line `{name}` says nothing"))?;
            return math::parse(text, self);
        };
        let named = &stat.metric;
        let own = named.metric_name == self.metric.metric_name
            && named.namespace.as_ref() == Some(&self.metric.metric_namespace);
        if !own || line.account_id.is_some() {
            let namespace = named.namespace.as_deref().unwrap_or_default();
            return Err(format!("the alarm also measures {namespace}/{}, which may be anything", named.metric_name));
        }
        let this = (named.dimensions.as_slice(), stat.unit.as_deref(), stat.period);
        if *self.seen.get_or_insert(this) != this {
            return Err("lines of metric math with different dimensions, units or periods are not judged".to_owned());
        }
        Ok(Measure::Of(statistic(&stat.stat, self.metric.default_value)?))
    }

    fn metrics(&mut self) -> Result<Vec<Measure>, String> {
        let lines = self.lines.iter().filter(|line| line.metric_stat.is_some());
        lines.map(|line| self.line(&line.id)).collect()
    }

    fn count(&mut self) -> Result<(), String> {
        self.operands += 1;
        if self.operands > OPERANDS {
            return Err("the alarm's metric math goes in a circle, or is too long".to_owned());
        }
        Ok(())
    }
}

/// A statistic by its name, of datapoints of which other events may publish some.
fn statistic(text: &str, default: Option<f64>) -> Result<Statistic, String> {
    let not_judged = || format!("the statistic {text} is not judged");
    if let Some(rank) = text.strip_prefix('p').and_then(|rank| rank.parse::<f64>().ok()) {
        return if (0.0..=100.0).contains(&rank) { Ok(Statistic::Percentile(rank)) } else { Err(not_judged()) };
    }
    if let Some(bounds) = text.strip_prefix("PR(").and_then(|rest| rest.strip_suffix(')')) {
        let bound = |text: &str, open: f64| if text.is_empty() { Some(open) } else { text.parse().ok() };
        let bounds = bounds
            .split_once(':')
            .and_then(|(low, high)| Some(Statistic::Rank(bound(low, f64::NEG_INFINITY)?, bound(high, f64::INFINITY)?)));
        return bounds.ok_or_else(not_judged);
    }
    match text {
        "SampleCount" => Ok(Statistic::SampleCount),
        "Average" => Ok(Statistic::Average),
        "Sum" => Ok(Statistic::Sum),
        "Minimum" => Ok(Statistic::Minimum),
        "Maximum" => Ok(Statistic::Maximum),
        mean if is_mean(mean) && default.is_none() => Ok(Statistic::Maximum),
        mean if is_mean(mean) => Err(format!("the statistic {text} beside a default value is not judged")),
        _ => Err(not_judged()),
    }
}

/// Whether it is a trimmed or winsorized mean, which of equal datapoints is their value.
fn is_mean(text: &str) -> bool {
    let rank = |prefix| text.strip_prefix(prefix).is_some_and(|rank: &str| rank.parse::<f64>().is_ok());
    let range = |prefix| {
        // Bounds that are values, not percentages, may leave the datapoint out.
        text.strip_prefix(prefix).is_some_and(|range: &str| range.ends_with(')') && range.contains('%'))
    };
    text == "IQM" || rank("tm") || rank("wm") || range("TM(") || range("WM(")
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("p99", None, Ok(Statistic::Percentile(99.0)))]
    #[case("p99", Some(0.0), Ok(Statistic::Percentile(99.0)))]
    #[case("tm90", None, Ok(Statistic::Maximum))]
    #[case("WM(10%:90%)", None, Ok(Statistic::Maximum))]
    #[case("IQM", None, Ok(Statistic::Maximum))]
    #[case("PR(:300)", None, Ok(Statistic::Rank(f64::NEG_INFINITY, 300.0)))]
    #[case("IQM", Some(0.0), Err("the statistic IQM beside a default value is not judged"))]
    #[case("TM(5:10)", None, Err("the statistic TM(5:10) is not judged"))]
    #[case("tc90", None, Err("the statistic tc90 is not judged"))]
    #[case("ts90", None, Err("the statistic ts90 is not judged"))]
    #[case("p101", None, Err("the statistic p101 is not judged"))]
    #[case("PR(a:b)", None, Err("the statistic PR(a:b) is not judged"))]
    fn statistics(#[case] text: &str, #[case] default: Option<f64>, #[case] expected: Result<Statistic, &str>) {
        assert_eq!(statistic(text, default), expected.map_err(str::to_owned));
    }
}
