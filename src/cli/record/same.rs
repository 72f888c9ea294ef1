//! Whether an audit finds the same in two recordings.

use tokio::runtime::Runtime;

use crate::account::collect::collect;
use crate::control::{Catalogue, CatalogueError};
use crate::evaluate::{Question, evaluate};
use crate::provider::recorded::Recording;
use crate::report::Finding;

/// The first control that has another result, in any version of the benchmark.
pub(super) fn difference(
    runtime: &Runtime,
    one: &Recording,
    other: &Recording,
) -> Result<Option<String>, CatalogueError> {
    let catalogue = Catalogue::builtin()?;
    let [one, other] = [one, other].map(|recording| runtime.block_on(collect(recording)));
    for version in catalogue.versions() {
        for strict in [false, true] {
            let question = Question { version, records: &catalogue.records, strict };
            let result = |account, control| result(&evaluate(account, control, question));
            let mut controls = catalogue.controls.iter().filter(|control| control.editions.contains_key(&version));
            if let Some(control) = controls.find(|control| result(&one, control) != result(&other, control)) {
                return Ok(Some(control.key.clone()));
            }
        }
    }
    Ok(None)
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
