//! Whether somebody who is subscribed to a topic receives a message.

use std::collections::BTreeSet;

use event_pattern::sns::{PartialMessage, Ternary};

use super::message::Message;
use crate::account::{Endpoint, FilterPolicy, Subscription, SubscriptionState};
use crate::fault::{FilterDoubt, SubscriptionFault};

/// What the subscriptions of a topic receive of a sender's messages.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::chain) struct Delivery<'a> {
    /// Those that receive them; if none does, those because of which it is not known; or all.
    pub subscriptions: Vec<&'a Subscription>,
    /// Why not every message is received, if so.
    pub fault: Option<SubscriptionFault>,
    /// Whether filter policies that were not looked at may drop the messages.
    pub unchecked: bool,
    /// The protocols, if all that receives the messages are programs.
    pub programs: Option<BTreeSet<&'a str>>,
}

/// What becomes of a message at a subscription.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Fate {
    Sent,
    /// Sent, unless a filter policy that was not looked at drops it.
    Unchecked,
    Undecided(SubscriptionFault),
    Filtered,
    Pending,
    Deleted,
}

/// What the subscriptions receive of a sender that sends one of these messages, it is not known which.
pub(super) fn delivery<'a>(subscriptions: &'a [Subscription], messages: &[Message]) -> Delivery<'a> {
    let outcomes: Vec<_> = messages.iter().map(|message| (message, of(subscriptions, &message.is))).collect();
    let lost = |outcome: &Delivery<'_>| {
        outcome.fault.as_ref().is_some_and(|fault| {
            !matches!(fault, SubscriptionFault::Unknown { .. } | SubscriptionFault::FilterUndecided { .. })
        })
    };
    let everywhere = outcomes.iter().all(|(_, outcome)| lost(outcome));
    let worst = |(message, outcome): &(&Message, Delivery<'a>)| {
        let at = match &outcome.fault {
            _ if lost(outcome) && (message.sure || everywhere) => 4,
            _ if lost(outcome) => 3,
            Some(_) => 2,
            None if outcome.unchecked => 1,
            None => 0,
        };
        std::cmp::Reverse(at)
    };
    let Some((message, mut outcome)) = outcomes.into_iter().min_by_key(worst) else {
        return of(subscriptions, &PartialMessage::default());
    };
    // Only filter policies tell messages apart.
    if lost(&outcome) && !everywhere {
        let after = message.after.as_str().to_owned();
        outcome.fault = Some(if message.sure {
            SubscriptionFault::Filtered { after: Some(after) }
        } else {
            SubscriptionFault::FilterUndecided { doubt: FilterDoubt::State { after } }
        });
    }
    outcome
}

/// What the subscriptions do with one message. One that receives it is enough.
fn of<'a>(subscriptions: &'a [Subscription], message: &PartialMessage) -> Delivery<'a> {
    let fates: Vec<_> = subscriptions.iter().map(|one| (one, fate(&one.state, message))).collect();
    let chosen =
        |is: &dyn Fn(&Fate) -> bool| fates.iter().filter(|(_, fate)| is(fate)).map(|(one, _)| *one).collect::<Vec<_>>();
    let with = |subscriptions, fault| Delivery { subscriptions, fault, unchecked: false, programs: None };
    let has = |wanted: &Fate| fates.iter().any(|(_, fate)| fate == wanted);
    let nobody = |fault| with(chosen(&|_| true), Some(fault));
    if has(&Fate::Sent) || has(&Fate::Unchecked) {
        let sent = chosen(&|fate| *fate == Fate::Sent);
        let unchecked = sent.is_empty();
        let receivers = if unchecked { chosen(&|fate| *fate == Fate::Unchecked) } else { sent };
        let is_program = |one: &&Subscription| Endpoint::of(&one.protocol) == Some(Endpoint::Program);
        // Somebody whose filter policy was not looked at may receive it too.
        let possible = chosen(&|fate| matches!(fate, Fate::Sent | Fate::Unchecked));
        let programs =
            possible.iter().all(is_program).then(|| possible.iter().map(|one| one.protocol.as_str()).collect());
        return Delivery { unchecked, programs, ..with(receivers, None) };
    }
    if let Some(fault) =
        fates.iter().find_map(|(_, fate)| if let Fate::Undecided(why) = fate { Some(why) } else { None })
    {
        return with(chosen(&|fate| matches!(fate, Fate::Undecided(_))), Some(fault.clone()));
    }
    nobody(if has(&Fate::Filtered) {
        SubscriptionFault::Filtered { after: None }
    } else if has(&Fate::Pending) {
        SubscriptionFault::Pending
    } else if has(&Fate::Deleted) {
        SubscriptionFault::Deleted
    } else {
        SubscriptionFault::None
    })
}

