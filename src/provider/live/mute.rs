//! CloudWatch's answers about mute rules.

use aws_sdk_cloudwatch::Client;
use aws_sdk_cloudwatch::operation::get_alarm_mute_rule::GetAlarmMuteRuleOutput as SdkRule;
use aws_sdk_cloudwatch::operation::list_alarm_mute_rules::ListAlarmMuteRulesOutput as Page;
use aws_sdk_cloudwatch::primitives::DateTime;
use aws_sdk_cloudwatch::types as sdk;

use super::error::{Malformed, malformed, refusal, required};
use super::pages;
use crate::provider::api::Timestamp;
use crate::provider::api::mute::{
    GetAlarmMuteRuleOutput, ListAlarmMuteRulesOutput, MuteRuleSummary, MuteSchedule, MuteSchedules, MuteTargets,
};
use crate::provider::{Answer, Call};

pub(super) async fn list_alarm_mute_rules(client: &Client, call: Call) -> Answer<ListAlarmMuteRulesOutput> {
    let pages = client.list_alarm_mute_rules().into_paginator().send();
    let member = ("AlarmMuteRuleSummaries", |page: Page| page.alarm_mute_rule_summaries);
    let alarm_mute_rule_summaries = pages::list(call, pages, Page::next_token, member, summary).await?;
    Ok(ListAlarmMuteRulesOutput { alarm_mute_rule_summaries })
}

fn summary(rule: sdk::AlarmMuteRuleSummary) -> Result<MuteRuleSummary, Malformed> {
    Ok(MuteRuleSummary {
        alarm_mute_rule_arn: required(rule.alarm_mute_rule_arn, "AlarmMuteRuleArn")?,
        status: rule.status.map(|status| status.as_str().into()),
    })
}

pub(super) async fn get_alarm_mute_rule(client: &Client, call: Call, name: &str) -> Answer<GetAlarmMuteRuleOutput> {
    let output = client.get_alarm_mute_rule().alarm_mute_rule_name(name).send().await;
    rule(output.map_err(|error| refusal(call.clone(), &error))?).map_err(|problem| malformed(call, &problem))
}

pub(super) fn time(time: DateTime) -> Timestamp {
    Timestamp::from_seconds(time.secs())
}

fn rule(output: SdkRule) -> Result<GetAlarmMuteRuleOutput, Malformed> {
    let schedule = required(output.rule.and_then(|rule| rule.schedule), "Rule.Schedule")?;
    let schedule = MuteSchedule {
        expression: required(schedule.expression, "Rule.Schedule.Expression")?,
        duration: required(schedule.duration, "Rule.Schedule.Duration")?,
        timezone: schedule.timezone,
    };
    Ok(GetAlarmMuteRuleOutput {
        name: required(output.name, "Name")?,
        rule: MuteSchedules { schedule },
        mute_targets: MuteTargets {
            alarm_names: required(
                output.mute_targets.and_then(|targets| targets.alarm_names),
                "MuteTargets.AlarmNames",
            )?,
        },
        start_date: output.start_date.map(time),
        expire_date: output.expire_date.map(time),
    })
}
