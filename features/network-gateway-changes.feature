Feature: Network gateway changes are monitored
  Whoever creates, deletes, attaches or detaches a gateway opens or cuts the way into a network. Somebody has to hear of
  each of these six events.

  Scenario: everything is as the benchmark says
    Given an account where network gateway changes are monitored as the benchmark says
    When the account is audited
    Then network gateway changes are reported as "pass"
    And no advisory is given

  Scenario Outline: everything is as CIS <version> says
    Given an account where network gateway changes are monitored as the benchmark says
    When the account is audited for CIS "<version>"
    Then network gateway changes are reported as "pass"

    Examples:
      | version |
      | 1.2.0   |
      | 1.5.0   |
      | 3.0.0   |
      | 6.0.0   |

  Scenario Outline: the filter omits <event>
    Given an account where network gateway changes are monitored as the benchmark says
    And the filter omits "<event>"
    When the account is audited
    Then network gateway changes are reported as "fail" because of "filter-does-not-cover"
    And nobody would hear of "<event>"

    Examples:
      | event                 |
      | CreateCustomerGateway |
      | DeleteCustomerGateway |
      | AttachInternetGateway |
      | CreateInternetGateway |
      | DeleteInternetGateway |
      | DetachInternetGateway |

  Scenario: the filter watches one region only
    Given an account where network gateway changes are monitored as the benchmark says
    And the filter also requires "awsRegion" to be "us-east-1"
    When the account is audited
    Then network gateway changes are reported as "fail" because of "filter-does-not-cover"
    And the event's "awsRegion" is not "us-east-1"

  Scenario: the filter watches the root user only
    Given an account where network gateway changes are monitored as the benchmark says
    And the filter also requires "userIdentity.type" to be "Root"
    When the account is audited
    Then network gateway changes are reported as "fail" because of "filter-does-not-cover"
    And the event's "userIdentity.type" is not "Root"

  Scenario: the filter requires what is true of every such event
    Given an account where network gateway changes are monitored as the benchmark says
    And the filter also requires "eventSource" to be "ec2.amazonaws.com"
    When the account is audited
    Then network gateway changes are reported as "pass"

  Scenario: the filter joins its conditions with && instead of ||
    Given an account where network gateway changes are monitored as the benchmark says
    And the filter joins its conditions with "&&"
    When the account is audited
    Then network gateway changes are reported as "fail" because of "filter-does-not-cover"

  Scenario: the filter says the same in other words
    Given an account where network gateway changes are monitored as the benchmark says
    And the filter has the pattern
      """
      {$.eventName=%^CreateCustomerGateway$|^DeleteCustomerGateway$|^AttachInternetGateway$|^CreateInternetGateway$|^DeleteInternetGateway$|^DetachInternetGateway$%}
      """
    When the account is audited
    Then network gateway changes are reported as "pass"
    And the advisory "filter-text-differs" is given

  Scenario: the filter also notices other gateways
    Given an account where network gateway changes are monitored as the benchmark says
    And the filter has the pattern
      """
      { $.eventName = "*Gateway" }
      """
    When the account is audited
    Then network gateway changes are reported as "pass"
    And the advisory "filter-broader" is given

  Scenario: two filters cover the events together
    Given an account where network gateway changes are monitored as the benchmark says
    And the filter omits "CreateCustomerGateway"
    And the filter omits "DeleteCustomerGateway"
    And a second filter for "CreateCustomerGateway, DeleteCustomerGateway"
    When the account is audited
    Then network gateway changes are reported as "pass"

  Scenario: two filters leave one event to each other
    Given an account where network gateway changes are monitored as the benchmark says
    And the filter omits "CreateCustomerGateway"
    And the filter omits "DeleteCustomerGateway"
    And a second filter for "CreateCustomerGateway"
    When the account is audited
    Then network gateway changes are reported as "fail" because of "filter-does-not-cover"
    And nobody would hear of "DeleteCustomerGateway"

  Scenario: two filters share the events by region
    Given an account where network gateway changes are monitored as the benchmark says
    And the filter also requires "awsRegion" to be "us-east-1"
    And a second filter with the pattern
      """
      { ($.awsRegion != "us-east-1") && ($.eventName = "*CustomerGateway" || $.eventName = "*InternetGateway") }
      """
    When the account is audited
    Then network gateway changes are reported as "pass"
