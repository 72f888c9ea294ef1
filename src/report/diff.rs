//! What became better and what became worse from one report to the next.
//!
//! Serialized, it is the format `trailproof-diff/1`.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Benchmark, Status, StoredFinding, StoredReason, StoredReport};

/// The name and version of the format.
pub const FORMAT: &str = "trailproof-diff/1";

/// The differences between two reports. Findings are matched by account and control; one that does not apply counts as
/// absent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Diff {
    /// `trailproof-diff/1`
    pub format: &'static str,
    /// What the accounts were held against in the old report.
    pub before: Benchmark,
    /// What they were held against in the new one.
    pub after: Benchmark,
    /// Less sure to be heard of than before.
    pub worse: Vec<Change>,
    /// No longer looked at.
    pub vanished: Vec<Change>,
    /// Surer to be heard of than before.
    pub better: Vec<Change>,
    /// Looked at for the first time.
    pub new: Vec<Change>,
    /// Of the same status, for other reasons.
    pub changed: Vec<Change>,
    /// How many findings are the same.
    pub unchanged: usize,
}

/// What became of one control in one account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The id of the account.
    pub account: String,
    /// The control's key.
    pub control: String,
    /// The control's id, in the new benchmark version if it is in it.
    pub id: Option<String>,
    /// The control's title, in the new benchmark version if it is in it.
    pub title: String,
    /// The old result; none if it is new.
    pub before: Option<Outcome>,
    /// The new result; none if it vanished.
    pub after: Option<Outcome>,
}

/// A result, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Outcome {
    /// The result.
    pub status: Status,
    /// Why it is not a pass.
    pub reasons: Vec<StoredReason>,
}

impl Diff {
    /// What changed from `old` to `new`.
    pub fn between(old: &StoredReport, new: &StoredReport) -> Self {
        let mut diff = Self {
            format: FORMAT,
            before: old.benchmark.clone(),
            after: new.benchmark.clone(),
            worse: Vec::new(),
            vanished: Vec::new(),
            better: Vec::new(),
            new: Vec::new(),
            changed: Vec::new(),
            unchanged: 0,
        };
        // In the order of the new report, which is the benchmark's.
        let mut places = BTreeMap::new();
        for (place, finding) in applicable(new).chain(applicable(old)).enumerate() {
            places.entry(&finding.control).or_insert(place);
        }
        let mut pairs = BTreeMap::<_, (Option<&StoredFinding>, Option<&StoredFinding>)>::new();
        for finding in applicable(old) {
            pairs.entry((&finding.account, places.get(&finding.control))).or_default().0 = Some(finding);
        }
        for finding in applicable(new) {
            pairs.entry((&finding.account, places.get(&finding.control))).or_default().1 = Some(finding);
        }
        for (before, after) in pairs.into_values() {
            diff.add(before, after);
        }
        diff
    }

    /// Whether anything is less sure to be heard of. What is no longer looked at is.
    pub fn is_worse(&self) -> bool {
        !self.worse.is_empty() || !self.vanished.is_empty()
    }

    /// The changes under the names of their kinds, worst first.
    pub fn kinds(&self) -> [(&'static str, &[Change]); 5] {
        [
            ("worse", &self.worse),
            ("vanished", &self.vanished),
            ("better", &self.better),
            ("new", &self.new),
            ("changed", &self.changed),
        ]
    }

    fn add(&mut self, before: Option<&StoredFinding>, after: Option<&StoredFinding>) {
        let Some(shown) = after.or(before) else { return };
        let kind = match (before, after) {
            (Some(before), Some(after)) if rank(after.status) > rank(before.status) => &mut self.worse,
            (Some(before), Some(after)) if rank(after.status) < rank(before.status) => &mut self.better,
            (Some(before), Some(after)) if before.reasons == after.reasons => {
                self.unchanged += 1;
                return;
            }
            (Some(_), Some(_)) => &mut self.changed,
            (Some(_), None) => &mut self.vanished,
            (None, _) => &mut self.new,
        };
        kind.push(Change {
            account: shown.account.clone(),
            control: shown.control.clone(),
            id: shown.id.clone(),
            title: shown.title.clone(),
            before: before.map(Outcome::from),
            after: after.map(Outcome::from),
        });
    }
}

impl From<&StoredFinding> for Outcome {
    fn from(finding: &StoredFinding) -> Self {
        Self { status: finding.status, reasons: finding.reasons.clone() }
    }
}

fn applicable(report: &StoredReport) -> impl Iterator<Item = &StoredFinding> {
    report.findings.iter().filter(|finding| finding.status != Status::NotApplicable)
}

/// How far from proved it is that a person would hear. A statement that somebody makes is less than a proof.
fn rank(status: Status) -> u8 {
    match status {
        Status::Pass | Status::NotApplicable => 0,
        Status::Attested => 1,
        Status::Undetermined => 2,
        Status::Fail => 3,
    }
}
