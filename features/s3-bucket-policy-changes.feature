Feature: S3 bucket policy changes are monitored
  One call opens a bucket to the world or copies it away. Somebody has to hear of each of these nine.

  Scenario: everything is as the benchmark says
    Given an account where S3 bucket policy changes are monitored as the benchmark says
    When the account is audited
    Then S3 bucket policy changes are reported as "pass"
    And no advisory is given

  Scenario Outline: everything is as CIS <version> says
    Given an account where S3 bucket policy changes are monitored as the remediation of CIS "<version>" says
    When the account is audited for CIS "<version>"
    Then S3 bucket policy changes are reported as "pass"

    Examples:
      | version |
      | 1.2.0   |
      | 1.5.0   |
      | 3.0.0   |
      | 6.0.0   |

  Scenario Outline: the filter omits <event>
    Given an account where S3 bucket policy changes are monitored as the benchmark says
    And the filter omits "<event>"
    When the account is audited
    Then S3 bucket policy changes are reported as "fail" because of "filter-does-not-cover"
    And nobody would hear of "<event>"

    Examples:
      | event                   |
      | PutBucketAcl            |
      | PutBucketPolicy         |
      | PutBucketCors           |
      | PutBucketLifecycle      |
      | PutBucketReplication    |
      | DeleteBucketPolicy      |
      | DeleteBucketCors        |
      | DeleteBucketLifecycle   |
      | DeleteBucketReplication |

  Scenario: the filter watches one region only
    Given an account where S3 bucket policy changes are monitored as the benchmark says
    And the filter also requires "awsRegion" to be "us-east-1"
    When the account is audited
    Then S3 bucket policy changes are reported as "fail" because of "filter-does-not-cover"
    And the event's "awsRegion" is not "us-east-1"

  Scenario: the filter watches one bucket only
    Given an account where S3 bucket policy changes are monitored as the benchmark says
    And the filter also requires "requestParameters.bucketName" to be "payroll"
    When the account is audited
    Then S3 bucket policy changes are reported as "fail" because of "filter-does-not-cover"
    And the event's "requestParameters.bucketName" is not "payroll"

  Scenario: the trail records read-only events only
    Given an account where S3 bucket policy changes are monitored as the benchmark says
    And the trail records read-only events only
    When the account is audited
    Then S3 bucket policy changes are reported as "fail" because of "trail-lacks-management-events"

  Scenario: the filter has the names of the API, not of the events
    Given an account where S3 bucket policy changes are monitored as the benchmark says
    And the filter has the pattern
      """
      { ($.eventSource = s3.amazonaws.com) && (($.eventName = PutBucketAcl) || ($.eventName = PutBucketPolicy) || ($.eventName = PutBucketCors) || ($.eventName = PutBucketLifecycleConfiguration) || ($.eventName = PutBucketReplication) || ($.eventName = "DeleteBucket*")) }
      """
    When the account is audited
    Then S3 bucket policy changes are reported as "fail" because of "filter-does-not-cover"
    And nobody would hear of "PutBucketLifecycle"

  Scenario: the filter leaves out the service, and notices directory buckets, too
    Given an account where S3 bucket policy changes are monitored as the benchmark says
    And the filter has the pattern
      """
      { ($.eventName = PutBucketAcl) || ($.eventName = "*BucketPolicy") || ($.eventName = "*BucketCors") || ($.eventName = "*BucketLifecycle") || ($.eventName = "*BucketReplication") }
      """
    When the account is audited
    Then S3 bucket policy changes are reported as "pass"
    And the advisory "filter-broader" is given

  Scenario: the filter notices every call on buckets
    Given an account where S3 bucket policy changes are monitored as the benchmark says
    And the filter has the pattern
      """
      { ($.eventSource = "s3.*") && ($.eventName = "*Bucket*") }
      """
    When the account is audited
    Then S3 bucket policy changes are reported as "pass"
    And the advisory "filter-broader" is given
