Feature: A topic tells a confirmed subscriber

  Background:
    Given an account where network gateway changes are monitored as the benchmark says

  Scenario: the topic is gone
    Given the topic is gone
    When the account is audited
    Then network gateway changes are reported as "fail" because of "topic-missing"

  Scenario: there is no subscription
    Given there is no subscription
    When the account is audited
    Then network gateway changes are reported as "fail" because of "no-subscription"

  Scenario: the only subscription is pending
    Given the subscription is pending
    When the account is audited
    Then network gateway changes are reported as "fail" because of "subscription-pending"

  @deleted-subscriptions-are-gone
  Scenario: the only subscription is deleted
    Given the subscription is deleted
    When the account is audited
    Then network gateway changes are reported as "fail" because of "no-subscription"

  Scenario: a second subscription is confirmed
    Given the subscription is pending
    And a second subscription
    When the account is audited
    Then network gateway changes are reported as "pass"

  @deleted-subscriptions-are-gone
  Scenario: one subscription is deleted and the other is pending
    Given the subscription is deleted
    And a second subscription
    And the subscription is pending
    When the account is audited
    Then network gateway changes are reported as "fail" because of "subscription-pending"

  Scenario: the subscription is listed with an ARN but pending
    Given the subscription's attributes say that it is pending
    When the account is audited
    Then network gateway changes are reported as "fail" because of "subscription-pending"

  @nothing-is-refused
  Scenario: the subscription's attributes may not be seen
    Given the subscription's attributes say that it is pending
    And the auditor may not call "sns:GetSubscriptionAttributes"
    When the account is audited
    Then network gateway changes are reported as "pass"
    And the advisory "not-checked" is given

  Scenario: the subscription asks for a message attribute
    Given the subscription takes only messages with "{'severity': ['high']}"
    When the account is audited
    Then network gateway changes are reported as "fail" because of "subscription-filtered"

  Scenario: the subscription asks for the lack of a message attribute
    Given the subscription takes only messages with "{'severity': [{'exists': false}]}"
    When the account is audited
    Then network gateway changes are reported as "undetermined" because of "subscription-filter-not-judged"

  Scenario: the subscription asks for messages of alarms
    Given the subscription takes only messages whose body has "{'NewStateValue': ['ALARM'], 'Trigger': {'Namespace': ['CISBenchmark']}}"
    When the account is audited
    Then network gateway changes are reported as "pass"
    And no advisory is given

  Scenario: the subscription asks for messages of recoveries
    Given the subscription takes only messages whose body has "{'NewStateValue': ['OK']}"
    When the account is audited
    Then network gateway changes are reported as "fail" because of "subscription-filtered"

  @no-wildcards
  Scenario: the subscription asks for alarms whose name has a form
    Given the subscription takes only messages whose body has "{'AlarmName': [{'wildcard': 'network*changes'}]}"
    When the account is audited
    Then network gateway changes are reported as "pass"
    And no advisory is given

  Scenario: the subscription asks for a member of an event, which no alarm's message has
    Given the subscription takes only messages whose body has "{'detail': {'state': {'value': ['ALARM']}}}"
    When the account is audited
    Then network gateway changes are reported as "fail" because of "subscription-filtered"

  Scenario: the subscription asks for a text whose spelling AWS does not document
    Given the subscription takes only messages whose body has "{'Region': ['US East (N. Virginia)']}"
    When the account is audited
    Then network gateway changes are reported as "undetermined" because of "subscription-filter-not-judged"

  @states-are-its-own
  Scenario: the subscription asks for what the moment decides
    Given the subscription takes only messages whose body has "{'OldStateValue': ['OK']}"
    When the account is audited
    Then network gateway changes are reported as "undetermined" because of "subscription-filter-not-judged"

  Scenario: a second subscription takes what the first drops
    Given the subscription takes only messages with "{'severity': ['high']}"
    And a second subscription
    When the account is audited
    Then network gateway changes are reported as "pass"
    And no advisory is given
