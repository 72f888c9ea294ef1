//! Topics and subscriptions.

use std::collections::HashMap;

use aws_sdk_sns::Client;

use super::names::Names;
use super::{EmulatedAccount, ProvisionError};
use crate::provider::api::sns::{Subscription, SubscriptionAttributes, TopicAttributes};
use crate::provider::arn::TopicArn;
use crate::provider::question::{GetSubscriptionAttributes, GetTopicAttributes, ListSubscriptionsByTopic};
use crate::provider::recorded::Recording;

/// Makes the topics that answered, and subscribes and confirms as they say. The ids of subscriptions are SNS' own.
pub(super) async fn provision(
    account: &EmulatedAccount,
    recording: &Recording,
    names: &mut Names,
) -> Result<(), ProvisionError> {
    for (call, listed) in recording.answers_to::<ListSubscriptionsByTopic>() {
        let (Ok(listed), Some(arn)) = (listed, &call.resource) else { continue };
        let topic: TopicArn =
            arn.parse().map_err(|error| ProvisionError::Incomplete(format!("`{arn}` names no topic: {error}")))?;
        // Who owns a topic need not be who is audited.
        let owner = account.neighbour(&topic.account)?;
        let client = owner.sns(&topic.region);
        client.create_topic().name(&topic.name).send().await?;
        let attributes =
            recording.answers_to::<GetTopicAttributes>().find(|(about, _)| about.resource == call.resource);
        if let Some((_, Ok(answer))) = attributes {
            set(&client, arn, &answer.attributes, names).await?;
        }
        for subscription in &listed.subscriptions {
            let about = Some(&subscription.subscription_arn);
            let mut attributes = recording.answers_to::<GetSubscriptionAttributes>();
            let attributes = attributes.find(|(call, _)| call.resource.as_ref() == about);
            let attributes = attributes.and_then(|(_, answer)| answer.ok()).map(|answer| &answer.attributes);
            let emulated = subscribe(&owner, &client, arn, subscription, attributes).await?;
            if subscription.subscription_arn.starts_with("arn:") {
                names.add(&subscription.subscription_arn, &emulated);
            }
        }
    }
    Ok(())
}

async fn set(client: &Client, topic: &str, to: &TopicAttributes, names: &Names) -> Result<(), ProvisionError> {
    let key = to.kms_master_key_id.as_deref().map(|key| names.as_emulated(key));
    for (name, value) in [("Policy", to.policy.clone()), ("KmsMasterKeyId", key)] {
        if let Some(value) = value {
            client.set_topic_attributes().topic_arn(topic).attribute_name(name).attribute_value(value).send().await?;
        }
    }
    Ok(())
}

/// Subscribes, and confirms unless nobody has. The ARN of what came of it.
async fn subscribe(
    account: &EmulatedAccount,
    client: &Client,
    topic: &str,
    subscription: &Subscription,
    attributes: Option<&SubscriptionAttributes>,
) -> Result<String, ProvisionError> {
    let request = client.subscribe().topic_arn(topic).protocol(&subscription.protocol);
    let request = request.set_endpoint(subscription.endpoint.clone()).return_subscription_arn(true);
    let made = request.set_attributes(attributes.map(filter_policy)).send().await?;
    let arn = made.subscription_arn.unwrap_or_default();
    let pending = attributes.is_some_and(|set| set.pending_confirmation.as_deref() == Some("true"));
    if subscription.subscription_arn.starts_with("arn:") && !pending {
        let token = account.subscription_token(&arn)?;
        client.confirm_subscription().topic_arn(topic).token(token).send().await?;
    }
    Ok(arn)
}

fn filter_policy(set: &SubscriptionAttributes) -> HashMap<String, String> {
    let scope = set.filter_policy_scope.as_ref().map(|scope| scope.as_str().to_owned());
    let attributes = [("FilterPolicyScope", scope), ("FilterPolicy", set.filter_policy.clone())];
    attributes.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
}
