Feature: A trail carries all management events of all regions
  A trail counts only as the benchmark says: multi-region, logging, with all management events.

  Background:
    Given an account where network gateway changes are monitored as the benchmark says

  Scenario: there is no trail
    Given there is no trail
    When the account is audited
    Then network gateway changes are reported as "fail" because of "no-trail"

  Scenario: the trail is stopped
    Given the trail is stopped
    When the account is audited
    Then network gateway changes are reported as "fail" because of "trail-not-logging"

  @deliveries-never-fail
  Scenario: a delivery of the trail failed
    Given a delivery of the trail to its log group failed with "ACCESS_DENIED"
    When the account is audited
    Then network gateway changes are reported as "undetermined" because of "trail-delivery-failed"

  Scenario: the trail records one region only
    Given the trail records one region only
    When the account is audited
    Then network gateway changes are reported as "fail" because of "trail-not-multi-region"

  Scenario: the trail is stopped and records one region only
    Given the trail is stopped
    And the trail records one region only
    When the account is audited
    Then network gateway changes are reported as "fail" because of "trail-not-logging, trail-not-multi-region"

  Scenario: a second trail works where the first is stopped
    Given the trail is stopped
    And a second trail
    When the account is audited
    Then network gateway changes are reported as "pass"

  Scenario: the trail is managed in another region
    Given the trail is managed in region "eu-west-1"
    When the account is audited
    Then network gateway changes are reported as "pass"

  Scenario: the trail has no event selectors
    Given the trail has no event selectors
    When the account is audited
    Then network gateway changes are reported as "pass"

  Scenario: the trail records no management events
    Given the trail records no management events
    When the account is audited
    Then network gateway changes are reported as "fail" because of "trail-lacks-management-events"

  Scenario: the trail records read-only events only
    Given the trail records read-only events only
    When the account is audited
    Then network gateway changes are reported as "fail" because of "trail-lacks-management-events"

  Scenario: the trail records write-only events only, of which all required ones are
    Given the trail records write-only events only
    When the account is audited
    Then network gateway changes are reported as "pass"
    And only the advisory "not-to-the-letter" is given

  Scenario: the trail excludes a source that has none of the events
    Given the trail excludes events from "kms.amazonaws.com"
    When the account is audited
    Then network gateway changes are reported as "pass"

  Scenario: advanced selectors record all management events
    Given the trail has an advanced selector for management events
    When the account is audited
    Then network gateway changes are reported as "pass"

  Scenario: advanced selectors take only events that read
    Given the trail has an advanced selector for management events
    And the advanced selector takes only events whose "readOnly" is "true"
    When the account is audited
    Then network gateway changes are reported as "fail" because of "trail-lacks-management-events"

  Scenario: advanced selectors take only events that write, of which all required ones are
    Given the trail has an advanced selector for management events
    And the advanced selector takes only events whose "readOnly" is "false"
    When the account is audited
    Then network gateway changes are reported as "pass"
    And only the advisory "not-to-the-letter" is given

  Scenario: advanced selectors leave out a source that has none of the events
    Given the trail has an advanced selector for management events
    And the advanced selector leaves out events whose "eventSource" is "kms.amazonaws.com"
    When the account is audited
    Then network gateway changes are reported as "pass"

  Scenario: advanced selectors leave out the source of the events
    Given the trail has an advanced selector for management events
    And the advanced selector leaves out events whose "eventSource" is "ec2.amazonaws.com"
    When the account is audited
    Then network gateway changes are reported as "fail" because of "trail-drops-events"

  Scenario: advanced selectors leave out one of the events
    Given the trail has an advanced selector for management events
    And the advanced selector leaves out events whose "eventName" is "DetachInternetGateway"
    When the account is audited
    Then network gateway changes are reported as "fail" because of "trail-drops-events"
    And nobody would hear of "DetachInternetGateway"
