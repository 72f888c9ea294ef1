//! The live provider against a mocked AWS: what is sent, what is not, and what becomes of the answers.

mod alarms;

use std::collections::BTreeSet;
use std::fs;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::snapshots::snapshots_in;
use aws_config::{BehaviorVersion, Region as SdkRegion, SdkConfig};
use aws_credential_types::Credentials;
use aws_credential_types::credential_fn::provide_credentials_fn;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
use aws_smithy_http_client::test_util::{NeverClient, infallible_client_fn};
use aws_smithy_mocks::{Rule, RuleMode, mock, mock_client};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::error::display::DisplayErrorContext;
use aws_smithy_types::retry::RetryConfig;
use serde_json::{Value, json};
use trailproof::account::collect::collect;
use trailproof::provider::api::Timestamp;
use trailproof::provider::arn::TopicArn;
use trailproof::provider::live::{Clients, Deadline, Live, LiveError, Options, mocked};
use trailproof::provider::permissions::{Need, Operation};
use trailproof::provider::question::{
    DescribeAlarms, DescribeHub, DescribeKey, DescribeMetricFilters, DescribeTrails, GetAlarmMuteRule,
    GetEventSelectors, GetKeyPolicy, GetSubscriptionAttributes, GetTopicAttributes, GetTrailStatus, ListAlarmMuteRules,
    ListRegions, ListSubscriptionsByTopic,
};
use trailproof::provider::record::Recorder;
use trailproof::provider::recorded::Recording;
use trailproof::provider::{Ask, Provider, Question, RefusalKind, Region};

const TRAIL: &str = "arn:aws:cloudtrail:us-east-1:111122223333:trail/management-events";

fn region(code: &str) -> Region {
    code.parse().unwrap()
}

/// The region that most calls are about.
fn home() -> Region {
    region("us-east-1")
}

fn topic() -> TopicArn {
    "arn:aws:sns:us-east-1:111122223333:alerts".parse().unwrap()
}

/// The hosts that were asked.
type Hosts = Arc<Mutex<Vec<String>>>;

/// A network on which every request has the same answer.
fn network(status: u16, body: &str) -> (SdkConfig, Hosts) {
    let (hosts, body) = (Hosts::default(), body.to_owned());
    let asked = hosts.clone();
    let client = infallible_client_fn(move |request: http::Request<SdkBody>| {
        asked.lock().unwrap().push(request.uri().host().unwrap().to_owned());
        http::Response::builder().status(status).body(SdkBody::from(body.as_str())).unwrap()
    });
    let credentials = Credentials::new("AKIDEXAMPLE", "secret", None, None, "test");
    let config = SdkConfig::builder()
        .behavior_version(BehaviorVersion::v2026_01_12())
        .region(SdkRegion::new("us-east-1"))
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .retry_config(RetryConfig::disabled())
        .http_client(client);
    (config.build(), hosts)
}

fn clients(config: &SdkConfig) -> Clients {
    Clients::new(config)
}

fn compliant() -> (Recording, Value) {
    let text = fs::read_to_string("tests/fixtures/accounts/compliant.json").unwrap();
    (text.parse().unwrap(), serde_json::from_str(&text).unwrap())
}

/// A live account on a network that answers an operation as it was recorded.
fn replaying(operation: &str) -> (Live, Recording) {
    let (recording, text) = compliant();
    let call = text["calls"].as_array().unwrap().iter().find(|call| call["operation"] == operation).unwrap();
    let mut output = call["output"].clone();
    // The CLI prints times otherwise than AWS sends them, which is in seconds.
    let delivered = output["LatestCloudWatchLogsDeliveryTime"].as_str().map(|time| time.parse::<Timestamp>().unwrap());
    let members = output.as_object_mut().unwrap();
    members.retain(|member, _| !member.contains("Time"));
    members.extend(delivered.map(|time| ("LatestCloudWatchLogsDeliveryTime".to_owned(), json!(time.seconds()))));
    let (config, _) = network(200, &output.to_string());
    (live(clients(&config)), recording)
}

fn live(clients: Clients) -> Live {
    Live::from_clients(compliant().0.identity().clone(), [home()], clients, None)
}

fn snapshots() -> insta::Settings {
    snapshots_in("live")
}

