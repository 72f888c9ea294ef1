//! Topics: who is subscribed to them, who may publish, and what is sent on.

pub use crate::provider::api::kms::KeyState;
pub use crate::provider::api::sns::FilterPolicyScope;

use super::Known;

/// An SNS topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Topic {
    /// It does not exist.
    Missing,
    /// It exists.
    Present {
        /// Who may publish, and what encrypts the messages.
        settings: Known<TopicSettings>,
        /// Its subscriptions, sorted by protocol and endpoint.
        subscriptions: Vec<Subscription>,
    },
}

/// How a topic is set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TopicSettings {
    /// Its IAM policy, as JSON. SNS always has one; emulators may not.
    pub policy: Option<String>,
    /// What encrypts its messages, if anything does.
    pub key: Option<Box<Key>>,
}

/// A KMS key that encrypts a topic's messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// An id, an ARN or an alias, as the topic names it.
    pub id: String,
    /// Whose it is.
    pub is: Known<KeyKind>,
}

/// Whose a key is, and who may use it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyKind {
    /// AWS manages it, and with it its policy.
    OfAws,
    /// The account manages it.
    OfCustomer {
        /// Its ARN.
        arn: String,
        /// Whether it can be used.
        state: KeyState,
        /// Its IAM policy, as JSON.
        policy: Known<String>,
    },
}

/// A subscription of a topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    /// `email`, `https`, `sqs`, `lambda`, …
    pub protocol: String,
    /// An address in the protocol's terms; empty where AWS does not show it.
    pub endpoint: String,
    /// Whether messages are sent to it.
    pub state: SubscriptionState,
}

/// Whether a subscription receives messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SubscriptionState {
    /// It does.
    Confirmed {
        /// The subscription's ARN.
        arn: String,
        /// Which messages it receives, if not all.
        filter: Known<Option<FilterPolicy>>,
    },
    /// Not until its owner confirms it.
    Pending,
    /// No longer: SNS shows deleted subscriptions for up to three days.
    Deleted,
}

/// Which messages a subscription receives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilterPolicy {
    /// What the policy looks at.
    pub scope: FilterPolicyScope,
    /// The policy, as JSON.
    pub text: String,
}
