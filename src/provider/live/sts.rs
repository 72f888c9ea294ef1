//! STS: who am I.

use aws_config::SdkConfig;

use super::error::LiveError;
use super::guard::ReadOnly;
use super::words::Words;
use crate::provider::identity::{AccountId, Identity};

/// The account that the credentials belong to.
pub(super) async fn identity(config: &SdkConfig, profile: Option<&str>, words: &Words) -> Result<Identity, LiveError> {
    let config = aws_sdk_sts::config::Builder::from(config).interceptor(ReadOnly).build();
    let answer = aws_sdk_sts::Client::from_conf(config).get_caller_identity().send().await;
    let answer = answer.map_err(|error| LiveError::from_identity(&error, profile, words))?;
    let account = AccountId::try_from(answer.account().unwrap_or_default().to_owned())
        .map_err(|error| LiveError::NoIdentity { details: words.clean(&error.to_string()) })?;
    let partition = answer.arn().and_then(|arn| arn.split(':').nth(1)).unwrap_or("aws").to_owned();
    Ok(Identity { account, partition })
}
