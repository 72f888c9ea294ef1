//! Topics and subscriptions.

use aws_sdk_sns::Client;

use super::{EmulatedAccount, ProvisionError};
use crate::provider::api::sns::{FilterPolicyScope, Subscription};
use crate::provider::arn::TopicArn;

pub(super) async fn create_topic(client: &Client, topic: &TopicArn) -> Result<(), ProvisionError> {
    client.create_topic().name(&topic.name).send().await?;
    Ok(())
}

pub(super) async fn set_topic_attribute(
    client: &Client,
    topic: &TopicArn,
    name: &str,
    value: &str,
) -> Result<(), ProvisionError> {
    let request = client.set_topic_attributes().topic_arn(topic.to_string());
    request.attribute_name(name).attribute_value(value).send().await?;
    Ok(())
}

/// Subscribes, and confirms if somebody has. The ARN of what came of it: the ids of subscriptions are SNS' own.
pub(super) async fn subscribe(
    owner: &EmulatedAccount,
    client: &Client,
    topic: &TopicArn,
    subscription: &Subscription,
    confirmed: bool,
) -> Result<String, ProvisionError> {
    let topic = topic.to_string();
    let request = client.subscribe().topic_arn(&topic).protocol(&subscription.protocol);
    let request = request.set_endpoint(subscription.endpoint.clone()).return_subscription_arn(true);
    let arn = request.send().await?.subscription_arn.unwrap_or_default();
    if confirmed {
        let token = owner.subscription_token(&arn)?;
        client.confirm_subscription().topic_arn(topic).token(token).send().await?;
    }
    Ok(arn)
}

/// Sets the scope first: it says how the policy is read.
pub(super) async fn set_filter_policy(
    client: &Client,
    subscription: &str,
    policy: &str,
    scope: Option<&FilterPolicyScope>,
) -> Result<(), ProvisionError> {
    let scope = scope.map(|scope| ("FilterPolicyScope", scope.as_str()));
    for (name, value) in scope.into_iter().chain([("FilterPolicy", policy)]) {
        let request = client.set_subscription_attributes().subscription_arn(subscription);
        request.attribute_name(name).attribute_value(value).send().await?;
    }
    Ok(())
}
