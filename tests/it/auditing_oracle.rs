//! Audits against brute force: random accounts, every event that anything in them could tell from another, and an
//! independent evaluator of patterns. The status has to be the one that follows from the events, no more and no less.

#[path = "../../crates/cloudwatch-filter-pattern/tests/it/oracle/mod.rs"]
#[expect(unreachable_pub, reason = "the tests of another crate reach it, too")]
mod naive;

use std::sync::LazyLock;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Value, json};
use trailproof::account::collect::collect;
use trailproof::control::Catalogue;
use trailproof::estate::Estate;
use trailproof::judge::{self, Question};
use trailproof::pattern::Pattern;
use trailproof::provider::recorded::Recording;
use trailproof::report::{Finding, Status};

/// What *network gateway changes are monitored* requires.
const NAMES: [&str; 6] = [
    "CreateCustomerGateway",
    "DeleteCustomerGateway",
    "AttachInternetGateway",
    "CreateInternetGateway",
    "DeleteInternetGateway",
    "DetachInternetGateway",
];

/// A trail, the group that it writes to, and whether its status was seen.
#[derive(Debug, Clone)]
struct Trail {
    selectors: usize,
    group: usize,
    multi_region: bool,
    logging: Option<bool>,
}

/// A metric filter with an alarm of its own.
#[derive(Debug, Clone)]
struct Filter {
    pattern: String,
    group: usize,
    alarm: Alarm,
    topic: Topic,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Alarm {
    Rings,
    Missing,
    NeedsBurst,
    Disabled,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Topic {
    Confirmed,
    Pending,
    Denied,
}

/// How far something carries an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Carries {
    No,
    Perhaps,
    Yes,
}

use Carries::{No, Perhaps, Yes};

/// What `GetEventSelectors` answers, and what that means.
type Selectors = (&'static str, fn(&Value) -> Carries);

/// What selectors select is all that counts: a trail of writes alone carries all six calls.
const SELECTORS: [Selectors; 11] = [
    (r#"{"output": {"TrailARN": "arn", "EventSelectors": []}}"#, |_| Yes),
    (r#"{"output": {"EventSelectors": [{"ReadWriteType": "All", "IncludeManagementEvents": true}]}}"#, |_| Yes),
    (r#"{"output": {"EventSelectors": [{"ReadWriteType": "WriteOnly", "IncludeManagementEvents": true}]}}"#, |event| {
        given(!reads(event))
    }),
    (
        r#"{"output": {"EventSelectors": [
            {"ReadWriteType": "ReadOnly", "IncludeManagementEvents": true, "ExcludeManagementEventSources": ["ec2.amazonaws.com"]},
            {"ReadWriteType": "WriteOnly", "IncludeManagementEvents": true}]}}"#,
        |event| given(!reads(event)),
    ),
    (
        r#"{"output": {"AdvancedEventSelectors": [{"FieldSelectors": [{"Field": "eventCategory", "Equals": ["Management"]}]}]}}"#,
        |_| Yes,
    ),
    (
        r#"{"output": {"AdvancedEventSelectors": [{"FieldSelectors": [{"Field": "eventCategory", "Equals": ["Data"]}]}]}}"#,
        |_| No,
    ),
    (
        r#"{"output": {"AdvancedEventSelectors": [{"FieldSelectors": [{"Field": "eventCategory", "Equals": ["Management"]},
            {"Field": "eventSource", "NotEquals": ["ec2.amazonaws.com", "kms.amazonaws.com"]}]}]}}"#,
        |_| No,
    ),
    (
        r#"{"output": {"AdvancedEventSelectors": [{"FieldSelectors": [{"Field": "eventCategory", "Equals": ["Management"]},
            {"Field": "eventName", "NotStartsWith": ["Delete"], "NotEquals": ["CreateInternetGateway"]}]}]}}"#,
        |event| given(!name(event).starts_with("Delete") && name(event) != "CreateInternetGateway"),
    ),
    (
        r#"{"output": {"AdvancedEventSelectors": [
            {"FieldSelectors": [{"Field": "eventCategory", "Equals": ["Management"]}, {"Field": "eventName", "StartsWith": ["Create", "Attach"]}]},
            {"FieldSelectors": [{"Field": "eventCategory", "Equals": ["Management"]}, {"Field": "eventName", "EndsWith": ["InternetGateway"]}]}]}}"#,
        |event| {
            given(
                ["Create", "Attach"].iter().any(|start| name(event).starts_with(start))
                    || name(event).ends_with("InternetGateway"),
            )
        },
    ),
    (
        r#"{"output": {"AdvancedEventSelectors": [
            {"FieldSelectors": [{"Field": "eventCategory", "Equals": ["Management"]}, {"Field": "readOnly", "Equals": ["true"]}]},
            {"FieldSelectors": [{"Field": "eventCategory", "Equals": ["Management"]}, {"Field": "readOnly", "Equals": ["false"]},
                {"Field": "eventName", "StartsWith": ["Create"]}]}]}}"#,
        |event| given(reads(event) || name(event).starts_with("Create")),
    ),
    (r#"{"error": {"code": "AccessDenied", "message": "no"}}"#, |_| Perhaps),
];

