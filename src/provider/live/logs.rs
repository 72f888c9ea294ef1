//! CloudWatch Logs' answers.

use aws_sdk_cloudwatchlogs::operation::describe_metric_filters::DescribeMetricFiltersOutput as Page;
use aws_sdk_cloudwatchlogs::{Client, types as sdk};

use super::error::{Malformed, required};
use super::pages;
use crate::provider::api::logs::{DescribeMetricFiltersOutput, MetricFilter, MetricTransformation};
use crate::provider::{Answer, Call};

pub(super) async fn describe_metric_filters(
    client: &Client,
    call: Call,
    log_group: &str,
) -> Answer<DescribeMetricFiltersOutput> {
    let pages = client.describe_metric_filters().log_group_name(log_group).into_paginator().send();
    let member = ("metricFilters", |page: Page| page.metric_filters);
    let metric_filters = pages::list(call, pages, Page::next_token, member, filter).await?;
    Ok(DescribeMetricFiltersOutput { metric_filters })
}

fn filter(filter: sdk::MetricFilter) -> Result<MetricFilter, Malformed> {
    Ok(MetricFilter {
        filter_name: required(filter.filter_name, "filterName")?,
        filter_pattern: required(filter.filter_pattern, "filterPattern")?,
        log_group_name: filter.log_group_name,
        metric_transformations: filter
            .metric_transformations
            .unwrap_or_default()
            .into_iter()
            .map(transformation)
            .collect(),
        apply_on_transformed_logs: filter.apply_on_transformed_logs,
        field_selection_criteria: filter.field_selection_criteria,
        emit_system_field_dimensions: filter.emit_system_field_dimensions.unwrap_or_default(),
    })
}

fn transformation(transformation: sdk::MetricTransformation) -> MetricTransformation {
    MetricTransformation {
        metric_name: transformation.metric_name,
        metric_namespace: transformation.metric_namespace,
        metric_value: transformation.metric_value,
        default_value: transformation.default_value,
        unit: transformation.unit.map(|unit| unit.as_str().to_owned()),
        dimensions: transformation.dimensions.unwrap_or_default().into_iter().collect(),
    }
}