#[derive(Default)]
struct Mocks<'a> {
    cloudtrail: &'a [&'a Rule],
    logs: &'a [&'a Rule],
    cloudwatch: &'a [&'a Rule],
    sns: &'a [&'a Rule],
    kms: &'a [&'a Rule],
    securityhub: &'a [&'a Rule],
    account: &'a [&'a Rule],
}

impl Mocks<'_> {
    fn live(&self) -> Live {
        let retry = RetryConfig::standard().with_initial_backoff(Duration::from_millis(1));
        live(Clients::guarding(
            &mock_client!(aws_sdk_cloudtrail, RuleMode::MatchAny, self.cloudtrail, |c| c.retry_config(retry.clone())),
            &mock_client!(aws_sdk_cloudwatchlogs, RuleMode::MatchAny, self.logs),
            &mock_client!(aws_sdk_cloudwatch, RuleMode::MatchAny, self.cloudwatch),
            &mock_client!(aws_sdk_sns, RuleMode::MatchAny, self.sns),
            &mock_client!(aws_sdk_kms, RuleMode::MatchAny, self.kms),
            &mock_client!(aws_sdk_securityhub, RuleMode::MatchAny, self.securityhub),
            &mock_client!(aws_sdk_account, RuleMode::MatchAny, self.account),
        ))
    }
}

/// Asks a live account, on a network that answers as it was recorded, and the recording itself.
async fn same<Q: Question>(question: Q) {
    let (live, recording) = replaying(Q::OPERATION.name());
    same_in(&live, &recording, question).await;
}

/// What a live account answers, which has to be what was recorded.
async fn same_in<Q: Question>(live: &Live, recording: &Recording, question: Q) -> Q::Output {
    let answer = live.ask(question.clone()).await.unwrap();
    assert_eq!(answer, recording.ask(question).await.unwrap());
    answer
}

#[tokio::test]
async fn cloudtrail_answers_on_the_wire_as_it_was_recorded() {
    same(DescribeTrails { region: home() }).await;
    same(GetTrailStatus { region: home(), trail: TRAIL.parse().unwrap() }).await;
    same(GetEventSelectors { region: home(), trail: TRAIL.parse().unwrap() }).await;
}

#[tokio::test]
async fn logs_answer_on_the_wire_as_they_were_recorded() {
    same(DescribeMetricFilters { region: home(), log_group: "CloudTrail/DefaultLogGroup".to_owned() }).await;
}

#[tokio::test]
async fn a_call_goes_to_the_region_it_is_about() {
    let (config, hosts) = network(200, r#"{"trailList": []}"#);
    live(clients(&config)).ask(DescribeTrails { region: region("eu-west-1") }).await.unwrap();
    assert_eq!(*hosts.lock().unwrap(), ["cloudtrail.eu-west-1.amazonaws.com"]);
}

#[tokio::test]
async fn all_pages_of_metric_filters_are_read() {
    use aws_sdk_cloudwatchlogs::Client;
    use aws_sdk_cloudwatchlogs::operation::describe_metric_filters::DescribeMetricFiltersOutput as Page;
    use aws_sdk_cloudwatchlogs::types::MetricFilter;
    let page = |name: &'static str, next: Option<&'static str>| {
        let filter = MetricFilter::builder().filter_name(name).filter_pattern("").build();
        move || Page::builder().metric_filters(filter.clone()).set_next_token(next.map(Into::into)).build()
    };
    let first = mock!(Client::describe_metric_filters)
        .match_requests(|r| r.next_token().is_none())
        .then_output(page("a", Some("t")));
    let second = mock!(Client::describe_metric_filters)
        .match_requests(|r| r.next_token() == Some("t"))
        .then_output(page("b", None));
    let live = Mocks { logs: &[&first, &second], ..Mocks::default() }.live();
    let filters =
        live.ask(DescribeMetricFilters { region: home(), log_group: "trail".to_owned() }).await.unwrap().metric_filters;
    assert_eq!(filters.iter().map(|filter| filter.filter_name.as_str()).collect::<Vec<_>>(), ["a", "b"]);
}

#[tokio::test]
async fn all_pages_of_subscriptions_are_read() {
    use aws_sdk_sns::Client;
    use aws_sdk_sns::operation::list_subscriptions_by_topic::ListSubscriptionsByTopicOutput as Page;
    use aws_sdk_sns::types::Subscription;
    let page = |next: Option<&'static str>| {
        let subscription = Subscription::builder().subscription_arn("PendingConfirmation").protocol("email").build();
        move || Page::builder().subscriptions(subscription.clone()).set_next_token(next.map(Into::into)).build()
    };
    let first = mock!(Client::list_subscriptions_by_topic)
        .match_requests(|r| r.next_token().is_none())
        .then_output(page(Some("100")));
    let second = mock!(Client::list_subscriptions_by_topic)
        .match_requests(|r| r.next_token() == Some("100"))
        .then_output(page(None));
    let live = Mocks { sns: &[&first, &second], ..Mocks::default() }.live();
    let listed = live.ask(ListSubscriptionsByTopic { region: home(), topic: topic() }).await.unwrap();
    assert_eq!(listed.subscriptions.len(), 2);
}

