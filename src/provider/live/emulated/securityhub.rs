//! Security Hub.

use aws_sdk_securityhub::Client;

use super::ProvisionError;

pub(super) async fn enable(client: &Client) -> Result<(), ProvisionError> {
    client.enable_security_hub().send().await?;
    Ok(())
}
