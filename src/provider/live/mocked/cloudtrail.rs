//! CloudTrail, mocked.

use aws_sdk_cloudtrail::operation::describe_trails::{self, DescribeTrailsError};
use aws_sdk_cloudtrail::operation::get_event_selectors::{self, GetEventSelectorsError};
use aws_sdk_cloudtrail::operation::get_trail_status::{self, GetTrailStatusError};
use aws_sdk_cloudtrail::{Client, types as sdk};
use aws_smithy_mocks::mock;
use aws_smithy_types::DateTime;
use aws_smithy_types::error::operation::BuildError;

use super::{answers, mocked, respond};
use crate::provider::api::cloudtrail::{
    AdvancedEventSelector, AdvancedFieldSelector, DescribeTrailsOutput, EventSelector, GetEventSelectorsOutput,
    GetTrailStatusOutput, Trail,
};
use crate::provider::question;
use crate::provider::recorded::Recording;

pub(super) fn client(recording: &Recording) -> Client {
    let mut rules = Vec::new();
    for (call, answer) in answers::<question::DescribeTrails>(recording) {
        let rule = mock!(Client::describe_trails)
            .then_compute_response(move |_| respond(&answer, trails, DescribeTrailsError::generic));
        rules.push((call.region, rule));
    }
    for (call, answer) in answers::<question::GetTrailStatus>(recording) {
        let rule = mock!(Client::get_trail_status)
            .match_requests(move |request| request.name == call.resource)
            .then_compute_response(move |_| respond(&answer, status, GetTrailStatusError::generic));
        rules.push((call.region, rule));
    }
    for (call, answer) in answers::<question::GetEventSelectors>(recording) {
        let rule = mock!(Client::get_event_selectors)
            .match_requests(move |request| request.trail_name == call.resource)
            .then_compute_response(move |_| respond(&answer, selectors, GetEventSelectorsError::generic));
        rules.push((call.region, rule));
    }
    mocked!(aws_sdk_cloudtrail, rules)
}

fn trails(recorded: &DescribeTrailsOutput) -> describe_trails::DescribeTrailsOutput {
    let trails = recorded.trails.iter().map(trail).collect();
    describe_trails::DescribeTrailsOutput::builder().set_trail_list(Some(trails)).build()
}

fn trail(trail: &Trail) -> sdk::Trail {
    sdk::Trail::builder()
        .name(&trail.name)
        .trail_arn(trail.trail_arn.to_string())
        .set_home_region(trail.home_region.as_ref().map(Into::into))
        .set_s3_bucket_name(trail.s3_bucket_name.clone())
        .set_include_global_service_events(trail.include_global_service_events)
        .is_multi_region_trail(trail.is_multi_region_trail)
        .is_organization_trail(trail.is_organization_trail)
        .set_cloud_watch_logs_log_group_arn(trail.cloud_watch_logs_log_group_arn.as_ref().map(ToString::to_string))
        .build()
}

fn status(recorded: &GetTrailStatusOutput) -> get_trail_status::GetTrailStatusOutput {
    get_trail_status::GetTrailStatusOutput::builder()
        .is_logging(recorded.is_logging)
        .set_latest_cloud_watch_logs_delivery_error(recorded.latest_cloud_watch_logs_delivery_error.clone())
        .set_latest_cloud_watch_logs_delivery_time(
            recorded.latest_cloud_watch_logs_delivery_time.map(|time| DateTime::from_secs(time.seconds())),
        )
        .build()
}

fn selectors(recorded: &GetEventSelectorsOutput) -> get_event_selectors::GetEventSelectorsOutput {
    // Building one fails only if a member is missing, and none is.
    let advanced = recorded.advanced_event_selectors.iter().filter_map(|selector| advanced(selector).ok());
    get_event_selectors::GetEventSelectorsOutput::builder()
        .set_trail_arn(recorded.trail_arn.as_ref().map(ToString::to_string))
        .set_event_selectors(Some(recorded.event_selectors.iter().map(basic).collect()))
        .set_advanced_event_selectors(Some(advanced.collect()))
        .build()
}

pub(in crate::provider::live) fn basic(selector: &EventSelector) -> sdk::EventSelector {
    sdk::EventSelector::builder()
        .read_write_type(selector.read_write_type.as_str().into())
        .include_management_events(selector.include_management_events)
        .set_exclude_management_event_sources(Some(selector.exclude_management_event_sources.clone()))
        .build()
}

pub(in crate::provider::live) fn advanced(
    selector: &AdvancedEventSelector,
) -> Result<sdk::AdvancedEventSelector, BuildError> {
    let fields = selector.field_selectors.iter().map(field).collect::<Result<_, _>>()?;
    let builder = sdk::AdvancedEventSelector::builder();
    builder.set_name(selector.name.clone()).set_field_selectors(Some(fields)).build()
}

fn field(condition: &AdvancedFieldSelector) -> Result<sdk::AdvancedFieldSelector, BuildError> {
    sdk::AdvancedFieldSelector::builder()
        .field(&condition.field)
        .set_equals(Some(condition.equals.clone()))
        .set_starts_with(Some(condition.starts_with.clone()))
        .set_ends_with(Some(condition.ends_with.clone()))
        .set_not_equals(Some(condition.not_equals.clone()))
        .set_not_starts_with(Some(condition.not_starts_with.clone()))
        .set_not_ends_with(Some(condition.not_ends_with.clone()))
        .build()
}
