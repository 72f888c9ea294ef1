//! CloudWatch Logs, mocked.

use aws_sdk_cloudwatchlogs::operation::describe_metric_filters::{self, DescribeMetricFiltersError};
use aws_sdk_cloudwatchlogs::{Client, types as sdk};
use aws_smithy_mocks::mock;
use aws_smithy_types::error::operation::BuildError;

use super::{answers, mocked, page, respond};
use crate::provider::api::logs::{DescribeMetricFiltersOutput, MetricFilter, MetricTransformation};
use crate::provider::question;
use crate::provider::recorded::Recording;

pub(super) fn client(recording: &Recording) -> Client {
    let mut rules = Vec::new();
    for (call, answer) in answers::<question::DescribeMetricFilters>(recording) {
        let rule = mock!(Client::describe_metric_filters)
            .match_requests(move |request| request.log_group_name == call.resource)
            .then_compute_response(move |request| {
                let page = |recorded: &_| filters(recorded, request.next_token());
                respond(&answer, page, DescribeMetricFiltersError::generic)
            });
        rules.push((call.region, rule));
    }
    mocked!(aws_sdk_cloudwatchlogs, rules)
}

fn filters(
    recorded: &DescribeMetricFiltersOutput,
    token: Option<&str>,
) -> describe_metric_filters::DescribeMetricFiltersOutput {
    let (filters, next) = page(&recorded.metric_filters, token);
    let filters = filters.iter().map(filter).collect();
    describe_metric_filters::DescribeMetricFiltersOutput::builder()
        .set_metric_filters(Some(filters))
        .set_next_token(next)
        .build()
}

fn filter(filter: &MetricFilter) -> sdk::MetricFilter {
    // Building one fails only if a member is missing, and none is.
    let transformations = filter.metric_transformations.iter().filter_map(|one| transformation(one).ok());
    sdk::MetricFilter::builder()
        .filter_name(&filter.filter_name)
        .filter_pattern(&filter.filter_pattern)
        .set_log_group_name(filter.log_group_name.clone())
        .set_metric_transformations(Some(transformations.collect()))
        .apply_on_transformed_logs(filter.apply_on_transformed_logs)
        .set_field_selection_criteria(filter.field_selection_criteria.clone())
        .set_emit_system_field_dimensions(Some(filter.emit_system_field_dimensions.clone()))
        .build()
}

pub(in crate::provider::live) fn transformation(
    published: &MetricTransformation,
) -> Result<sdk::MetricTransformation, BuildError> {
    sdk::MetricTransformation::builder()
        .metric_name(&published.metric_name)
        .metric_namespace(&published.metric_namespace)
        .metric_value(&published.metric_value)
        .set_default_value(published.default_value)
        .set_unit(published.unit.as_deref().map(Into::into))
        .set_dimensions(Some(published.dimensions.clone().into_iter().collect()))
        .build()
}
