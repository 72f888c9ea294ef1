//! Every way in which the chain of an account that is right can break, and what is then said.

use std::sync::LazyLock;

use rstest::rstest;
use serde_json::{Value, json};
use trailproof::account::collect::collect;
use trailproof::control::{Catalogue, Control, Reference, Requires};
use trailproof::estate::Estate;
use trailproof::judge::{self, Question};
use trailproof::pattern::Pattern;
use trailproof::provider::recorded::Recording;
use trailproof::report::{Finding, Status};

use crate::edits::edit;

const CIS: &str = "{ ($.eventName = CreateCustomerGateway) || ($.eventName = DeleteCustomerGateway) || ($.eventName = \
                   AttachInternetGateway) || ($.eventName = CreateInternetGateway) || ($.eventName = \
                   DeleteInternetGateway) || ($.eventName = DetachInternetGateway) }";

/// What is found about the account that is right, once it is edited. See [`edit`].
fn found(edits: &[(&str, Value)], strict: bool) -> Finding {
    let finding = held_against(&gateways(), edits, strict);
    assert_eq!(finding.witness.is_some(), finding.status == Status::Fail, "{finding:#?}");
    assert_eq!(finding.reasons.is_empty(), finding.status == Status::Pass, "{finding:#?}");
    if let Some(witness) = &finding.witness {
        let required: Pattern = CIS.parse().unwrap();
        assert!(required.matches(&witness.to_string()), "{witness:#}");
    }
    finding
}

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::builtin().unwrap());

fn gateways() -> Control {
    CATALOGUE.controls.iter().find(|control| control.key == "network-gateway-changes").unwrap().clone()
}

fn held_against(control: &Control, edits: &[(&str, Value)], strict: bool) -> Finding {
    let mut recording: Value = serde_json::from_str(include_str!("../fixtures/accounts/compliant.json")).unwrap();
    for (place, value) in edits {
        edit(&mut recording, place, value.clone());
    }
    let recording: Recording = recording.to_string().parse().unwrap();
    let account = tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(collect(&recording));
    let question =
        Question { version: CATALOGUE.version(None).unwrap(), prover: &CATALOGUE.records, strict, letter: false };
    judge::report(&Estate::from_iter([account]), &[control], question).findings.remove(0)
}

/// Status and codes, in one line.
fn said(finding: &Finding) -> String {
    let text = |value: Value| value.as_str().unwrap().to_owned();
    let codes = finding.reasons.iter().map(|reason| text(serde_json::to_value(reason.code).unwrap()));
    let status = text(serde_json::to_value(finding.status).unwrap());
    std::iter::once(status).chain(codes).collect::<Vec<_>>().join(" ")
}

fn filter(pattern: &str) -> Vec<(&'static str, Value)> {
    vec![("DescribeMetricFilters/metricFilters/0/filterPattern", json!(pattern))]
}

fn alarm(member: &'static str, value: Value) -> Vec<(&'static str, Value)> {
    let place = format!("DescribeAlarms/MetricAlarms/0/{member}");
    vec![(place.leak(), value)]
}

/// The alarm on the metric as line `m1`, or on expressions `a1`, `a2`, …, of which it watches the first.
fn math(expressions: &[&str]) -> Vec<(&'static str, Value)> {
    let metric = json!({"MetricName": "NetworkGatewayChanges", "Namespace": "CISBenchmark"});
    let stat = json!({"Metric": metric, "Period": 300, "Stat": "Sum"});
    let mut lines = vec![json!({"Id": "m1", "MetricStat": stat, "ReturnData": expressions.is_empty()})];
    for (at, text) in expressions.iter().enumerate() {
        lines.push(json!({"Id": format!("a{}", at + 1), "Expression": text, "ReturnData": at == 0}));
    }
    let single = ["MetricName", "Namespace", "Statistic", "Period"].map(|member| alarm(member, json!(null)));
    both(single.concat(), alarm("Metrics", json!(lines)))
}

fn metric(member: &'static str, value: Value) -> Vec<(&'static str, Value)> {
    let place = format!("DescribeMetricFilters/metricFilters/0/metricTransformations/0/{member}");
    vec![(place.leak(), value)]
}

fn both(mut one: Vec<(&'static str, Value)>, other: Vec<(&'static str, Value)>) -> Vec<(&'static str, Value)> {
    one.extend(other);
    one
}

fn alarm_arn(name: &str) -> String {
    format!("arn:aws:cloudwatch:us-east-1:111122223333:alarm:{name}")
}

fn denied() -> Value {
    json!({"code": "AccessDenied", "message": "User is not authorized"})
}

#[test]
fn the_account_that_is_right_passes() {
    let finding = found(&[], false);
    assert_eq!(said(&finding), "pass");
    assert!(finding.advisories.is_empty(), "{:#?}", finding.advisories);
    assert_eq!(said(&found(&[], true)), "pass");
}

