//! STS: who am I, and becoming someone else.

use aws_config::SdkConfig;
use aws_config::sts::AssumeRoleProvider;
use aws_credential_types::provider::SharedCredentialsProvider;

use super::error::LiveError;
use super::guard::ReadOnly;
use crate::provider::identity::{AccountId, Identity};

/// The account that the credentials belong to.
pub(super) async fn identity(config: &SdkConfig) -> Result<Identity, LiveError> {
    let config = aws_sdk_sts::config::Builder::from(config).interceptor(ReadOnly).build();
    let answer = aws_sdk_sts::Client::from_conf(config).get_caller_identity().send().await;
    let answer = answer.map_err(|error| LiveError::from_identity(&error))?;
    let account = AccountId::try_from(answer.account().unwrap_or_default().to_owned())
        .map_err(|error| LiveError::NoIdentity { details: error.to_string() })?;
    let partition = answer.arn().and_then(|arn| arn.split(':').nth(1)).unwrap_or("aws").to_owned();
    Ok(Identity { account, partition })
}

/// The same configuration with the credentials of a role.
pub(super) async fn assume(config: SdkConfig, role: &str, external_id: Option<&str>) -> SdkConfig {
    let mut provider = AssumeRoleProvider::builder(role).session_name("trailproof").configure(&config);
    if let Some(id) = external_id {
        provider = provider.external_id(id);
    }
    let provider = SharedCredentialsProvider::new(provider.build().await);
    config.into_builder().credentials_provider(provider).build()
}
