//! Security Hub, mocked.

use aws_sdk_securityhub::Client;
use aws_sdk_securityhub::operation::describe_hub::{DescribeHubError, DescribeHubOutput};
use aws_smithy_mocks::mock;

use super::{mocked, respond};
use crate::provider::api::DescribeHub;
use crate::provider::recorded::Answers;

pub(super) fn client(answers: &Answers) -> Client {
    let rules = answers.describe_hub.clone().into_iter().map(|(call, answer)| {
        let rule = mock!(Client::describe_hub)
            .then_compute_response(move |_| respond(&answer, hub, DescribeHubError::generic));
        (call.region, rule)
    });
    mocked!(aws_sdk_securityhub, rules.collect())
}

fn hub(recorded: &DescribeHub) -> DescribeHubOutput {
    DescribeHubOutput::builder().hub_arn(&recorded.hub_arn).build()
}
