//! Whether somebody who is subscribed to a topic hears an alarm.

use super::filter;
use super::message::Sender;
use crate::account::{Subscription, SubscriptionState, TopicArn};
use crate::evaluate::truth::Truth;
use crate::fault::Unchecked;
use super::unchecked;
use crate::chain::Hop;
use crate::evaluate::{broken, uncertain};
use crate::report::{Code, Kind};

/// What becomes of an alarm's message at a subscription, from the best to the worst.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Fate {
    Sent,
    /// Sent, unless a filter policy that was not looked at drops it.
    Unchecked,
    /// It depends on what is not known.
    Open(String),
    Filtered,
    Pending,
    Deleted,
}

/// The subscriptions as a hop. One that receives the alarm's message is enough.
pub(super) fn hop(topic: &TopicArn, subscriptions: &[Subscription], sender: &Sender<'_>) -> Hop {
    let fates: Vec<_> = subscriptions.iter().map(|one| (one, fate(&one.state, sender))).collect();
    let hop = |chosen: fn(&Fate) -> bool| {
        let names = fates.iter().filter(|(_, fate)| chosen(fate)).map(|(one, _)| name(one));
        Hop::new(Kind::Subscription, names.collect::<Vec<_>>().join(", "))
    };
    let any = |is: fn(&Fate) -> bool| fates.iter().any(|(_, fate)| is(fate));
    let nobody = |code, message: &str| broken(hop(|_| true), code, message);
    if any(|fate| *fate == Fate::Sent) {
        return hop(|fate| *fate == Fate::Sent);
    }
    if any(|fate| *fate == Fate::Unchecked) {
        return unchecked(hop(|fate| *fate == Fate::Unchecked), Unchecked::Filters);
    }
    let open = fates.iter().find_map(|(_, fate)| if let Fate::Open(why) = fate { Some(why) } else { None });
    let _ = topic;
    if let Some(why) = open {
        let message = format!("whether a subscription's filter policy lets the alarm pass is open: {why}");
        uncertain(hop(|fate| matches!(fate, Fate::Open(_))), Code::SubscriptionFilterNotJudged, message)
    } else if any(|fate| *fate == Fate::Filtered) {
        nobody(Code::SubscriptionFiltered, "the filter policies of the topic's subscriptions drop the alarm's message")
    } else if any(|fate| *fate == Fate::Pending) {
        nobody(Code::SubscriptionPending, "no subscription to the topic is confirmed")
    } else if subscriptions.is_empty() {
        nobody(Code::NoSubscription, "nobody is subscribed to the topic")
    } else {
        nobody(Code::NoSubscription, "all subscriptions to the topic are deleted")
    }
}

fn fate(state: &SubscriptionState, sender: &Sender<'_>) -> Fate {
    match state {
        SubscriptionState::Deleted => Fate::Deleted,
        SubscriptionState::Pending => Fate::Pending,
        SubscriptionState::Confirmed { filter: Err(_), .. } => Fate::Unchecked,
        SubscriptionState::Confirmed { filter: Ok(None), .. } => Fate::Sent,
        SubscriptionState::Confirmed { filter: Ok(Some(policy)), .. } => {
            match filter::passes(policy, &sender.message) {
                Truth::True => Fate::Sent,
                Truth::False => Fate::Filtered,
                Truth::Unknown(why) => Fate::Open(why),
            }
        }
    }
}

fn name(subscription: &Subscription) -> String {
    format!("{} {}", subscription.protocol, subscription.endpoint).trim().to_owned()
}
