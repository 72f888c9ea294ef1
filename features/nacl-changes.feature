Feature: Network ACL changes are monitored
  A network ACL opens or closes a whole subnet. Somebody has to hear of each of these six calls.

  Scenario: everything is as the benchmark says
    Given an account where NACL changes are monitored as the benchmark says
    When the account is audited
    Then NACL changes are reported as "pass"
    And no advisory is given

  Scenario Outline: everything is as CIS <version> says
    Given an account where NACL changes are monitored as the remediation of CIS "<version>" says
    When the account is audited for CIS "<version>"
    Then NACL changes are reported as "pass"

    Examples:
      | version |
      | 1.2.0   |
      | 1.5.0   |
      | 3.0.0   |
      | 6.0.0   |

  Scenario Outline: the filter omits <event>
    Given an account where NACL changes are monitored as the benchmark says
    And the filter omits "<event>"
    When the account is audited
    Then NACL changes are reported as "fail" because of "filter-does-not-cover"
    And nobody would hear of "<event>"

    Examples:
      | event                        |
      | CreateNetworkAcl             |
      | CreateNetworkAclEntry        |
      | DeleteNetworkAcl             |
      | DeleteNetworkAclEntry        |
      | ReplaceNetworkAclEntry       |
      | ReplaceNetworkAclAssociation |

  Scenario: the filter watches one region only
    Given an account where NACL changes are monitored as the benchmark says
    And the filter also requires "awsRegion" to be "us-east-1"
    When the account is audited
    Then NACL changes are reported as "fail" because of "filter-does-not-cover"
    And the event's "awsRegion" is not "us-east-1"

  Scenario: the filter requires what is true of every such event
    Given an account where NACL changes are monitored as the benchmark says
    And the filter also requires "eventSource" to be "ec2.amazonaws.com"
    When the account is audited
    Then NACL changes are reported as "pass"

  Scenario: a regular expression has parentheses, which AWS rejects
    Given an account where NACL changes are monitored as the benchmark says
    And the filter has the pattern
      """
      { $.eventName = %^CreateNetworkAcl|^(Delete|Replace)NetworkAcl% }
      """
    When the account is audited
    Then NACL changes are reported as "fail" because of "filter-pattern-invalid"

  Scenario: two regular expressions say the same
    Given an account where NACL changes are monitored as the benchmark says
    And the filter has the pattern
      """
      { ($.eventName = %^CreateNetworkAcl$|^CreateNetworkAclEntry$|^DeleteNetworkAcl$|^DeleteNetworkAclEntry$%) || ($.eventName = %^ReplaceNetworkAclEntry$|^ReplaceNetworkAclAssociation$%) }
      """
    When the account is audited
    Then NACL changes are reported as "pass"
    And the advisory "filter-text-differs" is given

  Scenario: the filter notices what reads network ACLs, too
    Given an account where NACL changes are monitored as the benchmark says
    And the filter has the pattern
      """
      { $.eventName = "*NetworkAcl*" }
      """
    When the account is audited
    Then NACL changes are reported as "pass"
    And the advisory "filter-broader" is given
