//! What AWS answers after a change.

use super::{Change, ChangeError, Edit, policy_of_new_key, policy_of_new_topic, selector_of_new_trail};
use crate::api::cloudtrail::{GetEventSelectorsOutput, GetTrailStatusOutput, Trail};
use crate::api::kms::{DescribeKeyOutput, GetKeyPolicyOutput, KeyMetadata};
use crate::api::logs::DescribeMetricFiltersOutput;
use crate::api::mute::{GetAlarmMuteRuleOutput, MuteRuleSummary};
use crate::api::securityhub::DescribeHubOutput;
use crate::api::sns::{
    GetSubscriptionAttributesOutput, GetTopicAttributesOutput, ListSubscriptionsByTopicOutput, Subscription,
    SubscriptionAttributes, TopicAttributes,
};
use crate::arn::{HubArn, KeyArn, SubscriptionArn, TopicArn};
use crate::question::{
    DescribeAlarms, DescribeHub, DescribeKey, DescribeMetricFilters, DescribeTrails, GetAlarmMuteRule,
    GetEventSelectors, GetKeyPolicy, GetSubscriptionAttributes, GetTopicAttributes, GetTrailStatus, ListAlarmMuteRules,
    ListSubscriptionsByTopic,
};
use crate::{Question, Recording, Region};

impl Recording {
    /// Makes the recording answer as AWS would after the change.
    ///
    /// A call that was refused stays refused: the change does not show there, and if it shows nowhere else, that is an
    /// error. Nor does a change of another account show, unless it is to a trail, a topic or a key that this account sees.
    pub fn apply(&mut self, change: &Change) -> Result<(), ChangeError> {
        let is_own = change.account == self.identity().account;
        match self.show(is_own, &change.region, &change.edit) {
            Err(ChangeError::Unseen(call)) if !is_own && !self.calls.contains_key(&call) => Ok(()),
            shown => shown,
        }
    }