/// What the report says was not looked at, where these calls are denied or were not recorded.
fn not_looked_at(calls: &[&'static str]) -> String {
    let [denied, missing] = [denied(), Value::Null].map(|answer| {
        let edits: Vec<_> = calls.iter().map(|call| (*call, answer.clone())).collect();
        assert_eq!(said(&found(&edits, true)), "undetermined not-checked");
        let finding = found(&edits, false);
        assert_eq!((said(&finding).as_str(), finding.advisories.len()), ("pass", 1));
        finding.advisories[0].message.clone()
    });
    assert_eq!(denied, missing);
    denied.strip_prefix("the audit did not check ").unwrap().to_owned()
}

#[test]
fn what_goes_beyond_the_benchmark_is_an_advisory_where_it_has_no_answer() {
    assert_eq!(not_looked_at(&["GetTopicAttributes"]), "the topic's policy and encryption");
    assert_eq!(not_looked_at(&["GetSubscriptionAttributes"]), "the filter policies of the topic's subscriptions");
    assert_eq!(not_looked_at(&["ListAlarmMuteRules"]), "the rules that mute the alarm");
    assert_eq!(
        not_looked_at(&["GetTopicAttributes", "GetSubscriptionAttributes", "ListAlarmMuteRules"]),
        "the topic's policy and encryption, the filter policies of the topic's subscriptions and the rules that mute the alarm"
    );
}

#[rstest]
#[case::none("DescribeTrails/trailList", json!([]), "fail no-trail")]
#[case::one_region("DescribeTrails/trailList/0/IsMultiRegionTrail", json!(false), "fail trail-not-multi-region")]
#[case::no_log_group("DescribeTrails/trailList/0/CloudWatchLogsLogGroupArn", json!(null), "fail trail-without-log-group")]
#[case::elsewhere(
    "DescribeTrails/trailList/0/CloudWatchLogsLogGroupArn",
    json!("arn:aws:logs:us-east-1:444455556666:log-group:central:*"),
    "undetermined log-group-in-another-account"
)]
#[case::undelivered("GetTrailStatus/LatestCloudWatchLogsDeliveryError", json!("ACCESS_DENIED"), "undetermined trail-delivery-failed")]
#[case::delivered("GetTrailStatus/LatestCloudWatchLogsDeliveryError", json!(""), "pass")]
#[case::stopped("GetTrailStatus/IsLogging", json!(false), "fail trail-not-logging")]
fn trails(#[case] place: &str, #[case] value: Value, #[case] expected: &str) {
    assert_eq!(said(&found(&[(place, value)], false)), expected);
}

#[rstest]
#[case::all(json!([{}]), "pass")]
#[case::read_and_write(json!([{"ReadWriteType": "ReadOnly"}, {"ReadWriteType": "WriteOnly"}]), "pass")]
#[case::reads(json!([{"ReadWriteType": "ReadOnly"}]), "fail trail-lacks-management-events")]
#[case::writes(json!([{"ReadWriteType": "WriteOnly"}]), "pass")]
#[case::data_only(json!([{"IncludeManagementEvents": false}]), "fail trail-lacks-management-events")]
#[case::without_keys(json!([{"ExcludeManagementEventSources": ["kms.amazonaws.com"]}]), "pass")]
#[case::without_ec2(json!([{"ExcludeManagementEventSources": ["ec2.amazonaws.com"]}]), "fail trail-drops-events")]
#[case::added_up(json!([{"ExcludeManagementEventSources": ["ec2.amazonaws.com"]}, {}]), "pass")]
#[case::unheard_of(json!([{"ReadWriteType": "Some"}]), "undetermined trail-selectors-not-judged")]
fn basic_selectors(#[case] mut selectors: Value, #[case] expected: &str) {
    for selector in selectors.as_array_mut().unwrap() {
        for (member, value) in [("ReadWriteType", json!("All")), ("IncludeManagementEvents", json!(true))] {
            selector.as_object_mut().unwrap().entry(member).or_insert(value);
        }
    }
    assert_eq!(said(&found(&[("GetEventSelectors/EventSelectors", selectors)], false)), expected);
}

#[rstest]
#[case::all(json!([]), "pass")]
#[case::both(json!([{"Field": "readOnly", "Equals": ["true", "false"]}]), "pass")]
#[case::reads(json!([{"Field": "readOnly", "Equals": ["true"]}]), "fail trail-lacks-management-events")]
#[case::without_keys(json!([{"Field": "eventSource", "NotEquals": ["kms.amazonaws.com"]}]), "pass")]
#[case::without_ec2(json!([{"Field": "eventSource", "NotStartsWith": ["ec2."]}]), "fail trail-drops-events")]
#[case::no_deletion(json!([{"Field": "eventName", "NotEndsWith": ["DetachInternetGateway"]}]), "fail trail-drops-events")]
#[case::one_person(json!([{"Field": "userIdentity.arn", "Equals": ["arn:aws:iam::111122223333:user/bob"]}]), "fail trail-drops-events")]
#[case::not_a_person(json!([{"Field": "userIdentity.arn", "NotEquals": ["x"]}]), "undetermined trail-selectors-not-judged")]
#[case::other(json!([{"Field": "vpcEndpointId", "Equals": ["vpce-1"]}]), "undetermined trail-selectors-not-judged")]
fn advanced_selectors(#[case] fields: Value, #[case] expected: &str) {
    let mut all = fields.as_array().unwrap().clone();
    all.push(json!({"Field": "eventCategory", "Equals": ["Management"]}));
    let selectors = json!([{"FieldSelectors": all}]);
    let edits =
        [("GetEventSelectors/EventSelectors", json!([])), ("GetEventSelectors/AdvancedEventSelectors", selectors)];
    assert_eq!(said(&found(&edits, false)), expected);
}

