//! Which alarms may hear of a metric: generous, because it decides only which topics are asked for.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::{Alarms, MetricAlarm, MetricTransformation};

/// Namespace and name of a metric.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct MetricId<'a> {
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
    let watching = alarms.metric_alarms.iter().filter(|alarm| watches(alarm, metrics));
    let (mut actions, mut next) = (Vec::new(), Vec::new());
    for alarm in watching {
        actions.extend(alarm.alarm_actions.iter().map(String::as_str));
        next.push(alarm.alarm_name.as_str());
    }
    // Composite alarms may look at composite alarms.
    let mut looking: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, composite) in alarms.composite_alarms.iter().enumerate() {
        for name in names_in(&composite.alarm_rule) {
            looking.entry(name).or_default().push(at);
        }
    }
    let mut reached = HashSet::new();
    while let Some(name) = next.pop() {
        for at in looking.get(name).into_iter().flatten().filter(|at| reached.insert(**at)) {
            let Some(composite) = alarms.composite_alarms.get(*at) else { continue };
            actions.extend(composite.alarm_actions.iter().map(String::as_str));
            next.push(&composite.alarm_name);
        }
    }
    actions
}

/// Whether the alarm is on one of the metrics, directly, in metric math, or in a query that mentions its name.
fn watches(alarm: &MetricAlarm, metrics: &BTreeSet<MetricId<'_>>) -> bool {
    let is_one = |namespace: Option<&str>, name: Option<&str>| {
        namespace.zip(name).is_some_and(|(namespace, name)| metrics.contains(&MetricId { namespace, name }))
    };
    let lines = alarm.metrics.iter().filter_map(|line| line.metric_stat.as_ref());
    let mut named = lines.map(|stat| (stat.metric.namespace.as_deref(), Some(stat.metric.metric_name.as_str())));
    is_one(alarm.namespace.as_deref(), alarm.metric_name.as_deref())
        || named.any(|(namespace, name)| is_one(namespace, name))
        || queries(alarm).any(|query| metrics.iter().any(|metric| query.contains(metric.name)))
}

/// The queries of an alarm that name metrics in their text: PromQL and Metrics Insights.
pub(crate) fn queries(alarm: &MetricAlarm) -> impl Iterator<Item = &str> {
    let criteria = alarm.evaluation_criteria.iter().filter_map(|criteria| criteria.promql_criteria.as_ref());
    let expressions = alarm.metrics.iter().filter_map(|line| line.expression.as_deref());
    criteria.map(|criteria| criteria.query.as_str()).chain(expressions.filter(|text| is_query(text)))
}

/// Whether an expression is a Metrics Insights query rather than metric math.
pub(crate) fn is_query(text: &str) -> bool {
    text.trim_start().get(..6).is_some_and(|word| word.eq_ignore_ascii_case("SELECT"))
}

/// Whatever in the rule of a composite alarm may be the name of an alarm. An ARN stands for the name that it ends in.
pub(crate) fn names_in(rule: &str) -> Vec<&str> {
    let mut names = Vec::new();
    // Names with spaces are in quotes: every other piece.
    for (at, piece) in rule.split('"').enumerate() {
        if at % 2 == 1 {
            names.push(piece);
        } else {
            names.extend(piece.split(|c: char| c.is_whitespace() || "(),".contains(c)).filter(|word| !word.is_empty()));
        }
    }
    let name = |name: &'_ str| match name.split_once(":alarm:") {
        Some((before, _)) if before.starts_with("arn:") => before.len() + ":alarm:".len(),
        _ => 0,
    };
    names.into_iter().map(|text| text.get(name(text)..).unwrap_or(text)).collect()
}

#[cfg(test)]
mod tests {
    use super::names_in;

    #[test]
    fn names_of_a_rule() {
        let rule = "ALARM(a) AND NOT ALARM(\"b c\") OR AT_LEAST(1, OK, (arn:aws:cloudwatch:us-east-1:111122223333:alarm:d, e))";
        let names = names_in(rule);
        for name in ["a", "b c", "d", "e"] {
            assert!(names.contains(&name), "{names:?}");
        }
    }
}
