//! A decorator round any provider that keeps each call and its answer: what it yields after an audit is a recording, and
//! an audit of that recording sees the same account.

use std::sync::{Mutex, PoisonError};

use super::api::{
    DescribeAlarms, DescribeHub, DescribeKey, DescribeMetricFilters, DescribeTrails, GetAlarmMuteRule,
    GetEventSelectors, GetKeyPolicy, GetSubscriptionAttributes, GetTopicAttributes, GetTrailStatus, ListAlarmMuteRules,
    ListSubscriptionsByTopic, Timestamp,
};
use super::arn::TopicArn;
use super::identity::Identity;
use super::permissions::Operation;
use super::recorded::{Answers, Recorded, Recording};
use super::{Answer, Call, Provider, RefusalKind};

/// A provider whose answers are kept.
#[derive(Debug)]
pub struct Recorder<P> {
    provider: P,
    answers: Mutex<Answers>,
}

impl<P: Provider + Sync> Recorder<P> {
    /// Keeps what the provider answers from now on.
    pub fn new(provider: P) -> Self {
        Self { provider, answers: Mutex::default() }
    }

    /// What was asked and answered so far.
    pub fn recording(&self) -> Recording {
        let answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let time = self.provider.asked_at().map(|time| time.to_string());
        Recording::new(self.provider.identity().clone(), time, answers)
    }

    /// Keeps an answer, unless it is that there is none. Of two answers to the same call an output is kept before a
    /// refusal, then the first.
    fn keep<T: Clone>(&self, of: fn(&mut Answers) -> &mut Recorded<T>, call: Call, answer: Answer<T>) -> Answer<T> {
        if answer.as_ref().is_err_and(|refusal| refusal.kind == RefusalKind::NotRecorded) {
            return answer;
        }
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = of(&mut answers).entry(call).or_insert_with(|| answer.clone());
        if kept.is_err() && answer.is_ok() {
            kept.clone_from(&answer);
        }
        answer
    }
}

impl<P: Provider + Sync> Provider for Recorder<P> {
    fn identity(&self) -> &Identity {
        self.provider.identity()
    }

    fn regions(&self) -> &[String] {
        self.provider.regions()
    }

    fn asked_at(&self) -> Option<Timestamp> {
        self.provider.asked_at()
    }

    async fn describe_trails(&self, region: &str) -> Answer<DescribeTrails> {
        let answer = self.provider.describe_trails(region).await;
        self.keep(|kept| &mut kept.describe_trails, Call::about_region(Operation::DESCRIBE_TRAILS, region), answer)
    }

    async fn get_trail_status(&self, region: &str, trail: &str) -> Answer<GetTrailStatus> {
        let answer = self.provider.get_trail_status(region, trail).await;
        self.keep(|kept| &mut kept.get_trail_status, Call::about(Operation::GET_TRAIL_STATUS, region, trail), answer)
    }

    async fn get_event_selectors(&self, region: &str, trail: &str) -> Answer<GetEventSelectors> {
        let answer = self.provider.get_event_selectors(region, trail).await;
        self.keep(
            |kept| &mut kept.get_event_selectors,
            Call::about(Operation::GET_EVENT_SELECTORS, region, trail),
            answer,
        )
    }

    async fn describe_metric_filters(&self, region: &str, log_group: &str) -> Answer<DescribeMetricFilters> {
        let answer = self.provider.describe_metric_filters(region, log_group).await;
        self.keep(
            |kept| &mut kept.describe_metric_filters,
            Call::about(Operation::DESCRIBE_METRIC_FILTERS, region, log_group),
            answer,
        )
    }

    async fn describe_alarms(&self, region: &str) -> Answer<DescribeAlarms> {
        let answer = self.provider.describe_alarms(region).await;
        self.keep(|kept| &mut kept.describe_alarms, Call::about_region(Operation::DESCRIBE_ALARMS, region), answer)
    }

    async fn list_subscriptions_by_topic(&self, topic: &TopicArn) -> Answer<ListSubscriptionsByTopic> {
        let answer = self.provider.list_subscriptions_by_topic(topic).await;
        self.keep(
            |kept| &mut kept.list_subscriptions_by_topic,
            Call::about(Operation::LIST_SUBSCRIPTIONS_BY_TOPIC, &topic.region, &topic.to_string()),
            answer,
        )
    }

    async fn describe_hub(&self, region: &str) -> Answer<DescribeHub> {
        let answer = self.provider.describe_hub(region).await;
        self.keep(|kept| &mut kept.describe_hub, Call::about_region(Operation::DESCRIBE_HUB, region), answer)
    }

    async fn get_topic_attributes(&self, topic: &TopicArn) -> Answer<GetTopicAttributes> {
        let answer = self.provider.get_topic_attributes(topic).await;
        self.keep(
            |kept| &mut kept.get_topic_attributes,
            Call::about(Operation::GET_TOPIC_ATTRIBUTES, &topic.region, &topic.to_string()),
            answer,
        )
    }

    async fn get_subscription_attributes(&self, region: &str, subscription: &str) -> Answer<GetSubscriptionAttributes> {
        let answer = self.provider.get_subscription_attributes(region, subscription).await;
        self.keep(
            |kept| &mut kept.get_subscription_attributes,
            Call::about(Operation::GET_SUBSCRIPTION_ATTRIBUTES, region, subscription),
            answer,
        )
    }

    async fn list_alarm_mute_rules(&self, region: &str) -> Answer<ListAlarmMuteRules> {
        let answer = self.provider.list_alarm_mute_rules(region).await;
        self.keep(
            |kept| &mut kept.list_alarm_mute_rules,
            Call::about_region(Operation::LIST_ALARM_MUTE_RULES, region),
            answer,
        )
    }

    async fn get_alarm_mute_rule(&self, region: &str, name: &str) -> Answer<GetAlarmMuteRule> {
        let answer = self.provider.get_alarm_mute_rule(region, name).await;
        self.keep(
            |kept| &mut kept.get_alarm_mute_rule,
            Call::about(Operation::GET_ALARM_MUTE_RULE, region, name),
            answer,
        )
    }

    async fn describe_key(&self, region: &str, key: &str) -> Answer<DescribeKey> {
        let answer = self.provider.describe_key(region, key).await;
        self.keep(|kept| &mut kept.describe_key, Call::about(Operation::DESCRIBE_KEY, region, key), answer)
    }

    async fn get_key_policy(&self, region: &str, key: &str) -> Answer<GetKeyPolicy> {
        let answer = self.provider.get_key_policy(region, key).await;
        self.keep(|kept| &mut kept.get_key_policy, Call::about(Operation::GET_KEY_POLICY, region, key), answer)
    }
}