#[rstest]
#[case("CreateCustomerGateway")]
#[case("DeleteCustomerGateway")]
#[case("AttachInternetGateway")]
#[case("CreateInternetGateway")]
#[case("DeleteInternetGateway")]
#[case("DetachInternetGateway")]
fn an_event_that_the_filter_lacks_is_the_witness(#[case] name: &str) {
    let finding = found(&filter(&CIS.replace(name, "RunInstances")), false);
    assert_eq!(said(&finding), "fail filter-does-not-cover");
    assert_eq!(finding.reasons[0].message, format!("the filter does not match {name}"));
    assert_eq!(finding.witness.unwrap()["eventName"], name);
}

#[rstest]
#[case::other_words("{ $.eventName = %InternetGateway$% || $.eventName = \"*CustomerGateway\" }", "pass")]
#[case::wildcard("{ $.eventName = \"*InternetGateway\" || $.eventName = \"*CustomerGateway\" }", "pass")]
#[case::source("{ $.eventSource = ec2.amazonaws.com }", "pass")]
#[case::everything("", "pass")]
#[case::words("?CustomerGateway ?InternetGateway", "pass")]
#[case::one_region("{ $.awsRegion = us-east-1 && $.eventName = \"*Gateway\" }", "fail filter-does-not-cover")]
#[case::and_for_or(
    "{ $.eventName = CreateInternetGateway && $.eventName = DeleteInternetGateway }",
    "fail filter-does-not-cover"
)]
#[case::successes("{ $.errorCode NOT EXISTS && $.eventName = \"*Gateway\" }", "fail filter-does-not-cover")]
#[case::other_control("{ $.errorCode = \"AccessDenied*\" }", "fail no-filter")]
#[case::unauthorized_calls(
    "{ ($.errorCode = \"*UnauthorizedOperation\") || ($.errorCode = \"AccessDenied*\") && ($.eventName != \"HeadBucket\") }",
    "fail no-filter"
)]
#[case::other_event("{ $.eventName = ConsoleLogin }", "fail no-filter")]
#[case::not_a_pattern("{ $.eventName == CreateInternetGateway }", "fail filter-pattern-invalid")]
fn filters(#[case] pattern: &str, #[case] expected: &str) {
    assert_eq!(said(&found(&filter(pattern), false)), expected);
}

#[rstest]
#[case::none("DescribeMetricFilters/metricFilters", json!([]), "fail no-filter")]
#[case::transformed("DescribeMetricFilters/metricFilters/0/applyOnTransformedLogs", json!(true), "undetermined filter-on-transformed-logs")]
#[case::selected_region("DescribeMetricFilters/metricFilters/0/fieldSelectionCriteria", json!("@aws.region = \"us-east-1\""), "undetermined filter-field-selection-not-judged")]
#[case::selected_account("DescribeMetricFilters/metricFilters/0/fieldSelectionCriteria", json!("@aws.account IN [\"111122223333\", \"444455556666\"]"), "pass")]
#[case::selected_other_account("DescribeMetricFilters/metricFilters/0/fieldSelectionCriteria", json!("@aws.account = \"444455556666\""), "fail filter-selection-drops-events")]
#[case::selected_other_region("DescribeMetricFilters/metricFilters/0/fieldSelectionCriteria", json!("@aws.region = \"eu-west-1\""), "fail filter-field-selection-not-judged filter-selection-drops-events")]
#[case::selected_oddly("DescribeMetricFilters/metricFilters/0/fieldSelectionCriteria", json!("@aws.region LIKE \"us-%\""), "undetermined filter-field-selection-not-judged")]
#[case::selected_blank("DescribeMetricFilters/metricFilters/0/fieldSelectionCriteria", json!(" "), "pass")]
#[case::no_metric("DescribeMetricFilters/metricFilters/0/metricTransformations", json!([]), "fail filter-without-metric")]
fn metric_filters(#[case] place: &str, #[case] value: Value, #[case] expected: &str) {
    assert_eq!(said(&found(&[(place, value)], false)), expected);
}

