//! Security Hub.

use super::{EmulatedAccount, ProvisionError};
use crate::provider::recorded::Answers;

/// Enables it where it answered.
pub(super) async fn provision(account: &EmulatedAccount, answers: &Answers) -> Result<(), ProvisionError> {
    for (call, answer) in &answers.describe_hub {
        if answer.is_ok() {
            account.securityhub(&call.region).enable_security_hub().send().await?;
        }
    }
    Ok(())
}
