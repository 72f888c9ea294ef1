//! Observability Access Manager: what source accounts share with a monitoring account.

use serde::{Deserialize, Serialize};

use super::or_default;
use crate::Response;
use crate::arn::{LinkArn, SinkArn};

/// `oam:ListSinks`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListSinksOutput {
    /// The region's sink, if there is one.
    pub items: Vec<Sink>,
}

/// What a monitoring account attaches links to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Sink {
    /// The ARN.
    pub arn: SinkArn,
}

/// `oam:ListAttachedLinks`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListAttachedLinksOutput {
    /// The links of the sink.
    pub items: Vec<AttachedLink>,
}

/// A link as the monitoring account sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct AttachedLink {
    /// The ARN, in the source account.
    pub link_arn: LinkArn,
    /// What is shared: `AWS::CloudWatch::Metric`, `AWS::Logs::LogGroup`, …
    #[serde(default, deserialize_with = "or_default")]
    pub resource_types: Vec<String>,
}

/// `oam:ListLinks`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListLinksOutput {
    /// The links of the source account.
    pub items: Vec<Link>,
}

/// A link as the source account sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Link {
    /// The ARN.
    pub arn: LinkArn,
    /// The sink, in the monitoring account.
    pub sink_arn: SinkArn,
    /// What is shared: `AWS::CloudWatch::Metric`, `AWS::Logs::LogGroup`, …
    #[serde(default, deserialize_with = "or_default")]
    pub resource_types: Vec<String>,
}

/// `oam:GetLink`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetLinkOutput {
    /// The ARN.
    pub arn: LinkArn,
    /// The sink, in the monitoring account.
    pub sink_arn: SinkArn,
    /// What is shared: `AWS::CloudWatch::Metric`, `AWS::Logs::LogGroup`, …
    #[serde(default, deserialize_with = "or_default")]
    pub resource_types: Vec<String>,
    /// What of it is shared; all of it if this is left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link_configuration: Option<LinkConfiguration>,
}

/// What a link narrows its sharing to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct LinkConfiguration {
    /// Which log groups are shared.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub log_group_configuration: Option<SharingFilter>,
    /// Which metrics are shared.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metric_configuration: Option<SharingFilter>,
}

/// A condition on what is shared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct SharingFilter {
    /// Such as `Namespace NOT LIKE 'AWS/%'`.
    pub filter: String,
}

impl Response for ListSinksOutput {
    const MEMBERS: &'static [&'static str] = &["Items"];

    fn append(&mut self, mut page: Self) {
        self.items.append(&mut page.items);
    }
}

impl Response for ListAttachedLinksOutput {
    const MEMBERS: &'static [&'static str] = &["Items"];

    fn append(&mut self, mut page: Self) {
        self.items.append(&mut page.items);
    }
}

impl Response for ListLinksOutput {
    const MEMBERS: &'static [&'static str] = &["Items"];

    fn append(&mut self, mut page: Self) {
        self.items.append(&mut page.items);
    }
}

impl Response for GetLinkOutput {
    const MEMBERS: &'static [&'static str] = &["Arn"];
}
