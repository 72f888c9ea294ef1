//! Alarms, as a mocked AWS answers them.

use aws_smithy_mocks::mock;
use trailproof::provider::Ask as _;
use trailproof::provider::question::DescribeAlarms;

use super::{Mocks, home, snapshots};

#[tokio::test]
async fn all_pages_of_alarms_of_all_types_are_read() {
    use aws_sdk_cloudwatch::Client;
    use aws_sdk_cloudwatch::operation::describe_alarms::DescribeAlarmsOutput as Page;
    use aws_sdk_cloudwatch::types::{AlarmType, CompositeAlarm, LogAlarm, MetricAlarm};
    let first = mock!(Client::describe_alarms)
        .match_requests(|r| r.next_token().is_none() && r.alarm_types().contains(&AlarmType::LogAlarm));
    let first = first.then_output(|| {
        Page::builder()
            .metric_alarms(
                MetricAlarm::builder()
                    .alarm_name("a")
                    .alarm_arn("arn:aws:cloudwatch:us-east-1:111122223333:alarm:a")
                    .actions_enabled(true)
                    .build(),
            )
            .next_token("t")
            .build()
    });
    let second = mock!(Client::describe_alarms).match_requests(|r| r.next_token() == Some("t"));
    let second = second.then_output(|| {
        let composite = CompositeAlarm::builder()
            .alarm_name("b")
            .alarm_arn("arn:aws:cloudwatch:us-east-1:111122223333:alarm:b")
            .alarm_rule("ALARM(a)")
            .actions_enabled(true)
            .build();
        Page::builder()
            .composite_alarms(composite)
            .log_alarms(
                LogAlarm::builder()
                    .alarm_name("c")
                    .alarm_arn("arn:aws:cloudwatch:us-east-1:111122223333:alarm:c")
                    .actions_enabled(true)
                    .build(),
            )
            .build()
    });
    let alarms = Mocks { cloudwatch: &[&first, &second], ..Mocks::default() }
        .live()
        .ask(DescribeAlarms { region: home() })
        .await
        .unwrap();
    assert_eq!((alarms.metric_alarms.len(), alarms.composite_alarms.len(), alarms.log_alarms.len()), (1, 1, 1));
}

#[tokio::test]
async fn a_metric_alarm_keeps_all_that_bears_on_firing() {
    use aws_sdk_cloudwatch::types as sdk;
    let metric = sdk::Metric::builder().namespace("N").metric_name("M");
    let metric = metric.dimensions(sdk::Dimension::builder().name("d").value("v").build()).build();
    let stat = sdk::MetricStat::builder().metric(metric).period(60).stat("p99").unit(sdk::StandardUnit::Count).build();
    let math = sdk::MetricDataQuery::builder()
        .id("m")
        .metric_stat(stat)
        .return_data(true)
        .period(60)
        .account_id("444455556666");
    let alarm = sdk::MetricAlarm::builder()
        .alarm_name("a")
        .alarm_arn("arn:aws:cloudwatch:us-east-1:111122223333:alarm:a")
        .actions_enabled(false)
        .alarm_actions("alarm")
        .ok_actions("ok")
        .insufficient_data_actions("none")
        .state_value(sdk::StateValue::Alarm)
        .metric_name("M")
        .namespace("N")
        .statistic(sdk::Statistic::Sum)
        .extended_statistic("p99")
        .dimensions(sdk::Dimension::builder().name("d").value("v").build())
        .period(300)
        .unit(sdk::StandardUnit::Count)
        .evaluation_periods(3)
        .datapoints_to_alarm(2)
        .threshold(0.5)
        .comparison_operator(sdk::ComparisonOperator::GreaterThanThreshold)
        .treat_missing_data("ignore")
        .evaluate_low_sample_count_percentile("evaluate")
        .metrics(math.build())
        .threshold_metric_id("m")
        .evaluation_state(sdk::EvaluationState::PartialData)
        .evaluation_window(sdk::EvaluationWindow::WallClockWindow(
            sdk::WallClockWindow::builder().timezone("UTC").build(),
        ))
        .warm_up_configuration(sdk::WarmUpConfiguration::builder().warm_up_period_duration_in_minutes(5).build())
        .evaluation_criteria(sdk::EvaluationCriteria::PromQlCriteria(
            sdk::AlarmPromQlCriteria::builder().query("up").build(),
        ))
        .evaluation_interval(60)
        .build();
    let page =
        aws_sdk_cloudwatch::operation::describe_alarms::DescribeAlarmsOutput::builder().metric_alarms(alarm).build();
    let rule = mock!(aws_sdk_cloudwatch::Client::describe_alarms).then_output(move || page.clone());
    let alarms =
        Mocks { cloudwatch: &[&rule], ..Mocks::default() }.live().ask(DescribeAlarms { region: home() }).await.unwrap();
    snapshots().bind(|| insta::assert_json_snapshot!("metric-alarm", alarms));
}

#[tokio::test]
async fn a_log_alarm_keeps_its_query() {
    use aws_sdk_cloudwatch::types as sdk;
    let schedule = sdk::ScheduleConfiguration::builder().schedule_expression("rate(5 minutes)").start_time_offset(360);
    let query = sdk::ScheduledQueryConfiguration::builder()
        .query_string("fields @message")
        .log_group_identifiers("trail")
        .schedule_configuration(schedule.build())
        .aggregation_expression("count(*)");
    let alarm = sdk::LogAlarm::builder()
        .alarm_name("a")
        .alarm_arn("arn:aws:cloudwatch:us-east-1:111122223333:alarm:a")
        .actions_enabled(true)
        .scheduled_query_configuration(query.build())
        .build();
    let page =
        aws_sdk_cloudwatch::operation::describe_alarms::DescribeAlarmsOutput::builder().log_alarms(alarm).build();
    let rule = mock!(aws_sdk_cloudwatch::Client::describe_alarms).then_output(move || page.clone());
    let alarms =
        Mocks { cloudwatch: &[&rule], ..Mocks::default() }.live().ask(DescribeAlarms { region: home() }).await.unwrap();
    let query = alarms.log_alarms[0].scheduled_query_configuration.as_ref().unwrap();
    assert_eq!((query.query_string.as_str(), query.log_group_identifiers[0].as_str()), ("fields @message", "trail"));
    assert_eq!(query.schedule_configuration.start_time_offset, 360);
}

#[tokio::test]
async fn an_endpoint_that_does_not_know_log_alarms_is_asked_again() {
    use aws_sdk_cloudwatch::Client;
    use aws_sdk_cloudwatch::operation::describe_alarms::{DescribeAlarmsError, DescribeAlarmsOutput};
    use aws_sdk_cloudwatch::{error::ErrorMetadata, types::AlarmType};
    let knows_not = mock!(Client::describe_alarms).match_requests(|r| r.alarm_types().contains(&AlarmType::LogAlarm));
    let knows_not =
        knows_not.then_error(|| DescribeAlarmsError::generic(ErrorMetadata::builder().code("ValidationError").build()));
    let knows = mock!(Client::describe_alarms)
        .then_output(|| DescribeAlarmsOutput::builder().set_metric_alarms(Some(vec![])).build());
    assert!(
        Mocks { cloudwatch: &[&knows_not, &knows], ..Mocks::default() }
            .live()
            .ask(DescribeAlarms { region: home() })
            .await
            .is_ok()
    );
    assert_eq!((knows_not.num_calls(), knows.num_calls()), (1, 1));
}
