//! Trails.

use std::collections::BTreeMap;

use aws_sdk_cloudtrail::Client;

use super::super::mocked::cloudtrail::{advanced, basic};
use super::{EmulatedAccount, ProvisionError};
use crate::provider::api::cloudtrail::{GetEventSelectorsOutput, Trail};
use crate::provider::question::{DescribeTrails, GetEventSelectors, GetTrailStatus};
use crate::provider::recorded::Recording;

/// Makes each trail in its home region, with its selectors, and starts those that log.
pub(super) async fn provision(account: &EmulatedAccount, recording: &Recording) -> Result<(), ProvisionError> {
    // A multi-region trail is described in every region.
    let described = recording.answers_to::<DescribeTrails>().filter_map(|(_, answer)| answer.ok());
    let trails: BTreeMap<_, _> =
        described.flat_map(|answer| &answer.trails).map(|trail| (&trail.trail_arn, trail)).collect();
    if trails.is_empty() {
        return Ok(());
    }
    let bucket = account.create_bucket()?;
    for (arn, trail) in trails {
        let client = account.cloudtrail(trail.home());
        create(&client, trail, &bucket).await?;
        let name = arn.to_string();
        let about = |resource: &Option<String>| resource.as_ref() == Some(&name);
        let selectors = recording.answers_to::<GetEventSelectors>().find(|(call, _)| about(&call.resource));
        if let Some((_, Ok(selectors))) = selectors {
            select(&client, &name, selectors).await?;
        }
        let status = recording.answers_to::<GetTrailStatus>().find(|(call, _)| about(&call.resource));
        if let Some((_, Ok(status))) = status
            && status.is_logging
        {
            client.start_logging().name(&name).send().await?;
        }
    }
    Ok(())
}

async fn create(client: &Client, trail: &Trail, bucket: &str) -> Result<(), ProvisionError> {
    let log_group = trail.cloud_watch_logs_log_group_arn.as_ref();
    // A trail that delivers to a log group needs a role; what it may do is not part of the chain.
    let role = log_group.map(|group| format!("arn:{}:iam::{}:role/trail", group.partition, group.account));
    client
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

async fn select(client: &Client, trail: &str, selectors: &GetEventSelectorsOutput) -> Result<(), ProvisionError> {
    if !selectors.event_selectors.is_empty() {
        let basic = selectors.event_selectors.iter().map(basic).collect();
        client.put_event_selectors().trail_name(trail).set_event_selectors(Some(basic)).send().await?;
    }
    if !selectors.advanced_event_selectors.is_empty() {
        let advanced = selectors.advanced_event_selectors.iter().map(advanced).collect::<Result<_, _>>()?;
        client.put_event_selectors().trail_name(trail).set_advanced_event_selectors(Some(advanced)).send().await?;
    }
    Ok(())
}
