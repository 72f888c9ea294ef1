//! Other filters on the metric that an alarm watches. An alarm is played upon what one filter publishes; what others add
//! must neither take that away nor keep the alarm in ALARM by their default values.

use super::measure::{Measure, Statistic};
use super::ring::{Compare, Setting};
use crate::account::watch::MetricId;
use crate::account::{Account, LogGroup, MetricFilter, MetricTransformation};
use crate::chain::publication::{Publication, Value};

/// Why a filter beside the one that publishes `metric` may keep the alarm from notifying, if one may.
pub(crate) fn other_publishers(
    setting: &Setting,
    metric: &MetricTransformation,
    account: &Account,
    region: &str,
) -> Option<String> {
    let (filter, _) = others(account, region, metric).find(|(filter, other)| !is_harmless(setting, filter, other))?;
    Some(format!(
        "the filter {} publishes to the metric too, and what both make of it is not judged",
        filter.filter_name
    ))
}

/// What else is published to the metric, and by which filter.
fn others<'a>(
    account: &'a Account,
    region: &str,
    metric: &'a MetricTransformation,
) -> impl Iterator<Item = (&'a MetricFilter, &'a MetricTransformation)> {
    let there = account.log_groups.iter().filter(move |(id, _)| id.region == region);
    let filters = there.filter_map(|(_, log_group)| match log_group {
        Ok(LogGroup::Present { filters }) => Some(filters),
        _ => None,
    });
    let published =
        filters.flatten().flat_map(|filter| filter.metric_transformations.iter().map(move |one| (filter, one)));
    published
        .filter(move |(_, other)| !std::ptr::eq(*other, metric) && MetricId::from(*other) == MetricId::from(metric))
}

/// Whether the alarm does the same whatever the other adds to what it was played upon.
fn is_harmless(setting: &Setting, filter: &MetricFilter, other: &MetricTransformation) -> bool {
    // One that AWS would not accept publishes nothing.
    let Ok(publication) = Publication::new(filter, other) else { return true };
    let upwards = matches!(setting.compare, Compare::AtLeast | Compare::Above);
    let value = |fits: &dyn Fn(f64) -> bool| match publication.value {
        Value::Constant(value) => value == setting.value || fits(value),
        Value::Field(_) | Value::Column(_) => fits(f64::NAN),
    };
    let default = |fits: &dyn Fn(f64) -> bool| {
        publication.default.is_none_or(|default| setting.default == Some(default) || fits(default))
    };
    match setting.measure {
        Measure::Of(Statistic::SampleCount) if upwards => value(&|_| true) && default(&|_| false),
        Measure::Of(Statistic::Maximum) if upwards => {
            value(&|_| true) && default(&|default| default < setting.threshold)
        }
        Measure::Of(Statistic::Sum) if upwards => value(&|value| value >= 0.0) && default(&|default| default == 0.0),
        Measure::Of(Statistic::Average | Statistic::Minimum | Statistic::Percentile(_)) if upwards => {
            value(&|value| value >= setting.value) && default(&|_| false)
        }
        _ => value(&|_| false) && default(&|_| false),
    }
}
