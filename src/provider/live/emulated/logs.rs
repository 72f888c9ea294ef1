//! Log groups and metric filters.

use aws_sdk_cloudwatchlogs::Client;

use super::super::mocked::logs::transformation;
use super::ProvisionError;
use crate::provider::api::logs::MetricFilter;

pub(super) async fn create_log_group(client: &Client, name: &str) -> Result<(), ProvisionError> {
    client.create_log_group().log_group_name(name).send().await?;
    Ok(())
}

pub(super) async fn put_metric_filter(
    client: &Client,
    log_group: &str,
    filter: &MetricFilter,
) -> Result<(), ProvisionError> {
    let request = client.put_metric_filter().log_group_name(log_group).filter_name(&filter.filter_name);
    let request = request.filter_pattern(&filter.filter_pattern);
    let published = filter.metric_transformations.iter().map(transformation).collect::<Result<_, _>>()?;
    request.set_metric_transformations(Some(published)).send().await?;
    Ok(())
}
