//! The account that a scenario describes: everything as the benchmark says, but for what the steps change.
//!
//! Where there are several of a kind, "the trail" or "the alarm" of a step is the last one.

mod changes;
pub(super) mod compliant;
mod pattern;
mod recording;

use std::collections::{BTreeMap, BTreeSet};

pub(super) use pattern::{joined_by, naming, omitting, requiring};

use super::step::Mismatch;
use crate::account::{
    CompositeAlarm, LogAlarm, LogGroupArn, LogGroupId, MetricAlarm, MetricFilter, Timestamp, TopicArn,
};
use crate::provider::api::cloudtrail::{AdvancedEventSelector, EventSelector, GetEventSelectorsOutput, Trail};
use crate::provider::api::kms::KeyMetadata;
use crate::provider::api::logs::MetricTransformation;
use crate::provider::api::mute::GetAlarmMuteRuleOutput;
use crate::provider::api::sns::{Subscription, SubscriptionAttributes, TopicAttributes};
use crate::provider::arn::KeyArn;
use crate::provider::change::selector_of_new_trail;
use crate::provider::permissions::Operation;

/// The account of all drafts.
pub(super) const ACCOUNT: &str = "111122223333";
/// Where all of it is, unless a step says otherwise.
pub(super) const REGION: &str = "us-east-1";

/// When CloudTrail last delivered to the log group of a trail, unless a step says otherwise.
const LAST_DELIVERY: &str = "2026-11-20T09:26:00Z";

/// When all drafts are recorded: a Friday.
const RECORDED_AT: &str = "2026-11-20T09:30:00Z";

#[derive(Debug, Clone)]
pub(super) struct Draft {
    /// The key of the control that the scenario is about.
    pub control: String,
    pub trails: Vec<DraftTrail>,
    pub filters: Vec<Placed<MetricFilter>>,
    pub missing_log_groups: BTreeSet<LogGroupId>,
    pub alarms: Vec<Placed<MetricAlarm>>,
    pub composite_alarms: Vec<Placed<CompositeAlarm>>,
    pub log_alarms: Vec<Placed<LogAlarm>>,
    pub mute_rules: Vec<Placed<GetAlarmMuteRuleOutput>>,
    pub topics: Vec<DraftTopic>,
    pub keys: Vec<DraftKey>,
    /// The audited regions.
    pub regions: BTreeSet<String>,
    /// Those of them in which Security Hub is not enabled.
    pub without_security_hub: BTreeSet<String>,
    /// Regions that the account has enabled besides the audited ones.
    pub other_regions: BTreeSet<String>,
    /// What becomes of calls that do not answer.
    pub refused: BTreeMap<Operation, Refused>,
}

#[derive(Debug, Clone)]
pub(super) struct DraftTrail {
    pub described: Trail,
    pub is_logging: bool,
    /// Why a delivery to the log group failed.
    pub delivery_error: Option<String>,
    /// When CloudTrail last delivered to the log group.
    pub last_delivery: Option<Timestamp>,
    pub selectors: GetEventSelectorsOutput,
}

/// Something that is in a region without saying so itself.
#[derive(Debug, Clone)]
pub(super) struct Placed<T> {
    pub region: String,
    pub is: T,
}

#[derive(Debug, Clone)]
pub(super) struct DraftTopic {
    pub arn: TopicArn,
    pub exists: bool,
    pub attributes: TopicAttributes,
    pub subscriptions: Vec<DraftSubscription>,
}

#[derive(Debug, Clone)]
pub(super) struct DraftSubscription {
    pub listed: Subscription,
    pub attributes: SubscriptionAttributes,
}

/// A key that the account manages.
#[derive(Debug, Clone)]
pub(super) struct DraftKey {
    pub arn: KeyArn,
    pub described: KeyMetadata,
    /// As JSON.
    pub policy: String,
}

#[derive(Debug, Clone)]
pub(super) enum Refused {
    NotRecorded,
    Denied,
    /// With this error code.
    Failed(String),
}

impl Draft {
    pub(super) fn trail(&mut self) -> Result<&mut DraftTrail, Mismatch> {
        last(&mut self.trails, "trail")
    }

    pub(super) fn filter(&mut self) -> Result<&mut MetricFilter, Mismatch> {
        last(&mut self.filters, "filter").map(|filter| &mut filter.is)
    }

    /// What the filter publishes.
    pub(super) fn metric(&mut self) -> Result<&mut MetricTransformation, Mismatch> {
        last(&mut self.filter()?.metric_transformations, "metric")
    }

    pub(super) fn alarm(&mut self) -> Result<&mut MetricAlarm, Mismatch> {
        self.placed_alarm().map(|alarm| &mut alarm.is)
    }

    pub(super) fn placed_alarm(&mut self) -> Result<&mut Placed<MetricAlarm>, Mismatch> {
        last(&mut self.alarms, "alarm")
    }

    pub(super) fn composite_alarm(&mut self) -> Result<&mut CompositeAlarm, Mismatch> {
        last(&mut self.composite_alarms, "composite alarm").map(|alarm| &mut alarm.is)
    }

    pub(super) fn topic(&mut self) -> Result<&mut DraftTopic, Mismatch> {
        last(&mut self.topics, "topic")
    }

    pub(super) fn subscription(&mut self) -> Result<&mut DraftSubscription, Mismatch> {
        last(&mut self.topic()?.subscriptions, "subscription")
    }

    pub(super) fn key(&mut self) -> Result<&mut DraftKey, Mismatch> {
        last(&mut self.keys, "key")
    }

    pub(super) fn mute_rule(&mut self) -> Result<&mut GetAlarmMuteRuleOutput, Mismatch> {
        last(&mut self.mute_rules, "mute rule").map(|rule| &mut rule.is)
    }

    /// Where the trail delivers to.
    pub(super) fn log_group(&mut self) -> Result<&mut LogGroupArn, Mismatch> {
        let arn = self.trail()?.described.cloud_watch_logs_log_group_arn.as_mut();
        arn.ok_or_else(|| Mismatch::new("the trail has no log group"))
    }

    /// Changes the filter's pattern.
    pub(super) fn edit_pattern(&mut self, edit: impl FnOnce(&str) -> Result<String, Mismatch>) -> Result<(), Mismatch> {
        let filter = self.filter()?;
        filter.filter_pattern = edit(&filter.filter_pattern)?;
        Ok(())
    }
}

impl DraftTrail {
    /// The trail's last basic selector, in place of whatever it had.
    pub(super) fn basic(&mut self) -> &mut EventSelector {
        self.selectors.advanced_event_selectors.clear();
        let selectors = &mut self.selectors.event_selectors;
        let selector = selectors.pop().unwrap_or_else(selector_of_new_trail);
        selectors.push_mut(selector)
    }

    /// The trail's last advanced selector, in place of whatever basic ones it had.
    pub(super) fn advanced(&mut self) -> &mut AdvancedEventSelector {
        self.selectors.event_selectors.clear();
        let selectors = &mut self.selectors.advanced_event_selectors;
        let selector = selectors.pop().unwrap_or_else(compliant::advanced_selector);
        selectors.push_mut(selector)
    }
}

fn last<'a, T>(all: &'a mut [T], what: &str) -> Result<&'a mut T, Mismatch> {
    all.last_mut().ok_or_else(|| Mismatch(format!("the account has no {what}")))
}
