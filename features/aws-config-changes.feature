Feature: AWS Config changes are monitored
  Without its recorder AWS Config shows the last state for ever. Somebody has to hear of each of these four calls.

  Scenario: everything is as the benchmark says
    Given an account where AWS Config changes are monitored as the benchmark says
    When the account is audited
    Then AWS Config changes are reported as "pass"
    And no advisory is given

  Scenario Outline: everything is as CIS <version> says
    Given an account where AWS Config changes are monitored as the remediation of CIS "<version>" says
    When the account is audited for CIS "<version>"
    Then AWS Config changes are reported as "pass"

    Examples:
      | version |
      | 1.2.0   |
      | 1.5.0   |
      | 3.0.0   |
      | 6.0.0   |

  Scenario Outline: the filter omits <event>
    Given an account where AWS Config changes are monitored as the benchmark says
    And the filter omits "<event>"
    When the account is audited
    Then AWS Config changes are reported as "fail" because of "filter-does-not-cover"
    And nobody would hear of "<event>"

    Examples:
      | event                     |
      | StopConfigurationRecorder |
      | DeleteDeliveryChannel     |
      | PutDeliveryChannel        |
      | PutConfigurationRecorder  |

  Scenario: the filter watches one region only
    Given an account where AWS Config changes are monitored as the benchmark says
    And the filter also requires "awsRegion" to be "us-east-1"
    When the account is audited
    Then AWS Config changes are reported as "fail" because of "filter-does-not-cover"
    And the event's "awsRegion" is not "us-east-1"

  Scenario: the trail records one region, and recorders are in each
    Given an account where AWS Config changes are monitored as the benchmark says
    And the trail records one region only
    When the account is audited
    Then AWS Config changes are reported as "fail" because of "trail-not-multi-region"

  Scenario: the filter leaves out the service, which is clear from the names
    Given an account where AWS Config changes are monitored as the benchmark says
    And the filter has the pattern
      """
      { ($.eventName = StopConfigurationRecorder) || ($.eventName = DeleteDeliveryChannel) || ($.eventName = PutDeliveryChannel) || ($.eventName = PutConfigurationRecorder) }
      """
    When the account is audited
    Then AWS Config changes are reported as "pass"
    And the advisory "filter-text-differs" is given

  Scenario: the filter notices that the recorder is deleted, too
    Given an account where AWS Config changes are monitored as the benchmark says
    And the filter has the pattern
      """
      { ($.eventSource = config.amazonaws.com) && (($.eventName = "*ConfigurationRecorder") || ($.eventName = "*DeliveryChannel")) }
      """
    When the account is audited
    Then AWS Config changes are reported as "pass"
    And the advisory "filter-broader" is given
