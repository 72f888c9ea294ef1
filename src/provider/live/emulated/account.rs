//! One account in the emulators.

use aws_config::{BehaviorVersion, Region as SdkRegion, SdkConfig};
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_http_client as http_client;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::BeforeTransmitInterceptorContextMut;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::retry::RetryConfig;

use super::super::{Clients, Live};
use super::Emulators;
use super::amend;
use super::http::{self, HttpError};
use crate::provider::Region;
use crate::provider::api::Timestamp;
use crate::provider::identity::{AccountId, Identity};

/// The clients of one account: with them it can be changed, too.
#[derive(Debug, Clone)]
pub struct EmulatedAccount {
    identity: Identity,
    localstack: SdkConfig,
    moto: SdkConfig,
}

impl Emulators {
    /// An account of this id, which nobody has to create.
    pub async fn account(&self, identity: Identity) -> EmulatedAccount {
        let config = aws_config::defaults(BehaviorVersion::v2026_01_12())
            .region(SdkRegion::new("us-east-1"))
            .credentials_provider(credentials(&identity.account))
            // Without TLS: to read the roots of trust takes longer than an audit.
            .http_client(http_client::Builder::new().build_http())
            .load()
            .await;
        let at = |url: &str| config.to_builder().endpoint_url(url).build();
        EmulatedAccount { identity, localstack: at(&self.localstack), moto: at(&self.moto) }
    }
}

/// LocalStack takes an access key id of twelve digits for the account's id, and nobody looks at the rest.
fn credentials(account: &AccountId) -> SharedCredentialsProvider {
    SharedCredentialsProvider::new(Credentials::new(account.as_str(), "secret", None, None, "emulated"))
}

impl Emulators {
    /// The token with which the owner of a subscription's endpoint confirms it: a message to the endpoint has it.
    pub fn subscription_token(&self, subscription: &str) -> Result<String, HttpError> {
        subscription_token(&self.localstack, subscription)
    }
}

fn subscription_token(localstack: &str, subscription: &str) -> Result<String, HttpError> {
    let line = format!("GET /_aws/sns/subscription-tokens/{subscription}");
    let body = http::request(localstack, &line, "")?;
    let token = body.split("\"subscription_token\"").nth(1).and_then(|rest| rest.split('"').nth(1));
    token.map(str::to_owned).ok_or_else(|| HttpError::Body { line, body: body.clone() })
}

impl EmulatedAccount {
    /// The account behind the live provider, with its guard, as if it were asked then.
    pub fn live(&self, regions: Vec<Region>, asked_at: Option<Timestamp>) -> Live {
        let cloudwatch = self.cloudwatch("us-east-1").config().to_builder().interceptor(amend::mute_rules());
        // LocalStack says of what it does not know that it failed, which would be tried again and again.
        let cloudwatch = cloudwatch.retry_config(RetryConfig::disabled());
        let cloudtrail = self.cloudtrail("us-east-1").config().to_builder().interceptor(amend::deliveries(asked_at));
        let account = self.account_management("us-east-1").config().to_builder().interceptor(amend::regions(&regions));
        let clients = Clients::guarding(
            &aws_sdk_cloudtrail::Client::from_conf(cloudtrail.build()),
            &self.logs("us-east-1"),
            &aws_sdk_cloudwatch::Client::from_conf(cloudwatch.build()),
            &self.sns("us-east-1"),
            &self.kms("us-east-1"),
            &self.securityhub("us-east-1"),
            &aws_sdk_account::Client::from_conf(account.build()),
        );
        Live::from_clients(self.identity.clone(), regions, clients, asked_at)
    }

    /// Another account in the same emulators.
    pub(super) fn neighbour(&self, id: &AccountId) -> Self {
        let localstack = self.localstack.to_builder().credentials_provider(credentials(id)).build();
        let identity = Identity { account: id.clone(), ..self.identity.clone() };
        Self { identity, localstack, moto: self.moto.clone() }
    }

    /// Its id.
    pub fn id(&self) -> &str {
        self.identity.account.as_str()
    }

