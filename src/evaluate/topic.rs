//! Who hears a message that an alarm sends to a topic.

mod encryption;
mod filter;
mod message;
mod policy;
mod subscriptions;

use std::collections::BTreeSet;

pub(super) use self::message::Sender;
use self::policy::{Access, Request, access};
use super::unchecked::Unchecked;
use super::{broken, gap, uncertain, unseen};
use crate::account::{Account, Topic, TopicArn, TopicSettings};
use crate::report::{Code, Kind, Link};

/// The topic and its subscriptions as links, and what about them was not looked at.
pub(super) fn links(account: &Account, arn: &TopicArn, sender: &Sender<'_>) -> (Vec<Link>, BTreeSet<Unchecked>) {
    let topic = Link::new(Kind::Topic, &arn.name, Some(arn.to_string()));
    if arn.region != sender.place.region {
        let message = format!("AWS lets no alarm of {} name a topic of {}", sender.place.region, arn.region);
        return (vec![broken(topic, Code::TopicInAnotherRegion, message)], BTreeSet::new());
    }
    let (settings, subscriptions) = match account.topics.get(arn) {
        Some(Ok(Topic::Present { settings, subscriptions })) => (settings, subscriptions),
        Some(Ok(Topic::Missing)) => {
            return (vec![broken(topic, Code::TopicMissing, "the topic does not exist")], BTreeSet::new());
        }
        Some(Err(cause)) => {
            return (vec![topic, gap(Link::new(Kind::Subscription, "", None), cause)], BTreeSet::new());
        }
        None => return (vec![unseen(topic)], BTreeSet::new()),
    };
    let mut unchecked = BTreeSet::new();
    let topic = match settings {
        Ok(settings) => judge(topic, settings, sender, &mut unchecked),
        Err(_) => {
            unchecked.insert(Unchecked::Topic);
            topic
        }
    };
    let (subscription, unseen) = subscriptions::link(arn, subscriptions, sender);
    unchecked.extend(unseen);
    (vec![topic, subscription], unchecked)
}

/// The topic's link, no longer live if alarms may not publish to it.
fn judge(topic: Link, settings: &TopicSettings, sender: &Sender<'_>, unchecked: &mut BTreeSet<Unchecked>) -> Link {
    let arn = topic.subject().to_owned();
    let request = Request { action: "sns:Publish", resource: &arn, alarm: sender.arn, account: sender.place.account };
    let topic = match settings.policy.as_ref().map(|policy| access(policy, &request)) {
        Some(Access::Granted) => topic,
        Some(Access::Refused(why)) => {
            broken(topic, Code::TopicNotPublishable, format!("the topic's policy does not let alarms publish: {why}"))
        }
        Some(Access::Unclear(why)) => {
            let message = format!("whether the topic's policy lets alarms publish is open: {why}");
            uncertain(topic, Code::TopicPolicyNotJudged, message)
        }
        None => {
            unchecked.insert(Unchecked::TopicPolicy);
            topic
        }
    };
    let Some(key) = &settings.key else { return topic };
    let (topic, unseen) = encryption::judge(topic, key, sender);
    unchecked.extend(unseen);
    topic
}
