//! What is asked about a topic.

use futures::future::{join, join_all};

use crate::account::topic::{Endpoint, FilterPolicy, FilterPolicyScope, Key, KeyKind, TopicSettings};
use crate::account::{Gap, Known, Subscription, SubscriptionState, Topic, TopicArn};
use crate::policy::Policy;
use crate::provider::api::kms::KeyManager;
use crate::provider::api::sns::Subscription as Listed;
use crate::provider::arn::SubscriptionArn;
use crate::provider::{Ask, RefusalKind, Region, question};

/// The topic, its settings and its subscriptions: three waits at most, the first of which is the benchmark's.
pub(super) async fn topic(asked: &impl Ask, arn: TopicArn) -> (TopicArn, Known<Topic>) {
    let (subscriptions, settings) = join(subscriptions(asked, &arn), settings(asked, &arn)).await;
    let topic = subscriptions.map(|subscriptions| match subscriptions {
        Some(subscriptions) => Topic::Present { settings, subscriptions },
        None => Topic::Missing,
    });
    (arn, topic)
}

/// The topic's subscriptions; none where there is no topic.
async fn subscriptions(asked: &impl Ask, topic: &TopicArn) -> Known<Option<Vec<Subscription>>> {
    let mut listed = match asked
        .ask(question::ListSubscriptionsByTopic { region: topic.region.clone(), topic: topic.clone() })
        .await
    {
        Ok(answer) => answer.subscriptions,
        Err(refusal) if refusal.kind == RefusalKind::NotFound => return Ok(None),
        Err(refusal) => return Err(Gap::from(refusal)),
    };
    // A recording may hold the subscriptions of a whole region under one topic's ARN.
    let name = topic.to_string();
    listed.retain(|listed| listed.topic_arn.as_ref().is_none_or(|topic| *topic == name));
    listed.sort_by(|a, b| (&a.protocol, &a.endpoint).cmp(&(&b.protocol, &b.endpoint)));
    Ok(Some(join_all(listed.into_iter().map(|listed| subscription(asked, topic, listed))).await))
}

async fn subscription(asked: &impl Ask, topic: &TopicArn, listed: Listed) -> Subscription {
    let state = match listed.subscription_arn {
        _ if Endpoint::of(&listed.protocol).is_none() => unknown("Protocol", listed.protocol.clone()),
        arn if is_of_topic(&arn, topic) => match arn.parse() {
            Ok(arn) => state(asked, &topic.region, arn).await,
            Err(_) => unknown("SubscriptionArn", arn),
        },
        word if word == "PendingConfirmation" => SubscriptionState::Pending,
        word if word == "Deleted" => SubscriptionState::Deleted,
        other => unknown("SubscriptionArn", other),
    };
    Subscription { protocol: listed.protocol, endpoint: listed.endpoint.unwrap_or_default(), state }
}

/// Whether the ARN is that of a subscription to the topic: the topic's, a colon and an id.
fn is_of_topic(arn: &str, topic: &TopicArn) -> bool {
    let id = arn.strip_prefix(&topic.to_string()).and_then(|rest| rest.strip_prefix(':'));
    id.is_some_and(|id| !id.is_empty())
}

fn unknown(attribute: &'static str, value: String) -> SubscriptionState {
    SubscriptionState::Unknown { attribute, value }
}

/// The state of a subscription that the list shows with its ARN.
async fn state(asked: &impl Ask, region: &Region, subscription: SubscriptionArn) -> SubscriptionState {
    let arn = subscription.to_string();
    let question = question::GetSubscriptionAttributes { region: region.clone(), subscription };
    let set = match asked.ask(question).await {
        Ok(answer) => answer.attributes,
        Err(refusal) => return SubscriptionState::Confirmed { arn, filter: Err(Gap::from(refusal)) },
    };
    let filter = match set.pending_confirmation.as_deref() {
        Some("true") => return SubscriptionState::Pending,
        Some("false") => {
            let scope = set.filter_policy_scope.unwrap_or(FilterPolicyScope::MessageAttributes);
            Ok(set.filter_policy.map(|text| FilterPolicy::new(scope, text)))
        }
        other => return unknown("PendingConfirmation", other.unwrap_or_default().to_owned()),
    };
    SubscriptionState::Confirmed { arn, filter }
}

async fn settings(asked: &impl Ask, topic: &TopicArn) -> Known<TopicSettings> {
    let set = asked
        .ask(question::GetTopicAttributes { region: topic.region.clone(), topic: topic.clone() })
        .await?
        .attributes;
    let key = match set.kms_master_key_id.filter(|id| !id.is_empty()) {
        Some(id) => Some(Box::new(Key { is: key(asked, &topic.region, &id).await, id })),
        None => None,
    };
    Ok(TopicSettings { policy: set.policy.as_deref().map(Policy::new), key })
}

/// Whose a key is. That of `alias/aws/sns` is AWS's, whatever AWS says of it.
async fn key(asked: &impl Ask, region: &Region, id: &str) -> Known<KeyKind> {
    if id.ends_with("alias/aws/sns") {
        return Ok(KeyKind::OfAws);
    }
    let described = asked.ask(question::DescribeKey { region: region.clone(), key: id.to_owned() }).await?.key_metadata;
    match described.key_manager {
        KeyManager::Aws => return Ok(KeyKind::OfAws),
        KeyManager::Customer => {}
        KeyManager::Other(manager) => return Ok(KeyKind::OfOther { manager }),
    }
    let is_alias = id.contains("alias/");
    let key = if is_alias { described.arn.clone() } else { id.to_owned() };
    let policy = asked.ask(question::GetKeyPolicy { region: region.clone(), key }).await;
    let policy = policy.map(|answer| Policy::new(&answer.policy)).map_err(Gap::from);
    let (usage, spec) = (described.key_usage, described.key_spec);
    Ok(KeyKind::OfCustomer { arn: described.arn, state: described.key_state, usage, spec, policy })
}
