//! What the message of an alarm says, as far as its configuration tells.

use serde_json::{Value, json};

use crate::account::{ComparisonOperator, CompositeAlarm, MetricAlarm};
use crate::chain::Origin;

/// An alarm that sends a message to a topic.
pub(crate) struct Sender<'a> {
    /// Where the alarm is.
    pub origin: Origin<'a>,
    /// The alarm's ARN, if it is known.
    pub arn: Option<&'a str>,
    /// The members of the message whose values are certain, of those that the CloudWatch User Guide shows ("Notifying
    /// users on alarm changes"). The others depend on the moment, or on a spelling that the page does not state.
    pub message: Value,
}

impl<'a> Sender<'a> {
    /// What a composite alarm sends, which has no trigger.
    pub(crate) fn composite(alarm: &'a CompositeAlarm, origin: Origin<'a>) -> Self {
        let message = members([
            ("AlarmName", json!(alarm.alarm_name)),
            ("AlarmArn", json!(alarm.alarm_arn)),
            ("AWSAccountId", json!(origin.account)),
            ("NewStateValue", json!("ALARM")),
        ]);
        Self { origin, arn: alarm.alarm_arn.as_deref(), message }
    }

    pub(crate) fn new(alarm: &'a MetricAlarm, origin: Origin<'a>) -> Self {
        let trigger = members([
            ("MetricName", json!(alarm.metric_name)),
            ("Namespace", json!(alarm.namespace)),
            ("Period", json!(alarm.period)),
            ("EvaluationPeriods", json!(alarm.evaluation_periods)),
            ("ComparisonOperator", json!(alarm.comparison_operator.as_ref().map(ComparisonOperator::as_str))),
            ("Threshold", json!(alarm.threshold)),
        ]);
        let message = members([
            ("AlarmName", json!(alarm.alarm_name)),
            ("AlarmArn", json!(alarm.alarm_arn)),
            ("AWSAccountId", json!(origin.account)),
            ("NewStateValue", json!("ALARM")),
            ("Trigger", trigger),
        ]);
        Self { origin, arn: alarm.alarm_arn.as_deref(), message }
    }
}

/// An object of those members that have a value.
fn members<const N: usize>(all: [(&str, Value); N]) -> Value {
    all.into_iter().filter(|(_, value)| !value.is_null()).map(|(name, value)| (name.to_owned(), value)).collect()
}
