//! Alarms.

use aws_sdk_cloudwatch::Client;

use super::super::mocked::cloudwatch::{dimensions, query};
use super::super::mocked::integer;
use super::{EmulatedAccount, ProvisionError};
use crate::provider::api::cloudwatch::{CompositeAlarm, MetricAlarm};
use crate::provider::question::DescribeAlarms;
use crate::provider::recorded::Recording;

/// Makes the alarms, those on metrics first: composite alarms name them.
pub(super) async fn provision(account: &EmulatedAccount, recording: &Recording) -> Result<(), ProvisionError> {
    for (call, answer) in recording.answers_to::<DescribeAlarms>() {
        let Ok(answer) = answer else { continue };
        let client = account.cloudwatch(&call.region);
        for alarm in &answer.metric_alarms {
            metric_alarm(&client, alarm).await?;
        }
        for alarm in &answer.composite_alarms {
            composite_alarm(&client, alarm).await?;
        }
    }
    Ok(())
}

async fn metric_alarm(client: &Client, alarm: &MetricAlarm) -> Result<(), ProvisionError> {
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

async fn composite_alarm(client: &Client, alarm: &CompositeAlarm) -> Result<(), ProvisionError> {
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