fn given(carried: bool) -> Carries {
    if carried { Yes } else { No }
}

fn name(event: &Value) -> &str {
    event["eventName"].as_str().unwrap()
}

fn reads(event: &Value) -> bool {
    event["readOnly"] == true
}

/// Conditions that filters add to names. Each value in [`EVENTS`] is one that some of them tell from the others.
const CONDITIONS: [&str; 13] = [
    "$.awsRegion = us-east-1",
    "$.awsRegion != \"us-east-1\"",
    "$.eventSource = \"ec2*\"",
    "$.eventSource = kms.amazonaws.com",
    "$.userIdentity.type != Root",
    "$.userIdentity.type = Root",
    "$.readOnly IS FALSE",
    "$.readOnly NOT EXISTS",
    "$.errorCode NOT EXISTS",
    "$.errorCode = \"Access*\"",
    "$.errorCode != AccessDenied",
    "$.sourceIPAddress != 10.*",
    "$.sourceIPAddress = \"*.*.*.*\"",
];

/// One record for each way to answer [`CONDITIONS`], under each name. All six calls write, which is a fact of the
/// catalogue; that an error code is text is none.
static EVENTS: LazyLock<Vec<Value>> = LazyLock::new(|| {
    let mut events = vec![json!({"eventSource": "ec2.amazonaws.com", "eventType": "AwsApiCall"})];
    let fields: [(&str, &[Value]); 6] = [
        ("eventName", &NAMES.map(Value::from)),
        ("awsRegion", &["us-east-1", "eu-west-1"].map(Value::from)),
        ("userIdentity", &["Root", "IAMUser"].map(|kind| json!({"type": kind}))),
        ("readOnly", &[false.into()]),
        ("errorCode", &[Value::Null, "AccessDenied".into(), "AccessTwice".into(), "Throttling".into(), true.into()]),
        ("sourceIPAddress", &["10.0.0.1", "198.51.100.7", "ec2"].map(Value::from)),
    ];
    for (field, values) in fields {
        let with = |event: &Value, value: &Value| {
            let mut event = event.clone();
            if !value.is_null() {
                event[field] = value.clone();
            }
            event
        };
        events = events.iter().flat_map(|event| values.iter().map(move |value| with(event, value))).collect();
    }
    events
});

fn trails() -> impl Strategy<Value = Vec<Trail>> {
    let logging = prop_oneof![8 => Just(Some(true)), 1 => Just(Some(false)), 1 => Just(None)];
    let selectors = prop_oneof![Just(1), 0..SELECTORS.len()];
    let trail = (selectors, group(), prop::bool::weighted(0.9), logging);
    let trail =
        trail.prop_map(|(selectors, group, multi_region, logging)| Trail { selectors, group, multi_region, logging });
    vec(trail, 1..3)
}

