Feature: A metric filter turns the events into a metric

  Background:
    Given an account where network gateway changes are monitored as the benchmark says

  Scenario: there is no filter
    Given there is no filter
    When the account is audited
    Then network gateway changes are reported as "fail" because of "no-filter"

  Scenario: the filter is on another log group
    Given the filter is on log group "application"
    When the account is audited
    Then network gateway changes are reported as "fail" because of "no-filter"

  Scenario: the filter has nothing to do with the events
    Given the filter has the pattern
      """
      { $.eventName = ConsoleLogin }
      """
    When the account is audited
    Then network gateway changes are reported as "fail" because of "no-filter"

  Scenario: the filter matches every event
    Given the filter has the pattern
      """
      """
    When the account is audited
    Then network gateway changes are reported as "pass"
    And the advisory "filter-broader" is given

  Scenario: the filter has a pattern that AWS would reject
    Given the filter has the pattern
      """
      { ($.eventName = CreateCustomerGateway) || }
      """
    When the account is audited
    Then network gateway changes are reported as "fail" because of "filter-pattern-invalid"
    And the advisory "filter-pattern-invalid" is given

  @no-transformed-logs
  Scenario: the filter sees transformed events
    Given the filter sees transformed events
    When the account is audited
    Then network gateway changes are reported as "undetermined" because of "filter-on-transformed-logs"

  @no-field-selections
  Scenario: the filter selects the events of the account
    Given the filter sees only events with "@aws.account IN ['111122223333', '444455556666']"
    When the account is audited
    Then network gateway changes are reported as "pass"

  @no-field-selections
  Scenario: the filter selects the events of another account
    Given the filter sees only events with "@aws.account = '444455556666'"
    When the account is audited
    Then network gateway changes are reported as "fail" because of "filter-selection-drops-events"
    And nobody would hear of "CreateCustomerGateway"

  @no-field-selections
  Scenario: the filter selects the events of the region that it is in
    Given the filter sees only events with "@aws.region = 'us-east-1'"
    When the account is audited
    Then network gateway changes are reported as "undetermined" because of "filter-field-selection-not-judged"

  @no-field-selections
  Scenario: the filter selects the events of another region
    Given the filter sees only events with "@aws.account = '111122223333' AND @aws.region = 'eu-west-1'"
    When the account is audited
    Then network gateway changes are reported as "fail" because of "filter-field-selection-not-judged, filter-selection-drops-events"
    And the event's "awsRegion" is not "eu-west-1"

  @no-field-selections
  Scenario: the filter selects the regions that its pattern asks for
    Given the filter also requires "awsRegion" to be "eu-west-1"
    And the filter sees only events with "@aws.region IN ['us-east-1', 'eu-west-1']"
    And a second filter with the pattern
      """
      { ($.awsRegion != eu-west-1) && ($.eventName = "*InternetGateway" || $.eventName = "*CustomerGateway") }
      """
    When the account is audited
    Then network gateway changes are reported as "pass"

  @no-field-selections
  Scenario: the filter has a field selection that is not understood
    Given the filter sees only events with "@aws.region LIKE 'us-%'"
    When the account is audited
    Then network gateway changes are reported as "undetermined" because of "filter-field-selection-not-judged"

  Scenario: the filter publishes to another namespace
    Given the filter publishes to namespace "LogMetrics"
    When the account is audited
    Then network gateway changes are reported as "fail" because of "no-alarm"

  Scenario: the filter publishes another metric
    Given the filter publishes metric "gateways"
    When the account is audited
    Then network gateway changes are reported as "fail" because of "no-alarm"

  Scenario: the filter publishes nothing that counts
    Given the filter publishes "0" for each event
    When the account is audited
    Then network gateway changes are reported as "fail" because of "alarm-never-fires"

  Scenario: the filter publishes a dimension that the alarm does not watch
    Given the filter publishes dimension "Event" from "$.eventName"
    When the account is audited
    Then network gateway changes are reported as "fail" because of "alarm-dimensions-differ"
