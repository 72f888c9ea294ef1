Feature: Security Hub is enabled
  Findings of other services come together in Security Hub, region by region. It has to be enabled in each region that is
  audited, and each region that the account has enabled has to be audited; no event and no alarm is asked for.

  Scenario: it is enabled in the only region
    Given an account where Security Hub is enabled
    When the account is audited
    Then security hub enabled is reported as "pass"
    And no advisory is given

  Scenario: it is enabled in two regions
    Given an account where Security Hub is enabled
    And region "eu-west-1" is audited too
    When the account is audited
    Then security hub enabled is reported as "pass"

  Scenario: it is not enabled
    Given an account where Security Hub is enabled
    And Security Hub is not enabled in region "us-east-1"
    When the account is audited
    Then security hub enabled is reported as "fail" because of "security-hub-not-enabled"

  Scenario: it is not enabled in one of two regions
    Given an account where Security Hub is enabled
    And Security Hub is not enabled in region "eu-west-1"
    When the account is audited
    Then security hub enabled is reported as "fail" because of "security-hub-not-enabled"

  @nothing-is-refused
  Scenario: the auditor may not look
    Given an account where Security Hub is enabled
    And the auditor may not call "securityhub:DescribeHub"
    When the account is audited
    Then security hub enabled is reported as "undetermined" because of "access-denied"

  @recorded
  Scenario: nobody recorded whether it is enabled
    Given an account where Security Hub is enabled
    And "securityhub:DescribeHub" was not recorded
    When the account is audited
    Then security hub enabled is reported as "undetermined" because of "not-recorded"

  Scenario: AWS says that there is no hub
    Given an account where Security Hub is enabled
    And "securityhub:DescribeHub" fails with "ResourceNotFoundException"
    When the account is audited
    Then security hub enabled is reported as "fail" because of "security-hub-not-enabled"

  @nothing-is-refused
  Scenario: AWS does not answer
    Given an account where Security Hub is enabled
    And "securityhub:DescribeHub" fails with "InternalException"
    When the account is audited
    Then security hub enabled is reported as "undetermined" because of "call-failed"

  Scenario: the first versions did not ask for it
    Given an account where Security Hub is enabled
    When the account is audited for CIS "1.4.0"
    Then security hub enabled is reported as "not-applicable"

  @regions-are-those-audited
  Scenario: the account has enabled a region that is not audited
    Given an account where Security Hub is enabled
    And region "eu-west-1" is enabled and not audited
    When the account is audited
    Then security hub enabled is reported as "undetermined" because of "not-recorded"

  @nothing-is-refused
  Scenario: the auditor may not list the account's regions
    Given an account where Security Hub is enabled
    And the auditor may not call "account:ListRegions"
    When the account is audited
    Then security hub enabled is reported as "pass"
    And the advisory "not-checked" is given

  @nothing-is-refused
  Scenario: a region that is not enabled is known to be so without the list of regions
    Given an account where Security Hub is enabled
    And Security Hub is not enabled in region "eu-west-1"
    And the auditor may not call "account:ListRegions"
    When the account is audited
    Then security hub enabled is reported as "fail" because of "security-hub-not-enabled"
