//! KMS: the keys that encrypt a topic's messages.

use serde::{Deserialize, Serialize};

use super::open_enum;

/// `kms:DescribeKey`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DescribeKey {
    /// The key.
    pub key_metadata: KeyMetadata,
}

/// A key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct KeyMetadata {
    /// The ARN. It identifies the key where an alias does not, as in [`GetKeyPolicy`].
    pub arn: String,
    /// Who manages the key.
    pub key_manager: KeyManager,
    /// Whether the key can be used.
    pub key_state: KeyState,
}

open_enum! {
    /// Who manages a key.
    KeyManager {
        /// AWS: the key's policy cannot be changed.
        Aws = "AWS",
        /// The account.
        Customer = "CUSTOMER",
    }
}

open_enum! {
    /// The state of a key. Only an enabled key encrypts.
    KeyState {
        /// Ready for use.
        Enabled = "Enabled",
        /// Switched off.
        Disabled = "Disabled",
        /// To be deleted, and switched off until then.
        PendingDeletion = "PendingDeletion",
    }
}

/// `kms:GetKeyPolicy`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetKeyPolicy {
    /// Who may do what with the key: an IAM policy as JSON.
    pub policy: String,
}