#[rstest]
#[case::none(vec![("DescribeAlarms/MetricAlarms", json!([]))], "fail no-alarm")]
#[case::other_namespace(alarm("Namespace", json!("LogMetrics")), "fail no-alarm")]
#[case::switched_off(alarm("ActionsEnabled", json!(false)), "fail alarm-actions-disabled")]
#[case::no_actions(alarm("AlarmActions", json!([])), "fail alarm-without-topic")]
#[case::only_ok(both(alarm("AlarmActions", json!([])), alarm("OKActions", json!(["arn:aws:sns:us-east-1:111122223333:security-alerts"]))), "fail alarm-without-topic")]
#[case::only_lambda(alarm("AlarmActions", json!(["arn:aws:lambda:us-east-1:111122223333:function:f"])), "fail alarm-without-topic")]
#[case::out_of_reach(alarm("Threshold", json!(10.0)), "fail alarm-needs-burst")]
#[case::greater_than(alarm("ComparisonOperator", json!("GreaterThanThreshold")), "fail alarm-needs-burst")]
#[case::inverse(alarm("ComparisonOperator", json!("LessThanThreshold")), "fail alarm-never-fires")]
#[case::inverse_or_equal(alarm("ComparisonOperator", json!("LessThanOrEqualToThreshold")), "fail alarm-inverse")]
#[case::never(metric("metricValue", json!("0")), "fail alarm-never-fires")]
#[case::ignore(alarm("TreatMissingData", json!("ignore")), "fail alarm-fires-once")]
#[case::breaching(alarm("TreatMissingData", json!("breaching")), "fail alarm-fires-once")]
#[case::not_breaching(alarm("TreatMissingData", json!("notBreaching")), "pass")]
#[case::default_zero(metric("defaultValue", json!(0.0)), "pass")]
#[case::default_one(metric("defaultValue", json!(1.0)), "fail alarm-fires-once")]
#[case::average(alarm("Statistic", json!("Average")), "pass")]
#[case::diluted(both(alarm("Statistic", json!("Average")), metric("defaultValue", json!(0.0))), "fail alarm-never-fires")]
#[case::three_of_three(alarm("EvaluationPeriods", json!(3)), "pass")]
#[case::three_ignored(both(alarm("EvaluationPeriods", json!(3)), alarm("TreatMissingData", json!("ignore"))), "fail alarm-needs-burst")]
#[case::three_not_breaching(both(alarm("EvaluationPeriods", json!(3)), alarm("TreatMissingData", json!("notBreaching"))), "fail alarm-needs-burst")]
#[case::three_with_default(both(alarm("EvaluationPeriods", json!(3)), metric("defaultValue", json!(0.0))), "fail alarm-needs-burst")]
#[case::one_of_three(both(alarm("EvaluationPeriods", json!(3)), alarm("DatapointsToAlarm", json!(1))), "pass")]
#[case::unit(alarm("Unit", json!("Seconds")), "fail alarm-unit-differs")]
#[case::unit_none(alarm("Unit", json!("None")), "pass")]
#[case::alarm_dimensions(alarm("Dimensions", json!([{"Name": "Region", "Value": "us-east-1"}])), "fail alarm-dimensions-differ")]
#[case::filter_dimensions(metric("dimensions", json!({"Region": "$.awsRegion"})), "fail alarm-dimensions-differ")]
#[case::both_dimensions(both(metric("dimensions", json!({"Region": "$.awsRegion"})), alarm("Dimensions", json!([{"Name": "Region", "Value": "us-east-1"}]))), "fail alarm-dimension-too-narrow")]
#[case::dimension_of_all_events(both(metric("dimensions", json!({"Source": "$.eventSource"})), alarm("Dimensions", json!([{"Name": "Source", "Value": "ec2.amazonaws.com"}]))), "pass")]
#[case::dimension_that_some_lack(metric("dimensions", json!({"Code": "$.errorCode"})), "fail alarm-not-judged alarm-dimension-too-narrow")]
#[case::numeric_dimension(both(metric("dimensions", json!({"Code": "$.errorCode"})), alarm("Dimensions", json!([{"Name": "Code", "Value": "404"}]))), "fail alarm-not-judged alarm-dimension-too-narrow")]
#[case::value_of_event(metric("metricValue", json!("$.size")), "fail alarm-needs-value")]
#[case::number_of_event(both(metric("metricValue", json!("$.size")), filter(&format!("{{ $.size >= 1 && ({}) }}", CIS.trim_matches(['{', '}'])))), "fail filter-does-not-cover")]
#[case::text_of_event(metric("metricValue", json!("$.eventName")), "fail alarm-never-fires")]
#[case::many_of_event(metric("metricValue", json!("$.sizes[*]")), "fail metric-invalid")]
#[case::not_a_number(metric("metricValue", json!("one")), "fail metric-invalid")]
#[case::seconds(alarm("Period", json!(10)), "pass")]
#[case::seconds_diluted(both(both(alarm("Period", json!(10)), alarm("Statistic", json!("Average"))), metric("defaultValue", json!(0.0))), "fail alarm-never-fires")]
#[case::seconds_in_a_row(both(both(alarm("Period", json!(10)), alarm("EvaluationPeriods", json!(2))), alarm("TreatMissingData", json!("notBreaching"))), "fail alarm-never-fires")]
#[case::odd_seconds(alarm("Period", json!(45)), "undetermined alarm-not-judged")]
#[case::system_dimensions(vec![("DescribeMetricFilters/metricFilters/0/emitSystemFieldDimensions", json!(["@aws.region"]))], "fail alarm-dimensions-differ")]
#[case::system_account(both(vec![("DescribeMetricFilters/metricFilters/0/emitSystemFieldDimensions", json!(["@aws.account"]))], alarm("Dimensions", json!([{"Name": "@aws.account", "Value": "111122223333"}]))), "pass")]
#[case::system_account_of_others(both(vec![("DescribeMetricFilters/metricFilters/0/emitSystemFieldDimensions", json!(["@aws.account"]))], alarm("Dimensions", json!([{"Name": "@aws.account", "Value": "444455556666"}]))), "fail alarm-dimensions-differ")]
#[case::system_region(both(vec![("DescribeMetricFilters/metricFilters/0/emitSystemFieldDimensions", json!(["@aws.region"]))], alarm("Dimensions", json!([{"Name": "@aws.region", "Value": "us-east-1"}]))), "undetermined alarm-not-judged")]
#[case::system_region_of_others(both(vec![("DescribeMetricFilters/metricFilters/0/emitSystemFieldDimensions", json!(["@aws.region"]))], alarm("Dimensions", json!([{"Name": "@aws.region", "Value": "eu-west-1"}]))), "fail alarm-not-judged alarm-dimension-too-narrow")]
#[case::samples(alarm("Statistic", json!("SampleCount")), "pass")]
#[case::samples_of_all(both(alarm("Statistic", json!("SampleCount")), metric("defaultValue", json!(0.0))), "fail alarm-fires-once")]
#[case::percentile(both(alarm("Statistic", json!(null)), alarm("ExtendedStatistic", json!("p90"))), "pass")]
#[case::diluted_percentile(both(both(alarm("Statistic", json!(null)), alarm("ExtendedStatistic", json!("p90"))), metric("defaultValue", json!(0.0))), "fail alarm-never-fires")]
#[case::few_samples(both(both(alarm("Statistic", json!(null)), alarm("ExtendedStatistic", json!("p90"))), alarm("EvaluateLowSampleCountPercentile", json!("ignore"))), "fail alarm-needs-burst")]
#[case::trimmed_mean(both(alarm("Statistic", json!(null)), alarm("ExtendedStatistic", json!("tm90"))), "pass")]
#[case::trimmed_count(both(alarm("Statistic", json!(null)), alarm("ExtendedStatistic", json!("tc90"))), "undetermined alarm-not-judged")]
#[case::wall_clock(alarm("EvaluationWindow", json!({"WallClockWindow": {}})), "pass")]
#[case::no_warm_up(alarm("WarmUpConfiguration", json!({"WarmUpPeriodDurationInMinutes": 0})), "pass")]
#[case::evaluation_error(alarm("EvaluationState", json!("EVALUATION_ERROR")), "undetermined alarm-not-judged")]
#[case::promql(alarm("EvaluationCriteria", json!({"PromQLCriteria": {"Query": "up"}})), "undetermined alarm-not-judged")]
#[case::anomaly(alarm("ThresholdMetricId", json!("ad1")), "undetermined alarm-not-judged")]
#[case::warm_up(alarm("WarmUpConfiguration", json!({"WarmUpPeriodDurationInMinutes": 5})), "pass")]
#[case::never_and_silent(both(metric("metricValue", json!("0")), alarm("ActionsEnabled", json!(false))), "fail alarm-never-fires alarm-actions-disabled")]
#[case::math(alarm("Metrics", json!([{"Id": "m", "Expression": "SUM(METRICS())"}])), "undetermined alarm-not-judged")]
#[case::single_metric(math(&[]), "pass")]
#[case::identity(math(&["m1"]), "pass")]
#[case::fill(math(&["FILL(m1, 0)"]), "pass")]
#[case::filled_with_breaching(math(&["FILL(m1, 1)"]), "fail alarm-fires-once")]
#[case::sum(math(&["SUM(METRICS())"]), "pass")]
#[case::halved(math(&["m1 / 2"]), "fail alarm-needs-burst")]
#[case::compared(math(&["m1 > 4"]), "fail alarm-needs-burst")]
#[case::line_of_a_line(math(&["a2 * 2", "m1 / 2"]), "pass")]
#[case::circle(math(&["a2", "a1"]), "undetermined alarm-not-judged")]
#[case::rate(math(&["RATE(m1)"]), "undetermined alarm-not-judged")]
#[case::insights(math(&["SELECT SUM(NetworkGatewayChanges) FROM CISBenchmark"]), "undetermined alarm-not-judged")]
fn alarms(#[case] edits: Vec<(&'static str, Value)>, #[case] expected: &str) {
    assert_eq!(said(&found(&edits, false)), expected);
}