fn fate(state: &SubscriptionState, message: &PartialMessage) -> Fate {
    match state {
        SubscriptionState::Deleted => Fate::Deleted,
        SubscriptionState::Pending => Fate::Pending,
        SubscriptionState::Unknown { attribute, value } => {
            Fate::Undecided(SubscriptionFault::Unknown { attribute, value: value.clone() })
        }
        SubscriptionState::Confirmed { filter: Err(_), .. } => Fate::Unchecked,
        SubscriptionState::Confirmed { filter: Ok(None), .. } => Fate::Sent,
        SubscriptionState::Confirmed { filter: Ok(Some(policy)), .. } => match accepts(policy, message) {
            Ok(true) => Fate::Sent,
            Ok(false) => Fate::Filtered,
            Err(doubt) => Fate::Undecided(SubscriptionFault::FilterUndecided { doubt }),
        },
    }
}

/// Whether the filter policy accepts the message.
fn accepts(policy: &FilterPolicy, message: &PartialMessage) -> Result<bool, FilterDoubt> {
    let Some(read) = policy.read() else {
        return Err(FilterDoubt::Scope { scope: policy.scope().as_str().to_owned() });
    };
    match read.as_ref().map_err(|error| FilterDoubt::Rejected { message: error.to_string() })?.accepts(message) {
        Ternary::True => Ok(true),
        Ternary::False => Ok(false),
        Ternary::Unknown(why) => Err(why.into()),
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::json;

    use super::*;
    use crate::account::{FilterPolicyScope, StateValue};

    /// A confirmed subscription with a filter policy on the state before, if some are given.
    fn subscription(protocol: &str, states: Option<Vec<&str>>) -> Subscription {
        let policy = states.map(|states| {
            FilterPolicy::new(FilterPolicyScope::MessageBody, json!({"OldStateValue": states}).to_string())
        });
        let state = SubscriptionState::Confirmed { arn: String::new(), filter: Ok(policy) };
        Subscription { protocol: protocol.to_owned(), endpoint: String::new(), state }
    }

    fn messages(states: &[(StateValue, bool)]) -> Vec<Message> {
        let message = |(after, sure): &(StateValue, bool)| {
            let is = PartialMessage::exactly(&json!({"OldStateValue": after.as_str()}));
            Message { after: after.clone(), sure: *sure, is }
        };
        states.iter().map(message).collect()
    }

    #[rstest]
    #[case::both(&["OK INSUFFICIENT_DATA"], None)]
    #[case::in_two_subscriptions(&["OK", "INSUFFICIENT_DATA"], None)]
    #[case::not_from_now(&["INSUFFICIENT_DATA"], Some("drop the message of an alarm that was OK"))]
    #[case::not_from_what_may_be(&["OK"], Some("not decided: it drops the message if the alarm was INSUFFICIENT_DATA before"))]
    #[case::never(&["ALARM"], Some("drop the message"))]
    fn the_state_before_matters(#[case] states: &[&str], #[case] expected: Option<&str>) {
        let subscriptions: Vec<_> =
            states.iter().map(|one| subscription("email", Some(one.split(' ').collect()))).collect();
        let messages = messages(&[(StateValue::Ok, true), (StateValue::InsufficientData, false)]);
        let fault = delivery(&subscriptions, &messages).fault.map(|fault| fault.to_string());
        match expected {
            Some(end) => assert!(fault.as_ref().is_some_and(|fault| fault.ends_with(end)), "{fault:?}"),
            None => assert_eq!(fault, None),
        }
    }

    #[rstest]
    #[case(&["lambda", "sqs", "firehose", "application"], true)]
    #[case(&["lambda", "email"], false)]
    #[case(&["https"], false)]
    #[case(&["sms"], false)]
    fn programs_are_no_persons(#[case] protocols: &[&str], #[case] expected: bool) {
        let subscriptions: Vec<_> = protocols.iter().map(|protocol| subscription(protocol, None)).collect();
        let found = delivery(&subscriptions, &messages(&[(StateValue::Ok, true)])).programs;
        assert_eq!(found.is_some(), expected);
    }
}
