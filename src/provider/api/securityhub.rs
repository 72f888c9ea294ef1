//! Security Hub: whether it is enabled.

use serde::{Deserialize, Serialize};

/// `securityhub:DescribeHub`, which answers only where Security Hub is enabled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DescribeHub {
    /// The ARN of the region's hub.
    pub hub_arn: String,
}
