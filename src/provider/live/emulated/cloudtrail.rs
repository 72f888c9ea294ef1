//! Trails.

use aws_sdk_cloudtrail::Client;

use super::super::mocked::cloudtrail::{advanced, basic};
use super::{EmulatedAccount, ProvisionError};
use crate::provider::Region;
use crate::provider::api::cloudtrail::{AdvancedEventSelector, EventSelector, Trail};
use crate::provider::arn::TrailArn;

pub(super) async fn create_trail(
    owner: &EmulatedAccount,
    region: &Region,
    trail: &Trail,
) -> Result<(), ProvisionError> {
    // moto lets a bucket be created again.
    let bucket = owner.create_bucket()?;
    let log_group = trail.cloud_watch_logs_log_group_arn.as_ref();
    // A trail that delivers to a log group needs a role; what it may do is not part of the chain.
    let role = log_group.map(|group| format!("arn:{}:iam::{}:role/trail", group.partition, group.account));
    owner
        .cloudtrail(region)
        .create_trail()
        .name(&trail.name)
        .s3_bucket_name(bucket)
        .is_multi_region_trail(trail.is_multi_region_trail)
        .is_organization_trail(trail.is_organization_trail)
        .set_cloud_watch_logs_log_group_arn(log_group.map(ToString::to_string))
        .set_cloud_watch_logs_role_arn(role)
        .send()
        .await?;
    Ok(())
}

/// Without any selector a trail logs all management events, as a new one does.
pub(super) async fn put_event_selectors(
    client: &Client,
    trail: &TrailArn,
    selectors: &[EventSelector],
    advanced_selectors: &[AdvancedEventSelector],
) -> Result<(), ProvisionError> {
    let request = || client.put_event_selectors().trail_name(trail.to_string());
    if !selectors.is_empty() {
        let selectors = selectors.iter().map(basic).collect();
        request().set_event_selectors(Some(selectors)).send().await?;
    }
    if !advanced_selectors.is_empty() {
        let selectors = advanced_selectors.iter().map(advanced).collect::<Result<_, _>>()?;
        request().set_advanced_event_selectors(Some(selectors)).send().await?;
    }
    Ok(())
}

pub(super) async fn start_logging(client: &Client, trail: &TrailArn) -> Result<(), ProvisionError> {
    client.start_logging().name(trail.to_string()).send().await?;
    Ok(())
}
