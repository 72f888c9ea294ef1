//! The read operations: the only ones that a live audit may send, and the ones that its IAM policy grants.

use std::fmt;

/// An API operation that changes nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Operation {
    /// The service as IAM and the AWS CLI name it, except that the CLI says `cloudtrail`, `logs`, … in all cases.
    pub service: &'static str,
    /// The operation in the API's spelling.
    pub name: &'static str,
}

impl Operation {
    /// `cloudtrail:DescribeTrails`
    pub const DESCRIBE_TRAILS: Self = Self { service: "cloudtrail", name: "DescribeTrails" };
    /// `cloudtrail:GetTrailStatus`
    pub const GET_TRAIL_STATUS: Self = Self { service: "cloudtrail", name: "GetTrailStatus" };
    /// `cloudtrail:GetEventSelectors`
    pub const GET_EVENT_SELECTORS: Self = Self { service: "cloudtrail", name: "GetEventSelectors" };
    /// `logs:DescribeMetricFilters`
    pub const DESCRIBE_METRIC_FILTERS: Self = Self { service: "logs", name: "DescribeMetricFilters" };
    /// `cloudwatch:DescribeAlarms`
    pub const DESCRIBE_ALARMS: Self = Self { service: "cloudwatch", name: "DescribeAlarms" };
    /// `sns:ListSubscriptionsByTopic`
    pub const LIST_SUBSCRIPTIONS_BY_TOPIC: Self = Self { service: "sns", name: "ListSubscriptionsByTopic" };
}

/// As IAM writes the action: `cloudtrail:DescribeTrails`.
impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.service, self.name)
    }
}
