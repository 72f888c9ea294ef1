Feature: AWS Organizations changes are monitored
  A policy that is detached loosens every account beneath it. Somebody has to hear of each of these eighteen calls.

  Scenario: everything is as the benchmark says
    Given an account where organizations changes are monitored as the benchmark says
    When the account is audited
    Then organizations changes are reported as "pass"
    And no advisory is given

  Scenario Outline: everything is as CIS <version> says
    Given an account where organizations changes are monitored as the remediation of CIS "<version>" says
    When the account is audited for CIS "<version>"
    Then organizations changes are reported as "pass"

    Examples:
      | version |
      | 1.3.0   |
      | 1.5.0   |
      | 3.0.0   |
      | 6.0.0   |

  Scenario: 1.2.0 did not ask for it
    Given an account where organizations changes are monitored as the benchmark says
    When the account is audited for CIS "1.2.0"
    Then organizations changes are reported as "not-applicable"

  Scenario Outline: the filter omits <event>
    Given an account where organizations changes are monitored as the benchmark says
    And the filter omits "<event>"
    When the account is audited
    Then organizations changes are reported as "fail" because of "filter-does-not-cover"
    And nobody would hear of "<event>"

    Examples:
      | event                         |
      | AcceptHandshake               |
      | AttachPolicy                  |
      | CreateAccount                 |
      | CreateOrganizationalUnit      |
      | CreatePolicy                  |
      | DeclineHandshake              |
      | DeleteOrganization            |
      | DeleteOrganizationalUnit      |
      | DeletePolicy                  |
      | DetachPolicy                  |
      | DisablePolicyType             |
      | EnablePolicyType              |
      | InviteAccountToOrganization   |
      | LeaveOrganization             |
      | MoveAccount                   |
      | RemoveAccountFromOrganization |
      | UpdatePolicy                  |
      | UpdateOrganizationalUnit      |

  Scenario: the filter watches one region only
    Given an account where organizations changes are monitored as the benchmark says
    And the filter also requires "awsRegion" to be "eu-west-1"
    When the account is audited
    Then organizations changes are reported as "fail" because of "filter-does-not-cover"
    And the event's "awsRegion" is not "eu-west-1"

  Scenario: the filter watches the root user only
    Given an account where organizations changes are monitored as the benchmark says
    And the filter also requires "userIdentity.type" to be "Root"
    When the account is audited
    Then organizations changes are reported as "fail" because of "filter-does-not-cover"
    And the event's "userIdentity.type" is not "Root"

  Scenario: the filter watches IAM, where policies have the same names
    Given an account where organizations changes are monitored as the benchmark says
    And the filter has the pattern
      """
      { ($.eventSource = iam.amazonaws.com) && (($.eventName = CreatePolicy) || ($.eventName = DeletePolicy)) }
      """
    When the account is audited
    Then organizations changes are reported as "fail" because of "filter-does-not-cover"

  Scenario: the filter notices every call of Organizations
    Given an account where organizations changes are monitored as the benchmark says
    And the filter has the pattern
      """
      { $.eventSource = organizations.amazonaws.com }
      """
    When the account is audited
    Then organizations changes are reported as "pass"
    And the advisory "filter-broader" is given
