Feature: Failed console sign-ins are monitored
  Guessed passwords leave failed sign-ins behind. Somebody has to hear of the first one.

  Scenario: everything is as the benchmark says
    Given an account where console auth failures are monitored as the benchmark says
    When the account is audited
    Then console auth failures are reported as "pass"
    And no advisory is given

  Scenario Outline: everything is as CIS <version> says
    Given an account where console auth failures are monitored as the remediation of CIS "<version>" says
    When the account is audited for CIS "<version>"
    Then console auth failures are reported as "pass"

    Examples:
      | version |
      | 1.2.0   |
      | 1.4.0   |
      | 3.0.0   |
      | 6.0.0   |

  Scenario: the filter watches sign-ins that succeed
    Given an account where console auth failures are monitored as the benchmark says
    And the filter has the pattern
      """
      { ($.eventName = ConsoleLogin) && ($.responseElements.ConsoleLogin = Success) }
      """
    When the account is audited
    Then console auth failures are reported as "fail" because of "filter-does-not-cover"
    And the event's "errorMessage" is "Failed authentication"

  Scenario: the filter looks for another message
    Given an account where console auth failures are monitored as the benchmark says
    And the filter has the pattern
      """
      { ($.eventName = ConsoleLogin) && ($.errorMessage = "No username found in supplied account") }
      """
    When the account is audited
    Then console auth failures are reported as "fail" because of "filter-does-not-cover"
    And the event's "errorMessage" is "Failed authentication"

  Scenario: the filter has the message in small letters
    Given an account where console auth failures are monitored as the benchmark says
    And the filter has the pattern
      """
      { ($.eventName = ConsoleLogin) && ($.errorMessage = "failed authentication") }
      """
    When the account is audited
    Then console auth failures are reported as "fail" because of "filter-does-not-cover"

  Scenario: the filter watches one region only
    Given an account where console auth failures are monitored as the benchmark says
    And the filter also requires "awsRegion" to be "us-east-1"
    When the account is audited
    Then console auth failures are reported as "fail" because of "filter-does-not-cover"
    And the event's "awsRegion" is not "us-east-1"

  Scenario: the filter watches failures without MFA only
    Given an account where console auth failures are monitored as the benchmark says
    And the filter also requires "additionalEventData.MFAUsed" to be "No"
    When the account is audited
    Then console auth failures are reported as "fail" because of "filter-does-not-cover"
    And the event's "additionalEventData.MFAUsed" is not "No"

  Scenario: the alarm waits for a series
    Given an account where console auth failures are monitored as the benchmark says
    And the alarm's threshold is 5
    When the account is audited
    Then console auth failures are reported as "fail" because of "alarm-needs-burst"

  Scenario: the filter requires what is true of every sign-in
    Given an account where console auth failures are monitored as the benchmark says
    And the filter also requires "eventType" to be "AwsConsoleSignIn"
    When the account is audited
    Then console auth failures are reported as "pass"

  Scenario: the filter notices every sign-in
    Given an account where console auth failures are monitored as the benchmark says
    And the filter has the pattern
      """
      { $.eventName = ConsoleLogin }
      """
    When the account is audited
    Then console auth failures are reported as "pass"
    And the advisory "filter-broader" is given

  Scenario Outline: the filter does not look at <field>
    Given an account where console auth failures are monitored as the benchmark says
    And the filter has the pattern
      """
      <pattern>
      """
    When the account is audited
    Then console auth failures are reported as "pass"
    And the advisory "filter-broader" is given

    Examples:
      | field     | pattern                                      |
      | eventName | { $.errorMessage = "Failed authentication" } |
