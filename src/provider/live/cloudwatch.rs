//! CloudWatch's answers.

use aws_sdk_cloudwatch::error::{ProvideErrorMetadata as _, SdkError};
use aws_sdk_cloudwatch::operation::describe_alarms::DescribeAlarmsError;
use aws_sdk_cloudwatch::types::AlarmType;
use aws_sdk_cloudwatch::{Client, types as sdk};

use super::error::{Malformed, malformed, natural, refusal, required};
use super::mute::time;
use crate::provider::api::cloudwatch::{
    CompositeAlarm, DescribeAlarmsOutput, Dimension, EvaluationCriteria, EvaluationWindow, LogAlarm, Metric,
    MetricAlarm, MetricDataQuery, MetricStat, PromQlCriteria, ScheduleConfiguration, ScheduledQueryConfiguration,
    SlidingWindow, WallClockWindow, WarmUpConfiguration,
};
use crate::provider::{Answer, Call};

/// Alarms of all types. Without `AlarmTypes` AWS answers metric alarms alone; an endpoint that does not know log
/// alarms yet refuses the whole call, and is asked again without them.
pub(super) async fn describe_alarms(client: &Client, call: Call) -> Answer<DescribeAlarmsOutput> {
    let known = [AlarmType::MetricAlarm, AlarmType::CompositeAlarm];
    let mut answer = pages(client, known.iter().cloned().chain([AlarmType::LogAlarm])).await;
    if answer.as_ref().is_err_and(is_invalid_parameter) {
        answer = pages(client, known).await;
    }
    let pages = answer.map_err(|error| refusal(call.clone(), &error))?;
    pages.and_then(join).map_err(|problem| malformed(call, &problem))
}

type Page = aws_sdk_cloudwatch::operation::describe_alarms::DescribeAlarmsOutput;

async fn pages(
    client: &Client,
    types: impl IntoIterator<Item = AlarmType>,
) -> Result<Result<Vec<Page>, Malformed>, SdkError<DescribeAlarmsError>> {
    let request = client.describe_alarms().set_alarm_types(Some(types.into_iter().collect()));
    super::pages::pages(request.into_paginator().send(), |page: &Page| page.next_token()).await
}

fn is_invalid_parameter(error: &SdkError<DescribeAlarmsError>) -> bool {
    let code = error.as_service_error().and_then(|error| error.code()).unwrap_or_default();
    code.starts_with("Validation") || code.starts_with("InvalidParameter")
}

fn join(pages: Vec<Page>) -> Result<DescribeAlarmsOutput, Malformed> {
    let mut all =
        DescribeAlarmsOutput { metric_alarms: Vec::new(), composite_alarms: Vec::new(), log_alarms: Vec::new() };
    for page in pages {
        if page.metric_alarms.is_none() && page.composite_alarms.is_none() && page.log_alarms.is_none() {
            return Err(Malformed::Lacks("MetricAlarms"));
        }
        for alarm in page.metric_alarms.unwrap_or_default() {
            all.metric_alarms.push(metric_alarm(alarm)?);
        }
        for alarm in page.composite_alarms.unwrap_or_default() {
            all.composite_alarms.push(composite_alarm(alarm)?);
        }
        for alarm in page.log_alarms.unwrap_or_default() {
            all.log_alarms.push(log_alarm(alarm)?);
        }
    }
    Ok(all)
}

