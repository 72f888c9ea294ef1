//! Alarms.

use aws_sdk_cloudwatch::Client;

use super::super::mocked::cloudwatch::{dimensions, query};
use super::super::mocked::integer;
use super::ProvisionError;
use crate::provider::api::cloudwatch::{CompositeAlarm, MetricAlarm};

pub(super) async fn put_metric_alarm(client: &Client, alarm: &MetricAlarm) -> Result<(), ProvisionError> {
    let metrics = Some(alarm.metrics.iter().map(query).collect::<Vec<_>>());
    client
        .put_metric_alarm()
        .alarm_name(&alarm.alarm_name)
        .set_alarm_description(alarm.alarm_description.clone())
        .actions_enabled(alarm.actions_enabled)
        .set_alarm_actions(Some(alarm.alarm_actions.clone()))
        .set_ok_actions(Some(alarm.ok_actions.clone()))
        .set_insufficient_data_actions(Some(alarm.insufficient_data_actions.clone()))
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
        .set_metrics(metrics.filter(|metrics| !metrics.is_empty()))
        .set_threshold_metric_id(alarm.threshold_metric_id.clone())
        .send()
        .await?;
    Ok(())
}

pub(super) async fn put_composite_alarm(client: &Client, alarm: &CompositeAlarm) -> Result<(), ProvisionError> {
    client
        .put_composite_alarm()
        .alarm_name(&alarm.alarm_name)
        .set_alarm_description(alarm.alarm_description.clone())
        .alarm_rule(&alarm.alarm_rule)
        .actions_enabled(alarm.actions_enabled)
        .set_alarm_actions(Some(alarm.alarm_actions.clone()))
        .set_ok_actions(Some(alarm.ok_actions.clone()))
        .set_insufficient_data_actions(Some(alarm.insufficient_data_actions.clone()))
        .set_actions_suppressor(alarm.actions_suppressor.clone())
        .send()
        .await?;
    Ok(())
}

pub(super) async fn enable_alarm_actions(client: &Client, alarm: &str) -> Result<(), ProvisionError> {
    client.enable_alarm_actions().alarm_names(alarm).send().await?;
    Ok(())
}
