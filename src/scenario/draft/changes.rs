//! A draft as the changes that make its account.

use std::collections::BTreeSet;

use super::super::step::{Mismatch, parsed};
use super::{ACCOUNT, Draft, DraftSubscription, DraftTopic, DraftTrail};
use crate::account::LogGroupId;
use crate::provider::api::cloudtrail::GetTrailStatusOutput;
use crate::provider::change::{Change, Edit};

impl Draft {
    /// What has to be done to an account in which there is nothing.
    pub(super) fn changes(&self) -> Result<Vec<Change>, Mismatch> {
        let mut changes = Vec::new();
        for key in &self.keys {
            let (arn, region) = (&key.arn, &key.arn.region);
            let described = Box::new(key.described.clone());
            changes.push(change(ACCOUNT, region, Edit::CreateKey { key: arn.clone(), described })?);
            changes.push(change(ACCOUNT, region, Edit::PutKeyPolicy { key: arn.clone(), policy: key.policy.clone() })?);
        }
        for topic in self.topics.iter().filter(|topic| topic.exists) {
            for edit in topic.edits() {
                changes.push(change(&topic.arn.account, &topic.arn.region, edit)?);
            }
        }
        for group in self.log_groups().difference(&self.missing_log_groups) {
            changes.push(change(ACCOUNT, &group.region, Edit::CreateLogGroup { name: group.name.clone() })?);
        }
        for filter in &self.filters {
            let Some(name) = filter.is.log_group_name.clone() else { continue };
            let id = LogGroupId { region: filter.region.clone(), name };
            if !self.missing_log_groups.contains(&id) {
                let edit = Edit::PutMetricFilter { log_group: id.name, filter: Box::new(filter.is.clone()) };
                changes.push(change(ACCOUNT, &id.region, edit)?);
            }
        }
        for alarm in &self.alarms {
            changes.push(change(ACCOUNT, &alarm.region, Edit::PutMetricAlarm(Box::new(alarm.is.clone())))?);
        }
        for alarm in &self.log_alarms {
            changes.push(change(ACCOUNT, &alarm.region, Edit::PutLogAlarm(Box::new(alarm.is.clone())))?);
        }
        for alarm in &self.composite_alarms {
            changes.push(change(ACCOUNT, &alarm.region, Edit::PutCompositeAlarm(Box::new(alarm.is.clone())))?);
        }
        for rule in &self.mute_rules {
            changes.push(change(ACCOUNT, &rule.region, Edit::PutMuteRule(Box::new(rule.is.clone())))?);
        }
        for trail in &self.trails {
            for edit in trail.edits() {
                changes.push(change(ACCOUNT, trail.described.home(), edit)?);
            }
        }
        for region in self.regions.difference(&self.without_security_hub) {
            changes.push(change(ACCOUNT, region, Edit::EnableSecurityHub)?);
        }
        Ok(changes)
    }

    /// The account's log groups that trails deliver to or filters are on, whether they exist or not.
    pub(super) fn log_groups(&self) -> BTreeSet<LogGroupId> {
        let delivered = self.trails.iter().filter_map(|trail| {
            let arn = trail.described.cloud_watch_logs_log_group_arn.as_ref()?;
            (arn.account.as_str() == ACCOUNT)
                .then(|| LogGroupId { region: arn.region.to_string(), name: arn.name.clone() })
        });
        let filtered = self.filters.iter().filter_map(|filter| {
            Some(LogGroupId { region: filter.region.clone(), name: filter.is.log_group_name.clone()? })
        });
        delivered.chain(filtered).collect()
    }
}

impl DraftTopic {
    fn edits(&self) -> Vec<Edit> {
        let mut edits = Edit::topic(&self.arn, Some(&self.attributes));
        for DraftSubscription { listed, attributes } in &self.subscriptions {
            edits.extend(Edit::subscription(&self.arn, listed, Some(attributes)));
        }
        edits
    }
}

impl DraftTrail {
    fn edits(&self) -> Vec<Edit> {
        let status = GetTrailStatusOutput {
            is_logging: self.is_logging,
            latest_cloud_watch_logs_delivery_error: self.delivery_error.clone(),
            latest_cloud_watch_logs_delivery_time: self.last_delivery,
        };
        Edit::trail(&self.described, Some(&self.selectors), Some(&status))
    }
}

fn change(account: &str, region: &str, edit: Edit) -> Result<Change, Mismatch> {
    Ok(Change { account: parsed(account)?, region: parsed(region)?, edit })
}