fn filters() -> impl Strategy<Value = Vec<Filter>> {
    let names = prop_oneof![2 => Just(NAMES.to_vec()), 1 => subsequence(NAMES.to_vec(), 1..6)];
    let names = names.prop_map(|names| {
        let tests: Vec<_> = names.iter().map(|name| format!("$.eventName = {name}")).collect();
        format!("({})", tests.join(" || "))
    });
    let condition = (vec(select(CONDITIONS.to_vec()), 1..3), select(vec![" && ", " || "]));
    let condition = condition.prop_map(|(conditions, joined)| format!("({})", conditions.join(joined)));
    let pattern = prop_oneof![
        3 => names.clone(),
        1 => condition.clone(),
        5 => (names, select(vec!["&&", "||"]), condition).prop_map(|(names, op, condition)| format!("{names} {op} {condition}")),
    ];
    let alarm = prop_oneof![
        9 => Just(Alarm::Rings),
        1 => select(vec![Alarm::Missing, Alarm::NeedsBurst, Alarm::Disabled]),
    ];
    let topic = prop_oneof![7 => Just(Topic::Confirmed), 2 => Just(Topic::Denied), 1 => Just(Topic::Pending)];
    let filter = (pattern, group(), alarm, topic);
    let filter = filter.prop_map(|(pattern, group, alarm, topic)| Filter {
        pattern: format!("{{ {pattern} }}"),
        group,
        alarm,
        topic,
    });
    vec(filter, 1..6)
}

/// The log group that most trails and filters share, or another one.
fn group() -> impl Strategy<Value = usize> {
    prop::bool::weighted(0.2).prop_map(usize::from)
}

/// The recording of such an account.
fn recording(trails: &[Trail], filters: &[Filter]) -> Recording {
    let arn = |service: &str, name: &str| format!("arn:aws:{service}:us-east-1:111122223333:{name}");
    let call = |service: &str, operation: &str, resource: Option<String>, answer: Value| {
        let mut call = json!({"service": service, "operation": operation, "region": "us-east-1"});
        call.as_object_mut().unwrap().extend(answer.as_object().unwrap().clone());
        if let Some(resource) = resource {
            call["resource"] = resource.into();
        }
        call
    };
    let output = |output: Value| json!({ "output": output });
    let denied = || json!({"error": {"code": "AccessDenied", "message": "no"}});
    let mut calls = Vec::new();
    let mut list = Vec::new();
    for (at, trail) in trails.iter().enumerate() {
        let trail_arn = arn("cloudtrail", &format!("trail/t{at}"));
        list.push(json!({
            "Name": format!("t{at}"), "TrailARN": trail_arn, "HomeRegion": "us-east-1",
            "IsMultiRegionTrail": trail.multi_region, "IsOrganizationTrail": false,
            "CloudWatchLogsLogGroupArn": arn("logs", &format!("log-group:g{}:*", trail.group)),
        }));
        let status = trail.logging.map_or_else(denied, |logging| output(json!({ "IsLogging": logging })));
        calls.push(call("cloudtrail", "GetTrailStatus", Some(trail_arn.clone()), status));
        let selectors = SELECTORS[trail.selectors].0.replace("\"arn\"", &format!("{trail_arn:?}"));
        let selectors = serde_json::from_str(&selectors).unwrap();
        calls.push(call("cloudtrail", "GetEventSelectors", Some(trail_arn), selectors));
    }
    calls.push(call("cloudtrail", "DescribeTrails", None, output(json!({ "trailList": list }))));
    for group in 0..2 {
        let of_group = filters.iter().enumerate().filter(|(_, filter)| filter.group == group);
        let of_group = of_group.map(|(at, filter)| {
            json!({
                "filterName": format!("f{at}"), "filterPattern": filter.pattern, "logGroupName": format!("g{group}"),
                "metricTransformations": [{"metricName": format!("m{at}"), "metricNamespace": "audit", "metricValue": "1"}],
            })
        });
        let of_group: Vec<_> = of_group.collect();
        calls.push(call(
            "logs",
            "DescribeMetricFilters",
            Some(format!("g{group}")),
            output(json!({ "metricFilters": of_group })),
        ));
    }
    let alarms = filters.iter().enumerate().filter(|(_, filter)| filter.alarm != Alarm::Missing);
    let alarms = alarms.map(|(at, filter)| {
        json!({
            "AlarmName": format!("a{at}"), "AlarmArn": arn("cloudwatch", &format!("alarm:a{at}")),
            "ActionsEnabled": filter.alarm != Alarm::Disabled, "AlarmActions": [arn("sns", &format!("{:?}", filter.topic))],
            "MetricName": format!("m{at}"), "Namespace": "audit", "Statistic": "Sum", "Period": 300, "EvaluationPeriods": 1,
            "Threshold": if filter.alarm == Alarm::NeedsBurst { 5.0 } else { 1.0 },
            "ComparisonOperator": "GreaterThanOrEqualToThreshold",
        })
    });
    let alarms: Vec<_> = alarms.collect();
    calls.push(call("cloudwatch", "DescribeAlarms", None, output(json!({ "MetricAlarms": alarms }))));
    for topic in [Topic::Confirmed, Topic::Pending, Topic::Denied] {
        let topic_arn = arn("sns", &format!("{topic:?}"));
        let confirmed = format!("{topic_arn}:7f2c1b9a-4e0d-4c6b-9a51-0d3e8b7f6a24");
        let subscription = if topic == Topic::Pending { "PendingConfirmation" } else { confirmed.as_str() };
        let subscriptions = json!([{
            "SubscriptionArn": subscription, "Owner": "111122223333", "Protocol": "email",
            "Endpoint": "security@example.com", "TopicArn": topic_arn,
        }]);
        let answer = if topic == Topic::Denied { denied() } else { output(json!({ "Subscriptions": subscriptions })) };
        calls.push(call("sns", "ListSubscriptionsByTopic", Some(topic_arn), answer));
    }
    let file =
        json!({"format": "trailproof-recording/1", "account": "111122223333", "partition": "aws", "calls": calls});
    file.to_string().parse().unwrap()
}

