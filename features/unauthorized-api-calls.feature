Feature: Unauthorized API calls are monitored
  Whoever tries out stolen credentials is refused again and again. Both families of error codes tell of it; the
  benchmark has worded the pattern in five ways, three of which match practically everything.

  Scenario: everything is as the benchmark says
    Given an account where unauthorized API calls are monitored as the benchmark says
    When the account is audited
    Then unauthorized API calls are reported as "pass"
    And no advisory is given

  Scenario Outline: the filter has the text of the audit of CIS <version>
    Given an account where unauthorized API calls are monitored as the audit of CIS "<version>" says
    When the account is audited for CIS "<version>"
    Then unauthorized API calls are reported as "pass"
    And no advisory is given

    Examples:
      | version |
      | 1.2.0   |
      | 1.3.0   |
      | 1.4.0   |
      | 1.5.0   |
      | 2.0.0   |
      | 5.0.0   |

  Scenario Outline: the filter has the text of the remediation of CIS <version>
    Given an account where unauthorized API calls are monitored as the remediation of CIS "<version>" says
    When the account is audited for CIS "<version>"
    Then unauthorized API calls are reported as "pass"
    And no advisory is given

    Examples:
      | version |
      | 1.3.0   |
      | 1.4.0   |
      | 1.5.0   |
      | 7.0.0   |

  Scenario: a filter that was right in 1.2.0 notices more than 7.0.0 asks for
    Given an account where unauthorized API calls are monitored as the remediation of CIS "1.2.0" says
    When the account is audited
    Then unauthorized API calls are reported as "pass"
    And the advisory "filter-broader" is given

  Scenario: a filter that was wrong in 1.5.0 matches practically everything
    Given an account where unauthorized API calls are monitored as the remediation of CIS "1.5.0" says
    When the account is audited
    Then unauthorized API calls are reported as "pass"
    And the advisory "filter-broader" is given

  Scenario: what 1.4.0 meant suffices for 1.5.0
    Given an account where unauthorized API calls are monitored as the audit of CIS "1.4.0" says
    When the account is audited for CIS "1.5.0"
    Then unauthorized API calls are reported as "pass"

  Scenario: the parentheses that the newest text lacks, and evidently means, suffice
    Given an account where unauthorized API calls are monitored as the audit of CIS "1.4.0" says
    When the account is audited
    Then unauthorized API calls are reported as "pass"

  Scenario Outline: the filter omits <code>
    Given an account where unauthorized API calls are monitored as the benchmark says
    And the filter omits "<code>"
    When the account is audited
    Then unauthorized API calls are reported as "fail" because of "filter-does-not-cover"
    And the event's "errorCode" is "<event>"

    Examples:
      | code                   | event                        |
      | *UnauthorizedOperation | Client.UnauthorizedOperation |
      | AccessDenied*          | AccessDenied                 |

  Scenario: the error codes have lost their wildcards
    Given an account where unauthorized API calls are monitored as the benchmark says
    And the filter has the pattern
      """
      { ($.errorCode = "UnauthorizedOperation") || ($.errorCode = "AccessDenied") }
      """
    When the account is audited
    Then unauthorized API calls are reported as "fail" because of "filter-does-not-cover"
    And the event's "errorCode" is "Client.UnauthorizedOperation"

  Scenario: the filter watches one region only
    Given an account where unauthorized API calls are monitored as the benchmark says
    And the filter also requires "awsRegion" to be "us-east-1"
    When the account is audited
    Then unauthorized API calls are reported as "fail" because of "filter-does-not-cover"
    And the event's "awsRegion" is not "us-east-1"

  Scenario: the filter watches one service only
    Given an account where unauthorized API calls are monitored as the benchmark says
    And the filter also requires "eventSource" to be "ec2.amazonaws.com"
    When the account is audited
    Then unauthorized API calls are reported as "fail" because of "filter-does-not-cover"
    And the event's "eventSource" is not "ec2.amazonaws.com"

  Scenario: the filter notices every error
    Given an account where unauthorized API calls are monitored as the benchmark says
    And the filter has the pattern
      """
      { $.errorCode = "*" }
      """
    When the account is audited
    Then unauthorized API calls are reported as "pass"
    And the advisory "filter-broader" is given

  Scenario Outline: the filter does not look at <field>
    Given an account where unauthorized API calls are monitored as the benchmark says
    And the filter has the pattern
      """
      <pattern>
      """
    When the account is audited
    Then unauthorized API calls are reported as "pass"
    And the advisory "filter-broader" is given

    Examples:
      | field           | pattern                                                                                                                                   |
      | sourceIPAddress | { ($.errorCode = "*UnauthorizedOperation") \|\| ($.errorCode = "AccessDenied*") && ($.eventName != "HeadBucket") }                        |
      | eventName       | { ($.errorCode = "*UnauthorizedOperation") \|\| ($.errorCode = "AccessDenied*") && ($.sourceIPAddress != "delivery.logs.amazonaws.com") } |
