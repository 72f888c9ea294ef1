//! Topics: who is subscribed to them, who may publish, and what is sent on.

use std::fmt;

use event_pattern::sns;

pub use crate::provider::api::kms::KeyState;
pub use crate::provider::api::sns::FilterPolicyScope;

use super::Known;
use crate::policy::Policy;

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
    /// Its IAM policy. SNS always has one; emulators may not.
    pub policy: Option<Policy>,
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
        /// `ENCRYPT_DECRYPT`, `SIGN_VERIFY`, …; none if the answer leaves it out.
        usage: Option<String>,
        /// `SYMMETRIC_DEFAULT`, `RSA_2048`, …; none if the answer leaves it out.
        spec: Option<String>,
        /// Its IAM policy.
        policy: Known<Policy>,
    },
    /// AWS does not document who manages it.
    OfOther {
        /// The value of `KeyManager`.
        manager: String,
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
#[expect(clippy::large_enum_variant, reason = "nearly all subscriptions are confirmed")]
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
    /// An attribute has a value that AWS does not document.
    Unknown {
        /// `SubscriptionArn`, `Protocol` or `PendingConfirmation`.
        attribute: &'static str,
        /// The value.
        value: String,
    },
}

/// Which messages a subscription receives. It is read once, whatever the number of messages.
#[derive(Clone)]
pub struct FilterPolicy {
    scope: FilterPolicyScope,
    text: String,
    /// None if it is not known what the policy looks at.
    read: Option<Result<sns::FilterPolicy, sns::PolicyError>>,
}

impl FilterPolicy {
    /// The policy of this text, as JSON.
    pub fn new(scope: FilterPolicyScope, text: String) -> Self {
        let known = match scope {
            FilterPolicyScope::MessageAttributes => Some(sns::Scope::MessageAttributes),
            FilterPolicyScope::MessageBody => Some(sns::Scope::MessageBody),
            FilterPolicyScope::Other(_) => None,
        };
        let read = known.map(|scope| sns::FilterPolicy::parse(&text, scope));
        Self { scope, text, read }
    }

    /// What the policy looks at.
    pub fn scope(&self) -> &FilterPolicyScope {
        &self.scope
    }

    /// What the policy means, or why SNS would not accept it; none if it is not known what it looks at.
    pub fn read(&self) -> Option<&Result<sns::FilterPolicy, sns::PolicyError>> {
        self.read.as_ref()
    }
}

/// As it is written.
impl fmt::Debug for FilterPolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { scope, text, .. } = self;
        f.debug_struct("FilterPolicy").field("scope", scope).field("text", text).finish()
    }
}

/// By what is written.
impl PartialEq for FilterPolicy {
    fn eq(&self, other: &Self) -> bool {
        (&self.scope, &self.text) == (&other.scope, &other.text)
    }
}

impl Eq for FilterPolicy {}

/// What is at the end of a subscription.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Endpoint {
    /// A person: e-mail or a text message.
    Person,
    /// A web address. On-call services and chat rooms that page people are subscribed so, and so are programs: nothing
    /// tells them apart, so that it counts as a way to a person.
    Web,
    /// A program: a function, a queue, a delivery stream, or the application on a mobile phone.
    Program,
}

impl Endpoint {
    /// What is at the end of a subscription of this protocol, if SNS has it (SNS API Reference, "Subscribe").
    pub fn of(protocol: &str) -> Option<Self> {
        Some(match protocol {
            "email" | "email-json" | "sms" => Self::Person,
            "http" | "https" => Self::Web,
            "lambda" | "sqs" | "firehose" | "application" => Self::Program,
            _ => return None,
        })
    }
}
