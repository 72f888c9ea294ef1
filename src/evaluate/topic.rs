//! Who hears a message that an alarm sends to a topic.

mod encryption;
mod filter;
mod message;
mod policy;
mod subscriptions;

pub(crate) use self::message::Sender;
use self::policy::{Access, Request, access};
use crate::fault::Unchecked;
use super::{broken, gap, uncertain, unseen};
use crate::account::{Known, Topic, TopicArn, TopicSettings};
use crate::chain::Hop;
use crate::report::{Code, Kind};

/// The topic and its subscriptions as hops. `seen` is what an account of the estate says of the topic.
pub(crate) fn hops(seen: Option<&Known<Topic>>, arn: &TopicArn, sender: &Sender<'_>) -> Vec<Hop> {
    let topic = Hop::new(Kind::Topic, &arn.name).arn(arn.to_string()).account(&arn.account).region(&arn.region);
    if arn.region != sender.origin.region {
        let message = format!("AWS lets no alarm of {} name a topic of {}", sender.origin.region, arn.region);
        return vec![broken(topic, Code::TopicInAnotherRegion, message)];
    }
    let (settings, subscriptions) = match seen {
        Some(Ok(Topic::Present { settings, subscriptions })) => (settings, subscriptions),
        Some(Ok(Topic::Missing)) => return vec![broken(topic, Code::TopicMissing, "the topic does not exist")],
        Some(Err(cause)) => return vec![gap(topic, cause)],
        None => return vec![unseen(topic)],
    };
    let topic = match settings {
        Ok(settings) => judge(topic, settings, sender),
        Err(_) => unchecked(topic, Unchecked::Topic),
    };
    let subscription = subscriptions::hop(arn, subscriptions, sender).account(&arn.account).region(&arn.region);
    vec![topic, subscription]
}

fn unchecked(mut hop: Hop, what: Unchecked) -> Hop {
    hop.unchecked.insert(what);
    hop
}

/// The topic's hop, closed if alarms may not publish to it.
fn judge(topic: Hop, settings: &TopicSettings, sender: &Sender<'_>) -> Hop {
    let arn = topic.subject().to_owned();
    let request = Request { action: "sns:Publish", resource: &arn, alarm: sender.arn, account: sender.origin.account };
    let topic = match settings.policy.as_ref().map(|policy| access(policy, &request)) {
        Some(Access::Granted) => topic,
        Some(Access::Refused(why)) => {
            broken(topic, Code::TopicNotPublishable, format!("the topic's policy does not let alarms publish: {why}"))
        }
        Some(Access::Unclear(why)) => {
            let message = format!("whether the topic's policy lets alarms publish is open: {why}");
            uncertain(topic, Code::TopicPolicyNotJudged, message)
        }
        None => unchecked(topic, Unchecked::TopicPolicy),
    };
    match &settings.key {
        Some(key) => encryption::judge(topic, key, sender),
        None => topic,
    }
}
