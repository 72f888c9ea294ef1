//! What an alarm publishes, as far as its configuration tells.

use event_pattern::sns::{Known, Members, PartialMessage};
use serde_json::{Value, json};

use crate::account::{ComparisonOperator, CompositeAlarm, MetricAlarm, StateValue, Timestamp, TreatMissingData};
use crate::chain::Origin;
use crate::fault::Publisher;
use crate::policy::{Organization, Request};

/// An alarm that sends messages to a topic.
pub(in crate::chain) struct Sender<'a> {
    pub publisher: Publisher,
    /// The ARN of the alarm, if it is known.
    pub arn: Option<&'a str>,
    /// Where the alarm is.
    pub origin: Origin<'a>,
    /// When the account was asked, if that is known.
    pub now: Option<Timestamp>,
    /// The messages that may be sent for the next event.
    pub(super) messages: Vec<Message>,
}

/// A message that may be sent for the next event.
#[derive(Clone, Debug)]
pub(super) struct Message {
    /// The state of the alarm before.
    pub after: StateValue,
    /// Whether the alarm can be in that state now. If not, it is only not excluded.
    pub sure: bool,
    pub is: PartialMessage,
}

impl<'a> Sender<'a> {
    pub(in crate::chain) fn metric(alarm: &'a MetricAlarm, origin: Origin<'a>, now: Option<Timestamp>) -> Self {
        let arn = alarm.alarm_arn.as_deref();
        let before = before(alarm.state_value.as_ref(), alarm.treat_missing_data.as_ref());
        let message = |(after, sure): (StateValue, bool)| {
            let members = common(origin.account, &alarm.alarm_name, arn, alarm.alarm_description.as_deref(), &after)
                .with("AlarmConfigurationUpdatedTimestamp", Known::Text)
                .with("OKActions", json!(alarm.ok_actions))
                .with("AlarmActions", json!(alarm.alarm_actions))
                .with("InsufficientDataActions", json!(alarm.insufficient_data_actions))
                .with("Trigger", trigger(alarm));
            Message { after, sure, is: PartialMessage::json(members) }
        };
        let messages = before.into_iter().map(message).collect();
        Self { publisher: Publisher::Alarm, arn, origin, now, messages }
    }

    pub(in crate::chain) fn composite(alarm: &'a CompositeAlarm, origin: Origin<'a>, now: Option<Timestamp>) -> Self {
        let arn = alarm.alarm_arn.as_deref();
        let message = |(after, sure): (StateValue, bool)| {
            let members = common(origin.account, &alarm.alarm_name, arn, alarm.alarm_description.as_deref(), &after)
                .with("OKActions", json!(alarm.ok_actions))
                .with("AlarmActions", json!(alarm.alarm_actions))
                .with("InsufficientDataActions", json!(alarm.insufficient_data_actions))
                .with("AlarmRule", json!(alarm.alarm_rule))
                .with("TriggeringChildren", Known::Unknown);
            Message { after, sure, is: PartialMessage::json(members) }
        };
        let messages = before(alarm.state_value.as_ref(), None).into_iter().map(message).collect();
        Self { publisher: Publisher::Alarm, arn, origin, now, messages }
    }

    /// What the sender's service asks for on its behalf.
    pub(super) fn request<'b>(&'b self, action: &'b str, resource: &'b str) -> Request<'b> {
        Request {
            service: self.publisher.service(),
            action,
            resource,
            source: self.arn,
            account: self.origin.account,
            organization: Organization::Unknown,
            now: self.now.map(Timestamp::seconds),
            key: None,
        }
    }
}

/// The members that messages of all alarms have (CloudWatch User Guide, "Notifying users on alarm changes", on the
/// schemas). The page states names and types; of the texts without a value here, it does not state the spelling. That
/// messages have no attributes is not documented, but nobody has seen one.
fn common(account: &str, name: &str, arn: Option<&str>, description: Option<&str>, after: &StateValue) -> Members {
    let text = |text: Option<&str>| text.map_or(Known::Unknown, Known::from);
    Members::closed()
        .with("AlarmName", name)
        // Without one, examples show `null`.
        .with("AlarmDescription", text(description.filter(|text| !text.is_empty())))
        .with("AWSAccountId", account)
        .with("NewStateValue", "ALARM")
        .with("NewStateReason", Known::Text)
        .with("StateChangeTime", Known::Text)
        .with("Region", Known::Text)
        .with("AlarmArn", text(arn))
        .with("OldStateValue", after.as_str())
}

