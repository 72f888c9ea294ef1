//! The prover, run on the benchmark itself: what is odd about its patterns, and where its two procedures disagree.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;
use serde_json::Value;

use super::compare::{Comparison, outline};
use super::{Catalogue, Control, Reference, Version};
use crate::pattern::event_sets::{Domain, Exemplars, Prover};
use crate::pattern::lint::{LintKind, lints};

/// Something odd about a pattern of the benchmark.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Oddity {
    /// The control's key.
    pub control: String,
    /// The pattern's name.
    pub pattern: String,
    /// The versions that have it.
    pub versions: Vec<Version>,
    /// What kind of oddity it is.
    pub kind: LintKind,
    /// The part of the pattern that it is about.
    pub text: String,
    /// What it is.
    pub message: String,
    /// An event that shows it: the members that the pattern looks at.
    pub event: Option<Value>,
}

/// Versions of a control whose audit and remediation have different texts.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Disagreement {
    /// The control's key.
    pub control: String,
    /// The versions.
    pub versions: Vec<Version>,
    /// The names of the patterns that the audit asks for.
    pub audit: Vec<String>,
    /// The names of the patterns that the remediation sets.
    pub remediation: Vec<String>,
    /// What the remediation is compared with the audit, for CloudTrail records.
    pub records: Comparison,
    /// The same for JSON events at large.
    pub events: Comparison,
}

/// What is odd about each pattern, in the benchmark's order.
pub fn oddities(catalogue: &Catalogue) -> Vec<Oddity> {
    let mut oddities = Vec::new();
    for control in &catalogue.controls {
        for (reference, versions) in references(control) {
            for lint in lints(&reference.pattern, &catalogue.records) {
                oddities.push(Oddity {
                    control: control.key.clone(),
                    pattern: reference.name.clone(),
                    versions: versions.clone(),
                    kind: lint.kind,
                    text: reference.text.get(lint.span.start..lint.span.end).unwrap_or_default().to_owned(),
                    message: lint.message,
                    event: lint.event.and_then(|witness| outline(&witness, [&reference.pattern])),
                });
            }
        }
    }
    oddities
}

/// The patterns that the procedures name, each with the versions that name it.
fn references(control: &Control) -> Vec<(&Reference, Vec<Version>)> {
    let mut found: BTreeMap<&str, (&Reference, Vec<Version>)> = BTreeMap::new();
    for (version, edition) in &control.editions {
        let references = edition.references().into_iter();
        for reference in references.flat_map(|references| references.audit.iter().chain(&references.remediation)) {
            let (_, versions) = found.entry(&reference.name).or_insert((reference, Vec::new()));
            if !versions.contains(version) {
                versions.push(*version);
            }
        }
    }
    let mut found: Vec<_> = found.into_values().collect();
    found.sort_by(|(_, a), (_, b)| a.cmp(b));
    found
}

/// Where the remediation of a version sets other texts than its audit asks for, in the benchmark's order.
pub fn disagreements(catalogue: &Catalogue) -> Vec<Disagreement> {
    let mut found: Vec<Disagreement> = Vec::new();
    for control in &catalogue.controls {
        for (version, edition) in &control.editions {
            let Some(references) = edition.references() else { continue };
            let (audit, remediation) = (plain(&references.audit), plain(&references.remediation));
            let (asked, set) = (names(&audit), names(&remediation));
            let same = |known: &Disagreement| {
                (&known.control, &known.audit, &known.remediation) == (&control.key, &asked, &set)
            };
            if asked == set {
                continue;
            }
            if let Some(known) = found.iter_mut().find(|known| same(known)) {
                known.versions.push(*version);
                continue;
            }
            found.push(Disagreement {
                control: control.key.clone(),
                versions: vec![*version],
                audit: asked,
                remediation: set,
                records: Comparison::of(&audit, &remediation, &catalogue.records),
                events: Comparison::of(&audit, &remediation, &at_large(catalogue)),
            });
        }
    }
    found
}

/// JSON events of which nothing is known, with the texts that are usual in CloudTrail.
fn at_large(catalogue: &Catalogue) -> Prover {
    let usual = catalogue.records.domain().exemplars.usual.clone();
    Prover::new(Domain { exemplars: Exemplars { usual, ..Exemplars::default() }, ..Domain::json() })
}

pub(super) fn plain(references: &[Arc<Reference>]) -> Vec<&Reference> {
    references.iter().map(AsRef::as_ref).collect()
}

pub(super) fn names(references: &[&Reference]) -> Vec<String> {
    references.iter().map(|reference| reference.name.clone()).collect()
}
