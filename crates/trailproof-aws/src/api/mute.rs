//! CloudWatch: rules that mute alarms on a schedule.

use serde::{Deserialize, Serialize};

use super::{Timestamp, open_enum};
use crate::{Asked, Flaw, Response};

/// `cloudwatch:ListAlarmMuteRules`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListAlarmMuteRulesOutput {
    /// The region's mute rules.
    pub alarm_mute_rule_summaries: Vec<MuteRuleSummary>,
}

impl Response for ListAlarmMuteRulesOutput {
    const MEMBERS: &'static [&'static str] = &["AlarmMuteRuleSummaries"];

    fn append(&mut self, mut page: Self) {
        self.alarm_mute_rule_summaries.append(&mut page.alarm_mute_rule_summaries);
    }

    fn check(&self, asked: &Asked<'_>) -> Result<(), Flaw> {
        for (at, rule) in self.alarm_mute_rule_summaries.iter().enumerate() {
            let place = |member: &str| format!("AlarmMuteRuleSummaries[{at}].{member}");
            // Without a status, a rule's dates tell whether it is over.
            if let Some(MuteRuleStatus::Other(status)) = &rule.status {
                return Err(Flaw::value(place("Status"), status));
            }
            asked.place(&place("AlarmMuteRuleArn"), &rule.alarm_mute_rule_arn)?;
        }
        Ok(())
    }
}

impl Response for GetAlarmMuteRuleOutput {
    const MEMBERS: &'static [&'static str] = &["Rule"];

    fn check(&self, asked: &Asked<'_>) -> Result<(), Flaw> {
        // A rule is about alarms that it names; what one without any mutes, AWS does not document.
        if self.mute_targets.alarm_names.iter().all(String::is_empty) {
            return Err(Flaw::lacks("MuteTargets.AlarmNames"));
        }
        asked.resource("Name", Some(&self.name))
    }
}

/// A mute rule as the list shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct MuteRuleSummary {
    /// The ARN, which ends in the rule's name.
    pub alarm_mute_rule_arn: String,
    /// Whether the rule mutes alarms now, or will.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<MuteRuleStatus>,
}

impl MuteRuleSummary {
    /// The rule's name.
    pub fn name(&self) -> &str {
        self.alarm_mute_rule_arn.rsplit(':').next().unwrap_or_default()
    }
}

open_enum! {
    /// Whether a rule mutes alarms now, or will.
    MuteRuleStatus {
        /// It will.
        Scheduled = "SCHEDULED",
        /// It does.
        Active = "ACTIVE",
        /// It never will again.
        Expired = "EXPIRED",
    }
}

/// `cloudwatch:GetAlarmMuteRule`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetAlarmMuteRuleOutput {
    /// The name.
    pub name: String,
    /// When it mutes.
    pub rule: MuteSchedules,
    /// Which alarms it mutes.
    pub mute_targets: MuteTargets,
    /// From when on it mutes; at once if it is left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start_date: Option<Timestamp>,
    /// Until when it mutes; for ever if it is left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expire_date: Option<Timestamp>,
}

/// When a rule mutes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct MuteSchedules {
    /// The schedule.
    pub schedule: MuteSchedule,
}

/// A window that comes once or again and again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct MuteSchedule {
    /// When the window opens: `cron(0 2 * * *)`, or once: `at(2026-12-24T18:00)`.
    pub expression: String,
    /// How long it stays open, in ISO 8601: `PT4H`.
    pub duration: String,
    /// Whose clock the expression goes by; UTC where it is left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timezone: Option<String>,
}

/// Which alarms a rule mutes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct MuteTargets {
    /// The alarms' names.
    pub alarm_names: Vec<String>,
}
