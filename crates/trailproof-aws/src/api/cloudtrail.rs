//! CloudTrail: trails, whether they log, and what.

use serde::{Deserialize, Serialize};

use super::{Timestamp, open_enum};
use crate::arn::{LogGroupArn, TrailArn};
use crate::{Asked, Flaw, Region, Response};

/// `cloudtrail:DescribeTrails`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DescribeTrailsOutput {
    /// The trails of the region, shadow trails included.
    #[serde(rename = "trailList")]
    pub trails: Vec<Trail>,
}

/// A trail as `DescribeTrails` shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Trail {
    /// The name.
    pub name: String,
    /// The ARN, in the home region and the owner's account.
    #[serde(rename = "TrailARN")]
    pub trail_arn: TrailArn,
    /// Where the trail was created and where it is managed. Absent from some emulators: then the ARN tells it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub home_region: Option<Region>,
    /// The bucket that it delivers to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub s3_bucket_name: Option<String>,
    /// Whether it logs the events of global services, such as IAM.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub include_global_service_events: Option<bool>,
    /// Whether it logs the events of all regions.
    pub is_multi_region_trail: bool,
    /// Whether it logs all accounts of the organization. It does not unless it was created to (CloudTrail API Reference,
    /// `CreateTrail`, `IsOrganizationTrail`); answers of before there were such trails leave it out.
    #[serde(default)]
    pub is_organization_trail: bool,
    /// Where it delivers to in CloudWatch Logs, if it does.
    #[serde(default, deserialize_with = "blank_is_none", skip_serializing_if = "Option::is_none")]
    pub cloud_watch_logs_log_group_arn: Option<LogGroupArn>,
}

impl Trail {
    /// The region in which the trail is managed.
    pub fn home(&self) -> &Region {
        self.home_region.as_ref().unwrap_or(&self.trail_arn.region)
    }
}

impl Response for DescribeTrailsOutput {
    const MEMBERS: &'static [&'static str] = &["trailList"];
}

impl Response for GetTrailStatusOutput {
    const MEMBERS: &'static [&'static str] = &["IsLogging"];
}

impl Response for GetEventSelectorsOutput {
    const MEMBERS: &'static [&'static str] = &["EventSelectors", "AdvancedEventSelectors"];

    fn check(&self, asked: &Asked<'_>) -> Result<(), Flaw> {
        let mut advanced = self.advanced_event_selectors.iter();
        if advanced.any(|selector| selector.field_selectors.is_empty()) {
            return Err(Flaw::lacks("AdvancedEventSelectors[].FieldSelectors"));
        }
        asked.resource("TrailARN", self.trail_arn.as_ref().map(ToString::to_string).as_deref())
    }
}

/// `cloudtrail:GetTrailStatus`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetTrailStatusOutput {
    /// Whether the trail is logging now.
    pub is_logging: bool,
    /// Why a delivery to CloudWatch Logs failed, if one did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub latest_cloud_watch_logs_delivery_error: Option<String>,
    /// When events were last delivered to CloudWatch Logs; left out for a trail that never did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub latest_cloud_watch_logs_delivery_time: Option<Timestamp>,
}

/// `cloudtrail:GetEventSelectors`
///
/// AWS leaves out the list that is not in use; some emulators print both, and print them empty for a trail that was never
/// given any. Such a trail logs all management events (CloudTrail API Reference, `PutEventSelectors`). An answer with
/// neither list is none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetEventSelectorsOutput {
    /// The trail.
    #[serde(rename = "TrailARN", skip_serializing_if = "Option::is_none")]
    pub trail_arn: Option<TrailArn>,
    /// Basic selectors.
    #[serde(default)]
    pub event_selectors: Vec<EventSelector>,
    /// Advanced selectors.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub advanced_event_selectors: Vec<AdvancedEventSelector>,
}

/// A basic event selector.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct EventSelector {
    /// Read events, write events or all.
    pub read_write_type: ReadWriteType,
    /// Whether management events are logged.
    pub include_management_events: bool,
    /// Event sources whose management events are left out: `kms.amazonaws.com`, `rdsdata.amazonaws.com`. By default the list
    /// is empty (CloudTrail API Reference, `EventSelector`, `ExcludeManagementEventSources`).
    #[serde(default)]
    pub exclude_management_event_sources: Vec<String>,
}

open_enum! {
    /// Which management events a basic selector logs.
    ReadWriteType {
        /// Only events that change nothing.
        ReadOnly = "ReadOnly",
        /// Only events that change something.
        WriteOnly = "WriteOnly",
        /// Both.
        All = "All",
    }
}

/// An advanced event selector: it logs the events that satisfy all of its fields. One that has more than these members
/// cannot be read either.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct AdvancedEventSelector {
    /// A description.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The conditions.
    pub field_selectors: Vec<AdvancedFieldSelector>,
}

/// A condition on one field: it holds for a value that satisfies every operator that is set.
///
/// Of a positive operator one of the listed values has to apply, of a negative one (`Not…`) none may. An operator that is
/// none of these would narrow the condition, nobody knows how: what has one cannot be read.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct AdvancedFieldSelector {
    /// `eventCategory`, `readOnly`, `eventSource`, `eventName`, …
    pub field: String,
    /// Is one of these.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub equals: Vec<String>,
    /// Starts with one of these.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub starts_with: Vec<String>,
    /// Ends with one of these.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ends_with: Vec<String>,
    /// Is none of these.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not_equals: Vec<String>,
    /// Starts with none of these.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not_starts_with: Vec<String>,
    /// Ends with none of these.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not_ends_with: Vec<String>,
}

/// A trail detached from CloudWatch Logs may show an empty ARN.
fn blank_is_none<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<LogGroupArn>, D::Error> {
    let text = Option::<String>::deserialize(deserializer)?.filter(|text| !text.is_empty());
    text.map(|text| text.parse().map_err(serde::de::Error::custom)).transpose()
}
