//! Faults of a topic: of the topic itself, of its policy and of the key that encrypts its messages.

use std::fmt;

use serde::Serialize;

use super::Severity;
use crate::policy::{Denial, PolicyDoubt};
use crate::report::Code;

/// Why a topic does not accept every message of a publisher.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "fault", rename_all = "kebab-case")]
pub enum TopicFault {
    /// The topic is in another region than the alarm or rule.
    InAnotherRegion {
        /// Who publishes.
        publisher: Publisher,
        /// The region of the alarm or rule.
        from: String,
        /// The topic's region.
        region: String,
    },
    /// The topic does not exist.
    Missing,
    /// The topic's policy does not let the publisher publish.
    NotPublishable {
        /// Who publishes.
        publisher: Publisher,
        /// What the policy says.
        denial: Denial,
    },
    /// It cannot be told whether the topic's policy lets the publisher publish.
    PolicyUndecided {
        /// Who publishes.
        publisher: Publisher,
        /// Why not.
        doubt: PolicyDoubt,
    },
    /// AWS manages the key, and its policy lets no service use it.
    KeyOfAws {
        /// Who publishes.
        publisher: Publisher,
        /// The key, as the topic names it.
        key: String,
    },
    /// The key is in a state in which it cannot be used.
    KeyUnusable {
        /// The key, as the topic names it.
        key: String,
        /// The state: `PendingImport`.
        state: String,
    },
    /// The key is not a symmetric encryption key.
    KeyNotSymmetric {
        /// The key, as the topic names it.
        key: String,
        /// What it is instead: `RSA_2048`, `SIGN_VERIFY`.
        kind: String,
    },
    /// The policy of the key does not let the publisher use it.
    KeyDenied {
        /// Who publishes.
        publisher: Publisher,
        /// The key, as the topic names it.
        key: String,
        /// What the policy says.
        denial: Denial,
    },
    /// The key has an attribute with a value that AWS does not document.
    KeyUnknown {
        /// The key, as the topic names it.
        key: String,
        /// `KeyState`, `KeyManager`
        attribute: &'static str,
        /// The value.
        value: String,
    },
    /// It cannot be told whether the policy of the key lets the publisher use it.
    KeyUndecided {
        /// Who publishes.
        publisher: Publisher,
        /// The key, as the topic names it.
        key: String,
        /// Why not.
        doubt: PolicyDoubt,
    },
}

/// What publishes to a topic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Publisher {
    /// A CloudWatch alarm.
    Alarm,
    /// An EventBridge rule whose target has no role of its own.
    Rule,
}

impl Publisher {
    /// The service principal that publishes for it (SNS Developer Guide, "Managing Amazon SNS encryption keys and costs").
    pub fn service(self) -> &'static str {
        match self {
            Self::Alarm => "cloudwatch.amazonaws.com",
            Self::Rule => "events.amazonaws.com",
        }
    }

    fn plural(self) -> &'static str {
        match self {
            Self::Alarm => "CloudWatch alarms",
            Self::Rule => "EventBridge rules",
        }
    }
}

impl TopicFault {
    /// The stable code.
    pub fn code(&self) -> Code {
        match self {
            Self::InAnotherRegion { .. } => Code::TopicInAnotherRegion,
            Self::Missing => Code::TopicMissing,
            Self::NotPublishable { .. } => Code::TopicNotPublishable,
            Self::PolicyUndecided { .. } => Code::TopicPolicyNotJudged,
            Self::KeyOfAws { .. }
            | Self::KeyUnusable { .. }
            | Self::KeyNotSymmetric { .. }
            | Self::KeyDenied { .. } => Code::TopicEncryptionBlocksAlarms,
            Self::KeyUnknown { .. } | Self::KeyUndecided { .. } => Code::TopicEncryptionNotJudged,
        }
    }

    /// Whether messages are lost, or may be.
    pub fn severity(&self) -> Severity {
        match self {
            Self::PolicyUndecided { .. } | Self::KeyUnknown { .. } | Self::KeyUndecided { .. } => Severity::Warning,
            _ => Severity::Error,
        }
    }
}

impl fmt::Display for TopicFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InAnotherRegion { publisher: Publisher::Alarm, from, region } => {
                write!(f, "an alarm in {from} cannot notify a topic in {region}")
            }
            Self::InAnotherRegion { publisher: Publisher::Rule, from, region } => {
                write!(f, "a rule in {from} cannot have a topic in {region} as its target")
            }
            Self::Missing => f.write_str("the topic does not exist"),
            Self::NotPublishable { publisher, denial } => {
                write!(f, "the topic's policy does not let {} publish: {denial}", publisher.plural())
            }
            Self::PolicyUndecided { publisher, doubt } => {
                write!(f, "whether the topic's policy lets {} publish is not decided: {doubt}", publisher.plural())
            }
            Self::KeyOfAws { publisher, key } => {
                write!(f, "AWS manages the key `{key}`, and {} cannot use it", publisher.plural())
            }
            Self::KeyUnusable { key, state } => {
                write!(f, "the key `{key}` is in the state {state}, in which it cannot be used")
            }
            Self::KeyNotSymmetric { key, kind } => {
                write!(f, "the key `{key}` is of kind {kind}, and SNS supports symmetric encryption keys only")
            }
            Self::KeyDenied { publisher, key, denial } => {
                write!(f, "the policy of the key `{key}` does not let {} use it: {denial}", publisher.plural())
            }
            Self::KeyUnknown { key, attribute, value } => {
                write!(f, "AWS does not document the value `{value}` of {attribute}, which the key `{key}` has")
            }
            Self::KeyUndecided { publisher, key, doubt } => write!(
                f,
                "whether the policy of the key `{key}` lets {} use it is not decided: {doubt}",
                publisher.plural()
            ),
        }
    }
}
