//! Failing accounts whose answers are damaged: a member that is missing, that is null or that holds something else never
//! makes an account pass, unless AWS documents what the absence means.

use serde_json::{Value, json};
use trailproof::provider::recorded::Recording;
use trailproof::report::Status;

use super::accounts;

/// A break of the account that is right: the operation, the place in its output, and what stands there.
type Break = (&'static str, &'static str, fn() -> Value);

const BREAKS: &[Break] = &[
    ("GetTrailStatus", "/IsLogging", || json!(false)),
    ("GetTrailStatus", "/LatestCloudWatchLogsDeliveryError", || json!("AccessDenied")),
    ("DescribeTrails", "/trailList/0/IsMultiRegionTrail", || json!(false)),
    ("DescribeTrails", "/trailList", || json!([])),
    ("GetEventSelectors", "/EventSelectors/0/IncludeManagementEvents", || json!(false)),
    ("GetEventSelectors", "/EventSelectors/0/ReadWriteType", || json!("ReadOnly")),
    ("DescribeMetricFilters", "/metricFilters", || json!([])),
    ("DescribeMetricFilters", "/metricFilters/0/filterPattern", || json!("{ $.eventName = CreateCustomerGateway }")),
    ("DescribeMetricFilters", "/metricFilters/0/applyOnTransformedLogs", || json!(true)),
    ("DescribeMetricFilters", "/metricFilters/0/metricTransformations/0/metricValue", || json!("0")),
    ("DescribeMetricFilters", "/metricFilters/0/metricTransformations/0/defaultValue", || json!(1)),
    ("DescribeMetricFilters", "/metricFilters/0/fieldSelectionCriteria", || json!("@aws.account = \"444455556666\"")),
    ("DescribeAlarms", "/MetricAlarms", || json!([])),
    ("DescribeAlarms", "/MetricAlarms/0/ActionsEnabled", || json!(false)),
    ("DescribeAlarms", "/MetricAlarms/0/AlarmActions", || json!([])),
    ("DescribeAlarms", "/MetricAlarms/0/Threshold", || json!(5.0)),
    ("DescribeAlarms", "/MetricAlarms/0/TreatMissingData", || json!("breaching")),
    ("DescribeAlarms", "/MetricAlarms/0/Dimensions", || json!([{"Name": "a", "Value": "b"}])),
    ("DescribeAlarms", "/MetricAlarms/0/Unit", || json!("Bytes")),
    ("ListSubscriptionsByTopic", "/Subscriptions", || json!([])),
    ("ListSubscriptionsByTopic", "/Subscriptions/0/SubscriptionArn", || json!("PendingConfirmation")),
    ("GetSubscriptionAttributes", "/Attributes/PendingConfirmation", || json!("true")),
    ("GetSubscriptionAttributes", "/Attributes/FilterPolicy", || json!("{\"team\":[\"billing\"]}")),
    ("GetTopicAttributes", "/Attributes/Policy", || json!("{\"Version\":\"2012-10-17\",\"Statement\":[]}")),
    ("GetTopicAttributes", "/Attributes/KmsMasterKeyId", || json!("alias/aws/sns")),
];

/// What stands in a member's place.
fn damages() -> Vec<Option<Value>> {
    let values = [
        json!(null),
        json!(""),
        json!("unheard-of"),
        json!(-1),
        json!([]),
        json!({}),
        json!([null]),
        json!({"unheard": "of"}),
    ];
    std::iter::once(None).chain(values.into_iter().map(Some)).collect()
}

/// The members that a response may lack, by the API reference that says so, and what their absence means. A value of
/// another kind than documented has no such meaning.
const OPTIONAL: &[(&str, &str)] = &[
    // CloudTrail API Reference, GetTrailStatus: the error is there if a delivery failed.
    ("GetTrailStatus", "/LatestCloudWatchLogsDeliveryError"),
    // CloudTrail API Reference, EventSelector: "By default, the value is true"; "The default is All".
    ("GetEventSelectors", "/EventSelectors/0/IncludeManagementEvents"),
    ("GetEventSelectors", "/EventSelectors/0/ReadWriteType"),
    // CloudWatch Logs API Reference, MetricFilter and MetricTransformation.
    ("DescribeMetricFilters", "/metricFilters/0/applyOnTransformedLogs"),
    ("DescribeMetricFilters", "/metricFilters/0/fieldSelectionCriteria"),
    ("DescribeMetricFilters", "/metricFilters/0/metricTransformations/0/defaultValue"),
    // CloudWatch API Reference, PutMetricAlarm: "If this parameter is omitted, the default behavior of missing is used".
    ("DescribeAlarms", "/MetricAlarms/0/TreatMissingData"),
    // A metric without dimensions, and an alarm that takes any unit.
    ("DescribeAlarms", "/MetricAlarms/0/Dimensions"),
    ("DescribeAlarms", "/MetricAlarms/0/Unit"),
    // SNS API Reference, GetSubscriptionAttributes and GetTopicAttributes: there only if they were set.
    ("GetSubscriptionAttributes", "/Attributes/FilterPolicy"),
    ("GetTopicAttributes", "/Attributes/KmsMasterKeyId"),
];

