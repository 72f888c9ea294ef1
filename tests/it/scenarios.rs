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
    assert_snapshot!(steps("    Given an account where network gateway changes are monitored as the benchmark says\n    And the trail has stopped\n    When the account is audited\n    Then no advisory is given\n"), @r#"
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
    let message = |step: &str| {
        steps(&format!("{account}    {step}\n    Then no advisory is given\n"))
            .lines()
            .nth(2)
            .unwrap_or_default()
            .trim()
            .to_owned()
    };
    assert_snapshot!(message("Given an account where network gates are monitored as the benchmark says"), @"there is no control `network-gates`; did you mean `network-gateway-changes`?");
    assert_snapshot!(message("Given the filter omits \"CreateRoute\""), @"the filter has no condition on `CreateRoute`");
    assert_snapshot!(message("Given the filter joins its conditions with \"and\""), @"`and` is neither `&&` nor `||`");
    assert_snapshot!(message("Given the filter has the pattern"), @r#"the step takes a text below it, between lines of `"""`"#);
    assert_snapshot!(message("Given the alarm needs 2 of 2.5 periods"), @"`2.5` is not a number that fits here");
    assert_snapshot!(message("Given the auditor may not call \"cloudtrail:DeleteTrail\""), @"no audit calls `cloudtrail:DeleteTrail`");
    assert_snapshot!(message("When the account is audited for CIS \"4.2.0\""), @"there is no benchmark version `4.2.0`; known are 7.0.0, 6.0.0, 5.0.0, 4.0.1, 4.0.0, 3.0.0, 2.0.0, 1.5.0, 1.4.0, 1.3.0, 1.2.0");
    assert_snapshot!(message("Then nobody would hear of \"CreateRoute\""), @"no step has audited the account");
    assert_snapshot!(steps("    Given there is no trail\n    Then no advisory is given\n").lines().nth(2).unwrap_or_default(), @"      no step has said which account this is about");
    assert_snapshot!(steps("    Given the recorded account \"gone.json\"\n    Then no advisory is given\n").lines().nth(2).unwrap_or_default(), @"      gone.json: cannot read the recording: No such file or directory (os error 2)");
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
    And there is no trail
    When the account is audited
    Then no advisory is given\n";
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
    assert_snapshot!(scenarios(&[("f.feature", "")], &["f.feature"]), @r#"
    error: the file is not a feature
      --> f.feature, line 2, column 1
    help: a feature begins with `Feature:`, a scenario in it with `Scenario:`
    [exit 2]
    "#);
    let outline = "Feature: f\n  Scenario Outline: s\n    Given <a>\n    Then no advisory is given\n    Examples:\n      | b |\n      | 1 |\n";
    assert_snapshot!(scenarios(&[("f.feature", outline)], &["f.feature"]), @r#"
    error: the examples have no column `a`
      --> f.feature, line 3
    help: add a column `a`, or remove `<a>`
    [exit 2]
    "#);
}

/// Gherkin allows each of these, and would check nothing.
#[test]
fn what_would_check_nothing_is_told() {
    let given = "    Given an account where network gateway changes are monitored as the benchmark says\n";
    let rest = "    When the account is audited\n    Then no advisory is given\n";
    let told = |feature: &str| {
        let text = scenarios(&[("f.feature", feature)], &["f.feature"]);
        let told: Vec<_> = text.lines().filter(|line| !line.starts_with("help: ")).collect();
        told.join(" ")
    };
    let scenario = |steps: &str| told(&format!("Feature: f\n  Scenario: s\n{steps}"));
    assert_snapshot!(scenario(given), @"error: no `Then` says what the report must say   --> f.feature, line 2 [exit 2]");
    assert_snapshot!(scenario(&format!("{given}    When the account is audited\n")), @"error: no `Then` says what the report must say   --> f.feature, line 2 [exit 2]");
    assert_snapshot!(scenario(&format!("{given}{rest}    When the account is audited strictly\n")), @"error: no `Then` says what the report must say   --> f.feature, line 2 [exit 2]");
    assert_snapshot!(scenario(&format!("{given}    When the account is audited\n    And there is no trail\n    Given there is no trail\n")), @"error: `Given there is no trail` comes after the audit   --> f.feature, line 6 [exit 2]");
    assert_snapshot!(scenario(&format!("\n    # first\n    If it rains\n{given}{rest}")), @"error: `If it rains` is not a step   --> f.feature, line 5 [exit 2]");
    assert_snapshot!(told(&format!("Feature: f\n  Background:\n    Givn an account\n{given}  Scenario: s\n{rest}")), @"error: `Givn an account` is not a step   --> f.feature, line 3 [exit 2]");
    assert_snapshot!(told(&format!("Feature: f\n  Scenarii: s\n{given}  Scenario: t\n{given}{rest}")), @"error: the step `Given an account where network gateway changes are monitored as the benchmark says` is in no scenario   --> f.feature, line 3 [exit 2]");
    assert_snapshot!(told(&format!("Feature: f\n  Scenario Outline: s\n{given}{rest}")), @"error: the outline has no examples   --> f.feature, line 2 [exit 2]");
    assert_snapshot!(told(&format!("Feature: f\n  Scenario Outline: s\n{given}{rest}    Examples:\n      | a |\n")), @"error: the examples have no row   --> f.feature, line 6 [exit 2]");
    assert_snapshot!(told(&format!("Feature: f\n  Scenario Outline: s\n{given}{rest}    Examples:\n      | a |\n      | 1 |\n    Examples:\n")), @"error: the examples have no row   --> f.feature, line 9 [exit 2]");
    assert_snapshot!(told(&format!("Feature: f\n  Scenario Outline: s\n{given}{rest}    Examples:\n      a |\n      | a |\n      | 1 |\n")), @"error: `a |` is not a row   --> f.feature, line 7 [exit 2]");
    assert_snapshot!(told(&format!("Feature: f\n  Rule: r\n    Background:\n{given}    When the account is audited\n  Scenario: s\n{given}{rest}")), @"error: `Given an account where network gateway changes are monitored as the benchmark says` comes after the audit   --> f.feature, line 7 [exit 2]");
    // A comment and a description of the feature are for the reader.
    let prose = told(&format!("Feature: f\n  When in doubt, read this.\n\n  Scenario: s\n    # why\n{given}{rest}"));
    assert!(prose.ends_with("[exit 0]"), "{prose}");
}

#[test]
fn a_field_that_no_record_has_is_told() {
    let field = |step: &str| {
        let text = steps(&format!(
            "    Given an account where network gateway changes are monitored as the benchmark says
    And the filter omits \"CreateCustomerGateway\"
    When the account is audited
    Then the event's {step}\n"
        ));
        text.lines().nth(2).unwrap_or_default().trim().to_owned()
    };
    assert_snapshot!(field("\"awsregion\" is not \"eu-west-1\""), @"no CloudTrail record has the field `awsregion`; the nearest is `awsRegion`");
    assert_snapshot!(field("\"userIdentity.typ\" is \"Root\""), @"no CloudTrail record has the field `userIdentity.typ`; the nearest is `userIdentity.type`");
    assert_snapshot!(field("\"requestParameter.name\" is not \"x\""), @"no CloudTrail record has the field `requestParameter.name`; the nearest is `requestParameters`");
    assert_eq!(field("\"requestParameters.name\" is not \"x\""), "");
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
