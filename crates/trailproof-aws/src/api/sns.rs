//! SNS: topics and subscriptions.

use serde::{Deserialize, Serialize};

use super::open_enum;
use crate::{Asked, Flaw, Response};

/// `sns:ListSubscriptionsByTopic`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListSubscriptionsByTopicOutput {
    /// The topic's subscriptions.
    pub subscriptions: Vec<Subscription>,
}

impl Response for ListSubscriptionsByTopicOutput {
    const MEMBERS: &'static [&'static str] = &["Subscriptions"];

    fn append(&mut self, mut page: Self) {
        self.subscriptions.append(&mut page.subscriptions);
    }
}

impl Response for GetTopicAttributesOutput {
    const MEMBERS: &'static [&'static str] = &["Attributes"];

    fn check(&self, asked: &Asked<'_>) -> Result<(), Flaw> {
        if self.attributes == TopicAttributes::default() {
            return Err(Flaw::lacks("Attributes.TopicArn"));
        }
        asked.resource("Attributes.TopicArn", self.attributes.topic_arn.as_deref())
    }
}

impl Response for GetSubscriptionAttributesOutput {
    const MEMBERS: &'static [&'static str] = &["Attributes"];

    fn check(&self, asked: &Asked<'_>) -> Result<(), Flaw> {
        if self.attributes.pending_confirmation.is_none() {
            return Err(Flaw::lacks("Attributes.PendingConfirmation"));
        }
        // An empty policy is `{}`.
        if let Some(policy) = self.attributes.filter_policy.as_ref().filter(|policy| policy.trim().is_empty()) {
            return Err(Flaw::value("Attributes.FilterPolicy", policy));
        }
        asked.resource("Attributes.SubscriptionArn", self.attributes.subscription_arn.as_deref())
    }
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

/// `sns:GetTopicAttributes`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetTopicAttributesOutput {
    /// The topic's attributes.
    pub attributes: TopicAttributes,
}

/// How a topic is set. SNS has every attribute as a text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct TopicAttributes {
    /// The topic.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub topic_arn: Option<String>,
    /// Who may do what with the topic: an IAM policy as JSON. SNS always has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy: Option<String>,
    /// The KMS key that encrypts messages: an id, an ARN or an alias; none if they are not encrypted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kms_master_key_id: Option<String>,
}

/// `sns:GetSubscriptionAttributes`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetSubscriptionAttributesOutput {
    /// The subscription's attributes.
    pub attributes: SubscriptionAttributes,
}

/// How a subscription is set. SNS has every attribute as a text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct SubscriptionAttributes {
    /// The subscription.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subscription_arn: Option<String>,
    /// `true` until the subscription is confirmed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pending_confirmation: Option<String>,
    /// Which messages are sent on, as JSON; none if all are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub filter_policy: Option<String>,
    /// What the filter policy looks at; the message's attributes where it is left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub filter_policy_scope: Option<FilterPolicyScope>,
}

open_enum! {
    /// What a filter policy looks at.
    FilterPolicyScope {
        /// The message's attributes.
        MessageAttributes = "MessageAttributes",
        /// The message itself, which is JSON.
        MessageBody = "MessageBody",
    }
}
