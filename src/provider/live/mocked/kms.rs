//! KMS, mocked.

use aws_sdk_kms::operation::describe_key::{self, DescribeKeyError};
use aws_sdk_kms::operation::get_key_policy::{self, GetKeyPolicyError};
use aws_sdk_kms::{Client, types as sdk};
use aws_smithy_mocks::mock;
use aws_smithy_types::error::operation::BuildError;

use super::{answers, denied, mocked, respond};
use crate::provider::api::kms::{DescribeKeyOutput, GetKeyPolicyOutput};
use crate::provider::question;
use crate::provider::recorded::Recording;

pub(super) fn client(recording: &Recording) -> Client {
    let mut rules = Vec::new();
    for (call, answer) in answers::<question::DescribeKey>(recording) {
        let rule = mock!(Client::describe_key)
            .match_requests(move |request| request.key_id == call.resource)
            .then_compute_response(move |_| respond(&answer, described, DescribeKeyError::generic));
        rules.push((call.region, rule));
    }
    for (call, answer) in answers::<question::GetKeyPolicy>(recording) {
        let rule = mock!(Client::get_key_policy)
            .match_requests(move |request| request.key_id == call.resource)
            .then_compute_response(move |_| respond(&answer, policy, GetKeyPolicyError::generic));
        rules.push((call.region, rule));
    }
    denied!(rules, Client::describe_key, DescribeKeyError);
    denied!(rules, Client::get_key_policy, GetKeyPolicyError);
    mocked!(aws_sdk_kms, rules)
}

fn described(recorded: &DescribeKeyOutput) -> describe_key::DescribeKeyOutput {
    // Building one fails only if a member is missing, and none is.
    describe_key::DescribeKeyOutput::builder().set_key_metadata(metadata(recorded).ok()).build()
}

fn metadata(recorded: &DescribeKeyOutput) -> Result<sdk::KeyMetadata, BuildError> {
    let key = &recorded.key_metadata;
    sdk::KeyMetadata::builder()
        .key_id(key.arn.rsplit('/').next().unwrap_or_default())
        .arn(&key.arn)
        .key_manager(key.key_manager.as_str().into())
        .key_state(key.key_state.as_str().into())
        .set_key_usage(key.key_usage.as_deref().map(Into::into))
        .set_key_spec(key.key_spec.as_deref().map(Into::into))
        .build()
}

fn policy(recorded: &GetKeyPolicyOutput) -> get_key_policy::GetKeyPolicyOutput {
    get_key_policy::GetKeyPolicyOutput::builder().policy(&recorded.policy).build()
}
