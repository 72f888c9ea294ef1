//! Accounts in the words of scenarios.

use std::fs;

use trailproof::provider::recorded::Recording;
use trailproof::scenario::{Against, Features, run};

use super::accounts::wait;

/// The account of a scenario with these steps.
pub(super) fn described(steps: &str) -> Recording {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("described.feature");
    fs::write(&file, format!("Feature: described\nScenario: described\n{steps}\nWhen the account is audited\n"))
        .unwrap();
    let outcome = wait(run(Features::read(&[file]).unwrap(), Against::Recorded)).remove(0);
    assert!(outcome.failure.is_none(), "{:?}", outcome.failure);
    outcome.audit.unwrap().account
}