    fn show(&mut self, is_own: bool, region: &Region, edit: &Edit) -> Result<(), ChangeError> {
        match edit {
            Edit::PutTrail(trail) => self.put_trail(is_own, trail),
            Edit::PutEventSelectors { trail, basic, advanced } => {
                let answer = self.existing(&GetEventSelectors { region: region.clone(), trail: trail.clone() })?;
                answer.event_selectors.clone_from(basic);
                answer.advanced_event_selectors.clone_from(advanced);
                Ok(())
            }
            Edit::StartLogging { trail } => {
                self.existing(&GetTrailStatus { region: region.clone(), trail: trail.clone() })?.is_logging = true;
                Ok(())
            }
            Edit::Deliver { trail, last, error } => {
                let answer = self.existing(&GetTrailStatus { region: region.clone(), trail: trail.clone() })?;
                answer.latest_cloud_watch_logs_delivery_time = *last;
                answer.latest_cloud_watch_logs_delivery_error.clone_from(error);
                Ok(())
            }
            Edit::CreateTopic { topic } => self.create_topic(topic),
            Edit::SetTopicPolicy { topic, policy } => {
                self.topic(topic)?.policy = Some(policy.clone());
                Ok(())
            }
            Edit::SetTopicKey { topic, key } => {
                self.topic(topic)?.kms_master_key_id = Some(key.clone());
                Ok(())
            }
            Edit::Subscribe { topic, listed, confirmed } => self.subscribe(topic, listed, *confirmed),
            Edit::SetFilterPolicy { subscription, policy, scope } => {
                let question = GetSubscriptionAttributes { region: region.clone(), subscription: subscription.clone() };
                let set = &mut self.existing(&question)?.attributes;
                set.filter_policy = Some(policy.clone());
                set.filter_policy_scope.clone_from(scope);
                Ok(())
            }
            Edit::CreateKey { key, described } => self.create_key(region, key, described),
            Edit::CreateAlias { alias, key } => {
                let by_arn = DescribeKey { region: region.clone(), key: key.to_string() };
                let described = self.existing(&by_arn)?.clone();
                let by_alias = DescribeKey { region: region.clone(), key: alias.clone() };
                self.create(&by_alias, || described);
                Ok(())
            }
            Edit::PutKeyPolicy { key, policy } => self.put_key_policy(region, key, policy),
            Edit::CreateLogGroup { .. }
            | Edit::PutMetricFilter { .. }
            | Edit::PutMetricAlarm(_)
            | Edit::PutCompositeAlarm(_)
            | Edit::PutLogAlarm(_)
            | Edit::EnableAlarmActions { .. }
            | Edit::PutMuteRule(_)
            | Edit::EnableSecurityHub
                if !is_own =>
            {
                Ok(())
            }
            Edit::CreateLogGroup { name } => {
                let question = DescribeMetricFilters { region: region.clone(), log_group: name.clone() };
                let seen = self.create(&question, || DescribeMetricFiltersOutput { metric_filters: vec![] });
                if seen { Ok(()) } else { Err(ChangeError::Unseen(question.call())) }
            }
            Edit::PutMetricFilter { log_group, filter } => {
                let question = DescribeMetricFilters { region: region.clone(), log_group: log_group.clone() };
                let filters = &mut self.existing(&question)?.metric_filters;
                put(filters, filter, |filter| &filter.filter_name);
                Ok(())
            }
            Edit::PutMetricAlarm(alarm) => {
                let alarms = self.existing(&DescribeAlarms { region: region.clone() })?;
                put(&mut alarms.metric_alarms, alarm, |alarm| &alarm.alarm_name);
                Ok(())
            }
            Edit::PutCompositeAlarm(alarm) => {
                let alarms = self.existing(&DescribeAlarms { region: region.clone() })?;
                put(&mut alarms.composite_alarms, alarm, |alarm| &alarm.alarm_name);
                Ok(())
            }
            Edit::PutLogAlarm(alarm) => {
                let alarms = self.existing(&DescribeAlarms { region: region.clone() })?;
                put(&mut alarms.log_alarms, alarm, |alarm| &alarm.alarm_name);
                Ok(())
            }
            Edit::EnableAlarmActions { alarm } => self.enable_actions(region, alarm),
            Edit::PutMuteRule(rule) => self.put_mute_rule(region, rule),
            Edit::EnableSecurityHub => {
                let identity = self.identity();
                let (partition, account) = (identity.partition.clone(), identity.account.clone());
                let hub_arn = HubArn { partition, region: region.clone(), account, name: "default".to_owned() };
                let question = DescribeHub { region: region.clone() };
                let seen = self.create(&question, || DescribeHubOutput { hub_arn });
                if seen { Ok(()) } else { Err(ChangeError::Unseen(question.call())) }
            }
        }
    }

    /// The answer about something that exists.
    fn existing<Q: Question>(&mut self, question: &Q) -> Result<&mut Q::Output, ChangeError> {
        let call = question.call();
        match self.calls.get_mut(&call) {
            Some(Ok(output)) => Q::unwrap_mut(output).ok_or(ChangeError::Unseen(call)),
            Some(Err(refusal)) if refusal.is_of_nothing() => Err(ChangeError::Missing(call)),
            Some(Err(_)) | None => Err(ChangeError::Unseen(call)),
        }
    }

    /// Gives an answer about something that exists from now on, unless it did before. Whether it can be seen.
    fn create<Q: Question>(&mut self, question: &Q, new: impl FnOnce() -> Q::Output) -> bool {
        let call = question.call();
        match self.calls.get(&call) {
            Some(Ok(_)) => true,
            Some(Err(refusal)) if !refusal.is_of_nothing() => false,
            Some(Err(_)) | None => {
                self.calls.insert(call, Ok(Q::wrap(new())));
                true
            }
        }
    }

    fn is_answered(&self, question: &impl Question) -> bool {
        self.calls.get(&question.call()).is_some_and(Result::is_ok)
    }