/// What goes beyond the benchmark, answered by the mocked SDK as it was recorded.
#[tokio::test]
async fn deeper_answers_are_those_of_the_recording() {
    let call = |service: &str, operation: &str, resource: Option<&str>, output: Value| {
        let mut call = json!({"service": service, "operation": operation, "region": "us-east-1", "output": output});
        call.as_object_mut().unwrap().extend(resource.map(|resource| ("resource".to_owned(), json!(resource))));
        call
    };
    let (arn, subscription) = (topic().to_string(), format!("{}:7f2c", topic()));
    let key = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    let in_region = |name: &str, status: &str| json!({"RegionName": name, "RegionOptStatus": status});
    let rule = |name: &str| json!({"AlarmMuteRuleArn": format!("arn:aws:cloudwatch:us-east-1:111122223333:alarm-mute-rule:{name}"), "Status": "ACTIVE"});
    let schedule = json!({"Expression": "cron(0 22 * * *)", "Duration": "PT8H", "Timezone": "Europe/Berlin"});
    let nights = json!({
        "Name": "nights",
        "Rule": {"Schedule": schedule},
        "MuteTargets": {"AlarmNames": ["a", "b"]},
        "StartDate": "2026-11-01T00:00:00Z",
        "ExpireDate": "2027-11-01T00:00:00+01:00",
    });
    let filter = json!({
        "SubscriptionArn": subscription,
        "PendingConfirmation": "false",
        "FilterPolicy": "{}",
        "FilterPolicyScope": "MessageBody",
    });
    let calls = [
        call(
            "sns",
            "GetTopicAttributes",
            Some(&arn),
            json!({"Attributes": {"TopicArn": arn, "Policy": "{}", "KmsMasterKeyId": "alias/a"}}),
        ),
        call("sns", "GetSubscriptionAttributes", Some(&subscription), json!({"Attributes": filter})),
        call(
            "cloudwatch",
            "ListAlarmMuteRules",
            None,
            json!({"AlarmMuteRuleSummaries": [rule("nights"), rule("days")]}),
        ),
        call("cloudwatch", "GetAlarmMuteRule", Some("nights"), nights),
        call(
            "kms",
            "DescribeKey",
            Some("alias/a"),
            json!({"KeyMetadata": {"Arn": key, "KeyManager": "CUSTOMER", "KeyState": "Enabled"}}),
        ),
        call("kms", "GetKeyPolicy", Some(key), json!({"Policy": "{}", "PolicyName": "default"})),
        call(
            "account",
            "ListRegions",
            None,
            json!({"Regions": [in_region("us-east-1", "ENABLED_BY_DEFAULT"), in_region("af-south-1", "DISABLED")]}),
        ),
    ];
    let text = json!({"format": "trailproof-recording/1", "account": "111122223333", "calls": calls}).to_string();
    let recorded: Recording = text.parse().unwrap();
    let live = live(mocked::clients(&recorded));
    let mute_rule = |name: &str| GetAlarmMuteRule { region: home(), name: name.to_owned() };
    let policy = |key: &str| GetKeyPolicy { region: home(), key: key.to_owned() };
    same_in(&live, &recorded, GetTopicAttributes { region: home(), topic: topic() }).await;
    let subscription = subscription.parse().unwrap();
    same_in(&live, &recorded, GetSubscriptionAttributes { region: home(), subscription }).await;
    let rules = same_in(&live, &recorded, ListAlarmMuteRules { region: home() }).await;
    assert_eq!(rules.alarm_mute_rule_summaries[1].name(), "days");
    same_in(&live, &recorded, mute_rule("nights")).await;
    same_in(&live, &recorded, DescribeKey { region: home(), key: "alias/a".to_owned() }).await;
    same_in(&live, &recorded, policy(key)).await;
    same_in(&live, &recorded, ListRegions { region: home() }).await;
    // What nobody recorded is denied.
    assert_eq!(live.ask(mute_rule("days")).await.unwrap_err().kind, RefusalKind::Denied);
    assert_eq!(live.ask(policy("alias/a")).await.unwrap_err().kind, RefusalKind::Denied);
}