#[rstest]
#[case::alone("ALARM(\"network-gateway-changes\")", "pass")]
#[case::by_arn("ALARM(arn:aws:cloudwatch:us-east-1:111122223333:alarm:network-gateway-changes)", "pass")]
#[case::one_of_two("ALARM(network-gateway-changes) OR ALARM(other)", "pass")]
#[case::both("ALARM(network-gateway-changes) AND ALARM(other)", "undetermined composite-alarm-not-judged")]
#[case::two_of_three("AT_LEAST(2, ALARM, (network-gateway-changes, a, b))", "fail composite-needs-another-alarm")]
#[case::third_of_three("AT_LEAST(33%, ALARM, (network-gateway-changes, a, b))", "pass")]
#[case::maintenance("ALARM(network-gateway-changes) AND NOT ALARM(maintenance)", "pass")]
#[case::state_of_another("ALARM(network-gateway-changes) AND OK(other)", "undetermined composite-alarm-not-judged")]
#[case::on_the_same_metric("ALARM(network-gateway-changes) AND ALARM(twin)", "pass")]
#[case::not_in_alarm("NOT ALARM(network-gateway-changes)", "fail alarm-fires-once")]
#[case::never("ALARM(network-gateway-changes) AND FALSE", "fail alarm-never-fires")]
#[case::always("ALARM(network-gateway-changes) OR TRUE", "fail alarm-fires-once")]
#[case::circle("ALARM(network-gateway-changes) AND NOT ALARM(upper)", "fail composite-cycle")]
#[case::either_way("ALARM(network-gateway-changes) OR TRUE AND FALSE", "undetermined composite-alarm-not-judged")]
#[case::mistake("ALARM(network-gateway-changes) XOR OK(other)", "undetermined composite-alarm-not-judged")]
#[case::of_another_alarm("ALARM(other)", "fail alarm-without-topic")]
fn composite_alarms(#[case] rule: &str, #[case] expected: &str) {
    assert_eq!(said(&found(&composite(rule, json!({})), false)), expected);
}

#[rstest]
#[case::quiet(json!({"ActionsSuppressor": "maintenance"}), "pass")]
#[case::the_alarm_itself(json!({"ActionsSuppressor": "network-gateway-changes"}), "fail composite-suppressed")]
#[case::on_the_same_metric(json!({"ActionsSuppressor": "twin"}), "fail composite-suppressed alarm-without-topic")]
#[case::now(json!({"ActionsSuppressor": "other"}), "undetermined composite-alarm-not-judged")]
#[case::switched_off(json!({"ActionsEnabled": false}), "fail alarm-actions-disabled")]
fn actions_of_composite_alarms(#[case] members: Value, #[case] expected: &str) {
    assert_eq!(said(&found(&composite("ALARM(network-gateway-changes)", members), false)), expected);
}

