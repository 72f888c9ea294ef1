//! What is asked of an account, in how many waits, and what becomes of the answers.

use std::fs;
use std::pin::pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Waker};

use super::snapshots::snapshots_in;
use serde_json::{Value, json};
use trailproof::account::collect::collect;
use trailproof::account::{
    Account, GapKind, Identity, KeyKind, KeyState, LogGroup, Selectors, SubscriptionState, Topic,
};
use trailproof::policy::Policy;
use trailproof::provider::recorded::Recording;
use trailproof::provider::{Answer, Ask, Need, Provider, Question, Region, api};

/// A provider that counts what it is asked, and answers no sooner than everything else that is under way was asked.
/// Calls beyond the benchmark's are answered at once and not counted, unless `deeper` says so.
struct Counting {
    recording: Recording,
    deeper: bool,
    requests: AtomicUsize,
}

impl Ask for Counting {
    fn regions(&self) -> &[Region] {
        self.recording.regions()
    }

    fn asked_at(&self) -> Option<api::Timestamp> {
        self.recording.asked_at()
    }

    async fn ask<Q: Question>(&self, question: Q) -> Answer<Q::Output> {
        if self.deeper || Q::OPERATION.need() == Need::Benchmark {
            self.requests.fetch_add(1, Ordering::Relaxed);
            let mut waited = false;
            let wait = |_: &mut Context<'_>| match std::mem::replace(&mut waited, true) {
                true => Poll::Ready(()),
                false => Poll::Pending,
            };
            std::future::poll_fn(wait).await;
        }
        self.recording.ask(question).await
    }
}

impl Provider for Counting {
    fn identity(&self) -> &Identity {
        self.recording.identity()
    }
}

struct Collected {
    account: Account,
    requests: usize,
    waits: usize,
}

/// Collects the compliant account after an edit of its recording, and counts what the benchmark asks.
fn collected(edit: impl FnOnce(&mut Vec<Value>)) -> Collected {
    counted(false, edit)
}

fn counted(deeper: bool, edit: impl FnOnce(&mut Vec<Value>)) -> Collected {
    let text = fs::read_to_string("tests/fixtures/accounts/compliant.json").unwrap();
    let mut recording: Value = serde_json::from_str(&text).unwrap();
    edit(recording["calls"].as_array_mut().unwrap());
    let provider =
        Counting { recording: recording.to_string().parse().unwrap(), deeper, requests: AtomicUsize::new(0) };
    let mut future = pin!(collect(&provider));
    let mut waits = 0;
    loop {
        match future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(account) => {
                return Collected { account, requests: provider.requests.load(Ordering::Relaxed), waits };
            }
            Poll::Pending => waits += 1,
        }
    }
}

/// The account in which an operation answers something else.
fn answering(operation: &str, member: &str, answer: Value) -> Account {
    collected(|calls| {
        let call = calls.iter_mut().find(|call| call["operation"] == operation).unwrap().as_object_mut().unwrap();
        call.remove("output");
        call.insert(member.to_owned(), answer);
    })
    .account
}

fn failing(operation: &str, code: &str) -> Account {
    answering(operation, "error", json!({"code": code, "message": "no"}))
}

fn output<'a>(calls: &'a mut [Value], operation: &str) -> &'a mut Value {
    &mut calls.iter_mut().find(|call| call["operation"] == operation).unwrap()["output"]
}

#[test]
fn one_trail_and_one_topic_take_seven_requests_in_three_waits() {
    let Collected { account, requests, waits } = collected(|_| ());
    assert_eq!((requests, waits), (7, 3));
    snapshots_in("collect").bind(|| insta::assert_debug_snapshot!("compliant", account));
}

#[test]
fn more_trails_and_regions_take_no_more_waits() {
    let Collected { account, requests, waits } = collected(|calls| {
        let trails = output(calls, "DescribeTrails");
        let mut second = trails["trailList"][0].clone();
        second["TrailARN"] = json!("arn:aws:cloudtrail:eu-west-1:111122223333:trail/second");
        second["HomeRegion"] = json!("eu-west-1");
        second["CloudWatchLogsLogGroupArn"] = json!("arn:aws:logs:eu-west-1:111122223333:log-group:second:*");
        trails["trailList"].as_array_mut().unwrap().push(second);
        let mut elsewhere = calls[0].clone();
        elsewhere["region"] = json!("eu-west-1");
        calls.push(elsewhere);
    });
    // 2 × (DescribeTrails, DescribeHub), 2 × (status, selectors, filters, alarms), 1 topic.
    assert_eq!((requests, waits), (13, 3));
    assert_eq!(account.trails.unwrap().len(), 2);
}

