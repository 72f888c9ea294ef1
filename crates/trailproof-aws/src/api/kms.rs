//! KMS: the keys that encrypt a topic's messages.

use serde::{Deserialize, Serialize};

use super::open_enum;
use crate::Response;

/// `kms:DescribeKey`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DescribeKeyOutput {
    /// The key.
    pub key_metadata: KeyMetadata,
}

/// A key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct KeyMetadata {
    /// The ARN. It identifies the key where an alias does not, as in [`GetKeyPolicyOutput`].
    pub arn: String,
    /// Who manages the key.
    pub key_manager: KeyManager,
    /// Whether the key can be used.
    pub key_state: KeyState,
    /// What it is for: `ENCRYPT_DECRYPT`, `SIGN_VERIFY`, …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_usage: Option<String>,
    /// Its kind: `SYMMETRIC_DEFAULT`, `RSA_2048`, …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_spec: Option<String>,
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
    /// The state of a key (KMS Developer Guide, "Key states of AWS KMS keys").
    KeyState {
        /// Ready for use.
        Enabled = "Enabled",
        /// Switched off.
        Disabled = "Disabled",
        /// To be deleted, and switched off until then.
        PendingDeletion = "PendingDeletion",
        /// To be deleted once its replicas are, and switched off until then.
        PendingReplicaDeletion = "PendingReplicaDeletion",
        /// Without the key material that its owner imports.
        PendingImport = "PendingImport",
        /// Its custom key store is disconnected.
        Unavailable = "Unavailable",
        /// A replica that is not ready yet.
        Creating = "Creating",
        /// Its primary region is changing. It can be used meanwhile.
        Updating = "Updating",
    }
}

impl Response for DescribeKeyOutput {
    const MEMBERS: &'static [&'static str] = &["KeyMetadata"];
}

impl Response for GetKeyPolicyOutput {
    const MEMBERS: &'static [&'static str] = &["Policy"];
}

/// `kms:GetKeyPolicy`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetKeyPolicyOutput {
    /// Who may do what with the key: an IAM policy as JSON.
    pub policy: String,
}
