//! Organizations: which accounts there are.

use serde::{Deserialize, Serialize};

use super::open_enum;
use crate::{AccountId, Response};

/// `organizations:DescribeOrganization`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DescribeOrganizationOutput {
    /// The organization that the account is in.
    pub organization: Organization,
}

/// An organization.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Organization {
    /// The id: `o-` and 10 to 32 letters and digits.
    pub id: String,
    /// The ARN, in the management account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arn: Option<String>,
    /// The management account.
    pub master_account_id: AccountId,
}

/// `organizations:ListAccounts`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListAccountsOutput {
    /// The accounts of the organization, the management account included.
    pub accounts: Vec<Member>,
}

/// `organizations:ListDelegatedAdministrators`, asked for `cloudtrail.amazonaws.com`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListDelegatedAdministratorsOutput {
    /// The accounts that may manage CloudTrail for the organization.
    pub delegated_administrators: Vec<Member>,
}

/// An account of an organization.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Member {
    /// The account's id.
    pub id: AccountId,
    /// Its ARN, which holds the organization's id and the management account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arn: Option<String>,
    /// What its owners call it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Whether it can be used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<AccountState>,
    /// The older spelling of the state, which AWS no longer sends since 2026-09-09.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<AccountState>,
}

impl Member {
    /// Whether the account can be used; none if AWS does not say.
    pub fn state(&self) -> Option<&AccountState> {
        self.state.as_ref().or(self.status.as_ref())
    }
}

open_enum! {
    /// Whether an account can be used.
    AccountState {
        /// It is being created.
        PendingActivation = "PENDING_ACTIVATION",
        /// It can.
        Active = "ACTIVE",
        /// AWS suspended it.
        Suspended = "SUSPENDED",
        /// Its owners are closing it.
        PendingClosure = "PENDING_CLOSURE",
        /// It is closed.
        Closed = "CLOSED",
    }
}

impl Response for DescribeOrganizationOutput {
    const MEMBERS: &'static [&'static str] = &["Organization"];
}

impl Response for ListAccountsOutput {
    const MEMBERS: &'static [&'static str] = &["Accounts"];

    fn append(&mut self, mut page: Self) {
        self.accounts.append(&mut page.accounts);
    }
}

impl Response for ListDelegatedAdministratorsOutput {
    const MEMBERS: &'static [&'static str] = &["DelegatedAdministrators"];

    fn append(&mut self, mut page: Self) {
        self.delegated_administrators.append(&mut page.delegated_administrators);
    }
}
