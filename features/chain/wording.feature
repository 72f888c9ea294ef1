Feature: A filter says what the benchmark says, or says it in other words
  Whoever reads a filter, and whatever compares texts, is told how the filter compares with the benchmark's.

  Background:
    Given an account where security group changes are monitored as the audit of CIS "1.4.0" says

  Scenario: the filter has the benchmark's text
    When the account is audited for CIS "1.4.0"
    Then security group changes are reported as "pass"
    And no advisory is given

  Scenario: the filter has the benchmark's text with other spaces, quotes and parentheses
    Given the filter has the pattern
      """
      {$.eventName="AuthorizeSecurityGroupIngress"||$.eventName="AuthorizeSecurityGroupEgress"||$.eventName="RevokeSecurityGroupIngress"||$.eventName="RevokeSecurityGroupEgress"||(($.eventName="CreateSecurityGroup"))||$.eventName="DeleteSecurityGroup"}
      """
    When the account is audited for CIS "1.4.0"
    Then security group changes are reported as "pass"
    And no advisory is given

  Scenario: the filter has the benchmark's conditions in another order
    Given the filter has the pattern
      """
      { ($.eventName = CreateSecurityGroup) || ($.eventName = DeleteSecurityGroup) || ($.eventName = AuthorizeSecurityGroupIngress) || ($.eventName = AuthorizeSecurityGroupEgress) || ($.eventName = RevokeSecurityGroupIngress) || ($.eventName = RevokeSecurityGroupEgress) }
      """
    When the account is audited for CIS "1.4.0"
    Then security group changes are reported as "pass"
    And only the advisory "filter-text-differs" is given

  Scenario: the filter has a condition more that always holds
    Given an account where network gateway changes are monitored as the audit of CIS "1.4.0" says
    And the filter also requires "eventSource" to be "ec2.amazonaws.com"
    When the account is audited for CIS "1.4.0"
    Then network gateway changes are reported as "pass"
    And the advisory "filter-text-differs" is given
    And the advisory "security-hub-would-fail" is given

  Scenario: the version is none that Security Hub checks
    Given an account where network gateway changes are monitored as the audit of CIS "1.4.0" says
    And the filter also requires "eventSource" to be "ec2.amazonaws.com"
    When the account is audited for CIS "3.0.0"
    Then network gateway changes are reported as "pass"
    And only the advisory "filter-text-differs" is given

  Scenario: the filter has the text of a later version
    Given an account where security group changes are monitored as the audit of CIS "5.0.0" says
    When the account is audited for CIS "1.4.0"
    Then security group changes are reported as "pass"
    And the advisory "filter-broader" is given
    And the advisory "security-hub-would-fail" is given

  Scenario: two filters share the events
    Given the filter omits "DeleteSecurityGroup"
    And a second filter for "DeleteSecurityGroup"
    When the account is audited for CIS "1.4.0"
    Then security group changes are reported as "pass"
    And the advisory "filter-narrower" is given
    And the advisory "security-hub-would-fail" is given

  Scenario: a filter for some of the events stands beside the benchmark's
    Given a second filter for "DeleteSecurityGroup"
    When the account is audited for CIS "1.4.0"
    Then security group changes are reported as "pass"
    And only the advisory "filter-narrower" is given

  Scenario: one selector of the trail excludes the events of a service, and another does not
    Given an account where CMK disable or delete is monitored as the audit of CIS "1.4.0" says
    And the trail excludes events from "kms.amazonaws.com"
    And the trail has one more event selector
    When the account is audited for CIS "1.4.0"
    Then CMK disable or delete is reported as "pass"
    And only the advisory "security-hub-would-fail" is given
