//! The accounts that are audited together.

use std::sync::Arc;

use crate::account::{Account, LogGroup, LogGroupArn, Topic, TopicArn, Trail};
use crate::account::{Known, LogGroupId};

/// The accounts that are audited together; one account is an estate of one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Estate {
    /// Sorted by id.
    accounts: Vec<Arc<Account>>,
}

impl Estate {
    /// How many accounts there are.
    pub fn len(&self) -> usize {
        self.accounts.len()
    }

    /// Whether there is no account.
    pub fn is_empty(&self) -> bool {
        self.accounts.is_empty()
    }

    /// The accounts, by id.
    pub fn accounts(&self) -> impl Iterator<Item = &Account> {
        self.accounts.iter().map(Arc::as_ref)
    }

    /// The account of this id, if it is part of the estate.
    pub fn account(&self, id: &str) -> Option<&Account> {
        let at = self.accounts.binary_search_by(|account| account.identity.account.as_str().cmp(id)).ok()?;
        self.accounts.get(at).map(Arc::as_ref)
    }

    /// The trail of this ARN as its owner describes it, if the owner is part of the estate.
    pub(crate) fn owned_trail(&self, owner: &str, arn: &str) -> Option<&Trail> {
        self.account(owner)?.trails.iter().flatten().find(|trail| trail.arn == arn)
    }

    /// The log group in the account that has it: `None` if the account is not part of the estate.
    pub(crate) fn log_group(&self, arn: &LogGroupArn) -> Option<Option<&Known<LogGroup>>> {
        let id = LogGroupId { region: arn.region.to_string(), name: arn.name.clone() };
        Some(self.account(&arn.account)?.log_groups.get(&id))
    }

    /// The topic as its owner describes it, or else as the account that names it does.
    pub(crate) fn topic(&self, arn: &TopicArn, named_by: &str) -> Option<&Known<Topic>> {
        let owner = self.account(&arn.account).and_then(|account| account.topics.get(arn));
        owner.or_else(|| self.account(named_by)?.topics.get(arn))
    }
}

impl FromIterator<Account> for Estate {
    fn from_iter<T: IntoIterator<Item = Account>>(accounts: T) -> Self {
        accounts.into_iter().map(Arc::new).collect()
    }
}

impl FromIterator<Arc<Account>> for Estate {
    fn from_iter<T: IntoIterator<Item = Arc<Account>>>(accounts: T) -> Self {
        let mut accounts: Vec<_> = accounts.into_iter().collect();
        accounts.sort_by(|one, other| one.identity.account.cmp(&other.identity.account));
        Self { accounts }
    }
}