fn metric_alarm(alarm: sdk::MetricAlarm) -> Result<MetricAlarm, Malformed> {
    Ok(MetricAlarm {
        alarm_name: required(alarm.alarm_name, "AlarmName")?,
        alarm_arn: alarm.alarm_arn,
        alarm_description: alarm.alarm_description,
        actions_enabled: required(alarm.actions_enabled, "ActionsEnabled")?,
        alarm_actions: alarm.alarm_actions.unwrap_or_default(),
        ok_actions: alarm.ok_actions.unwrap_or_default(),
        insufficient_data_actions: alarm.insufficient_data_actions.unwrap_or_default(),
        state_value: alarm.state_value.map(|state| state.as_str().into()),
        state_updated_timestamp: alarm.state_updated_timestamp.map(time),
        state_transitioned_timestamp: alarm.state_transitioned_timestamp.map(time),
        alarm_configuration_updated_timestamp: alarm.alarm_configuration_updated_timestamp.map(time),
        metric_name: alarm.metric_name,
        namespace: alarm.namespace,
        statistic: alarm.statistic.map(|statistic| statistic.as_str().into()),
        extended_statistic: alarm.extended_statistic,
        dimensions: dimensions(alarm.dimensions)?,
        period: natural(alarm.period, "Period")?,
        unit: alarm.unit.map(|unit| unit.as_str().to_owned()),
        evaluation_periods: natural(alarm.evaluation_periods, "EvaluationPeriods")?,
        datapoints_to_alarm: natural(alarm.datapoints_to_alarm, "DatapointsToAlarm")?,
        threshold: alarm.threshold,
        comparison_operator: alarm.comparison_operator.map(|operator| operator.as_str().into()),
        treat_missing_data: alarm.treat_missing_data.map(Into::into),
        evaluate_low_sample_count_percentile: alarm.evaluate_low_sample_count_percentile,
        metrics: alarm.metrics.unwrap_or_default().into_iter().map(query).collect::<Result<_, _>>()?,
        threshold_metric_id: alarm.threshold_metric_id,
        evaluation_state: alarm.evaluation_state.map(|state| state.as_str().to_owned()),
        evaluation_window: alarm.evaluation_window.map(window),
        warm_up_configuration: alarm.warm_up_configuration.map(warm_up).transpose()?,
        evaluation_criteria: alarm.evaluation_criteria.map(criteria).transpose()?,
        evaluation_interval: natural(alarm.evaluation_interval, "EvaluationInterval")?,
    })
}

fn composite_alarm(alarm: sdk::CompositeAlarm) -> Result<CompositeAlarm, Malformed> {
    Ok(CompositeAlarm {
        alarm_name: required(alarm.alarm_name, "AlarmName")?,
        alarm_arn: alarm.alarm_arn,
        alarm_description: alarm.alarm_description,
        alarm_rule: required(alarm.alarm_rule, "AlarmRule")?,
        actions_enabled: required(alarm.actions_enabled, "ActionsEnabled")?,
        alarm_actions: alarm.alarm_actions.unwrap_or_default(),
        ok_actions: alarm.ok_actions.unwrap_or_default(),
        insufficient_data_actions: alarm.insufficient_data_actions.unwrap_or_default(),
        state_value: alarm.state_value.map(|state| state.as_str().into()),
        state_updated_timestamp: alarm.state_updated_timestamp.map(time),
        state_transitioned_timestamp: alarm.state_transitioned_timestamp.map(time),
        alarm_configuration_updated_timestamp: alarm.alarm_configuration_updated_timestamp.map(time),
        actions_suppressor: alarm.actions_suppressor,
        actions_suppressor_wait_period: natural(alarm.actions_suppressor_wait_period, "ActionsSuppressorWaitPeriod")?,
        actions_suppressor_extension_period: natural(
            alarm.actions_suppressor_extension_period,
            "ActionsSuppressorExtensionPeriod",
        )?,
        actions_suppressed_by: alarm.actions_suppressed_by.map(|by| by.as_str().to_owned()),
    })
}

fn log_alarm(alarm: sdk::LogAlarm) -> Result<LogAlarm, Malformed> {
    Ok(LogAlarm {
        alarm_name: required(alarm.alarm_name, "AlarmName")?,
        alarm_arn: alarm.alarm_arn,
        actions_enabled: required(alarm.actions_enabled, "ActionsEnabled")?,
        alarm_actions: alarm.alarm_actions.unwrap_or_default(),
        state_value: alarm.state_value.map(|state| state.as_str().into()),
        state_updated_timestamp: alarm.state_updated_timestamp.map(time),
        state_transitioned_timestamp: alarm.state_transitioned_timestamp.map(time),
        alarm_configuration_updated_timestamp: alarm.alarm_configuration_updated_timestamp.map(time),
        scheduled_query_configuration: alarm.scheduled_query_configuration.map(scheduled_query).transpose()?,
        query_results_to_evaluate: natural(alarm.query_results_to_evaluate, "QueryResultsToEvaluate")?,
        query_results_to_alarm: natural(alarm.query_results_to_alarm, "QueryResultsToAlarm")?,
        threshold: alarm.threshold,
        comparison_operator: alarm.comparison_operator.map(|operator| operator.as_str().into()),
        treat_missing_data: alarm.treat_missing_data.map(Into::into),
        evaluation_state: alarm.evaluation_state.map(|state| state.as_str().to_owned()),
        warm_up_configuration: alarm.warm_up_configuration.map(warm_up).transpose()?,
    })
}

