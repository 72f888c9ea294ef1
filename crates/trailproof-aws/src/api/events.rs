//! EventBridge: buses, rules and their targets.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{open_enum, or_default};
use crate::Response;
use crate::arn::{BusArn, RuleArn};

/// `events:ListRules`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListRulesOutput {
    /// The rules of the bus.
    pub rules: Vec<Rule>,
}

/// A rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Rule {
    /// The name, unique on its bus.
    pub name: String,
    /// The ARN.
    pub arn: RuleArn,
    /// Which events it sends on, as JSON; none where it runs on a schedule alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event_pattern: Option<String>,
    /// When it runs by itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub schedule_expression: Option<String>,
    /// Whether it sends anything on.
    pub state: RuleState,
    /// Which service made it and alone may change it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub managed_by: Option<String>,
    /// The bus that it is on: a name, or the ARN of another account's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event_bus_name: Option<String>,
}

open_enum! {
    /// Whether a rule sends events on.
    RuleState {
        /// It does, but for events that only read.
        Enabled = "ENABLED",
        /// It does not.
        Disabled = "DISABLED",
        /// It does, events that only read included.
        EnabledWithAllCloudTrailManagementEvents = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS",
    }
}

/// `events:ListTargetsByRule`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListTargetsByRuleOutput {
    /// The targets of the rule.
    pub targets: Vec<Target>,
}

/// Where a rule sends events.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Target {
    /// Its id, unique in the rule.
    pub id: String,
    /// The ARN of a topic, a queue, a function, a bus, …
    pub arn: String,
    /// The role that sends, where it is not EventBridge itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role_arn: Option<String>,
    /// A text that is sent in place of the event.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub input: Option<String>,
    /// The part of the event that is sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub input_path: Option<String>,
    /// How the text that is sent is made of the event.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub input_transformer: Option<InputTransformer>,
}

/// How the text that is sent is made of an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct InputTransformer {
    /// Names, each with the path of its value in the event.
    #[serde(default, deserialize_with = "or_default", skip_serializing_if = "BTreeMap::is_empty")]
    pub input_paths_map: BTreeMap<String, String>,
    /// The text, in which `<name>` stands for a value.
    pub input_template: String,
}

/// `events:DescribeEventBus`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DescribeEventBusOutput {
    /// The name.
    pub name: String,
    /// The ARN.
    pub arn: BusArn,
    /// Who may put events on it beside its owner: an IAM policy as JSON.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy: Option<String>,
    /// The KMS key that encrypts events on it; none if AWS's own does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kms_key_identifier: Option<String>,
}

impl Response for ListRulesOutput {
    const MEMBERS: &'static [&'static str] = &["Rules"];

    fn append(&mut self, mut page: Self) {
        self.rules.append(&mut page.rules);
    }
}

impl Response for ListTargetsByRuleOutput {
    const MEMBERS: &'static [&'static str] = &["Targets"];

    fn append(&mut self, mut page: Self) {
        self.targets.append(&mut page.targets);
    }
}

impl Response for DescribeEventBusOutput {
    const MEMBERS: &'static [&'static str] = &["Arn"];
}
