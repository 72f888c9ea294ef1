Feature: CloudTrail configuration changes are monitored
  Whoever stops the trail deafens all other alarms. Somebody has to hear of each of these five calls, and of the first
  one.

  Scenario: everything is as the benchmark says
    Given an account where CloudTrail config changes are monitored as the benchmark says
    When the account is audited
    Then CloudTrail config changes are reported as "pass"
    And no advisory is given

  Scenario Outline: everything is as CIS <version> says
    Given an account where CloudTrail config changes are monitored as the remediation of CIS "<version>" says
    When the account is audited for CIS "<version>"
    Then CloudTrail config changes are reported as "pass"

    Examples:
      | version |
      | 1.2.0   |
      | 1.5.0   |
      | 3.0.0   |
      | 6.0.0   |

  Scenario Outline: the filter omits <event>
    Given an account where CloudTrail config changes are monitored as the benchmark says
    And the filter omits "<event>"
    When the account is audited
    Then CloudTrail config changes are reported as "fail" because of "filter-does-not-cover"
    And nobody would hear of "<event>"

    Examples:
      | event        |
      | CreateTrail  |
      | UpdateTrail  |
      | DeleteTrail  |
      | StartLogging |
      | StopLogging  |

  Scenario: the alarm waits for a second event
    Given an account where CloudTrail config changes are monitored as the benchmark says
    And the alarm's threshold is 2
    When the account is audited
    Then CloudTrail config changes are reported as "fail" because of "alarm-needs-burst"

  Scenario: the filter watches one region only
    Given an account where CloudTrail config changes are monitored as the benchmark says
    And the filter also requires "awsRegion" to be "us-east-1"
    When the account is audited
    Then CloudTrail config changes are reported as "fail" because of "filter-does-not-cover"
    And the event's "awsRegion" is not "us-east-1"

  Scenario: the filter requires what is true of every such event
    Given an account where CloudTrail config changes are monitored as the benchmark says
    And the filter also requires "eventSource" to be "cloudtrail.amazonaws.com"
    When the account is audited
    Then CloudTrail config changes are reported as "pass"

  Scenario: the trail leaves out its own events
    Given an account where CloudTrail config changes are monitored as the benchmark says
    And the trail has an advanced selector for management events
    And the advanced selector leaves out events whose "eventSource" is "cloudtrail.amazonaws.com"
    When the account is audited
    Then CloudTrail config changes are reported as "fail" because of "trail-drops-events"

  Scenario: the filter notices event selectors, too
    Given an account where CloudTrail config changes are monitored as the benchmark says
    And the filter has the pattern
      """
      { ($.eventName = "*Trail") || ($.eventName = "*Logging") || ($.eventName = PutEventSelectors) }
      """
    When the account is audited
    Then CloudTrail config changes are reported as "pass"
    And the advisory "filter-broader" is given
