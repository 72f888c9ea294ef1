//! Faults of a topic's subscriptions.

use std::fmt;

use event_pattern::sns::Why;
use serde::Serialize;

use super::Severity;
use crate::report::Code;

/// Why no subscription to a topic receives every message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "fault", rename_all = "kebab-case")]
pub enum SubscriptionFault {
    /// The topic has no subscription.
    None,
    /// All subscriptions are deleted.
    Deleted,
    /// No subscription is confirmed.
    Pending,
    /// The filter policies of the confirmed subscriptions drop the message.
    Filtered {
        /// The state of the alarm before, if the message is dropped only after that one.
        after: Option<String>,
    },
    /// It cannot be told whether a filter policy drops the message.
    FilterUndecided {
        /// Why not.
        doubt: FilterDoubt,
    },
    /// A subscription has an attribute with a value that AWS does not document.
    Unknown {
        /// `Protocol`
        attribute: &'static str,
        /// The value.
        value: String,
    },
}

/// Why it cannot be told whether a filter policy drops a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "doubt", rename_all = "kebab-case")]
pub enum FilterDoubt {
    /// SNS would not accept the policy.
    Rejected {
        /// What SNS answers.
        message: String,
    },
    /// What the policy looks at is not documented.
    Scope {
        /// The value of `FilterPolicyScope`.
        scope: String,
    },
    /// AWS does not document the value of a member of the message.
    Value {
        /// Its place in the message: `Trigger.Statistic`.
        path: String,
    },
    /// The policy asks for the lack of an attribute, and AWS does not document the attributes of the message.
    NoAttributes {
        /// The attribute.
        path: String,
    },
    /// A member is null or empty, and the policy asks whether it exists.
    NullOrEmpty {
        /// Its place in the message.
        path: String,
    },
    /// It depends on something else that is not known.
    Other {
        /// What.
        why: String,
    },
    /// The message is dropped after a state of the alarm in which it may be or not.
    State {
        /// The state.
        after: String,
    },
}

impl From<Why> for FilterDoubt {
    fn from(why: Why) -> Self {
        match why {
            Why::Value { path } => Self::Value { path },
            Why::NoAttributes { path } => Self::NoAttributes { path },
            Why::NullOrEmpty { path } => Self::NullOrEmpty { path },
            other => Self::Other { why: other.to_string() },
        }
    }
}

impl SubscriptionFault {
    /// The stable code.
    pub fn code(&self) -> Code {
        match self {
            Self::None | Self::Deleted => Code::NoSubscription,
            Self::Pending => Code::SubscriptionPending,
            Self::Filtered { .. } => Code::SubscriptionFiltered,
            Self::FilterUndecided { .. } => Code::SubscriptionFilterNotJudged,
            Self::Unknown { .. } => Code::SubscriptionNotJudged,
        }
    }

    /// Whether messages are lost, or may be.
    pub fn severity(&self) -> Severity {
        match self {
            Self::FilterUndecided { .. } | Self::Unknown { .. } => Severity::Warning,
            _ => Severity::Error,
        }
    }
}

impl fmt::Display for SubscriptionFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => f.write_str("the topic has no subscription"),
            Self::Deleted => f.write_str("all subscriptions to the topic are deleted"),
            Self::Pending => f.write_str("no subscription to the topic is confirmed"),
            Self::Filtered { after: None } => {
                f.write_str("the filter policies of the topic's subscriptions drop the message")
            }
            Self::Filtered { after: Some(state) } => {
                write!(
                    f,
                    "the filter policies of the topic's subscriptions drop the message of an alarm that was {state}"
                )
            }
            Self::FilterUndecided { doubt } => {
                write!(f, "whether a subscription's filter policy drops the message is not decided: {doubt}")
            }
            Self::Unknown { attribute, value } => {
                write!(f, "AWS does not document the value `{value}` of {attribute}, which a subscription has")
            }
        }
    }
}

impl fmt::Display for FilterDoubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rejected { message } => write!(f, "AWS rejects the filter policy: {message}"),
            Self::Scope { scope } => write!(f, "AWS does not document the filter policy scope `{scope}`"),
            Self::Value { path } => write!(f, "AWS does not document the value of `{path}` in the message"),
            Self::NoAttributes { path } => write!(
                f,
                "AWS does not document whether the message has attributes, and without any the lack of `{path}` does not match"
            ),
            Self::NullOrEmpty { path } => {
                write!(f, "AWS does not document whether `{path}`, which is null or empty, counts as existing")
            }
            Self::Other { why } => f.write_str(why),
            Self::State { after } => write!(f, "it drops the message if the alarm was {after} before"),
        }
    }
}
