//! SNS' answers.

use aws_sdk_sns::{Client, types as sdk};

use super::error::{Malformed, malformed, refusal, required};
use crate::provider::api::sns::{ListSubscriptionsByTopic, Subscription};
use crate::provider::{Answer, Call};

pub(super) async fn list_subscriptions_by_topic(
    client: &Client,
    call: Call,
    topic: &str,
) -> Answer<ListSubscriptionsByTopic> {
    let pages = client.list_subscriptions_by_topic().topic_arn(topic).into_paginator().items().send();
    match pages.collect::<Result<Vec<_>, _>>().await {
        Ok(subscriptions) => {
            let subscriptions = subscriptions.into_iter().map(subscription).collect::<Result<_, _>>();
            let subscriptions = subscriptions.map_err(|problem| malformed(call, &problem))?;
            Ok(ListSubscriptionsByTopic { subscriptions })
        }
        Err(error) => Err(refusal(call, &error)),
    }
}

fn subscription(subscription: sdk::Subscription) -> Result<Subscription, Malformed> {
    Ok(Subscription {
        subscription_arn: required(subscription.subscription_arn, "SubscriptionArn")?,
        protocol: required(subscription.protocol, "Protocol")?,
        endpoint: subscription.endpoint,
        topic_arn: subscription.topic_arn,
    })
}
