//! Rules that mute an alarm on a schedule.

use super::unchecked::Unchecked;
use crate::account::Account;

/// Whether it is open if a rule mutes the alarm.
pub(super) fn unchecked(account: &Account, region: &str, alarm: &str) -> Option<Unchecked> {
    let targeted = match account.mute_rules.get(region) {
        Some(Ok(rules)) => rules.iter().any(|rule| rule.alarms.iter().any(|name| name == alarm)),
        Some(Err(_)) | None => true,
    };
    targeted.then_some(Unchecked::MuteRules)
}