#[tokio::test]
async fn keys_answer_on_the_wire_as_kms_documents_it() {
    let arn = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    let metadata = json!({"KeyId": "1234abcd-12ab-34cd-56ef-1234567890ab", "Arn": arn, "KeyManager": "AWS", "KeyState": "Enabled"});
    let (config, hosts) = network(200, &json!({"KeyMetadata": metadata}).to_string());
    let described = live(clients(&config))
        .ask(DescribeKey { region: region("eu-west-1"), key: "alias/aws/sns".to_owned() })
        .await
        .unwrap();
    assert_eq!((described.key_metadata.arn.as_str(), described.key_metadata.key_manager.as_str()), (arn, "AWS"));
    assert_eq!(*hosts.lock().unwrap(), ["kms.eu-west-1.amazonaws.com"]);
}

#[tokio::test]
async fn security_hub_answers_on_the_wire_as_it_was_recorded() {
    same(DescribeHub { region: home() }).await;
    let body = r#"{"Message": "not subscribed", "Code": "InvalidAccessException", "__type": "InvalidAccessException"}"#;
    let (config, hosts) = network(401, body);
    let refusal = live(clients(&config)).ask(DescribeHub { region: region("eu-west-1") }).await.unwrap_err();
    assert_eq!((refusal.kind, refusal.code.as_deref()), (RefusalKind::Failed, Some("InvalidAccessException")));
    assert_eq!(*hosts.lock().unwrap(), ["securityhub.eu-west-1.amazonaws.com"]);
}

#[tokio::test]
async fn a_throttled_call_is_tried_again_and_fails_in_the_end() {
    let throttled = r#"{"__type": "ThrottlingException", "message": "Rate exceeded"}"#;
    let respond = move || {
        aws_smithy_runtime_api::client::orchestrator::HttpResponse::new(
            400.try_into().unwrap(),
            SdkBody::from(throttled),
        )
    };
    let rule = mock!(aws_sdk_cloudtrail::Client::describe_trails).then_http_response(respond);
    let refusal = Mocks { cloudtrail: &[&rule], ..Mocks::default() }
        .live()
        .ask(DescribeTrails { region: home() })
        .await
        .unwrap_err();
    assert_eq!(
        (refusal.kind, refusal.code.as_deref(), rule.num_calls()),
        (RefusalKind::Failed, Some("ThrottlingException"), 3)
    );
}

/// Every call of a provider, lest one waits for ever.
#[tokio::test]
async fn what_is_not_answered_by_the_deadline_is_refused() {
    let silent = network(200, "").0.into_builder().http_client(NeverClient::new()).build();
    let live = live(clients(&silent)).until(Deadline::after(Duration::from_millis(20)));
    let (trail, subscription, key) =
        (|| TRAIL.parse().unwrap(), || format!("{}:7f2c", topic()).parse().unwrap(), || "key".to_owned());
    let refusals = [
        live.ask(DescribeTrails { region: home() }).await.unwrap_err(),
        live.ask(GetTrailStatus { region: home(), trail: trail() }).await.unwrap_err(),
        live.ask(GetEventSelectors { region: home(), trail: trail() }).await.unwrap_err(),
        live.ask(DescribeMetricFilters { region: home(), log_group: "group".to_owned() }).await.unwrap_err(),
        live.ask(DescribeAlarms { region: home() }).await.unwrap_err(),
        live.ask(ListSubscriptionsByTopic { region: home(), topic: topic() }).await.unwrap_err(),
        live.ask(DescribeHub { region: home() }).await.unwrap_err(),
        live.ask(GetTopicAttributes { region: home(), topic: topic() }).await.unwrap_err(),
        live.ask(GetSubscriptionAttributes { region: home(), subscription: subscription() }).await.unwrap_err(),
        live.ask(ListAlarmMuteRules { region: home() }).await.unwrap_err(),
        live.ask(GetAlarmMuteRule { region: home(), name: "rule".to_owned() }).await.unwrap_err(),
        live.ask(DescribeKey { region: home(), key: key() }).await.unwrap_err(),
        live.ask(GetKeyPolicy { region: home(), key: key() }).await.unwrap_err(),
        live.ask(ListRegions { region: home() }).await.unwrap_err(),
    ];
    let asked: BTreeSet<_> = refusals.iter().map(|refusal| refusal.call.operation).collect();
    let asked_in_an_audit = Operation::ALL.iter().filter(|operation| Need::OF_AN_AUDIT.contains(&operation.need()));
    assert_eq!(asked, asked_in_an_audit.copied().collect());
    for refusal in refusals {
        assert_eq!(refusal.message, "no answer in time: the audit may take 0.02 s, and one call half of what is left");
        assert_eq!(refusal.kind, RefusalKind::Failed);
    }
}