fn scheduled_query(query: sdk::ScheduledQueryConfiguration) -> Result<ScheduledQueryConfiguration, Malformed> {
    const SCHEDULE: &str = "ScheduledQueryConfiguration.ScheduleConfiguration";
    let schedule = required(query.schedule_configuration, SCHEDULE)?;
    Ok(ScheduledQueryConfiguration {
        query_string: required(query.query_string, "ScheduledQueryConfiguration.QueryString")?,
        log_group_identifiers: query.log_group_identifiers.unwrap_or_default(),
        schedule_configuration: ScheduleConfiguration {
            schedule_expression: required(schedule.schedule_expression, SCHEDULE)?,
            start_time_offset: required(schedule.start_time_offset, SCHEDULE)?,
            end_time_offset: schedule.end_time_offset,
        },
        aggregation_expression: required(
            query.aggregation_expression,
            "ScheduledQueryConfiguration.AggregationExpression",
        )?,
    })
}

fn dimensions(dimensions: Option<Vec<sdk::Dimension>>) -> Result<Vec<Dimension>, Malformed> {
    let convert = |dimension: sdk::Dimension| {
        Ok(Dimension {
            name: required(dimension.name, "Dimensions[].Name")?,
            value: required(dimension.value, "Dimensions[].Value")?,
        })
    };
    dimensions.unwrap_or_default().into_iter().map(convert).collect()
}

fn query(query: sdk::MetricDataQuery) -> Result<MetricDataQuery, Malformed> {
    Ok(MetricDataQuery {
        id: required(query.id, "Metrics[].Id")?,
        metric_stat: query.metric_stat.map(metric_stat).transpose()?,
        expression: query.expression,
        return_data: query.return_data,
        period: natural(query.period, "Metrics[].Period")?,
        account_id: query.account_id,
    })
}

fn metric_stat(stat: sdk::MetricStat) -> Result<MetricStat, Malformed> {
    let metric = required(stat.metric, "MetricStat.Metric")?;
    Ok(MetricStat {
        metric: Metric {
            namespace: metric.namespace,
            metric_name: required(metric.metric_name, "MetricStat.Metric.MetricName")?,
            dimensions: dimensions(metric.dimensions)?,
        },
        period: required(natural(stat.period, "MetricStat.Period")?, "MetricStat.Period")?,
        stat: required(stat.stat, "MetricStat.Stat")?,
        unit: stat.unit.map(|unit| unit.as_str().to_owned()),
    })
}

fn window(window: sdk::EvaluationWindow) -> EvaluationWindow {
    let (sliding_window, wall_clock_window) = match window {
        sdk::EvaluationWindow::SlidingWindow(_) => (Some(SlidingWindow {}), None),
        sdk::EvaluationWindow::WallClockWindow(clock) => (None, Some(WallClockWindow { timezone: clock.timezone })),
        _ => (None, None),
    };
    EvaluationWindow { sliding_window, wall_clock_window }
}

fn warm_up(warm_up: sdk::WarmUpConfiguration) -> Result<WarmUpConfiguration, Malformed> {
    const MINUTES: &str = "WarmUpPeriodDurationInMinutes";
    let minutes = natural(warm_up.warm_up_period_duration_in_minutes, MINUTES)?;
    Ok(WarmUpConfiguration {
        warm_up_period_duration_in_minutes: minutes,
        only_start_evaluating_after_warm_up_period_ends: warm_up.only_start_evaluating_after_warm_up_period_ends,
    })
}

fn criteria(criteria: sdk::EvaluationCriteria) -> Result<EvaluationCriteria, Malformed> {
    let promql_criteria = match criteria {
        sdk::EvaluationCriteria::PromQlCriteria(promql) => Some(PromQlCriteria {
            query: required(promql.query, "PromQLCriteria.Query")?,
            pending_period: natural(promql.pending_period, "PromQLCriteria.PendingPeriod")?,
            recovery_period: natural(promql.recovery_period, "PromQLCriteria.RecoveryPeriod")?,
        }),
        _ => None,
    };
    Ok(EvaluationCriteria { promql_criteria })
}
