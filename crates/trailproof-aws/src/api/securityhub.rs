//! Security Hub: whether it is enabled.

use serde::{Deserialize, Serialize};

use crate::arn::HubArn;
use crate::{Asked, Flaw, Response};

/// `securityhub:DescribeHub`, which answers only where Security Hub is enabled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DescribeHubOutput {
    /// The ARN of the region's hub.
    pub hub_arn: HubArn,
}

impl Response for DescribeHubOutput {
    const MEMBERS: &'static [&'static str] = &["HubArn"];

    fn check(&self, asked: &Asked<'_>) -> Result<(), Flaw> {
        asked.place("HubArn", &self.hub_arn.to_string())
    }
}
