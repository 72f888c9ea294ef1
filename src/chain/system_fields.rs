//! The system fields of a log event, `@aws.account` and `@aws.region`: where it comes from.
//!
//! AWS documents them as the source of centralized log data. It does not document what they are for a record that
//! CloudTrail delivers to the log group of a trail: the account and region of the log group, or those in the record. A
//! test of a system field follows both readings, and its bounds are what they have in common and what either allows.

use event_sets::{Bounds, EventSet, Path, TextMatch};

use crate::fault::SelectionDoubt;

/// Where the log group of a trail is, and whose events it receives.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Origin<'a> {
    pub account: &'a str,
    pub region: &'a str,
    /// Whether the log group receives the records of other accounts too. If not, all are of its own account.
    pub organization: bool,
}

/// Which records a test of system fields selects, in either reading.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct SystemFieldTest {
    /// Whether it selects all records, if the fields are those of the log group.
    by_log_group: bool,
    /// The records that it selects, if the fields are those of the record.
    by_record: EventSet,
}

impl Origin<'_> {
    /// The test whether a system field has one of these values.
    pub(super) fn test(&self, field: &str, values: &[String]) -> Result<SystemFieldTest, SelectionDoubt> {
        let (own, in_record) = match field {
            "@aws.account" => (self.account, self.organization.then_some("recipientAccountId")),
            "@aws.region" => (self.region, Some("awsRegion")),
            other => return Err(SelectionDoubt::SystemField { field: other.to_owned() }),
        };
        let by_log_group = values.iter().any(|value| value == own);
        let by_record = match in_record {
            None if by_log_group => EventSet::everything(),
            None => EventSet::nothing(),
            Some(name) => EventSet::text(Path::keys([name]), TextMatch::Equals, values.to_vec()),
        };
        Ok(SystemFieldTest { by_log_group, by_record })
    }
}

impl SystemFieldTest {
    /// The records that all tests select.
    pub(super) fn all(tests: Vec<Self>) -> Self {
        let by_log_group = tests.iter().all(|test| test.by_log_group);
        Self { by_log_group, by_record: EventSet::all(tests.into_iter().map(|test| test.by_record)) }
    }

    /// The records that any of the tests selects.
    pub(super) fn any(tests: Vec<Self>) -> Self {
        let by_log_group = tests.iter().any(|test| test.by_log_group);
        Self { by_log_group, by_record: EventSet::any(tests.into_iter().map(|test| test.by_record)) }
    }

    /// The records that the test surely selects, and those that it possibly selects.
    pub(super) fn bounds(&self) -> Bounds {
        if self.by_log_group {
            Bounds::at_least(self.by_record.clone())
        } else {
            Bounds::at_most(self.by_record.clone())
        }
    }
}

impl std::ops::Not for SystemFieldTest {
    type Output = Self;

    fn not(self) -> Self {
        Self { by_log_group: !self.by_log_group, by_record: self.by_record.complement() }
    }
}
