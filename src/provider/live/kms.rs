//! KMS' answers.

use aws_sdk_kms::{Client, types as sdk};

use super::error::{Malformed, malformed, refusal, required};
use crate::provider::api::kms::{DescribeKeyOutput, GetKeyPolicyOutput, KeyMetadata};
use crate::provider::{Answer, Call};

pub(super) async fn describe_key(client: &Client, call: Call, key: &str) -> Answer<DescribeKeyOutput> {
    let output = client.describe_key().key_id(key).send().await;
    let output = output.map_err(|error| refusal(call.clone(), &error))?;
    required(output.key_metadata, "KeyMetadata").and_then(metadata).map_err(|problem| malformed(call, &problem))
}

fn metadata(key: sdk::KeyMetadata) -> Result<DescribeKeyOutput, Malformed> {
    let key_metadata = KeyMetadata {
        arn: required(key.arn, "KeyMetadata.Arn")?,
        key_manager: required(key.key_manager, "KeyMetadata.KeyManager")?.as_str().into(),
        key_state: required(key.key_state, "KeyMetadata.KeyState")?.as_str().into(),
        key_usage: key.key_usage.map(|usage| usage.as_str().to_owned()),
        key_spec: key.key_spec.map(|spec| spec.as_str().to_owned()),
    };
    Ok(DescribeKeyOutput { key_metadata })
}

/// A key has one policy, and its name is `default`.
pub(super) async fn get_key_policy(client: &Client, call: Call, key: &str) -> Answer<GetKeyPolicyOutput> {
    let output = client.get_key_policy().key_id(key).policy_name("default").send().await;
    let output = output.map_err(|error| refusal(call.clone(), &error))?;
    let policy = required(output.policy, "Policy").map_err(|problem| malformed(call, &problem))?;
    Ok(GetKeyPolicyOutput { policy })
}