/// The alarm without actions, a composite alarm `upper` with them, an alarm `twin` on the same metric and an `other` that
/// is in ALARM.
fn composite(rule: &str, members: Value) -> Vec<(&'static str, Value)> {
    let topic = "arn:aws:sns:us-east-1:111122223333:security-alerts";
    let mut upper = json!({"AlarmName": "upper", "AlarmArn": alarm_arn("upper"), "AlarmRule": rule,
        "ActionsEnabled": true, "AlarmActions": [topic]});
    upper.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
    let on = |name: &str, metric: &str| {
        json!({"AlarmName": name, "AlarmArn": alarm_arn(name), "ActionsEnabled": true, "MetricName": metric, "Namespace": "CISBenchmark", "Statistic": "Sum",
            "Period": 300, "EvaluationPeriods": 1, "Threshold": 1.0, "StateValue": "ALARM",
            "ComparisonOperator": "GreaterThanOrEqualToThreshold", "AlarmActions": []})
    };
    let others = [on("twin", "NetworkGatewayChanges"), on("other", "Other")];
    let mut edits = both(alarm("AlarmActions", json!([])), vec![("DescribeAlarms/CompositeAlarms/+", upper)]);
    // The twin only where the rule or the suppressor asks for it: it would be one more way that tells nobody.
    let [twin, other] = others;
    let wants_twin = edits.iter().any(|(_, value)| value.to_string().contains("twin"));
    edits.extend(wants_twin.then_some(("DescribeAlarms/MetricAlarms/+", twin)));
    edits.push(("DescribeAlarms/MetricAlarms/+", other));
    edits
}

#[test]
fn a_log_alarm_may_do_without_a_filter() {
    let topic = "arn:aws:sns:us-east-1:111122223333:security-alerts";
    let alarm = json!([{"AlarmName": "gateways", "AlarmArn": alarm_arn("gateways"),
        "ActionsEnabled": true, "AlarmActions": [topic]}]);
    let edits = both(filter("{ $.eventName = ConsoleLogin }"), vec![("DescribeAlarms/LogAlarms", alarm)]);
    assert_eq!(said(&found(&edits, false)), "undetermined no-filter log-alarm-not-judged");
}

#[rstest]
#[case::none("ListSubscriptionsByTopic/Subscriptions", json!([]), "fail no-subscription")]
#[case::pending("ListSubscriptionsByTopic/Subscriptions/0/SubscriptionArn", json!("PendingConfirmation"), "fail subscription-pending")]
#[case::deleted("ListSubscriptionsByTopic/Subscriptions/0/SubscriptionArn", json!("Deleted"), "fail no-subscription")]
#[case::gone("ListSubscriptionsByTopic", json!({"code": "NotFound", "message": "Topic does not exist"}), "fail topic-missing")]
fn topics(#[case] place: &str, #[case] value: Value, #[case] expected: &str) {
    assert_eq!(said(&found(&[(place, value)], false)), expected);
}

const TOPIC: &str = "arn:aws:sns:us-east-1:111122223333:security-alerts";

/// A topic with a policy of one statement, which lets a principal publish.
fn publisher(principal: Value, condition: Value) -> Vec<(&'static str, Value)> {
    let statement = json!({"Effect": "Allow", "Principal": principal, "Action": "SNS:Publish", "Resource": TOPIC, "Condition": condition});
    vec![("GetTopicAttributes/Attributes/Policy", json!(json!({"Statement": [statement]}).to_string()))]
}

#[rstest]
#[case::of_a_new_topic(publisher(json!({"AWS": "*"}), json!({"StringEquals": {"AWS:SourceOwner": "111122223333"}})), "pass")]
#[case::alarms(publisher(json!({"Service": "cloudwatch.amazonaws.com"}), json!({})), "pass")]
#[case::these_alarms(publisher(json!({"Service": "cloudwatch.amazonaws.com"}), json!({"ArnLike": {"aws:SourceArn": "arn:aws:cloudwatch:us-east-1:111122223333:alarm:network-*"}})), "pass")]
#[case::other_alarms(publisher(json!({"Service": "cloudwatch.amazonaws.com"}), json!({"ArnLike": {"aws:SourceArn": "arn:aws:cloudwatch:us-east-1:111122223333:alarm:billing-*"}})), "fail topic-not-publishable")]
#[case::account(publisher(json!({"AWS": "arn:aws:iam::111122223333:root"}), json!({})), "fail topic-not-publishable")]
#[case::organization(publisher(json!("*"), json!({"StringEquals": {"aws:PrincipalOrgID": "o-example"}})), "fail topic-not-publishable")]
fn topic_policies(#[case] edits: Vec<(&'static str, Value)>, #[case] expected: &str) {
    assert_eq!(said(&found(&edits, false)), expected);
}