fn mute_rule(status: &str) -> Value {
    let arn = "arn:aws:cloudwatch:us-east-1:111122223333:alarm-mute-rule:nights";
    json!({"AlarmMuteRuleSummaries": [{"AlarmMuteRuleArn": arn, "Status": status}]})
}

/// A call on a resource of the first region, and its output.
fn call(service: &str, operation: &str, resource: &str, output: Value) -> Value {
    json!({"service": service, "operation": operation, "region": "us-east-1", "resource": resource, "output": output})
}

#[test]
fn what_goes_beyond_the_benchmark_takes_four_requests_more_in_one_wait_more() {
    let Collected { requests, waits, .. } = counted(true, |_| ());
    assert_eq!((requests, waits), (11, 4));
}

#[test]
fn keys_and_mute_rules_take_one_wait_more_than_that() {
    let arn = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    let Collected { account, requests, waits } = counted(true, |calls| {
        output(calls, "GetTopicAttributes")["Attributes"]["KmsMasterKeyId"] = json!("alias/alerts");
        *output(calls, "ListAlarmMuteRules") = mute_rule("SCHEDULED");
        let rule = json!({"Name": "nights", "Rule": {"Schedule": {"Expression": "cron(0 22 * * *)", "Duration": "PT8H"}}, "MuteTargets": {"AlarmNames": ["a"]}});
        let described = json!({"KeyMetadata": {"Arn": arn, "KeyManager": "CUSTOMER", "KeyState": "Enabled", "KeySpec": "SYMMETRIC_DEFAULT"}});
        calls.push(call("cloudwatch", "GetAlarmMuteRule", "nights", rule));
        calls.push(call("kms", "DescribeKey", "alias/alerts", described));
        calls.push(call("kms", "GetKeyPolicy", arn, json!({"Policy": "{}"})));
    });
    assert_eq!((requests, waits), (14, 5));
    assert_eq!(account.mute_rules["us-east-1"].as_ref().unwrap()[0].alarms, ["a"]);
    let topic = account.topics.into_values().next().unwrap();
    let Ok(Topic::Present { settings, .. }) = topic else { panic!("{topic:?}") };
    let policy = Ok(Policy::new("{}"));
    let (usage, spec) = (None, Some("SYMMETRIC_DEFAULT".to_owned()));
    let customers = KeyKind::OfCustomer { arn: arn.to_owned(), state: KeyState::Enabled, usage, spec, policy };
    assert_eq!(settings.unwrap().key.unwrap().is, Ok(customers));
}

#[test]
fn the_key_of_aws_and_rules_that_have_expired_are_not_asked_for() {
    let Collected { account, requests, .. } = counted(true, |calls| {
        output(calls, "GetTopicAttributes")["Attributes"]["KmsMasterKeyId"] = json!("alias/aws/sns");
        *output(calls, "ListAlarmMuteRules") = mute_rule("EXPIRED");
    });
    assert_eq!((requests, &account.mute_rules["us-east-1"]), (11, &Ok(vec![])));
}

#[test]
fn an_account_without_trails_takes_two_requests_in_one_wait() {
    let Collected { account, requests, waits } =
        collected(|calls| output(calls, "DescribeTrails")["trailList"] = json!([]));
    assert_eq!((requests, waits, account.trails), (2, 1, Ok(vec![])));
}

#[test]
fn a_refusal_is_a_gap_of_its_kind() {
    for (code, kind) in [
        ("AccessDenied", GapKind::Denied),
        ("AccessDeniedException", GapKind::Denied),
        ("AuthorizationError", GapKind::Denied),
        ("ThrottlingException", GapKind::Failed),
    ] {
        assert_eq!(failing("DescribeTrails", code).trails.unwrap_err().kind, kind, "{code}");
        assert_eq!(failing("GetTrailStatus", code).trails.unwrap()[0].logging.as_ref().unwrap_err().kind, kind);
        assert_eq!(failing("GetEventSelectors", code).trails.unwrap()[0].selectors.as_ref().unwrap_err().kind, kind);
        let only = |account: Account| account.log_groups.into_values().next().unwrap();
        assert_eq!(only(failing("DescribeMetricFilters", code)).unwrap_err().kind, kind);
        let only = |account: Account| account.alarms.into_values().next().unwrap();
        assert_eq!(only(failing("DescribeAlarms", code)).unwrap_err().kind, kind);
        let only = |account: Account| account.topics.into_values().next().unwrap();
        assert_eq!(only(failing("ListSubscriptionsByTopic", code)).unwrap_err().kind, kind);
        let hub = &failing("DescribeHub", code).security_hub["us-east-1"];
        assert_eq!(hub.as_ref().unwrap_err().kind, kind);
    }
}

