//! The services' clients, each with the guard.

use std::sync::atomic::{AtomicU64, Ordering};

use aws_config::{Region, SdkConfig};
use aws_smithy_runtime::client::retries::RetryPartition;

use super::ReadOnly;

/// Defines a client for each service, and who asks it in a region.
macro_rules! clients {
    ($($(#[$about:meta])* $service:ident: $sdk:ident, $in_region:ident;)*) => {
        /// One client a service. A call goes to the region it is about, whatever the client's own.
        #[derive(Debug, Clone)]
        pub struct Clients {
            $($service: $sdk::Client,)*
        }

        impl Clients {
            /// Clients of one configuration. Accounts do not share what the SDK allows for retries: one that throttles
            /// must not make the audit of the next give up early.
            pub fn new(config: &SdkConfig) -> Self {
                static ACCOUNTS: AtomicU64 = AtomicU64::new(0);
                let retries = RetryPartition::new(format!("account-{}", ACCOUNTS.fetch_add(1, Ordering::Relaxed)));
                $(let $service = $sdk::config::Builder::from(config).retry_partition(retries.clone()).build();)*
                Self::guarding($(&$sdk::Client::from_conf($service),)*)
            }

            /// The given clients, put under guard.
            pub fn guarding($($service: &$sdk::Client,)*) -> Self {
                Self {
                    $($service: $sdk::Client::from_conf(
                        $service.config().to_builder().interceptor(ReadOnly).build(),
                    ),)*
                }
            }

            $(
                $(#[$about])*
                pub fn $in_region(&self, region: &str) -> $sdk::Client {
                    let config = self.$service.config().to_builder().region(Region::new(region.to_owned()));
                    $sdk::Client::from_conf(config.build())
                }
            )*
        }
    };
}

clients! {
    /// CloudTrail in a region.
    cloudtrail: aws_sdk_cloudtrail, cloudtrail_in;
    /// CloudWatch Logs in a region.
    logs: aws_sdk_cloudwatchlogs, logs_in;
    /// CloudWatch in a region.
    cloudwatch: aws_sdk_cloudwatch, cloudwatch_in;
    /// SNS in a region.
    sns: aws_sdk_sns, sns_in;
    /// KMS in a region.
    kms: aws_sdk_kms, kms_in;
    /// Security Hub in a region.
    securityhub: aws_sdk_securityhub, securityhub_in;
    /// Account Management in a region.
    account: aws_sdk_account, account_in;
}
