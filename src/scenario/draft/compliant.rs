//! The account that does everything as the benchmark says.

use std::sync::Arc;

use super::super::step::{Mismatch, parsed};
use super::super::world::{catalogue, unknown};
use super::{ACCOUNT, Draft, DraftSubscription, DraftTopic, DraftTrail, Placed, REGION};
use crate::account::{
    AdvancedEventSelector, AdvancedFieldSelector, ComparisonOperator, LogGroupArn, MetricAlarm, MetricFilter,
    MetricTransformation, StateValue, Statistic, TopicArn,
};
use crate::control::{Reference, References};
use crate::provider::api::cloudtrail::{GetEventSelectorsOutput, Trail};
use crate::provider::api::sns::{Subscription, SubscriptionAttributes, TopicAttributes};
use crate::provider::arn::TrailArn;
use crate::provider::change::{policy_of_new_topic, selector_of_new_trail};

const PARTITION: &str = "aws";

impl Draft {
    /// An account in which a control is monitored as the newest benchmark version that has it says.
    pub(in crate::scenario) fn compliant(control: &str) -> Result<Self, Mismatch> {
        Self::following(control, None, |references| references.audit.first())
    }

    /// An account in which a control is monitored by a text that a benchmark version has: without a version, the newest.
    pub(in crate::scenario) fn following(
        control: &str,
        version: Option<&str>,
        text: impl Fn(&References) -> Option<&Arc<Reference>>,
    ) -> Result<Self, Mismatch> {
        let catalogue = catalogue()?;
        let newest = catalogue.version(None).map_err(unknown)?;
        let control = match catalogue.select(newest, &[control.to_owned()]).map_err(unknown)?.as_slice() {
            [control] => *control,
            _ => return Err(Mismatch(format!("`{control}` is not one control"))),
        };
        let edition = match version {
            Some(_) => control.editions.get(&catalogue.version(version).map_err(unknown)?),
            None => control.editions.values().next_back(),
        };
        let references = edition.and_then(|edition| edition.references());
        let text = references.and_then(|references| Some(text(references)?.text.clone()));
        let Some(text) = text else {
            return Err(Mismatch(format!("`{}` is not monitored by a metric filter", control.key)));
        };
        Ok(Self {
            trails: vec![trail("management-events")?],
            filters: vec![Placed { region: REGION.to_owned(), is: filter(&control.key, text) }],
            alarms: vec![Placed { region: REGION.to_owned(), is: alarm(&control.key)? }],
            topics: vec![topic("security-alerts")?],
            ..Self::bare(&control.key)
        })
    }

    /// An account in which Security Hub is enabled, and nothing else is.
    pub(in crate::scenario) fn with_security_hub() -> Self {
        Self::bare("security-hub-enabled")
    }

    fn bare(control: &str) -> Self {
        Self {
            control: control.to_owned(),
            trails: vec![],
            filters: vec![],
            missing_log_groups: [].into(),
            alarms: vec![],
            composite_alarms: vec![],
            log_alarms: vec![],
            mute_rules: vec![],
            topics: vec![],
            keys: vec![],
            regions: [REGION.to_owned()].into(),
            without_security_hub: [].into(),
            other_regions: [].into(),
            refused: [].into(),
        }
    }
}

/// A multi-region trail that logs all management events.
pub(in crate::scenario) fn trail(name: &str) -> Result<DraftTrail, Mismatch> {
    let arn = trail_arn(REGION, name)?;
    Ok(DraftTrail {
        described: Trail {
            name: name.to_owned(),
            trail_arn: arn.clone(),
            home_region: Some(parsed(REGION)?),
            s3_bucket_name: None,
            include_global_service_events: None,
            is_multi_region_trail: true,
            is_organization_trail: false,
            cloud_watch_logs_log_group_arn: Some(LogGroupArn {
                partition: PARTITION.to_owned(),
                region: parsed(REGION)?,
                account: parsed(ACCOUNT)?,
                name: "CloudTrail/DefaultLogGroup".to_owned(),
            }),
        },
        is_logging: true,
        delivery_error: None,
        last_delivery: super::LAST_DELIVERY.parse().ok(),
        selectors: GetEventSelectorsOutput {
            trail_arn: Some(arn),
            event_selectors: vec![selector_of_new_trail()],
            advanced_event_selectors: vec![],
        },
    })
}

pub(in crate::scenario) fn trail_arn(region: &str, name: &str) -> Result<TrailArn, Mismatch> {
    parsed(&format!("arn:{PARTITION}:cloudtrail:{region}:{ACCOUNT}:trail/{name}"))
}

