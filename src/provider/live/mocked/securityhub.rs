//! Security Hub, mocked.

use aws_sdk_securityhub::Client;
use aws_sdk_securityhub::operation::describe_hub::{self, DescribeHubError};
use aws_smithy_mocks::mock;

use super::{answers, mocked, respond};
use crate::provider::api::securityhub::DescribeHubOutput;
use crate::provider::question;
use crate::provider::recorded::Recording;

pub(super) fn client(recording: &Recording) -> Client {
    let rules = answers::<question::DescribeHub>(recording).map(|(call, answer)| {
        let rule = mock!(Client::describe_hub)
            .then_compute_response(move |_| respond(&answer, hub, DescribeHubError::generic));
        (call.region, rule)
    });
    mocked!(aws_sdk_securityhub, rules.collect())
}

fn hub(recorded: &DescribeHubOutput) -> describe_hub::DescribeHubOutput {
    describe_hub::DescribeHubOutput::builder().hub_arn(recorded.hub_arn.to_string()).build()
}
