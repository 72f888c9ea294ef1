Feature: Disabling and deleting of customer keys is monitored
  Without its key, data is lost. There are days to object, for those who hear of it.

  Scenario: everything is as the benchmark says
    Given an account where CMK disable or delete is monitored as the benchmark says
    When the account is audited
    Then CMK disable or delete is reported as "pass"
    And no advisory is given

  Scenario Outline: everything is as CIS <version> says
    Given an account where CMK disable or delete is monitored as the remediation of CIS "<version>" says
    When the account is audited for CIS "<version>"
    Then CMK disable or delete is reported as "pass"

    Examples:
      | version |
      | 1.2.0   |
      | 1.5.0   |
      | 3.0.0   |
      | 6.0.0   |

  Scenario Outline: the filter omits <event>
    Given an account where CMK disable or delete is monitored as the benchmark says
    And the filter omits "<event>"
    When the account is audited
    Then CMK disable or delete is reported as "fail" because of "filter-does-not-cover"
    And nobody would hear of "<event>"

    Examples:
      | event               |
      | DisableKey          |
      | ScheduleKeyDeletion |

  Scenario: the trail excludes the events of KMS
    Given an account where CMK disable or delete is monitored as the benchmark says
    And the trail excludes events from "kms.amazonaws.com"
    When the account is audited
    Then CMK disable or delete is reported as "fail" because of "trail-drops-events"
    And the event's "eventSource" is "kms.amazonaws.com"

  Scenario: the filter watches one region only
    Given an account where CMK disable or delete is monitored as the benchmark says
    And the filter also requires "awsRegion" to be "us-east-1"
    When the account is audited
    Then CMK disable or delete is reported as "fail" because of "filter-does-not-cover"
    And the event's "awsRegion" is not "us-east-1"

  Scenario: the filter watches IAM users only
    Given an account where CMK disable or delete is monitored as the benchmark says
    And the filter also requires "userIdentity.type" to be "IAMUser"
    When the account is audited
    Then CMK disable or delete is reported as "fail" because of "filter-does-not-cover"
    And the event's "userIdentity.type" is not "IAMUser"

  Scenario: the filter names the service wrongly
    Given an account where CMK disable or delete is monitored as the benchmark says
    And the filter has the pattern
      """
      { ($.eventSource = kms) && (($.eventName = DisableKey) || ($.eventName = ScheduleKeyDeletion)) }
      """
    When the account is audited
    Then CMK disable or delete is reported as "fail" because of "filter-does-not-cover"

  Scenario: the filter leaves out the service, of which others have a call of that name
    Given an account where CMK disable or delete is monitored as the benchmark says
    And the filter has the pattern
      """
      { ($.eventName = DisableKey) || ($.eventName = ScheduleKeyDeletion) }
      """
    When the account is audited
    Then CMK disable or delete is reported as "pass"
    And the advisory "filter-broader" is given

  Scenario: without parentheses the service is asked of one event only
    Given an account where CMK disable or delete is monitored as the benchmark says
    And the filter has the pattern
      """
      { ($.eventSource = kms.amazonaws.com) && ($.eventName = DisableKey) || ($.eventName = ScheduleKeyDeletion) }
      """
    When the account is audited
    Then CMK disable or delete is reported as "pass"
    And the advisory "filter-text-differs" is given

  Scenario: the filter notices every call of KMS
    Given an account where CMK disable or delete is monitored as the benchmark says
    And the filter has the pattern
      """
      { $.eventSource = kms.amazonaws.com }
      """
    When the account is audited
    Then CMK disable or delete is reported as "pass"
    And the advisory "filter-broader" is given
