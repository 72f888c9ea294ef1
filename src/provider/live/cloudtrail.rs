//! CloudTrail's answers.

use aws_sdk_cloudtrail::operation::get_event_selectors::GetEventSelectorsOutput as SdkSelectors;
use aws_sdk_cloudtrail::{Client, types as sdk};

use super::error::{Malformed, malformed, meaningful, refusal, required};
use crate::provider::api::Timestamp;
use crate::provider::api::cloudtrail::{
    AdvancedEventSelector, AdvancedFieldSelector, DescribeTrailsOutput, EventSelector, GetEventSelectorsOutput,
    GetTrailStatusOutput, Trail,
};
use crate::provider::arn::LogGroupArn;
use crate::provider::{Answer, Call};

pub(super) async fn describe_trails(client: &Client, call: Call) -> Answer<DescribeTrailsOutput> {
    match client.describe_trails().include_shadow_trails(true).send().await {
        Ok(output) => {
            let trails = required(output.trail_list, "trailList");
            let trails = trails.and_then(|trails| trails.into_iter().map(trail).collect::<Result<_, _>>());
            trails.map(|trails| DescribeTrailsOutput { trails }).map_err(|problem| malformed(call, &problem))
        }
        Err(error) => Err(refusal(call, &error)),
    }
}

pub(super) async fn get_trail_status(client: &Client, call: Call, trail: &str) -> Answer<GetTrailStatusOutput> {
    match client.get_trail_status().name(trail).send().await {
        Ok(output) => {
            let is_logging = required(output.is_logging, "IsLogging").map_err(|problem| malformed(call, &problem))?;
            let latest_cloud_watch_logs_delivery_error = output.latest_cloud_watch_logs_delivery_error;
            let time = output.latest_cloud_watch_logs_delivery_time;
            let latest_cloud_watch_logs_delivery_time = time.map(|time| Timestamp::from_seconds(time.secs()));
            Ok(GetTrailStatusOutput {
                is_logging,
                latest_cloud_watch_logs_delivery_error,
                latest_cloud_watch_logs_delivery_time,
            })
        }
        Err(error) => Err(refusal(call, &error)),
    }
}

pub(super) async fn get_event_selectors(client: &Client, call: Call, trail: &str) -> Answer<GetEventSelectorsOutput> {
    let output = client.get_event_selectors().trail_name(trail).send().await;
    let output = output.map_err(|error| refusal(call.clone(), &error))?;
    selectors(output).map_err(|problem| malformed(call, &problem))
}

fn selectors(output: SdkSelectors) -> Result<GetEventSelectorsOutput, Malformed> {
    if output.event_selectors.is_none() && output.advanced_event_selectors.is_none() {
        return Err(Malformed::Lacks("EventSelectors"));
    }
    Ok(GetEventSelectorsOutput {
        trail_arn: output.trail_arn.map(|arn| meaningful(arn.parse(), "TrailARN")).transpose()?,
        event_selectors: output.event_selectors.unwrap_or_default().into_iter().map(basic).collect::<Result<_, _>>()?,
        advanced_event_selectors: output
            .advanced_event_selectors
            .unwrap_or_default()
            .into_iter()
            .map(advanced)
            .collect(),
    })
}

fn trail(trail: sdk::Trail) -> Result<Trail, Malformed> {
    const LOG_GROUP: &str = "CloudWatchLogsLogGroupArn";
    let log_group = trail.cloud_watch_logs_log_group_arn.filter(|arn| !arn.is_empty());
    let log_group = log_group.map(LogGroupArn::try_from).transpose();
    Ok(Trail {
        name: required(trail.name, "Name")?,
        trail_arn: meaningful(required(trail.trail_arn, "TrailARN")?.parse(), "TrailARN")?,
        home_region: trail.home_region.map(|region| meaningful(region.parse(), "HomeRegion")).transpose()?,
        s3_bucket_name: trail.s3_bucket_name,
        include_global_service_events: trail.include_global_service_events,
        is_multi_region_trail: required(trail.is_multi_region_trail, "IsMultiRegionTrail")?,
        is_organization_trail: trail.is_organization_trail.unwrap_or_default(),
        cloud_watch_logs_log_group_arn: log_group
            .map_err(|error| Malformed::Nonsense { member: LOG_GROUP, details: error.to_string() })?,
    })
}

fn basic(selector: sdk::EventSelector) -> Result<EventSelector, Malformed> {
    Ok(EventSelector {
        read_write_type: required(selector.read_write_type, "ReadWriteType")?.as_str().into(),
        include_management_events: required(selector.include_management_events, "IncludeManagementEvents")?,
        exclude_management_event_sources: selector.exclude_management_event_sources.unwrap_or_default(),
    })
}

fn advanced(selector: sdk::AdvancedEventSelector) -> AdvancedEventSelector {
    let field = |condition: sdk::AdvancedFieldSelector| AdvancedFieldSelector {
        field: condition.field,
        equals: condition.equals.unwrap_or_default(),
        starts_with: condition.starts_with.unwrap_or_default(),
        ends_with: condition.ends_with.unwrap_or_default(),
        not_equals: condition.not_equals.unwrap_or_default(),
        not_starts_with: condition.not_starts_with.unwrap_or_default(),
        not_ends_with: condition.not_ends_with.unwrap_or_default(),
    };
    AdvancedEventSelector {
        name: selector.name,
        field_selectors: selector.field_selectors.into_iter().map(field).collect(),
    }
}
