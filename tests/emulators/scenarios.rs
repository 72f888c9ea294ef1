//! Every scenario over the wire, and what keeps some of them from it.

use std::collections::BTreeMap;

use trailproof::provider::live::emulated::{Emulators, QUIRKS, Quirk};
use trailproof::provider::recorded::Recording;
use trailproof::render::json;
use trailproof::scenario::{Against, Features, run, unmarked};

use super::accounts::{self, audit, wait};
use super::emulated::shared;

/// The scenario itself fails if its report is not that on the recording.
#[test]
fn scenarios_are_reported_over_the_wire_as_they_are_recorded() {
    let Some(emulators) = shared() else { return };
    let outcomes = wait(run(Features::builtin().unwrap(), Against::Emulators(emulators)));
    let failures = outcomes.iter().filter_map(|outcome| {
        let place = format!("{}:{}: {}", outcome.path.display(), outcome.line, outcome.scenario);
        outcome.failure.as_ref().map(|failure| format!("{place}\n{failure:#?}"))
    });
    let failures: Vec<_> = failures.collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// So that whoever reads a scenario knows what keeps it from the wire, and whoever takes a quirk away finds them.
#[test]
fn scenarios_carry_the_tag_of_what_cannot_be_emulated() {
    let outcomes = wait(run(Features::builtin().unwrap(), Against::Recorded));
    let wrong =
        outcomes.iter().filter(|outcome| !outcome.tags.iter().any(|tag| tag == "recorded")).filter_map(|outcome| {
            let quirk = Quirk::of(&outcome.audit.as_ref().unwrap().account).map(|quirk| quirk.name);
            let place = format!("{}:{}", outcome.path.display(), outcome.line);
            (!outcome.tags.iter().eq(quirk)).then(|| format!("{place}: tagged {:?}, not {quirk:?}", outcome.tags))
        });
    let wrong: Vec<_> = wrong.collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A quirk is there for as long as an account that it concerns cannot be made, or is reported otherwise.
#[test]
fn every_quirk_is_still_there() {
    let Some(emulators) = shared() else { return };
    let mut concerned = BTreeMap::<_, Vec<_>>::new();
    for (name, recording) in accounts::all() {
        if let Some(quirk) = Quirk::of(&recording) {
            concerned.entry(quirk.name).or_default().push((name, recording));
        }
    }
    for quirk in QUIRKS {
        let accounts =
            concerned.get(quirk.name).unwrap_or_else(|| panic!("no scenario has to do with @{}", quirk.name));
        let differs = accounts.iter().any(|(_, recording)| differs(&emulators, recording));
        assert!(differs, "@{} is mended: {:#?}", quirk.name, accounts.iter().map(|(name, _)| name).collect::<Vec<_>>());
    }
}

#[test]
fn every_quirk_is_documented() {
    let page = include_str!("../../docs/emulators.md");
    for Quirk { name, meaning, .. } in QUIRKS {
        let row = format!("| `@{name}` | {meaning} |");
        assert!(page.contains(&row), "{row}");
    }
}

fn differs(emulators: &Emulators, recording: &Recording) -> bool {
    // Clients keep to the runtime that they were made in.
    wait(emulators.provision(recording)).map_or(true, |emulated| {
        let [live, recorded] =
            [audit(&emulated.live), audit(recording)].map(|report| json(&unmarked(&report)).unwrap());
        emulated.as_recorded(&live) != recorded
    })
}