    /// A multi-region trail shows in every region, and so do those of the organization in its accounts.
    fn put_trail(&mut self, is_own: bool, trail: &Trail) -> Result<(), ChangeError> {
        let (home, arn) = (trail.home().clone(), &trail.trail_arn);
        let (mut seen, mut was_there) = (false, false);
        for (call, answer) in &mut self.calls {
            let Some(answer) = answer.as_mut().ok().and_then(DescribeTrails::unwrap_mut) else { continue };
            seen = true;
            let at = answer.trails.iter().position(|listed| listed.trail_arn == *arn);
            was_there |= at.is_some();
            let shows = trail.is_multi_region_trail || call.region == home;
            match at {
                Some(at) if shows => {
                    if let Some(listed) = answer.trails.get_mut(at) {
                        listed.clone_from(trail);
                    }
                }
                Some(at) => drop(answer.trails.remove(at)),
                None if shows && (is_own || trail.is_organization_trail) => answer.trails.push(trail.clone()),
                None => {}
            }
        }
        if !seen {
            return Err(ChangeError::Unseen(DescribeTrails { region: home }.call()));
        }
        if was_there || !(is_own || trail.is_organization_trail) {
            return Ok(());
        }
        self.create(&GetTrailStatus { region: home.clone(), trail: arn.clone() }, || GetTrailStatusOutput {
            is_logging: false,
            latest_cloud_watch_logs_delivery_error: None,
            latest_cloud_watch_logs_delivery_time: None,
        });
        self.create(&GetEventSelectors { region: home, trail: arn.clone() }, || GetEventSelectorsOutput {
            trail_arn: Some(arn.clone()),
            event_selectors: vec![selector_of_new_trail()],
            advanced_event_selectors: vec![],
        });
        Ok(())
    }

    fn enable_actions(&mut self, region: &Region, name: &str) -> Result<(), ChangeError> {
        let question = DescribeAlarms { region: region.clone() };
        let alarms = self.existing(&question)?;
        let metric = alarms.metric_alarms.iter_mut().map(|alarm| (&alarm.alarm_name, &mut alarm.actions_enabled));
        let composite = alarms.composite_alarms.iter_mut().map(|alarm| (&alarm.alarm_name, &mut alarm.actions_enabled));
        let log = alarms.log_alarms.iter_mut().map(|alarm| (&alarm.alarm_name, &mut alarm.actions_enabled));
        let (_, enabled) = metric
            .chain(composite)
            .chain(log)
            .find(|(alarm, _)| *alarm == name)
            .ok_or_else(|| ChangeError::Missing(question.call()))?;
        *enabled = true;
        Ok(())
    }

    fn put_mute_rule(&mut self, region: &Region, rule: &GetAlarmMuteRuleOutput) -> Result<(), ChangeError> {
        let (partition, account) = (self.identity().partition.clone(), self.identity().account.clone());
        let rules = &mut self.existing(&ListAlarmMuteRules { region: region.clone() })?.alarm_mute_rule_summaries;
        rules.retain(|listed| listed.name() != rule.name);
        let alarm_mute_rule_arn =
            format!("arn:{partition}:cloudwatch:{region}:{account}:alarm-mute-rule:{}", rule.name);
        rules.push(MuteRuleSummary { alarm_mute_rule_arn, status: None });
        let question = GetAlarmMuteRule { region: region.clone(), name: rule.name.clone() };
        if self.create(&question, || rule.clone()) {
            self.existing(&question)?.clone_from(rule);
        }
        Ok(())
    }

    fn topic(&mut self, topic: &TopicArn) -> Result<&mut TopicAttributes, ChangeError> {
        let question = GetTopicAttributes { region: topic.region.clone(), topic: topic.clone() };
        Ok(&mut self.existing(&question)?.attributes)
    }

