//! An alarm's settings, as far as they are judged.

use super::measure::{Measure, Statistic};
use super::ring::{Compare, Setting};
use super::state::Rule;
use super::watched::Watched;
use crate::account::{ComparisonOperator, MetricAlarm, TreatMissingData};

/// The alarm as it is played where a matching event publishes `value`, or what about it is not judged.
pub(crate) fn setting(
    alarm: &MetricAlarm,
    watched: &Watched<'_>,
    value: f64,
    default: Option<f64>,
) -> Result<Setting, String> {
    let warm_up = alarm.warm_up_configuration.as_ref().map(|warm_up| warm_up.warm_up_period_duration_in_minutes);
    if warm_up.is_some_and(|minutes| minutes != Some(0)) {
        return Err("a warm-up period is not judged: the alarm is silent in it".to_owned());
    }
    if alarm.evaluation_window.as_ref().is_some_and(|window| window.sliding_window.is_none()) {
        return Err("an evaluation window other than a sliding one is not judged".to_owned());
    }
    if let Some(state @ ("EVALUATION_ERROR" | "EVALUATION_FAILURE")) = alarm.evaluation_state.as_deref() {
        return Err(format!("CloudWatch says that it cannot evaluate the alarm: {state}"));
    }
    let of = alarm.evaluation_periods.ok_or("the alarm has no evaluation periods")?;
    let needed = alarm.datapoints_to_alarm.unwrap_or(of);
    if needed == 0 || needed > of || of > LONGEST {
        return Err(format!("AWS allows no alarm on {needed} of {of} periods"));
    }
    let missing = alarm.treat_missing_data.clone().unwrap_or(TreatMissingData::Missing);
    if let TreatMissingData::Other(other) = missing {
        return Err(format!("the treatment `{other}` of missing data is unknown"));
    }
    Ok(Setting {
        value,
        default,
        measure: watched.measure.clone(),
        compare: compare(alarm)?,
        threshold: threshold(alarm)?,
        rule: Rule { needed: needed as usize, of: of as usize, missing },
        spacing: spacing(watched.period)?,
        samples: samples(alarm, &watched.measure)?,
    })
}

/// A day of minutes: the longest window that AWS allows for periods below an hour.
const LONGEST: u32 = 1440;

/// What the alarm compares with.
pub(crate) fn threshold(alarm: &MetricAlarm) -> Result<f64, String> {
    alarm.threshold.filter(|threshold| threshold.is_finite()).ok_or_else(|| "the alarm has no threshold".to_owned())
}

/// How the alarm compares.
pub(crate) fn compare(alarm: &MetricAlarm) -> Result<Compare, String> {
    match &alarm.comparison_operator {
        Some(ComparisonOperator::GreaterThanOrEqualToThreshold) => Ok(Compare::AtLeast),
        Some(ComparisonOperator::GreaterThanThreshold) => Ok(Compare::Above),
        Some(ComparisonOperator::LessThanThreshold) => Ok(Compare::Below),
        Some(ComparisonOperator::LessThanOrEqualToThreshold) => Ok(Compare::AtMost),
        Some(other) => Err(format!("the comparison {} is not judged", other.as_str())),
        None => Err("the alarm has no comparison operator".to_owned()),
    }
}

/// How many periods there are to a datapoint: a filter publishes one a minute.
fn spacing(period: u32) -> Result<usize, String> {
    match period {
        10 => Ok(6),
        20 => Ok(3),
        30 => Ok(2),
        minutes if minutes > 0 && minutes % 60 == 0 => Ok(1),
        other => Err(format!("AWS allows no alarm with a period of {other} s")),
    }
}

/// How many datapoints a period must have, if a percentile of few ones is ignored: 10/(1-p), below the median 10/p (the
/// CloudWatch User Guide on percentile-based alarms and low data samples).
fn samples(alarm: &MetricAlarm, measure: &Measure) -> Result<u64, String> {
    if alarm.evaluate_low_sample_count_percentile.as_deref() != Some("ignore") {
        return Ok(0);
    }
    match measure {
        Measure::Of(Statistic::Percentile(rank)) => {
            let share = if *rank < 50.0 { rank / 100.0 } else { 1.0 - rank / 100.0 };
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates; never negative")]
            // Rounded, because 1 - 0.9 is a little less than 0.1.
            Ok((10.0 / share - 1e-6).ceil() as u64)
        }
        Measure::Of(_) => Ok(0),
        _ => Err("metric math of percentiles that ignore few datapoints is not judged".to_owned()),
    }
}

/// `Sum >= 1 over 300 s`
pub(crate) fn summary(alarm: &MetricAlarm, watched: &Watched<'_>) -> String {
    let operator = match alarm.comparison_operator {
        Some(ComparisonOperator::GreaterThanThreshold) => ">",
        Some(ComparisonOperator::LessThanThreshold) => "<",
        Some(ComparisonOperator::LessThanOrEqualToThreshold) => "<=",
        _ => ">=",
    };
    format!("{} {operator} {} over {} s", watched.text, alarm.threshold.unwrap_or_default(), watched.period)
}