#[test]
fn no_damage_makes_a_failing_account_pass() {
    let right: Value = serde_json::from_str(include_str!("../fixtures/accounts/compliant.json")).unwrap();
    assert_eq!(status(&right), Some(Status::Pass));
    let mut unexplained = Vec::new();
    for (operation, place, value) in BREAKS {
        let mut broken = right.clone();
        set(output(&mut broken, operation), place, Some(value()));
        assert_ne!(status(&broken), Some(Status::Pass), "{operation}{place}");
        for damaged in damaged(&broken) {
            let Damaged { recording, operation: at, place: of, damage } = damaged;
            let absent =
                damage.as_ref().is_none_or(|value| *value == json!("") || *value == json!([]) || *value == json!({}));
            let optional = absent && OPTIONAL.iter().any(|(operation, place)| at == *operation && of == *place);
            if !optional && status(&recording) == Some(Status::Pass) {
                unexplained.push(format!("{operation}{place} is broken; {at}{of} is {damage:?}"));
            }
        }
    }
    assert!(unexplained.is_empty(), "{}", unexplained.join("\n"));
}

struct Damaged {
    recording: Value,
    operation: String,
    place: String,
    damage: Option<Value>,
}

/// The recording with each member of each answer damaged in each way.
fn damaged(recording: &Value) -> Vec<Damaged> {
    let mut all = Vec::new();
    for (index, call) in recording["calls"].as_array().unwrap().iter().enumerate() {
        let mut places = vec![String::new()];
        pointers(&call["output"], "", &mut places);
        for place in places {
            for damage in damages() {
                let mut recording = recording.clone();
                set(&mut recording["calls"][index]["output"], &place, damage.clone());
                let operation = call["operation"].as_str().unwrap().to_owned();
                all.push(Damaged { recording, operation, place: place.clone(), damage });
            }
        }
    }
    all
}

fn pointers(value: &Value, at: &str, places: &mut Vec<String>) {
    let mut member = |name: &str, value: &Value| {
        let place = format!("{at}/{name}");
        places.push(place.clone());
        pointers(value, &place, places);
    };
    match value {
        Value::Object(members) => members.iter().for_each(|(name, value)| member(name, value)),
        Value::Array(elements) => {
            elements.iter().enumerate().for_each(|(index, value)| member(&index.to_string(), value))
        }
        _ => {}
    }
}

/// Sets a member, or takes it away.
fn set(output: &mut Value, place: &str, value: Option<Value>) {
    let Some((parent, name)) = place.rsplit_once('/') else {
        *output = value.unwrap_or(Value::Null);
        return;
    };
    match (output.pointer_mut(parent).unwrap(), value) {
        (Value::Object(members), Some(value)) => drop(members.insert(name.to_owned(), value)),
        (Value::Object(members), None) => drop(members.remove(name)),
        (Value::Array(elements), Some(value)) => elements[name.parse::<usize>().unwrap()] = value,
        (Value::Array(elements), None) => drop(elements.remove(name.parse().unwrap())),
        _ => unreachable!("{place} has no parent"),
    }
}

fn output<'a>(recording: &'a mut Value, operation: &str) -> &'a mut Value {
    let calls = recording["calls"].as_array_mut().unwrap().iter_mut();
    &mut calls.filter(|call| call["operation"] == operation).last().unwrap()["output"]
}

/// The status of the control; none if the recording is refused.
fn status(recording: &Value) -> Option<Status> {
    let recording: Recording = recording.to_string().parse().ok()?;
    let report = accounts::audit_for(&recording, &["network-gateway-changes".to_owned()]);
    Some(report.findings.first().unwrap().status)
}
