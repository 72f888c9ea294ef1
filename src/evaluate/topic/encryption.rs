//! Whether alarms may use the key that encrypts a topic's messages.

use super::message::Sender;
use super::policy::{Access, Request, access};
use crate::account::{Key, KeyKind, KeyState};
use crate::fault::Unchecked;
use super::unchecked;
use crate::evaluate::{broken, uncertain};
use crate::chain::Hop;
use crate::report::Code;

/// What whoever publishes to an encrypted topic has to be allowed (SNS Developer Guide, "Key management", on KMS
/// permissions).
const NEEDED: [&str; 2] = ["kms:Decrypt", "kms:GenerateDataKey"];

/// The topic's link, no longer live if its key keeps alarms out, and what was not looked at.
pub(super) fn judge(hop: Hop, key: &Key, sender: &Sender<'_>) -> Hop {
    let (arn, state, policy) = match &key.is {
        Ok(KeyKind::OfCustomer { arn, state, policy }) => (arn, state, policy),
        Ok(KeyKind::OfAws) => {
            let message = format!("AWS manages the key `{}`, and alarms may not use it", key.id);
            return broken(hop, Code::TopicEncryptionBlocksAlarms, message);
        }
        Err(_) => return unchecked(hop, Unchecked::Key),
    };
    match state {
        KeyState::Enabled => {}
        KeyState::Disabled | KeyState::PendingDeletion => {
            let message = format!("the key `{}` is in the state {}", key.id, state.as_str());
            return broken(hop, Code::TopicEncryptionBlocksAlarms, message);
        }
        KeyState::Other(other) => {
            let message = format!("the key `{}` is in the state {other}, which is not judged", key.id);
            return uncertain(hop, Code::TopicEncryptionNotJudged, message);
        }
    }
    let Ok(policy) = policy else { return unchecked(hop, Unchecked::Key) };
    let requests =
        NEEDED.map(|action| Request { action, resource: arn, alarm: sender.arn, account: sender.origin.account });
    let mut unclear = None;
    for answer in requests.iter().map(|request| access(policy, request)) {
        match answer {
            Access::Granted => {}
            Access::Refused(why) => {
                let message = format!("the policy of the key `{}` keeps alarms out: {why}", key.id);
                return broken(hop, Code::TopicEncryptionBlocksAlarms, message);
            }
            Access::Unclear(why) => unclear = unclear.or(Some(why)),
        }
    }
    match unclear {
        Some(why) => {
            let message = format!("whether the key `{}` lets alarms use it is open: {why}", key.id);
            uncertain(hop, Code::TopicEncryptionNotJudged, message)
        }
        None => hop,
    }
}