fn audit(recording: &Recording) -> Finding {
    static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::builtin().unwrap());
    let version = CATALOGUE.version(None).unwrap();
    let control = CATALOGUE.controls.iter().find(|control| control.key == "network-gateway-changes").unwrap();
    let account = tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(collect(recording));
    let question = Question { version, prover: &CATALOGUE.records, strict: false, letter: false };
    judge::report(&Estate::from_iter([account]), &[control], question).findings.remove(0)
}

/// Whether an event reaches somebody: the best that any trail and filter do.
fn told(event: &Value, trails: &[Trail], filters: &[(Pattern, &Filter)]) -> Carries {
    // A trail of one region carries what happens there.
    let trail = |trail: &Trail| match trail.logging {
        _ if !trail.multi_region && event["awsRegion"] != "us-east-1" => No,
        Some(true) => SELECTORS[trail.selectors].1(event),
        None => SELECTORS[trail.selectors].1(event).min(Perhaps),
        Some(false) => No,
    };
    let filter = |(pattern, filter): &(Pattern, &Filter)| match (filter.alarm, filter.topic) {
        (Alarm::Rings, Topic::Confirmed | Topic::Denied) if !naive::matches(pattern.tree(), event) => No,
        (Alarm::Rings, Topic::Confirmed) => Yes,
        (Alarm::Rings, Topic::Denied) => Perhaps,
        _ => No,
    };
    let best = (0..2).map(|group| {
        let trails = trails.iter().filter(|one| one.group == group).map(trail).max();
        let filters = filters.iter().filter(|(_, one)| one.group == group).map(filter).max();
        trails.unwrap_or(No).min(filters.unwrap_or(No))
    });
    best.max().unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

    #[test]
    fn an_audit_is_right_about_every_event(trails in trails(), filters in filters()) {
        let finding = audit(&recording(&trails, &filters));
        let filters: Vec<_> = filters.iter().map(|filter| (filter.pattern.parse().unwrap(), filter)).collect();
        let least = EVENTS.iter().map(|event| told(event, &trails, &filters)).min().unwrap();
        let expected = match least {
            Yes => Status::Pass,
            Perhaps => Status::Undetermined,
            No => Status::Fail,
        };
        prop_assert_eq!(finding.status, expected, "{:#?}", finding);
        if let Some(witness) = &finding.witness {
            prop_assert!(NAMES.contains(&name(witness)) && told(witness, &trails, &filters) == No, "{:#}", witness);
        }
    }
}