/// The refusal of a call by a network that answers so.
async fn refusal(status: u16, body: &str) -> (RefusalKind, Option<String>, String) {
    let (config, _) = network(status, body);
    let refusal =
        live(clients(&config)).ask(GetTrailStatus { region: home(), trail: TRAIL.parse().unwrap() }).await.unwrap_err();
    assert_eq!(refusal.call.to_string(), format!("cloudtrail:GetTrailStatus in us-east-1 on `{TRAIL}`"));
    (refusal.kind, refusal.code, refusal.message)
}

#[tokio::test]
async fn a_refusal_says_what_aws_said() {
    let denied =
        r#"{"__type": "AccessDeniedException", "message": "not authorized to perform: cloudtrail:GetTrailStatus"}"#;
    let (kind, code, message) = refusal(400, denied).await;
    assert_eq!((kind, code.as_deref()), (RefusalKind::Denied, Some("AccessDeniedException")));
    assert_eq!(message, "not authorized to perform: cloudtrail:GetTrailStatus");
    let (kind, ..) = refusal(400, r#"{"__type": "TrailNotFoundException"}"#).await;
    assert_eq!(kind, RefusalKind::NotFound);
}

#[tokio::test]
async fn an_answer_that_is_none_is_a_failure() {
    let (kind, code, message) = refusal(404, "<!doctype html>").await;
    assert_eq!((kind, code), (RefusalKind::Failed, None));
    assert!(message.starts_with("HTTP status 404: "), "{message}");
    let (kind, _, message) = refusal(200, "{}").await;
    assert_eq!((kind, message.as_str()), (RefusalKind::Failed, "the answer lacks `IsLogging`"));
}

#[tokio::test]
async fn nothing_but_reading_reaches_the_wire() {
    let (config, hosts) = network(200, "{}");
    let guarded = clients(&config);
    let refused = |error: String, operation: &str| {
        assert!(error.contains(&format!("`{operation}` is not one of the read operations")), "{error}")
    };
    let error = guarded.cloudtrail_in("us-east-1").delete_trail().name("main").send().await.unwrap_err();
    refused(DisplayErrorContext(&error).to_string(), "cloudtrail:DeleteTrail");
    let error = guarded
        .logs_in("us-east-1")
        .delete_metric_filter()
        .log_group_name("g")
        .filter_name("f")
        .send()
        .await
        .unwrap_err();
    refused(DisplayErrorContext(&error).to_string(), "logs:DeleteMetricFilter");
    let error = guarded.cloudwatch_in("us-east-1").disable_alarm_actions().alarm_names("a").send().await.unwrap_err();
    refused(DisplayErrorContext(&error).to_string(), "cloudwatch:DisableAlarmActions");
    let error = guarded.sns_in("us-east-1").publish().topic_arn("t").message("m").send().await.unwrap_err();
    refused(DisplayErrorContext(&error).to_string(), "sns:Publish");
    let error = guarded.kms_in("us-east-1").schedule_key_deletion().key_id("k").send().await.unwrap_err();
    refused(DisplayErrorContext(&error).to_string(), "kms:ScheduleKeyDeletion");
    let error = guarded.securityhub_in("us-east-1").disable_security_hub().send().await.unwrap_err();
    refused(DisplayErrorContext(&error).to_string(), "securityhub:DisableSecurityHub");
    let error = guarded.account_in("us-east-1").disable_region().region_name("af-south-1").send().await.unwrap_err();
    refused(DisplayErrorContext(&error).to_string(), "account:DisableRegion");
    assert!(hosts.lock().unwrap().is_empty());
}

#[tokio::test]
async fn reads_beyond_the_list_are_refused_too() {
    let (config, hosts) = network(200, "{}");
    let reading = clients(&config).logs_in("us-east-1").filter_log_events().log_group_name("g").send().await;
    assert!(reading.is_err() && hosts.lock().unwrap().is_empty());
}

const STS: &str = r#"<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
  <Arn>arn:aws-us-gov:sts::111122223333:assumed-role/audit/trailproof</Arn><UserId>AROAEXAMPLE</UserId><Account>111122223333</Account>
</GetCallerIdentityResult></GetCallerIdentityResponse>"#;

#[tokio::test]
async fn the_identity_is_asked_of_sts() {
    let (config, hosts) = network(200, STS);
    let live = Live::from_config(&config, &[region("us-gov-west-1")]).await.unwrap();
    assert_eq!((live.identity().account.as_str(), live.identity().partition.as_str()), ("111122223333", "aws-us-gov"));
    assert_eq!(
        (live.regions(), hosts.lock().unwrap().as_slice()),
        (&[region("us-gov-west-1")][..], &["sts.us-gov-west-1.amazonaws.com".to_owned()][..])
    );
}

fn describe(error: &LiveError) -> String {
    format!("error: {error}\nhelp: {}", error.help())
}

/// Why an account cannot be audited whose STS answers so.
async fn no_identity(status: u16, code: &str) -> String {
    let body = format!(
        "<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>{code}, says STS</Message></Error></ErrorResponse>"
    );
    describe(&Live::from_config(&network(status, &body).0, &[]).await.unwrap_err())
}

/// Why an account cannot be audited whose credentials end so.
async fn no_credentials(provider: impl ProvideCredentials + 'static) -> String {
    let config =
        network(200, STS).0.into_builder().credentials_provider(SharedCredentialsProvider::new(provider)).build();
    describe(&Live::from_config(&config, &[]).await.unwrap_err())
}

#[tokio::test]
async fn what_makes_an_audit_impossible_is_said_with_a_remedy() {
    let nothing = provide_credentials_fn(async || Err(CredentialsError::not_loaded("no credentials found in chain")));
    let expired = provide_credentials_fn(async || Err(CredentialsError::provider_error("the SSO session has expired")));
    let role = provide_credentials_fn(async || {
        Err(CredentialsError::provider_error("not authorized to perform: sts:AssumeRole"))
    });
    let nowhere = network(200, STS).0.into_builder().region(None).build();
    let texts = [
        describe(&Live::from_config(&nowhere, &[]).await.unwrap_err()),
        no_credentials(nothing).await,
        no_credentials(expired).await,
        no_credentials(role).await,
        no_identity(403, "ExpiredToken").await,
        no_identity(403, "InvalidClientTokenId").await,
    ];
    snapshots().bind(|| insta::assert_snapshot!("impossible", texts.join("\n\n")));
}

#[tokio::test]
async fn options_are_checked_before_anything_is_sent() {
    let (config, hosts) = network(200, STS);
    let ireland = config.into_builder().region(SdkRegion::new("Ireland")).build();
    let refused = async |options: Options| describe(&Live::connect(&options).await.unwrap_err());
    let texts = [
        describe(&Live::from_config(&ireland, &[]).await.unwrap_err()),
        refused(Options { endpoint_url: Some("localhost:4566".to_owned()), ..Options::default() }).await,
    ];
    snapshots().bind(|| insta::assert_snapshot!("bad-options", texts.join("\n\n")));
    assert!(hosts.lock().unwrap().is_empty());
}

#[tokio::test]
async fn an_audit_of_what_a_live_audit_asked_sees_the_same_account() {
    let recorded: Recording = include_str!("../fixtures/formats/trailproof-recording-1.json").parse().unwrap();
    let (regions, clients) = (recorded.regions().to_vec(), mocked::clients(&recorded));
    let live = Live::from_clients(recorded.identity().clone(), regions, clients, recorded.asked_at());
    let recorder = Recorder::new(live);
    let account = collect(&recorder).await;
    let kept: Recording = serde_json::to_string(&recorder.recording()).unwrap().parse().unwrap();
    // That a live account is not asked for what lies beyond an audit, is kept too.
    let of_an_audit = |recording: &Recording| {
        let calls = recording.calls().map(|(call, _)| call.clone());
        calls.filter(|call| Need::OF_AN_AUDIT.contains(&call.operation.need())).collect::<Vec<_>>()
    };
    assert_eq!(of_an_audit(&kept), of_an_audit(&recorded));
    assert_eq!(collect(&kept).await, account);
}
