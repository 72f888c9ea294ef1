//! Whether a publisher may use the key that encrypts a topic's messages.

use super::message::Sender;
use crate::account::{Key, KeyKind, KeyState};
use crate::fault::{TopicFault, Unchecked};
use crate::policy::{Access, KeyUse, Policy, Request};

/// What whoever publishes to an encrypted topic has to be allowed (SNS Developer Guide, "Managing Amazon SNS encryption
/// keys and costs").
const NEEDED: [&str; 2] = ["kms:Decrypt", "kms:GenerateDataKey"];

/// Why the key keeps messages of the sender out of the topic, if it does; an error says what was not looked at.
pub(super) fn fault(key: &Key, topic: &str, sender: &Sender<'_>) -> Result<Option<TopicFault>, Unchecked> {
    let id = || key.id.clone();
    let (arn, state, usage, spec, policy) = match &key.is {
        Ok(KeyKind::OfCustomer { arn, state, usage, spec, policy }) => (arn, state, usage, spec, policy),
        Ok(KeyKind::OfAws) => return Ok(Some(TopicFault::KeyOfAws { publisher: sender.publisher, key: id() })),
        Ok(KeyKind::OfOther { manager }) => {
            return Ok(Some(TopicFault::KeyUnknown { key: id(), attribute: "KeyManager", value: manager.clone() }));
        }
        Err(_) => return Err(Unchecked::Key),
    };
    // "Amazon SNS only supports symmetric encryption KMS keys" (there).
    let other =
        |found: &Option<String>, right: &str| found.as_deref().filter(|found| *found != right).map(str::to_owned);
    if let Some(kind) = other(spec, "SYMMETRIC_DEFAULT").or_else(|| other(usage, "ENCRYPT_DECRYPT")) {
        return Ok(Some(TopicFault::KeyNotSymmetric { key: id(), kind }));
    }
    match state {
        KeyState::Enabled | KeyState::Updating => {}
        KeyState::Disabled
        | KeyState::PendingDeletion
        | KeyState::PendingReplicaDeletion
        | KeyState::PendingImport
        | KeyState::Unavailable
        | KeyState::Creating => {
            return Ok(Some(TopicFault::KeyUnusable { key: id(), state: state.as_str().to_owned() }));
        }
        KeyState::Other(other) => {
            return Ok(Some(TopicFault::KeyUnknown { key: id(), attribute: "KeyState", value: other.clone() }));
        }
    }
    let Ok(policy) = policy else { return Err(Unchecked::Key) };
    Ok(denied(policy, arn, key, topic, sender))
}

fn denied(policy: &Policy, arn: &str, key: &Key, topic: &str, sender: &Sender<'_>) -> Option<TopicFault> {
    let (publisher, id) = (sender.publisher, || key.id.clone());
    let mut undecided = None;
    for action in NEEDED {
        let request = Request { key: Some(KeyUse { topic }), ..sender.request(action, arn) };
        match policy.access(&request) {
            Access::Allowed => {}
            Access::Denied(denial) => return Some(TopicFault::KeyDenied { publisher, key: id(), denial }),
            Access::Undecided(doubt) => {
                undecided = undecided.or(Some(TopicFault::KeyUndecided { publisher, key: id(), doubt }));
            }
        }
    }
    undecided
}
