//! CloudWatch, mocked.

use aws_sdk_cloudwatch::operation::describe_alarms::{self, DescribeAlarmsError};
use aws_sdk_cloudwatch::{Client, types as sdk};
use aws_smithy_mocks::mock;

use super::mute::time;
use super::{answers, integer, mocked, mute, page, respond};
use crate::provider::api::cloudwatch::{
    CompositeAlarm, DescribeAlarmsOutput, Dimension, EvaluationCriteria, EvaluationWindow, LogAlarm, MetricAlarm,
    MetricDataQuery, MetricStat, ScheduleConfiguration, ScheduledQueryConfiguration, WarmUpConfiguration,
};
use crate::provider::question;
use crate::provider::recorded::Recording;

pub(super) fn client(recording: &Recording) -> Client {
    let mut rules = Vec::new();
    for (call, answer) in answers::<question::DescribeAlarms>(recording) {
        let rule = mock!(Client::describe_alarms).then_compute_response(move |request| {
            let page = |recorded: &_| alarms(recorded, request.next_token());
            respond(&answer, page, DescribeAlarmsError::generic)
        });
        rules.push((call.region, rule));
    }
    mute::add(&mut rules, recording);
    mocked!(aws_sdk_cloudwatch, rules)
}

/// An alarm of any type: pages run through all of them.
#[derive(Clone, Copy)]
enum Alarm<'a> {
    Metric(&'a MetricAlarm),
    Composite(&'a CompositeAlarm),
    Log(&'a LogAlarm),
}

fn alarms(recorded: &DescribeAlarmsOutput, token: Option<&str>) -> describe_alarms::DescribeAlarmsOutput {
    let metric = recorded.metric_alarms.iter().map(Alarm::Metric);
    let composite = recorded.composite_alarms.iter().map(Alarm::Composite);
    let log = recorded.log_alarms.iter().map(Alarm::Log);
    let (page, next) = page(&metric.chain(composite).chain(log).collect::<Vec<_>>(), token);
    let output =
        describe_alarms::DescribeAlarmsOutput::builder().set_next_token(next).set_metric_alarms(Some(Vec::new()));
    let output = page.into_iter().fold(output, |output, alarm| match alarm {
        Alarm::Metric(alarm) => output.metric_alarms(metric_alarm(alarm)),
        Alarm::Composite(alarm) => output.composite_alarms(composite_alarm(alarm)),
        Alarm::Log(alarm) => output.log_alarms(log_alarm(alarm)),
    });
    output.build()
}

fn metric_alarm(alarm: &MetricAlarm) -> sdk::MetricAlarm {
    sdk::MetricAlarm::builder()
        .alarm_name(&alarm.alarm_name)
        .set_alarm_arn(alarm.alarm_arn.clone())
        .set_alarm_description(alarm.alarm_description.clone())
        .actions_enabled(alarm.actions_enabled)
        .set_alarm_actions(Some(alarm.alarm_actions.clone()))
        .set_ok_actions(Some(alarm.ok_actions.clone()))
        .set_insufficient_data_actions(Some(alarm.insufficient_data_actions.clone()))
        .set_state_value(alarm.state_value.as_ref().map(|state| state.as_str().into()))
        .set_state_updated_timestamp(alarm.state_updated_timestamp.map(time))
        .set_state_transitioned_timestamp(alarm.state_transitioned_timestamp.map(time))
        .set_alarm_configuration_updated_timestamp(alarm.alarm_configuration_updated_timestamp.map(time))
        .set_metric_name(alarm.metric_name.clone())
        .set_namespace(alarm.namespace.clone())
        .set_statistic(alarm.statistic.as_ref().map(|statistic| statistic.as_str().into()))
        .set_extended_statistic(alarm.extended_statistic.clone())
        .set_dimensions(Some(dimensions(&alarm.dimensions)))
        .set_period(alarm.period.map(integer))
        .set_unit(alarm.unit.as_deref().map(Into::into))
        .set_evaluation_periods(alarm.evaluation_periods.map(integer))
        .set_datapoints_to_alarm(alarm.datapoints_to_alarm.map(integer))
        .set_threshold(alarm.threshold)
        .set_comparison_operator(alarm.comparison_operator.as_ref().map(|operator| operator.as_str().into()))
        .set_treat_missing_data(alarm.treat_missing_data.as_ref().map(|missing| missing.as_str().to_owned()))
        .set_evaluate_low_sample_count_percentile(alarm.evaluate_low_sample_count_percentile.clone())
        .set_metrics(Some(alarm.metrics.iter().map(query).collect()))
        .set_threshold_metric_id(alarm.threshold_metric_id.clone())
        .set_evaluation_state(alarm.evaluation_state.as_deref().map(Into::into))
        .set_evaluation_window(alarm.evaluation_window.as_ref().and_then(window))
        .set_warm_up_configuration(alarm.warm_up_configuration.as_ref().map(warm_up))
        .set_evaluation_criteria(alarm.evaluation_criteria.as_ref().and_then(criteria))
        .set_evaluation_interval(alarm.evaluation_interval.map(integer))
        .build()
}

fn composite_alarm(alarm: &CompositeAlarm) -> sdk::CompositeAlarm {
    sdk::CompositeAlarm::builder()
        .alarm_name(&alarm.alarm_name)
        .set_alarm_arn(alarm.alarm_arn.clone())
        .set_alarm_description(alarm.alarm_description.clone())
        .alarm_rule(&alarm.alarm_rule)
        .actions_enabled(alarm.actions_enabled)
        .set_alarm_actions(Some(alarm.alarm_actions.clone()))
        .set_ok_actions(Some(alarm.ok_actions.clone()))
        .set_insufficient_data_actions(Some(alarm.insufficient_data_actions.clone()))
        .set_state_value(alarm.state_value.as_ref().map(|state| state.as_str().into()))
        .set_state_updated_timestamp(alarm.state_updated_timestamp.map(time))
        .set_state_transitioned_timestamp(alarm.state_transitioned_timestamp.map(time))
        .set_alarm_configuration_updated_timestamp(alarm.alarm_configuration_updated_timestamp.map(time))
        .set_actions_suppressor(alarm.actions_suppressor.clone())
        .set_actions_suppressor_wait_period(alarm.actions_suppressor_wait_period.map(integer))
        .set_actions_suppressor_extension_period(alarm.actions_suppressor_extension_period.map(integer))
        .set_actions_suppressed_by(alarm.actions_suppressed_by.as_deref().map(Into::into))
        .build()
}

fn log_alarm(alarm: &LogAlarm) -> sdk::LogAlarm {
    sdk::LogAlarm::builder()
        .alarm_name(&alarm.alarm_name)
        .set_alarm_arn(alarm.alarm_arn.clone())
        .actions_enabled(alarm.actions_enabled)
        .set_alarm_actions(Some(alarm.alarm_actions.clone()))
        .set_state_value(alarm.state_value.as_ref().map(|state| state.as_str().into()))
        .set_state_updated_timestamp(alarm.state_updated_timestamp.map(time))
        .set_state_transitioned_timestamp(alarm.state_transitioned_timestamp.map(time))
        .set_alarm_configuration_updated_timestamp(alarm.alarm_configuration_updated_timestamp.map(time))
        .set_scheduled_query_configuration(alarm.scheduled_query_configuration.as_ref().map(scheduled_query))
        .set_query_results_to_evaluate(alarm.query_results_to_evaluate.map(integer))
        .set_query_results_to_alarm(alarm.query_results_to_alarm.map(integer))
        .set_threshold(alarm.threshold)
        .set_comparison_operator(alarm.comparison_operator.as_ref().map(|operator| operator.as_str().into()))
        .set_treat_missing_data(alarm.treat_missing_data.as_ref().map(|missing| missing.as_str().to_owned()))
        .set_evaluation_state(alarm.evaluation_state.as_deref().map(Into::into))
        .set_warm_up_configuration(alarm.warm_up_configuration.as_ref().map(warm_up))
        .build()
}

fn scheduled_query(query: &ScheduledQueryConfiguration) -> sdk::ScheduledQueryConfiguration {
    let ScheduleConfiguration { schedule_expression, start_time_offset, end_time_offset } =
        &query.schedule_configuration;
    let schedule = sdk::ScheduleConfiguration::builder()
        .schedule_expression(schedule_expression)
        .start_time_offset(*start_time_offset)
        .set_end_time_offset(*end_time_offset);
    sdk::ScheduledQueryConfiguration::builder()
        .query_string(&query.query_string)
        .set_log_group_identifiers(Some(query.log_group_identifiers.clone()))
        .schedule_configuration(schedule.build())
        .aggregation_expression(&query.aggregation_expression)
        .build()
}

pub(in crate::provider::live) fn dimensions(dimensions: &[Dimension]) -> Vec<sdk::Dimension> {
    let convert = |one: &Dimension| sdk::Dimension::builder().name(&one.name).value(&one.value).build();
    dimensions.iter().map(convert).collect()
}

pub(in crate::provider::live) fn query(query: &MetricDataQuery) -> sdk::MetricDataQuery {
    sdk::MetricDataQuery::builder()
        .id(&query.id)
        .set_metric_stat(query.metric_stat.as_ref().map(metric_stat))
        .set_expression(query.expression.clone())
        .set_return_data(query.return_data)
        .set_period(query.period.map(integer))
        .set_account_id(query.account_id.clone())
        .build()
}

fn metric_stat(stat: &MetricStat) -> sdk::MetricStat {
    let metric = sdk::Metric::builder()
        .set_namespace(stat.metric.namespace.clone())
        .metric_name(&stat.metric.metric_name)
        .set_dimensions(Some(dimensions(&stat.metric.dimensions)))
        .build();
    sdk::MetricStat::builder()
        .metric(metric)
        .period(integer(stat.period))
        .stat(&stat.stat)
        .set_unit(stat.unit.as_deref().map(Into::into))
        .build()
}

fn window(window: &EvaluationWindow) -> Option<sdk::EvaluationWindow> {
    let clock = window.wall_clock_window.as_ref().map(|clock| {
        let clock = sdk::WallClockWindow::builder().set_timezone(clock.timezone.clone()).build();
        sdk::EvaluationWindow::WallClockWindow(clock)
    });
    let sliding = || sdk::EvaluationWindow::SlidingWindow(sdk::SlidingWindow::builder().build());
    clock.or_else(|| window.sliding_window.as_ref().map(|_| sliding()))
}

fn warm_up(warm_up: &WarmUpConfiguration) -> sdk::WarmUpConfiguration {
    let minutes = warm_up.warm_up_period_duration_in_minutes.map(integer);
    let only_after = warm_up.only_start_evaluating_after_warm_up_period_ends;
    sdk::WarmUpConfiguration::builder()
        .set_warm_up_period_duration_in_minutes(minutes)
        .set_only_start_evaluating_after_warm_up_period_ends(only_after)
        .build()
}

fn criteria(criteria: &EvaluationCriteria) -> Option<sdk::EvaluationCriteria> {
    let promql = criteria.promql_criteria.as_ref()?;
    let promql = sdk::AlarmPromQlCriteria::builder()
        .query(&promql.query)
        .set_pending_period(promql.pending_period.map(integer))
        .set_recovery_period(promql.recovery_period.map(integer));
    Some(sdk::EvaluationCriteria::PromQlCriteria(promql.build()))
}
