//! What changed from one version of the benchmark to another.

use std::sync::Arc;

use serde::Serialize;

use super::compare::Comparison;
use super::lint::plain;
use super::{Catalogue, Edition, Reference, References, Version};

/// A control that is not in both versions alike.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Change {
    /// The control's key.
    pub control: String,
    /// What changed.
    #[serde(flatten)]
    pub kind: ChangeKind,
}

/// What can change about a control.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "change", rename_all = "kebab-case")]
pub enum ChangeKind {
    /// It is new, with this id.
    Added {
        /// The id in the later version.
        id: String,
    },
    /// It is gone, and had this id.
    Removed {
        /// The id in the earlier version.
        id: String,
    },
    /// A procedure has other patterns, which means something for CloudTrail records.
    Events {
        /// The procedure whose patterns changed.
        procedure: Procedure,
        /// What the later version is, compared with the earlier.
        comparison: Comparison,
    },
    /// A procedure has another text, and no CloudTrail record tells.
    Reworded {
        /// The procedure whose text changed.
        procedure: Procedure,
    },
}

/// Where a version gives a control's patterns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Procedure {
    /// What the audit asks for.
    Audit,
    /// What the remediation sets.
    Remediation,
}

/// What changed, in the benchmark's order. Ids and titles change with nearly every version and are not compared.
pub fn changes(catalogue: &Catalogue, from: Version, to: Version) -> Vec<Change> {
    let mut changes = Vec::new();
    for control in &catalogue.controls {
        let kinds = match (control.editions.get(&from), control.editions.get(&to)) {
            (None, Some(edition)) => vec![ChangeKind::Added { id: edition.id.clone() }],
            (Some(edition), None) => vec![ChangeKind::Removed { id: edition.id.clone() }],
            (Some(before), Some(after)) => events(catalogue, before, after),
            (None, None) => vec![],
        };
        changes.extend(kinds.into_iter().map(|kind| Change { control: control.key.clone(), kind }));
    }
    changes
}

fn events(catalogue: &Catalogue, before: &Edition, after: &Edition) -> Vec<ChangeKind> {
    let (Some(before), Some(after)) = (before.references(), after.references()) else { return Vec::new() };
    let changed = |procedure: Procedure| {
        let of = |references| plain(procedure.of(references));
        let (before, after) = (of(before), of(after));
        let texts = |references: &[&Reference]| references.iter().map(|one| one.text.clone()).collect::<Vec<_>>();
        if texts(&before) == texts(&after) {
            return None;
        }
        let comparison = Comparison::of(&before, &after, &catalogue.records);
        Some(match comparison.is_equal() {
            true => ChangeKind::Reworded { procedure },
            false => ChangeKind::Events { procedure, comparison },
        })
    };
    [Procedure::Audit, Procedure::Remediation].into_iter().filter_map(changed).collect()
}

impl Procedure {
    fn of(self, references: &References) -> &[Arc<Reference>] {
        match self {
            Self::Audit => &references.audit,
            Self::Remediation => &references.remediation,
        }
    }
}
