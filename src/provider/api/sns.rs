//! SNS: subscriptions.

use serde::{Deserialize, Serialize};

/// `sns:ListSubscriptionsByTopic`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListSubscriptionsByTopic {
    /// The topic's subscriptions.
    #[serde(default)]
    pub subscriptions: Vec<Subscription>,
}

/// A subscription as the list shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Subscription {
    /// An ARN once it is confirmed; before, and after, a word: `PendingConfirmation`, `Deleted`.
    pub subscription_arn: String,
    /// `email`, `https`, `sqs`, `lambda`, …
    pub protocol: String,
    /// An address in the protocol's terms. SNS leaves it out of subscriptions that belong to others.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub endpoint: Option<String>,
    /// The topic.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub topic_arn: Option<String>,
}
