//! The edits that make a resource of several parts as AWS describes it, in an order in which AWS takes them.

use super::Edit;
use crate::api::cloudtrail::{GetEventSelectorsOutput, GetTrailStatusOutput, Trail};
use crate::api::sns::{Subscription, SubscriptionAttributes, TopicAttributes};
use crate::arn::{SubscriptionArn, TopicArn};

impl Edit {
    /// The edits that make a topic with these attributes, if they are known.
    pub fn topic(topic: &TopicArn, set: Option<&TopicAttributes>) -> Vec<Self> {
        let mut edits = vec![Self::CreateTopic { topic: topic.clone() }];
        if let Some(set) = set {
            let topic = || topic.clone();
            edits.extend(set.policy.clone().map(|policy| Self::SetTopicPolicy { topic: topic(), policy }));
            let key = set.kms_master_key_id.clone().filter(|key| !key.is_empty());
            edits.extend(key.map(|key| Self::SetTopicKey { topic: topic(), key }));
        }
        edits
    }

    /// The edits that make a subscription as its topic lists it, with these attributes, if they are known.
    pub fn subscription(topic: &TopicArn, listed: &Subscription, set: Option<&SubscriptionAttributes>) -> Vec<Self> {
        let arn: Option<SubscriptionArn> = listed.subscription_arn.parse().ok();
        let is_pending = set.is_some_and(|set| set.pending_confirmation.as_deref() == Some("true"));
        let confirmed = arn.is_some() && !is_pending;
        let mut edits = vec![Self::Subscribe { topic: topic.clone(), listed: Box::new(listed.clone()), confirmed }];
        if let (Some(subscription), Some(set)) = (arn, set)
            && let Some(policy) = set.filter_policy.clone()
        {
            edits.push(Self::SetFilterPolicy { subscription, policy, scope: set.filter_policy_scope.clone() });
        }
        edits
    }

    /// The edits that make a trail with these selectors and this status, as far as they are known.
    pub fn trail(
        described: &Trail,
        selectors: Option<&GetEventSelectorsOutput>,
        status: Option<&GetTrailStatusOutput>,
    ) -> Vec<Self> {
        let trail = || described.trail_arn.clone();
        let mut edits = vec![Self::PutTrail(Box::new(described.clone()))];
        edits.extend(selectors.map(|set| {
            let (basic, advanced) = (set.event_selectors.clone(), set.advanced_event_selectors.clone());
            Self::PutEventSelectors { trail: trail(), basic, advanced }
        }));
        if let Some(status) = status {
            edits.extend(status.is_logging.then(|| Self::StartLogging { trail: trail() }));
            let last = status.latest_cloud_watch_logs_delivery_time;
            let error = status.latest_cloud_watch_logs_delivery_error.clone();
            if last.is_some() || error.is_some() {
                edits.push(Self::Deliver { trail: trail(), last, error });
            }
        }
        edits
    }
}
