Feature: A metric filter turns the events into a metric

  Background:
    Given an account where network gateway changes are monitored as the benchmark says

  Scenario: there is no filter
    Given there is no filter
    When the account is audited
    Then network gateway changes are reported as "fail" because of "no-filter"

  Scenario: the filter is on another log group
    Given the filter is on log group "application"
    When the account is audited
    Then network gateway changes are reported as "fail" because of "no-filter"

  Scenario: the filter has nothing to do with the events
    Given the filter has the pattern
      """
      { $.eventName = ConsoleLogin }
      """
    When the account is audited
    Then network gateway changes are reported as "fail" because of "no-filter"

  Scenario: the filter matches every event
    Given the filter has the pattern
      """
      """
    When the account is audited
    Then network gateway changes are reported as "pass"
    And the advisory "filter-broader" is given

  Scenario: the filter has a pattern that AWS would reject
    Given the filter has the pattern
      """
      { ($.eventName = CreateCustomerGateway) || }
      """
    When the account is audited
    Then network gateway changes are reported as "fail" because of "filter-pattern-invalid"
    And the advisory "filter-pattern-invalid" is given

  Scenario: the filter sees transformed events
    Given the filter sees transformed events
    When the account is audited
    Then network gateway changes are reported as "undetermined" because of "filter-on-transformed-logs"

  Scenario: the filter has a field selection
    Given the filter sees only events with "@aws.region = 'us-east-1'"
    When the account is audited
    Then network gateway changes are reported as "undetermined" because of "filter-field-selection-not-judged"

  Scenario: the filter publishes to another namespace
    Given the filter publishes to namespace "LogMetrics"
    When the account is audited
    Then network gateway changes are reported as "fail" because of "no-alarm"

  Scenario: the filter publishes another metric
    Given the filter publishes metric "gateways"
    When the account is audited
    Then network gateway changes are reported as "fail" because of "no-alarm"

  Scenario: the filter publishes nothing that counts
    Given the filter publishes "0" for each event
    When the account is audited
    Then network gateway changes are reported as "fail" because of "alarm-never-fires"

  Scenario: the filter publishes a dimension that the alarm does not watch
    Given the filter publishes dimension "Event" from "$.eventName"
    When the account is audited
    Then network gateway changes are reported as "fail" because of "alarm-dimensions-differ"
