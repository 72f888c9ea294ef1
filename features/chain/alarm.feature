Feature: An alarm goes off for a single event, every time

  Background:
    Given an account where network gateway changes are monitored as the benchmark says

  Scenario: there is no alarm
    Given there is no alarm
    When the account is audited
    Then network gateway changes are reported as "fail" because of "no-alarm"

  Scenario: the alarm is in another region
    Given the alarm is in region "eu-west-1"
    When the account is audited
    Then network gateway changes are reported as "fail" because of "no-alarm"

  Scenario: the alarm watches another namespace
    Given the alarm watches namespace "LogMetrics"
    When the account is audited
    Then network gateway changes are reported as "fail" because of "no-alarm"

  Scenario: the alarm watches another metric
    Given the alarm watches metric "gateways"
    When the account is audited
    Then network gateway changes are reported as "fail" because of "no-alarm"

  Scenario: the alarm watches a dimension that the filter does not publish
    Given the alarm watches dimension "Event" with value "DetachInternetGateway"
    When the account is audited
    Then network gateway changes are reported as "fail" because of "alarm-dimensions-differ"

  Scenario: the alarm's actions are disabled
    Given the alarm's actions are disabled
    When the account is audited
    Then network gateway changes are reported as "fail" because of "alarm-actions-disabled"

  Scenario: the alarm has no actions
    Given the alarm has no actions
    When the account is audited
    Then network gateway changes are reported as "fail" because of "alarm-without-topic"

  Scenario: the alarm has OK actions only
    Given the alarm has OK actions only
    When the account is audited
    Then network gateway changes are reported as "fail" because of "alarm-without-topic"

  Scenario: the alarm also runs a function
    Given the alarm runs "arn:aws:lambda:us-east-1:111122223333:function:page"
    When the account is audited
    Then network gateway changes are reported as "pass"
    And the advisory "other-actions" is given

  Scenario: a composite alarm notifies in the alarm's place
    Given a composite alarm notifies in the alarm's place
    When the account is audited
    Then network gateway changes are reported as "undetermined" because of "composite-alarm-not-judged"

  Scenario: the threshold needs a burst of events
    Given the alarm's threshold is 10
    When the account is audited
    Then network gateway changes are reported as "fail" because of "alarm-needs-burst"

  Scenario: the threshold is out of reach
    Given the alarm's threshold is 1000000000
    When the account is audited
    Then network gateway changes are reported as "fail" because of "alarm-never-fires"

  Scenario: one event is not more than the threshold
    Given the alarm compares with "GreaterThanThreshold"
    When the account is audited
    Then network gateway changes are reported as "fail" because of "alarm-needs-burst"

  Scenario: the alarm waits for fewer events
    Given the alarm compares with "LessThanThreshold"
    When the account is audited
    Then network gateway changes are reported as "fail" because of "alarm-never-fires"

  Scenario: an average is diluted by other events
    Given the alarm's statistic is "Average"
    And the filter publishes 0 for any other event
    When the account is audited
    Then network gateway changes are reported as "fail" because of "alarm-never-fires"

  Scenario: a sum is not diluted by other events
    Given the filter publishes 0 for any other event
    When the account is audited
    Then network gateway changes are reported as "pass"

  Scenario: the alarm stays on
    Given the alarm treats missing data as "ignore"
    When the account is audited
    Then network gateway changes are reported as "fail" because of "alarm-fires-once"

  Scenario: the alarm is on while nothing happens
    Given the alarm treats missing data as "breaching"
    When the account is audited
    Then network gateway changes are reported as "fail" because of "alarm-fires-once"

  Scenario: the alarm needs two periods
    Given the alarm needs 2 of 2 periods
    And the alarm treats missing data as "notBreaching"
    When the account is audited
    Then network gateway changes are reported as "fail" because of "alarm-needs-burst"
