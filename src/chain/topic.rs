//! Who receives a message that an alarm sends to a topic.

mod encryption;
mod message;
mod subscriptions;

pub(super) use self::message::Sender;
use super::hop::{Gate, Hop, Note};
use crate::account::{Known, Subscription, Topic, TopicArn, TopicSettings};
use crate::fault::{Fault, Severity, TopicFault, Unchecked};
use crate::policy::Access;
use crate::report::Kind;

/// The topic and its subscriptions as hops. `seen` is what an account of the estate says of the topic.
pub(super) fn hops(seen: Option<&Known<Topic>>, arn: &TopicArn, sender: &Sender<'_>) -> Vec<Hop> {
    let hop = Hop::new(Kind::Topic, &arn.name).arn(arn.to_string()).account(&arn.account).region(&arn.region);
    if arn.region != sender.origin.region {
        return vec![hop.gate(gate(TopicFault::InAnotherRegion {
            publisher: sender.publisher,
            from: sender.origin.region.to_owned(),
            region: arn.region.clone(),
        }))];
    }
    let (settings, subscriptions) = match seen {
        Some(Ok(Topic::Present { settings, subscriptions })) => (settings, subscriptions),
        Some(Ok(Topic::Missing)) => return vec![hop.gate(gate(TopicFault::Missing))],
        Some(Err(cause)) => return vec![hop.gate(gate(Fault::Gap(cause.clone())))],
        None => return vec![hop.gate(gate(Fault::Unasked))],
    };
    let topic = match settings {
        Ok(settings) => settings_of(hop, settings, sender),
        Err(_) => unchecked(hop, Unchecked::Topic),
    };
    vec![topic, subscription(arn, subscriptions, sender)]
}

/// The gate of a fault that has to do with all events alike.
fn gate(fault: impl Into<Fault>) -> Gate {
    let fault = fault.into();
    match fault.severity() {
        Severity::Warning => Gate::unknown(fault),
        Severity::Error => Gate::closed(fault),
    }
}

fn unchecked(mut hop: Hop, what: Unchecked) -> Hop {
    hop.unchecked.insert(what);
    hop
}

/// The hop of a topic with these settings.
fn settings_of(hop: Hop, settings: &TopicSettings, sender: &Sender<'_>) -> Hop {
    let (topic, publisher) = (hop.subject().to_owned(), sender.publisher);
    let access = settings.policy.as_ref().map(|policy| policy.access(&sender.request("sns:Publish", &topic)));
    let hop = match access {
        Some(Access::Allowed) => hop,
        Some(Access::Denied(denial)) => hop.gate(gate(TopicFault::NotPublishable { publisher, denial })),
        Some(Access::Undecided(doubt)) => hop.gate(gate(TopicFault::PolicyUndecided { publisher, doubt })),
        None => unchecked(hop, Unchecked::TopicPolicy),
    };
    match settings.key.as_ref().map(|key| encryption::fault(key, &topic, sender)) {
        None | Some(Ok(None)) => hop,
        Some(Ok(Some(fault))) => hop.gate(gate(fault)),
        Some(Err(what)) => unchecked(hop, what),
    }
}

/// The topic's subscriptions as one hop.
fn subscription(topic: &TopicArn, subscriptions: &[Subscription], sender: &Sender<'_>) -> Hop {
    let delivery = subscriptions::delivery(subscriptions, &sender.messages);
    let names: Vec<_> = delivery.subscriptions.iter().map(|one| name(one)).collect();
    let mut hop = Hop::new(Kind::Subscription, names.join(", ")).account(&topic.account).region(&topic.region);
    if let Some(protocols) = delivery.programs {
        hop.notes.push(Note::ProgramsOnly { protocols: protocols.into_iter().map(str::to_owned).collect() });
    }
    if delivery.unchecked {
        hop = unchecked(hop, Unchecked::Filters);
    }
    match delivery.fault {
        Some(fault) => hop.gate(gate(fault)),
        None => hop,
    }
}

fn name(subscription: &Subscription) -> String {
    format!("{} {}", subscription.protocol, subscription.endpoint).trim().to_owned()
}
