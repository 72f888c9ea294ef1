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

  Scenario: the composite alarm stands for all alarms of an account
    Given the composite alarm's rule is "ALARM(network-gateway-changes) OR ALARM(a1) OR ALARM(a2) OR ALARM(a3) OR ALARM(a4) OR ALARM(a5) OR ALARM(a6) OR ALARM(a7) OR ALARM(a8) OR ALARM(a9)"
    When the account is audited
    Then network gateway changes are reported as "pass"

  Scenario: the composite alarm needs one of many alarms
    Given the composite alarm's rule is "AT_LEAST(1, ALARM, (network-gateway-changes, a1, a2, a3, a4, a5, a6, a7, a8))"
    When the account is audited
    Then network gateway changes are reported as "pass"

  Scenario: the composite alarm needs three of four alarms
    Given the composite alarm's rule is "AT_LEAST(3, ALARM, (network-gateway-changes, root-usage, iam-changes, vpc-changes))"
    When the account is audited
    Then network gateway changes are reported as "fail" because of "composite-needs-another-alarm"

  Scenario: the composite alarm does not care how another alarm rests
    Given the composite alarm's rule is "ALARM(network-gateway-changes) AND (OK(root-usage) OR INSUFFICIENT_DATA(root-usage))"
    When the account is audited
    Then network gateway changes are reported as "pass"

  @states-are-its-own
  Scenario: an alarm below has kept the composite alarm in ALARM for months
    Given the composite alarm's rule is "ALARM(network-gateway-changes) OR ALARM(root-usage)"
    And alarm "root-usage" has been in ALARM since "2026-03-04T10:38:20Z"
    When the account is audited
    Then network gateway changes are reported as "undetermined" because of "alarm-in-alarm"

  @states-are-its-own
  Scenario: an alarm that has been in ALARM for months does not keep the composite alarm there
    Given the composite alarm's rule is "ALARM(network-gateway-changes) OR (ALARM(root-usage) AND ALARM(iam-changes))"
    And alarm "root-usage" has been in ALARM since "2026-03-04T10:38:20Z"
    When the account is audited
    Then network gateway changes are reported as "pass"

  @states-are-its-own
  Scenario: the alarm that the composite alarm needs is in ALARM now
    Given the composite alarm's rule is "ALARM(network-gateway-changes) AND ALARM(root-usage)"
    And alarm "root-usage" is in ALARM
    When the account is audited
    Then network gateway changes are reported as "undetermined" because of "composite-alarm-not-judged"

  @states-are-its-own
  Scenario: maintenance has suppressed the composite alarm for months
    Given alarm "maintenance" suppresses the composite alarm's actions
    And alarm "maintenance" has been in ALARM since "2026-03-04T10:38:20Z"
    When the account is audited
    Then network gateway changes are reported as "undetermined" because of "alarm-in-alarm"

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
    Then network gateway changes are reported as "fail" because of "subscription-filtered"

  @states-are-its-own
  Scenario: maintenance suppresses the composite alarm now
    Given alarm "maintenance" suppresses the composite alarm's actions
    And alarm "maintenance" is in ALARM
    When the account is audited
    Then network gateway changes are reported as "undetermined" because of "composite-alarm-not-judged"
