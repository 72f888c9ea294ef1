//! Who hears a message that an alarm sends to a topic.

use super::{broken, gap, unseen};
use crate::account::{Account, Subscription, SubscriptionState, Topic, TopicArn};
use crate::report::{Code, Kind, Link, Reason, State};

/// The topic and its subscriptions as links.
pub(super) fn links(account: &Account, arn: &TopicArn) -> Vec<Link> {
    let topic = Link::new(Kind::Topic, &arn.name, Some(arn.to_string()));
    let subscriptions = match account.topics.get(arn) {
        Some(Ok(Topic::Present { subscriptions })) => subscriptions,
        Some(Ok(Topic::Missing)) => {
            return vec![broken(topic, Code::TopicMissing, "the topic does not exist")];
        }
        Some(Err(cause)) => return vec![topic, gap(Link::new(Kind::Subscription, "", None), cause)],
        None => return vec![unseen(topic)],
    };
    let link = |which: fn(&SubscriptionState) -> bool| Link::new(Kind::Subscription, names(subscriptions, which), None);
    let nobody = |code, message: &str| link(|_| true).with(State::Broken, Reason::new(code, arn.to_string(), message));
    let any = |which: fn(&SubscriptionState) -> bool| subscriptions.iter().any(|one| which(&one.state));
    let subscription = if any(is_confirmed) {
        link(is_confirmed)
    } else if any(|state| *state == SubscriptionState::Pending) {
        nobody(Code::SubscriptionPending, "no subscription to the topic is confirmed")
    } else if subscriptions.is_empty() {
        nobody(Code::NoSubscription, "nobody is subscribed to the topic")
    } else {
        nobody(Code::NoSubscription, "all subscriptions to the topic are deleted")
    };
    vec![topic, subscription]
}

fn is_confirmed(state: &SubscriptionState) -> bool {
    matches!(state, SubscriptionState::Confirmed { .. })
}

fn names(subscriptions: &[Subscription], which: fn(&SubscriptionState) -> bool) -> String {
    let chosen = subscriptions.iter().filter(|subscription| which(&subscription.state));
    let names: Vec<String> = chosen.map(|one| format!("{} {}", one.protocol, one.endpoint).trim().to_owned()).collect();
    names.join(", ")
}
