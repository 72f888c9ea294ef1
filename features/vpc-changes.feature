Feature: VPC changes are monitored
  A VPC that nobody planned, or a peering with a stranger, is a network of somebody else. Somebody has to hear of each
  of these eleven calls, although EC2-Classic is gone.

  Scenario: everything is as the benchmark says
    Given an account where VPC changes are monitored as the benchmark says
    When the account is audited
    Then VPC changes are reported as "pass"
    And no advisory is given

  Scenario Outline: everything is as CIS <version> says
    Given an account where VPC changes are monitored as the remediation of CIS "<version>" says
    When the account is audited for CIS "<version>"
    Then VPC changes are reported as "pass"

    Examples:
      | version |
      | 1.2.0   |
      | 1.5.0   |
      | 3.0.0   |
      | 6.0.0   |

  Scenario Outline: the filter omits <event>
    Given an account where VPC changes are monitored as the benchmark says
    And the filter omits "<event>"
    When the account is audited
    Then VPC changes are reported as "fail" because of "filter-does-not-cover"
    And nobody would hear of "<event>"

    Examples:
      | event                      |
      | CreateVpc                  |
      | DeleteVpc                  |
      | ModifyVpcAttribute         |
      | AcceptVpcPeeringConnection |
      | CreateVpcPeeringConnection |
      | DeleteVpcPeeringConnection |
      | RejectVpcPeeringConnection |
      | AttachClassicLinkVpc       |
      | DetachClassicLinkVpc       |
      | DisableVpcClassicLink      |
      | EnableVpcClassicLink       |

  Scenario: the filter watches one region only
    Given an account where VPC changes are monitored as the benchmark says
    And the filter also requires "awsRegion" to be "us-east-1"
    When the account is audited
    Then VPC changes are reported as "fail" because of "filter-does-not-cover"
    And the event's "awsRegion" is not "us-east-1"

  Scenario: the filter requires EC2, and GameLift has peerings, too
    Given an account where VPC changes are monitored as the benchmark says
    And the filter also requires "eventSource" to be "ec2.amazonaws.com"
    When the account is audited
    Then VPC changes are reported as "pass"
    And the advisory "namesake-not-watched" is given

  Scenario: two filters share the events
    Given an account where VPC changes are monitored as the benchmark says
    And the filter omits "CreateVpcPeeringConnection"
    And a second filter for "CreateVpcPeeringConnection, DeleteVpcPeeringConnection"
    When the account is audited
    Then VPC changes are reported as "pass"

  Scenario: the filter notices every call on VPCs
    Given an account where VPC changes are monitored as the benchmark says
    And the filter has the pattern
      """
      { $.eventName = "*Vpc*" }
      """
    When the account is audited
    Then VPC changes are reported as "pass"
    And the advisory "filter-broader" is given
