//! Keys.

use aws_sdk_kms::operation::create_key::CreateKeyOutput;

use super::names::Names;
use super::{EmulatedAccount, ProvisionError};
use crate::provider::api::kms::KeyState;
use crate::provider::question::{DescribeKey, GetKeyPolicy};
use crate::provider::recorded::Recording;

/// Makes the account's keys. Their ids are KMS' own.
pub(super) async fn provision(
    account: &EmulatedAccount,
    recording: &Recording,
    names: &mut Names,
) -> Result<(), ProvisionError> {
    for (call, described) in recording.answers_to::<DescribeKey>() {
        let Ok(described) = described else { continue };
        let client = account.kms(&call.region);
        let key = &described.key_metadata;
        let policy = recording.answers_to::<GetKeyPolicy>().find(|(about, _)| about.resource == call.resource);
        let policy = policy.and_then(|(_, answer)| answer.ok()).map(|answer| answer.policy.clone());
        let CreateKeyOutput { key_metadata, .. } = client.create_key().set_policy(policy).send().await?;
        let made = key_metadata.ok_or_else(|| ProvisionError::Incomplete("a new key has no id".to_owned()))?;
        match key.key_state {
            KeyState::Disabled => drop(client.disable_key().key_id(&made.key_id).send().await?),
            KeyState::PendingDeletion => drop(client.schedule_key_deletion().key_id(&made.key_id).send().await?),
            _ => {}
        }
        let id = |arn: &str| arn.rsplit('/').next().unwrap_or_default().to_owned();
        names.add(&id(&key.arn), &made.key_id);
    }
    Ok(())
}