/// A topic that is encrypted with a key in this state, which lets the service of alarms do these actions.
fn encrypted(id: &str, manager: &str, state: &str, actions: &[&str]) -> Vec<(&'static str, Value)> {
    let arn = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    let policy = json!({"Statement": [
        {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:root"}, "Action": "kms:*", "Resource": "*"},
        {"Effect": "Allow", "Principal": {"Service": "cloudwatch.amazonaws.com"}, "Action": actions, "Resource": "*"},
    ]});
    let call = |operation: &str, key: &str, output: Value| json!({"service": "kms", "operation": operation, "region": "us-east-1", "resource": key, "output": output});
    let described = json!({"KeyMetadata": {"Arn": arn, "KeyManager": manager, "KeyState": state}});
    vec![
        ("GetTopicAttributes/Attributes/KmsMasterKeyId", json!(id)),
        ("+", call("DescribeKey", id, described)),
        (
            "+",
            call("GetKeyPolicy", if id.contains("alias/") { arn } else { id }, json!({"Policy": policy.to_string()})),
        ),
    ]
}

#[rstest]
#[case::of_aws(vec![("GetTopicAttributes/Attributes/KmsMasterKeyId", json!("alias/aws/sns"))], "fail topic-encryption-blocks-alarms")]
#[case::managed_by_aws(encrypted("1234abcd-12ab-34cd-56ef-1234567890ab", "AWS", "Enabled", &["kms:*"]), "fail topic-encryption-blocks-alarms")]
#[case::own(encrypted("1234abcd-12ab-34cd-56ef-1234567890ab", "CUSTOMER", "Enabled", &["kms:Decrypt", "kms:GenerateDataKey*"]), "pass")]
#[case::by_alias(encrypted("alias/alerts", "CUSTOMER", "Enabled", &["kms:Decrypt", "kms:GenerateDataKey*"]), "pass")]
#[case::no_data_key(encrypted("alias/alerts", "CUSTOMER", "Enabled", &["kms:Decrypt"]), "fail topic-encryption-blocks-alarms")]
#[case::nothing(encrypted("alias/alerts", "CUSTOMER", "Enabled", &[]), "fail topic-encryption-blocks-alarms")]
#[case::disabled(encrypted("alias/alerts", "CUSTOMER", "Disabled", &["kms:*"]), "fail topic-encryption-blocks-alarms")]
#[case::unavailable(encrypted("alias/alerts", "CUSTOMER", "Unavailable", &["kms:*"]), "fail topic-encryption-blocks-alarms")]
fn encryption(#[case] edits: Vec<(&'static str, Value)>, #[case] expected: &str) {
    assert_eq!(said(&found(&edits, false)), expected);
}

#[test]
fn a_key_that_cannot_be_looked_at_is_an_advisory() {
    for missing in ["DescribeKey", "GetKeyPolicy"] {
        let edits = both(encrypted("alias/alerts", "CUSTOMER", "Enabled", &[]), vec![(missing, denied())]);
        let finding = found(&edits, false);
        assert_eq!(said(&finding), "pass");
        assert_eq!(finding.advisories[0].message, "the audit did not check the permissions of the topic's key");
    }
}

fn subscription(attribute: &'static str, value: &str) -> Vec<(&'static str, Value)> {
    let place = format!("GetSubscriptionAttributes/Attributes/{attribute}");
    vec![(place.leak(), json!(value))]
}

fn body(policy: &str) -> Vec<(&'static str, Value)> {
    both(subscription("FilterPolicyScope", "MessageBody"), subscription("FilterPolicy", policy))
}

#[rstest]
#[case::pending(subscription("PendingConfirmation", "true"), "fail subscription-pending")]
#[case::attribute(subscription("FilterPolicy", r#"{"severity": ["high"]}"#), "fail subscription-filtered")]
#[case::no_attribute(
    subscription("FilterPolicy", r#"{"severity": [{"exists": false}]}"#),
    "undetermined subscription-filter-not-judged"
)]
#[case::alarms(body(r#"{"NewStateValue": ["ALARM"], "AWSAccountId": ["111122223333"]}"#), "pass")]
#[case::metric(body(r#"{"Trigger": {"MetricName": ["NetworkGatewayChanges"]}}"#), "pass")]
#[case::recoveries(body(r#"{"NewStateValue": ["OK"]}"#), "fail subscription-filtered")]
#[case::other_alarm(body(r#"{"AlarmName": [{"prefix": "billing"}]}"#), "fail subscription-filtered")]
#[case::no_json(body("{"), "undetermined subscription-filter-not-judged")]
fn subscriptions(#[case] edits: Vec<(&'static str, Value)>, #[case] expected: &str) {
    assert_eq!(said(&found(&edits, false)), expected);
}

/// The attributes of the second are not recorded.
#[rstest]
#[case::filtered(subscription("FilterPolicy", r#"{"severity": ["high"]}"#), "undetermined not-checked")]
#[case::sent(vec![], "pass")]
fn one_subscription_that_hears_the_alarm_is_enough(#[case] edits: Vec<(&'static str, Value)>, #[case] expected: &str) {
    let second = json!({"SubscriptionArn": format!("{TOPIC}:0a1b"), "Protocol": "sqs"});
    let edits = both(edits, vec![("ListSubscriptionsByTopic/Subscriptions/+", second)]);
    assert_eq!(said(&found(&edits, true)), expected);
    assert_eq!(said(&found(&edits, false)), "pass");
}

#[test]
fn topic_and_subscription_are_blamed_together() {
    let edits = both(subscription("PendingConfirmation", "true"), publisher(json!({"AWS": "444455556666"}), json!({})));
    assert_eq!(said(&found(&edits, false)), "fail topic-not-publishable subscription-pending");
}

