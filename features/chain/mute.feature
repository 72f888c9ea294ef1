Feature: Mute rules leave an alarm time to ring
  A muted alarm goes to ALARM, and its actions do not run. Accounts are recorded on Friday, 20 November 2026, at 9:30.

  Background:
    Given an account where network gateway changes are monitored as the benchmark says

  @no-mute-rules
  Scenario: the alarm is muted every night
    Given the alarm is muted on "cron(0 23 * * *)" for "PT2H"
    When the account is audited
    Then network gateway changes are reported as "pass"
    And the advisory "alarm-muted-at-times" is given

  @no-mute-rules
  Scenario: two rules overlap
    Given the alarm is muted on "cron(0 18 * * MON-FRI)" for "PT14H"
    And the alarm is muted on "cron(0 18 * * FRI)" for "P2DT14H"
    When the account is audited
    Then network gateway changes are reported as "pass"
    And the advisory "alarm-muted-at-times" is given

  @no-mute-rules
  Scenario: rules go by several clocks
    Given the alarm is muted on "cron(0 23 * * *)" for "PT2H"
    And the alarm is muted on "cron(0 23 * * *)" for "PT2H"
    And the mute rule goes by the clock of "Europe/London"
    When the account is audited
    Then network gateway changes are reported as "pass"
    And the advisory "alarm-muted-at-times" is given

  @no-mute-rules
  Scenario: rules by several clocks might leave no time
    Given the alarm is muted on "cron(0 12 * * *)" for "PT12H"
    And the alarm is muted on "cron(0 0 * * *)" for "PT12H"
    And the mute rule goes by the clock of "Europe/London"
    When the account is audited
    Then network gateway changes are reported as "undetermined" because of "alarm-mute-not-judged"

  @no-mute-rules
  Scenario: the alarm is muted at all times
    Given the alarm is muted on "cron(0 0 * * *)" for "PT24H"
    When the account is audited
    Then network gateway changes are reported as "fail" because of "alarm-muted"

  @no-mute-rules
  Scenario: two rules together mute the alarm at all times
    Given the alarm is muted on "cron(0 8 * * *)" for "PT12H"
    And the alarm is muted on "cron(0 20 * * *)" for "PT12H"
    When the account is audited
    Then network gateway changes are reported as "fail" because of "alarm-muted"

  @no-mute-rules
  Scenario: the rule that mutes at all times is over
    Given the alarm is muted on "cron(0 0 * * *)" for "PT24H"
    And the mute rule expires at "2026-11-20T09:00:00Z"
    When the account is audited
    Then network gateway changes are reported as "pass"
    And no advisory is given

  @no-mute-rules
  Scenario: the rule that mutes at all times ends some day
    Given the alarm is muted on "cron(0 0 * * *)" for "PT24H"
    And the mute rule expires at "2026-12-24T00:00:00Z"
    When the account is audited
    Then network gateway changes are reported as "fail" because of "alarm-muted"

  @no-mute-rules
  Scenario: the rule that mutes at all times is to come
    Given the alarm is muted on "cron(0 0 * * *)" for "PT24H"
    And the mute rule starts at "2026-12-24T00:00:00Z"
    When the account is audited
    Then network gateway changes are reported as "pass"
    And the advisory "alarm-muted-at-times" is given

  @no-mute-rules
  Scenario: the alarm will be muted once
    Given the alarm is muted on "at(2026-12-24T18:00)" for "P3D"
    When the account is audited
    Then network gateway changes are reported as "pass"
    And the advisory "alarm-muted-at-times" is given

  @no-mute-rules
  Scenario: the alarm was muted once
    Given the alarm is muted on "at(2026-11-19T18:00)" for "PT4H"
    When the account is audited
    Then network gateway changes are reported as "pass"
    And no advisory is given

  @no-mute-rules
  Scenario: another alarm is muted
    Given the alarm is muted on "cron(0 0 * * *)" for "PT24H"
    And the mute rule is for alarm "root-usage"
    When the account is audited
    Then network gateway changes are reported as "pass"
    And no advisory is given

  @no-mute-rules
  Scenario: the mute rule is not understood
    Given the alarm is muted on "cron(*/5 * * * *)" for "PT5M"
    When the account is audited
    Then network gateway changes are reported as "undetermined" because of "alarm-mute-not-judged"

  @nothing-is-refused
  Scenario: mute rules may not be seen
    Given the alarm is muted on "cron(0 0 * * *)" for "PT24H"
    And the auditor may not call "cloudwatch:GetAlarmMuteRule"
    When the account is audited
    Then network gateway changes are reported as "pass"
    And the advisory "not-checked" is given

  @no-mute-rules
  Scenario: the alarm that a composite alarm looks at is muted
    Given the alarm is muted on "cron(0 0 * * *)" for "PT24H"
    And a composite alarm notifies in the alarm's place
    When the account is audited
    Then network gateway changes are reported as "pass"
    And no advisory is given

  @no-mute-rules
  Scenario: the composite alarm is muted
    Given the alarm is muted on "cron(0 0 * * *)" for "PT24H"
    And a composite alarm notifies in the alarm's place
    And the mute rule is for alarm "network-gateway-changes-composite"
    When the account is audited
    Then network gateway changes are reported as "fail" because of "alarm-muted"
