//! The changes that make an account as it was recorded.

use std::collections::{BTreeMap, BTreeSet};

use super::{Change, Edit};
use crate::api::mute::MuteRuleStatus;
use crate::arn::{KeyArn, TopicArn};
use crate::question::{
    DescribeAlarms, DescribeHub, DescribeKey, DescribeMetricFilters, DescribeTrails, GetAlarmMuteRule,
    GetEventSelectors, GetKeyPolicy, GetSubscriptionAttributes, GetTopicAttributes, GetTrailStatus, ListAlarmMuteRules,
    ListSubscriptionsByTopic,
};
use crate::{Call, Question, Recording, Region};

impl Recording {
    /// The changes that make an account in which there is [nothing](super::nothing) into this one, in an order in which
    /// AWS takes them. What a refused call would have shown is not among them.
    pub fn changes(&self) -> Vec<Change> {
        let mut changes = Changes { recording: self, made: Vec::new() };
        changes.keys();
        changes.topics();
        changes.log_groups();
        changes.alarms();
        changes.trails();
        changes.security_hub();
        changes.made
    }
}

struct Changes<'a> {
    recording: &'a Recording,
    made: Vec<Change>,
}

impl<'a> Changes<'a> {
    /// What was answered to an operation, each with its call, refusals left out.
    fn answers<Q: Question>(&self) -> impl Iterator<Item = (&'a Call, &'a Q::Output)> + use<'a, Q> {
        self.recording.answers_to::<Q>().filter_map(|(call, answer)| Some((call, answer.ok()?)))
    }

    /// What was answered to a question.
    fn answer<Q: Question>(&self, question: &Q) -> Option<&'a Q::Output> {
        Q::unwrap(self.recording.answer(&question.call())?.as_ref().ok()?)
    }

    fn own(&mut self, region: &Region, edit: Edit) {
        let account = self.recording.identity().account.clone();
        self.made.push(Change { account, region: region.clone(), edit });
    }

    /// Topics name keys.
    fn keys(&mut self) {
        let described: Vec<_> = self.answers::<DescribeKey>().collect();
        let mut seen = BTreeSet::new();
        for (call, described) in described {
            let (described, region) = (&described.key_metadata, &call.region);
            let Ok(key) = described.arn.parse::<KeyArn>() else { continue };
            let change = |edit| Change { account: key.account.clone(), region: region.clone(), edit };
            if seen.insert((region, &described.arn)) {
                let described = Box::new(described.clone());
                self.made.push(change(Edit::CreateKey { key: key.clone(), described }));
                let mut names = [key.to_string(), key.name.clone()].into_iter();
                let policy = names.find_map(|key| self.answer(&GetKeyPolicy { region: region.clone(), key }));
                if let Some(answer) = policy {
                    let (key, policy) = (key.clone(), answer.policy.clone());
                    self.made.push(change(Edit::PutKeyPolicy { key, policy }));
                }
            }
            if let Some(alias) = call.resource.as_ref().filter(|name| name.contains("alias/")) {
                self.made.push(change(Edit::CreateAlias { alias: alias.clone(), key: key.clone() }));
            }
        }
    }

    /// Alarms name topics.
    fn topics(&mut self) {
        let listed = self.answers::<ListSubscriptionsByTopic>().map(|(call, _)| call);
        let described = self.answers::<GetTopicAttributes>().map(|(call, _)| call);
        let topics = listed.chain(described).filter_map(|call| call.resource.as_ref()?.parse().ok());
        let topics: BTreeSet<TopicArn> = topics.collect();
        for topic in topics {
            let region = topic.region.clone();
            let made = |edit| Change { account: topic.account.clone(), region: region.clone(), edit };
            let set = self.answer(&GetTopicAttributes { region: region.clone(), topic: topic.clone() });
            self.made.extend(Edit::topic(&topic, set.map(|answer| &answer.attributes)).into_iter().map(made));
            let subscriptions = ListSubscriptionsByTopic { region: region.clone(), topic: topic.clone() };
            let name = topic.to_string();
            let listed = self.answer(&subscriptions).into_iter().flat_map(|answer| &answer.subscriptions);
            // A recording may hold the subscriptions of a whole region under one topic's ARN.
            for listed in listed.filter(|listed| listed.topic_arn.as_ref().is_none_or(|topic| *topic == name)) {
                let set = listed.subscription_arn.parse().ok().and_then(|subscription| {
                    self.answer(&GetSubscriptionAttributes { region: region.clone(), subscription })
                });
                let set = set.map(|answer| &answer.attributes);
                self.made.extend(Edit::subscription(&topic, listed, set).into_iter().map(made));
            }
        }
    }

    /// Trails name log groups.
    fn log_groups(&mut self) {
        for (call, answer) in self.answers::<DescribeMetricFilters>() {
            let Some(name) = &call.resource else { continue };
            self.own(&call.region, Edit::CreateLogGroup { name: name.clone() });
            for filter in &answer.metric_filters {
                // A recording may hold the filters of a whole region under one log group's name.
                if filter.log_group_name.as_ref().is_none_or(|group| group == name) {
                    let (log_group, filter) = (name.clone(), Box::new(filter.clone()));
                    self.own(&call.region, Edit::PutMetricFilter { log_group, filter });
                }
            }
        }
    }

    /// Those on metrics first: composite alarms and mute rules name them.
    fn alarms(&mut self) {
        for (call, answer) in self.answers::<DescribeAlarms>() {
            for alarm in &answer.metric_alarms {
                self.own(&call.region, Edit::PutMetricAlarm(Box::new(alarm.clone())));
            }
            for alarm in &answer.log_alarms {
                self.own(&call.region, Edit::PutLogAlarm(Box::new(alarm.clone())));
            }
            for alarm in &answer.composite_alarms {
                self.own(&call.region, Edit::PutCompositeAlarm(Box::new(alarm.clone())));
            }
        }
        for (call, answer) in self.answers::<ListAlarmMuteRules>() {
            let in_force = |status: &Option<_>| *status != Some(MuteRuleStatus::Expired);
            for listed in answer.alarm_mute_rule_summaries.iter().filter(|listed| in_force(&listed.status)) {
                let question = GetAlarmMuteRule { region: call.region.clone(), name: listed.name().to_owned() };
                if let Some(rule) = self.answer(&question) {
                    self.own(&call.region, Edit::PutMuteRule(Box::new(rule.clone())));
                }
            }
        }
    }

    fn trails(&mut self) {
        // A multi-region trail is described in every region.
        let described = self.answers::<DescribeTrails>().flat_map(|(_, answer)| &answer.trails);
        let mut trails = BTreeMap::new();
        for trail in described {
            trails.entry(trail.trail_arn.to_string()).or_insert(trail);
        }
        for described in trails.into_values() {
            let (trail, region) = (&described.trail_arn, described.home());
            let made = |edit| Change { account: trail.account.clone(), region: region.clone(), edit };
            let selectors = self.answer(&GetEventSelectors { region: region.clone(), trail: trail.clone() });
            let status = self.answer(&GetTrailStatus { region: region.clone(), trail: trail.clone() });
            self.made.extend(Edit::trail(described, selectors, status).into_iter().map(made));
        }
    }

    fn security_hub(&mut self) {
        for (call, _) in self.answers::<DescribeHub>() {
            self.own(&call.region, Edit::EnableSecurityHub);
        }
    }
}
