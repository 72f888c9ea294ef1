//! CloudWatch Logs: metric filters.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{open_enum, or_default};
use crate::{Asked, Flaw, Response};

/// `logs:DescribeMetricFilters`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DescribeMetricFiltersOutput {
    /// The metric filters of the log group.
    pub metric_filters: Vec<MetricFilter>,
}

impl Response for DescribeMetricFiltersOutput {
    const MEMBERS: &'static [&'static str] = &["metricFilters"];

    fn append(&mut self, mut page: Self) {
        self.metric_filters.append(&mut page.metric_filters);
    }

    fn check(&self, _asked: &Asked<'_>) -> Result<(), Flaw> {
        for (at, filter) in self.metric_filters.iter().enumerate() {
            let lacks = |member: &str| Err(Flaw::lacks(format!("metricFilters[{at}].{member}")));
            if filter.log_group_name.as_ref().is_some_and(String::is_empty) {
                return lacks("logGroupName");
            }
            for metric in &filter.metric_transformations {
                if [&metric.metric_name, &metric.metric_namespace, &metric.metric_value].iter().any(|it| it.is_empty())
                {
                    return lacks("metricTransformations[].metricName, metricNamespace or metricValue");
                }
            }
        }
        Ok(())
    }
}

/// A metric filter: it turns matching log events into datapoints of metrics.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MetricFilter {
    /// The name, unique in the log group.
    pub filter_name: String,
    /// The filter pattern. The empty pattern matches every event.
    pub filter_pattern: String,
    /// The log group that the filter belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub log_group_name: Option<String>,
    /// What is published for a match: exactly one.
    pub metric_transformations: Vec<MetricTransformation>,
    /// Whether the pattern sees the log transformer's output instead of the event as it came in. Optional, false where it
    /// is left out (CloudWatch Logs API Reference, `MetricFilter`): answers of before there were transformers lack it.
    #[serde(default)]
    pub apply_on_transformed_logs: bool,
    /// An expression on system fields (`@aws.account`, `@aws.region`) that an event has to satisfy first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field_selection_criteria: Option<String>,
    /// System fields that become dimensions of the metric.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub emit_system_field_dimensions: Vec<String>,
}

/// The datapoint that a match publishes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MetricTransformation {
    /// The metric's name.
    pub metric_name: String,
    /// The metric's namespace.
    pub metric_namespace: String,
    /// A number, or a selector such as `$.size` or `$size` that finds one in the event.
    pub metric_value: String,
    /// The value published for events that do not match.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_value: Option<f64>,
    /// The metric's unit; `None` where not set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Dimension names, each with the selector of its value.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub dimensions: BTreeMap<String, String>,
}

/// `logs:DescribeSubscriptionFilters`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DescribeSubscriptionFiltersOutput {
    /// The subscription filters of the log group.
    pub subscription_filters: Vec<SubscriptionFilter>,
}

/// A subscription filter: it sends matching log events to a stream or function.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SubscriptionFilter {
    /// The name, unique in the log group.
    pub filter_name: String,
    /// The filter pattern. The empty pattern matches every event.
    pub filter_pattern: String,
    /// Where the events go: the ARN of a stream, a delivery stream, a function or a destination.
    pub destination_arn: String,
    /// The log group that the filter belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub log_group_name: Option<String>,
    /// The role that sends.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role_arn: Option<String>,
    /// How events are spread over the shards of a stream.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub distribution: Option<Distribution>,
    /// Whether the pattern sees the log transformer's output instead of the event as it came in.
    #[serde(default, deserialize_with = "or_default")]
    pub apply_on_transformed_logs: bool,
    /// An expression on system fields (`@aws.account`, `@aws.region`) that an event has to satisfy first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field_selection_criteria: Option<String>,
    /// System fields that are sent with the event.
    #[serde(default, deserialize_with = "or_default", skip_serializing_if = "Vec::is_empty")]
    pub emit_system_fields: Vec<String>,
}

open_enum! {
    /// How events are spread over the shards of a stream.
    Distribution {
        /// At random.
        Random = "Random",
        /// Those of a log stream stay together.
        ByLogStream = "ByLogStream",
    }
}

impl Response for DescribeSubscriptionFiltersOutput {
    const MEMBERS: &'static [&'static str] = &["subscriptionFilters"];

    fn append(&mut self, mut page: Self) {
        self.subscription_filters.append(&mut page.subscription_filters);
    }
}
