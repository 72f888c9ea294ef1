//! Topics and their subscriptions.

use crate::scenario::draft::compliant::subscription;
use crate::scenario::step::{Definition, given};

pub(super) const STEPS: &[Definition] = &[
    given!("the topic is gone", "The alarm names a topic that does not exist", |draft, _| draft.topic()?.exists =
        false),
    given!("there is no subscription", "Nobody is subscribed to the topic", |draft, _| {
        draft.topic()?.subscriptions.clear();
    }),
    given!("the subscription is pending", "Its owner has not confirmed it", |draft, _| {
        draft.subscription()?.listed.subscription_arn = "PendingConfirmation".to_owned();
    }),
    given!("the subscription is deleted", "SNS still lists it", |draft, _| {
        draft.subscription()?.listed.subscription_arn = "Deleted".to_owned();
    }),
    given!(
        "a second subscription",
        "One more confirmed subscription to the topic; from here on it is \"the subscription\"",
        |draft, _| {
            let topic = draft.topic()?;
            topic.subscriptions.push(subscription(&topic.arn, topic.subscriptions.len() + 1));
        }
    ),
];
