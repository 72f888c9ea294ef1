Feature: Console sign-ins without MFA are monitored
  A password alone has opened the console. Since 1.3.0 it is enough to watch the successful sign-ins of IAM users, for
  those who come through an identity provider have given their second factor there.

  Scenario: everything is as the benchmark says
    Given an account where console signin without MFA is monitored as the benchmark says
    When the account is audited
    Then console signin without MFA is reported as "pass"
    And no advisory is given

  Scenario Outline: everything is as CIS <version> says
    Given an account where console signin without MFA is monitored as the remediation of CIS "<version>" says
    When the account is audited for CIS "<version>"
    Then console signin without MFA is reported as "pass"

    Examples:
      | version |
      | 1.2.0   |
      | 1.3.0   |
      | 3.0.0   |
      | 6.0.0   |

  Scenario: the filter watches IAM users only, which 1.2.0 did not accept
    Given an account where console signin without MFA is monitored as the remediation of CIS "1.3.0" says
    When the account is audited for CIS "1.2.0"
    Then console signin without MFA is reported as "fail" because of "filter-does-not-cover"
    And the event's "eventName" is "ConsoleLogin"

  Scenario: the filter asks for MFA that was not used, in other words
    Given an account where console signin without MFA is monitored as the benchmark says
    And the filter has the pattern
      """
      { ($.eventName = ConsoleLogin) && ($.additionalEventData.MFAUsed = No) }
      """
    When the account is audited
    Then console signin without MFA is reported as "pass"
    And the advisory "filter-text-differs" is given

  Scenario: the filter watches sign-ins with MFA
    Given an account where console signin without MFA is monitored as the benchmark says
    And the filter has the pattern
      """
      { ($.eventName = ConsoleLogin) && ($.additionalEventData.MFAUsed = Yes) }
      """
    When the account is audited
    Then console signin without MFA is reported as "fail" because of "filter-does-not-cover"

  Scenario: the filter watches the sign-ins of the root user only
    Given an account where console signin without MFA is monitored as the benchmark says
    And the filter has the pattern
      """
      { ($.eventName = ConsoleLogin) && ($.additionalEventData.MFAUsed != Yes) && ($.userIdentity.type = Root) }
      """
    When the account is audited
    Then console signin without MFA is reported as "fail" because of "filter-does-not-cover"
    And the event's "userIdentity.type" is "IAMUser"

  Scenario: the filter watches failures only
    Given an account where console signin without MFA is monitored as the benchmark says
    And the filter has the pattern
      """
      { ($.eventName = ConsoleLogin) && ($.additionalEventData.MFAUsed != Yes) && ($.responseElements.ConsoleLogin = Failure) }
      """
    When the account is audited
    Then console signin without MFA is reported as "fail" because of "filter-does-not-cover"
    And the event's "responseElements.ConsoleLogin" is "Success"

  Scenario: the filter takes MFAUsed for a boolean
    Given an account where console signin without MFA is monitored as the benchmark says
    And the filter has the pattern
      """
      { ($.eventName = ConsoleLogin) && ($.additionalEventData.MFAUsed IS FALSE) }
      """
    When the account is audited
    Then console signin without MFA is reported as "fail" because of "filter-does-not-cover"

  Scenario: the filter watches one region only
    Given an account where console signin without MFA is monitored as the benchmark says
    And the filter also requires "awsRegion" to be "us-east-1"
    When the account is audited
    Then console signin without MFA is reported as "fail" because of "filter-does-not-cover"
    And the event's "awsRegion" is not "us-east-1"

  Scenario: the filter requires what is true of every sign-in
    Given an account where console signin without MFA is monitored as the benchmark says
    And the filter also requires "eventSource" to be "signin.amazonaws.com"
    When the account is audited
    Then console signin without MFA is reported as "pass"

  Scenario: the filter notices every sign-in
    Given an account where console signin without MFA is monitored as the benchmark says
    And the filter has the pattern
      """
      { $.eventName = ConsoleLogin }
      """
    When the account is audited
    Then console signin without MFA is reported as "pass"
    And the advisory "filter-broader" is given

  Scenario Outline: the filter does not look at <field>
    Given an account where console signin without MFA is monitored as the benchmark says
    And the filter has the pattern
      """
      <pattern>
      """
    When the account is audited
    Then console signin without MFA is reported as "pass"
    And the advisory "filter-broader" is given

    Examples:
      | field     | pattern                                    |
      | eventName | { $.additionalEventData.MFAUsed != "Yes" } |
