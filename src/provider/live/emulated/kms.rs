//! Keys.

use aws_sdk_kms::Client;

use super::ProvisionError;
use crate::provider::api::kms::{KeyManager, KeyMetadata, KeyState};

/// Creates a key, and disables or deletes it if it is to be so. Its id, which is KMS' own; none for a key of AWS, which
/// KMS creates by itself.
pub(super) async fn create_key(client: &Client, key: &KeyMetadata) -> Result<Option<String>, ProvisionError> {
    if key.key_manager == KeyManager::Aws {
        return Ok(None);
    }
    let made = client.create_key().send().await?.key_metadata;
    let id = made.ok_or_else(|| ProvisionError::Incomplete("a new key has no id".to_owned()))?.key_id;
    match key.key_state {
        KeyState::Disabled => drop(client.disable_key().key_id(&id).send().await?),
        KeyState::PendingDeletion => drop(client.schedule_key_deletion().key_id(&id).send().await?),
        _ => {}
    }
    Ok(Some(id))
}

/// Gives a key another name, unless it is a name of AWS.
pub(super) async fn create_alias(client: &Client, alias: &str, key: &str) -> Result<(), ProvisionError> {
    // An alias may be given by its ARN.
    let name = alias.find("alias/").and_then(|at| alias.get(at..)).unwrap_or(alias);
    if !name.starts_with("alias/aws/") {
        client.create_alias().alias_name(name).target_key_id(key).send().await?;
    }
    Ok(())
}

pub(super) async fn put_key_policy(client: &Client, key: &str, policy: &str) -> Result<(), ProvisionError> {
    client.put_key_policy().key_id(key).policy_name("default").policy(policy).send().await?;
    Ok(())
}
