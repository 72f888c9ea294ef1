//! What `trailproof controls` tells of the catalogue.

use std::collections::BTreeSet;

use rstest::rstest;
use trailproof::control::Catalogue;
use trailproof::control::lint::oddities;

use super::runner::trailproof;
use super::snapshots::snapshots_in;

#[rstest]
#[case("list", &["list"])]
#[case("list-1.2.0", &["list", "--benchmark", "1.2.0"])]
#[case("list-json", &["list", "--format", "json"])]
#[case("show", &["show", "network-gateway-changes"])]
#[case("show-by-id", &["show", "4.16", "--benchmark", "2.0.0"])]
#[case("show-json", &["show", "network-gateway-changes", "--benchmark", "1.2.0", "--format", "json"])]
#[case("show-before-it-was-there", &["show", "security-hub-enabled", "--benchmark", "1.2.0"])]
#[case("show-unknown", &["show", "5.17"])]
#[case("show-id-of-another-version", &["show", "4.12"])]
#[case("show-misprinted", &["show", "4.1", "--benchmark", "1.3.0"])]
#[case("lint", &["lint"])]
#[case("lint-json", &["lint", "--format", "json"])]
#[case("changes", &["lint", "--from", "1.2.0", "--to", "7.0.0"])]
#[case("changes-back", &["lint", "--from", "2.0.0", "--to", "1.3.0"])]
#[case("changes-json", &["lint", "--from", "1.4.0", "--to", "1.5.0", "--format", "json"])]
#[case("changes-none", &["lint", "--from", "6.0.0", "--to", "7.0.0"])]
#[case("changes-since-nothing", &["lint", "--from", "1.0", "--to", "7.0.0"])]
fn answers(#[case] name: &str, #[case] args: &[&str]) {
    let mut settings = snapshots_in("controls");
    settings.set_description(format!("trailproof controls {}", args.join(" ")));
    settings.bind(|| insta::assert_snapshot!(name, trailproof().args(["controls"]).args(args).run().transcript()));
}

/// The prover finds something odd about every pattern that the catalogue calls unsound.
#[test]
fn what_is_called_unsound_is_proved_odd() {
    let catalogue = Catalogue::builtin().unwrap();
    let odd: BTreeSet<_> = oddities(&catalogue).into_iter().map(|odd| (odd.control, odd.pattern)).collect();
    for control in &catalogue.controls {
        let references = control.editions.values().filter_map(|edition| edition.references());
        for reference in references.flat_map(|references| references.audit.iter().chain(&references.remediation)) {
            let place = (control.key.clone(), reference.name.clone());
            assert!(reference.unsound.is_none() || odd.contains(&place), "{place:?}");
        }
    }
}
