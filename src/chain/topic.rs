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
            region: arn.region.to_string(),
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

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::json;

    use super::*;
    use crate::account::{Key, KeyKind, KeyState, MetricAlarm, SubscriptionState};
    use crate::chain::Origin;
    use crate::policy::Policy;

    const TOPIC: &str = "arn:aws:sns:us-east-1:111122223333:alerts";

    /// The hops of the topic `alerts` for an alarm of this region.
    fn hops_of(topic: Topic, region: &str) -> Vec<Hop> {
        let alarm: MetricAlarm = serde_json::from_value(json!({
            "AlarmName": "gateways",
            "ActionsEnabled": true,
            "AlarmArn": "arn:aws:cloudwatch:us-east-1:111122223333:alarm:gateways",
        }))
        .unwrap();
        let origin = Origin { account: "111122223333", region, organization: false };
        hops(Some(&Ok(topic)), &TOPIC.parse().unwrap(), &Sender::metric(&alarm, origin, None))
    }

    /// A policy that lets alarms do what they ask for.
    fn open() -> Policy {
        let principal = json!({"Service": "cloudwatch.amazonaws.com"});
        let statement = json!({"Effect": "Allow", "Principal": principal, "Action": "*", "Resource": "*"});
        Policy::new(&json!({"Statement": [statement]}).to_string())
    }

    fn topic(key: Option<KeyKind>, protocols: &[&str]) -> Topic {
        let key = key.map(|is| Box::new(Key { id: "alias/alerts".to_owned(), is: Ok(is) }));
        let subscription = |protocol: &&str| Subscription {
            protocol: (*protocol).to_owned(),
            endpoint: String::new(),
            state: SubscriptionState::Confirmed { arn: format!("{TOPIC}:1234abcd"), filter: Ok(None) },
        };
        let settings = Ok(TopicSettings { policy: Some(open()), key });
        Topic::Present { settings, subscriptions: protocols.iter().map(subscription).collect() }
    }

    /// The words of all faults.
    fn faults(hops: &[Hop]) -> String {
        let gates = hops.iter().flat_map(|hop| &hop.gates);
        gates.map(|gate| gate.fault.to_string()).collect::<Vec<_>>().join("; ")
    }

    fn key(state: &str, spec: &str, usage: &str) -> KeyKind {
        KeyKind::OfCustomer {
            arn: "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab".to_owned(),
            state: KeyState::from(state),
            usage: Some(usage.to_owned()),
            spec: Some(spec.to_owned()),
            policy: Ok(open()),
        }
    }

    #[rstest]
    #[case("Enabled", "SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT", "")]
    #[case("Updating", "SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT", "")]
    #[case(
        "PendingImport",
        "SYMMETRIC_DEFAULT",
        "ENCRYPT_DECRYPT",
        "is in the state PendingImport, in which it cannot be used"
    )]
    #[case(
        "Unavailable",
        "SYMMETRIC_DEFAULT",
        "ENCRYPT_DECRYPT",
        "is in the state Unavailable, in which it cannot be used"
    )]
    #[case("Resting", "SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT", "AWS does not document the value `Resting` of KeyState")]
    #[case("Enabled", "RSA_2048", "ENCRYPT_DECRYPT", "is of kind RSA_2048")]
    #[case("Enabled", "SYMMETRIC_DEFAULT", "GENERATE_VERIFY_MAC", "is of kind GENERATE_VERIFY_MAC")]
    fn keys(#[case] state: &str, #[case] spec: &str, #[case] usage: &str, #[case] expected: &str) {
        let found = faults(&hops_of(topic(Some(key(state, spec, usage)), &["email"]), "us-east-1"));
        assert!(if expected.is_empty() { found.is_empty() } else { found.contains(expected) }, "{found}");
    }

    #[test]
    fn a_key_that_nobody_knows_who_manages_is_uncertain() {
        let hops = hops_of(topic(Some(KeyKind::OfOther { manager: "NOBODY".to_owned() }), &["email"]), "us-east-1");
        assert_eq!(hops[0].gates[0].fault.severity(), Severity::Warning);
        assert!(faults(&hops).contains("the value `NOBODY` of KeyManager"));
    }

    #[test]
    fn a_topic_that_reaches_programs_only_says_so() {
        let programs = |protocols| {
            let hops = hops_of(topic(None, protocols), "us-east-1");
            assert_eq!(faults(&hops), "");
            hops[1].notes.iter().any(|note| matches!(note, Note::ProgramsOnly { .. }))
        };
        assert!(programs(&["lambda", "sqs"]));
        assert!(!programs(&["lambda", "email"]));
        assert!(!programs(&["https"]));
    }

    #[test]
    fn alarms_notify_topics_of_their_own_region() {
        let hops = hops_of(topic(None, &["email"]), "eu-west-1");
        assert_eq!(faults(&hops), "an alarm in eu-west-1 cannot notify a topic in us-east-1");
    }
}