    fn create_topic(&mut self, topic: &TopicArn) -> Result<(), ChangeError> {
        let region = || topic.region.clone();
        let subscriptions = ListSubscriptionsByTopic { region: region(), topic: topic.clone() };
        let attributes = GetTopicAttributes { region: region(), topic: topic.clone() };
        if self.is_answered(&subscriptions) || self.is_answered(&attributes) {
            return Ok(());
        }
        let listed = self.create(&subscriptions, || ListSubscriptionsByTopicOutput { subscriptions: vec![] });
        let described = self.create(&attributes, || GetTopicAttributesOutput {
            attributes: TopicAttributes {
                topic_arn: Some(topic.to_string()),
                policy: Some(policy_of_new_topic(topic)),
                kms_master_key_id: None,
            },
        });
        if listed || described { Ok(()) } else { Err(ChangeError::Unseen(subscriptions.call())) }
    }

    fn subscribe(&mut self, topic: &TopicArn, new: &Subscription, confirmed: bool) -> Result<(), ChangeError> {
        let question = ListSubscriptionsByTopic { region: topic.region.clone(), topic: topic.clone() };
        let listed = &mut self.existing(&question)?.subscriptions;
        // SNS goes on listing what is deleted, beside what is subscribed anew.
        let is_live = |one: &Subscription| one.subscription_arn != "Deleted";
        let same = |one: &Subscription| (&one.protocol, &one.endpoint) == (&new.protocol, &new.endpoint);
        let before = listed.iter_mut().find(|one| one.endpoint.is_some() && is_live(one) && is_live(new) && same(one));
        match before {
            Some(before) if before.subscription_arn.starts_with("arn:") => return Ok(()),
            Some(before) => before.clone_from(new),
            None => listed.push(new.clone()),
        }
        if let Ok(subscription) = new.subscription_arn.parse::<SubscriptionArn>() {
            let question = GetSubscriptionAttributes { region: topic.region.clone(), subscription };
            self.create(&question, || GetSubscriptionAttributesOutput {
                attributes: SubscriptionAttributes {
                    subscription_arn: Some(new.subscription_arn.clone()),
                    pending_confirmation: Some((!confirmed).to_string()),
                    filter_policy: None,
                    filter_policy_scope: None,
                },
            });
        }
        Ok(())
    }

    fn create_key(&mut self, region: &Region, arn: &KeyArn, key: &KeyMetadata) -> Result<(), ChangeError> {
        let described = self.asked_of(arn, |key| DescribeKey { region: region.clone(), key });
        if described.iter().any(|question| self.is_answered(question)) {
            return Ok(());
        }
        let mut seen = false;
        for question in described {
            seen |= self.create(&question, || DescribeKeyOutput { key_metadata: key.clone() });
        }
        for question in self.asked_of(arn, |key| GetKeyPolicy { region: region.clone(), key }) {
            self.create(&question, || GetKeyPolicyOutput { policy: policy_of_new_key(arn) });
        }
        let unseen = || ChangeError::Unseen(DescribeKey { region: region.clone(), key: arn.to_string() }.call());
        if seen { Ok(()) } else { Err(unseen()) }
    }

    fn put_key_policy(&mut self, region: &Region, arn: &KeyArn, policy: &String) -> Result<(), ChangeError> {
        for question in self.asked_of(arn, |key| GetKeyPolicy { region: region.clone(), key }) {
            self.existing(&question)?.policy.clone_from(policy);
        }
        Ok(())
    }

    /// The questions about a key, which KMS knows by its id, too: the one by ARN, and that by id if it was asked.
    fn asked_of<Q: Question>(&self, key: &KeyArn, question: impl Fn(String) -> Q) -> Vec<Q> {
        let (by_arn, by_id) = (question(key.to_string()), question(key.name.clone()));
        let was_asked = self.calls.contains_key(&by_id.call());
        if was_asked { vec![by_arn, by_id] } else { vec![by_arn] }
    }
}

/// Replaces what has the same name, or adds it.
fn put<T: Clone>(all: &mut Vec<T>, new: &T, name: impl Fn(&T) -> &String) {
    match all.iter_mut().find(|one| name(one) == name(new)) {
        Some(one) => one.clone_from(new),
        None => all.push(new.clone()),
    }
}
