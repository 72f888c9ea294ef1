Feature: A composite alarm notifies in an alarm's place

  Background:
    Given an account where network gateway changes are monitored as the benchmark says
    And a composite alarm notifies in the alarm's place

  Scenario: the composite alarm follows the alarm
    When the account is audited
    Then network gateway changes are reported as "pass"

  Scenario: one of two alarms is enough
    Given the composite alarm's rule is "ALARM(network-gateway-changes) OR ALARM(root-usage)"
    When the account is audited
    Then network gateway changes are reported as "pass"

  Scenario: the composite alarm needs a second alarm
    Given the composite alarm's rule is "ALARM(network-gateway-changes) AND ALARM(root-usage)"
    When the account is audited
    Then network gateway changes are reported as "fail" because of "composite-needs-another-alarm"

  Scenario: the composite alarm needs two of three alarms
    Given the composite alarm's rule is "AT_LEAST(2, ALARM, (network-gateway-changes, root-usage, iam-changes))"
    When the account is audited
    Then network gateway changes are reported as "fail" because of "composite-needs-another-alarm"

  Scenario: the composite alarm is silent during maintenance
    Given the composite alarm's rule is "ALARM(network-gateway-changes) AND NOT ALARM(maintenance)"
    When the account is audited
    Then network gateway changes are reported as "pass"

  Scenario: the composite alarm depends on how another alarm is
    Given the composite alarm's rule is "ALARM(network-gateway-changes) AND OK(root-usage)"
    When the account is audited
    Then network gateway changes are reported as "undetermined" because of "composite-alarm-not-judged"

  Scenario: the composite alarm is on while nothing happens
    Given the composite alarm's rule is "NOT ALARM(network-gateway-changes)"
    When the account is audited
    Then network gateway changes are reported as "fail" because of "alarm-fires-once"

  Scenario: the composite alarm cannot go off
    Given the composite alarm's rule is "ALARM(network-gateway-changes) AND FALSE"
    When the account is audited
    Then network gateway changes are reported as "fail" because of "alarm-never-fires"

  Scenario: AND and OR meet without parentheses
    Given the composite alarm's rule is "ALARM(network-gateway-changes) OR ALARM(root-usage) AND ALARM(iam-changes)"
    When the account is audited
    Then network gateway changes are reported as "undetermined" because of "composite-alarm-not-judged"

  Scenario: the composite alarm looks at itself
    Given the composite alarm's rule is "ALARM(network-gateway-changes) AND NOT ALARM(network-gateway-changes-composite)"
    When the account is audited
    Then network gateway changes are reported as "fail" because of "composite-cycle"

  Scenario: another alarm suppresses the composite alarm
    Given alarm "maintenance" suppresses the composite alarm's actions
    When the account is audited
    Then network gateway changes are reported as "pass"

  Scenario: the alarm suppresses what it causes
    Given alarm "network-gateway-changes" suppresses the composite alarm's actions
    When the account is audited
    Then network gateway changes are reported as "fail" because of "composite-suppressed"

  Scenario: the composite alarm follows another alarm
    Given the composite alarm's rule is "ALARM(root-usage)"
    When the account is audited
    Then network gateway changes are reported as "fail" because of "alarm-without-topic"

  Scenario: the topic lets only the composite alarm publish
    Given the topic lets "cloudwatch.amazonaws.com" publish if "aws:SourceArn" is "arn:aws:cloudwatch:us-east-1:111122223333:alarm:network-gateway-changes-composite"
    When the account is audited
    Then network gateway changes are reported as "pass"
    And no advisory is given

  Scenario: the topic lets only the alarm below publish
    Given the topic lets "cloudwatch.amazonaws.com" publish if "aws:SourceArn" is "arn:aws:cloudwatch:us-east-1:111122223333:alarm:network-gateway-changes"
    When the account is audited
    Then network gateway changes are reported as "fail" because of "topic-not-publishable"

  Scenario: the subscription asks for messages of the composite alarm
    Given the subscription takes only messages whose body has "{'AlarmName': ['network-gateway-changes-composite']}"
    When the account is audited
    Then network gateway changes are reported as "pass"
    And no advisory is given

  Scenario: the subscription asks for messages of the alarm below
    Given the subscription takes only messages whose body has "{'AlarmName': ['network-gateway-changes']}"
    When the account is audited
    Then network gateway changes are reported as "fail" because of "subscription-filtered"

  Scenario: the subscription asks for a metric, which a composite alarm does not have
    Given the subscription takes only messages whose body has "{'Trigger': {'Namespace': ['CISBenchmark']}}"
    When the account is audited
    Then network gateway changes are reported as "undetermined" because of "subscription-filter-not-judged"

  @states-are-its-own
  Scenario: maintenance suppresses the composite alarm now
    Given alarm "maintenance" suppresses the composite alarm's actions
    And alarm "maintenance" is in ALARM
    When the account is audited
    Then network gateway changes are reported as "undetermined" because of "composite-alarm-not-judged"
