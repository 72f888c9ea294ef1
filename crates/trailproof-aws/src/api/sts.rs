//! STS: which account answers.

use serde::{Deserialize, Serialize};

use crate::{AccountId, Response};

/// `sts:GetCallerIdentity`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetCallerIdentityOutput {
    /// The account.
    pub account: AccountId,
    /// The ARN of the user or session that asks.
    pub arn: String,
}

impl Response for GetCallerIdentityOutput {
    const MEMBERS: &'static [&'static str] = &["Account"];
}
