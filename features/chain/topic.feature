Feature: A topic lets alarms publish, and lets them use its key
  An alarm asks as the service cloudwatch.amazonaws.com, on behalf of itself and its account.

  Background:
    Given an account where network gateway changes are monitored as the benchmark says

  Scenario: the topic has the policy of a new one
    Given the topic also denies messages without TLS
    When the account is audited
    Then network gateway changes are reported as "pass"
    And no advisory is given

  Scenario: the topic lets alarms publish
    Given the topic lets "cloudwatch.amazonaws.com" publish
    When the account is audited
    Then network gateway changes are reported as "pass"
    And no advisory is given

  Scenario: the topic lets only another service publish
    Given the topic lets "events.amazonaws.com" publish
    When the account is audited
    Then network gateway changes are reported as "fail" because of "topic-not-publishable"

  Scenario: the topic lets the account's alarms publish
    Given the topic lets "cloudwatch.amazonaws.com" publish if "aws:SourceAccount" is "111122223333"
    When the account is audited
    Then network gateway changes are reported as "pass"
    And no advisory is given

  Scenario: the topic lets only another account's alarms publish
    Given the topic lets "cloudwatch.amazonaws.com" publish if "aws:SourceAccount" is "444455556666"
    When the account is audited
    Then network gateway changes are reported as "fail" because of "topic-not-publishable"

  Scenario: the topic lets the alarms of its region publish
    Given the topic lets "cloudwatch.amazonaws.com" publish if "aws:SourceArn" is "arn:aws:cloudwatch:us-east-1:111122223333:alarm:*"
    When the account is audited
    Then network gateway changes are reported as "pass"
    And no advisory is given

  Scenario: the topic lets only another alarm publish
    Given the topic lets "cloudwatch.amazonaws.com" publish if "aws:SourceArn" is "arn:aws:cloudwatch:us-east-1:111122223333:alarm:billing"
    When the account is audited
    Then network gateway changes are reported as "fail" because of "topic-not-publishable"

  Scenario Outline: the topic asks for <key>, which the request of a service does not have
    Given the topic lets "cloudwatch.amazonaws.com" publish if "<key>" is "<value>"
    When the account is audited
    Then network gateway changes are reported as "fail" because of "topic-not-publishable"

    Examples:
      | key                  | value                                |
      | aws:PrincipalOrgID   | o-example                            |
      | aws:PrincipalAccount | 111122223333                         |
      | aws:PrincipalArn     | arn:aws:iam::111122223333:role/admin |
      | aws:SourceVpce       | vpce-1a2b3c4d                        |

  Scenario: the topic lets the alarms of an organization publish
    Given the topic lets "cloudwatch.amazonaws.com" publish if "aws:SourceOrgID" is "o-example"
    When the account is audited
    Then network gateway changes are reported as "undetermined" because of "topic-policy-not-judged"

  Scenario: a denial outweighs what the topic allows
    Given the topic also denies everybody to publish
    When the account is audited
    Then network gateway changes are reported as "fail" because of "topic-not-publishable"

  @nothing-is-refused
  Scenario: the topic's attributes may not be seen
    Given the topic also denies everybody to publish
    And the auditor may not call "sns:GetTopicAttributes"
    When the account is audited
    Then network gateway changes are reported as "pass"
    And the advisory "not-checked" is given

  Scenario: the topic is encrypted with the key of AWS
    Given the topic is encrypted with "alias/aws/sns"
    When the account is audited
    Then network gateway changes are reported as "fail" because of "topic-encryption-blocks-alarms"

  Scenario: the topic is encrypted with a key that alarms may use
    Given the topic is encrypted with a key that "cloudwatch.amazonaws.com" may use
    When the account is audited
    Then network gateway changes are reported as "pass"
    And no advisory is given

  Scenario: the topic is encrypted with a key that keeps alarms out
    Given the topic is encrypted with a key that "events.amazonaws.com" may use
    When the account is audited
    Then network gateway changes are reported as "fail" because of "topic-encryption-blocks-alarms"

  Scenario: the topic's key is disabled
    Given the topic is encrypted with a key that "cloudwatch.amazonaws.com" may use
    And the key is in state "Disabled"
    When the account is audited
    Then network gateway changes are reported as "fail" because of "topic-encryption-blocks-alarms"

  Scenario: the topic's key is to be deleted
    Given the topic is encrypted with a key that "cloudwatch.amazonaws.com" may use
    And the key is in state "PendingDeletion"
    When the account is audited
    Then network gateway changes are reported as "fail" because of "topic-encryption-blocks-alarms"

  @keys-have-few-states
  Scenario Outline: the topic's key is in state <state>, in which it cannot be used
    Given the topic is encrypted with a key that "cloudwatch.amazonaws.com" may use
    And the key is in state "<state>"
    When the account is audited
    Then network gateway changes are reported as "fail" because of "topic-encryption-blocks-alarms"

    Examples:
      | state                  |
      | PendingImport          |
      | PendingReplicaDeletion |
      | Unavailable            |
      | Creating               |

  @keys-have-few-states
  Scenario: the topic's key can be used while its primary region changes
    Given the topic is encrypted with a key that "cloudwatch.amazonaws.com" may use
    And the key is in state "Updating"
    When the account is audited
    Then network gateway changes are reported as "pass"
    And no advisory is given

  @keys-have-few-states
  Scenario: the topic's key is in a state that AWS does not document
    Given the topic is encrypted with a key that "cloudwatch.amazonaws.com" may use
    And the key is in state "Resting"
    When the account is audited
    Then network gateway changes are reported as "undetermined" because of "topic-encryption-not-judged"

  @nothing-is-refused
  Scenario: kms:DescribeKey is denied
    Given the topic is encrypted with a key that "cloudwatch.amazonaws.com" may use
    And the auditor may not call "kms:DescribeKey"
    When the account is audited
    Then network gateway changes are reported as "pass"
    And the advisory "not-checked" is given

  @nothing-is-refused
  Scenario: a strict audit does not pass over kms:DescribeKey
    Given the topic is encrypted with a key that "cloudwatch.amazonaws.com" may use
    And the auditor may not call "kms:DescribeKey"
    When the account is audited strictly
    Then network gateway changes are reported as "undetermined" because of "not-checked"

  @nothing-is-refused
  Scenario: kms:GetKeyPolicy is denied
    Given the topic is encrypted with a key that "cloudwatch.amazonaws.com" may use
    And the auditor may not call "kms:GetKeyPolicy"
    When the account is audited
    Then network gateway changes are reported as "pass"
    And the advisory "not-checked" is given

  @nothing-is-refused
  Scenario: a strict audit does not pass over kms:GetKeyPolicy
    Given the topic is encrypted with a key that "cloudwatch.amazonaws.com" may use
    And the auditor may not call "kms:GetKeyPolicy"
    When the account is audited strictly
    Then network gateway changes are reported as "undetermined" because of "not-checked"

  Scenario: the topic is in another region
    Given the topic is in region "eu-west-1"
    When the account is audited
    Then network gateway changes are reported as "fail" because of "topic-in-another-region"

  @subscriptions-are-private
  Scenario: the topic is in another account
    Given the topic is in account "444455556666"
    When the account is audited
    Then network gateway changes are reported as "fail" because of "topic-not-publishable"

  @subscriptions-are-private
  Scenario: the topic is in another account and lets alarms publish
    Given the topic is in account "444455556666"
    And the topic lets "cloudwatch.amazonaws.com" publish if "aws:SourceAccount" is "111122223333"
    When the account is audited
    Then network gateway changes are reported as "pass"
    And no advisory is given
