//! Which alarms may hear of a metric: generous, because it decides only which topics are asked for.

use std::collections::BTreeSet;

use super::{Alarms, MetricAlarm, MetricTransformation};

/// Namespace and name of a metric.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct MetricId<'a> {
    namespace: &'a str,
    name: &'a str,
}

impl<'a> From<&'a MetricTransformation> for MetricId<'a> {
    fn from(published: &'a MetricTransformation) -> Self {
        Self { namespace: &published.metric_namespace, name: &published.metric_name }
    }
}

/// What the alarms on any of the metrics do on the transition to ALARM, and the composite alarms on those alarms.
pub(super) fn actions<'a>(alarms: &'a Alarms, metrics: &BTreeSet<MetricId<'_>>) -> Vec<&'a str> {
    let (mut actions, mut names) = (Vec::new(), Vec::new());
    for alarm in alarms.metric_alarms.iter().filter(|alarm| metrics.iter().any(|metric| watches(alarm, metric))) {
        actions.extend(alarm.alarm_actions.iter().map(String::as_str));
        names.push(alarm.alarm_name.as_str());
    }
    // Rules name alarms by name or by an ARN that ends in the name; composite alarms may stand on composite alarms.
    let mut rest: Vec<_> = alarms.composite_alarms.iter().collect();
    loop {
        let (reached, unreached): (Vec<_>, Vec<_>) =
            rest.into_iter().partition(|alarm| names.iter().any(|name| alarm.alarm_rule.contains(name)));
        if reached.is_empty() {
            return actions;
        }
        for alarm in reached {
            actions.extend(alarm.alarm_actions.iter().map(String::as_str));
            names.push(alarm.alarm_name.as_str());
        }
        rest = unreached;
    }
}

/// Whether the alarm is on the metric, directly, in metric math, or in a query that mentions its name.
pub(crate) fn watches(alarm: &MetricAlarm, metric: &MetricId<'_>) -> bool {
    let same = |namespace: &Option<String>, name: Option<&str>| {
        namespace.as_deref() == Some(metric.namespace) && name == Some(metric.name)
    };
    let promql = alarm.evaluation_criteria.iter().filter_map(|criteria| criteria.promql_criteria.as_ref());
    let queries = alarm.metrics.iter().filter_map(|line| line.expression.as_ref());
    same(&alarm.namespace, alarm.metric_name.as_deref())
        || alarm
            .metrics
            .iter()
            .filter_map(|line| line.metric_stat.as_ref())
            .any(|stat| same(&stat.metric.namespace, Some(&stat.metric.metric_name)))
        || queries.chain(promql.map(|criteria| &criteria.query)).any(|query| query.contains(metric.name))
}
