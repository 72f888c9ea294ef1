//! Whether Security Hub is enabled in every region.

use crate::account::Account;
use crate::fault::decision::not_checked;
use crate::fault::{DecisionFault, Fault, HubFault, Unchecked};
use crate::report::{Advice, Advisory, Finding, Status};

/// Fills in the status, and a reason for each region in which Security Hub is not enabled or was not seen. Which regions
/// the account has enabled is a deeper check.
pub(super) fn judge(account: &Account, strict: bool, finding: &mut Finding) {
    let mut status = Status::Pass;
    for (region, enabled) in &account.security_hub {
        match enabled {
            Ok(true) => {}
            Ok(false) => {
                status = Status::Fail;
                finding.reasons.push(Fault::Hub(HubFault::NotEnabled { region: region.clone() }).reason(region));
            }
            Err(gap) => {
                status = undecided(status);
                finding.reasons.push(Fault::Gap(gap.clone()).reason(region));
            }
        }
    }
    for region in account.enabled_regions.iter().flatten() {
        if !account.security_hub.contains_key(region) {
            status = undecided(status);
            finding.reasons.push(Fault::Hub(HubFault::NotLookedAt { region: region.clone() }).reason(region));
        }
    }
    if status == Status::Pass && account.enabled_regions.is_err() {
        let (unchecked, subject) = ([Unchecked::EnabledRegions].into(), finding.control.clone());
        if strict {
            status = Status::Undetermined;
            finding.reasons.push(Fault::Decision(DecisionFault::NotChecked { unchecked }).reason(&subject));
        } else {
            let message = not_checked(&unchecked);
            finding.advisories.push(Advisory { code: Advice::NotChecked, message, subject, event: None });
        }
    }
    finding.status = status;
}

fn undecided(status: Status) -> Status {
    if status == Status::Pass { Status::Undetermined } else { status }
}
