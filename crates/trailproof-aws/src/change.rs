//! Changes to an account: one vocabulary for whoever describes an account, makes one, or mends one.
//!
//! Changes are values. [`Recording::apply`](crate::Recording::apply) shows what AWS would answer after a change,
//! [`Recording::changes`](crate::Recording::changes) are the changes that make an account as it was recorded, and whoever
//! has clients that may write performs them. An edit is what one call of AWS does, but for [`Edit::Deliver`].

mod apply;
mod derive;
mod make;
mod nothing;

pub use nothing::{nothing, policy_of_new_key, policy_of_new_topic, selector_of_new_trail};

use crate::api::Timestamp;
use crate::api::cloudtrail::{AdvancedEventSelector, EventSelector, Trail};
use crate::api::cloudwatch::{CompositeAlarm, LogAlarm, MetricAlarm};
use crate::api::kms::KeyMetadata;
use crate::api::logs::MetricFilter;
use crate::api::mute::GetAlarmMuteRuleOutput;
use crate::api::sns::{FilterPolicyScope, Subscription};
use crate::arn::{KeyArn, SubscriptionArn, TopicArn, TrailArn};
use crate::{AccountId, Call, Region};

/// One change to an account.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The account that owns what is changed.
    pub account: AccountId,
    /// The region whose endpoint is called: the home region of a trail, the region of any other resource.
    pub region: Region,
    /// What is done.
    pub edit: Edit,
}

/// What a change does.
///
/// Resources are as AWS describes them. Members that nobody can set, such as an alarm's state, say what the resource is
/// like once it is there.
#[derive(Debug, Clone, PartialEq)]
pub enum Edit {
    /// Creates a trail, or updates it. A new trail does not log yet, and its selectors take all management events.
    PutTrail(Box<Trail>),
    /// Sets which events a trail logs, in place of whatever it logged. Without any selector it logs all management events.
    PutEventSelectors {
        /// The trail.
        trail: TrailArn,
        /// Basic selectors.
        basic: Vec<EventSelector>,
        /// Advanced selectors.
        advanced: Vec<AdvancedEventSelector>,
    },
    /// Starts a trail.
    StartLogging {
        /// The trail.
        trail: TrailArn,
    },
    /// CloudTrail delivers to the trail's log group, or tries to. No call does that.
    Deliver {
        /// The trail.
        trail: TrailArn,
        /// When it last succeeded, if it ever did.
        last: Option<Timestamp>,
        /// Why it failed, if it did.
        error: Option<String>,
    },
    /// Creates a log group.
    CreateLogGroup {
        /// Its name.
        name: String,
    },
    /// Creates a metric filter, or replaces the one of the same name.
    PutMetricFilter {
        /// The name of the log group.
        log_group: String,
        /// The filter.
        filter: Box<MetricFilter>,
    },
    /// Creates an alarm on metrics, or replaces the one of the same name.
    PutMetricAlarm(Box<MetricAlarm>),
    /// Creates an alarm on alarms, or replaces the one of the same name.
    PutCompositeAlarm(Box<CompositeAlarm>),
    /// Creates an alarm on a scheduled query of logs, or replaces the one of the same name.
    PutLogAlarm(Box<LogAlarm>),
    /// Enables the actions of an alarm of any type.
    EnableAlarmActions {
        /// The alarm's name.
        alarm: String,
    },
    /// Creates a rule that mutes alarms, or replaces the one of the same name.
    PutMuteRule(Box<GetAlarmMuteRuleOutput>),
    /// Creates a topic with the [policy of a new topic](policy_of_new_topic). A topic that exists stays as it is.
    CreateTopic {
        /// The topic.
        topic: TopicArn,
    },
    /// Sets a topic's policy.
    SetTopicPolicy {
        /// The topic.
        topic: TopicArn,
        /// An IAM policy as JSON.
        policy: String,
    },
    /// Sets the key that encrypts a topic's messages.
    SetTopicKey {
        /// The topic.
        topic: TopicArn,
        /// The key: an id, an ARN or an alias.
        key: String,
    },
    /// Subscribes an endpoint. One that is subscribed already stays as it is.
    Subscribe {
        /// The topic.
        topic: TopicArn,
        /// The subscription as the list is to show it: with an ARN, or with a word in its place.
        listed: Box<Subscription>,
        /// Whether the owner of the endpoint has confirmed it.
        confirmed: bool,
    },
    /// Sets which messages a subscription receives.
    SetFilterPolicy {
        /// The subscription.
        subscription: SubscriptionArn,
        /// The filter policy as JSON.
        policy: String,
        /// What it looks at; the message's attributes where it is left out.
        scope: Option<FilterPolicyScope>,
    },
    /// Creates a key with the [policy of a new key](policy_of_new_key).
    CreateKey {
        /// The key.
        key: KeyArn,
        /// As KMS describes it.
        described: Box<KeyMetadata>,
    },
    /// Gives a key another name.
    CreateAlias {
        /// The alias: `alias/NAME`, or its ARN.
        alias: String,
        /// The key.
        key: KeyArn,
    },
    /// Sets a key's policy.
    PutKeyPolicy {
        /// The key.
        key: KeyArn,
        /// An IAM policy as JSON.
        policy: String,
    },
    /// Enables Security Hub.
    EnableSecurityHub,
}

/// Why a change cannot be applied to a recording.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChangeError {
    /// What is to be changed was not seen.
    #[error("the recording does not show what the change applies to: it has no answer to {0}")]
    Unseen(Call),
    /// What is to be changed does not exist.
    #[error("the change applies to something that does not exist, as {0} shows")]
    Missing(Call),
}
