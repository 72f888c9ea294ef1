//! Whether an audit finds the same in two recordings.

use std::collections::BTreeSet;

use tokio::runtime::Runtime;

use crate::account::collect::collect;
use crate::control::{Catalogue, CatalogueError, Requires, Version};
use crate::estate::Estate;
use crate::judge::{self, Question};
use crate::provider::recorded::Recording;
use crate::report::Finding;

/// The first control that has another result, in any version of the benchmark.
pub(super) fn difference(
    runtime: &Runtime,
    one: &Recording,
    other: &Recording,
) -> Result<Option<String>, CatalogueError> {
    let catalogue = Catalogue::builtin()?;
    let [one, other] = [one, other].map(|recording| Estate::from_iter([runtime.block_on(collect(recording))]));
    for control in &catalogue.controls {
        let mut asked = BTreeSet::new();
        // Most versions ask for the same.
        let editions = control.editions.iter().filter(|(_, edition)| asked.insert(names(&edition.requires)));
        let versions: Vec<_> = editions.map(|(version, _)| *version).collect();
        let differs = |version: &Version| {
            let question = Question { version: *version, prover: &catalogue.records, strict: false, letter: false };
            let [one, other] = [&one, &other].map(|estate| {
                let report = judge::report(estate, &[control], question);
                report.findings.iter().map(result).collect::<Vec<_>>()
            });
            one != other
        };
        if versions.iter().any(differs) {
            return Ok(Some(control.key.clone()));
        }
    }
    Ok(None)
}

/// What is asked of an account, by the names of the patterns.
fn names(requires: &Requires) -> Vec<&str> {
    match requires {
        Requires::Events(references) => {
            let all = references.audit.iter().chain(&references.remediation);
            all.map(|reference| reference.name.as_str()).collect()
        }
        Requires::SecurityHub => Vec::new(),
    }
}

/// Of a finding, what does not depend on how things are called: status, reasons, routes and advisories.
fn result(finding: &Finding) -> Vec<String> {
    let codes = finding.reasons.iter().map(|reason| format!("{:?}", reason.code));
    let advice = finding.advisories.iter().map(|advisory| format!("{:?}", advisory.code));
    let routes = finding.routes.iter().map(|route| {
        let links = route.links.iter().map(|link| format!("{:?} {:?}", link.kind, link.state));
        links.collect::<Vec<_>>().join(", ")
    });
    let mut all: Vec<_> = codes.chain(advice).chain(routes).collect();
    // What is sorted by name comes in another order under another name.
    all.sort();
    all.insert(0, format!("{:?} {}", finding.status, finding.witness.is_some()));
    all
}
