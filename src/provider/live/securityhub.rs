//! Security Hub's answers.

use aws_sdk_securityhub::Client;

use super::error::{malformed, refusal, required};
use crate::provider::api::DescribeHub;
use crate::provider::{Answer, Call};

pub(super) async fn describe_hub(client: &Client, call: Call) -> Answer<DescribeHub> {
    let output = client.describe_hub().send().await.map_err(|error| refusal(call.clone(), &error))?;
    let hub_arn = required(output.hub_arn, "HubArn").map_err(|problem| malformed(call, &problem))?;
    Ok(DescribeHub { hub_arn })
}
