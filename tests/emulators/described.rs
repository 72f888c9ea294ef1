//! Accounts in the words of scenarios.

use std::fs;

use trailproof::provider::recorded::Recording;
use trailproof::scenario::{Against, Features, run};

use super::accounts::wait;

/// The account of a scenario with these steps.
pub(super) fn described(steps: &str) -> Recording {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("described.feature");
    let audited = "When the account is audited\nThen network gateway changes are reported as \"pass\"";
    fs::write(&file, format!("Feature: described\nScenario: described\n{steps}\n{audited}\n")).unwrap();
    let outcome = wait(run(Features::read(&[file]).unwrap(), Against::Recorded)).remove(0);
    // What the audit says of the account is for the callers to test.
    outcome.audit.unwrap_or_else(|| panic!("{:?}", outcome.failure)).account
}