/// An advanced selector of all management events.
pub(super) fn advanced_selector() -> AdvancedEventSelector {
    let category = AdvancedFieldSelector {
        field: "eventCategory".to_owned(),
        equals: vec!["Management".to_owned()],
        ..AdvancedFieldSelector::default()
    };
    AdvancedEventSelector { name: None, field_selectors: vec![category] }
}

/// A filter that publishes 1 for each match.
pub(in crate::scenario) fn filter(name: &str, pattern: String) -> MetricFilter {
    MetricFilter {
        filter_name: name.to_owned(),
        filter_pattern: pattern,
        log_group_name: Some("CloudTrail/DefaultLogGroup".to_owned()),
        metric_transformations: vec![MetricTransformation {
            metric_name: name.to_owned(),
            metric_namespace: "CISBenchmark".to_owned(),
            metric_value: "1".to_owned(),
            default_value: None,
            unit: None,
            dimensions: [].into(),
        }],
        apply_on_transformed_logs: false,
        field_selection_criteria: None,
        emit_system_field_dimensions: vec![],
    }
}

/// An alarm that goes off for one event: Sum >= 1 in one period of 300 s.
fn alarm(metric: &str) -> Result<MetricAlarm, Mismatch> {
    Ok(MetricAlarm {
        alarm_name: metric.to_owned(),
        alarm_arn: Some(alarm_arn(REGION, metric)),
        alarm_description: None,
        actions_enabled: true,
        alarm_actions: vec![topic_arn("security-alerts")?.to_string()],
        ok_actions: vec![],
        insufficient_data_actions: vec![],
        state_value: Some(StateValue::Ok),
        state_updated_timestamp: None,
        state_transitioned_timestamp: None,
        alarm_configuration_updated_timestamp: None,
        metric_name: Some(metric.to_owned()),
        namespace: Some("CISBenchmark".to_owned()),
        statistic: Some(Statistic::Sum),
        extended_statistic: None,
        dimensions: vec![],
        period: Some(300),
        unit: None,
        evaluation_periods: Some(1),
        datapoints_to_alarm: None,
        threshold: Some(1.0),
        comparison_operator: Some(ComparisonOperator::GreaterThanOrEqualToThreshold),
        treat_missing_data: None,
        evaluate_low_sample_count_percentile: None,
        metrics: vec![],
        threshold_metric_id: None,
        evaluation_state: None,
        evaluation_window: None,
        warm_up_configuration: None,
        evaluation_criteria: None,
        evaluation_interval: None,
    })
}

pub(in crate::scenario) fn alarm_arn(region: &str, name: &str) -> String {
    format!("arn:{PARTITION}:cloudwatch:{region}:{ACCOUNT}:alarm:{name}")
}

/// A topic as SNS sets a new one up, with a confirmed subscription.
fn topic(name: &str) -> Result<DraftTopic, Mismatch> {
    let arn = topic_arn(name)?;
    let attributes =
        TopicAttributes { topic_arn: None, policy: Some(policy_of_new_topic(&arn)), kms_master_key_id: None };
    let subscriptions = vec![subscription(&arn, 1)];
    Ok(DraftTopic { arn, exists: true, attributes, subscriptions })
}

fn topic_arn(name: &str) -> Result<TopicArn, Mismatch> {
    parsed(&format!("arn:{PARTITION}:sns:{REGION}:{ACCOUNT}:{name}"))
}

/// A confirmed subscription by mail: the topic's first, second, …
pub(in crate::scenario) fn subscription(topic: &TopicArn, number: usize) -> DraftSubscription {
    let address = if number == 1 { "security@example.com".to_owned() } else { format!("on-call-{number}@example.com") };
    let listed = Subscription {
        subscription_arn: format!("{topic}:1234abcd-12ab-34cd-56ef-{number:012x}"),
        protocol: "email".to_owned(),
        endpoint: Some(address),
        topic_arn: Some(topic.to_string()),
    };
    let attributes = SubscriptionAttributes {
        subscription_arn: None,
        pending_confirmation: Some("false".to_owned()),
        filter_policy: None,
        filter_policy_scope: None,
    };
    DraftSubscription { listed, attributes }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_control_with_a_pattern_can_be_complied_with() {
        for control in &catalogue().unwrap().controls {
            if control.editions.values().all(|edition| edition.references().is_some()) {
                Draft::compliant(&control.key).unwrap().recording().unwrap();
            }
        }
    }
}
