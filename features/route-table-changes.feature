Feature: Route table changes are monitored
  One route leads traffic past the firewall. Since 3.0.0 the audit and the remediation have different texts: the
  audit's asks for EC2, but only of the first of the seven calls.

  Scenario: everything is as the benchmark says
    Given an account where route table changes are monitored as the benchmark says
    When the account is audited
    Then route table changes are reported as "pass"
    And no advisory is given

  Scenario Outline: the filter has the text of the <procedure> of CIS <version>
    Given an account where route table changes are monitored as the <procedure> of CIS "<version>" says
    When the account is audited for CIS "<version>"
    Then route table changes are reported as "pass"
    And no advisory is given

    Examples:
      | procedure   | version |
      | audit       | 2.0.0   |
      | audit       | 3.0.0   |
      | remediation | 3.0.0   |
      | audit       | 7.0.0   |
      | remediation | 7.0.0   |

  Scenario Outline: the filter omits <event>
    Given an account where route table changes are monitored as the benchmark says
    And the filter omits "<event>"
    When the account is audited
    Then route table changes are reported as "fail" because of "filter-does-not-cover"
    And nobody would hear of "<event>"

    Examples:
      | event                        |
      | CreateRoute                  |
      | CreateRouteTable             |
      | ReplaceRoute                 |
      | ReplaceRouteTableAssociation |
      | DeleteRouteTable             |
      | DeleteRoute                  |
      | DisassociateRouteTable       |

  Scenario: the filter asks for EC2 throughout, as Security Hub documents it and the audit seems to mean
    Given an account where route table changes are monitored as the benchmark says
    And the filter has the pattern
      """
      { ($.eventSource = ec2.amazonaws.com) && (($.eventName = CreateRoute) || ($.eventName = CreateRouteTable) || ($.eventName = ReplaceRoute) || ($.eventName = ReplaceRouteTableAssociation) || ($.eventName = DeleteRouteTable) || ($.eventName = DeleteRoute) || ($.eventName = DisassociateRouteTable)) }
      """
    When the account is audited
    Then route table changes are reported as "pass"

  Scenario Outline: the filter asks for EC2 throughout, which <version> did not
    Given an account where route table changes are monitored as the benchmark says
    And the filter has the pattern
      """
      { ($.eventSource = ec2.amazonaws.com) && (($.eventName = CreateRoute) || ($.eventName = CreateRouteTable) || ($.eventName = ReplaceRoute) || ($.eventName = ReplaceRouteTableAssociation) || ($.eventName = DeleteRouteTable) || ($.eventName = DeleteRoute) || ($.eventName = DisassociateRouteTable)) }
      """
    When the account is audited for CIS "<version>"
    Then route table changes are reported as "pass"
    And the advisory "namesake-not-watched" is given

    Examples:
      | version |
      | 1.2.0   |
      | 2.0.0   |

  Scenario: what 3.0.0 audits does not match routes of other services, which 2.0.0 did
    Given an account where route table changes are monitored as the audit of CIS "3.0.0" says
    When the account is audited for CIS "2.0.0"
    Then route table changes are reported as "pass"
    And the advisory "namesake-not-watched" is given

  Scenario: the filter watches one region only
    Given an account where route table changes are monitored as the benchmark says
    And the filter also requires "awsRegion" to be "us-east-1"
    When the account is audited
    Then route table changes are reported as "fail" because of "filter-does-not-cover"
    And the event's "awsRegion" is not "us-east-1"

  Scenario: the filter watches one table only
    Given an account where route table changes are monitored as the benchmark says
    And the filter also requires "requestParameters.routeTableId" to be "rtb-0123456789abcdef0"
    When the account is audited
    Then route table changes are reported as "fail" because of "filter-does-not-cover"
    And the event's "requestParameters.routeTableId" is not "rtb-0123456789abcdef0"

  Scenario: the filter notices associations, too
    Given an account where route table changes are monitored as the benchmark says
    And the filter has the pattern
      """
      { ($.eventName = "*Route") || ($.eventName = "*RouteTable") || ($.eventName = "*RouteTableAssociation") }
      """
    When the account is audited
    Then route table changes are reported as "pass"
    And the advisory "filter-broader" is given
