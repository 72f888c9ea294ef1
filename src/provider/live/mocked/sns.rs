//! SNS, mocked.

use std::collections::HashMap;

use aws_sdk_sns::operation::get_subscription_attributes::{self, GetSubscriptionAttributesError};
use aws_sdk_sns::operation::get_topic_attributes::{self, GetTopicAttributesError};
use aws_sdk_sns::operation::list_subscriptions_by_topic::{self, ListSubscriptionsByTopicError};
use aws_sdk_sns::{Client, types as sdk};
use aws_smithy_mocks::mock;

use super::{answers, denied, mocked, page, respond};
use crate::provider::api::sns::{
    GetSubscriptionAttributesOutput, GetTopicAttributesOutput, ListSubscriptionsByTopicOutput, Subscription,
};
use crate::provider::question;
use crate::provider::recorded::Recording;

pub(super) fn client(recording: &Recording) -> Client {
    let mut rules = Vec::new();
    for (call, answer) in answers::<question::ListSubscriptionsByTopic>(recording) {
        let rule = mock!(Client::list_subscriptions_by_topic)
            .match_requests(move |request| request.topic_arn == call.resource)
            .then_compute_response(move |request| {
                let page = |recorded: &_| subscriptions(recorded, request.next_token());
                respond(&answer, page, ListSubscriptionsByTopicError::generic)
            });
        rules.push((call.region, rule));
    }
    for (call, answer) in answers::<question::GetTopicAttributes>(recording) {
        let rule = mock!(Client::get_topic_attributes)
            .match_requests(move |request| request.topic_arn == call.resource)
            .then_compute_response(move |_| respond(&answer, topic, GetTopicAttributesError::generic));
        rules.push((call.region, rule));
    }
    for (call, answer) in answers::<question::GetSubscriptionAttributes>(recording) {
        let rule = mock!(Client::get_subscription_attributes)
            .match_requests(move |request| request.subscription_arn == call.resource)
            .then_compute_response(move |_| respond(&answer, attributes, GetSubscriptionAttributesError::generic));
        rules.push((call.region, rule));
    }
    denied!(rules, Client::get_topic_attributes, GetTopicAttributesError);
    denied!(rules, Client::get_subscription_attributes, GetSubscriptionAttributesError);
    mocked!(aws_sdk_sns, rules)
}

fn topic(recorded: &GetTopicAttributesOutput) -> get_topic_attributes::GetTopicAttributesOutput {
    let set = &recorded.attributes;
    let attributes =
        present([("TopicArn", &set.topic_arn), ("Policy", &set.policy), ("KmsMasterKeyId", &set.kms_master_key_id)]);
    get_topic_attributes::GetTopicAttributesOutput::builder().set_attributes(Some(attributes)).build()
}

fn attributes(
    recorded: &GetSubscriptionAttributesOutput,
) -> get_subscription_attributes::GetSubscriptionAttributesOutput {
    let set = &recorded.attributes;
    let attributes = present([
        ("SubscriptionArn", &set.subscription_arn),
        ("PendingConfirmation", &set.pending_confirmation),
        ("FilterPolicy", &set.filter_policy),
        ("FilterPolicyScope", &set.filter_policy_scope.as_ref().map(|scope| scope.as_str().to_owned())),
    ]);
    get_subscription_attributes::GetSubscriptionAttributesOutput::builder().set_attributes(Some(attributes)).build()
}

fn present<const N: usize>(attributes: [(&str, &Option<String>); N]) -> HashMap<String, String> {
    attributes.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value.clone()?))).collect()
}

fn subscriptions(
    recorded: &ListSubscriptionsByTopicOutput,
    token: Option<&str>,
) -> list_subscriptions_by_topic::ListSubscriptionsByTopicOutput {
    let (subscriptions, next) = page(&recorded.subscriptions, token);
    let subscriptions = subscriptions.iter().map(subscription).collect();
    list_subscriptions_by_topic::ListSubscriptionsByTopicOutput::builder()
        .set_subscriptions(Some(subscriptions))
        .set_next_token(next)
        .build()
}

fn subscription(listed: &Subscription) -> sdk::Subscription {
    sdk::Subscription::builder()
        .subscription_arn(&listed.subscription_arn)
        .protocol(&listed.protocol)
        .set_endpoint(listed.endpoint.clone())
        .set_topic_arn(listed.topic_arn.clone())
        .build()
}
