Feature: An alarm goes off for a single event, every time

  Background:
    Given an account where network gateway changes are monitored as the benchmark says

  Scenario: there is no alarm
    Given there is no alarm
    When the account is audited
    Then network gateway changes are reported as "fail" because of "no-alarm"

  Scenario: another filter takes back what the filter publishes
    Given a second filter for "CreateCustomerGateway"
    And the filter publishes "-1" for each event
    When the account is audited
    Then network gateway changes are reported as "fail" because of "alarm-not-judged, alarm-never-fires"

  Scenario: the alarm is in another region
    Given the alarm is in region "eu-west-1"
    When the account is audited
    Then network gateway changes are reported as "fail" because of "no-alarm"

  Scenario: the alarm watches another namespace
    Given the alarm watches namespace "LogMetrics"
    When the account is audited
    Then network gateway changes are reported as "fail" because of "no-alarm"

  Scenario: the alarm watches another metric
    Given the alarm watches metric "gateways"
    When the account is audited
    Then network gateway changes are reported as "fail" because of "no-alarm"

  Scenario: the alarm watches a dimension that the filter does not publish
    Given the alarm watches dimension "Event" with value "DetachInternetGateway"
    When the account is audited
    Then network gateway changes are reported as "fail" because of "alarm-dimensions-differ"

  Scenario: the alarm's actions are disabled
    Given the alarm's actions are disabled
    When the account is audited
    Then network gateway changes are reported as "fail" because of "alarm-actions-disabled"

  Scenario: the alarm has no actions
    Given the alarm has no actions
    When the account is audited
    Then network gateway changes are reported as "fail" because of "alarm-without-topic"

  Scenario: the alarm has OK actions only
    Given the alarm has OK actions only
    When the account is audited
    Then network gateway changes are reported as "fail" because of "alarm-without-topic"

  Scenario: the alarm also runs a function
    Given the alarm runs "arn:aws:lambda:us-east-1:111122223333:function:page"
    When the account is audited
    Then network gateway changes are reported as "pass"
    And the advisory "other-actions" is given

  Scenario: the threshold needs a burst of events
    Given the alarm's threshold is 10
    When the account is audited
    Then network gateway changes are reported as "fail" because of "alarm-needs-burst"

  Scenario: the threshold is out of reach
    Given the alarm's threshold is 1000000000
    When the account is audited
    Then network gateway changes are reported as "fail" because of "alarm-never-fires"

  Scenario: one event is not more than the threshold
    Given the alarm compares with "GreaterThanThreshold"
    When the account is audited
    Then network gateway changes are reported as "fail" because of "alarm-needs-burst"

  Scenario: the alarm waits for fewer events
    Given the alarm compares with "LessThanThreshold"
    When the account is audited
    Then network gateway changes are reported as "fail" because of "alarm-never-fires"

  Scenario: the alarm waits for one event at most
    Given the alarm compares with "LessThanOrEqualToThreshold"
    When the account is audited
    Then network gateway changes are reported as "fail" because of "alarm-inverse"

  Scenario: an average is diluted by other events
    Given the alarm's statistic is "Average"
    And the filter publishes 0 for any other event
    When the account is audited
    Then network gateway changes are reported as "fail" because of "alarm-never-fires"

  Scenario: a sum is not diluted by other events
    Given the filter publishes 0 for any other event
    When the account is audited
    Then network gateway changes are reported as "pass"

  Scenario: the alarm stays on
    Given the alarm treats missing data as "ignore"
    When the account is audited
    Then network gateway changes are reported as "fail" because of "alarm-fires-once"

  Scenario: the alarm is on while nothing happens
    Given the alarm treats missing data as "breaching"
    When the account is audited
    Then network gateway changes are reported as "fail" because of "alarm-fires-once"

  Scenario: the alarm stays on unless other events come
    Given the alarm treats missing data as "ignore"
    And the filter publishes 0 for any other event
    When the account is audited
    Then network gateway changes are reported as "fail" because of "alarm-fires-once"

  Scenario: the alarm is on unless other events come
    Given the alarm treats missing data as "breaching"
    And the filter publishes 0 for any other event
    When the account is audited
    Then network gateway changes are reported as "fail" because of "alarm-fires-once"

  Scenario: other events keep the alarm on
    Given the filter publishes 1 for any other event
    When the account is audited
    Then network gateway changes are reported as "fail" because of "alarm-fires-once"

  Scenario: the alarm counts events of all kinds
    Given the alarm's statistic is "SampleCount"
    And the filter publishes 0 for any other event
    When the account is audited
    Then network gateway changes are reported as "fail" because of "alarm-fires-once"

  Scenario: the alarm needs two periods
    Given the alarm needs 2 of 2 periods
    And the alarm treats missing data as "notBreaching"
    When the account is audited
    Then network gateway changes are reported as "fail" because of "alarm-needs-burst"

  Scenario: several periods without data are waited for
    Given the alarm needs 3 of 3 periods
    When the account is audited
    Then network gateway changes are reported as "pass"

  Scenario: the alarm needs three periods and other events show that it is quiet
    Given the alarm needs 3 of 3 periods
    And the filter publishes 0 for any other event
    When the account is audited
    Then network gateway changes are reported as "fail" because of "alarm-needs-burst"

  Scenario: the alarm needs three periods and does not notice missing ones
    Given the alarm needs 3 of 3 periods
    And the alarm treats missing data as "ignore"
    When the account is audited
    Then network gateway changes are reported as "fail" because of "alarm-needs-burst"

  Scenario: any of three periods is enough
    Given the alarm needs 1 of 3 periods
    And the alarm treats missing data as "notBreaching"
    When the account is audited
    Then network gateway changes are reported as "pass"

  Scenario: the alarm waits for a unit that is never published
    Given the alarm waits for the unit "Seconds"
    When the account is audited
    Then network gateway changes are reported as "fail" because of "alarm-unit-differs"

  Scenario: a percentile of one event is that event
    Given the alarm's percentile is "p99"
    When the account is audited
    Then network gateway changes are reported as "pass"

  Scenario: a percentile is diluted by other events
    Given the alarm's percentile is "p99"
    And the filter publishes 0 for any other event
    When the account is audited
    Then network gateway changes are reported as "fail" because of "alarm-never-fires"

  Scenario: a percentile waits for many events
    Given the alarm's percentile is "p90"
    And the alarm ignores percentiles of few datapoints
    When the account is audited
    Then network gateway changes are reported as "fail" because of "alarm-needs-burst"

  @statistics-are-percentiles
  Scenario: a count of events within bounds is a count
    Given the alarm's percentile is "TC(0:10)"
    When the account is audited
    Then network gateway changes are reported as "pass"

  @statistics-are-percentiles
  Scenario: a count of trimmed events is not judged
    Given the alarm's percentile is "tc90"
    When the account is audited
    Then network gateway changes are reported as "undetermined" because of "alarm-not-judged"

  Scenario: periods are shorter than the minute that the metric has
    Given the alarm's period is 10 seconds
    When the account is audited
    Then network gateway changes are reported as "pass"

  Scenario: two periods in a row are shorter than the minute that the metric has
    Given the alarm's period is 10 seconds
    And the alarm needs 2 of 2 periods
    And the alarm treats missing data as "notBreaching"
    When the account is audited
    Then network gateway changes are reported as "fail" because of "alarm-never-fires"

  @no-warming-up
  Scenario: the alarm warms up
    Given the alarm warms up for 5 minutes
    When the account is audited
    Then network gateway changes are reported as "undetermined" because of "alarm-not-judged"

  @no-warming-up
  Scenario: the alarm has long warmed up
    Given the alarm warms up for 5 minutes
    And the alarm was updated at "2026-11-01T12:00:00Z"
    When the account is audited
    Then network gateway changes are reported as "pass"

  @no-warming-up
  Scenario: the alarm was updated a minute ago
    Given the alarm warms up for 5 minutes
    And the alarm was updated at "2026-11-20T09:29:00Z"
    When the account is audited
    Then network gateway changes are reported as "undetermined" because of "alarm-not-judged"

  Scenario: the alarm is silent for a day after each event
    Given the alarm's period is 86400 seconds
    When the account is audited
    Then network gateway changes are reported as "pass"
    And the advisory "silent-after-alarm" is given

  Scenario: the alarm waits for hours without a datapoint
    Given the alarm's period is 7200 seconds
    And the alarm needs 3 of 3 periods
    When the account is audited
    Then network gateway changes are reported as "pass"
    And the advisory "silent-after-alarm" is given
    And the advisory "rings-late" is given

  @states-are-its-own
  Scenario: the alarm has been in ALARM for months
    Given the alarm has been in ALARM since "2026-03-04T10:38:20Z"
    When the account is audited
    Then network gateway changes are reported as "undetermined" because of "alarm-in-alarm"

  @states-are-its-own
  Scenario: the alarm went to ALARM this morning
    Given the alarm has been in ALARM since "2026-11-20T08:00:00Z"
    When the account is audited
    Then network gateway changes are reported as "pass"
    And no advisory is given

  Scenario: the alarm turns the metric into yes or no
    Given the alarm watches the expression "IF(m1 > 0, 1, 0)"
    When the account is audited
    Then network gateway changes are reported as "pass"

  Scenario: the alarm asks for what never is
    Given the alarm watches the expression "IF(m1 > 0 AND m1 < 1, 1, 0)"
    When the account is audited
    Then network gateway changes are reported as "fail" because of "alarm-never-fires"

  Scenario: the alarm takes the greatest of several lines
    Given the alarm watches the expression "MAX([m1, CEIL(m1 / 2)])"
    When the account is audited
    Then network gateway changes are reported as "pass"

  Scenario: the alarm repeats the last datapoint
    Given the alarm watches the expression "FILL(m1, REPEAT)"
    When the account is audited
    Then network gateway changes are reported as "undetermined" because of "alarm-not-judged"

  Scenario: the alarm sleeps at night
    Given the alarm watches the expression "IF(HOUR(m1) > 8, m1)"
    When the account is audited
    Then network gateway changes are reported as "undetermined" because of "alarm-not-judged"

  Scenario: the alarm fills gaps with nothing
    Given the alarm watches the expression "FILL(m1, 0)"
    When the account is audited
    Then network gateway changes are reported as "pass"

  Scenario: the alarm fills gaps with what keeps it on
    Given the alarm watches the expression "FILL(m1, 1)"
    When the account is audited
    Then network gateway changes are reported as "fail" because of "alarm-fires-once"

  Scenario: the alarm watches half of the events
    Given the alarm watches the expression "m1 / 2"
    When the account is audited
    Then network gateway changes are reported as "fail" because of "alarm-needs-burst"

  Scenario: the alarm watches how fast the metric changes
    Given the alarm watches the expression "RATE(m1)"
    When the account is audited
    Then network gateway changes are reported as "undetermined" because of "alarm-not-judged"

  Scenario: the filter counts the events' own numbers
    Given the filter publishes "$.requestParameters.size" for each event
    When the account is audited
    Then network gateway changes are reported as "fail" because of "alarm-needs-value"

  Scenario: the filter counts the events' names
    Given the filter publishes "$.eventName" for each event
    When the account is audited
    Then network gateway changes are reported as "fail" because of "alarm-never-fires"

  Scenario: the filter counts what AWS would not accept
    Given the filter publishes "$.sizes[*]" for each event
    When the account is audited
    Then network gateway changes are reported as "fail" because of "metric-invalid"

  Scenario: the alarm watches the events of one name
    Given the filter publishes dimension "Event" from "$.eventName"
    And the alarm watches dimension "Event" with value "DetachInternetGateway"
    When the account is audited
    Then network gateway changes are reported as "fail" because of "alarm-dimension-too-narrow"

  Scenario: the alarm watches the value that all events have
    Given the filter publishes dimension "Source" from "$.eventSource"
    And the alarm watches dimension "Source" with value "ec2.amazonaws.com"
    When the account is audited
    Then network gateway changes are reported as "pass"

  @no-system-fields
  Scenario: the filter tells accounts apart and the alarm does not
    Given the filter publishes the system field "@aws.account" as a dimension
    When the account is audited
    Then network gateway changes are reported as "fail" because of "alarm-dimensions-differ"

  @no-system-fields
  Scenario: the filter and the alarm tell accounts apart
    Given the filter publishes the system field "@aws.account" as a dimension
    And the alarm watches dimension "@aws.account" with value "111122223333"
    When the account is audited
    Then network gateway changes are reported as "pass"

  @no-evaluation-windows
  Scenario: the alarm's window is bound to the clock
    Given the alarm's window is bound to the clock
    When the account is audited
    Then network gateway changes are reported as "pass"

  @no-evaluation-windows
  Scenario: the alarm looks at whole days
    Given the alarm's window is bound to the clock
    And the alarm's period is 86400 seconds
    When the account is audited
    Then network gateway changes are reported as "pass"
    And the advisory "silent-after-alarm" is given
    And the advisory "rings-late" is given

  Scenario: the alarm goes by what is usual
    Given the alarm goes by what is usual
    When the account is audited
    Then network gateway changes are reported as "undetermined" because of "alarm-not-judged"

  Scenario: the alarm asks a query of metrics
    Given the alarm watches the expression "SELECT SUM(m1)"
    When the account is audited
    Then network gateway changes are reported as "undetermined" because of "alarm-not-judged"

  @no-queries
  Scenario: a log alarm notifies in the alarm's place
    Given a log alarm notifies in the alarm's place
    When the account is audited
    Then network gateway changes are reported as "undetermined" because of "log-alarm-not-judged, alarm-without-topic"
