//! An alarm's settings, as far as they are judged.

use super::ring::{self, Compare, Setting};
use super::state::Rule;
use crate::account::{ComparisonOperator, MetricAlarm, MetricTransformation, Statistic, TreatMissingData};

/// Whether the alarm compares one metric with a fixed threshold.
pub(super) fn is_on_a_metric(alarm: &MetricAlarm) -> bool {
    alarm.metrics.is_empty() && alarm.threshold_metric_id.is_none() && alarm.evaluation_criteria.is_none()
}

/// The alarm as [`ring`] plays it, or what about it is not judged.
pub(super) fn setting(alarm: &MetricAlarm, metric: &MetricTransformation) -> Result<Setting, String> {
    if alarm.warm_up_configuration.is_some() {
        return Err("a warm-up period is not judged".to_owned());
    }
    if alarm.evaluation_window.as_ref().is_some_and(|window| window.sliding_window.is_none()) {
        return Err("an evaluation window other than a sliding one is not judged".to_owned());
    }
    let value: f64 = metric.metric_value.trim().parse().map_err(|_not_constant| {
        format!("the metric value {} comes out of the event, which is not judged", metric.metric_value)
    })?;
    if !value.is_finite() {
        return Err(format!("the metric value {value} is not a number"));
    }
    let threshold = alarm.threshold.ok_or("the alarm has no threshold")?;
    let of = alarm.evaluation_periods.ok_or("the alarm has no evaluation periods")?;
    match alarm.period {
        Some(period) if period > 0 && period % 60 == 0 => {}
        Some(period) => {
            return Err(format!("a period of {period} s is not judged: the metric has one datapoint a minute"));
        }
        None => return Err("the alarm has no period".to_owned()),
    }
    let needed = alarm.datapoints_to_alarm.unwrap_or(of);
    if needed == 0 || needed > of || of > LONGEST {
        return Err(format!("AWS allows no alarm on {needed} of {of} periods"));
    }
    let missing = alarm.treat_missing_data.clone().unwrap_or(TreatMissingData::Missing);
    if let TreatMissingData::Other(other) = missing {
        return Err(format!("the treatment `{other}` of missing data is unknown"));
    }
    let default = metric.default_value;
    let waits = matches!(missing, TreatMissingData::Missing | TreatMissingData::Ignore);
    if needed > 1 && default.is_none() && waits {
        return Err("how long an alarm on several periods waits for missing data is not documented".to_owned());
    }
    Ok(Setting {
        value,
        default,
        statistic: statistic(alarm, metric)?,
        compare: compare(alarm)?,
        threshold,
        rule: Rule { needed: needed as usize, of: of as usize, missing },
    })
}

/// A day of minutes: the longest window that AWS allows for periods below an hour.
const LONGEST: u32 = 1440;

fn statistic(alarm: &MetricAlarm, metric: &MetricTransformation) -> Result<ring::Statistic, String> {
    if let Some(extended) = &alarm.extended_statistic {
        let percentile = extended.strip_prefix('p').is_some_and(|rank| rank.parse::<f64>().is_ok());
        let few = alarm.evaluate_low_sample_count_percentile.as_deref() == Some("ignore");
        return if percentile && metric.default_value.is_none() && !few {
            // Every datapoint has the same value, and so has every percentile.
            Ok(ring::Statistic::Maximum)
        } else {
            Err(format!("the statistic {extended} is not judged"))
        };
    }
    match &alarm.statistic {
        Some(Statistic::SampleCount) => Ok(ring::Statistic::SampleCount),
        Some(Statistic::Average) => Ok(ring::Statistic::Average),
        Some(Statistic::Sum) => Ok(ring::Statistic::Sum),
        Some(Statistic::Minimum) => Ok(ring::Statistic::Minimum),
        Some(Statistic::Maximum) => Ok(ring::Statistic::Maximum),
        Some(Statistic::Other(other)) => Err(format!("the statistic {other} is not judged")),
        None => Err("the alarm has no statistic".to_owned()),
    }
}

fn compare(alarm: &MetricAlarm) -> Result<Compare, String> {
    match &alarm.comparison_operator {
        Some(ComparisonOperator::GreaterThanOrEqualToThreshold) => Ok(Compare::AtLeast),
        Some(ComparisonOperator::GreaterThanThreshold) => Ok(Compare::Above),
        Some(ComparisonOperator::LessThanThreshold) => Ok(Compare::Below),
        Some(ComparisonOperator::LessThanOrEqualToThreshold) => Ok(Compare::AtMost),
        Some(other) => Err(format!("the comparison {} is not judged", other.as_str())),
        None => Err("the alarm has no comparison operator".to_owned()),
    }
}

/// `Sum >= 1 over 300 s`
pub(super) fn summary(alarm: &MetricAlarm) -> String {
    let statistic = alarm.statistic.as_ref().map(Statistic::as_str).or(alarm.extended_statistic.as_deref());
    let operator = match alarm.comparison_operator {
        Some(ComparisonOperator::GreaterThanThreshold) => ">",
        Some(ComparisonOperator::LessThanThreshold) => "<",
        Some(ComparisonOperator::LessThanOrEqualToThreshold) => "<=",
        _ => ">=",
    };
    let (threshold, period) = (alarm.threshold.unwrap_or_default(), alarm.period.unwrap_or_default());
    format!("{} {operator} {threshold} over {period} s", statistic.unwrap_or_default())
}
