//! Security Hub: whether it is enabled.

use serde::{Deserialize, Serialize};

use crate::Response;
use crate::arn::HubArn;

/// `securityhub:DescribeHub`, which answers only where Security Hub is enabled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DescribeHubOutput {
    /// The ARN of the region's hub.
    pub hub_arn: HubArn,
}

impl Response for DescribeHubOutput {
    const MEMBERS: &'static [&'static str] = &["HubArn"];
}
