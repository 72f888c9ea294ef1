//! SNS, mocked.

use aws_sdk_sns::operation::list_subscriptions_by_topic::{
    ListSubscriptionsByTopicError, ListSubscriptionsByTopicOutput,
};
use aws_sdk_sns::{Client, types as sdk};
use aws_smithy_mocks::mock;

use super::{mocked, page, respond};
use crate::provider::api::sns::{ListSubscriptionsByTopic, Subscription};
use crate::provider::recorded::Answers;

pub(super) fn client(answers: &Answers) -> Client {
    let mut rules = Vec::new();
    for (call, answer) in answers.list_subscriptions_by_topic.clone() {
        let rule = mock!(Client::list_subscriptions_by_topic)
            .match_requests(move |request| request.topic_arn == call.resource)
            .then_compute_response(move |request| {
                let page = |recorded: &_| subscriptions(recorded, request.next_token());
                respond(&answer, page, ListSubscriptionsByTopicError::generic)
            });
        rules.push((call.region, rule));
    }
    mocked!(aws_sdk_sns, rules)
}

fn subscriptions(recorded: &ListSubscriptionsByTopic, token: Option<&str>) -> ListSubscriptionsByTopicOutput {
    let (subscriptions, next) = page(&recorded.subscriptions, token);
    let subscriptions = subscriptions.iter().map(subscription).collect();
    ListSubscriptionsByTopicOutput::builder().set_subscriptions(Some(subscriptions)).set_next_token(next).build()
}

fn subscription(listed: &Subscription) -> sdk::Subscription {
    sdk::Subscription::builder()
        .subscription_arn(&listed.subscription_arn)
        .protocol(&listed.protocol)
        .set_endpoint(listed.endpoint.clone())
        .set_topic_arn(listed.topic_arn.clone())
        .build()
}
