Feature: IAM policy changes are monitored
  One attached policy makes an administrator. Somebody has to hear of each of these sixteen calls.

  Scenario: everything is as the benchmark says
    Given an account where IAM policy changes are monitored as the benchmark says
    When the account is audited
    Then IAM policy changes are reported as "pass"
    And no advisory is given

  Scenario Outline: everything is as CIS <version> says
    Given an account where IAM policy changes are monitored as the remediation of CIS "<version>" says
    When the account is audited for CIS "<version>"
    Then IAM policy changes are reported as "pass"

    Examples:
      | version |
      | 1.2.0   |
      | 1.5.0   |
      | 3.0.0   |
      | 6.0.0   |

  Scenario Outline: the filter omits <event>
    Given an account where IAM policy changes are monitored as the benchmark says
    And the filter omits "<event>"
    When the account is audited
    Then IAM policy changes are reported as "fail" because of "filter-does-not-cover"
    And nobody would hear of "<event>"

    Examples:
      | event               |
      | DeleteGroupPolicy   |
      | DeleteRolePolicy    |
      | DeleteUserPolicy    |
      | PutGroupPolicy      |
      | PutRolePolicy       |
      | PutUserPolicy       |
      | CreatePolicy        |
      | DeletePolicy        |
      | CreatePolicyVersion |
      | DeletePolicyVersion |
      | AttachRolePolicy    |
      | DetachRolePolicy    |
      | AttachUserPolicy    |
      | DetachUserPolicy    |
      | AttachGroupPolicy   |
      | DetachGroupPolicy   |

  Scenario: the filter asks for IAM, as Security Hub documents it
    Given an account where IAM policy changes are monitored as the benchmark says
    And the filter also requires "eventSource" to be "iam.amazonaws.com"
    When the account is audited
    Then IAM policy changes are reported as "pass"
    And the advisory "namesake-not-watched" is given

  Scenario: the filter watches one region only
    Given an account where IAM policy changes are monitored as the benchmark says
    And the filter also requires "awsRegion" to be "eu-west-1"
    When the account is audited
    Then IAM policy changes are reported as "fail" because of "filter-does-not-cover"
    And the event's "awsRegion" is not "eu-west-1"

  Scenario: the filter watches IAM users only
    Given an account where IAM policy changes are monitored as the benchmark says
    And the filter also requires "userIdentity.type" to be "IAMUser"
    When the account is audited
    Then IAM policy changes are reported as "fail" because of "filter-does-not-cover"
    And the event's "userIdentity.type" is not "IAMUser"

  Scenario: the filter requires what is true of every API call
    Given an account where IAM policy changes are monitored as the benchmark says
    And the filter also requires "eventType" to be "AwsApiCall"
    When the account is audited
    Then IAM policy changes are reported as "pass"

  Scenario: the filter joins its conditions with && instead of ||
    Given an account where IAM policy changes are monitored as the benchmark says
    And the filter joins its conditions with "&&"
    When the account is audited
    Then IAM policy changes are reported as "fail" because of "filter-does-not-cover"

  Scenario: the filter notices every call on policies
    Given an account where IAM policy changes are monitored as the benchmark says
    And the filter has the pattern
      """
      { ($.eventName = "*Policy") || ($.eventName = "*PolicyVersion") }
      """
    When the account is audited
    Then IAM policy changes are reported as "pass"
    And the advisory "filter-broader" is given
