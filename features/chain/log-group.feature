Feature: The trail delivers to a log group of the account

  Background:
    Given an account where network gateway changes are monitored as the benchmark says

  Scenario: the trail has no log group
    Given the trail has no log group
    When the account is audited
    Then network gateway changes are reported as "fail" because of "trail-without-log-group"

  Scenario: the log group is in another account
    Given the trail delivers to a log group in account "444455556666"
    When the account is audited
    Then network gateway changes are reported as "undetermined" because of "log-group-in-another-account"

  @log-groups-always-exist
  Scenario: the log group is gone
    Given the log group is gone
    When the account is audited
    Then network gateway changes are reported as "fail" because of "log-group-missing"

  Scenario: the log group is in a region without filters
    Given the trail delivers to a log group in region "eu-west-1"
    When the account is audited
    Then network gateway changes are reported as "fail" because of "no-filter"