/// What the alarm watches. The page shows it for alarms on one metric only.
fn trigger(alarm: &MetricAlarm) -> Known {
    let (Some(name), Some(namespace)) = (&alarm.metric_name, &alarm.namespace) else { return Known::Unknown };
    let known = |value: Value| if value.is_null() { Known::Unknown } else { Known::Value(value) };
    let operator = alarm.comparison_operator.as_ref().map(ComparisonOperator::as_str);
    let members = Members::closed()
        .with("MetricName", name.as_str())
        .with("Namespace", namespace.as_str())
        .with("StatisticType", Known::Text)
        .with("Statistic", Known::Text)
        .with("Unit", Known::Unknown)
        .with("Dimensions", if alarm.dimensions.is_empty() { Known::Value(json!([])) } else { Known::Unknown })
        .with("Period", known(json!(alarm.period)))
        .with("EvaluationPeriods", known(json!(alarm.evaluation_periods)))
        .with("DatapointsToAlarm", known(json!(alarm.datapoints_to_alarm)))
        .with("ComparisonOperator", known(json!(operator)))
        .with("Threshold", known(json!(alarm.threshold)))
        .with("TreatMissingData", Known::Unknown)
        .with("EvaluateLowSampleCountPercentile", Known::Unknown);
    Known::Object(members)
}

/// The states from which an alarm that is in this one now may go to ALARM, and whether it surely can. It leaves
/// INSUFFICIENT_DATA for good where missing data is not missing (CloudWatch User Guide, "Configuring how CloudWatch alarms
/// treat missing data").
fn before(now: Option<&StateValue>, missing: Option<&TreatMissingData>) -> Vec<(StateValue, bool)> {
    let returns = !matches!(
        missing,
        Some(TreatMissingData::NotBreaching | TreatMissingData::Breaching | TreatMissingData::Ignore)
    );
    match now {
        Some(StateValue::InsufficientData) => vec![(StateValue::InsufficientData, true), (StateValue::Ok, false)],
        Some(StateValue::Ok) if returns => vec![(StateValue::Ok, true), (StateValue::InsufficientData, false)],
        Some(StateValue::Ok) => vec![(StateValue::Ok, true)],
        _ => vec![(StateValue::Ok, false), (StateValue::InsufficientData, false)],
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn states(now: Option<&str>, missing: Option<&str>) -> Vec<(StateValue, bool)> {
        before(now.map(StateValue::from).as_ref(), missing.map(TreatMissingData::from).as_ref())
    }

    #[test]
    fn the_state_before_is_that_of_now_or_one_that_comes_back() {
        use StateValue::{InsufficientData, Ok};
        assert_eq!(states(Some("OK"), None), [(Ok, true), (InsufficientData, false)]);
        assert_eq!(states(Some("OK"), Some("notBreaching")), [(Ok, true)]);
        assert_eq!(states(Some("INSUFFICIENT_DATA"), Some("notBreaching")), [(InsufficientData, true), (Ok, false)]);
        assert_eq!(states(Some("ALARM"), Some("missing")), [(Ok, false), (InsufficientData, false)]);
        assert_eq!(states(None, None), [(Ok, false), (InsufficientData, false)]);
    }

    #[test]
    fn an_alarm_on_metric_math_has_a_trigger_of_unknown_form() {
        let alarm = |edits: serde_json::Value| -> MetricAlarm {
            let mut alarm = json!({"AlarmName": "gateways", "ActionsEnabled": true, "Namespace": "LogMetrics", "MetricName": "Gateways"});
            alarm.as_object_mut().unwrap().extend(edits.as_object().unwrap().clone());
            serde_json::from_value(alarm).unwrap()
        };
        assert!(matches!(trigger(&alarm(json!({}))), Known::Object(_)));
        let math = alarm(json!({"MetricName": null, "Metrics": [{"Id": "e1", "Expression": "m1"}]}));
        assert_eq!(trigger(&math), Known::Unknown);
    }
}
