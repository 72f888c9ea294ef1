Feature: Security group changes are monitored
  One call opens a port to the world. Somebody has to hear of each of these calls; the last of them came with 5.0.0.

  Scenario: everything is as the benchmark says
    Given an account where security group changes are monitored as the benchmark says
    When the account is audited
    Then security group changes are reported as "pass"
    And no advisory is given

  Scenario Outline: everything is as CIS <version> says
    Given an account where security group changes are monitored as the remediation of CIS "<version>" says
    When the account is audited for CIS "<version>"
    Then security group changes are reported as "pass"

    Examples:
      | version |
      | 1.2.0   |
      | 3.0.0   |
      | 4.0.1   |
      | 5.0.0   |
      | 6.0.0   |

  Scenario Outline: the filter omits <event>
    Given an account where security group changes are monitored as the benchmark says
    And the filter omits "<event>"
    When the account is audited
    Then security group changes are reported as "fail" because of "filter-does-not-cover"
    And nobody would hear of "<event>"

    Examples:
      | event                         |
      | AuthorizeSecurityGroupIngress |
      | AuthorizeSecurityGroupEgress  |
      | RevokeSecurityGroupIngress    |
      | RevokeSecurityGroupEgress     |
      | CreateSecurityGroup           |
      | DeleteSecurityGroup           |
      | ModifySecurityGroupRules      |

  Scenario Outline: what 4.0.1 asked for is not enough for <version>
    Given an account where security group changes are monitored as the remediation of CIS "4.0.1" says
    When the account is audited for CIS "<version>"
    Then security group changes are reported as "fail" because of "filter-does-not-cover"
    And nobody would hear of "ModifySecurityGroupRules"

    Examples:
      | version |
      | 5.0.0   |
      | 7.0.0   |

  Scenario: what 5.0.0 asks for is more than 4.0.1 does
    Given an account where security group changes are monitored as the remediation of CIS "5.0.0" says
    When the account is audited for CIS "4.0.1"
    Then security group changes are reported as "pass"
    And the advisory "filter-broader" is given

  Scenario: the filter watches one region only
    Given an account where security group changes are monitored as the benchmark says
    And the filter also requires "awsRegion" to be "us-east-1"
    When the account is audited
    Then security group changes are reported as "fail" because of "filter-does-not-cover"
    And the event's "awsRegion" is not "us-east-1"

  Scenario: the filter watches one group only
    Given an account where security group changes are monitored as the benchmark says
    And the filter also requires "requestParameters.groupId" to be "sg-0123456789abcdef0"
    When the account is audited
    Then security group changes are reported as "fail" because of "filter-does-not-cover"
    And the event's "requestParameters.groupId" is not "sg-0123456789abcdef0"

  Scenario: the filter requires EC2, and Wickr has groups, too
    Given an account where security group changes are monitored as the benchmark says
    And the filter also requires "eventSource" to be "ec2.amazonaws.com"
    When the account is audited
    Then security group changes are reported as "pass"
    And the advisory "namesake-not-watched" is given

  Scenario: the filter notices every call on security groups
    Given an account where security group changes are monitored as the benchmark says
    And the filter has the pattern
      """
      { $.eventName = "*SecurityGroup*" }
      """
    When the account is audited
    Then security group changes are reported as "pass"
    And the advisory "filter-broader" is given