/// A subscription of undocumented values is neither confirmed nor pending.
#[test]
fn what_a_list_of_subscriptions_may_say() {
    let state = |edit: &dyn Fn(&mut Vec<Value>)| {
        let topic = counted(true, |calls| edit(calls)).account.topics.into_values().next().unwrap();
        let Ok(Topic::Present { mut subscriptions, .. }) = topic else { panic!("{topic:?}") };
        subscriptions.remove(0).state
    };
    let listed = |name: &'static str, value: &'static str| {
        state(&|calls| output(calls, "ListSubscriptionsByTopic")["Subscriptions"][0][name] = json!(value))
    };
    let said = |value: Value| {
        state(&|calls| output(calls, "GetSubscriptionAttributes")["Attributes"]["PendingConfirmation"] = value.clone())
    };
    let unknown = |attribute, value: &str| SubscriptionState::Unknown { attribute, value: value.to_owned() };
    assert_eq!(listed("SubscriptionArn", "PendingConfirmation"), SubscriptionState::Pending);
    assert_eq!(listed("SubscriptionArn", "Deleted"), SubscriptionState::Deleted);
    for arn in ["", "arn:", "deleted", "arn:aws:sns:us-east-1:111122223333:other:1234abcd"] {
        assert_eq!(listed("SubscriptionArn", arn), unknown("SubscriptionArn", arn));
    }
    for protocol in ["", "pigeon"] {
        assert_eq!(listed("Protocol", protocol), unknown("Protocol", protocol));
    }
    assert_eq!(said(json!("true")), SubscriptionState::Pending);
    assert_eq!(said(json!("yes")), unknown("PendingConfirmation", "yes"));
    assert!(matches!(said(json!("false")), SubscriptionState::Confirmed { filter: Ok(None), .. }));
    assert!(matches!(said(Value::Null), SubscriptionState::Confirmed { filter: Err(_), .. }));
}

#[test]
fn a_call_that_is_not_recorded_is_a_gap() {
    let account = collected(|calls| calls.retain(|call| call["operation"] != "DescribeTrails")).account;
    assert_eq!(account.trails.unwrap_err().kind, GapKind::NotRecorded);
}

#[test]
fn a_resource_that_does_not_exist_is_an_answer() {
    let account = failing("DescribeMetricFilters", "ResourceNotFoundException");
    assert_eq!(account.log_groups.into_values().next().unwrap(), Ok(LogGroup::Missing));
    let account = failing("ListSubscriptionsByTopic", "NotFound");
    assert_eq!(account.topics.into_values().next().unwrap(), Ok(Topic::Missing));
    for code in ["InvalidAccessException", "ResourceNotFoundException"] {
        assert_eq!(failing("DescribeHub", code).security_hub["us-east-1"], Ok(false));
    }
}

#[test]
fn one_region_that_answers_is_enough() {
    let account = collected(|calls| {
        let error = json!({"code": "AccessDeniedException"});
        calls.push(
            json!({"service": "cloudtrail", "operation": "DescribeTrails", "region": "af-south-1", "error": error}),
        );
    });
    assert_eq!(account.account.trails.unwrap().len(), 1);
}

#[test]
fn filters_and_subscriptions_of_others_are_left_out() {
    let account = collected(|calls| {
        output(calls, "DescribeMetricFilters")["metricFilters"][0]["logGroupName"] = json!("other");
    });
    let filters = vec![];
    assert_eq!(account.account.log_groups.into_values().next().unwrap(), Ok(LogGroup::Present { filters }));
    let account = collected(|calls| {
        output(calls, "ListSubscriptionsByTopic")["Subscriptions"][0]["TopicArn"] =
            json!("arn:aws:sns:us-east-1:111122223333:other");
    });
    let topic = account.account.topics.into_values().next().unwrap();
    assert!(matches!(topic, Ok(Topic::Present { subscriptions, .. }) if subscriptions.is_empty()));
}

#[test]
fn log_groups_of_other_accounts_are_not_asked_for() {
    let Collected { requests, account, .. } = collected(|calls| {
        let arn = "arn:aws:logs:us-east-1:444455556666:log-group:CloudTrail:*";
        output(calls, "DescribeTrails")["trailList"][0]["CloudWatchLogsLogGroupArn"] = json!(arn);
    });
    assert_eq!((requests, account.log_groups.len(), account.alarms.len()), (4, 0, 0));
}