    /// CloudTrail in a region.
    pub fn cloudtrail(&self, region: &str) -> aws_sdk_cloudtrail::Client {
        let config = aws_sdk_cloudtrail::config::Builder::from(&self.moto).region(SdkRegion::new(region.to_owned()));
        aws_sdk_cloudtrail::Client::from_conf(config.interceptor(self.in_moto()).build())
    }

    /// KMS in a region.
    pub fn kms(&self, region: &str) -> aws_sdk_kms::Client {
        let config = aws_sdk_kms::config::Builder::from(&self.moto).region(SdkRegion::new(region.to_owned()));
        aws_sdk_kms::Client::from_conf(config.interceptor(self.in_moto()).build())
    }

    /// Security Hub in a region.
    pub fn securityhub(&self, region: &str) -> aws_sdk_securityhub::Client {
        let config = aws_sdk_securityhub::config::Builder::from(&self.moto).region(SdkRegion::new(region.to_owned()));
        aws_sdk_securityhub::Client::from_conf(config.interceptor(self.in_moto()).build())
    }

    /// Account Management in a region.
    pub fn account_management(&self, region: &str) -> aws_sdk_account::Client {
        let config = aws_sdk_account::config::Builder::from(&self.moto).region(SdkRegion::new(region.to_owned()));
        aws_sdk_account::Client::from_conf(config.interceptor(self.in_moto()).build())
    }

    /// CloudWatch Logs in a region.
    pub fn logs(&self, region: &str) -> aws_sdk_cloudwatchlogs::Client {
        let config = aws_sdk_cloudwatchlogs::config::Builder::from(&self.localstack);
        aws_sdk_cloudwatchlogs::Client::from_conf(config.region(SdkRegion::new(region.to_owned())).build())
    }

    /// CloudWatch in a region.
    pub fn cloudwatch(&self, region: &str) -> aws_sdk_cloudwatch::Client {
        let config = aws_sdk_cloudwatch::config::Builder::from(&self.localstack);
        aws_sdk_cloudwatch::Client::from_conf(config.region(SdkRegion::new(region.to_owned())).build())
    }

    /// SNS in a region.
    pub fn sns(&self, region: &str) -> aws_sdk_sns::Client {
        let config = aws_sdk_sns::config::Builder::from(&self.localstack);
        aws_sdk_sns::Client::from_conf(config.region(SdkRegion::new(region.to_owned())).build())
    }

    /// Makes a bucket for trails. S3 has no client here: one request is all it takes.
    pub(super) fn create_bucket(&self) -> Result<String, HttpError> {
        let bucket = format!("trails-{}", self.id());
        let header = format!("{MOTO_ACCOUNT}: {}\r\n", self.id());
        http::request(self.moto.endpoint_url().unwrap_or_default(), &format!("PUT /{bucket}"), &header)?;
        Ok(bucket)
    }

    /// Asks SQS, which has no client here: the path of a queue, if it is about one, and the query.
    pub fn sqs(&self, path: &str) -> Result<String, HttpError> {
        let scope = format!("{}/20260101/us-east-1/sqs/aws4_request", self.id());
        let header = format!("Authorization: AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders=host, Signature=0\r\n");
        http::request(self.localstack.endpoint_url().unwrap_or_default(), &format!("GET {path}"), &header)
    }

    /// The token with which the owner of a subscription's endpoint confirms it.
    pub(super) fn subscription_token(&self, subscription: &str) -> Result<String, HttpError> {
        subscription_token(self.localstack.endpoint_url().unwrap_or_default(), subscription)
    }

    fn in_moto(&self) -> InMoto {
        InMoto(self.id().to_owned())
    }
}

/// The header by which moto knows the account that is meant.
const MOTO_ACCOUNT: &str = "x-moto-account-id";

/// Tells moto which account is meant: it takes no account's id for an access key id.
#[derive(Debug)]
struct InMoto(String);

impl Intercept for InMoto {
    fn name(&self) -> &'static str {
        "InMoto"
    }

    fn modify_before_transmit(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        context.request_mut().headers_mut().insert(MOTO_ACCOUNT, self.0.clone());
        Ok(())
    }
}
