//! `trailproof scenarios`, from feature files to what a user sees.

use insta::assert_snapshot;
use regex::Regex;

use super::runner::trailproof;

/// What a user sees of a run on these files, in a directory of their own, without the seconds.
fn scenarios(files: &[(&str, &str)], args: &[&str]) -> String {
    let run = trailproof().in_directory().args(["scenarios"]).args(args);
    let ran = files.iter().fold(run, |run, (name, text)| run.file(name, text)).run();
    Regex::new(r"in [0-9.]+ s\n").unwrap().replace(&ran.transcript(), "in [time]\n").into_owned()
}

/// A run of one feature with these steps.
fn steps(steps: &str) -> String {
    let feature = format!("Feature: f\n  Scenario: s\n{steps}");
    scenarios(&[("f.feature", &feature)], &["f.feature"])
}

const COMPLIANT: &str = include_str!("../fixtures/accounts/compliant.json");

#[test]
fn the_binary_knows_every_step_of_its_features() {
    let seen = scenarios(&[], &[]);
    assert!(
        Regex::new(r"^(\d+) scenarios: (\d+) passed, 0 failed, in \[time\]\n\[exit 0\]$").unwrap().is_match(&seen),
        "{seen}"
    );
}

#[test]
fn an_unknown_step_fails_and_the_nearest_is_named() {
    assert_snapshot!(steps("    Given an account where network gateway changes are monitored as the benchmark says\n    And the trail has stopped\n"), @r#"
    failed: s
      --> f.feature, line 4: And the trail has stopped
          no such step is known; the nearest is `Given the trail is stopped`

    1 scenario: 0 passed, 1 failed, in [time]
    [exit 1]
    "#);
}

#[test]
fn a_false_expectation_shows_the_report() {
    let seen = steps(
        "    Given an account where network gateway changes are monitored as the benchmark says
    When the account is audited
    Then network gateway changes are reported as \"fail\"\n",
    );
    let beginning: Vec<_> = seen.lines().take(6).collect();
    assert_snapshot!(beginning.join("\n"), @r#"
    failed: s
      --> f.feature, line 5: Then network gateway changes are reported as "fail"
          the status is `pass`, not `fail`

          CIS AWS Foundations Benchmark 7.0.0

    "#);
}

#[test]
fn steps_that_make_no_sense_say_so() {
    let account = "    Given an account where network gateway changes are monitored as the benchmark says\n";
    let message =
        |step: &str| steps(&format!("{account}    {step}\n")).lines().nth(2).unwrap_or_default().trim().to_owned();
    assert_snapshot!(message("Given an account where network gates are monitored as the benchmark says"), @"there is no control `network-gates`; did you mean `network-gateway-changes`?");
    assert_snapshot!(message("Given the filter omits \"CreateRoute\""), @"the filter has no condition on `CreateRoute`");
    assert_snapshot!(message("Given the filter joins its conditions with \"and\""), @"`and` is neither `&&` nor `||`");
    assert_snapshot!(message("Given the filter has the pattern"), @r#"the step takes a text below it, between lines of `"""`"#);
    assert_snapshot!(message("Given the alarm needs 2 of 2.5 periods"), @"`2.5` is not a number that fits here");
    assert_snapshot!(message("Given the auditor may not call \"cloudtrail:DeleteTrail\""), @"no audit calls `cloudtrail:DeleteTrail`");
    assert_snapshot!(message("When the account is audited for CIS \"4.2.0\""), @"there is no benchmark version `4.2.0`; known are 7.0.0, 6.0.0, 5.0.0, 4.0.1, 4.0.0, 3.0.0, 2.0.0, 1.5.0, 1.4.0, 1.3.0, 1.2.0");
    assert_snapshot!(message("Then nobody would hear of \"CreateRoute\""), @"no step has audited the account");
    assert_snapshot!(steps("    Given there is no trail\n").lines().nth(2).unwrap_or_default(), @"      no step has said which account this is about");
    assert_snapshot!(steps("    Given the recorded account \"gone.json\"\n").lines().nth(2).unwrap_or_default(), @"      gone.json: cannot read the recording: No such file or directory (os error 2)");
}

#[test]
fn a_recorded_account_is_found_beside_its_feature() {
    let feature = "Feature: ours
  Scenario: as recorded
    Given the recorded account \"ours.json\"
    When the account is audited
    Then network gateway changes are reported as \"pass\"
  Scenario: changed
    Given the recorded account \"ours.json\"
    And there is no trail\n";
    assert_snapshot!(scenarios(&[("f.feature", feature), ("ours.json", COMPLIANT)], &["f.feature"]), @r#"
    failed: changed
      --> f.feature, line 8: And there is no trail
          a recorded account cannot be changed

    2 scenarios: 1 passed, 1 failed, in [time]
    [exit 1]
    "#);
}

#[test]
fn what_is_no_feature_is_told() {
    assert_snapshot!(scenarios(&[], &["gone.feature"]), @r#"
    error: cannot read the feature: No such file or directory (os error 2)
      --> gone.feature
    help: check that the path exists and that you may read it
    [exit 2]
    "#);
    assert_snapshot!(scenarios(&[], &["."]), @r#"
    error: there is no scenario
      --> .
    help: a feature is a file whose name ends in `.feature`, with scenarios in it
    [exit 2]
    "#);
    assert_snapshot!(scenarios(&[("f.feature", "Feature: f\n  Scenario s\n")], &["f.feature"]), @r#"
    error: the file is not a feature
      --> f.feature, line 3, column 1
    help: a feature begins with `Feature:`, a scenario in it with `Scenario:`
    [exit 2]
    "#);
    assert_snapshot!(scenarios(&[("f.feature", "Feature: f\n  Scenario: s\n    If it rains\n")], &["f.feature"]), @r#"
    failed: s
      --> f.feature, line 2: Scenario: s
          no step audits the account; a line that begins with no keyword is a description

    1 scenario: 0 passed, 1 failed, in [time]
    [exit 1]
    "#);
    assert_snapshot!(scenarios(&[("f.feature", "")], &["f.feature"]), @r#"
    error: the file is not a feature
      --> f.feature, line 2, column 1
    help: a feature begins with `Feature:`, a scenario in it with `Scenario:`
    [exit 2]
    "#);
    let outline = "Feature: f\n  Scenario Outline: s\n    Given <a>\n    Examples:\n      | b |\n      | 1 |\n";
    assert_snapshot!(scenarios(&[("f.feature", outline)], &["f.feature"]), @r#"
    error: the examples have no column `a`
      --> f.feature, line 3
    help: add a column `a`, or remove `<a>`
    [exit 2]
    "#);
}

#[cfg(not(feature = "mocks"))]
#[test]
fn without_mocks_the_sdk_is_not_at_hand() {
    assert_snapshot!(scenarios(&[], &["--against", "sdk"]), @r#"
    error: this program was built without the feature `mocks`
    help: `cargo run --features mocks -- scenarios --against sdk`
    [exit 2]
    "#);
}

#[cfg(feature = "mocks")]
#[test]
fn the_sdk_answers_the_same() {
    let seen = scenarios(&[], &["--against", "sdk"]);
    assert!(seen.contains(" 0 failed") && seen.ends_with("[exit 0]"), "{seen}");
}