#[test]
fn advanced_selectors_win_and_none_are_the_default() {
    let selectors =
        |answer: Value| answering("GetEventSelectors", "output", answer).trails.unwrap().remove(0).selectors.unwrap();
    let advanced = json!([{"FieldSelectors": [{"Field": "eventCategory", "Equals": ["Management"]}]}]);
    let basic = json!({"ReadWriteType": "All", "IncludeManagementEvents": true});
    let both = json!({"EventSelectors": [basic], "AdvancedEventSelectors": advanced});
    assert!(matches!(selectors(both), Selectors::Advanced(list) if list.len() == 1));
    assert!(matches!(selectors(json!({"EventSelectors": [basic]})), Selectors::Basic(list) if list.len() == 1));
    assert_eq!(selectors(json!({"EventSelectors": [], "AdvancedEventSelectors": []})), Selectors::Default);
}

#[test]
fn the_state_of_a_subscription_is_in_the_place_of_its_arn() {
    let state = |arn: &str| {
        let list = json!({"Subscriptions": [{"SubscriptionArn": arn, "Protocol": "email"}]});
        match answering("ListSubscriptionsByTopic", "output", list).topics.into_values().next().unwrap().unwrap() {
            Topic::Present { mut subscriptions, .. } => subscriptions.remove(0).state,
            Topic::Missing => panic!("the topic exists"),
        }
    };
    assert_eq!(state("PendingConfirmation"), SubscriptionState::Pending);
    assert_eq!(state("Deleted"), SubscriptionState::Deleted);
    assert!(matches!(
        state("arn:aws:sns:us-east-1:111122223333:security-alerts:7f2c"),
        SubscriptionState::Confirmed { .. }
    ));
}

/// Whether the topic is asked for once the alarms are edited.
fn topic_is_asked(edit: impl FnOnce(&mut Value)) -> bool {
    !collected(|calls| edit(output(calls, "DescribeAlarms"))).account.topics.is_empty()
}

#[test]
fn topics_of_alarms_on_the_metric_are_asked_for() {
    assert!(topic_is_asked(|_| ()));
    assert!(!topic_is_asked(|alarms| alarms["MetricAlarms"][0]["Namespace"] = json!("LogMetrics")));
    assert!(!topic_is_asked(|alarms| alarms["MetricAlarms"][0]["MetricName"] = json!("Other")));
    assert!(!topic_is_asked(|alarms| alarms["MetricAlarms"][0]["AlarmActions"] =
        json!(["arn:aws:lambda:us-east-1:111122223333:function:page"])));
}

/// What the ARN of an alarm starts with.
const ALARM: &str = "arn:aws:cloudwatch:us-east-1:111122223333:alarm:";

#[test]
fn topics_of_metric_math_and_queries_are_asked_for() {
    let metric = json!({"Metric": {"Namespace": "CISBenchmark", "MetricName": "NetworkGatewayChanges"}, "Period": 60, "Stat": "Sum"});
    for line in [
        json!({"Id": "m1", "MetricStat": metric}),
        json!({"Id": "q1", "Expression": "SELECT SUM(NetworkGatewayChanges) FROM CISBenchmark", "Period": 60}),
    ] {
        let math = json!({"AlarmName": "math", "AlarmArn": format!("{ALARM}math"), "ActionsEnabled": true, "AlarmActions": ["arn:aws:sns:us-east-1:111122223333:security-alerts"], "Metrics": [line]});
        assert!(topic_is_asked(|alarms| alarms["MetricAlarms"] = json!([math])));
    }
}

#[test]
fn topics_of_composite_alarms_are_asked_for_at_any_height() {
    let composite = |name: &str, rule: &str, actions: &[&str]| json!({"AlarmName": name, "AlarmArn": format!("{ALARM}{name}"), "ActionsEnabled": true, "AlarmRule": rule, "AlarmActions": actions});
    let topic = "arn:aws:sns:us-east-1:111122223333:security-alerts";
    assert!(topic_is_asked(|alarms| {
        alarms["MetricAlarms"][0]["AlarmActions"] = json!([]);
        alarms["CompositeAlarms"] = json!([
            composite("upper", r#"ALARM("lower") OR ALARM(other)"#, &[topic]),
            composite("lower", "ALARM(arn:aws:cloudwatch:us-east-1:111122223333:alarm:network-gateway-changes)", &[]),
        ]);
    }));
}
