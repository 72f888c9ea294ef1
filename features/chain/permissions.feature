Feature: What an auditor may not see is never taken for nothing
  A call that is denied, that fails or that was not recorded leaves the answer open, unless something else decides it.

  Background:
    Given an account where network gateway changes are monitored as the benchmark says

  @nothing-is-refused
  Scenario Outline: <call> is denied
    Given the auditor may not call "<call>"
    When the account is audited
    Then network gateway changes are reported as "undetermined" because of "access-denied"

    Examples:
      | call                          |
      | cloudtrail:DescribeTrails     |
      | cloudtrail:GetTrailStatus     |
      | cloudtrail:GetEventSelectors  |
      | logs:DescribeMetricFilters    |
      | cloudwatch:DescribeAlarms     |
      | sns:ListSubscriptionsByTopic  |

  @recorded
  Scenario Outline: <call> was not recorded
    Given "<call>" was not recorded
    When the account is audited
    Then network gateway changes are reported as "undetermined" because of "not-recorded"

    Examples:
      | call                          |
      | cloudtrail:DescribeTrails     |
      | cloudtrail:GetTrailStatus     |
      | cloudtrail:GetEventSelectors  |
      | logs:DescribeMetricFilters    |
      | cloudwatch:DescribeAlarms     |
      | sns:ListSubscriptionsByTopic  |

  @nothing-is-refused
  Scenario Outline: <call> is throttled
    Given "<call>" fails with "ThrottlingException"
    When the account is audited
    Then network gateway changes are reported as "undetermined" because of "call-failed"

    Examples:
      | call                       |
      | logs:DescribeMetricFilters |
      | cloudwatch:DescribeAlarms  |

  @nothing-is-refused
  Scenario: a link that is broken for certain decides in spite of a denied call
    Given the trail is stopped
    And the auditor may not call "cloudwatch:DescribeAlarms"
    When the account is audited
    Then network gateway changes are reported as "fail" because of "trail-not-logging, access-denied"

  @nothing-is-refused
  Scenario Outline: <call> is denied, and the benchmark does not ask for it
    Given the auditor may not call "<call>"
    When the account is audited
    Then network gateway changes are reported as "pass"
    And the advisory "not-checked" is given

    Examples:
      | call                            |
      | sns:GetTopicAttributes          |
      | sns:GetSubscriptionAttributes   |
      | cloudwatch:ListAlarmMuteRules   |

  @recorded
  Scenario Outline: <call> was not recorded, and the benchmark does not ask for it
    Given "<call>" was not recorded
    When the account is audited
    Then network gateway changes are reported as "pass"
    And the advisory "not-checked" is given

    Examples:
      | call                            |
      | sns:GetTopicAttributes          |
      | sns:GetSubscriptionAttributes   |
      | cloudwatch:ListAlarmMuteRules   |

  @nothing-is-refused
  Scenario Outline: a strict audit does not pass over <call>
    Given the auditor may not call "<call>"
    When the account is audited strictly
    Then network gateway changes are reported as "undetermined" because of "not-checked"

    Examples:
      | call                            |
      | sns:GetTopicAttributes          |
      | sns:GetSubscriptionAttributes   |
      | cloudwatch:ListAlarmMuteRules   |

  Scenario: a strict audit passes an account of which everything was seen
    When the account is audited strictly
    Then network gateway changes are reported as "pass"
    And no advisory is given
