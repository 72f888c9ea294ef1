//! Whether Security Hub is enabled in every audited region.

use super::gap_reason;
use crate::account::Account;
use crate::report::{Code, Reason, Status};

/// The status, and a reason for each region in which it is not enabled or was not seen.
pub(super) fn judge(account: &Account) -> (Status, Vec<Reason>) {
    let mut status = Status::Pass;
    let mut reasons = Vec::new();
    for (region, enabled) in &account.security_hub {
        match enabled {
            Ok(true) => {}
            Ok(false) => {
                status = Status::Fail;
                let message = format!("Security Hub is not enabled in {region}");
                reasons.push(Reason::new(Code::SecurityHubNotEnabled, region, message));
            }
            Err(gap) => {
                if status == Status::Pass {
                    status = Status::Undetermined;
                }
                reasons.push(gap_reason(gap));
            }
        }
    }
    (status, reasons)
}
