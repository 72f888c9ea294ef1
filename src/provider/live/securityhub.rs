//! Security Hub's answers.

use aws_sdk_securityhub::Client;

use super::error::{malformed, meaningful, refusal, required};
use crate::provider::api::securityhub::DescribeHubOutput;
use crate::provider::{Answer, Call};

pub(super) async fn describe_hub(client: &Client, call: Call) -> Answer<DescribeHubOutput> {
    let output = client.describe_hub().send().await.map_err(|error| refusal(call.clone(), &error))?;
    let hub_arn = required(output.hub_arn, "HubArn").and_then(|arn| meaningful(arn.parse(), "HubArn"));
    let hub_arn = hub_arn.map_err(|problem| malformed(call, &problem))?;
    Ok(DescribeHubOutput { hub_arn })
}
