//! The services' clients, each with the guard.

use aws_config::{Region, SdkConfig};
use aws_smithy_runtime::client::retries::RetryPartition;

use super::ReadOnly;
use crate::provider::identity::AccountId;

/// One client a service. A call goes to the region it is about, whatever the client's own.
#[derive(Debug, Clone)]
pub struct Clients {
    cloudtrail: aws_sdk_cloudtrail::Client,
    logs: aws_sdk_cloudwatchlogs::Client,
    cloudwatch: aws_sdk_cloudwatch::Client,
    sns: aws_sdk_sns::Client,
    kms: aws_sdk_kms::Client,
    securityhub: aws_sdk_securityhub::Client,
}

impl Clients {
    /// Clients of one configuration for one account. Accounts do not share what the SDK allows for retries: one that
    /// throttles must not make the audit of the next give up early.
    pub fn new(config: &SdkConfig, account: &AccountId) -> Self {
        let retries = RetryPartition::new(account.to_string());
        let cloudtrail = aws_sdk_cloudtrail::config::Builder::from(config).retry_partition(retries.clone());
        let logs = aws_sdk_cloudwatchlogs::config::Builder::from(config).retry_partition(retries.clone());
        let cloudwatch = aws_sdk_cloudwatch::config::Builder::from(config).retry_partition(retries.clone());
        let sns = aws_sdk_sns::config::Builder::from(config).retry_partition(retries.clone());
        let kms = aws_sdk_kms::config::Builder::from(config).retry_partition(retries.clone());
        let securityhub = aws_sdk_securityhub::config::Builder::from(config).retry_partition(retries);
        Self::guarding(
            &aws_sdk_cloudtrail::Client::from_conf(cloudtrail.build()),
            &aws_sdk_cloudwatchlogs::Client::from_conf(logs.build()),
            &aws_sdk_cloudwatch::Client::from_conf(cloudwatch.build()),
            &aws_sdk_sns::Client::from_conf(sns.build()),
            &aws_sdk_kms::Client::from_conf(kms.build()),
            &aws_sdk_securityhub::Client::from_conf(securityhub.build()),
        )
    }

    /// The given clients, put under guard.
    pub fn guarding(
        cloudtrail: &aws_sdk_cloudtrail::Client,
        logs: &aws_sdk_cloudwatchlogs::Client,
        cloudwatch: &aws_sdk_cloudwatch::Client,
        sns: &aws_sdk_sns::Client,
        kms: &aws_sdk_kms::Client,
        securityhub: &aws_sdk_securityhub::Client,
    ) -> Self {
        Self {
            cloudtrail: aws_sdk_cloudtrail::Client::from_conf(
                cloudtrail.config().to_builder().interceptor(ReadOnly).build(),
            ),
            logs: aws_sdk_cloudwatchlogs::Client::from_conf(logs.config().to_builder().interceptor(ReadOnly).build()),
            cloudwatch: aws_sdk_cloudwatch::Client::from_conf(
                cloudwatch.config().to_builder().interceptor(ReadOnly).build(),
            ),
            sns: aws_sdk_sns::Client::from_conf(sns.config().to_builder().interceptor(ReadOnly).build()),
            kms: aws_sdk_kms::Client::from_conf(kms.config().to_builder().interceptor(ReadOnly).build()),
            securityhub: aws_sdk_securityhub::Client::from_conf(
                securityhub.config().to_builder().interceptor(ReadOnly).build(),
            ),
        }
    }

    /// CloudTrail in a region.
    pub fn cloudtrail_in(&self, region: &str) -> aws_sdk_cloudtrail::Client {
        let config = self.cloudtrail.config().to_builder().region(Region::new(region.to_owned()));
        aws_sdk_cloudtrail::Client::from_conf(config.build())
    }

    /// CloudWatch Logs in a region.
    pub fn logs_in(&self, region: &str) -> aws_sdk_cloudwatchlogs::Client {
        let config = self.logs.config().to_builder().region(Region::new(region.to_owned()));
        aws_sdk_cloudwatchlogs::Client::from_conf(config.build())
    }

    /// CloudWatch in a region.
    pub fn cloudwatch_in(&self, region: &str) -> aws_sdk_cloudwatch::Client {
        let config = self.cloudwatch.config().to_builder().region(Region::new(region.to_owned()));
        aws_sdk_cloudwatch::Client::from_conf(config.build())
    }

    /// SNS in a region.
    pub fn sns_in(&self, region: &str) -> aws_sdk_sns::Client {
        let config = self.sns.config().to_builder().region(Region::new(region.to_owned()));
        aws_sdk_sns::Client::from_conf(config.build())
    }

    /// Security Hub in a region.
    pub fn securityhub_in(&self, region: &str) -> aws_sdk_securityhub::Client {
        let config = self.securityhub.config().to_builder().region(Region::new(region.to_owned()));
        aws_sdk_securityhub::Client::from_conf(config.build())
    }

    /// KMS in a region.
    pub fn kms_in(&self, region: &str) -> aws_sdk_kms::Client {
        let config = self.kms.config().to_builder().region(Region::new(region.to_owned()));
        aws_sdk_kms::Client::from_conf(config.build())
    }
}
