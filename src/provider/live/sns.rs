//! SNS' answers.

use aws_sdk_sns::operation::list_subscriptions_by_topic::ListSubscriptionsByTopicOutput as Page;
use aws_sdk_sns::{Client, types as sdk};

use super::error::{Malformed, refusal, required};
use super::pages;
use crate::provider::api::sns::{
    GetSubscriptionAttributesOutput, GetTopicAttributesOutput, ListSubscriptionsByTopicOutput, Subscription,
    SubscriptionAttributes, TopicAttributes,
};
use crate::provider::{Answer, Call};

pub(super) async fn list_subscriptions_by_topic(
    client: &Client,
    call: Call,
    topic: &str,
) -> Answer<ListSubscriptionsByTopicOutput> {
    let pages = client.list_subscriptions_by_topic().topic_arn(topic).into_paginator().send();
    let member = ("Subscriptions", |page: Page| page.subscriptions);
    let subscriptions = pages::list(call, pages, Page::next_token, member, subscription).await?;
    Ok(ListSubscriptionsByTopicOutput { subscriptions })
}

pub(super) async fn get_topic_attributes(client: &Client, call: Call, topic: &str) -> Answer<GetTopicAttributesOutput> {
    let output = client.get_topic_attributes().topic_arn(topic).send().await;
    let mut attributes = output.map_err(|error| refusal(call, &error))?.attributes.unwrap_or_default();
    Ok(GetTopicAttributesOutput {
        attributes: TopicAttributes {
            topic_arn: attributes.remove("TopicArn"),
            policy: attributes.remove("Policy"),
            kms_master_key_id: attributes.remove("KmsMasterKeyId"),
        },
    })
}

pub(super) async fn get_subscription_attributes(
    client: &Client,
    call: Call,
    subscription: &str,
) -> Answer<GetSubscriptionAttributesOutput> {
    let output = client.get_subscription_attributes().subscription_arn(subscription).send().await;
    let mut attributes = output.map_err(|error| refusal(call, &error))?.attributes.unwrap_or_default();
    Ok(GetSubscriptionAttributesOutput {
        attributes: SubscriptionAttributes {
            subscription_arn: attributes.remove("SubscriptionArn"),
            pending_confirmation: attributes.remove("PendingConfirmation"),
            filter_policy: attributes.remove("FilterPolicy"),
            filter_policy_scope: attributes.remove("FilterPolicyScope").map(Into::into),
        },
    })
}

fn subscription(subscription: sdk::Subscription) -> Result<Subscription, Malformed> {
    Ok(Subscription {
        subscription_arn: required(subscription.subscription_arn, "SubscriptionArn")?,
        protocol: required(subscription.protocol, "Protocol")?,
        endpoint: subscription.endpoint,
        topic_arn: subscription.topic_arn,
    })
}
