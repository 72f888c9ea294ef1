//! The system fields of a log event, `@aws.account` and `@aws.region`: where it comes from.
//!
//! AWS documents them as the source of centralized log data. What they are of a record that CloudTrail delivers to the
//! log group of a trail is not documented: the account and region of the log group, or those in the record. Both
//! readings are followed, and what hangs on the choice between them is left open.

use super::required::Required;
use crate::pattern::event_sets::{EventSet, Path, TextMatch};

/// Where a trail's log group is, and whose events it gets.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place<'a> {
    pub account: &'a str,
    pub region: &'a str,
    /// Whether the trail logs other accounts too. If not, all records are of the log group's account.
    pub organization: bool,
}

/// What system fields say of records, in either reading.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Told {
    /// Of all records, if the fields are those of the log group.
    by_log_group: bool,
    /// Of these records, if the fields are those of the record.
    by_record: EventSet,
}

impl Place<'_> {
    /// Whether a system field has one of these values.
    pub(super) fn told(&self, field: &str, values: &[String]) -> Result<Told, String> {
        let (own, in_record) = match field {
            "@aws.account" => (self.account, self.organization.then_some("recipientAccountId")),
            "@aws.region" => (self.region, Some("awsRegion")),
            other => return Err(format!("the system field `{other}` is not judged")),
        };
        let by_log_group = values.iter().any(|value| value == own);
        let by_record = match in_record {
            None => constant(by_log_group),
            Some(name) => EventSet::text(Path::keys([name]), TextMatch::Equals, values.to_vec()),
        };
        Ok(Told { by_log_group, by_record })
    }
}

impl Told {
    /// Why it is open what the fields say.
    pub(super) const OPEN: &'static str = "AWS does not document whether the system fields of a CloudTrail event are those of the log group or of the record";

    pub(super) fn all(parts: Vec<Self>) -> Self {
        let by_log_group = parts.iter().all(|part| part.by_log_group);
        Self { by_log_group, by_record: EventSet::all(parts.into_iter().map(|part| part.by_record)) }
    }

    pub(super) fn any(parts: Vec<Self>) -> Self {
        let by_log_group = parts.iter().any(|part| part.by_log_group);
        Self { by_log_group, by_record: EventSet::any(parts.into_iter().map(|part| part.by_record)) }
    }

    /// Whether it holds of all required ones of `events`, in both readings.
    pub(super) fn is_everything(&self, events: &EventSet, required: &Required<'_>) -> bool {
        self.by_log_group && required.covered(events, &self.by_record)
    }

    /// Whether it holds of no required one of `events`, in either reading.
    pub(super) fn is_nothing(&self, events: &EventSet, required: &Required<'_>) -> bool {
        !self.by_log_group && required.never(&EventSet::all([events.clone(), self.by_record.clone()]))
    }

    /// The events of which it may hold.
    pub(super) fn at_most(&self) -> EventSet {
        if self.by_log_group { EventSet::everything() } else { self.by_record.clone() }
    }
}

impl std::ops::Not for Told {
    type Output = Self;

    fn not(self) -> Self {
        Self { by_log_group: !self.by_log_group, by_record: self.by_record.complement() }
    }
}

fn constant(holds: bool) -> EventSet {
    if holds { EventSet::everything() } else { EventSet::nothing() }
}