#[rstest]
fn a_call_without_an_answer_is_never_a_pass_nor_a_fail(
    #[values(
        "DescribeTrails",
        "GetTrailStatus",
        "GetEventSelectors",
        "DescribeMetricFilters",
        "DescribeAlarms",
        "ListSubscriptionsByTopic"
    )]
    call: &str,
) {
    assert_eq!(said(&found(&[(call, denied())], false)), "undetermined access-denied");
    assert_eq!(said(&found(&[(call, Value::Null)], false)), "undetermined not-recorded");
    let throttled = json!({"code": "ThrottlingException", "message": "Rate exceeded"});
    assert_eq!(said(&found(&[(call, throttled)], false)), "undetermined call-failed");
}

#[test]
fn a_gap_does_not_hide_a_filter_that_lacks_an_event() {
    let edits = both(filter("{ $.eventName = CreateInternetGateway }"), vec![("DescribeAlarms", denied())]);
    assert_eq!(said(&found(&edits, false)), "fail filter-does-not-cover access-denied");
}

#[test]
fn two_filters_cover_together() {
    let customer = "{ $.eventName = \"*CustomerGateway\" }";
    let mut second = json!({"filterName": "customer", "filterPattern": customer, "metricTransformations": [
        {"metricName": "NetworkGatewayChanges", "metricNamespace": "CISBenchmark", "metricValue": "1"}
    ]});
    let internet = filter("{ $.eventName = \"*InternetGateway\" }");
    let edits =
        |second: &Value| both(internet.clone(), vec![("DescribeMetricFilters/metricFilters/+", second.clone())]);
    let finding = found(&edits(&second), false);
    assert_eq!((said(&finding).as_str(), finding.routes.len()), ("pass", 2));
    // Once nobody watches the second filter's metric, that is at fault, and no filter.
    second["metricTransformations"][0]["metricName"] = json!("Unwatched");
    let finding = found(&edits(&second), false);
    assert_eq!(said(&finding), "fail no-alarm");
    assert!(finding.witness.unwrap()["eventName"].as_str().unwrap().ends_with("CustomerGateway"));
}

#[test]
fn a_filter_of_another_control_is_not_drawn() {
    let root =
        json!({"filterName": "root", "filterPattern": "{ $.userIdentity.type = Root }", "metricTransformations": []});
    let finding = found(&[("DescribeMetricFilters/metricFilters/+", root)], false);
    assert_eq!((said(&finding).as_str(), finding.routes.len()), ("pass", 1));
}

#[test]
fn a_broad_filter_passes_with_an_event_that_it_fires_on_too() {
    let finding = found(&filter("{ $.eventSource = ec2.amazonaws.com }"), false);
    let advisories: Vec<Value> = finding.advisories.iter().map(|one| serde_json::to_value(one.code).unwrap()).collect();
    assert_eq!(advisories, ["filter-broader"]);
    let other = finding.advisories[0].event.as_ref().unwrap();
    assert!(!CIS.parse::<Pattern>().unwrap().matches(&other.to_string()), "{other:#}");
    assert_eq!(finding.assumptions, Vec::<String>::new(), "the control is about EC2 by what it says itself");
}

#[test]
fn one_of_several_accepted_patterns_is_enough() {
    let mut control = gateways();
    let narrow = "{ $.eventName = DeleteInternetGateway }";
    assert_eq!(said(&held_against(&control, &filter(narrow), false)), "fail filter-does-not-cover");
    for edition in control.editions.values_mut() {
        let Requires::Events(references) = &mut edition.requires else { panic!("{edition:?}") };
        let pattern = narrow.parse().unwrap();
        let reference = Reference { name: "narrow".to_owned(), pattern, ..references.audit[0].as_ref().clone() };
        references.remediation = vec![reference.into()];
    }
    assert_eq!(said(&held_against(&control, &filter(narrow), false)), "pass");
    assert_eq!(said(&held_against(&control, &filter(CIS), false)), "pass");
}

#[test]
fn a_version_without_the_control_asks_nothing() {
    let mut control = gateways();
    control.editions.clear();
    let finding = held_against(&control, &[], false);
    assert_eq!((said(&finding).as_str(), finding.id), ("not-applicable", None));
}

/// Of an alarm on the metric of a filter that publishes 1, where another filter publishes to it, too.
#[rstest]
#[case::adds("Sum", "1", json!(0.0), "pass")]
#[case::takes_back("Sum", "-1", json!(null), "undetermined alarm-not-judged not-decided")]
#[case::adds_what_an_event_says("Sum", "$.x", json!(null), "undetermined alarm-not-judged")]
#[case::adds_at_all_times("Sum", "1", json!(1.0), "fail alarm-fires-once")]
#[case::does_not_count("Maximum", "-1", json!(0.0), "pass")]
#[case::counts("SampleCount", "-1", json!(null), "pass")]
#[case::dilutes("Average", "0", json!(null), "undetermined alarm-not-judged not-decided")]
#[case::raises("Average", "2", json!(null), "pass")]
fn beside_another_filter(#[case] statistic: &str, #[case] value: &str, #[case] default: Value, #[case] expected: &str) {
    let metric = json!({"metricName": "NetworkGatewayChanges", "metricNamespace": "CISBenchmark", "metricValue": value, "defaultValue": default});
    let other = json!({"filterName": "other", "filterPattern": "{ $.a = b }", "metricTransformations": [metric]});
    let other = vec![("DescribeMetricFilters/metricFilters/+", other)];
    assert_eq!(said(&found(&both(other, alarm("Statistic", json!(statistic))), false)), expected);
}
