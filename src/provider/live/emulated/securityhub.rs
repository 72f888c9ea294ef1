//! Security Hub.

use super::{EmulatedAccount, ProvisionError};
use crate::provider::question::DescribeHub;
use crate::provider::recorded::Recording;

/// Enables it where it answered.
pub(super) async fn provision(account: &EmulatedAccount, recording: &Recording) -> Result<(), ProvisionError> {
    for (call, answer) in recording.answers_to::<DescribeHub>() {
        if answer.is_ok() {
            account.securityhub(&call.region).enable_security_hub().send().await?;
        }
    }
    Ok(())
}
