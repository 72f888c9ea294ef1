//! The services' clients, each with the guard.

use aws_config::{Region, SdkConfig};

use super::ReadOnly;

/// One client a service. A call goes to the region it is about, whatever the client's own.
#[derive(Debug, Clone)]
pub struct Clients {
    cloudtrail: aws_sdk_cloudtrail::Client,
    logs: aws_sdk_cloudwatchlogs::Client,
    cloudwatch: aws_sdk_cloudwatch::Client,
    sns: aws_sdk_sns::Client,
    kms: aws_sdk_kms::Client,
}

impl Clients {
    /// Clients of one configuration.
    pub fn new(config: &SdkConfig) -> Self {
        Self::guarding(
            &aws_sdk_cloudtrail::Client::new(config),
            &aws_sdk_cloudwatchlogs::Client::new(config),
            &aws_sdk_cloudwatch::Client::new(config),
            &aws_sdk_sns::Client::new(config),
            &aws_sdk_kms::Client::new(config),
        )
    }

    /// The given clients, put under guard.
    pub fn guarding(
        cloudtrail: &aws_sdk_cloudtrail::Client,
        logs: &aws_sdk_cloudwatchlogs::Client,
        cloudwatch: &aws_sdk_cloudwatch::Client,
        sns: &aws_sdk_sns::Client,
        kms: &aws_sdk_kms::Client,
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

    /// KMS in a region.
    pub fn kms_in(&self, region: &str) -> aws_sdk_kms::Client {
        let config = self.kms.config().to_builder().region(Region::new(region.to_owned()));
        aws_sdk_kms::Client::from_conf(config.build())
    }
}
