//! Whether Security Hub is enabled in every region.

use crate::account::Account;
use crate::fault::{Fault, HubFault};
use crate::report::{Reason, Status};

/// The status, and a reason for each region in which Security Hub is not enabled or was not seen.
pub(super) fn judge(account: &Account) -> (Status, Vec<Reason>) {
    let mut status = Status::Pass;
    let mut reasons = Vec::new();
    for (region, enabled) in &account.security_hub {
        match enabled {
            Ok(true) => {}
            Ok(false) => {
                status = Status::Fail;
                reasons.push(Fault::Hub(HubFault::NotEnabled { region: region.clone() }).reason(region));
            }
            Err(gap) => {
                if status == Status::Pass {
                    status = Status::Undetermined;
                }
                reasons.push(Fault::Gap(gap.clone()).reason(region));
            }
        }
    }
    for region in account.enabled_regions.iter().flatten() {
        if !account.security_hub.contains_key(region) {
            if status == Status::Pass {
                status = Status::Undetermined;
            }
            reasons.push(Fault::Hub(HubFault::NotLookedAt { region: region.clone() }).reason(region));
        }
    }
    (status, reasons)
}
