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

  Scenario: the only subscription is deleted
    Given the subscription is deleted
    When the account is audited
    Then network gateway changes are reported as "fail" because of "no-subscription"

  Scenario: a second subscription is confirmed
    Given the subscription is pending
    And a second subscription
    When the account is audited
    Then network gateway changes are reported as "pass"

  Scenario: one subscription is deleted and the other is pending
    Given the subscription is deleted
    And a second subscription
    And the subscription is pending
    When the account is audited
    Then network gateway changes are reported as "fail" because of "subscription-pending"
