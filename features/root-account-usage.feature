Feature: Use of the root user is monitored
  Whatever the root user does by itself, on the console or by API, somebody has to hear of. What AWS services do in its
  name is left out.

  Scenario: everything is as the benchmark says
    Given an account where root account usage is monitored as the benchmark says
    When the account is audited
    Then root account usage is reported as "pass"
    And no advisory is given

  Scenario Outline: everything is as CIS <version> says
    Given an account where root account usage is monitored as the remediation of CIS "<version>" says
    When the account is audited for CIS "<version>"
    Then root account usage is reported as "pass"

    Examples:
      | version |
      | 1.2.0   |
      | 1.5.0   |
      | 4.0.0   |
      | 6.0.0   |

  Scenario: the filter watches sign-ins only
    Given an account where root account usage is monitored as the benchmark says
    And the filter has the pattern
      """
      { ($.userIdentity.type = Root) && ($.eventName = ConsoleLogin) }
      """
    When the account is audited
    Then root account usage is reported as "fail" because of "filter-does-not-cover"
    And the event's "userIdentity.type" is "Root"
    And the event's "eventName" is not "ConsoleLogin"

  Scenario: the filter watches the console only
    Given an account where root account usage is monitored as the benchmark says
    And the filter has the pattern
      """
      { ($.userIdentity.type = Root) && ($.eventType = AwsConsoleSignIn) }
      """
    When the account is audited
    Then root account usage is reported as "fail" because of "filter-does-not-cover"
    And the event's "eventType" is "AwsApiCall"

  Scenario: the filter looks for the name of the root user
    Given an account where root account usage is monitored as the benchmark says
    And the filter has the pattern
      """
      { $.userIdentity.userName = "root" }
      """
    When the account is audited
    Then root account usage is reported as "fail" because of "filter-does-not-cover"
    And the event's "userIdentity.type" is "Root"

  Scenario: the filter spells Root in small letters
    Given an account where root account usage is monitored as the benchmark says
    And the filter has the pattern
      """
      { ($.userIdentity.type = "root") && ($.userIdentity.invokedBy NOT EXISTS) && ($.eventType != "AwsServiceEvent") }
      """
    When the account is audited
    Then root account usage is reported as "fail" because of "filter-does-not-cover"

  Scenario: the filter asks for a field that only services write
    Given an account where root account usage is monitored as the benchmark says
    And the filter has the pattern
      """
      { ($.userIdentity.type = "Root") && ($.userIdentity.invokedBy != "AWS Internal") && ($.eventType != "AwsServiceEvent") }
      """
    When the account is audited
    Then root account usage is reported as "fail" because of "filter-does-not-cover"
    And the event's "userIdentity.type" is "Root"

  Scenario: the filter watches one region only
    Given an account where root account usage is monitored as the benchmark says
    And the filter also requires "awsRegion" to be "us-east-1"
    When the account is audited
    Then root account usage is reported as "fail" because of "filter-does-not-cover"
    And the event's "awsRegion" is not "us-east-1"

  Scenario: the filter watches calls that are refused
    Given an account where root account usage is monitored as the benchmark says
    And the filter also requires "errorCode" to be "AccessDenied"
    When the account is audited
    Then root account usage is reported as "fail" because of "filter-does-not-cover"

  Scenario: the filter notices what services do, too
    Given an account where root account usage is monitored as the benchmark says
    And the filter has the pattern
      """
      { $.userIdentity.type = "Root" }
      """
    When the account is audited
    Then root account usage is reported as "pass"
    And the advisory "filter-broader" is given

  Scenario Outline: the filter does not look at <field>
    Given an account where root account usage is monitored as the benchmark says
    And the filter has the pattern
      """
      <pattern>
      """
    When the account is audited
    Then root account usage is reported as "pass"
    And the advisory "filter-broader" is given

    Examples:
      | field                  | pattern                                                                     |
      | userIdentity.type      | { $.userIdentity.invokedBy NOT EXISTS && $.eventType != "AwsServiceEvent" } |
      | userIdentity.invokedBy | { $.userIdentity.type = "Root" && $.eventType != "AwsServiceEvent" }        |
      | eventType              | { $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS }     |
